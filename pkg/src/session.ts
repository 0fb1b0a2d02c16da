import { RawSession, builtinChains, checkChains as rawCheckChains, memoryTaken, presets as rawPresets } from "./web/xiangma.js";
import { failure, guarded } from "./errors.js";
import type { ChainInfo, Detail, Facets, Filter, Finding, IntakeReport, LinkState, Overview, RankedRow } from "./web/xiangma.js";

/** What a session is told about the target. */
export interface Target {
  /** Ids of the chains that count (default: all). */
  chains?: string[];
  /** Provinces or cities within easy reach (default: none). */
  regions?: string[];
}

/** Anything that holds bytes. */
export type Bytes = Uint8Array | ArrayBuffer | string;

function bytesOf(data: Bytes): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  const isView = data instanceof Uint8Array;
  // A buffer of another realm (a mini-program's file system) is no instance of this one's class.
  const kind = Object.prototype.toString.call(data);
  if (!isView && kind !== "[object ArrayBuffer]" && kind !== "[object Uint8Array]" && kind !== "[object SharedArrayBuffer]") {
    throw failure("BAD_ARGUMENT", `expected a string, a Uint8Array or an ArrayBuffer, found ${kind}`);
  }
  const buffer = ArrayBuffer.isView(data) ? data.buffer : data;
  if ((buffer as { detached?: boolean }).detached) {
    throw failure("BAD_ARGUMENT", "the buffer is detached: it was transferred elsewhere, so its bytes are gone");
  }
  return isView ? data : new Uint8Array(data);
}

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
 * console.log(first.name, first.score.toFixed(2), first.reasons[0].zh);
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

  private load(data: Bytes, work: (raw: RawSession, bytes: Uint8Array) => IntakeReport): IntakeReport {
    return this.call((raw) => {
      const bytes = bytesOf(data);
      if (!raw.canHold(bytes.length * ROOM)) {
        throw failure("OUT_OF_MEMORY", `there is no memory for a file of ${bytes.length} bytes; what was loaded before is still there`);
      }
      return work(raw, bytes);
    });
  }

  /** Reads the candidates: CSV, TSV, XLSX, JSON or JSON Lines, in any usual encoding. */
  loadCandidates(data: Bytes): IntakeReport {
    return this.load(data, (raw, bytes) => raw.loadCandidates(bytes));
  }

  /** Reads the resident firms. */
  loadResidents(data: Bytes): IntakeReport {
    return this.load(data, (raw, bytes) => raw.loadResidents(bytes));
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

  /** Locates what is left and gives points. After it there is a ranking. */
  assess(): Overview {
    return this.call((raw) => raw.assess());
  }

  /** Ranks again with new weights, one per criterion, each 0 to 10 000. */
  setWeights(weights: ArrayLike<number>): void {
    this.call((raw) => raw.setWeights(integers(weights, "weights")));
  }

  /** Changes one weight; the others stay. */
  setWeight(criterion: number, weight: number): void {
    this.call((raw) => raw.setWeight(integer(criterion, "criterion"), integer(weight, "weight")));
  }

  /** Narrows the list that `top` gives; it stays in force until another takes its place. An empty filter lets everything through. */
  setFilter(filter: Filter): void {
    this.call((raw) => raw.setFilter(JSON.stringify(filter)));
  }

  /** How many candidates the filter lets through, by region, link, role, need and grade. */
  facets(): Facets {
    return this.call((raw) => raw.facets());
  }

  /** Row numbers of the best `k`, best first. */
  top(k: number): Uint32Array {
    return this.call((raw) => raw.top(integer(k, "k")));
  }

  /** Row numbers of candidates whose name contains `text`, best first (default limit: 100). */
  find(text: string, limit = 100): Uint32Array {
    return this.call((raw) => raw.find(text, integer(limit, "limit")));
  }

  /** The rank of a row, from 1. */
  rankOf(row: number): number | undefined {
    return this.call((raw) => raw.rankOf(integer(row, "row")));
  }

  /** What a list shows of some rows, in the order given. */
  rows(rows: ArrayLike<number>): RankedRow[] {
    return this.call((raw) => raw.rows(integers(rows, "rows")));
  }

  /** Everything about one row. */
  detail(row: number): Detail | undefined {
    return this.call((raw) => raw.detail(integer(row, "row")) ?? undefined);
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
 * Everything that is wrong, or will surprise, in a file of chains of your own; none with `is_error` means `addChains` takes it.
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
