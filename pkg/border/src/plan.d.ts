/** A list chosen so that it does the most for the park together. */
export interface Shortlist {
  /** Those on it, in the order in which they were chosen. */
  places: ListedRow[];
  /** The target chains as they are. */
  before: ChainState[];
  /** The same with the whole list in the park. */
  after: ChainState[];
  /** Of the rows asked about, those that are not on it, and why. */
  whyNot: WhyNotListed[];
}
/** Why one is not on a shortlist. */
export interface WhyNotListed {
  row: number;
  /** False for one that is ruled out or a resident. */
  mayBeChosen: boolean;
  /** What it would add to the list as one more, in hundredths of a point; none for one that is on it, or may not be. */
  adds: number | null;
  /** The row of the one it would have to take the place of. */
  insteadOf: number | null;
  /** The same in words; empty for one that is on it, or may not be. */
  zh: string;
  en: string;
}
/** What is new since a list (按月推送). */
export type Pushes = Push & {
  /** How many changed in each way. */
  counts: Record<PushChange, number>;
  /** A message for a group chat. */
  zh: string;
  en: string;
};
/** Ways from the park to some names. */
export interface Introduced {
  to: { name: string; ways: Introduction[] }[];
  /** How many of those that ways begin with are in the table. */
  own: number;
  /** Rows of the table that were not taken, and why. */
  rejected: RejectedTie[];
  /** Ties of persons that were neither used nor are shown. */
  withheld: number;
}
