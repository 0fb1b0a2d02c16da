// What the page and the worker say to each other of the month's plan: types alone.
import type {
  Anchor,
  AssignCosts,
  Assignment,
  AtRisk,
  ChainState,
  Decision,
  Introduced,
  ListedRow,
  Officer,
  OpenLead,
  Passage,
  Pushes,
  Review,
  ShortlistQuery,
  Trips,
  WhyNotListed,
} from "xiangma/slim";
import type { Both } from "../text/useText";
import type { Cell, Column } from "../views/output/workbook";
import type { Query, Source } from "./protocol";

/** What the park has on its target chains, and what it lacks. */
export interface PlanDiagnosis {
  states: ChainState[];
  anchors: Anchor[];
  /** Of each chain, the passages that are broken, those that lack the fewest links first; then some that are whole. */
  passages: Record<string, Passage[]>;
}
/** Somebody the plan is about, as far as list or ledger tell. */
export interface Target {
  /** As the ledger keeps it. */
  key: string;
  name: string;
  creditCode: string | null;
  /** Its row in the list; nothing for one that is in the ledger alone. */
  row: number | null;
  province: string | null;
  city: string | null;
  address: string | null;
  /** The division code of where it is. */
  code: number | null;
  chain: string | null;
  link: string | null;
  score: number | null;
  /** Why it is on the list: the first of its reasons. */
  reason: Both | null;
  /** What is unknown of it: what to ask. */
  questions: Both[];
}
/** One on the shortlist. */
export type Placed = Target & Omit<ListedRow, "row" | "score">;
/** A list chosen so that it does the most for the park together. */
export interface ChosenList {
  places: Placed[];
  before: ChainState[];
  after: ChainState[];
  whyNot: (WhyNotListed & { name: string; instead: string })[];
}
/** Somebody found by name. */
export interface FoundRow {
  row: number;
  name: string;
  creditCode: string | null;
  place: string;
}
/** Somebody of the ledger. */
export interface Followed {
  key: string;
  name: string;
}
/** Ways from the park to some names, and whether they begin with the residents. */
export interface Ways extends Introduced {
  residents: number | null;
}
/** A table to be written as a file. */
export interface TableFile {
  name: string;
  columns: Column[];
  rows: Cell[][];
}
export interface PlanCalls {
  /** Without candidates the residents are told of alone. */
  diagnose(of: { query: Query | null; residents: Source; decisions: Decision[]; asOf: string; ownChains: string[] }):
    Promise<PlanDiagnosis>;
  risk(before: Blob, now: Blob): Promise<AtRisk[]>;
  foundRows(words: string, most: number): FoundRow[];
  choose(query: Query, wanted: Partial<ShortlistQuery>, whyNot: number[]): Promise<ChosenList>;
  targets(query: Query | null, followed: Followed[]): Promise<Target[]>;
  introduce(
    ties: Blob,
    residents: Blob | null,
    options: { to: string[]; from: string[]; personal: boolean },
  ): Promise<Ways>;
  trips(at: (number | null)[], options: { days: number; visits: number; from?: string }): Trips;
  officers(file: Blob): Promise<Officer[]>;
  assign(leads: OpenLead[], officers: Officer[], costs: Partial<AssignCosts>): Assignment;
  push(query: Query, before: string, options: { top: number; named: number }): Promise<Pushes>;
  blindSheets(list: Followed[], experts: string[], seed: number): string[];
  reviewSheets(list: Followed[], sheets: Blob[]): Promise<Review>;
  tableFile(format: "csv" | "xlsx", sheets: TableFile[]): Blob | Promise<Blob>;
}
