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
  Filter,
  IntakeReport,
  Lift,
  LinkState,
  Overview,
  PanelWeights,
  RankedRow,
  RegionCount,
  Robustness,
  Since,
  TableColumn,
  TrainOptions,
  TrainReport,
} from "xiangma/slim";

/** The two tables a person gives. */
export type Kind = "candidates" | "residents";
/** A table as the person gave it. */
export interface Source {
  name: string;
  file: Blob;
}

/** What the page may ask. */
export interface Calls {
  start(asOf: string): void;
  load(kind: Kind, file: Blob): Promise<IntakeReport>;
  dropResidents(): void;
  view(query: Query): Promise<View>;
  detail(who: Opened): Detail | undefined;
  place(who: Opened, k: number): Place | undefined;
  links(): Record<string, LinkCandidates>;
  chains(): ChainInfo[];
  presets(): string[];
  regions(): RegionCount[];
  exported(query: Query): Promise<Exported>;
  review(k: number, spread: number): Review;
  edition(): string;
  since(before: string, k: number): Since;
  document(): { zh: string; en: string; signature: string };
  panel(
    experts: { name: string; points: Record<string, number> }[],
    by: DataWeights | null,
    share: number,
  ): PanelResult;
  placed(numbers: number[]): (RankedRow | null)[];
  columns(file: Blob): Promise<TableColumn[]>;
  train(file: Blob, options: TrainOptions): Promise<{ report: TrainReport; model: string; took: number }>;
  chances(model: string, file: Blob): Promise<ChancesResult>;
  contributions(model: string, file: Blob, place: number): Promise<FeatureContribution[]>;
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
  /** How many rows are shown. */
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
  rows: RankedRow[];
  /** How many the filter lets through. */
  total: number;
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
/** An enterprise by what is known of it: its row in one list, and what it is called in any. */
export interface Opened {
  list: number;
  row: number;
  name: string;
  creditCode: string | null;
}
/** Who stands at a link, whatever the filter. */
export interface LinkCandidates {
  count: number;
  best: string[];
}
/** The whole list as the filter leaves it, with what it was made under. */
export interface Exported {
  rows: RankedRow[];
  overview: Overview;
  signature: string;
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
/** What is to be said of one candidate's place. */
export interface Place {
  above: { zh: string; en: string } | null;
  below: { zh: string; en: string } | null;
  lift: Lift | undefined;
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
