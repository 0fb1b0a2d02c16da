/** A list that may be as long as a file: how many entries there are, and the first hundred. `Session.reported` gives all that were kept. */
export interface Begun<T> {
  count: number;
  first: T[];
}
/** A row of the same enterprise as another: its number in the file, and that of the one that took it in. */
export interface MergedRow {
  row: number;
  into: number;
  /** The name that went, where it was another: two names under one code. */
  name: string | null;
}
/** A sheet of a workbook, or a list within JSON. */
export interface SheetReport {
  name: string;
  /** `read`, `hidden`, `no_header`, `few_columns`, `empty` or `not_chosen`. */
  state: string;
  /** The row its headings stand in; 0 when none was found. */
  headerRow: number;
  /** Rows below them that hold anything. */
  rows: number;
  /** What is added to the numbers of its rows, so that every row of the file has a number of its own. */
  offset: number;
}
/** A row that was not read, or is worth a look. */
export interface RejectedRow {
  row: number;
  /**
   * Of rejected rows `no_name`, `shifted` (text of another column in that of names), `not_a_name` or `not_matched` (the data service found no
   * such firm); of rows that are no enterprises `total`, `note`, `header_again`, `section` or `instruction`; of doubtful ones `person` or
   * `no_legal_form`.
   */
  reason: string;
  /** The start of what stood there. */
  seen: string;
}
/** What became of a file; rows are numbered as a spreadsheet does, from 1. `rows` = `read` + `merged` + `rejected.count` + `others.count`. */
export interface IntakeReport {
  /** `csv`, `tsv`, `xlsx`, `xls`, `xlsb`, `ods`, `html`, `xml` or `json`. */
  format: string;
  /** Of the text, as found. */
  encoding: string;
  /** The sheet that was read, of a workbook; the first, where several were. */
  sheet: string | null;
  /** Every sheet of a workbook, or list within JSON; empty for one plain table. */
  sheets: SheetReport[];
  /** The row the headings stand in. */
  headerRow: number;
  /** Rows below it that hold anything. */
  rows: number;
  /** Enterprises kept. */
  read: number;
  /** Rows merged into others. */
  merged: number;
  merges: Begun<MergedRow>;
  rejected: Begun<RejectedRow>;
  /** Rows that are no enterprises: totals, notes, headings again. */
  others: Begun<RejectedRow>;
  /** Rows read whose names are doubtful. */
  doubtful: Begun<RejectedRow>;
  /** Pairs of rows with one name and two credit codes: read as two, worth a look. */
  sameNames: Begun<MergedRow>;
  /** Rows with more or fewer cells than there are headings: read, and worth a look. */
  ragged: Begun<number>;
  /** Lines whose quote was never closed, read without quoting. */
  repairedQuotes: Begun<number>;
  /** How many characters could not be decoded. */
  unreadableCharacters: number;
  /** How many cells were dropped, or parts of them: telephone numbers, e-mail addresses, identity numbers. */
  personalCells: number;
  /** What each column was taken for: a field, or `extra`, `unused`, `duplicate`, `personal_dropped`. */
  columns: { header: string; as: string }[];
  /** By field: how many cells were understood, said nothing, or were not understood, with up to five of the last. */
  values: Record<string, { understood: number; missing: number; notUnderstood: number; examples: { row: number; cell: string; reason: string }[] }>;
}
/** A criterion of the scorecard in force. */
export interface CriterionInfo {
  id: string;
  zh: string;
  en: string;
  /** In force, 0 to 10 000; 0 for what is left out. */
  weight: number;
  /** As it is wanted, whatever this run can know: the one to keep for another time. */
  wanted: number;
}
/** A run at a glance. */
export interface Overview {
  /** See `Session.generation`. */
  generation: number;
  /** How many candidates there are. */
  rows: number;
  /** Candidates confirmed on a target chain, near misses not counted. */
  located: number;
  /** Candidates that are ruled out. */
  vetoed: number;
  criteria: CriterionInfo[];
  /** Criteria nothing in this run could know; their weight is shared among the others. */
  leftOut: string[];
  /** Columns the card looks at by itself, with cells that were not understood: those candidates count as unknown there. */
  readings: { fact: string; by: string; takes: "number" | "word" | "flag" | "date"; understood: number; notUnderstood: number; example: [number, string] | null }[];
}
/** A reason in Chinese and English. */
export interface Reason {
  /** Its kind. */
  key: "place" | "near_miss" | "no_place" | "resident" | "need" | "promising" | "criterion" | "doubtful" | "unknown" | "veto";
  zh: string;
  en: string;
}
/** What a firm does at a link. */
export type Role = "maker" | "developer" | "operator" | "service" | "trader";
/** How strong the words are a place rests on. */
export type Evidence = "weak" | "medium" | "strong";
/** What a park should do about a link: 补链, 延链, 强链, 建链; `none` where it is strong. */
export type Need = "fill" | "extend" | "strengthen" | "establish" | "none";
/** How a candidate stands to the target chains: 已确认, 待核实 (near a link of them), 不在链上, 不予推荐 (a veto rules it out). */
export type Stand = "confirmed" | "possible" | "off_chain" | "ruled_out";
export type Size = "micro" | "small" | "medium" | "large";
/** Official qualifications, the highest first. */
export type Qualification = "single_champion" | "unicorn" | "little_giant" | "gazelle" | "specialised" | "high_tech" | "tech_sme" | "innovative_sme";
/** What a list shows of a candidate. Scores and coverage are 0 to 100. */
export interface RankedRow {
  /** The generation of the ranking it is from: see `Session.generation`. */
  generation: number;
  /** Its number in the table in hand, from 0, by which every call asks for it; not the row of the file. */
  row: number;
  /** From 1; candidates of the same score share the best of their ranks (1, 2, 2, 4). Who is ruled out stands after all others. */
  rank: number;
  name: string;
  /** The unified social credit code, checked. */
  creditCode: string | null;
  province: string | null;
  city: string | null;
  /** The day of founding, YYYY-MM-DD. */
  established: string | null;
  /** Registered capital in yuan, by the rates of the card; `null` where it is not known. */
  capital: number | null;
  staff: number | null;
  size: Size | null;
  qualifications: Qualification[];
  score: number;
  /** The score as every front end prints it, with two decimals. */
  shown: string;
  /** The least and the most the score could be, whatever is still unknown. */
  low: number;
  high: number;
  /** The share of weight backed by facts. */
  coverage: number;
  /** A grade of the scorecard, `ask` while too little is known, empty for who is ruled out. */
  grade: string;
  chain: string | null;
  link: string | null;
  /** Whether the link is believed. Of a near miss `link` is the nearest; it has no role and no strategy. */
  confirmed: boolean;
  role: Role | null;
  /** How strong the words are the place rests on. */
  evidence: Evidence | null;
  /** How sure the place is, 0 to 100. */
  confidence: number | null;
  /** What the park needs of the link; `null` without resident firms. */
  strategy: Need | null;
  /** Ids of the vetoes that rule it out. */
  vetoes: string[];
  /** Points a criterion, 0 to 10 000. */
  points: number[];
  /** The most telling first. */
  reasons: Reason[];
}
/** A part of the list, as it is narrowed. */
export interface List {
  /** See `Session.generation`. */
  generation: number;
  /** How many candidates the filter lets through. */
  total: number;
  /** The part asked for, best first. */
  rows: RankedRow[];
}
/** The rows just above and just below one in the whole list; `null` at its ends. */
export interface Neighbours {
  above: number | null;
  below: number | null;
}
/** The words a match rests on. */
export interface Span {
  /** The field they stand in. */
  field: string;
  /** The words, as written. */
  text: string;
  /** The term of the chain among them. */
  term: string;
}
/** A place on a chain. */
export interface Match {
  chain: string;
  link: string | null;
  role: Role;
  evidence: Evidence;
  /** How sure, 0 to 100: of a hundred matches with this figure, about so many are right. */
  confidence: number;
  /** How sure and how central, 0 to 100. */
  score: number;
  /** How much of its business is the link's, 0 to 100: of its revenue, its products or the items of its scope, as far as they are told. */
  focus: number;
  /** What holds a near miss back; `null` for a match that is believed. */
  doubt: { code: string; zh: string; en: string } | null;
  spans: Span[];
}
/** What one criterion adds; over all criteria the contributions add up to the score. */
export interface Contribution {
  /** Id of the criterion. */
  criterion: string;
  /** 0 to 10 000. */
  weight: number;
  /** 0 to 10 000. */
  points: number;
  /** In points of a hundred. */
  contribution: number;
  /** How much of the points rests on facts, 0 to 10 000. */
  known: number;
}
/** A question whose answer would move the score by up to `swing`. */
export interface Question {
  /** The fact to ask for. */
  fact: string;
  /** In points of a hundred. */
  swing: number;
  zh: string;
  en: string;
}
/** An enterprise as its file described it; `null` is unknown. */
export interface Enterprise {
  /** The row of the file it was read from, from 1, the header included. */
  row: number;
  name: string;
  creditCode: string | null;
  /** 登记状态. */
  status: "active" | "moved" | "suspended" | "liquidation" | "revoked" | "deregistered" | null;
  /** 企业类型, as written. */
  kind: string | null;
  /** 成立日期, YYYY-MM-DD. */
  established: string | null;
  registeredCapital: Money | null;
  paidInCapital: Money | null;
  /** 营业收入, a year. */
  revenue: Money | null;
  /** 参保人数. */
  staff: number | null;
  /** 企业规模. */
  size: Size | null;
  /** Where it is registered; `code` is the six-digit division code. */
  region: { province: string | null; city: string | null; county: string | null; address: string | null; code: number | null };
  /** 国标行业, the finest class given, as written. */
  industry: string | null;
  /** 经营范围. */
  scope: string | null;
  /** 企业简介. */
  profile: string | null;
  /** 主营业务. */
  mainBusiness: string | null;
  /** 主营产品; `share` of revenue, 0 to 1. */
  products: { name: string; share: number | null }[];
  /** Titles of patents, where the file lists them. */
  patents: string | null;
  /** Titles of bids won. */
  bids: string | null;
  patentCount: number | null;
  /** 标签 and 产业链节点, as written. */
  tags: string[];
  /** Official qualifications, best first; none means unknown. */
  qualifications: Qualification[];
  /** 上市 or 融资 stage, as written. */
  listing: string | null;
  /** Of the last financing round, YYYY-MM-DD. */
  financingDate: string | null;
  /** 曾用名. */
  formerName: string | null;
  /** 股东 or 投资方, as written. */
  shareholders: string | null;
  /** Cells of the columns the library does not know, in their order. */
  extra: (string | null)[];
}
/** Everything about one candidate. */
export interface Detail extends RankedRow {
  /** What the file said. */
  enterprise: Enterprise;
  /** Every place it was found at, the best first. */
  matches: Match[];
  /** What each criterion adds. */
  contributions: Contribution[];
  /** What is unknown, the most telling first. */
  questions: Question[];
}
/** One link of a chain in the park. */
export interface LinkState {
  chain: string;
  link: string;
  stage: "upstream" | "midstream" | "downstream";
  /** How many residents stand there. */
  residents: number;
  /** How many of them have it as part of their business; the others merely name it in their scope. */
  engaged: number;
  /** 0 to 100; 0 where nobody is. */
  coverage: number;
  need: Need;
  /** How much it is needed, 0 to 100. */
  urgency: number;
  /** Of the links beside it, the share with residents, 0 to 100. */
  related: number;
  /** Names of up to five residents, the largest first. */
  examples: string[];
}
/** A chain and its links. */
export interface ChainInfo {
  id: string;
  zh: string;
  en: string;
  links: LinkInfo[];
}
/** A link of a chain. */
export interface LinkInfo {
  id: string;
  zh: string;
  en: string;
  /** One line on what the link is. */
  is: { zh: string; en: string };
  /** The id it was split off from. */
  from: string | null;
  stage: "upstream" | "midstream" | "downstream";
  /** Ids of the links it supplies. */
  feeds: string[];
  /** Chains it belongs to as well. */
  also: string[];
}
/** How many of the candidates let through share a value. */
export interface Count {
  value: string;
  count: number;
}

