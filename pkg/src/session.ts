import { RawSession, builtinChains, checkChains as rawCheckChains, presets as rawPresets } from "./web/xiangma.js";
import type { ChainInfo, Detail, Finding, IntakeReport, LinkState, Overview, RankedRow } from "./web/xiangma.js";

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
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}

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
  private raw: RawSession;

  /** @param asOf the day ages are counted to, YYYY-MM-DD; there is no clock inside */
  constructor(asOf: string) {
    this.raw = new RawSession(asOf);
  }

  /** Reads the candidates: CSV, TSV, XLSX, JSON or JSON Lines, in any usual encoding. */
  loadCandidates(data: Bytes): IntakeReport {
    return this.raw.loadCandidates(bytesOf(data));
  }

  /** Reads the resident firms. */
  loadResidents(data: Bytes): IntakeReport {
    return this.raw.loadResidents(bytesOf(data));
  }

  /** Forgets the resident firms. */
  clearResidents(): void {
    this.raw.clearResidents();
  }

  /** Adds chains of your own, as JSON text. */
  addChains(json: string): void {
    this.raw.addChains(json);
  }

  /** Sets the chains that count and the regions within reach. */
  target(target: Target): void {
    this.raw.target(target.chains ?? [], target.regions ?? []);
  }

  /** Sets the scorecard, as JSON text; an unknown key is an error. */
  setScorecard(json: string): void {
    this.raw.setScorecard(json);
  }

  /** The scorecard in force, as JSON text. */
  scorecard(): string {
    return this.raw.scorecard();
  }

  /** Locates up to `count` more enterprises; returns how many are left. Call it in slices to show progress. */
  locate(count: number): number {
    return this.raw.locate(count);
  }

  /** Locates what is left and gives points. After it there is a ranking. */
  assess(): Overview {
    return this.raw.assess();
  }

  /** Ranks again with new weights, one per criterion, each 0 to 10 000. */
  setWeights(weights: ArrayLike<number>): void {
    this.raw.setWeights(Uint32Array.from(weights));
  }

  /** Changes one weight; the others stay. */
  setWeight(criterion: number, weight: number): void {
    this.raw.setWeight(criterion, weight);
  }

  /** Row numbers of the best `k`, best first. */
  top(k: number): Uint32Array {
    return this.raw.top(k);
  }

  /** Row numbers of candidates whose name contains `text`, best first (default limit: 100). */
  find(text: string, limit = 100): Uint32Array {
    return this.raw.find(text, limit);
  }

  /** The rank of a row, from 1. */
  rankOf(row: number): number | undefined {
    return this.raw.rankOf(row);
  }

  /** What a list shows of some rows, in the order given. */
  rows(rows: Uint32Array): RankedRow[] {
    return this.raw.rows(rows);
  }

  /** Everything about one row. */
  detail(row: number): Detail | undefined {
    return this.raw.detail(row);
  }

  /** The state of every link of the target chains; `undefined` without resident firms. */
  diagnosis(): LinkState[] | undefined {
    return this.raw.diagnosis();
  }

  /** The chains and their links. */
  chains(): ChainInfo[] {
    return this.raw.chains();
  }

  /** A digest of scores and order: equal on every platform for equal input. */
  digest(): string {
    return this.raw.digest();
  }

  /** Gives the memory back. The session cannot be used after it. */
  free(): void {
    this.raw.free();
  }
}

/** The built-in chains and their links. */
export function chains(): ChainInfo[] {
  return builtinChains();
}

/**
 * Everything that is wrong, or will surprise, in a file of chains of your own; none with `is_error` means `addChains` takes it.
 *
 * @throws XiangmaError `BAD_JSON` or `BAD_CHAIN` when the text is no chain file at all
 */
export function checkChains(json: string): Finding[] {
  return rawCheckChains(json);
}

/** The scorecards that come with the library, as JSON texts, the default first. */
export function presets(): string[] {
  return rawPresets();
}
