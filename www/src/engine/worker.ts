// The engine lives here, so that the page never waits for it. The page says what it wants, whole (`view`); the least is done that turns
// what there is into that. So it does not matter what came before, nor whether this worker is a new one.
import {
  Conversion,
  Session,
  blendWeights,
  initSync,
  presets,
  printScorecard,
  tableColumns,
  weighPanel,
  wholeWeights,
} from "xiangma/slim";
import type { Chances, Facets, Filter, Overview } from "xiangma/slim";
import { loadTogether, locateTogether } from "xiangma/worker";
import HelperWorker from "./helper?worker&inline";
import type { Calls, Opened, Query, Request } from "./protocol";

let session: Session | undefined;
let conversion: { model: string; file: Blob; held: Conversion } | undefined;
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

/** Those who help with a table of so many bytes. */
function crew(bytes: number): Worker[] {
  if (bytes < MANY) return [];
  if (!hired) for (const helper of helpers) helper.postMessage(engine);
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

/** How many the filter lets through, and how many would be left by each property. */
function counted(filter: Filter): { total: number; facets: Facets } {
  const s = need();
  s.setFilter({ ...filter, hideVetoed: true });
  const { grades } = s.facets();
  // Who is ruled out has no grade to be chosen by.
  const wanted = { ...filter, hideVetoed: filter.hideVetoed || !!filter.grades?.length };
  s.setFilter(wanted);
  const facets = s.facets();
  return { total: s.list(1).total, facets: { ...facets, grades } };
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

/** Under half a point one is not better than the other. */
const MATTERS = 0.5;

async function predict(model: string, file: Blob): Promise<Chances> {
  conversion?.held.free();
  conversion = undefined;
  const learned = new Conversion(model);
  conversion = { model, file, held: learned };
  return learned.predict(await file.arrayBuffer());
}

const calls: Calls = {
  start(asOf) {
    session?.free();
    session = new Session(asOf);
    held = undefined;
  },
  async load(kind, file) {
    times = {};
    const start = performance.now();
    const bytes = await file.arrayBuffer();
    times.file = performance.now() - start;
    const report = timed("intake", () =>
      kind === "residents" ? need().loadResidents(bytes) : loadTogether(need(), bytes, crew(file.size), tell),
    );
    tables++;
    if (kind === "candidates") {
      size = file.size;
      list++;
    }
    return report;
  },
  dropResidents() {
    need().clearResidents();
    tables++;
  },
  async view(query) {
    const now = await apply(query);
    const s = need();
    const { total, facets } = counted(query.filter);
    const start = performance.now();
    const rows = s.rows(s.top(query.count));
    const took = performance.now() - start;
    times.list = took;
    return {
      list,
      run,
      rows,
      total,
      facets,
      overview: now.overview,
      weights: now.weights,
      took,
      times: { ...times },
      signature: s.signature(),
      unreached: query.regions.filter(region => !s.countIn(region)),
      diagnosis: query.run === run ? undefined : (s.diagnosis() ?? null),
    };
  },
  detail(who) {
    const row = rowOf(who);
    return row === undefined ? undefined : need().detail(row);
  },
  place(who, k) {
    const row = rowOf(who);
    if (row === undefined) return undefined;
    const s = need();
    const around = s.neighbours(row);
    const pair = (other: number | null | undefined) => {
      const found = typeof other === "number" ? s.compare(row, other) : undefined;
      return found && Math.abs(found.lead) >= MATTERS ? found.words : null;
    };
    return { above: pair(around?.above), below: pair(around?.below), lift: s.lift(row, k) };
  },
  links() {
    const s = need();
    // The next view sets its own filter.
    s.setFilter({ hideVetoed: true });
    return Object.fromEntries(
      s.facets().links.map(({ value, count }) => {
        s.setFilter({ hideVetoed: true, links: [value] });
        return [value, { count, best: s.rows(s.top(3)).map(r => r.name) }];
      }),
    );
  },
  chains: () => need().chains(),
  presets,
  regions: () => need().regions(),
  async exported(query) {
    const { overview } = await apply(query);
    counted(query.filter);
    const s = need();
    return { rows: s.rows(s.top(0xffffffff)), overview, signature: s.signature() };
  },
  review(k, spread) {
    const s = need();
    const start = performance.now();
    const robustness = s.robustness(k, { spread });
    const spoken = robustness.consensus.reversals.flat().flatMap(r => [r.removed, r.above, r.below]);
    const rows = [
      ...new Set([...robustness.rows.map(f => f.row), ...robustness.consensus.standings.map(x => x.row), ...spoken]),
    ];
    const names = Object.fromEntries(s.rows(rows).map(r => [r.row, { name: r.name, creditCode: r.creditCode }]));
    return { list, robustness, names, balance: s.balance(k), took: performance.now() - start };
  },
  edition: () => need().edition(),
  since: (before, k) => need().since(before, k),
  document() {
    const s = need();
    const card = JSON.parse(s.scorecard()) as { criteria: { weight: number }[] };
    card.criteria.forEach((criterion, i) => (criterion.weight = held?.weights[i] ?? criterion.weight));
    return { ...printScorecard(JSON.stringify(card)), signature: s.signature() };
  },
  panel(experts, by, share) {
    const s = need();
    const criteria = (JSON.parse(s.scorecard()) as { criteria: { id: string }[] }).criteria.map(c => c.id);
    const panel = weighPanel(
      criteria,
      experts.map(({ name, points }) => ({ name, points: criteria.map(id => points[id] ?? 0) })),
    );
    const blend = by ? blendWeights(panel.weights, s.dataWeights(by), share) : null;
    return { criteria, panel, blend, weights: [...wholeWeights((blend ?? panel).weights)] };
  },
  placed(numbers) {
    const s = need();
    const rows = s.rowsAt(numbers);
    const found = new Map(s.rows(rows.filter(row => row !== null)).map(r => [r.row, r]));
    return rows.map(row => (row === null ? null : (found.get(row) ?? null)));
  },
  columns: async file => tableColumns(await file.arrayBuffer()),
  async train(file, options) {
    const bytes = await file.arrayBuffer();
    const start = performance.now();
    const trained = Conversion.train(bytes, options);
    const took = performance.now() - start;
    trained.conversion.free();
    return { report: trained.report, model: trained.conversion.toJSON(), took };
  },
  async chances(model, file) {
    const chances = await predict(model, file);
    const order = Uint32Array.from(chances.rows.keys()).sort(
      (a, b) => chances.probability[b] - chances.probability[a] || a - b,
    );
    return { ...chances, order };
  },
  async contributions(model, file, place) {
    // A worker that is new has told nobody's chances yet.
    if (conversion?.model !== model) await predict(model, file);
    return conversion?.held.contributions(place) ?? [];
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
