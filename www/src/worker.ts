// The engine lives here, so that the page never waits for it.
import vectorsUrl from "xiangma/wasm?url";
import plainUrl from "xiangma/wasm/plain?url";
import { Conversion, Session, blendWeights, compile, hasVectors, init, presets, printScorecard, tableColumns, weighPanel, wholeWeights } from "xiangma/slim";
import type { Balance, Blend, Chances, DataWeights, Expert, Facets, FeatureContribution, Filter, IntakeReport, Lift, Overview, PanelWeights, RankedRow, Robustness, Since, TableColumn, TrainOptions, TrainReport } from "xiangma/slim";
import { loadTogether, locateTogether } from "xiangma/worker";

/** What the page may ask. */
export interface Calls {
  start(asOf: string): void;
  candidates(file: Blob): Promise<IntakeReport>;
  residents(file: Blob | null): Promise<IntakeReport | null>;
  run(chains: string[], regions: string[], card: string): Promise<RunResult>;
  filter(filter: Filter, k: number): ListResult;
  weights(weights: number[], k: number): ListResult;
  list(k: number): ListResult;
  detail(row: number): ReturnType<Session["detail"]>;
  diagnosis(): ReturnType<Session["diagnosis"]>;
  chains(): ReturnType<Session["chains"]>;
  presets(): string[];
  all(): RankedRow[];
  review(k: number, spread: number): Review;
  place(row: number, k: number): Place;
  edition(): string;
  since(before: string, k: number): Since;
  document(): { zh: string; en: string };
  panel(experts: Expert[], by: DataWeights | null, share: number): PanelResult;
  placed(numbers: number[]): (RankedRow | null)[];
  columns(file: Blob): Promise<TableColumn[]>;
  train(file: Blob, options: TrainOptions): Promise<{ report: TrainReport; model: string; took: number }>;
  chances(model: string, file: Blob): Promise<ChancesResult>;
  contributions(place: number): FeatureContribution[];
}
/** The chances of the candidates, the highest first. */
export interface ChancesResult extends Chances {
  /** Places in order of chance. */
  order: Uint32Array;
}
/** How firm the selection is, and who is in it. */
export interface Review {
  robustness: Robustness;
  /** Names of every row that is spoken of. */
  names: Record<number, string>;
  balance: Balance[];
  signature: string;
  took: number;
}
/** What is to be said of one candidate's place. */
export interface Place {
  above: { zh: string; en: string } | null;
  below: { zh: string; en: string } | null;
  lift: Lift | undefined;
}
/** Weights from a panel, perhaps joined with the data's. */
export interface PanelResult {
  panel: PanelWeights;
  blend: Blend | null;
  weights: number[];
}
export interface RunResult extends ListResult {
  overview: Overview;
  times: Record<string, number>;
}
export interface ListResult {
  rows: RankedRow[];
  /** Milliseconds of work in the engine. */
  took: number;
  /** How many would be left, by each property; only where it may have changed. */
  facets?: Facets;
}

let session: Session | undefined;
let conversion: Conversion | undefined;
let times: Record<string, number> = {};
const engine = compile(hasVectors() ? vectorsUrl : plainUrl);
const ready = init(engine);

/** A file of fewer bytes is done before a helper has begun. */
const MANY = 8_000_000;
/** Each takes a processor, and memory of its own. */
const MOST_HELPERS = 3;

// They are there from the start, since the page fetches nothing later, and hold nothing until there is much to locate.
const idle = self.name === "rank" ? Math.min(MOST_HELPERS, navigator.hardwareConcurrency - 1) : 0;
const helpers = Array.from({ length: idle }, () => new Worker(new URL("./helper.ts", import.meta.url), { type: "module" }));
let hired: Promise<Worker[]> | undefined;

/** Those who help with a table of so many bytes. */
async function crew(bytes: number): Promise<Worker[]> {
  return bytes < MANY ? [] : (hired ??= hire());
}

