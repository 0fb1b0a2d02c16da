/** What became of a file. `rows` = `read` + `merged` + the number of `rejected`. */
export interface IntakeReport {
  format: string;
  encoding: string;
  sheet: string | null;
  header_row: number;
  rows: number;
  read: number;
  merged: number;
  merges: { row: number; into: number }[];
  rejected: { row: number; reason: string; seen: string }[];
  ragged: number[];
  repaired_quotes: number[];
  unreadable_characters: number;
  columns: { header: string; as: string }[];
  values: Record<string, { understood: number; missing: number; not_understood: number; examples: { row: number; cell: string; reason: string }[] }>;
}
/** A criterion of the scorecard in force. */
export interface CriterionInfo {
  id: string;
  zh: string;
  en: string;
  /** 0 to 10 000. */
  weight: number;
}
/** A run at a glance. */
export interface Overview {
  rows: number;
  /** Candidates confirmed on a target chain, near misses not counted. */
  located: number;
  vetoed: number;
  criteria: CriterionInfo[];
  /** Criteria nothing in this run could know; their weight is shared among the others. */
  leftOut: string[];
}
/** A reason in Chinese and English. */
export interface Reason {
  key: "place" | "near_miss" | "no_place" | "need" | "criterion" | "unknown" | "veto";
  zh: string;
  en: string;
}
export type Role = "maker" | "developer" | "operator" | "service" | "trader";
export type Evidence = "weak" | "medium" | "strong";
export type Need = "fill" | "extend" | "strengthen" | "establish" | "none";
/** What a list shows of a candidate. Scores and coverage are 0 to 100. */
export interface RankedRow {
  row: number;
  rank: number;
  name: string;
  province: string | null;
  city: string | null;
  score: number;
  low: number;
  high: number;
  coverage: number;
  /** A grade of the scorecard, or `ask` while too little is known. */
  grade: string;
  chain: string | null;
  link: string | null;
  /** Whether the link is believed. Of a near miss `link` is the nearest; it has no role and no strategy. */
  confirmed: boolean;
  role: Role | null;
  /** `weak` for a near miss: not confirmed on the chain. */
  evidence: Evidence | null;
  /** How sure the place is, 0 to 100. */
  confidence: number | null;
  strategy: Need | null;
  vetoes: string[];
  /** Points a criterion, 0 to 10 000. */
  points: number[];
  reasons: Reason[];
}
/** The words a match rests on. */
export interface Span {
  field: string;
  text: string;
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
  /** What holds a near miss back; `null` for a match that is believed. */
  doubt: { code: string; zh: string; en: string } | null;
  spans: Span[];
}
/** What one criterion adds; over all criteria the contributions add up to the score. */
export interface Contribution {
  criterion: string;
  weight: number;
  points: number;
  contribution: number;
  /** How much of the points rests on facts, 0 to 10 000. */
  known: number;
}
/** A question whose answer would move the score by up to `swing`. */
export interface Question {
  fact: string;
  swing: number;
  zh: string;
  en: string;
}
/** Everything about one candidate. */
export interface Detail extends RankedRow {
  enterprise: {
    row: number;
    name: string;
    credit_code: string | null;
    status: string | null;
    kind: string | null;
    established: string | null;
    registered_capital: { amount: number; currency: string } | null;
    paid_in_capital: { amount: number; currency: string } | null;
    staff: number | null;
    size: string | null;
    region: { province: string | null; city: string | null; county: string | null; address: string | null; code: number | null };
    industry: string | null;
    scope: string | null;
    profile: string | null;
    main_business: string | null;
    products: { name: string; share: number | null }[];
    patents: string | null;
    patent_count: number | null;
    tags: string[];
    qualifications: string[];
    listing: string | null;
    [key: string]: unknown;
  };
  matches: Match[];
  contributions: Contribution[];
  questions: Question[];
}
/** One link of a chain in the park. */
export interface LinkState {
  chain: string;
  link: string;
  stage: "upstream" | "midstream" | "downstream";
  residents: number;
  coverage: number;
  need: Need;
  urgency: number;
  related: number;
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
  feeds: string[];
  /** Chains it belongs to as well. */
  also: string[];
}
/** What is wrong, or will surprise, in a file of chains. */
export interface Finding {
  code: string;
  /** True when the file cannot be used until it is mended. */
  is_error: boolean;
  place: string;
  zh: string;
  en: string;
}
/** What every call throws: one class, told apart by `code`. */
export interface XiangmaError extends Error {
  name: "XiangmaError";
  code: string;
  row?: number;
  column?: string;
}

/** How many of the candidates let through share a value. */
export interface Count {
  value: string;
  count: number;
}

/** Counts by property, the most frequent first; a property's own condition is left out of its own counts. */
export interface Facets {
  regions: Count[];
  links: Count[];
  roles: Count[];
  needs: Count[];
  grades: Count[];
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
  /** Part of a name (default: none). */
  text?: string;
  /** Leave out who is ruled out (default: false). */
  hide_vetoed?: boolean;
}
