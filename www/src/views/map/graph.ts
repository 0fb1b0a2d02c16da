// A chain as a graph: which links supply which, what of it need not be drawn, and what a gap holds up.
import type { LinkInfo, LinkState } from "xiangma/slim";

export interface Edge {
  from: string;
  to: string;
}
export const STAGES = ["upstream", "midstream", "downstream"] as const;
export type Stage = (typeof STAGES)[number];
const stageOf = (link: LinkInfo): number => STAGES.indexOf(link.stage);

export interface ChainGraph {
  /** Drawn: what cannot be told from other edges. */
  drawn: Edge[];
  /** Can be told by way of links between: drawn only when one looks at their links. */
  implied: Edge[];
  /** From a later stage back to an earlier one; drawn only when one looks at their links. */
  back: Edge[];
  /** How many lead to links of other chains. */
  outward: number;
}

/** Keeps of each edge only what no way of several edges says. */
function reduced(edges: readonly Edge[]): [kept: Edge[], implied: Edge[]] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>();
    const stack = (next.get(from) ?? []).filter(x => x !== to);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (at === to) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      stack.push(...(next.get(at) ?? []));
    }
    return false;
  };
  const kept = edges.filter(e => !reaches(e.from, e.to));
  return [kept, edges.filter(e => !kept.includes(e))];
}

export function graphOf(links: readonly LinkInfo[]): ChainGraph {
  const own = new Map(links.map(l => [l.id, l]));
  const inside: Edge[] = [];
  const back: Edge[] = [];
  let outward = 0;
  for (const link of links)
    for (const to of link.feeds) {
      const target = own.get(to);
      if (!target) outward++;
      else (stageOf(target) < stageOf(link) ? back : inside).push({ from: link.id, to });
    }
  const [drawn, implied] = reduced(inside);
  return { drawn, implied, back, outward };
}

/** Of the drawn edges at a link without residents, those whose other end has some. */
export function opens(link: string, edges: readonly Edge[], states: ReadonlyMap<string, LinkState>): number {
  const has = (id: string): boolean => (states.get(id)?.residents ?? 0) > 0;
  return has(link) ? 0 : edges.filter(e => (e.from === link && has(e.to)) || (e.to === link && has(e.from))).length;
}

/** What stands just before and just after a link. */
export function around(link: string, { drawn, implied, back }: ChainGraph): { before: string[]; after: string[] } {
  const all = [...drawn, ...implied, ...back];
  return {
    before: all.filter(e => e.to === link).map(e => e.from),
    after: all.filter(e => e.from === link).map(e => e.to),
  };
}
