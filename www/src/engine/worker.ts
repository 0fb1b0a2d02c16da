// The engine lives here, so that the page never waits for it. The page says what it wants, whole (`view`); the least is done that turns
// what there is into that. So it does not matter what came before, nor whether this worker is a new one.
import { Session, checkChains, initSync, preview, presets, printScorecard, wholeWeights } from "xiangma/slim";
import type { Filter, Match, Overview, RankedRow } from "xiangma/slim";
import { loadTogether, locateTogether } from "xiangma/worker";
import { MATTERS, beside, placeOf } from "./around";
import { teamCalls } from "./team";
import HelperWorker from "./helper?worker&inline";
import { headOf } from "./head";
import { learningCalls } from "./learning";
import { planCalls } from "./planning";
import { Ranges } from "./ranges";
import { reviewCalls } from "./reviewing";
import { listAsBook, listAsCsv } from "../views/output/list";
import type { Around, BestOfLink, Calls, Change, ListRow, Missing, Opened, Query, Request, Tier } from "./protocol";

let session: Session | undefined;
let times: Record<string, number> = {};
let engine: WebAssembly.Module;
/** Calls wait for the compiled engine, which comes first. */
let begin: (compiled: WebAssembly.Module) => void;
const ready = new Promise<WebAssembly.Module>(resolve => (begin = resolve)).then(initSync);

/** A file of fewer bytes is done before a helper has begun. */
const MANY = 8_000_000;
/** Each takes a processor, and memory of its own. */
const MOST_HELPERS = 3;

// They are there from the start, and hold nothing until there is much to locate.
const idle = self.name === "rank" ? Math.min(MOST_HELPERS, navigator.hardwareConcurrency - 1) : 0;
const helpers = Array.from({ length: idle }, () => new HelperWorker());
let hired = false;
/** Chains of the person's own: those who help know them too. */
let ownChains: string[] = [];

/** Those who help with a table of so many bytes. */
function crew(bytes: number): Worker[] {
  if (bytes < MANY) return [];
  if (!hired) for (const helper of helpers) helper.postMessage({ engine, own: ownChains });
  hired = true;
  return helpers;
}

/** Bytes of the candidates' file. */
let size = 0;
let told = 0;

/** Every message is drawn: one for each hundredth is enough. */
function tell(share: number): void {
  if (share >= told && share < told + 0.01) return;
  told = share;
  postMessage({ progress: share });
}

function timed<T>(name: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  times[name] = performance.now() - start;
  return result;
}

function need(): Session {
  if (!session) throw new Error("start first");
  return session;
}

type Target = Pick<Query, "chains" | "regions" | "card">;
/** What is assessed now: under which target, from which tables; nothing while a step is under way or after one that failed. */
let held: (Target & { tables: number; overview: Overview; weights: number[] }) | undefined;
/** Counts the tables read and dropped. */
let tables = 0;
// No number of one worker is ever one of another's.
let list = Math.trunc(performance.timeOrigin * 1000);
let run = list;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

async function assess({ chains, regions, card }: Target): Promise<void> {
  const s = need();
  held = undefined;
  s.setScorecard(card);
  s.target({ chains, regions });
  const start = performance.now();
  await locateTogether(s, crew(size), tell);
  times.locate = performance.now() - start;
  const overview = timed("assess", () => s.assess());
  run++;
  narrowed = own = undefined;
  lasting.clear();
  held = { chains, regions, card, tables, overview, weights: overview.criteria.map(c => c.weight) };
}

/** Assesses under a target, unless that is done; when it fails, what was there before is there again. */
async function under(target: Target): Promise<NonNullable<typeof held>> {
  const before = held;
  if (
    !before ||
    before.tables !== tables ||
    !same([before.chains, before.regions, before.card], [target.chains, target.regions, target.card])
  ) {
    try {
      await assess(target);
    } catch (error) {
      if (before) await assess(before);
      throw error;
    }
  }
  return held!;
}

/** Weights as they are in force, whole and of the sum of a card's: of what nothing in this run can know, none. */
function inForce(weights: Query["weights"], { criteria, leftOut }: Overview): number[] {
  if (weights === null) return criteria.map(c => c.weight);
  const counted = criteria.map(c => (leftOut.includes(c.id) ? 0 : (weights[c.id] ?? c.weight)));
  const sum = counted.reduce((a, b) => a + b, 0);
  return [...wholeWeights(counted.map(w => w / sum))];
}

