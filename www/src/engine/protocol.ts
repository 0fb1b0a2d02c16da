// What the page and the workers say to each other: types alone, those of the engine among them.
import type {
  Balance,
  Blend,
  Chances,
  ChainInfo,
  DataWeights,
  Detail,
  Facets,
  FeatureContribution,
  Finding,
  Filter,
  IntakeReport,
  LinkState,
  MergedRow,
  Overview,
  PanelWeights,
  Preview,
  RankedFile,
  RankedRow,
  ReadOptions,
  RegionCount,
  RejectedRow,
  Robustness,
  Since,
  TableColumn,
  TrainOptions,
  TrainReport,
} from "xiangma/slim";
import type { TeamCalls } from "./teamCalls";
import type { Said } from "../views/output/list";

import type { Beside } from "./around";
import type { RankRange } from "./ranges";
import type { PlanCalls } from "./planProtocol";

/** The two tables a person gives. */
export type Kind = "candidates" | "residents";
/** A table as the person gave it. */
export interface Source {
  name: string;
  file: Blob;
  /** How it is read, where a person said so. */
  options?: ReadOptions;
}
/** One table a kind, or none. */
export type Sources = Partial<Record<Kind, Source>>;

/** What the page may ask. */
export interface Calls extends PlanCalls, TeamCalls {
  start(asOf: string, chains: string[]): void;
  load(kind: Kind, file: Blob, options?: ReadOptions): Promise<IntakeReport>;
  preview(file: Blob, options?: ReadOptions): Promise<Preview>;
  /** Every row a report counts, as far as they were kept. */
  reported(kind: Kind): Reported;
  /** Ranks a long file where it lies; nothing for one that is no plain text. */
  rankLong(query: Query, file: Blob, k: number): Promise<RankedFile | undefined>;
  /** Refuses a card that cannot be used. */
  checkCard(card: string): void;
  checkChain(chain: string): Finding[];
  dropResidents(): void;
  view(query: Query): Promise<View>;
  window(query: Query, from: number, count: number): Promise<ListRow[]>;
  missing(query: Query, among: number): Promise<Missing[]>;
  compared(whos: Opened[]): Compared;
  chainCounts(source: Source, asOf: string, ownChains: string[]): Promise<Record<string, number>>;
  detail(who: Opened): Detail | undefined;
  around(who: Opened, query: Query, k: number): Promise<Around | undefined>;
  /** The ranks it can have, whatever is still unknown of anybody; nothing where that is not known. */
  rankRange(who: Opened, query: Query): Promise<RankRange | null>;
  links(): Record<string, LinkCandidates>;
  chains(): ChainInfo[];
  presets(): string[];
  regions(): RegionCount[];
  listFile(query: Query, format: "csv" | "xlsx", said: Said): Promise<{ file: Blob; signature: string }>;
  review(k: number, spread: number): Review;
  edition(): string;
  since(before: string, k: number): Since;
  document(): { zh: string; en: string; signature: string };
  panel(
    experts: ExpertSaid[],
    by: DataWeights | null,
    share: number,
  ): PanelResult;
  placed(numbers: number[]): (RankedRow | null)[];
  columns(file: Blob): Promise<TableColumn[]>;
  train(file: Blob, options: TrainOptions): Promise<{ report: TrainReport; model: string; took: number }>;
  chances(model: string, file: Blob): Promise<ChancesResult>;
  contributions(model: string, file: Blob, place: number): Promise<FeatureContribution[]>;
}
/** Rows of a file that are worth a look, by what happened to them. */
export interface Reported {
  rejected: RejectedRow[];
  others: RejectedRow[];
  doubtful: RejectedRow[];
  merges: MergedRow[];
  sameNames: MergedRow[];
  ragged: number[];
  repairedQuotes: number[];
}
/** All that decides what the list is. */
export interface Query {
  chains: string[];
  regions: string[];
  /** The scorecard, as JSON. */
  card: string;
  /** Weights in its place, by id of the criterion, of all criteria: also of those nothing in this run can know. */
  weights: Record<string, number> | null;
  filter: Filter;
  /** A criterion whose points order the list; the score where there is none. */
  by?: string;
  /** How many rows come with the answer: the first ones. */
  count: number;
  /** The assessment whose diagnosis the page has. */
  run: number;
}
/** The list, and what there is to say of it. */
export interface View {
  /** Counts the files of candidates: rows mean the same under one number only. */
  list: number;
  /** Counts the assessments: points are the same under one number. */
  run: number;
  rows: ListRow[];
  /** How many the filter lets through. */
  total: number;
  /** How many scores lie in each of equal parts of 0 to 100, of those the filter lets through. */
  histogram: number[];
  tier: Tier;
  /** Against the card's own weights; nothing under these. */
  change: Change | null;
  /** How many would be left, by each property. Who is ruled out has no grade. */
  facets: Facets;
  overview: Overview;
  /** Weights in force, a criterion each; 0 for what is left out. */
  weights: number[];
  /** Target regions in which no candidate lies. */
  unreached: string[];
  /** Only where the page has that of another run; `null` without residents. */
  diagnosis?: LinkState[] | null;
  /** Milliseconds of work for the rows. */
  took: number;
  times: Record<string, number>;
  /** Of the scorecard with the weights in force: lists compare only under one. */
  signature: string;
}
/** A row of the list, with what the list alone tells of it. */
export interface ListRow extends RankedRow {
  /** Its rank under the card's own weights, where others are in force. */
  was: number | null;
  /** How much of the business its link has, 0 to 100, where the engine says it. */
  focus: number | null;
  /** The row of the file. */
  fileRow: number | null;
}
/**
 * The first tier: of all confirmed, those whose score reaches the least the leader's can be. Were everything unknown of the leader at its
 * worst, any of them could stand first: what is known does not tell them apart.
 */
