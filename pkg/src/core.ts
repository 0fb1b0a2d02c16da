import { RawSession, builtinChains, memoryTaken, presets as rawPresets } from "./web/xiangma.js";
import { flag, integer, integers, json, listener, record, text, texts, whole } from "./args.js";
import { type Bytes, bytesOf } from "./bytes.js";
import { guarded } from "./engine.js";
import { failure } from "./errors.js";
import { Held, use } from "./held.js";
import { VERSION } from "./web/release.js";
import type {
  ChainInfo, Detail, Facets, Filter, IntakeReport, LinkState, List, MergedRow, Neighbours, Overview, RankedRow, RejectedRow,
} from "./web/xiangma.js";

export type { Bytes } from "./bytes.js";

/** What a session is told about the target. */
export interface Target {
  /** Ids of the chains that count (default: all). */
  chains?: string[];
  /** Provinces or cities within easy reach (default: none). */
  regions?: string[];
}

/** How a file is read, where the library's own reading is not what is wanted. */
export interface ReadOptions {
  /** Headings, each with the field it holds, such as `{ 客商: "name" }`; see `preview` for the headings of a file. */
  map?: Record<string, string>;
  /** The sheets to read, hidden ones too (default: all that are visible and have a header). */
  sheets?: string[];
  /** Headings of columns to leave unread. */
  ignore?: string[];
}

/** Options as the engine takes them. */
export function readOptions(options: ReadOptions | undefined): string {
  if (options === undefined) return "";
  const map = (value: unknown, what: string): unknown => Object.entries(value as object).map(([heading, field]) => text(field, `${what}.${heading}`));
  return JSON.stringify(record(options, "options", { map, sheets: texts, ignore: texts }));
}

/** A scorecard, a file of chains or a model: its JSON text, or the object it stands for. */
export type Json = string | object;

/** Copies of the file and the rows made of it, in bytes of memory for each byte of the file: more than was ever seen. */
const ROOM = 2;

/** Reads a file into a session. */
export function load(session: CoreSession, data: Bytes, work: (raw: RawSession, bytes: Uint8Array) => IntakeReport): IntakeReport {
  return use(session, (raw: RawSession) => {
    const bytes = bytesOf(data, "data");
    if (!raw.canHold(Math.min(bytes.length * ROOM, 0xffffffff))) {
      throw failure("OUT_OF_MEMORY", `there is no memory for a file of ${bytes.length} bytes; what was loaded before is still there`);
    }
    return work(raw, bytes);
  });
}

/**
 * Runs work that calls a listener. The engine cannot be thrown through: what the listener throws first waits until the work is done, and then
 * reaches the caller; the listener is not called again.
 */
export function listening<A extends unknown[], T>(listener: ((...args: A) => void) | undefined, work: (tell: ((...args: A) => void) | undefined) => T): T {
  let thrown: { error: unknown } | undefined;
  const tell = (...args: A): void => {
    if (thrown) return;
    try {
      listener?.(...args);
    } catch (error) {
      thrown = { error };
    }
  };
  const result = work(listener && tell);
  if (thrown) throw (thrown as { error: unknown }).error;
  return result;
}

/** Small files are read before there is anything to tell: that they are is told of every one. */
export function toTheEnd<T>(result: T, tell: ((share: number) => void) | undefined): T {
  tell?.(1);
  return result;
}

/** What every build has of a session; see `Session`. */
export class CoreSession extends Held<RawSession> {
  /**
   * @param asOf the day ages are counted to, YYYY-MM-DD; there is no clock inside
   * @throws XiangmaError `BAD_ARGUMENT` when it is no day, `NOT_READY` before the engine is loaded
   */
  constructor(asOf: string) {
    super("session", () => new RawSession(text(asOf, "asOf")));
  }

