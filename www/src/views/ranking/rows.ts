// What a row of the list says, apart from how it is drawn.
import type { LinkInfo, LinkState, RankedRow } from "xiangma/slim";
import type { ListRow, Tier } from "../../engine/protocol";

/** Whether its place on the chain is confirmed. A near miss has none: no link, no role, and no need to fill. */
export const isSure = (r: RankedRow): boolean => r.confirmed;

/** Which tier: the first; who could still come into it, once what is unknown is known; who could not. */
export function tierOf(r: ListRow, { from }: Tier): 1 | 2 | 3 | null {
  if (!r.confirmed || r.vetoes.length || from === null) return null;
  return r.score >= from ? 1 : r.high >= from ? 2 : 3;
}

/** How much of the business a link has: from so much on the main one, below so much by the way. */
const [MAIN, BY_THE_WAY] = [50, 20];
export const businessOf = (focus: number | null): "main" | "side" | null =>
  focus === null ? null : focus >= MAIN ? "main" : focus < BY_THE_WAY ? "side" : null;

/** A name without the form of the company. */
export const shortName = (name: string): string => name.replace(/(股份)?有限(责任)?公司$/, "") || name;

/** The residents a need rests on, the largest first: those at the link itself, or else at the links beside it. */
export function residentsOf(
  link: string,
  states: ReadonlyMap<string, LinkState>,
  links: ReadonlyMap<string, LinkInfo>,
): { names: string[]; count: number | null } {
  const own = states.get(link);
  if (own?.residents) return { names: own.examples, count: own.residents };
  const beside = [...states.keys()].filter(
    id => links.get(link)?.feeds.includes(id) || links.get(id)?.feeds.includes(link),
  );
  // One resident may stand at several of them: how many they are together is not known.
  return { names: [...new Set(beside.flatMap(id => states.get(id)?.examples ?? []))], count: null };
}

export const placeOf = (r: RankedRow): string =>
  [r.province, r.city !== r.province && r.city].filter(Boolean).join(" ");
