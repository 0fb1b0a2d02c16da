/** What a ledger holds on a day. */
export type TeamBook = Book & {
  /** 线索. */
  leads: Lead[];
  /** Records that cannot be read, with the reason. */
  findings: Finding[];
};
/** A clock of one group of projects. */
export type ClockGroup = ClockSummary & {
  /** Id of the clock. */
  clock: string;
  /** Which: `all`, or the number, phase, officer, chain, district or kind; empty where it is not known. */
  group: string;
};
/** The figures of a year. */
export interface YearFigures {
  portfolio: Portfolio;
  activity: Activity;
}
/** Enterprises of a table, by what they give on their land (亩均论英雄). */
export interface PerMuEvaluation {
  /** In the order of the table. */
  enterprises: PerMu[];
  /** What of the table was not read. */
  findings: Finding[];
}
