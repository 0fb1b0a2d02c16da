// Where one candidate stands in the list as it is narrowed and ordered: who is before and after it, and what parts it
// from its neighbours.
import type { RankedRow, Session } from "xiangma/slim";

/** Where a row stands in the list, from 0, or -1; and which row stands at a place. */
export interface Place {
  at: number;
  rowAt: (place: number) => number | undefined;
}
/** So many may have both the points and the rank of another. */
const ALIKE = 64;

/** @param criterion what orders the list, by its id and its place among the criteria; the score where there is none */
export function placeOf(s: Session, row: number, criterion?: { id: string; index: number }): Place {
  if (!criterion) {
    const order = s.top(0xffffffff);
    return { at: order.indexOf(row), rowAt: place => order[place] };
  }
  const { id, index } = criterion;
  const rowsFrom = (place: number, count: number): RankedRow[] => s.list(count, place, id).rows;
  const rowAt = (place: number): number | undefined => (place < 0 ? undefined : rowsFrom(place, 1)[0]?.row);
  const [mine] = s.rows([row]);
  if (!mine) return { at: -1, rowAt };
  // The more points the sooner, then the better rank. Each look orders the list anew, so there are few.
  const isBefore = (r: RankedRow): boolean =>
    r.points[index] === mine.points[index] ? r.rank < mine.rank : r.points[index] > mine.points[index];
  let [from, to] = [0, s.list(1).total];
  while (from < to) {
    const middle = (from + to) >> 1;
    const [there] = rowsFrom(middle, 1);
    if (there && isBefore(there)) from = middle + 1;
    else to = middle;
  }
  const near = rowsFrom(from, ALIKE).findIndex(r => r.row === row);
  return { at: near < 0 ? -1 : from + near, rowAt };
}

/** Under half a point one is not better than the other. */
export const MATTERS = 0.5;

/** How one stands to the next above or below it in the whole list. */
export interface Beside {
  name: string;
  /** In points; how far this one leads, or lags where it is less than nothing. */
  lead: number;
  /** No unknown fact of either could turn them round. */
  isCertain: boolean;
  /** What makes the difference, the most telling first; nothing under half a point. */
  differences: { criterion: string; lead: number }[];
}

/** Against a neighbour; nothing where half a point does not part them. */
export function beside(s: Session, row: number, other: number | null | undefined): Beside | null {
  const found = typeof other === "number" ? s.compare(row, other) : undefined;
  if (!found || typeof other !== "number" || Math.abs(found.lead) < MATTERS) return null;
  const sign = found.above === row ? 1 : -1;
  return {
    name: s.rows([other])[0]?.name ?? "",
    lead: sign * found.lead,
    isCertain: found.isCertain,
    differences: found.differences
      .filter(d => Math.abs(d.lead) >= MATTERS)
      .map(({ criterion, lead }) => ({ criterion, lead: sign * lead })),
  };
}
