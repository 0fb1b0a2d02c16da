/** The best of a file that was ranked where it lies. */
export interface RankedFile {
  /** What became of every row and column. */
  report: IntakeReport;
  /** How many enterprises were ranked. */
  total: number;
  /** As `Session.digest`: that of the same file loaded and assessed. */
  digest: string;
  /** The best, best first, each with all that is known of it. */
  best: Detail[];
}
/** The same as it crosses. */
export type RawRankedFile = Omit<RankedFile, "best"> & { best: ({ row: RankedRow } & Omit<Detail, keyof RankedRow>)[] };
/** What a column of a table of enterprises holds. */
export type Field =
  | "name" | "asked_name" | "credit_code" | "status" | "kind" | "established" | "registered_capital" | "paid_in_capital" | "capital_currency" | "revenue"
  | "staff" | "size" | "province" | "city" | "county" | "address" | "industry" | "scope" | "profile" | "main_business" | "products" | "patents"
  | "patent_count" | "bids" | "tags" | "qualifications" | "listing" | "financing_date" | "former_name" | "shareholders";
/** What a file would be read as. */
export interface Preview {
  /** As in `IntakeReport`. */
  format: string;
  /** As in `IntakeReport`. */
  encoding: string;
  /** The sheets that would be read; one without a name for a file that is one table. */
  sheets: SheetPreview[];
  /** Sheets that would not be read, each with why. */
  others: SheetReport[];
}
/** A sheet as it would be read. */
export interface SheetPreview {
  name: string | null;
  /** The row of its header; 0 when none is found, and then the row that is filled best is shown as one. */
  headerRow: number;
  columns: ColumnPreview[];
}
/** A column as it would be read. */
export interface ColumnPreview {
  heading: string;
  /** The field it would be read as, or `extra`, `unused`, `duplicate` or `personal_dropped`. */
  as: string;
  /** The first cells that say something, shortened; none of personal columns. */
  examples: string[];
}
/** How firm a selection is. */
export interface Robustness {
  /** How many are selected. */
  k: number;
  /** How many weights were drawn. */
  draws: number;
  /** Those selected, and those at the door; best first. */
  rows: Firmness[];
  /** How many the weights were drawn over: all but those who cannot be among the best `k` under any. */
  contenders: number;
  /** Who is not among the rows, and whom drawn weights select all the same; the most often selected first. */
  others: { row: number; rank: number; firstShare: number; selectedShare: number }[];
  consensus: Consensus;
}
/** How firm the place of one candidate is. */
export interface Firmness {
  row: number;
  /** Its place in the whole order, from 1. */
  rank: number;
  /** The best rank it can have, whatever is still unknown of anybody. */
  best: number;
  /** The worst. */
  worst: number;
  /** The share of drawn weights, 0 to 1, that make it first. */
  firstShare: number;
  /** The share that have it selected. */
  selectedShare: number;
  /** Its mean rank over the drawn weights. */
  meanRank: number;
  /** The ranks it keeps to nine times in ten. */
  rank05: number;
  /** The other end of them. */
  rank95: number;
  /** What one must believe to have it first, as shares a criterion. */
  centralWeights: number[] | null;
  /** How many methods select it. */
  votes: number;
  /** While it is selected: the weights of each criterion, the others as they are, under which it stays so. */
  holds: Hold[];
}
/** The weights of one criterion under which a selection holds; shares are of all weights, 0 to 100. */
export interface Hold {
  /** Its place among the criteria, from 0. */
  criterion: number;
  /** The least and the greatest weight, 0 to 10 000. */
  from: number;
  to: number;
  /** The same as shares. */
  fromShare: number;
  toShare: number;
}
/** A method of ranking; `weighted_sum` is the scorecard's own. */
export type Method = "weighted_sum" | "weighted_product" | "topsis" | "topsis_fixed" | "vikor" | "vikor_fixed" | "promethee_ii";
/** All methods side by side. */
export interface Consensus {
  /** How many are selected. */
  k: number;
  /** The methods, in the order of everything below. */
  methods: Method[];
  /** Of each, Spearman's correlation with the scorecard's own order. */
  agreement: (number | null)[];
  /** Of each, the ways in which taking one of the shortlist away reorders others of it. */
  reversals: { removed: number; pairs: number; above: number; below: number }[][];
  /** Everybody among the best `k` by any method: by most votes, then by the scorecard's own rank. */
  standings: { row: number; ranks: number[]; votes: number }[];
}
/** The groups of one kind among all and among the selected. */
export interface Balance {
  /** The kind of group. */
  by: "region" | "ownership" | "size";
  groups: {
    group: string;
    /** Its name. */
    words: { zh: string; en: string };
    /** How many of all candidates are of it. */
    pool: number;
    /** How many of those selected. */
    selected: number;
    /** Its share among the selected over its share of the pool. */
    ratio: number;
    /** A blind draw would hardly give such a number. */
    isUnusual: boolean;
  }[];
}
/** Facts as texts. */
export interface Cells {
  /** The headings. */
  columns: string[];
  /** Of each enterprise a text under each heading; empty where unknown. */
  rows: string[][];
}
/** A province or a city, and how many candidates lie in it. */
export interface RegionCount {
  name: string;
  count: number;
}
/** Somebody who moved between two editions. */
export interface Moved {
  name: string;
  creditCode: string | null;
  /** Its rank before; `null` for one that was not there. */
  before: number | null;
  /** Its rank now; `null` for one that is gone. */
  now: number | null;
  /** How far its score moved, in points of a hundred. */
  change: number | null;
}
/** What moved since an edition. */
export interface Since {
  /** Among the best `k`: who came, who went, who stayed; how many are in both editions, and how alike their orders are. */
  movement: {
    k: number;
    common: number;
    spearman: number | null;
    entered: Moved[];
    left: Moved[];
    stayed: Moved[];
    /** In what the two are not the same though they can be compared; null for what one of them does not say. */
    unlike: {
      what: "chains" | "regions" | "method" | "catalogue" | "residents" | "as_of" | "library";
      before: string | null;
      now: string | null;
    }[];
    /** Names that stand several times with nothing to tell them apart. */
    duplicates: string[];
  };
  /** Criterion by criterion, and `score`: the population-stability index and the means. */
  drift: {
    criterion: string;
    /** The population-stability index. */
    index: number;
    /** `isUnder`: the bin ends just under `to`. */
    bins: { to: number | null; isUnder: boolean; before: number; after: number }[];
    verdict: "steady" | "moved" | "shifted";
    /** Mean points of a hundred. */
    meanBefore: number;
    meanNow: number;
    /** The share of points backed by facts, 0 to 100. */
    knownBefore: number;
    knownNow: number;
  }[];
}
/** What a panel comes to; weights are shares. */
export interface PanelWeights {
  criteria: string[];
  /** Of the panel as a whole. */
  weights: number[];
  /** Whether single judgements were joined, or the weights of each expert. */
  joined: "judgements" | "weights";
  /** Saaty's ratio of the joined judgements: over 0.1 they contradict each other. */
  consistencyRatio: number | null;
  experts: {
    name: string;
    weights: number[];
    /** Of the expert's own pairs. */
    consistencyRatio: number | null;
    /** Pairs left open. */
    open: number;
    /** The comparison to look at again. */
    revise: { row: number; column: number; from: number; to: number; ratio: number } | null;
  }[];
  /** Criterion by criterion: the least and the greatest weight and whose it is, and the standard deviation. */
  disagreement: { least: number; leastBy: string; most: number; mostBy: string; deviation: number }[];
  /** Kendall's W: 1 when all agree. */
  concordance: number | null;
}
/** Weights of people and of data, joined; all are shares. */
export interface Blend {
  /** The two joined. */
  weights: number[];
  /** Of the people. */
  expert: number[];
  /** Of the data. */
  data: number[];
  /** The share of weight on which the two disagree, 0 to 1. */
  distance: number;
  /** Spearman's correlation of the two. */
  spearman: number | null;
  /** Places of the criteria, those the two differ on most first. */
  farthest: number[];
}
/** One difference between two scorecards. */
export interface CardChange {
  /** Where in the card: `criteria/need/weight`. */
  path: string;
  /** What stood there; `null` for something new. */
  from: unknown;
  /** What stands there now; `null` for something gone. */
  to: unknown;
  /** The change in words. */
  words: { zh: string; en: string };
}
/** What sets two candidates apart. */
export interface Comparison {
  /** The row that stands above. */
  above: number;
  /** The other. */
  below: number;
  /** In points of a hundred: the sum of all differences. */
  lead: number;
  /** What each criterion adds to the lead, the most telling first: points of both, 0 to 10 000, and the part of the lead. */
  differences: { criterion: string; above: number; below: number; lead: number }[];
  /** No unknown fact of either could turn them round. */
  isCertain: boolean;
  /** The weights at which they change places, the nearest first; shares are of all weights, 0 to 100. */
  flips: { criterion: number; weight: number; share: number; now: number }[];
  /** All of it in a sentence. */
  words: { zh: string; en: string };
}
/** A fact, and what it would have to be. */
export interface FactChange {
  fact: string;
  /** None while it is not known. */
  from: number | string | boolean | null;
  /** What it would have to be. */
  to: number | string | boolean;
  /** What that adds, in points of a hundred. */
  gain: number;
  words: { zh: string; en: string };
}
/** What would lift a candidate into the best `k`. */
export interface Lift {
  k: number;
  /** Its rank now. */
  rank: number;
  /** How many points of a hundred are missing. */
  missing: number;
  /** Single facts that would do. */
  facts: FactChange[];
  /** When no single one does: the fewest that do together. */
  together: FactChange[];
}