async function hire(): Promise<Worker[]> {
  const module = await engine;
  for (const helper of helpers) helper.postMessage(module);
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

function list(k: number): ListResult {
  const s = need();
  const start = performance.now();
  const rows = s.rows(s.top(k));
  return { rows, took: performance.now() - start };
}

/** The file is read here: the page never holds its bytes. */
async function read(name: string, file: Blob, load: (bytes: ArrayBuffer) => IntakeReport): Promise<IntakeReport> {
  const start = performance.now();
  const bytes = await file.arrayBuffer();
  times.file = performance.now() - start;
  return timed(name, () => load(bytes));
}

const calls: Calls = {
  start(asOf) {
    session?.free();
    session = new Session(asOf);
  },
  async candidates(file) {
    times = {};
    const others = await crew(file.size);
    const report = await read("intake", file, (bytes) => loadTogether(need(), bytes, others, tell));
    size = file.size;
    return report;
  },
  async residents(file) {
    if (file) return read("residents", file, (bytes) => need().loadResidents(bytes));
    need().clearResidents();
    return null;
  },
  async run(chains, regions, card) {
    const s = need();
    s.setScorecard(card);
    s.target({ chains, regions });
    const start = performance.now();
    await locateTogether(s, await crew(size), tell);
    times.locate = performance.now() - start;
    const overview = timed("assess", () => s.assess());
    s.setFilter({});
    const first = timed("list", () => list(200));
    return { ...first, facets: s.facets(), overview, times: { ...times } };
  },
  weights(weights, k) {
    const start = performance.now();
    need().setWeights(weights);
    const { rows } = list(k);
    return { rows, took: performance.now() - start };
  },
  filter(filter, k) {
    const s = need();
    s.setFilter(filter);
    return { ...list(k), facets: s.facets() };
  },
  list,
  detail: (row) => need().detail(row),
  diagnosis: () => need().diagnosis(),
  chains: () => need().chains(),
  presets,
  all: () => need().rows(need().top(0xffffffff)),
  review(k, spread) {
    const s = need();
    const start = performance.now();
    const robustness = s.robustness(k, { spread });
    const spoken = robustness.consensus.reversals.flat().flatMap((r) => [r.removed, r.above, r.below]);
    const rows = [...new Set([...robustness.rows.map((f) => f.row), ...robustness.consensus.standings.map((x) => x.row), ...spoken])];
    const names = Object.fromEntries(s.rows(rows).map((r) => [r.row, r.name]));
    return { robustness, names, balance: s.balance(k), signature: s.signature(), took: performance.now() - start };
  },
  place(row, k) {
    const s = need();
    const around = s.neighbours(row);
    const pair = (other: number | null | undefined) => (typeof other === "number" ? (s.compare(row, other)?.words ?? null) : null);
    return { above: pair(around?.above), below: pair(around?.below), lift: s.lift(row, k) };
  },
  edition: () => need().edition(),
  since: (before, k) => need().since(before, k),
  document: () => printScorecard(need().scorecard()),
  panel(experts, by, share) {
    const s = need();
    const criteria = (JSON.parse(s.scorecard()) as { criteria: { id: string }[] }).criteria.map((c) => c.id);
    const panel = weighPanel(criteria, experts);
    const blend = by ? blendWeights(panel.weights, s.dataWeights(by), share) : null;
    return { panel, blend, weights: [...wholeWeights((blend ?? panel).weights)] };
  },
  placed(numbers) {
    const s = need();
    const rows = s.rowsAt(numbers);
    const found = new Map(s.rows(rows.filter((row) => row !== null)).map((r) => [r.row, r]));
    return rows.map((row) => (row === null ? null : (found.get(row) ?? null)));
  },
  columns: async (file) => tableColumns(await file.arrayBuffer()),
  async train(file, options) {
    const bytes = await file.arrayBuffer();
    const start = performance.now();
    const trained = Conversion.train(bytes, options);
    const took = performance.now() - start;
    trained.conversion.free();
    return { report: trained.report, model: trained.conversion.toJSON(), took };
  },
  async chances(model, file) {
    conversion?.free();
    conversion = new Conversion(model);
    const chances = conversion.predict(await file.arrayBuffer());
    const order = Uint32Array.from(chances.rows.keys()).sort((a, b) => chances.probability[b] - chances.probability[a] || a - b);
    return { ...chances, order };
  },
  contributions: (place) => conversion?.contributions(place) ?? [],
};

interface Request {
  id: number;
  name: keyof Calls;
  args: unknown[];
}

async function answer({ id, name, args }: Request): Promise<void> {
  try {
    await ready;
    const result = await (calls[name] as (...a: unknown[]) => unknown)(...args);
    postMessage({ id, result });
  } catch (e) {
    const error = e as Error & { code?: string; row?: number; column?: string };
    postMessage({ id, error: { message: error.message, code: error.code ?? "INTERNAL", row: error.row, column: error.column } });
  }
}

// One at a time and in order, though a call may wait for a file.
let queue: Promise<void> = Promise.resolve();
onmessage = ({ data }: MessageEvent<Request>) => {
  queue = queue.then(() => answer(data));
};
