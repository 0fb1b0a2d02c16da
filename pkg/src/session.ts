import { RawSession, builtinChains, checkChains as rawCheckChains, memoryTaken, presets as rawPresets } from "./web/xiangma.js";
import { type Bytes, bytesOf } from "./bytes.js";
import { failure, guarded } from "./errors.js";
import type {
  Balance, ChainInfo, Comparison, Detail, Facets, Filter, Finding, IntakeReport, Lift, LinkState, List, MergedRow, Method, Neighbours, Overview, RankedRow, RejectedRow, Robustness, Since,
} from "./web/xiangma.js";

export type { Bytes } from "./bytes.js";

/** What a session is told about the target. */
export interface Target {
  /** Ids of the chains that count (default: all). */
  chains?: string[];
  /** Provinces or cities within easy reach (default: none). */
  regions?: string[];
}

/** How weights are drawn, for how firm a ranking is. */
export interface DrawOptions {
  /** How many (default: 10 000). */
  draws?: number;
  /** The same seed gives the same figures everywhere (default: 1). */
  seed?: number;
  /** The share of all weight that is drawn, 0 to 1; the rest stays as it is (default: 0.3). */
  spread?: number;
}

/** How data give weights. */
export type DataWeights = "entropy" | "critic" | "standard_deviation" | "merec";

function integers(values: ArrayLike<number>, what: string): Uint32Array {
  if (values === null || typeof values !== "object" || typeof values.length !== "number") {
    throw failure("BAD_ARGUMENT", `${what}: expected an array of numbers`);
  }
  for (let i = 0; i < values.length; i++) integer(values[i], `${what}, entry ${i}`);
  return Uint32Array.from(values);
}

function integer(value: number, what: string): number {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw failure("BAD_ARGUMENT", `${what}: expected a whole number from 0, found ${value}`);
  }
  return value;
}

/** Copies of the file and the rows made of it, in bytes of memory for each byte of the file: more than was ever seen. */
const ROOM = 2;

/**
 * One sitting, from files to ranking. Tables stay in WASM memory; only the rows you ask for become objects.
 *
 * Every method throws a `XiangmaError` (told apart by `code`); what was loaded before a failure stays loaded.
 *
 * @example
 * ```ts
 * import { Session } from "xiangma";
 *
 * const session = new Session("2026-11-01");
 * session.loadCandidates("企业名称,主营产品\n示例光电有限公司,光模块\n");
 * session.target({ chains: ["optoelectronics"] });
 * session.assess();
 * const [first] = session.rows(session.top(10));
 * console.log(first.name, first.shown, first.reasons[0].zh);
 * session.free();
 * ```
 */
export class Session {
  private held: RawSession | undefined;

  /** @param asOf the day ages are counted to, YYYY-MM-DD; there is no clock inside */
  constructor(asOf: string) {
    this.held = guarded(() => new RawSession(String(asOf)));
  }

  private call<T>(work: (raw: RawSession) => T): T {
    const raw = this.held;
    if (!raw) throw failure("FREED", "this session was freed; make a new one");
    return guarded(() => work(raw));
  }

  /** A call that the build for mini-programs leaves out. */
  private decide<T>(name: keyof RawSession & string, work: (raw: RawSession) => T): T {
    return this.call((raw) => {
      if (typeof raw[name] !== "function") throw failure("NOT_IN_THIS_BUILD", `${name} is not in the build for mini-programs`);
      return work(raw);
    });
  }

  private load(data: Bytes, work: (raw: RawSession, bytes: Uint8Array) => IntakeReport): IntakeReport {
    return this.call((raw) => {
      const bytes = bytesOf(data);
      if (!raw.canHold(bytes.length * ROOM)) {
        throw failure("OUT_OF_MEMORY", `there is no memory for a file of ${bytes.length} bytes; what was loaded before is still there`);
      }
      return work(raw, bytes);
    });
  }

  /**
   * Reads the candidates: CSV, TSV, XLSX, JSON or JSON Lines, in any usual encoding.
   *
   * @param onProgress told from time to time which share of the file is read, 0 to 1
   */
  loadCandidates(data: Bytes, onProgress?: (share: number) => void): IntakeReport {
    return this.load(data, (raw, bytes) => raw.loadCandidates(bytes, onProgress));
  }

  /** Reads the resident firms. */
  loadResidents(data: Bytes): IntakeReport {
    return this.load(data, (raw, bytes) => raw.loadResidents(bytes));
  }

  /** The whole of a list of which a report gives the first hundred. */
  reported(of: "candidates" | "residents", part: "merges"): MergedRow[];
  reported(of: "candidates" | "residents", part: "rejected"): RejectedRow[];
  reported(of: "candidates" | "residents", part: "ragged" | "repairedQuotes"): number[];
  reported(of: string, part: string): unknown[] {
    return this.call((raw) => raw.reported(String(of), String(part)));
  }

