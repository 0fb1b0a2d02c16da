import type { RankedRow } from "xiangma/slim";

/** Whether its place on the chain is confirmed. A near miss has none: no link, no role, and no need to fill. */
export const isSure = (r: RankedRow): boolean => r.confirmed;
