// What is aimed at, and what the person chose once for all. It outlives a reload.
import { defineStore } from "pinia";
import { reactive, toRefs, watch } from "vue";
import { whenCleared } from "./clearing";
import { recall, remember } from "./disk";

export interface Settings {
  /** The target chain; empty for all. */
  chain: string;
  regions: string[];
  /** The scorecard, by its id. */
  preset: string;
  /** Weights moved by hand, by id of the criterion, and the card they were moved on. */
  weights: { card: string; by: Record<string, number> } | null;
  /** Whether files are kept in this browser, as they are. */
  keep: boolean;
  /** Whether the sample is open instead of the person's own files. */
  sample: boolean;
}

export const defaults: Settings = {
  chain: "optoelectronics",
  regions: [],
  preset: "attraction",
  weights: null,
  keep: false,
  sample: false,
};
export const MOST_WEIGHT = 10_000;

/** Settings as they were kept, each taken only where it is what it should be. */
function restored(): Settings {
  const kept = recall("settings") as Partial<Settings> | null;
  const settings = structuredClone(defaults);
  if (typeof kept !== "object" || kept === null) return settings;
  if (typeof kept.chain === "string") settings.chain = kept.chain;
  if (Array.isArray(kept.regions)) settings.regions = kept.regions.filter(r => typeof r === "string");
  if (typeof kept.preset === "string") settings.preset = kept.preset;
  const weights = kept.weights;
  const fits = (w: unknown) => Number.isInteger(w) && (w as number) >= 0 && (w as number) <= MOST_WEIGHT;
  if (
    typeof weights?.card === "string" &&
    typeof weights.by === "object" &&
    weights.by &&
    Object.values(weights.by).every(fits)
  )
    settings.weights = weights;
  settings.keep = kept.keep === true;
  settings.sample = kept.sample === true;
  return settings;
}

export const useSettings = defineStore("settings", () => {
  const settings = reactive<Settings>(restored());
  watch(settings, s => remember("settings", s), { deep: true });
  whenCleared(() => {
    const before = JSON.parse(JSON.stringify(settings)) as Settings;
    Object.assign(settings, structuredClone(defaults));
    return () => void Object.assign(settings, before);
  });
  return toRefs(settings);
});
