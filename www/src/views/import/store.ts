// What an import waits for: a word on what files are, or on what their headings mean.
import type { RankedFile } from "xiangma/slim";
import { defineStore } from "pinia";
import { shallowRef } from "vue";
import { whenCleared } from "../../engine/clearing";
import type { Kind, Source } from "../../engine/protocol";
import type { Recognised } from "./recognise";

export const useImport = defineStore("import", () => {
  /** Files of which it is asked what they are. */
  const asking = shallowRef<Recognised[] | null>(null);
  /** Tables that could not be read as they are. */
  const waiting = shallowRef<Partial<Record<Kind, Source>>>({});
  /** A list that is too long to be held lightly, and what came of ranking it where it lies. */
  const long = shallowRef<{ file: File; result: RankedFile | undefined } | null>(null);

  const wait = (kind: Kind, source: Source): void => void (waiting.value = { ...waiting.value, [kind]: source });
  const forget = (kind: Kind): void => void (waiting.value = { ...waiting.value, [kind]: undefined });
  whenCleared(() => {
    [asking.value, waiting.value, long.value] = [null, {}, null];
    return () => {};
  });
  return { asking, waiting, long, wait, forget };
});
