// Weights kept under a name, in this browser: names and numbers alone.
import { defineStore } from "pinia";
import { ref, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { recall, remember } from "../../engine/disk";
import { MOST_WEIGHT } from "../../engine/settings";

export interface WeightSet {
  name: string;
  /** The card by its id, and the weights by the ids of its criteria. */
  card: string;
  by: Record<string, number>;
}
const KEY = "weightSets";

function restored(): WeightSet[] {
  const kept = recall(KEY);
  const fits = (w: unknown): boolean => Number.isInteger(w) && (w as number) >= 0 && (w as number) <= MOST_WEIGHT;
  return (Array.isArray(kept) ? (kept as Partial<WeightSet>[]) : []).flatMap(s =>
    typeof s?.name === "string" && typeof s.card === "string" && s.by && Object.values(s.by).every(fits)
      ? [{ name: s.name, card: s.card, by: s.by }]
      : [],
  );
}

export const useWeightSets = defineStore("weight-sets", () => {
  const sets = ref<WeightSet[]>(restored());
  watch(sets, s => remember(KEY, s));
  whenCleared(() => {
    const had = sets.value;
    sets.value = [];
    return () => void (sets.value = had);
  });
  /** One of the same name is replaced. */
  function keep(set: WeightSet): void {
    sets.value = [...sets.value.filter(s => s.name !== set.name), set];
  }
  const drop = (name: string): void => void (sets.value = sets.value.filter(s => s.name !== name));
  return { sets, keep, drop };
});
