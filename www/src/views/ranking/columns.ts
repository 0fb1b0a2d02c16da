// The columns of the list: how wide, by what a click on the head sorts, and which are there in so much room.
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { recall, remember } from "../../engine/disk";
import { useLeads } from "../../ledger/store";
import { useText } from "../../text/useText";
import { useRanking } from "./store";

export interface Column {
  id: string;
  head: string;
  width: number;
  /** What a click on the head sorts by: a criterion, or the score where it is empty; nothing where it does not sort. */
  by?: string;
  /** A figure: it stands at the right. */
  right?: boolean;
}
/** Facts that can be shown beside; off until asked for. */
export const FACTS = ["capital", "founded", "staff", "size", "qualifications"] as const;
const WIDTHS: Record<string, number> = { capital: 104, founded: 104, staff: 76, size: 62, qualifications: 176 };
const CRITERION = "criterion:";
/** Always there, left of what scrolls sideways. */
export const FIXED = { tick: 34, rank: 84 } as const;
/** What the ledger tells, where anybody is followed; in less room the later go first. */
const LEDGER = [
  { id: "status", width: 84, room: 1080 },
  { id: "officer", width: 64, room: 1150 },
  { id: "next", width: 76, room: 1220 },
];
const NAME = { least: 196, most: 340 };
/** In less room the bar and then the chosen columns go; never the name, the need or the grade. */
const ROOM = { bar: 860, extra: 700 };

export const useColumns = defineStore("columns", () => {
  const { t, pick } = useText();
  const [ranking, leads] = [useRanking(), useLeads()];
  const kept = recall("columns");
  const chosen = ref<string[]>(Array.isArray(kept) ? kept.filter((c): c is string => typeof c === "string") : []);
  watch(chosen, c => remember("columns", c));
  whenCleared(() => {
    const had = chosen.value;
    chosen.value = [];
    return () => void (chosen.value = had);
  });
  /** The room the table has. */
  const room = ref(1200);

  const counted = computed(() =>
    (ranking.overview?.criteria ?? []).filter(c => !ranking.overview?.leftOut.includes(c.id)),
  );
  const sorts = (id: string): string | undefined => (counted.value.some(c => c.id === id) ? id : undefined);
  /** All that can be chosen. */
  const choices = computed(() => [
    ...FACTS.map(id => ({ id: id as string, label: t(`ranking.columns.${id}`) })),
    ...counted.value.map(c => ({ id: CRITERION + c.id, label: pick(c) })),
  ]);
  const columns = computed<Column[]>(() => {
    const wide = room.value >= ROOM.bar;
    const all: Column[] = [
      { id: "link", head: t("ranking.columns.link"), width: wide ? 236 : 176, by: sorts("chain_fit") },
      { id: "need", head: t("ranking.columns.need"), width: wide ? 196 : 132, by: sorts("need") },
      ...(wide ? [{ id: "score", head: t("score"), width: 226, by: "" }] : []),
      { id: "grade", head: t("ranking.columns.grade"), width: 62, by: wide ? undefined : "" },
    ];
    const isOn = (id: string): boolean => chosen.value.includes(id) || id === CRITERION + ranking.by;
    const extra = choices.value.filter(c => isOn(c.id) && c.id !== `${CRITERION}chain_fit` && c.id !== `${CRITERION}need`);
    if (room.value < ROOM.extra) return all;
    const followed = leads.all.length ? LEDGER.filter(c => room.value >= c.room) : [];
    return [
      ...all,
      ...followed.map(({ id, width }) => ({ id, width, head: t(`ranking.columns.${id}`) })),
      ...extra.map(({ id, label }) => ({
        ...{ id, head: label, width: WIDTHS[id] ?? 104, right: id.startsWith(CRITERION) || id === "capital" || id === "staff" },
        by: id.startsWith(CRITERION) ? id.slice(CRITERION.length) : undefined,
      })),
    ];
  });
  const name = computed(() => {
    const others = columns.value.reduce((sum, c) => sum + c.width, FIXED.tick + FIXED.rank);
    return Math.max(NAME.least, Math.min(NAME.most, room.value - others - 14));
  });
  function toggle(id: string): void {
    chosen.value = chosen.value.includes(id) ? chosen.value.filter(c => c !== id) : [...chosen.value, id];
  }
  /** The place of the criterion a column is of; -1 for another column. */
  const criterionAt = (id: string): number =>
    id.startsWith(CRITERION) ? (ranking.overview?.criteria ?? []).findIndex(c => CRITERION + c.id === id) : -1;
  return { chosen, room, choices, columns, name, counted, toggle, criterionAt };
});
