// What narrows the list, as a person chooses it; and as the engine takes it.
import type { Filter } from "xiangma/slim";

export type Stand = NonNullable<Filter["standings"]>[number];
export const STANDS: readonly Stand[] = ["confirmed", "possible", "off_chain", "ruled_out"];
/** What is chosen by a list of values; also the names of the engine's counts. */
export const LISTS = ["links", "needs", "regions", "roles", "grades", "qualifications", "sizes"] as const;
export type ListKey = (typeof LISTS)[number];

export interface ListFilter extends Record<ListKey, string[]> {
  standing: Stand;
  text: string;
  /** In ten thousand yuan, as it is typed. */
  capitalFrom: string;
  capitalTo: string;
  /** Years, as they are typed. */
  foundedFrom: string;
  foundedTo: string;
  /** Whole points, as they are typed. */
  scoreFrom: string;
  scoreTo: string;
}

export const noFilter = (): ListFilter => ({
  ...{ standing: "confirmed", text: "", links: [], needs: [], regions: [], roles: [], grades: [] },
  ...{ qualifications: [], sizes: [], capitalFrom: "", capitalTo: "", foundedFrom: "", foundedTo: "" },
  ...{ scoreFrom: "", scoreTo: "" },
});

const WAN = 10_000;
/** Nobody has more, and so much is told exactly. */
const MOST = 1e11;
const yuan = (typed: string): number | undefined => {
  const amount = Number(typed);
  return typed.trim() && Number.isFinite(amount) && amount >= 0 ? Math.round(Math.min(amount, MOST) * WAN) : undefined;
};
const day = (typed: string, end: string): string | undefined =>
  /^\d{4}$/.test(typed.trim()) ? `${typed.trim()}-${end}` : undefined;

const points = (typed: string): number | undefined => (/^(\d\d?|100)$/.test(typed.trim()) ? Number(typed) : undefined);

/** What cannot be read narrows nothing. */
export function toFilter(f: ListFilter): Filter {
  const lists = Object.fromEntries(LISTS.map(key => [key, [...f[key]]]));
  const [capitalFrom, capitalTo] = [yuan(f.capitalFrom), yuan(f.capitalTo)];
  const [foundedFrom, foundedTo] = [day(f.foundedFrom, "01-01"), day(f.foundedTo, "12-31")];
  const [scoreFrom, scoreTo] = [points(f.scoreFrom), points(f.scoreTo)];
  return {
    ...lists,
    standings: [f.standing],
    text: f.text,
    ...(capitalFrom !== undefined && { capitalFrom }),
    ...(capitalTo !== undefined && { capitalTo }),
    ...(foundedFrom && { foundedFrom }),
    ...(foundedTo && { foundedTo }),
    ...(scoreFrom !== undefined && { scoreFrom }),
    ...(scoreTo !== undefined && { scoreTo }),
  };
}
export const TYPED = ["scoreFrom", "scoreTo", "capitalFrom", "capitalTo", "foundedFrom", "foundedTo"] as const;
export const isNarrowed = (f: ListFilter): boolean =>
  !!f.text.trim() || LISTS.some(key => f[key].length) || TYPED.some(key => f[key].trim());
