// What the experts said, kept in this browser, and what it comes to.
import { storeToRefs } from "pinia";
import type { CriterionInfo, DataWeights } from "xiangma/slim";
import { computed, type ComputedRef, reactive, type Ref, ref, shallowRef, watch } from "vue";
import { recall, remember } from "../../engine/disk";
import { ask, failureOf } from "../../engine/engine";
import { latest } from "../../engine/latest";
import type { PanelResult } from "../../engine/protocol";
import { useText } from "../../text/useText";
import { useRanking } from "../ranking/store";

export interface ExpertSheet {
  name: string;
  /** Points by id of the criterion: another card may have others, in another order. */
  points: Record<string, number | undefined>;
  /** How many times as important one is as another, by both ids with a blank between; counts in place of the points. */
  pairs?: Record<string, number>;
}
export const BY = ["none", "entropy", "critic", "standard_deviation"] as const;
export interface Saved {
  experts: ExpertSheet[];
  by: DataWeights | "none";
  /** Of the data, in per cent. */
  share: number;
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);
const isExpert = (e: unknown): e is ExpertSheet =>
  isRecord(e) && typeof e.name === "string" && isRecord(e.points) && (e.pairs === undefined || isRecord(e.pairs));
function restored(): Saved {
  const kept = recall("panel");
  const saved = isRecord(kept) ? kept : {};
  const share = saved.share;
  return {
    experts: Array.isArray(saved.experts) ? saved.experts.filter(isExpert) : [],
    by: BY.find(b => b === saved.by) ?? "none",
    share: typeof share === "number" && share >= 0 && share <= 100 ? share : 30,
  };
}

export interface Panel {
  panel: Saved;
  criteria: ComputedRef<CriterionInfo[]>;
  result: Ref<PanelResult | undefined>;
  failed: Ref<string>;
  /** The place of a criterion in the result. */
  at: (id: string) => number;
  title: (id: string) => string;
  add: () => number;
  apply: () => Promise<unknown>;
}

export function usePanel(): Panel {
  const { t, te, pick } = useText();
  const ranking = useRanking();
  const { cardWeights, overview, view } = storeToRefs(ranking);
  const criteria = computed(() => overview.value?.criteria ?? []);
  const panel = reactive(restored());
  const result = shallowRef<PanelResult>();
  const failed = ref("");
  watch(panel, () => remember("panel", panel), { deep: true });

  const count = latest(async () => {
    failed.value = "";
    if (!panel.experts.length) return void (result.value = undefined);
    const experts = panel.experts.map(e => ({
      name: e.name,
      points: Object.fromEntries(criteria.value.map(c => [c.id, e.points[c.id] ?? 0])),
      pairs: e.pairs && { ...e.pairs },
    }));
    try {
      result.value = await ask("panel", experts, panel.by === "none" ? null : panel.by, panel.share / 100);
    } catch (e) {
      result.value = undefined;
      const { code } = failureOf(e);
      if (code === "CANCELLED") return;
      // Comparisons that do not join all criteria give no weights.
      const open = panel.experts.some(x => x.pairs) && code === "BAD_ARGUMENT";
      failed.value = open
        ? t("committee.sheet.unjoined")
        : t(te(`errors.${code}`) ? `errors.${code}` : "errors.INTERNAL");
    }
  });
  watch([panel, () => view.value?.run], count, { deep: true, immediate: true });

  return {
    ...{ panel, criteria, result, failed },
    at: id => result.value?.criteria.indexOf(id) ?? -1,
    title: id => pick(criteria.value.find(c => c.id === id)),
    /** A new expert begins at the weights in force. */
    add() {
      const most = Math.max(...Object.values(cardWeights.value), 1);
      const points = criteria.value.map(c => [c.id, Math.round((100 * cardWeights.value[c.id]) / most)] as const);
      panel.experts.push({
        name: t("committee.expert", { n: panel.experts.length + 1 }),
        points: Object.fromEntries(points),
      });
      return panel.experts.length - 1;
    },
    apply: () => {
      const { criteria: ids, weights } = result.value!;
      return ranking.weigh(Object.fromEntries(ids.map((id, i) => [id, weights[i]])));
    },
  };
}
