// What a review meeting asks that needs no session: panels, blends, the scorecard as a document. Not in the build for mini-programs.
import {
  blendWeights as rawBlend, compareScorecards as rawCompare, mcdm as rawMcdm, printScorecard as rawPrint, weighPanel as rawPanel, wholeWeights as rawWhole,
} from "./web/xiangma.js";
import { json, numbers, share as shareOf } from "./args.js";
import type { Json } from "./core.js";
import { guarded } from "./engine.js";
import type { Blend, CardChange, PanelWeights } from "./web/xiangma.js";

/** What one expert said, in one of four ways. */
export interface Expert {
  name: string;
  /** How much their word counts beside the others' (default: 1). */
  importance?: number;
  /** How many times as important the criterion of the row is as that of the column; `null` is open, one of a pair is enough. */
  pairs?: (number | null)[][];
  /** Points given at will. */
  points?: number[];
  /** 100 for the criterion whose change from worst to best matters most, the others in proportion. */
  swings?: number[];
  /** The place of each criterion in order of importance, 1 the most important. */
  order?: number[];
}

/**
 * Turns what a panel said into weights, and says where it disagrees.
 *
 * @example
 * ```ts
 * import { weighPanel, wholeWeights } from "xiangma";
 *
 * const found = weighPanel(["growth", "scale", "risk"], [
 *   { name: "甲", pairs: [[1, 3, 5], [null, 1, 2], [null, null, 1]] },
 *   { name: "乙", points: [50, 30, 20] },
 * ]);
 * console.log(found.concordance, found.disagreement[0].mostBy, wholeWeights(found.weights));
 * ```
 */
export function weighPanel(criteria: string[], experts: Expert[]): PanelWeights {
  return guarded(() => rawPanel(json({ format: "xiangma-panel", version: 1, criteria, experts }, "experts")));
}

/** Joins weights of people and of data: `(1 - share) * expert + share * data`, and says on how much they disagree. */
export function blendWeights(expert: ArrayLike<number>, data: ArrayLike<number>, share: number): Blend {
  return guarded(() => rawBlend(numbers(expert, "expert"), numbers(data, "data"), shareOf(share, "share")));
}

/** Shares as whole weights that sum to 10 000, as a scorecard holds them. */
export function wholeWeights(shares: ArrayLike<number>): Uint32Array {
  return guarded(() => rawWhole(numbers(shares, "shares")));
}

/** What is different in the second of two scorecards. */
export function compareScorecards(a: Json, b: Json): CardChange[] {
  return guarded(() => rawCompare(json(a, "a"), json(b, "b")));
}

/** A scorecard as a document to print and sign: Markdown, in Chinese and English. */
export function printScorecard(card: Json): { zh: string; en: string } {
  return guarded(() => rawPrint(json(card, "card")));
}

/** Answers cases of multi-criteria methods, as the command `xiangma mcdm` does. */
export function mcdm(cases: Json): Record<string, unknown>[] {
  return guarded(() => rawMcdm(json(cases, "cases")));
}
