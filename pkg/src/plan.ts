// The month: who introduces, on which trips, whose hand, what experts say, who may leave. Not in the build for mini-programs.
import {
  assignOfficers as rawAssign, atRisk as rawRisk, blindSheets as rawSheets, introduce as rawIntroduce, planTrips as rawTrips, readList as rawList,
  readOfficers as rawOfficers, reviewSheets as rawReview,
} from "./web/xiangma.js";
import { array, flag, integer, json, record, text, texts } from "./args.js";
import { type Bytes, bytesOf } from "./bytes.js";
import { guarded } from "./engine.js";
import type { AssignCosts, Assignment, AtRisk, Introduced, Listed, Officer, Review, Trips } from "./web/xiangma.js";

/** A lead to be given to an officer. */
export interface OpenLead {
  /** Id of its chain. */
  chain?: string | null;
  /** Places it is in, such as its province and its city. */
  regions?: string[];
  /** A language that is needed beside Chinese. */
  language?: string | null;
  /** What it is worth, 0 to 100; where there is not room for all, those worth the least are left over. */
  value?: number;
  /** The officer who has it, by name. */
  hadBy?: string | null;
  /** The officer who keeps it whatever that costs, by name. */
  lockedTo?: string | null;
}

/** Signs, in two editions of the file of residents, that one may leave: status, place, capital, staff, name. Signs, no verdict. */
export function atRisk(before: Bytes, now: Bytes): AtRisk[] {
  return guarded(() => rawRisk(bytesOf(before, "before"), bytesOf(now, "now"), ""));
}

/**
 * The three most credible ways from the park to each name, by a table of ties (甲方, 乙方, 关系, 来源, 可信度, 个人).
 *
 * @param options.to whom to reach
 * @param options.from with whom ways begin: residents, funds, people of the park; 本园区 in the table always is
 * @param options.personal use and show ties of persons (default: false)
 *
 * @example
 * ```ts
 * import { introduce } from "xiangma";
 *
 * const found = introduce("甲方,乙方,关系,来源,可信度\n示例园区光电,示例目标,供应,年报,90\n", { to: ["示例目标"], from: ["示例园区光电"] });
 * console.log(found.to[0].ways[0].credibility);
 * ```
 */
export function introduce(ties: Bytes, options: { to: string[]; from?: string[]; personal?: boolean }): Introduced {
  const asked = record(options, "options", { to: texts, from: texts, personal: flag });
  return guarded(() => rawIntroduce(bytesOf(ties, "ties"), json(asked, "options")));
}

/**
 * Trips to enterprises by the division codes of where they are (GB/T 2260; `null` where it is not known): as few as can be, then as short a way.
 * Exact up to 12 cities. Kilometres are estimated: great circles times 1.3.
 */
export function planTrips(at: (number | null)[], options: { days: number; visits: number; from?: string }): Trips {
  const asked = record(options, "options", { days: integer, visits: integer, from: text });
  return guarded(() => rawTrips(json(at, "at"), json(asked, "options")));
}

/** Reads officers: a table of 专员 and 上限 with 产业链, 区域 and 语种 where they are specialists, or JSON. */
export function readOfficers(data: Bytes): Officer[] {
  return guarded(() => rawOfficers(bytesOf(data, "officers")));
}

/** Reads a list of enterprises: any table of them, or the JSON Lines of a ranking or of a shortlist. */
export function readList(data: Bytes): Listed[] {
  return guarded(() => rawList(bytesOf(data, "list")));
}

/** Gives each lead to one officer so that the sum of all costs is the least there is. */
export function assignOfficers(leads: OpenLead[], officers: Officer[], costs: Partial<AssignCosts> = {}): Assignment {
  return guarded(() => rawAssign(json(leads, "leads"), json(officers, "officers"), json(costs, "costs")));
}

/** Sheets (CSV) on which experts mark a list without its scores, each in an order of its own. The same seed gives the same orders. */
export function blindSheets(list: { key: string; name: string }[], experts: string[], seed = 1): string[] {
  return guarded(() => rawSheets(json(list, "list"), texts(experts, "experts"), integer(seed, "seed")));
}

/** Joins sheets that experts filled in: how far they agree, who and what stands apart, and the joint list beside the list that was reviewed. */
export function reviewSheets(list: { key: string; name: string }[], sheets: Bytes[]): Review {
  return guarded(() => rawReview(json(list, "list"), array(sheets, "sheets").map((sheet, i) => bytesOf(sheet, `sheets, entry ${i}`))));
}