  /**
   * Reads the candidates: CSV, TSV, XLSX, JSON or JSON Lines, in any usual encoding.
   *
   * @param onProgress told from time to time which share of the file is read, and 1 in the end; what it throws reaches the caller once the
   * file is read
   * @throws XiangmaError `EMPTY_FILE`, `NO_HEADER`, `NO_ROWS`, `BAD_JSON`, `BAD_WORKBOOK`, `PROTECTED`, `UNSUPPORTED_FORMAT`, `LIMIT`,
   * `OUT_OF_MEMORY`; `BAD_ARGUMENT` for a field or a sheet there is not
   */
  loadCandidates(data: Bytes, onProgress?: (share: number) => void, options?: ReadOptions): IntakeReport {
    const how = readOptions(options);
    return listening(listener(onProgress, "onProgress"), (tell) => load(this, data, (raw, bytes) => toTheEnd(raw.loadCandidates(bytes, how, tell), tell)));
  }

  /** Reads the resident firms; throws as `loadCandidates` does. */
  loadResidents(data: Bytes, options?: ReadOptions): IntakeReport {
    const how = readOptions(options);
    return load(this, data, (raw, bytes) => raw.loadResidents(bytes, how));
  }

  /** A list of which a report gives the first hundred, as far as it was kept. */
  reported(of: "candidates" | "residents", part: "merges" | "sameNames"): MergedRow[];
  reported(of: "candidates" | "residents", part: "rejected" | "others" | "doubtful"): RejectedRow[];
  reported(of: "candidates" | "residents", part: "ragged" | "repairedQuotes"): number[];
  reported(of: string, part: string): unknown[] {
    return use(this, (raw: RawSession) => raw.reported(text(of, "of"), text(part, "part")));
  }

  /**
   * A number that grows with every change of what is ranked or let through, and comes with every ranked answer: one of another generation
   * is stale. No two sessions of an engine share one.
   */
  generation(): number {
    return use(this, (raw: RawSession) => raw.generation());
  }

  /** Forgets the resident firms. */
  clearResidents(): void {
    use(this, (raw: RawSession) => raw.clearResidents());
  }

  /**
   * Adds chains of your own; everything is located anew.
   *
   * @throws XiangmaError `BAD_JSON` or `BAD_CHAIN`
   */
  addChains(chains: Json): void {
    use(this, (raw: RawSession) => raw.addChains(json(chains, "chains")));
  }

  /**
   * Sets the chains that count and the regions within reach.
   *
   * @throws XiangmaError `UNKNOWN_CHAIN`, `BAD_ARGUMENT`
   */
  target(target: Target): void {
    const { chains = [], regions = [] } = record(target, "target", { chains: texts, regions: texts });
    use(this, (raw: RawSession) => raw.target(chains, regions));
  }

  /**
   * Sets the scorecard; an unknown key is an error.
   *
   * @throws XiangmaError `BAD_SCORECARD`
   */
  setScorecard(card: Json): void {
    use(this, (raw: RawSession) => raw.setScorecard(json(card, "card")));
  }

  /** The scorecard in force, as JSON text. */
  scorecard(): string {
    return use(this, (raw: RawSession) => raw.scorecard());
  }

  /** Locates up to `count` more enterprises; returns how many are left. Call it in slices to show progress. */
  locate(count: number): number {
    return use(this, (raw: RawSession) => raw.locate(integer(count, "count")));
  }

  /**
   * Locates what is left and gives points. After it there is a ranking.
   *
   * @throws XiangmaError `BAD_SCORECARD` when the card looks at a column the candidates do not have
   */
  assess(): Overview {
    return use(this, (raw: RawSession) => raw.assess());
  }

  /**
   * Ranks again with new weights, each 0 to 10 000.
   *
   * @param weights one per criterion, in their order; or some by the ids of their criteria, the others stay
   * @throws XiangmaError `BAD_ARGUMENT` when one is out of range, or they sum to nothing
   */
  setWeights(weights: ArrayLike<number> | Readonly<Record<string, number>>): void {
    const named = typeof weights === "object" && weights !== null && !("length" in weights);
    const whole = integers(named ? Object.values(weights) : weights, "weights");
    use(this, (raw: RawSession) => (named ? raw.setWeightsOf(Object.keys(weights), whole) : raw.setWeights(whole)));
  }

  /** Changes one weight, by the place of its criterion; the others stay. */
  setWeight(criterion: number, weight: number): void {
    use(this, (raw: RawSession) => raw.setWeight(integer(criterion, "criterion"), integer(weight, "weight")));
  }

