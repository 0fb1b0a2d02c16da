// How firm the place of each selected is, in three kinds: nothing moves it, the weights decide, the methods disagree.
import type { Firmness } from "xiangma/slim";
import type { Review } from "../../engine/protocol";

export type Kind = "firm" | "depends" | "disputed" | "reserve";
export const KINDS = ["firm", "depends", "disputed"] as const;

/** Firm is who is selected in every single draw; disputed, whom no more than half of the methods select. */
export function kindOf(f: Firmness, { k, consensus }: Review["robustness"]): Kind {
  if (f.rank > k) return "reserve";
  if (2 * f.votes <= consensus.methods.length) return "disputed";
  return f.selectedShare === 1 ? "firm" : "depends";
}

export interface Limit {
  criterion: number;
  /** Shares of all weights, 0 to 100; nothing where that side has no limit. */
  from: number | null;
  to: number | null;
}
const ALL = 10_000;
/** The weights that would drop it, the nearest first. */
export function limits(f: Firmness, weights: readonly number[]): Limit[] {
  const near = (h: Firmness["holds"][number]): number => {
    const now = weights[h.criterion] ?? 0;
    return Math.min(
      h.from > 0 ? now - h.from : Number.POSITIVE_INFINITY,
      h.to < ALL ? h.to - now : Number.POSITIVE_INFINITY,
    );
  };
  return f.holds
    .filter(h => h.from > 0 || h.to < ALL)
    .sort((a, b) => near(a) - near(b))
    .map(h => ({ criterion: h.criterion, from: h.from > 0 ? h.fromShare : null, to: h.to < ALL ? h.toShare : null }));
}

/** The criteria whose weight is the first to drop one of these, the most frequent first. */
export function deciding(rows: readonly Firmness[], weights: readonly number[]): number[] {
  const times = new Map<number, number>();
  for (const f of rows) {
    const first = limits(f, weights)[0]?.criterion;
    if (first !== undefined) times.set(first, (times.get(first) ?? 0) + 1);
  }
  return [...times].sort((a, b) => b[1] - a[1]).map(([criterion]) => criterion);
}

/** Of a hundred; what is not quite all is not said to be all, nor what is not quite none to be none. */
export function share(x: number): string {
  const whole = Math.round(100 * x);
  if (whole === 100 && x < 1) return "> 99%";
  if (whole === 0 && x > 0) return "< 1%";
  return `${whole}%`;
}