export interface Tier {
  count: number;
  /** The least the leader's score can be; nothing without a leader. */
  from: number | null;
  /** How many are confirmed, whatever the filter. */
  confirmed: number;
}
/** Who came among the first `k` of the confirmed by the weights in force, and who left. */
export interface Change {
  k: number;
  entered: Named[];
  left: Named[];
}
/** A fact that many of the first do not have. */
export interface Missing {
  fact: string;
  zh: string;
  en: string;
  /** Of so many that were looked at, so many lack it. */
  lack: number;
  among: number;
  /** In points, the most it could change for one of them. */
  swing: number;
}
/** Some enterprises side by side, the best first. */
export interface Compared {
  rows: Detail[];
  /** Of each but the last: how far it leads the next, and in what. */
  leads: { points: number; isCertain: boolean; differences: { criterion: string; lead: number }[] }[];
}
/** An enterprise by what is known of it: its row in one list, and what it is called in any. */
export interface Opened {
  list: number;
  row: number;
  name: string;
  creditCode: string | null;
}
/** A candidate among the best of a link. */
export type BestOfLink = Pick<RankedRow, "row" | "rank" | "name" | "creditCode" | "province" | "city" | "role">;
/** Who is confirmed at a link, whatever the filter; the best first. */
export interface LinkCandidates {
  count: number;
  best: BestOfLink[];
}
/** The chances of the candidates, the highest first. */
export interface ChancesResult extends Chances {
  /** Places in order of chance. */
  order: Uint32Array;
}
/** A row that is spoken of. */
export type Named = Pick<Opened, "name" | "creditCode">;
/** How firm the selection is, and who is in it. */
export interface Review {
  list: number;
  robustness: Robustness;
  /** Every row that is spoken of. */
  names: Record<number, Named>;
  balance: Balance[];
  took: number;
}
/** Where one candidate stands. */
export interface Around {
  /** Its place in the list as the query narrows and orders it, from 0; nothing where it is not in it. */
  at: number | null;
  previous: Opened | null;
  next: Opened | null;
  /** Against its neighbours in the whole list. */
  above: Beside | null;
  below: Beside | null;
  /** Who else is confirmed at its link, the best first; nothing where it is confirmed at none. */
  peers: { count: number; best: (Opened & { rank: number })[] } | null;
  /** The points that part it from the first `k`; nothing where it is among them, or half a point does not part them. */
  missing: number | null;
}
/** What an expert said: points by id of the criterion, or how many times as important one is as another. */
export interface ExpertSaid {
  name: string;
  points: Record<string, number>;
  /** By the two ids with a blank between; used in place of the points. */
  pairs?: Record<string, number>;
}
/** Weights from a panel, perhaps joined with the data's; all by place in `criteria`. */
export interface PanelResult {
  criteria: string[];
  panel: PanelWeights;
  blend: Blend | null;
  weights: number[];
}

/** What the page sends. */
export interface Request {
  id: number;
  name: keyof Calls;
  args: unknown[];
}
/** A failure as the engine tells it. */
export interface EngineError {
  message: string;
  code: string;
  row?: number;
  column?: string;
}
/** What comes back. */
export type Reply = { id: number; result?: unknown; error?: EngineError } | { progress: number } | { lock: string };
