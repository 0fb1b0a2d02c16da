// What is known of the links: what the park has there, what it needs, and which candidates stand there.
import { storeToRefs } from "pinia";
import type { ChainInfo, LinkInfo, LinkState } from "xiangma/slim";
import { computed, type ComputedRef, type Ref, shallowRef, watch } from "vue";
import { useRouter } from "vue-router";
import { ask, failureOf } from "../../engine/engine";
import { latest } from "../../engine/latest";
import type { LinkCandidates } from "../../engine/protocol";
import { useSettings } from "../../engine/settings";
import { useShell } from "../../shell/store";
import { useRanking } from "../ranking/store";

export interface Links {
  standing: Ref<Record<string, LinkCandidates>>;
  states: ComputedRef<Map<string, LinkState>>;
  hasResidents: ComputedRef<boolean>;
  /** Whether a chain is among those the list was made for. */
  isTarget: (chain: ChainInfo) => boolean;
  /** Links the park needs, the most urgent first. */
  gapsOf: (chain: ChainInfo) => { link: LinkInfo; state: LinkState }[];
  countOf: (link: string) => number;
  /** Makes the list for a chain, or for all. */
  aimAt: (chain: string) => Promise<unknown>;
  /** The list, narrowed to who is confirmed at a link. */
  showOnList: (link: string) => Promise<void>;
}

export function useLinks(active: Ref<boolean>): Links {
  const ranking = useRanking();
  const { view, diagnosis } = storeToRefs(ranking);
  const [settings, shell, router] = [useSettings(), useShell(), useRouter()];
  const standing = shallowRef<Record<string, LinkCandidates>>({});
  const count = latest(async () => {
    if (!active.value || !view.value) return;
    try {
      standing.value = await ask("links");
    } catch (e) {
      if (failureOf(e).code !== "CANCELLED") shell.say(e);
    }
  });
  watch([active, view], count, { immediate: true });
  const states = computed(() => new Map((diagnosis.value ?? []).map(s => [s.link, s])));
  return {
    standing,
    states,
    hasResidents: computed(() => !!diagnosis.value),
    isTarget: chain => !settings.chain || settings.chain === chain.id,
    gapsOf: chain =>
      chain.links
        .flatMap(link => {
          const state = states.value.get(link.id);
          return state && state.need !== "none" ? [{ link, state }] : [];
        })
        .sort((a, b) => b.state.urgency - a.state.urgency),
    countOf: link => standing.value[link]?.count ?? 0,
    aimAt(chain) {
      settings.chain = chain;
      return ranking.run();
    },
    async showOnList(link) {
      await ranking.clearFilter();
      Object.assign(ranking.filter, { links: [link], standings: ["confirmed"] });
      await ranking.applyFilter();
      await router.push("/list");
    },
  };
}
