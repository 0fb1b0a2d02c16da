/** What a table has under one heading. */
export interface TableColumn {
  name: string;
  /** Its values with how many rows have each, the most frequent first; empty where there are more than a dozen. */
  values: [value: string, rows: number][];
}
/** How a model is learned. */
export interface TrainOptions {
  /** The column of the outcome. */
  outcome: string;
  /** Its values that count; asked for (`AMBIGUOUS_OUTCOME`) when they cannot be told. */
  positive?: string[];
  /** Its values that count as none; asked for when they cannot be told. */
  negative?: string[];
  /** Its values that are open yet: such rows teach nothing. */
  open?: string[];
  /** Columns that were known beforehand, however much they tell. */
  known?: string[];
  /** A column of dates: the newest fifth is held out for the trial. */
  date?: string;
  /** Columns that are no features. */
  exclude?: string[];
  /** Columns of numbers with which the chance may not fall. */
  rising?: string[];
  /** Columns of numbers with which the chance may not rise. */
  falling?: string[];
  /** A column of expert scores, 0 to 100, from whose odds learning begins. */
  prior?: string;
  /** A column of weights of rows. */
  weight?: string;
  /** A column of who was contacted: only they teach. */
  contacted?: string;
  /** Of the folds (default: 1). */
  seed?: number;
}
/** How good stated chances are. */
export interface ConversionMetrics {
  rows: number;
  /** Rows with the outcome. */
  events: number;
  /** The chance that one with the outcome is rated above one without. */
  auc: number;
  /** Its 95 % interval. */
  aucLow: number;
  aucHigh: number;
  /** Brier score: the mean squared error of the chances. */
  brier: number;
  /** Mean log loss. */
  logLoss: number;
  /** The same of who states the base rate for everybody. */
  baseLogLoss: number;
  /** Mean distance of stated and seen, over tenths. */
  calibrationError: number;
  /** Tenths of equal size, the lowest chances first. */
  bins: { rows: number; stated: number; seen: number; low: number; high: number }[];
  /** The best rated part of all rows: how often the outcome comes there, and how many times as often as in all. */
  lift: { share: number; precision: number; lift: number; gain: number }[];
}
/** What there is to say of a model and of what it was learned from. */
export interface TrainReport {
  /** Rows learned from. */
  rows: number;
  /** Of them, with the outcome. */
  events: number;
  /** Rows that do not say what became of them. */
  withoutOutcome: number;
  /** Rows whose outcome is open yet, by what stands there: value and number of rows. */
  openOutcomes: [value: string, rows: number][];
  /** Rows that are of the lead of an earlier one. */
  duplicateRows: number;
  notContacted: number;
  /** What the rows are worth after weighting. */
  effectiveRows: number;
  /** Columns that are no features, and why. */
  leftOut: { column: string; why: "constant" | "identifier" | "text" | "duplicate" | "empty" | "excluded" | "personal" | "too_many" }[];
  /** Columns that seem to know the outcome. They are used unless excluded, and keep the model from being used unless vouched for. */
  leaks: { column: string; auc: number; settled: number; why: "settles" | "named" | "dated_after"; isVouchedFor: boolean }[];
  iterations: number;
  /** False when they did not suffice. */
  converged: boolean;
  /** Effective degrees of freedom. */
  freedom: number;
  /** On five folds, each told by a model of the others. */
  folds: ConversionMetrics;
  /** On the newest fifth, told by all before it; null without a date, or where either of the two has too few outcomes. */
  newest: ConversionMetrics | null;
  /** The prior score alone. */
  prior: ConversionMetrics | null;
  /** Only a model to use gives chances. */
  verdict: "use" | "check_leaks" | "do_not_use";
}
/** What one feature adds to the log-odds of one row. */
export interface FeatureContribution {
  feature: string;
  /** What the row has of it. */
  value: string;
  /** Log-odds. */
  adds: number;
}
/** How far one distribution has moved. */
export interface Shift {
  /** Population stability index. */
  psi: number;
  /** What chance alone stays under in nineteen of twenty cases. */
  byChance: number;
  state: "steady" | "moved" | "shifted";
}
/** How far rows have moved since a model was learned. */
export interface Drift {
  rows: number;
  /** Of the chances told. */
  chances: Shift;
  /** Of each feature: its shift, the shares of missing cells then and now, and the share of rows with a word never met. */
  features: { feature: string; shift: Shift; missingThen: number; missingNow: number; unknownWords: number }[];
  /** Columns the model looks at that the table does not have. */
  absent: string[];
}
