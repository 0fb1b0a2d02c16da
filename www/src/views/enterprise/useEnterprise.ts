// What the engine says of the open enterprise, and of its place in the list. What comes late about another is not
// shown.
import type { Detail, LinkInfo, LinkState } from "xiangma/slim";
import { storeToRefs } from "pinia";
import { type ComputedRef, type Ref, computed, shallowRef, watch } from "vue";
import { useDefinitions } from "../../engine/definitions";
import { ask } from "../../engine/engine";
import type { Around, Opened } from "../../engine/protocol";
import type { RankRange } from "../../engine/ranges";
import { useShell } from "../../shell/store";
import { useRanking } from "../ranking/store";
import { foundAt } from "./open";

type Match = Detail["matches"][number];
/** One place to a reader: a link that two chains share is one. */
export interface Found {
  match: Match;
  /** Nothing where it is the chain as a whole. */
  link: LinkInfo | undefined;
  name: { zh: string; en: string } | undefined;
}
/** A link beside that of the enterprise, and who of the park stands there. */
export interface Beside {
  link: LinkInfo;
  state: LinkState | undefined;
}
export interface EnterpriseOf {
  detail: ComputedRef<Detail | undefined>;
  around: ComputedRef<Around | undefined>;
  /** The ranks it can have; nothing where that is not known. */
  range: ComputedRef<RankRange | null>;
  /** It is in no list any more. */
  gone: ComputedRef<boolean>;
  /** The link it stands at, confirmed or nearest. */
  main: ComputedRef<Found | undefined>;
  others: ComputedRef<Found[]>;
  near: ComputedRef<Found[]>;
  upstream: ComputedRef<Beside[]>;
  downstream: ComputedRef<Beside[]>;
  /** Of its own link; nothing without residents. */
  own: ComputedRef<LinkState | undefined>;
}

/** How many it is measured against: the first so many. */
export const FIRST = 20;

export function useEnterprise(who: Ref<Opened | null>): EnterpriseOf {
  const [definitions, ranking, shell] = [useDefinitions(), useRanking(), useShell()];
  const { view } = storeToRefs(ranking);
  const told = shallowRef<{ who: Opened; detail: Detail | undefined; around?: Around; range?: RankRange | null }>();
  const mine = computed(() => {
    const [now, last] = [who.value, told.value];
    if (!now || last?.who.name !== now.name || last.who.creditCode !== now.creditCode) return undefined;
    // Two may be called the same: their rows in one list tell them apart.
    return last.who.list !== now.list || last.who.row === now.row ? last : undefined;
  });
  watch(
    [who, view],
    async () => {
      const asked = who.value;
      if (!asked || !view.value) return;
      try {
        const detail = await ask("detail", asked);
        if (who.value !== asked) return;
        const before = mine.value?.detail ? mine.value.around : undefined;
        told.value = { who: asked, detail, around: detail && before };
        if (!detail) return;
        if (asked.list !== view.value?.list && view.value) foundAt(asked, view.value.list, detail.row);
        const around = await ask("around", asked, ranking.query(), FIRST);
        if (told.value?.detail === detail) told.value = { ...told.value, around };
        const range = await ask("rankRange", asked, ranking.query());
        if (told.value?.detail === detail) told.value = { ...told.value, range };
      } catch (e) {
        // An engine that stopped comes back, with the list, and is asked again then.
        shell.say(e);
      }
    },
    { immediate: true },
  );

  const detail = computed(() => mine.value?.detail);
  const found = computed<Found[]>(() => {
    const seen = new Set<string>();
    return (detail.value?.matches ?? [])
      .filter(m => !seen.has(m.link ?? m.chain) && seen.add(m.link ?? m.chain))
      .map(match => {
        const link = match.link ? definitions.links.get(match.link) : undefined;
        return { match, link, name: link ?? definitions.chains.find(c => c.id === match.chain) };
      });
  });
  const main = computed(() => found.value.find(f => f.match.link === detail.value?.link) ?? undefined);
  const rest = computed(() => found.value.filter(f => f !== main.value));
  const state = (link: string): LinkState | undefined => ranking.diagnosis?.find(s => s.link === link);
  const beside = (links: LinkInfo[]): Beside[] =>
    links
      .map(link => ({ link, state: state(link.id) }))
      // Where somebody stands comes first: that is whom it can be brought through.
      .sort((a, b) => (b.state?.residents ?? 0) - (a.state?.residents ?? 0));
  const at = computed(() => (detail.value?.confirmed ? main.value?.link : undefined));
  /** Links that the target chains have: residents of others are not diagnosed. */
  const known = computed(() => {
    const chains = definitions.chains.filter(c => c.links.some(l => l.id === at.value?.id));
    return new Map(chains.flatMap(c => c.links).map(l => [l.id, l]));
  });
  return {
    detail,
    around: computed(() => mine.value?.around),
    range: computed(() => mine.value?.range ?? null),
    gone: computed(() => !!mine.value && !mine.value.detail && !shell.busy),
    main,
    others: computed(() => rest.value.filter(f => !f.match.doubt).slice(0, 6)),
    near: computed(() => rest.value.filter(f => f.match.doubt).slice(0, 4)),
    upstream: computed(() => beside([...known.value.values()].filter(l => at.value && l.feeds.includes(at.value.id)))),
    downstream: computed(() => beside((at.value?.feeds ?? []).flatMap(id => known.value.get(id) ?? []))),
    own: computed(() => (at.value ? state(at.value.id) : undefined)),
  };
}
