// What a review asks of the list: how firm it is, what moved since the last one, the card to sign, the experts' weights.
import { blendWeights, printScorecard, weighPanel, wholeWeights } from "xiangma/slim";
import type { Session } from "xiangma/slim";
import type { Calls } from "./protocol";
import type { Ranges } from "./ranges";

/** What the worker holds, as far as a review asks for it. */
export interface Reviewed {
  need: () => Session;
  /** The number of the list. */
  list: () => number;
  /** The weights in force, a criterion each. */
  weights: () => readonly number[] | undefined;
  /** The run and the weights in force, as one word. */
  weighed: () => string;
  ranges: Ranges;
}
type ReviewCalls = Pick<Calls, "review" | "edition" | "since" | "document" | "panel" | "placed">;

export const reviewCalls = (its: Reviewed): ReviewCalls => ({
  review(k, spread) {
    const s = its.need();
    const start = performance.now();
    const robustness = s.robustness(k, { spread });
    its.ranges.learn(its.weighed(), robustness.rows);
    const spoken = robustness.consensus.reversals.flat().flatMap(r => [r.removed, r.above, r.below]);
    const rows = [
      ...new Set([...robustness.rows.map(f => f.row), ...robustness.consensus.standings.map(x => x.row), ...spoken]),
    ];
    const names = Object.fromEntries(s.rows(rows).map(r => [r.row, { name: r.name, creditCode: r.creditCode }]));
    return { list: its.list(), robustness, names, balance: s.balance(k), took: performance.now() - start };
  },
  edition: () => its.need().edition(),
  since: (before, k) => its.need().since(before, k),
  document() {
    const s = its.need();
    const card = JSON.parse(s.scorecard()) as { criteria: { weight: number }[] };
    card.criteria.forEach((criterion, i) => (criterion.weight = its.weights()?.[i] ?? criterion.weight));
    return { ...printScorecard(JSON.stringify(card)), signature: s.signature() };
  },
  panel(experts, by, share) {
    const s = its.need();
    const criteria = (JSON.parse(s.scorecard()) as { criteria: { id: string }[] }).criteria.map(c => c.id);
    const panel = weighPanel(
      criteria,
      experts.map(({ name, points, pairs }) =>
        pairs
          ? { name, pairs: criteria.map(a => criteria.map(b => (a === b ? 1 : (pairs[`${a} ${b}`] ?? null)))) }
          : { name, points: criteria.map(id => points[id] ?? 0) },
      ),
    );
    const blend = by ? blendWeights(panel.weights, s.dataWeights(by), share) : null;
    return { criteria, panel, blend, weights: [...wholeWeights((blend ?? panel).weights)] };
  },
  placed(numbers) {
    const s = its.need();
    const rows = s.rowsAt(numbers);
    const found = new Map(s.rows(rows.filter(row => row !== null)).map(r => [r.row, r]));
    return rows.map(row => (row === null ? null : (found.get(row) ?? null)));
  },
});