  /**
   * Narrows the list that `top` and `list` give; it stays in force until another takes its place. An empty filter lets everything through.
   *
   * @throws XiangmaError `BAD_ARGUMENT` for a condition there is not
   */
  setFilter(filter: Filter): void {
    const looked = {
      regions: texts, links: texts, roles: texts, needs: texts, grades: texts, standings: texts, qualifications: texts, sizes: texts,
      capitalFrom: whole, capitalTo: whole, foundedFrom: text, foundedTo: text, scoreFrom: whole, scoreTo: whole, text, hideVetoed: flag,
    };
    const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const given = Object.entries(record(filter, "filter", looked)).map(([key, value]) => [snake(key), value]);
    use(this, (raw: RawSession) => raw.setFilter(JSON.stringify(Object.fromEntries(given))));
  }

  /** How many candidates the filter lets through, by each property. */
  facets(): Facets {
    return use(this, (raw: RawSession) => raw.facets());
  }

  /** Row numbers of the best `k`, best first. */
  top(k: number): Uint32Array {
    return use(this, (raw: RawSession) => raw.top(integer(k, "k")));
  }

  /**
   * A part of the list as it is narrowed: `count` rows from a place on (default: the first), in order of score, or of the points of one
   * criterion, given by its id.
   *
   * @throws XiangmaError `BAD_ARGUMENT` for a criterion there is not
   */
  list(count: number, from = 0, by?: string): List {
    const order = by === undefined ? undefined : text(by, "by");
    return use(this, (raw: RawSession) => raw.list(integer(count, "count"), integer(from, "from"), order));
  }

  /** Of those the filter lets through and no veto rules out, how many scores lie in each of `bins` equal parts of 0 to 100 (default: 50). */
  histogram(bins = 50): Uint32Array {
    return use(this, (raw: RawSession) => raw.histogram(integer(bins, "bins")));
  }

  /** The rows just above and just below one in the whole list, whatever the filter; `undefined` for a row that is not there. */
  neighbours(row: number): Neighbours | undefined {
    return use(this, (raw: RawSession) => raw.neighbours(integer(row, "row")) ?? undefined);
  }

  /**
   * Row numbers of candidates that a text looks for, best first (default limit: 100), whatever the filter: words parted by spaces, each in
   * the name, a former name, the credit code or a product, or the initials of a name (`gxkj` for 光迅科技).
   */
  find(words: string, limit = 100): Uint32Array {
    return use(this, (raw: RawSession) => raw.find(text(words, "words"), integer(limit, "limit")));
  }

  /** The rank of a row, from 1; rows of the same score share the best of their ranks. */
  rankOf(row: number): number | undefined {
    return use(this, (raw: RawSession) => raw.rankOf(integer(row, "row")));
  }

  /** What a list shows of some rows, in the order given; a row that is not there is left out. */
  rows(rows: ArrayLike<number>): RankedRow[] {
    return use(this, (raw: RawSession) => raw.rows(integers(rows, "rows")));
  }

  /** Everything about one row; `undefined` for one that is not there. */
  detail(row: number): Detail | undefined {
    const found = use(this, (raw: RawSession) => raw.detail(integer(row, "row")) ?? undefined);
    if (!found) return undefined;
    const { row: standing, ...more } = found;
    return { ...standing, ...more };
  }

  /** The state of every link of the target chains; `undefined` without resident firms. */
  diagnosis(): LinkState[] | undefined {
    return use(this, (raw: RawSession) => raw.diagnosis() ?? undefined);
  }

  /** The chains and their links. */
  chains(): ChainInfo[] {
    return use(this, (raw: RawSession) => raw.chains());
  }

  /** A digest of scores and order: equal on every platform for equal input. */
  digest(): string {
    return use(this, (raw: RawSession) => raw.digest());
  }
}

/** The built-in chains and their links. */
export function chains(): ChainInfo[] {
  return guarded(builtinChains);
}

/** The scorecards that come with the library, as JSON texts, the default first. */
export function presets(): string[] {
  return guarded(rawPresets);
}

/** Bytes of memory the engine has taken, for all sessions together; it is never given back, and used again. */
export function memory(): number {
  return guarded(memoryTaken);
}

/** The version of the package, and of its engine. */
export function version(): string {
  return VERSION;
}
