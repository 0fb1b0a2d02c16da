// The chains with their links, and the scorecards: those that come with the engine, and the person's own.
import type { ChainInfo } from "xiangma/slim";
import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import { whenCleared } from "./clearing";
import { recall, remember } from "./disk";
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
  criteria: { id: string; weight: number; title: Words }[];
  /** From the best; `from` in hundredths of a point. */
  grades: { name: string; from: number }[];
  vetoes: { id: string; title: Words }[];
  json: string;
}
/** What was kept, if it is what it should be. */
const texts = (kept: unknown): string[] =>
  Array.isArray(kept) ? kept.filter((text): text is string => typeof text === "string") : [];
/** The day everything is judged by. */
export const asOf = new Date().toLocaleDateString("sv-SE");

export const useDefinitions = defineStore("definitions", () => {
  const chains = shallowRef<ChainInfo[]>([]);
  const presets = shallowRef<Preset[]>([]);
  const links = computed(() => new Map(chains.value.flatMap(c => c.links.map(l => [l.id, l] as const))));

  /** Files of the person's own, as JSON: method, not data, so they are kept with the settings. */
  const ownCards = shallowRef(texts(recall("cards")));
  const ownChains = shallowRef(texts(recall("chains")));

  async function read(): Promise<void> {
    chains.value = await ask("chains");
    const all = [...(await ask("presets")), ...ownCards.value];
    presets.value = all.map(json => ({ ...JSON.parse(json), json }));
  }
  /** Takes a card the engine has accepted; one of the same id gives way to it. */
  function addCard(json: string): Preset {
    const card: Preset = { ...JSON.parse(json), json };
    presets.value = [...presets.value.filter(p => p.id !== card.id), card];
    ownCards.value = [...ownCards.value.filter(text => JSON.parse(text).id !== card.id), json];
    remember("cards", ownCards.value);
    return card;
  }
  /** Chains in force from the next start of the engine on. */
  function setChains(all: string[]): void {
    ownChains.value = all;
    remember("chains", all);
  }
  whenCleared(() => {
    const before = [ownCards.value, ownChains.value] as const;
    [ownCards.value, ownChains.value] = [[], []];
    return () => {
      [ownCards.value, ownChains.value] = before;
    };
  });
  return { chains, presets, links, ownCards, ownChains, read, addCard, setChains };
});
