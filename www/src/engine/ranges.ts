// The ranks that an enterprise can have, were everything still unknown of anybody as good or as bad as can be.
import type { Firmness, Session } from "xiangma/slim";

export interface RankRange {
  best: number;
  worst: number;
}
/** They come with how firm a selection is. In a longer list that takes seconds: there they are known once a review has asked for it. */
const MOST_ROWS = 5000;
const FIRST = 50;

/** Keeps those that were told, of one run under one set of weights. */
export class Ranges {
  private of = "";
  private known = new Map<number, RankRange>();
  private whole = false;

  private enter(of: string): void {
    if (of === this.of) return;
    [this.of, this.whole] = [of, false];
    this.known.clear();
  }
  learn(of: string, rows: readonly Firmness[]): void {
    this.enter(of);
    for (const { row, best, worst } of rows) this.known.set(row, { best, worst });
  }
  /** Of a row; nothing where it is not known. */
  at(of: string, s: Session, row: number, rows: number): RankRange | null {
    this.enter(of);
    if (!this.known.has(row) && !this.whole && rows <= MOST_ROWS) {
      // The range is the same however many weights are drawn.
      this.learn(of, s.robustness(FIRST, { draws: 1 }).rows);
      this.whole = true;
    }
    return this.known.get(row) ?? null;
  }
}