/** The filter in force, as JSON: it is set only where it changes. */
let narrowed: string | undefined;
function narrow(filter: Filter): void {
  const wanted = JSON.stringify(filter);
  if (wanted !== narrowed) need().setFilter(filter);
  narrowed = wanted;
}

/** What a row has whatever the weights are, as far as it was asked for in this run. */
type Lasting = Pick<ListRow, "focus" | "fileRow"> & { own?: number | null };
const lasting = new Map<number, Lasting>();
function lastingOf(r: RankedRow): Lasting {
  let its = lasting.get(r.row);
  if (!its) {
    const detail = need().detail(r.row);
    const match = detail?.matches[0] as (Match & { focus?: number }) | undefined;
    its = { focus: r.confirmed ? (match?.focus ?? null) : null, fileRow: detail?.enterprise.row ?? null };
    lasting.set(r.row, its);
  }
  return its;
}

/** Everything of a row that the list shows. What part of the business a link has is told with the details alone. */
function listed(from: number, count: number, by: string | undefined, moved: boolean): ListRow[] {
  const s = need();
  const rows = s.list(count, from, by || undefined).rows;
  const its = rows.map(lastingOf);
  const unknown = moved ? rows.filter((_, i) => its[i].own === undefined) : [];
  if (unknown.length)
    underOwn(() => {
      for (const r of unknown) lastingOf(r).own = s.rankOf(r.row) ?? null;
    });
  return rows.map((r, i) => ({ ...r, was: moved ? (its[i].own ?? null) : null, focus: its[i].focus, fileRow: its[i].fileRow }));
}

const CONFIRMED: Filter = { standings: ["confirmed"] };
/** As many are looked at for who came and who left. */
const FIRST = 20;
const BINS = 50;
/** The first of the confirmed under the card's own weights, once they were asked for in this run. */
let own: Uint32Array | undefined;

/** Does something under the card's own weights; those in force are in force again afterwards. */
function underOwn<T>(work: () => T): T {
  const s = need();
  s.setWeights(held!.overview.criteria.map(c => c.weight));
  try {
    return work();
  } finally {
    s.setWeights(held!.weights);
  }
}
const isMoved = (): boolean => !same(held!.weights, held!.overview.criteria.map(c => c.weight));

/** The first tier, and who came among the first or left them. Leaves the filter of the confirmed in force. */
function standing(): { tier: Tier; change: Change | null } {
  const s = need();
  narrow(CONFIRMED);
  const order = s.top(0xffffffff);
  const [leader] = s.rows(order.slice(0, 1));
  const from = leader?.low ?? null;
  let [count, beyond] = [0, order.length];
  while (from !== null && count < beyond) {
    const middle = (count + beyond) >> 1;
    if (s.rows([order[middle]])[0].score >= from) count = middle + 1;
    else beyond = middle;
  }
  const tier = { count, from, confirmed: order.length };
  if (!isMoved()) return { tier, change: null };
  own ??= underOwn(() => s.top(FIRST));
  const [now, then] = [new Set(order.slice(0, FIRST)), new Set(own)];
  const named = (rows: number[]) => s.rows(rows).map(r => ({ name: r.name, creditCode: r.creditCode }));
  return {
    tier,
    change: {
      k: Math.min(FIRST, order.length),
      entered: named([...now].filter(row => !then.has(row))),
      left: named([...then].filter(row => !now.has(row))),
    },
  };
}

async function apply(query: Query): Promise<NonNullable<typeof held>> {
  const now = await under(query);
  const weights = inForce(query.weights, now.overview);
  if (!same(weights, now.weights)) {
    need().setWeights(weights);
    now.weights = weights;
  }
  return now;
}

/** The row an enterprise has in the list of now. */
function rowOf(who: Opened): number | undefined {
  if (who.list === list) return who.row;
  const s = need();
  const found = s
    .rows(s.find(who.name, 1000))
    .filter(r => r.name === who.name && (!who.creditCode || r.creditCode === who.creditCode));
  return found.length === 1 ? found[0].row : undefined;
}

/** The run and the weights in force, as one word. */
const weighed = (): string => JSON.stringify([run, held?.weights]);
const ranges = new Ranges();

