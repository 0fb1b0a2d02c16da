import { checkChains as rawCheckChains, preview as rawPreview, type RawSession } from "./web/xiangma.js";
import { integer, integers, json, listener, record, share, text } from "./args.js";
import { type Bytes, bytesOf } from "./bytes.js";
import { CoreSession, listening, load, readOptions, toTheEnd, type Json, type ReadOptions } from "./core.js";
import { guarded } from "./engine.js";
import { use } from "./held.js";
import { type ByteSource, sourceOf } from "./source.js";
import type {
  Anchor, Balance, Cells, ChainState, Comparison, Decision, Finding, IntakeReport, Lift, Method, Passage, Preview, Pushes, RankedFile, RegionCount, Robustness, Shortlist,
  ShortlistQuery, Since,
} from "./web/xiangma.js";

export { chains, memory, presets, version } from "./core.js";
export { XiangmaError } from "./errors.js";
export type { ByteSource } from "./source.js";
export type { Bytes, Json, ReadOptions, Target } from "./core.js";
export type { EngineErrorCode, ErrorCode, Place } from "./errors.js";

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

/**
 * One sitting, from files to ranking. Tables stay in WASM memory; only the rows you ask for become objects. Call `free()` when done, or
 * declare it with `using`.
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
 * const [first] = session.list(10).rows;
 * console.log(first.rank, first.name, first.shown, first.reasons[0].zh);
 * session.free();
 * ```
 */
export class Session extends CoreSession {
  /**
   * Hands out up to `count` candidates, from the last on, to be located by a `Locator` in another worker; `undefined` when none waits.
   * What has not come back when `locate` gets there is located here.
   */
  handOut(count: number): Uint8Array | undefined {
    return use(this, (raw: RawSession) => raw.handOut(integer(count, "count")) ?? undefined);
  }

  /**
   * Reads the candidates as `loadCandidates` does, and hands a share of them out while it still reads, so that whoever locates them need
   * not wait.
   *
   * @param part the share of the candidates to hand out, 0 to 1
   * @param each told from time to time which share of the file is read, and 1 in the end; given a batch where there is one
   */
  loadAndHandOut(data: Bytes, part: number, each: (read: number, batch?: Uint8Array) => void, options?: ReadOptions): IntakeReport {
    const [some, how] = [share(part, "part"), readOptions(options)];
    const told = (tell: typeof each): IntakeReport => load(this, data, (raw, bytes) => toTheEnd(raw.loadAndHandOut(bytes, how, some, tell), tell));
    return listening(listener(each, "each"), (tell = () => {}) => told(tell));
  }

  /**
   * Ranks a file of any length where it lies, by the card, weights, target and resident firms of this session, and gives its best; what was
   * loaded stays as it is. Some 250 bytes of memory are taken for each enterprise, and given back at the end. `undefined` for a file that
   * is no delimited text in UTF-8 or GB18030: such a file is to be loaded.
   *
   * @param file bytes that can be read at once from any place (in Node by `fs.readSync`), or, in a worker of a page, a `File` or `Blob`
   * @param k how many of the best; each is read again, so some hundred are quick and some thousand are not
   * @param onProgress told from time to time which share of the file is read
   * @throws XiangmaError as `loadCandidates` and `assess` do; `UNREADABLE` for a file that cannot be read or changes meanwhile
   */
  rankFile(file: ByteSource | Blob, k: number, onProgress?: (share: number) => void, options?: ReadOptions): RankedFile | undefined {
    const [source, most, how] = [sourceOf(file, "file"), integer(k, "k"), readOptions(options)];
    const ranked = listening(listener(onProgress, "onProgress"), (tell) => use(this, (raw: RawSession) => raw.rankFile(source, most, how, tell) ?? undefined));
    return ranked && { ...ranked, best: ranked.best.map(({ row, ...more }) => ({ ...row, ...more })) };
  }

  /** Takes back what a `Locator` gave; what comes too late changes nothing. */
  takeBack(located: Uint8Array): void {
    use(this, (raw: RawSession) => raw.takeBack(bytesOf(located, "located")));
  }

  /** Which candidates were read from these rows of the file, by their numbers in it; `null` for a row not read, or merged into another. */
  rowsAt(numbers: ArrayLike<number>): (number | null)[] {
    const found = use(this, (raw: RawSession) => raw.rowsAt(integers(numbers, "numbers")));
    return Array.from(found, (row) => (row === 0xffffffff ? null : row));
  }

  /** Why one of two rows stands above the other; `undefined` for a row that is not there. */
  compare(a: number, b: number): Comparison | undefined {
    return use(this, (raw: RawSession) => raw.compare(integer(a, "a"), integer(b, "b")) ?? undefined);
  }

  /** What would lift a row into the best `k`: what facts that are not known would have to be. */
  lift(row: number, k: number): Lift | undefined {
    return use(this, (raw: RawSession) => raw.lift(integer(row, "row"), integer(k, "k")) ?? undefined);
  }

  /** The rank of a row at every weight of a criterion, 0 to 10 000, the other weights as they are. */
  ranksAlong(row: number, criterion: number): Uint32Array {
    return use(this, (raw: RawSession) => raw.ranksAlong(integer(row, "row"), integer(criterion, "criterion")));
  }

