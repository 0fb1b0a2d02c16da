// The columns of the list: how wide, by what a click on the head sorts, and which are there in so much room.
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { recall, remember } from "../../engine/disk";
import { useLeads } from "../../ledger/store";
import { useText } from "../../text/useText";
import { useChances } from "../enterprise/chance";
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
/** What the ledger tells, where anybody is followed; in less room the later go first. */
const LEDGER = [
  { id: "status", width: 84, room: 1080 },
  { id: "officer", width: 64, room: 1150 },
  { id: "next", width: 76, room: 1220 },
];
/** In less room all get narrower, then the bar and the chosen columns go; never the name, the need or the grade. */
const FORMS = [
  { room: 1120, rank: 84, name: 214, link: 224, need: 184, score: 216, grade: 62, extra: true },
  { room: 830, rank: 72, name: 222, link: 150, need: 108, score: 178, grade: 50, extra: true },
  { room: 660, rank: 76, name: 190, link: 170, need: 120, score: 0, grade: 58, extra: false },
  { room: 0, rank: 56, name: 172, link: 100, need: 66, score: 0, grade: 46, extra: false },
] as const;
const TICK = 34;
/** The scrollbar, and the edges. */
const EDGES = 16;
/** Of the room that is left over, to each. */
const SPARE = { name: 0.34, link: 0.26, need: 0.22, score: 0.18 };

export const useColumns = defineStore("columns", () => {
  const { t, pick } = useText();
  const [ranking, leads, chances] = [useRanking(), useLeads(), useChances()];
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
  const parked = computed(() => !!ranking.diagnosis);
  const form = computed(() => FORMS.find(f => room.value >= f.room) ?? FORMS[3]);
  const extras = computed<Column[]>(() => {
    if (!form.value.extra) return [];
    const followed = leads.all.length ? LEDGER.filter(c => room.value >= c.room) : [];
    const isOn = (id: string): boolean => chosen.value.includes(id) || id === CRITERION + ranking.by;
    const has = [`${CRITERION}chain_fit`, `${CRITERION}need`];
    return [
      ...(chances.inUse ? [{ id: "chance", width: 96, head: t("ranking.columns.chance") }] : []),
      ...followed.map(({ id, width }) => ({ id, width, head: t(`ranking.columns.${id}`) })),
      ...choices.value
        .filter(c => isOn(c.id) && (chosen.value.includes(c.id) || !has.includes(c.id)))
        .map(({ id, label }) => ({
          ...{ id, head: label, width: WIDTHS[id] ?? 104 },
          right: id.startsWith(CRITERION) || id === "capital" || id === "staff",
          by: id.startsWith(CRITERION) ? id.slice(CRITERION.length) : undefined,
        })),
    ];
  });
  /** What is left over is shared out, so that the table is as wide as its room. */
  const spare = computed(() => {
    const f = form.value;
    const least = TICK + f.rank + f.name + f.link + (parked.value ? f.need : 0) + f.score + f.grade + EDGES;
    return Math.max(0, room.value - extras.value.reduce((sum, c) => sum + c.width, least));
  });
  const shares = computed(() => {
    const need = parked.value ? SPARE.need : 0;
    const score = form.value.score ? SPARE.score : 0;
    const all = SPARE.name + SPARE.link + need + score;
    return { name: SPARE.name / all, link: SPARE.link / all, need: need / all, score: score / all };
  });
  const wide = (id: keyof typeof SPARE): number => form.value[id] + Math.floor(spare.value * shares.value[id]);
  const columns = computed<Column[]>(() => [
    { id: "link", head: t("ranking.columns.link"), width: wide("link"), by: sorts("chain_fit") },
    // Without residents nothing is known of what the park needs.
    ...(parked.value ? [{ id: "need", head: t("ranking.columns.need"), width: wide("need"), by: sorts("need") }] : []),
    ...(form.value.score ? [{ id: "score", head: t("score"), width: wide("score"), by: "" }] : []),
    { id: "grade", head: t("ranking.columns.grade"), width: form.value.grade, by: form.value.score ? undefined : "" },
    ...extras.value,
  ]);
  /** Those that stay when the rest scrolls sideways. */
  const fixed = computed(() => ({ tick: TICK, rank: form.value.rank, name: wide("name") }));
  /** Whether there is room for where an enterprise lies, and for whom a need rests on. */
  const roomy = computed(() => ({ place: wide("name") >= 276, residents: form.value.room >= 660 }));
  function toggle(id: string): void {
    chosen.value = chosen.value.includes(id) ? chosen.value.filter(c => c !== id) : [...chosen.value, id];
  }
  /** The place of the criterion a column is of; -1 for another column. */
  const criterionAt = (id: string): number =>
    id.startsWith(CRITERION) ? (ranking.overview?.criteria ?? []).findIndex(c => CRITERION + c.id === id) : -1;
  return { chosen, room, choices, columns, fixed, roomy, counted, toggle, criterionAt };
});