const PEERS = 5;
/** Who else is confirmed at the link of a row. Leaves a filter of its own in force. */
function peersOf(row: number): Around["peers"] {
  const s = need();
  const [its] = s.rows([row]);
  if (!its?.confirmed || !its.link) return null;
  narrow({ ...CONFIRMED, links: [its.link] });
  const others = [...s.top(0xffffffff)].filter(other => other !== row);
  const best = s.rows(others.slice(0, PEERS));
  return {
    count: others.length,
    best: best.map(r => ({ list, row: r.row, name: r.name, creditCode: r.creditCode, rank: r.rank })),
  };
}

const BEST_OF_LINK = 5;
const bestOf = ({ row, rank, name, creditCode, province, city, role }: RankedRow): BestOfLink => ({
  ...{ row, rank, name, creditCode, province, city, role },
});

const calls: Calls = {
  ...learningCalls,
  ...planCalls({ need, apply }),
  ...reviewCalls({ need, ranges, weighed, list: () => list, weights: () => held?.weights }),
  ...teamCalls,
  start(asOf, chains) {
    session?.free();
    session = new Session(asOf);
    ownChains = chains;
    for (const chain of chains) session.addChains(chain);
    held = narrowed = undefined;
  },
  async load(kind, file, options) {
    times = {};
    const start = performance.now();
    const bytes = await file.arrayBuffer();
    times.file = performance.now() - start;
    const report = timed("intake", () =>
      kind === "residents"
        ? need().loadResidents(bytes, options)
        : options
          ? need().loadCandidates(bytes, tell, options)
          : loadTogether(need(), bytes, crew(file.size), tell),
    );
    tables++;
    if (kind === "candidates") {
      size = file.size;
      list++;
    }
    return report;
  },
  preview: async (file, options) => preview(await headOf(file), options),
  reported(kind) {
    const s = need();
    return {
      rejected: s.reported(kind, "rejected"),
      others: s.reported(kind, "others"),
      doubtful: s.reported(kind, "doubtful"),
      merges: s.reported(kind, "merges"),
      sameNames: s.reported(kind, "sameNames"),
      ragged: s.reported(kind, "ragged"),
      repairedQuotes: s.reported(kind, "repairedQuotes"),
    };
  },
  rankLong(query, file, k) {
    const s = need();
    s.setScorecard(query.card);
    s.target({ chains: query.chains, regions: query.regions });
    if (query.weights) s.setWeights(query.weights);
    told = 0;
    // What was assessed before was under this card, or is assessed again.
    held = undefined;
    return Promise.resolve(s.rankFile(file, k, tell));
  },
  checkCard(card) {
    printScorecard(card);
  },
  checkChain: chain => checkChains(chain),
  dropResidents() {
    need().clearResidents();
    tables++;
  },
  async view(query) {
    const now = await apply(query);
    const s = need();
    const { tier, change } = standing();
    narrow(query.filter);
    const facets = s.facets();
    const { total } = s.list(1);
    const histogram = [...s.histogram(BINS)];
    const start = performance.now();
    const rows = listed(0, query.count, query.by, isMoved());
    const took = performance.now() - start;
    times.list = took;
    return {
      list,
      run,
      rows,
      total,
      facets,
      histogram,
      tier,
      change,
      overview: now.overview,
      weights: now.weights,
      took,
      times: { ...times },
      signature: s.signature(),
      unreached: query.regions.filter(region => !s.countIn(region)),
      diagnosis: query.run === run ? undefined : (s.diagnosis() ?? null),
    };
  },
  async window(query, from, count) {
    await apply(query);
    narrow(query.filter);
    return listed(from, count, query.by, isMoved());
  },
  async missing(query, among) {
    await apply(query);
    narrow(CONFIRMED);
    const s = need();
    const rows = [...s.top(among)];
    const by = new Map<string, Missing>();
    for (const { fact, swing, zh, en } of rows.flatMap(row => s.detail(row)?.questions ?? [])) {
      const its = by.get(fact) ?? { fact, zh, en, lack: 0, among: rows.length, swing: 0 };
      by.set(fact, { ...its, lack: its.lack + 1, swing: Math.max(its.swing, swing) });
    }
    return [...by.values()].sort((a, b) => b.lack * b.swing - a.lack * a.swing);
  },
  compared(whos) {
    const s = need();
    const rows = whos
      .flatMap(who => rowOf(who) ?? [])
      .flatMap(row => s.detail(row) ?? [])
      .sort((a, b) => a.rank - b.rank || b.score - a.score);
    const leads = rows.slice(1).map((next, i) => {
      const found = s.compare(rows[i].row, next.row);
      const [points, isCertain] = [found?.lead ?? 0, found?.isCertain ?? false];
      return { points, isCertain, differences: found?.differences.map(({ criterion, lead }) => ({ criterion, lead })) ?? [] };
    });
    return { rows, leads };
  },
  async chainCounts(source, asOf, chains) {
    const s = new Session(asOf);
    try {
      for (const chain of chains) s.addChains(chain);
      s.loadCandidates(await source.file.arrayBuffer(), undefined, source.options);
      s.target({ chains: [] });
      s.assess();
      s.setFilter(CONFIRMED);
      const of = new Map(s.chains().flatMap(c => c.links.map(l => [l.id, c.id] as const)));
      const counts: Record<string, number> = {};
      for (const { value, count } of s.facets().links) {
        const chain = of.get(value);
        if (chain) counts[chain] = (counts[chain] ?? 0) + count;
      }
      return counts;
    } finally {
      s.free();
    }
  },
  detail(who) {
    const row = rowOf(who);
    return row === undefined ? undefined : need().detail(row);
  },
  async around(who, query, k) {
    const row = rowOf(who);
    if (row === undefined) return undefined;
    const { overview } = await apply(query);
    narrow(query.filter);
    const s = need();
    const index = overview.criteria.findIndex(c => c.id === query.by);
    const { at, rowAt } = placeOf(s, row, index < 0 ? undefined : { id: overview.criteria[index].id, index });
    const named = (place: number): Opened | null => {
      const other = at < 0 ? undefined : rowAt(place);
      const [its] = other === undefined ? [] : s.rows([other]);
      return its ? { list, row: its.row, name: its.name, creditCode: its.creditCode } : null;
    };
    const neighbours = s.neighbours(row);
    const missing = s.lift(row, k)?.missing ?? 0;
    const peers = peersOf(row);
    return {
      peers,
      at: at < 0 ? null : at,
      previous: named(at - 1),
      next: named(at + 1),
      above: beside(s, row, neighbours?.above),
      below: beside(s, row, neighbours?.below),
      missing: missing < MATTERS ? null : missing,
    };
  },
  async rankRange(who, query) {
    const row = rowOf(who);
    if (row === undefined) return null;
    const { overview } = await apply(query);
    return ranges.at(weighed(), need(), row, overview.rows);
  },
  links() {
    const s = need();
    // The next view sets its own filter.
    const sure: Filter = { hideVetoed: true, standings: ["confirmed"] };
    narrow(sure);
    return Object.fromEntries(
      s.facets().links.map(({ value, count }) => {
        narrow({ ...sure, links: [value] });
        return [value, { count, best: s.rows(s.top(BEST_OF_LINK)).map(bestOf) }];
      }),
    );
  },
  chains: () => need().chains(),
  presets,
  regions: () => need().regions(),
  async listFile(query, format, said) {
    const { overview, weights } = await apply(query);
    const s = need();
    narrow(query.filter);
    told = 0;
    const file = format === "csv" ? listAsCsv(s, overview, said, tell) : await listAsBook(s, overview, weights, said, tell);
    return { file, signature: s.signature() };
  },
};

async function answer({ id, name, args }: Request): Promise<void> {
  try {
    await ready;
    const result = await (calls[name] as (...a: unknown[]) => unknown)(...args);
    postMessage({ id, result });
  } catch (e) {
    const error = e as Error & { code?: unknown; row?: number; column?: string };
    // The page words a failure by its code; that of a browser's own error is a number, or its name.
    const code =
      typeof error.code === "string" ? error.code : error.name === "NotReadableError" ? "NOT_READABLE" : "INTERNAL";
    postMessage({ id, error: { message: error.message, code, row: error.row, column: error.column } });
  }
}

// One at a time and in order, though a call may wait for a file.
let queue: Promise<void> = Promise.resolve();
onmessage = ({ data }: MessageEvent<Request | { module: WebAssembly.Module }>) => {
  if ("module" in data) {
    engine = data.module;
    return begin(engine);
  }
  queue = queue.then(() => answer(data));
};

// Held for as long as this worker lives: the page learns of its death by getting it.
if (navigator.locks) {
  const lock = `xiangma-${crypto.randomUUID()}`;
  void navigator.locks.request(lock, () => {
    postMessage({ lock });
    return new Promise(() => {});
  });
}
