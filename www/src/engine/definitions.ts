// What comes with the engine: the chains with their links, and the scorecards.
import type { ChainInfo } from "xiangma/slim";
import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import { ask } from "./engine";

interface Words {
  zh: string;
  en: string;
}
/** A scorecard as far as the page speaks of it; `json` is the whole. */
export interface Preset {
  id: string;
  revision: string;
  title: Words;
  criteria: { id: string; weight: number }[];
  /** From the best; `from` in hundredths of a point. */
  grades: { name: string; from: number }[];
  vetoes: { id: string; title: Words }[];
  json: string;
}
/** The day everything is judged by. */
export const asOf = new Date().toLocaleDateString("sv-SE");

export const useDefinitions = defineStore("definitions", () => {
  const chains = shallowRef<ChainInfo[]>([]);
  const presets = shallowRef<Preset[]>([]);
  const links = computed(() => new Map(chains.value.flatMap(c => c.links.map(l => [l.id, l] as const))));

  async function read(): Promise<void> {
    chains.value = await ask("chains");
    presets.value = (await ask("presets")).map(json => ({ ...JSON.parse(json), json }));
  }
  return { chains, presets, links, read };
});
