// The park's own word on links, as the program reads it (`--decisions`).
import type { Decision } from "xiangma/slim";

export const STRATEGIES = ["fill", "extend", "strengthen", "establish", "leave"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What of something kept or read is a decision. */
export function decisionsIn(kept: unknown): Decision[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((one: Partial<Decision> | null) => {
    const [link, strategy] = [one?.link, STRATEGIES.find(s => s === one?.strategy)];
    if (typeof link !== "string" || !strategy) return [];
    const text = (value: unknown): string => (typeof value === "string" ? value : "");
    const on = text(one?.on);
    return [{ link, strategy, by: text(one?.by), why: text(one?.why), ...(DAY.test(on) && { on }) }];
  });
}