  /** The signature of the scorecard with the weights in force: rankings compare only under one. */
  signature(): string {
    return use(this, (raw: RawSession) => raw.signature());
  }

  /**
   * How firm the best `k` are, under unknown facts, other weights and other methods.
   *
   * @throws XiangmaError `BAD_ARGUMENT` before there is a ranking, or for a number out of range
   */
  robustness(k: number, options: DrawOptions = {}): Robustness {
    const { draws = 10_000, seed = 1, spread = 0.3 } = record(options, "options", { draws: integer, seed: integer, spread: share });
    return use(this, (raw: RawSession) => raw.robustness(integer(k, "k"), draws, seed, Math.round(spread * 10_000)));
  }

  /** Row numbers of the best `k` by another method, best first. */
  opinion(method: Method, k: number): Uint32Array {
    return use(this, (raw: RawSession) => raw.opinion(text(method, "method"), integer(k, "k")));
  }

  /**
   * What to do about each link of the target chains: levels, passages, a strategy with its reason; what the park decided itself comes first.
   * `undefined` without residents.
   */
  advise(decisions: Decision[] = []): ChainState[] | undefined {
    return use(this, (raw: RawSession) => raw.advise(json(decisions, "decisions")));
  }

  /** The passages of a chain from its beginning to its end, those that lack the fewest links first; at most so many. */
  passages(chain: string, most = 100): Passage[] | undefined {
    return use(this, (raw: RawSession) => raw.passages(text(chain, "chain"), integer(most, "most")));
  }

  /** The residents on whom a target chain hangs (链主). */
  anchors(): Anchor[] | undefined {
    return use(this, (raw: RawSession) => raw.anchors());
  }

  /**
   * Chooses candidates that together do the most for the park: their scores, and the gaps and passages they close. Says of the rows in
   * `whyNot` why they are not among them.
   *
   * @throws XiangmaError `NOTHING_LOADED` before `assess` or without residents
   */
  shortlist(query: Partial<ShortlistQuery> = {}, whyNot: ArrayLike<number> = []): Shortlist {
    return use(this, (raw: RawSession) => raw.shortlist(json(query, "query"), integers(whyNot, "whyNot")));
  }

  /**
   * What is new since an edition (按月推送): who entered, rose, fell and left, each with its cause, and a message for a group chat.
   *
   * @param options.top how many of each list count, the best first (default: all)
   * @param options.named how many of each kind the message names (default: 10)
   * @throws XiangmaError `OTHER_SCORECARD`, `OTHER_BASIS` when the two lists cannot be compared
   */
  push(before: string, options: { top?: number; named?: number } = {}): Pushes {
    const { top = 0, named = 10 } = record(options, "options", { top: integer, named: integer });
    return use(this, (raw: RawSession) => raw.push(text(before, "before"), top, named));
  }

  /** What the files said of some rows, as a table that can be loaded again; a row that is not there is left out. */
  cells(rows: ArrayLike<number>): Cells {
    return use(this, (raw: RawSession) => raw.cells(integers(rows, "rows")));
  }

  /** Whether the best `k` mirror all candidates, by region, ownership and size. */
  balance(k: number): Balance[] {
    return use(this, (raw: RawSession) => raw.balance(integer(k, "k")));
  }

  /** The provinces and cities of the candidates, those with the most first: what can be a target region. */
  regions(): RegionCount[] {
    return use(this, (raw: RawSession) => raw.regions());
  }

  /** How many candidates lie in a region, as `target` reads one: part of a province, city, county or address. */
  countIn(region: string): number {
    return use(this, (raw: RawSession) => raw.countIn(text(region, "region")));
  }

  /** Weights from the candidates' points themselves, as shares. */
  dataWeights(by: DataWeights): Float64Array {
    return use(this, (raw: RawSession) => raw.dataWeights(text(by, "by")));
  }

  /** The list as it stands, as JSON Lines, to keep and to compare with later ones. */
  edition(): string {
    return use(this, (raw: RawSession) => raw.edition());
  }

  /**
   * What moved since an edition kept before, or since the JSON Lines of the command line.
   *
   * @throws XiangmaError `OTHER_SCORECARD` when the two were judged by different cards or weights
   */
  since(before: string, k: number): Since {
    return use(this, (raw: RawSession) => raw.since(text(before, "before"), integer(k, "k")));
  }
}

/**
 * What a file would be read as: its sheets, their headings, what each would be taken for, and examples; for a person to correct by `ReadOptions`
 * before it is read. Looks at the first rows alone.
 *
 * @throws XiangmaError as `Session.loadCandidates`, but for `NO_HEADER` and `NO_ROWS`
 */
export function preview(data: Bytes, options?: ReadOptions): Preview {
  const how = readOptions(options);
  return guarded(() => rawPreview(bytesOf(data, "data"), how));
}

/**
 * Everything that is wrong, or will surprise, in a file of chains of your own; none with `isError` means `addChains` takes it.
 *
 * @throws XiangmaError `BAD_JSON` or `BAD_CHAIN` when it is no chain file at all
 */
export function checkChains(chains: Json): Finding[] {
  return guarded(() => rawCheckChains(json(chains, "chains")));
}