  /**
   * A number that grows with every change of what is ranked or let through, and comes with every ranked answer: one of another generation
   * is stale. No two sessions of an engine share one.
   */
  generation(): number {
    return this.call((raw) => raw.generation());
  }

  /** Forgets the resident firms. */
  clearResidents(): void {
    this.call((raw) => raw.clearResidents());
  }

  /** Adds chains of your own, as JSON text. */
  addChains(json: string): void {
    this.call((raw) => raw.addChains(json));
  }

  /** Sets the chains that count and the regions within reach. */
  target(target: Target): void {
    this.call((raw) => raw.target(target.chains ?? [], target.regions ?? []));
  }

  /** Sets the scorecard, as JSON text; an unknown key is an error. */
  setScorecard(json: string): void {
    this.call((raw) => raw.setScorecard(json));
  }

  /** The scorecard in force, as JSON text. */
  scorecard(): string {
    return this.call((raw) => raw.scorecard());
  }

  /** Locates up to `count` more enterprises; returns how many are left. Call it in slices to show progress. */
  locate(count: number): number {
    return this.call((raw) => raw.locate(integer(count, "count")));
  }

  /**
   * Hands out up to `count` candidates, from the last on, to be located by a `Locator` in another worker; `undefined` when none waits.
   * What has not come back when `locate` gets there is located here. Not in the build for mini-programs.
   */
  handOut(count: number): Uint8Array | undefined {
    return this.decide("handOut", (raw) => raw.handOut(integer(count, "count")) ?? undefined);
  }

  /**
   * Reads the candidates as `loadCandidates` does, and hands a share of them out while it still reads, so that whoever locates them need
   * not wait. Not in the build for mini-programs.
   *
   * @param share of the candidates to hand out, 0 to 1
   * @param each told from time to time which share of the file is read, and given a batch where there is one
   */
  loadAndHandOut(data: Bytes, share: number, each: (read: number, batch?: Uint8Array) => void): IntakeReport {
    if (!(share >= 0 && share <= 1)) throw failure("BAD_ARGUMENT", `share: expected 0 to 1, found ${share}`);
    this.decide("loadAndHandOut", () => {});
    return this.load(data, (raw, bytes) => raw.loadAndHandOut(bytes, share, each));
  }

  /** Takes back what a `Locator` gave; what comes too late changes nothing. Not in the build for mini-programs. */
  takeBack(located: Uint8Array): void {
    this.decide("takeBack", (raw) => raw.takeBack(bytesOf(located)));
  }

  /** Locates what is left and gives points. After it there is a ranking. */
  assess(): Overview {
    return this.call((raw) => raw.assess());
  }

  /**
   * Ranks again with new weights, each 0 to 10 000.
   *
   * @param weights one per criterion, in their order; or some by the ids of their criteria, the others stay
   */
  setWeights(weights: ArrayLike<number> | Readonly<Record<string, number>>): void {
    const named = typeof weights === "object" && weights !== null && !("length" in weights);
    this.call((raw) => (named ? raw.setWeightsOf(Object.keys(weights), integers(Object.values(weights), "weights")) : raw.setWeights(integers(weights as ArrayLike<number>, "weights"))));
  }

  /** Changes one weight; the others stay. */
  setWeight(criterion: number, weight: number): void {
    this.call((raw) => raw.setWeight(integer(criterion, "criterion"), integer(weight, "weight")));
  }

  /** Narrows the list that `top` gives; it stays in force until another takes its place. An empty filter lets everything through. */
  setFilter(filter: Filter): void {
    const { hideVetoed, ...others } = filter;
    this.call((raw) => raw.setFilter(JSON.stringify({ ...others, hide_vetoed: hideVetoed })));
  }

  /** How many candidates the filter lets through, by region, link, role, need and grade. */
  facets(): Facets {
    return this.call((raw) => raw.facets());
  }

  /** Row numbers of the best `k`, best first. */
  top(k: number): Uint32Array {
    return this.call((raw) => raw.top(integer(k, "k")));
  }

  /** A part of the list as it is narrowed: `count` rows from a place on (default: the first). */
  list(count: number, from = 0): List {
    return this.call((raw) => raw.list(integer(count, "count"), integer(from, "from")));
  }

  /** The rows just above and just below one in the whole list, whatever the filter; `undefined` for a row that is not there. */
  neighbours(row: number): Neighbours | undefined {
    return this.call((raw) => raw.neighbours(integer(row, "row")) ?? undefined);
  }

  /** Row numbers of candidates whose name contains `text`, best first (default limit: 100). */
  find(text: string, limit = 100): Uint32Array {
    return this.call((raw) => raw.find(text, integer(limit, "limit")));
  }

  /** The rank of a row, from 1; rows of the same score share the best of their ranks. */
  rankOf(row: number): number | undefined {
    return this.call((raw) => raw.rankOf(integer(row, "row")));
  }

