// Where one candidate stands in the list as it is narrowed and ordered: who is before and after it, and what parts it
// from its neighbours.
import type { Session } from "xiangma/slim";

/** The order of the list, whole; where a criterion orders it, so far as it is looked through. */
export function orderOf(s: Session, by?: string): Uint32Array {
  if (!by) return s.top(0xffffffff);
  // Whole rows are made here: those looked at lie near the top.
  return Uint32Array.from(s.list(LOOKED, 0, by).rows, r => r.row);
}
const LOOKED = 2000;

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
