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