  /** What a list shows of some rows, in the order given. */
  rows(rows: ArrayLike<number>): RankedRow[] {
    return this.call((raw) => raw.rows(integers(rows, "rows")));
  }

  /** Which candidates were read from these rows of the file, by their numbers in it; `null` for a row not read, or merged into another. */
  rowsAt(numbers: ArrayLike<number>): (number | null)[] {
    return this.decide("rowsAt", (raw) => Array.from(raw.rowsAt(integers(numbers, "numbers")), (row) => (row === 0xffffffff ? null : row)));
  }

  /** Everything about one row. */
  detail(row: number): Detail | undefined {
    const found = this.call((raw) => raw.detail(integer(row, "row")) ?? undefined);
    if (!found) return undefined;
    const { row: standing, ...more } = found;
    return { ...standing, ...more };
  }

  /** Why one of two rows stands above the other; `undefined` for a row that is not there. Not in the build for mini-programs. */
  compare(a: number, b: number): Comparison | undefined {
    return this.decide("compare", (raw) => raw.compare(integer(a, "a"), integer(b, "b")) ?? undefined);
  }

  /** What would lift a row into the best `k`: facts and weights. Not in the build for mini-programs. */
  lift(row: number, k: number): Lift | undefined {
    return this.decide("lift", (raw) => raw.lift(integer(row, "row"), integer(k, "k")) ?? undefined);
  }

  /** The rank of a row at every weight of a criterion, 0 to 10 000, the other weights as they are. Not in the build for mini-programs. */
  ranksAlong(row: number, criterion: number): Uint32Array {
    return this.decide("ranksAlong", (raw) => raw.ranksAlong(integer(row, "row"), integer(criterion, "criterion")));
  }

  /** The signature of the scorecard with the weights in force: rankings compare only under one. Not in the build for mini-programs. */
  signature(): string {
    return this.decide("signature", (raw) => raw.signature());
  }

  /** How firm the best `k` are, under unknown facts, other weights and other methods. Not in the build for mini-programs. */
  robustness(k: number, options: DrawOptions = {}): Robustness {
    const { draws = 10_000, seed = 1, spread = 0.3 } = options;
    if (!(spread >= 0 && spread <= 1)) throw failure("BAD_ARGUMENT", `spread: expected 0 to 1, found ${spread}`);
    return this.decide("robustness", (raw) =>
      raw.robustness(integer(k, "k"), integer(draws, "draws"), integer(seed, "seed"), Math.round(spread * 10_000)),
    );
  }

  /** Row numbers of the best `k` by another method, best first. Not in the build for mini-programs. */
  opinion(method: Method, k: number): Uint32Array {
    return this.decide("opinion", (raw) => raw.opinion(String(method), integer(k, "k")));
  }

  /** Whether the best `k` mirror all candidates, by region, ownership and size. Not in the build for mini-programs. */
  balance(k: number): Balance[] {
    return this.decide("balance", (raw) => raw.balance(integer(k, "k")));
  }

  /** Weights from the candidates' points themselves, as shares. Not in the build for mini-programs. */
  dataWeights(by: DataWeights): Float64Array {
    return this.decide("dataWeights", (raw) => raw.dataWeights(String(by)));
  }

  /** The list as it stands, as JSON Lines, to keep and to compare with later ones. Not in the build for mini-programs. */
  edition(): string {
    return this.decide("edition", (raw) => raw.edition());
  }

  /** What moved since an edition kept before, or since the JSON Lines of the command line. Not in the build for mini-programs. */
  since(before: string, k: number): Since {
    return this.decide("since", (raw) => raw.since(String(before), integer(k, "k")));
  }

  /** The state of every link of the target chains; `undefined` without resident firms. */
  diagnosis(): LinkState[] | undefined {
    return this.call((raw) => raw.diagnosis() ?? undefined);
  }

  /** The chains and their links. */
  chains(): ChainInfo[] {
    return this.call((raw) => raw.chains());
  }

  /** A digest of scores and order: equal on every platform for equal input. */
  digest(): string {
    return this.call((raw) => raw.digest());
  }

  /** Gives the memory back. The session cannot be used after it; freeing twice does no harm. */
  free(): void {
    const raw = this.held;
    this.held = undefined;
    if (raw) guarded(() => raw.free());
  }
}

/** The built-in chains and their links. */
export function chains(): ChainInfo[] {
  return guarded(builtinChains);
}

/**
 * Everything that is wrong, or will surprise, in a file of chains of your own; none with `isError` means `addChains` takes it.
 *
 * @throws XiangmaError `BAD_JSON` or `BAD_CHAIN` when the text is no chain file at all
 */
export function checkChains(json: string): Finding[] {
  return guarded(() => rawCheckChains(json));
}

/** The scorecards that come with the library, as JSON texts, the default first. */
export function presets(): string[] {
  return guarded(rawPresets);
}

/** Bytes of memory the engine has taken, for all sessions together; it is never given back, and used again. */
export function memory(): number {
  return guarded(memoryTaken);
}