/** Counts by property, the most frequent first; a property's own condition is left out of its own counts. */
export interface Facets {
  /** See `Session.generation`. */
  generation: number;
  regions: Count[];
  links: Count[];
  roles: Count[];
  needs: Count[];
  grades: Count[];
  standings: Count[];
  /** An enterprise may have several. */
  qualifications: Count[];
  sizes: Count[];
}

/** What narrows the list. Every condition given must hold; within one, any value does. */
export interface Filter {
  /** Provinces, as the candidates have them (default: all). */
  regions?: string[];
  /** Ids of links (default: all). */
  links?: string[];
  /** Roles (default: all). */
  roles?: Role[];
  /** What the park needs of the link (default: all). */
  needs?: Need[];
  /** Grades of the scorecard, and `ask` (default: all). */
  grades?: string[];
  /** How they stand to the target chains (default: all). */
  standings?: Stand[];
  /** Official qualifications, of which one must be had (default: all). */
  qualifications?: Qualification[];
  /** Sizes (default: all). */
  sizes?: Size[];
  /** Registered capital in yuan, the ends included; who does not say it is not let through (default: any). */
  capitalFrom?: number;
  capitalTo?: number;
  /** The day of founding, YYYY-MM-DD, the ends included; who does not say it is not let through (default: any). */
  foundedFrom?: string;
  foundedTo?: string;
  /** The score in whole points, 0 to 100, the ends included (default: any). */
  scoreFrom?: number;
  scoreTo?: number;
  /** Words, each in the name, a former name, the credit code, a product or the initials of a name (default: none). */
  text?: string;
  /** Leave out who is ruled out (default: false). */
  hideVetoed?: boolean;
}
