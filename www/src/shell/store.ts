// What the page is doing and what it has to say, whatever view is seen.
import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { failureOf } from "../engine/engine";
import type { EngineError } from "../engine/protocol";

/** Something to know that is no failure: a key under `shell.notices`, and what goes into it. */
export interface Notice {
  key: string;
  of?: Record<string, string>;
  undo?: () => void;
  /** Another thing that can be done about it: a key under `shell`, and what it does. */
  act?: { key: string; do: () => void };
}
/** What may be under way; each has its word under `shell`. */
export type Task = "read" | "working" | "recovering" | "exporting";

export const useShell = defineStore("shell", () => {
  /** What is under way, the latest last. */
  const tasks = ref<Task[]>([]);
  const busy = computed(() => tasks.value.at(-1));
  /** From 0 to 1, of what is under way. */
  const progress = ref(0);
  const error = shallowRef<EngineError | null>(null);
  const notice = shallowRef<Notice | null>(null);

  /** Says a failure, unless it was called off or said before. */
  function say(e: unknown): void {
    const failure = failureOf(e);
    if (failure.code !== "CANCELLED" && failure.code !== "SAID") error.value = failure;
  }
  function begins(what: Task): void {
    tasks.value = [...tasks.value, what];
  }
  function ends(what: Task): void {
    const at = tasks.value.lastIndexOf(what);
    tasks.value = tasks.value.filter((_, i) => i !== at);
  }
  return { tasks, busy, progress, error, notice, say, begins, ends };
});
