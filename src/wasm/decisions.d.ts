/** How firm a selection is. */
export interface Robustness {
  /** How many are selected. */
  k: number;
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
  rank: number;
  /** The best rank it can have, whatever is still unknown of anybody. */
  best: number;
  worst: number;
  /** The share of drawn weights, 0 to 1, that make it first. */
  firstShare: number;
  /** The share that have it selected. */
  selectedShare: number;
  meanRank: number;
  /** The ranks it keeps to nine times in ten. */
  rank05: number;
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
  criterion: number;
  from: number;
  to: number;
  fromShare: number;
  toShare: number;
}
export type Method = "weighted_sum" | "weighted_product" | "topsis" | "topsis_fixed" | "vikor" | "vikor_fixed" | "promethee_ii";
/** All methods side by side. */
export interface Consensus {
  k: number;
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
  by: "region" | "ownership" | "size";
  groups: {
    group: string;
    words: { zh: string; en: string };
    pool: number;
    selected: number;
    /** Its share among the selected over its share of the pool. */
    ratio: number;
    /** A blind draw would hardly give such a number. */
    isUnusual: boolean;
  }[];
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
  before: number | null;
  now: number | null;
  change: number | null;
}
/** What moved since an edition. */
export interface Since {
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
    index: number;
    /** `isUnder`: the bin ends just under `to`. */
    bins: { to: number | null; isUnder: boolean; before: number; after: number }[];
    verdict: "steady" | "moved" | "shifted";
    meanBefore: number;
    meanNow: number;
    knownBefore: number;
    knownNow: number;
  }[];
}
/** What a panel comes to; weights are shares. */
export interface PanelWeights {
  criteria: string[];
  weights: number[];
  joined: "judgements" | "weights";
  consistencyRatio: number | null;
  experts: {
    name: string;
    weights: number[];
    consistencyRatio: number | null;
    /** Pairs left open. */
    open: number;
    /** The comparison to look at again. */
    revise: { row: number; column: number; from: number; to: number; ratio: number } | null;
  }[];
  disagreement: { least: number; leastBy: string; most: number; mostBy: string; deviation: number }[];
  /** Kendall's W: 1 when all agree. */
  concordance: number | null;
}
/** Weights of people and of data, joined; all are shares. */
export interface Blend {
  weights: number[];
  expert: number[];
  data: number[];
  /** The share of weight on which the two disagree, 0 to 1. */
  distance: number;
  spearman: number | null;
  farthest: number[];
}
/** One difference between two scorecards. */
export interface CardChange {
  path: string;
  from: unknown;
  to: unknown;
  words: { zh: string; en: string };
}
/** What sets two candidates apart. */
export interface Comparison {
  above: number;
  below: number;
  /** In points of a hundred: the sum of all differences. */
  lead: number;
  differences: { criterion: string; above: number; below: number; lead: number }[];
  /** No unknown fact of either could turn them round. */
  isCertain: boolean;
  /** The weights at which they change places, the nearest first; shares are of all weights, 0 to 100. */
  flips: { criterion: number; weight: number; share: number; now: number }[];
  words: { zh: string; en: string };
}
/** A fact, and what it would have to be. */
export interface FactChange {
  fact: string;
  /** None while it is not known. */
  from: number | string | boolean | null;
  to: number | string | boolean;
  gain: number;
  words: { zh: string; en: string };
}
/** What would lift a candidate into the best `k`. */
export interface Lift {
  k: number;
  rank: number;
  /** How many points of a hundred are missing. */
  missing: number;
  /** Single facts that would do. */
  facts: FactChange[];
  /** When no single one does: the fewest that do together. */
  together: FactChange[];
}
