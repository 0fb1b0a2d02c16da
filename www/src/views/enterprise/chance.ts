// The chances a model in use gives, for whoever shows one enterprise. They are of one file, and of none that follows
// it.
import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import { useFiles } from "../../engine/files";
import type { ChancesResult } from "../../engine/protocol";

export interface Chance {
  low: number;
  at: number;
  high: number;
}

export const useChances = defineStore("chances", () => {
  const files = useFiles();
  const told = shallowRef<{ chances: ChancesResult; file: Blob }>();
  const byRow = computed(() => {
    const its = told.value;
    if (!its || its.file !== files.files.candidates?.file) return undefined;
    return new Map(Array.from(its.chances.rows, (row, place) => [row, place] as const));
  });
  /** A model gives these; nothing when none does any more, or it is not fit to be believed. */
  function use(chances: ChancesResult | undefined): void {
    const file = files.files.candidates?.file;
    told.value = chances && file ? { chances, file } : undefined;
  }
  /** Of a row of the file. */
  function of(row: number): Chance | undefined {
    const [place, its] = [byRow.value?.get(row), told.value?.chances];
    if (place === undefined || !its) return undefined;
    return { low: its.low[place], at: its.probability[place], high: its.high[place] };
  }
  const inUse = computed(() => !!byRow.value);
  return { use, of, inUse };
});
