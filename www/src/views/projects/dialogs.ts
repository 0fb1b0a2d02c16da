// Which dialog is open, and of what: one at a time, whoever opens it.
import { defineStore } from "pinia";
import { shallowRef } from "vue";
import type { Issue } from "xiangma/slim";

/** What a project is made from, as far as it is known. */
export interface Seed {
  name?: string;
  enterprise?: string;
  chain?: string;
  link?: string;
  officers?: string;
  introducer?: string;
}
export type Asked =
  | { kind: "project"; seed?: Seed }
  | { kind: "event"; project: string; event?: string }
  | { kind: "visit"; project?: string; enterprise?: string }
  | { kind: "issue"; project?: string; issue?: Issue };

export const useDialogs = defineStore("project-dialogs", () => {
  const asked = shallowRef<Asked>();
  return { asked, open: (what: Asked) => void (asked.value = what), close: () => void (asked.value = undefined) };
});
