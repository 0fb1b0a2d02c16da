// Where the links of one chain stand, and the ways of its edges. Layers run from left to right, each within its
// stage; d3-dag seeks the
// order in them with the fewest crossings.
import { coordSimplex, decrossTwoLayer, graph, layeringSimplex, sugiyama } from "d3-dag";
import type { LinkInfo } from "xiangma/slim";
import { type ChainGraph, type Edge, STAGES, type Stage } from "./graph";

export interface Placed {
  id: string;
  /** The upper left corner. */
  x: number;
  y: number;
  column: number;
}
export interface Band {
  stage: Stage;
  x: number;
  width: number;
}
export interface Layout {
  nodes: Placed[];
  /** By `key`: a path that leaves a node at its right and comes to another at its left. */
  paths: Map<string, string>;
  bands: Band[];
  width: number;
  height: number;
  size: { width: number; height: number };
}
export const key = ({ from, to }: Edge): string => `${from} ${to}`;

const HEIGHT = 42;
/** Between columns, and between what stands in one. */
const GAP = { column: 42, row: 16 };
const PAD = { side: 16, top: 40, foot: 34 };

/** The column of each link: as its stage and the edges inside it allow; where they leave a choice, the emptier one. */
function columns(links: readonly LinkInfo[], edges: readonly Edge[]): Map<string, number> {
  const column = new Map<string, number>();
  let first = 0;
  for (const stage of STAGES) {
    const its = links.filter(l => l.stage === stage).map(l => l.id);
    const inside = edges.filter(e => its.includes(e.from) && its.includes(e.to));
    const walk = (id: string, by: (e: Edge) => [string, string]): number =>
      Math.max(
        0,
        ...inside
          .map(by)
          .filter(([at]) => at === id)
          .map(([, on]) => 1 + walk(on, by)),
      );
    const early = new Map(its.map(id => [id, walk(id, e => [e.to, e.from])]));
    const last = Math.max(0, ...early.values());
    const late = new Map(its.map(id => [id, last - walk(id, e => [e.from, e.to])]));
    const filled = Array.from({ length: last + 1 }, () => 0);
    const free = (id: string): number => late.get(id)! - early.get(id)!;
    for (const id of [...its].sort((a, b) => free(a) - free(b))) {
      // Never before what supplies it, nor after what it supplies.
      const low = Math.max(
        early.get(id)!,
        ...inside.filter(e => e.to === id).map(e => (column.get(e.from) ?? -1) - first + 1),
      );
      const placed = inside.filter(e => e.from === id && column.has(e.to)).map(e => column.get(e.to)! - first - 1);
      const high = Math.max(low, Math.min(late.get(id)!, ...placed));
      let best = high;
      for (let at = high; at >= low; at--) if (filled[at] < filled[best]) best = at;
      filled[best]++;
      column.set(id, first + best);
    }
    if (its.length) first += last + 1;
  }
  return column;
}

/** Those who leave or come to one side of a node, apart from each other in the order of where they go. */
function ports(ends: { edge: Edge; toward: number }[]): Map<Edge, number> {
  const step = Math.min(8, (HEIGHT - 10) / Math.max(1, ends.length - 1));
  return new Map(
    [...ends].sort((a, b) => a.toward - b.toward).map(({ edge }, i) => [edge, (i - (ends.length - 1) / 2) * step]),
  );
}

const bend = (x0: number, y0: number, x1: number, y1: number): string => {
  const half = (x0 + x1) / 2;
  return `C${half} ${y0} ${half} ${y1} ${x1} ${y1}`;
};

export function layoutOf(links: readonly LinkInfo[], { drawn, implied, back }: ChainGraph, width: number): Layout {
  const column = columns(links, drawn);
  const dag = graph<LinkInfo, Edge>();
  const nodes = new Map(links.map(l => [l.id, dag.node(l)]));
  for (const edge of drawn) dag.link(nodes.get(edge.from)!, nodes.get(edge.to)!, edge);
  const arrange = sugiyama()
    .layering(layeringSimplex().rank((node: { data: LinkInfo }) => column.get(node.data.id)))
    .decross(decrossTwoLayer().passes(16))
    .coord(coordSimplex())
    .nodeSize([HEIGHT, width])
    .gap([GAP.row, GAP.column]);
  const laid = arrange(dag as never) as { width: number; height: number };
  const left = (at: number): number => PAD.side + at * (width + GAP.column);
  const middle = (id: string): number => nodes.get(id)!.x + PAD.top;
  const placed = links.map(l => ({
    ...{ id: l.id, column: column.get(l.id)! },
    ...{ x: left(column.get(l.id)!), y: middle(l.id) - HEIGHT / 2 },
  }));

  // Ways of the drawn edges: through the columns they pass, level.
  const ways = [...dag.links()].map(l => ({
    edge: l.data,
    through: l.points.slice(1, -1).map(p => p[0] + PAD.top),
  }));
  const leaving = new Map<Edge, number>();
  const coming = new Map<Edge, number>();
  for (const { id } of links) {
    const out = ways
      .filter(w => w.edge.from === id)
      .map(w => ({ edge: w.edge, toward: w.through[0] ?? middle(w.edge.to) }));
    const into = ways
      .filter(w => w.edge.to === id)
      .map(w => ({ edge: w.edge, toward: w.through.at(-1) ?? middle(w.edge.from) }));
    for (const [edge, y] of ports(out)) leaving.set(edge, y);
    for (const [edge, y] of ports(into)) coming.set(edge, y);
  }
  const paths = new Map<string, string>();
  for (const { edge, through } of ways) {
    const from = column.get(edge.from)!;
    let [x, y] = [left(from) + width, middle(edge.from) + (leaving.get(edge) ?? 0)];
    let path = `M${x} ${y}`;
    through.forEach((at, i) => {
      const to = left(from + 1 + i);
      path += `${bend(x, y, to, at)}H${to + width}`;
      [x, y] = [to + width, at];
    });
    paths.set(key(edge), path + bend(x, y, left(column.get(edge.to)!) - 2, middle(edge.to) + (coming.get(edge) ?? 0)));
  }
  // The others are seen for a moment: straight over what lies between.
  for (const edge of [...implied, ...back]) {
    const [x0, x1] = [left(column.get(edge.from)!) + width, left(column.get(edge.to)!) - 2];
    const reach = Math.max(60, Math.abs(x1 - x0) / 2);
    const [y0, y1] = [middle(edge.from), middle(edge.to)];
    paths.set(key(edge), `M${x0} ${y0}C${x0 + reach} ${y0} ${x1 - reach} ${y1} ${x1} ${y1}`);
  }
  const bands = STAGES.flatMap((stage): Band[] => {
    const its = links.filter(l => l.stage === stage).map(l => column.get(l.id)!);
    if (!its.length) return [];
    const [first, last] = [Math.min(...its), Math.max(...its)];
    return [{ stage, x: left(first) - PAD.side + 2, width: left(last) + width - left(first) + 2 * PAD.side - 4 }];
  });
  const most = Math.max(...placed.map(n => n.column));
  return {
    ...{ nodes: placed, paths, bands },
    width: left(most) + width + PAD.side,
    height: Math.max(laid.width, HEIGHT) + PAD.top + PAD.foot,
    size: { width, height: HEIGHT },
  };
}
