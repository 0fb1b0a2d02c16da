/** What was done in a period. */
export type Activity = {
  /** The first day. */
  from: string;
  /** The last. */
  to: string;
  /** 走访: how many visits. */
  visits: number;
  /** Enterprises that were visited. */
  enterprises: number;
  /** 外出招商: how many trips. */
  trips: number;
  /** Enterprises that were visited on them. */
  tripEnterprises: number;
  /** Projects with a visit or an event. */
  projects: number;
  /** Visits by officer. */
  byOfficer: { [key in string]: number };
  /** Issues that were raised in the period, and what became of them. */
  issues: IssueFigures;
};
/** What to do about one link. */
export type Advice = {
  /** Id of the chain. */
  chain: string;
  /** Id of the link. */
  link: string;
  /** How well it is covered. */
  level: Level;
  /** What to do: what the park decided, else what the figures say. */
  strategy: Strategy;
  /** Why, in Chinese. */
  zh: string;
  /** Why, in English. */
  en: string;
  /** How many passages become whole when this link alone is filled; 0 where somebody is. */
  passagesClosed: number;
  /** How many broken passages go through it. */
  passagesBroken: number;
  /** `Passages::worth`: what filling it is worth, in millionths of a passage. */
  worth: number;
  /** What the figures say, where the park decided otherwise. */
  insteadOf?: Strategy | null;
  /** The park's own word. */
  decision?: Decision | null;
};
/** How far experts agree. A figure is none where there are too few experts or enterprises, or where every expert gave all enterprises one mark. */
export type Agreement = {
  /** Kendall's W of their orders, corrected for ties: 0 to 1. */
  w: number | null;
  /** ICC(2,1): how far the marks of one of them can be relied on. */
  iccSingle: number | null;
  /** ICC(2,k): how far the mean of their marks can. None as well where they agree less than by chance: it says nothing then. */
  iccAverage: number | null;
};
/** A resident, and how much of a chain depends on it. */
export type Anchor = {
  /** Its place among the residents, from 0. */
  resident: number;
  /** Who it is. */
  key: EnterpriseKey;
  /** Its name. */
  name: string;
  /** Id of the chain. */
  chain: string;
  /** Links of the chain it stands on. */
  links: Array<string>;
  /** Of them, those where nobody else is and which are part of its business. */
  alone: Array<string>;
  /** Whole passages that break without it. */
  passages: number;
  /** The same in percent of all whole passages, rounded down. */
  share: number;
  /** Links that feed its links and have no residents: whom to bring for it (链主配套). */
  wanting: Array<string>;
};
/** A project, appraised. */
export type Appraisal = {
  /** Its number. */
  project: string;
  /** Its name. */
  name: string;
  /** Id of the rules. */
  rules: string;
  /** What it comes to. */
  verdict: Verdict;
  /** The score in hundredths of a point, bonuses included; none while something that it rests on is not known. */
  score: number | null;
  /** The least that the score can be, whatever is still learned. */
  low: number;
  /** The most. */
  high: number;
  /** The share of the weight that rests on facts, 0 to 10 000. */
  known: number;
  /** The passing score; none where the rules only give points. */
  passesFrom: number | null;
  /** Vetoes that apply to its kind. */
  vetoes: Array<TestedFact>;
  /** Floors that apply to its kind. */
  floors: Array<TestedFact>;
  /** Criteria that apply to its kind. */
  criteria: Array<AppraisedCriterion>;
  /** Bonuses that apply to its kind. */
  bonuses: Array<TestedFact>;
  /** The fields to ask for. */
  missing: Array<Demand>;
  /** Why, in sentences. */
  reasons: Array<Finding>;
};
/** A criterion, and what a project gets for it. */
export type AppraisedCriterion = {
  /** Its id. */
  id: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** The most points, in hundredths: its weight among the criteria that apply, which sum to 10 000. */
  weight: number;
  /** The fact. */
  fact: ProjectFact;
  /** As the project has it. */
  value: FactValue | null;
  /** The number from which on it gets all points. */
  threshold: number | null;
  /** The share of the weight that it gets, 0 to 10 000; none where that is not known. */
  points: number | null;
  /** What it gets, in hundredths of a point; these add up to the score, bonuses apart, where all are known. */
  gets: number | null;
  /** The least share that it can get. */
  low: number;
  /** The most. */
  high: number;
  /** The fields that are wanting. */
  missing: Array<Demand>;
};
/** What speaks against giving a lead to an officer, in points; 0 to 10 000 each. */
export type AssignCosts = {
  /** The officer knows other chains. */
  chain: number;
  /** The officer knows other places. */
  region: number;
  /** The officer does not speak a language that is needed. */
  language: number;
  /** Somebody else had it. */
  change: number;
  /** For each lead the officer has already. */
  balance: number;
};
/** Who takes a lead. */
export type Assigned = {
  /** The place of the officer; none where nobody has room. */
  officer: number | null;
  /** What speaks against it, balance left out, in points. */
  cost: number;
  /** Whether the officer had it before. */
  kept: boolean;
  /** Whether it was locked to the officer. */
  locked: boolean;
  /** Who would be the next best, everybody else changing places as is best then; none where there is no other with room, or where it is locked. */
  next: NextBest | null;
};
/** Who takes which lead. */
export type Assignment = {
  /** Of each lead, in their order. */
  leads: Array<Assigned>;
  /** Of each officer, how many leads. */
  loads: Array<number>;
  /** What it all costs, balance included, in points. */
  cost: number;
};
/** A resident, and its signs. */
export type AtRisk = {
  /** Who it is. */
  key: EnterpriseKey;
  /** The name, in the later file where it is there. */
  name: string;
  /** The signs, the gravest first. */
  signs: Array<RiskSign>;
};
/** A sheet for one expert. */
export type BlindSheet = {
  /** Whose sheet it is. */
  expert: string;
  /** The lines, in an order of its own. */
  lines: Array<SheetLine>;
};
/** Everything that figures are made from. */
export type Book = {
  /** Projects, each number once. */
  projects: Array<Project>;
  /** Visits. */
  visits: Array<Visit>;
  /** Issues. */
  issues: Array<Issue>;
};
/** One cause. */
export type Cause = {
  /** Its kind. */
  kind: CauseKind;
  /** Id of the criterion whose points changed; none where none did. */
  criterion?: string | null;
  /** Points of a hundred before, of that criterion. */
  from?: number | null;
  /** And now. */
  to?: number | null;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
};
/** Why somebody moved. */
export type CauseKind = "fact" | "known" | "unknown" | "park" | "day" | "others" | "new_in_file" | "left_file";
/** A chain in a park. */
export type ChainState = {
  /** Id of the chain. */
  chain: string;
  /** How many links count: all but catch-alls that any downstream firm falls into (`sink`) and links beside the chain (`peripheral`). */
  links: number;
  /** How many of them have residents. */
  filled: number;
  /** `filled` in percent of `links`, rounded down: 100 only when all are filled. */
  completeness: number;
  /** How many passages there are. */
  total: number;
  /** How many of them are whole. */
  whole: number;
  /** The one link that closes the most passages: of those on the chain, and only where none of them closes one, of those beside it (`peripheral`). */
  bestLink: Closing | null;
  /** The two links that together close the most, where they close more than one does. */
  bestPair: Closing | null;
  /** What to do, link by link, in the order of the chain. */
  advice: Array<Advice>;
};
/** The id of a change: the first eighty bits of the SHA-256 of what stands after it on its line. Two changes are the same when all of them is. */
export type ChangeId = string;
/** A clock as data. */
export type Clock = {
  /** Its id. */
  id: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** The event that starts it; the first of a project's run counts. */
  from: string;
  /** Any of these events stops it. */
  to: Array<string>;
  /** In what time. */
  target?: ClockTarget | null;
  /** For which kinds of project; for all when empty. */
  kinds?: Array<ProjectKind>;
};
/** A clock of a project, read on a day. */
export type ClockReading = {
  /** Id of the clock. */
  clock: string;
  /** Number of the project. */
  project: string;
  /** How it stands. */
  state: ClockState;
  /** The day it started. */
  from: string;
  /** The last day in time. */
  due: string | null;
  /** Whether that rests on holidays that are not published yet. */
  estimated: boolean;
  /** When it stopped. */
  ended: string | null;
  /** Days until it stopped, or until today; the day it started does not count. */
  days: number;
  /** The same in working days; none where they are not known. */
  workingDays: number | null;
  /** Of one that runs, the days until it is due, negative past them. */
  daysLeft: number | null;
};
/** How a clock stands. */
export type ClockState = "met" | "running" | "late" | "overdue" | "returned";
/** What many readings of one clock come to. */
export type ClockSummary = {
  /** Stopped in time. */
  met: number;
  /** Running in time. */
  running: number;
  /** Stopped late. */
  late: number;
  /** Running late. */
  overdue: number;
  /** Of projects that went back to the pool. */
  returned: number;
  /** Of those that stopped or are overdue, the share that stopped in time, 0 to 1; none of none. */
  inTime: number | null;
  /** Days from start to stop, of those that stopped: the middle one. */
  medianDays: number | null;
  /** Their mean. */
  meanDays: number | null;
  /** The least. */
  bestDays: number | null;
  /** The most. */
  worstDays: number | null;
};
/** How long a clock may run. The day it starts does not count; a month from the 31st ends with a shorter month. */
export type ClockTarget = {
  "days": number } | { "working_days": number } | { "months": number;
};
/** By what readings are grouped. */
export type ClocksBy = "all" | "project" | "phase" | "officer" | "chain" | "district" | "kind";
/** Links that, filled together, close passages. */
export type Closing = {
  /** Ids of the links: one, or two. */
  links: Array<string>;
  /** How many passages become whole. */
  closes: number;
};
/** Projects that entered in the same time, and what became of them. A project that came back from the pool entered twice. */
export type Cohort = {
  /** When they entered. */
  entered: string;
  /** How many. */
  projects: number;
  /** Of each phase, how many have come to it or beyond. */
  reached: Array<Reached>;
  /** How many went back to the pool. */
  returned: number;
  /** How many have come to the last phase. */
  finished: number;
  /** How many are still on their way. */
  open: number;
};
/** A figure and that of the year before (同比). */
export type Compared = {
  /** Now. */
  now: number;
  /** A year before. */
  before: number;
  /** The change as a share of the figure before; none of nothing. */
  change: number | null;
};
/** A field that several wrote without knowing of each other. */
export type Conflict = {
  /** The record. */
  on: RecordId;
  /** The field. */
  field: string;
  /** What they wrote, the newest first: that one holds. */
  values: Array<HeldValue>;
};
/** A currency by its ISO 4217 code. German marks and French francs are among them: old registrations still name them. */
export type Currency = string;
/** The park's own word on a link, in place of what the figures say. Who said it and why is part of it. */
export type Decision = {
  /** Id of the link. */
  link: string;
  /** What is to be done. */
  strategy: Strategy;
  /** Who decided. */
  by: string;
  /** Why. */
  why: string;
  /** When. */
  on?: string | null;
};
/** A field that a phase demands. */
export type Demand = "name" | "enterprise" | "kind" | "chain" | "link" | "district" | "investment" | "tax" | "output" | "land" | "energy" | "jobs" | "fixed_investment" | "revenue" | "added_value" | "research" | "policy_class" | "two_highs" | "heavy_metals" | "nitrogen_phosphorus" | "high_voc" | "introducer" | "officers" | "ordered_by" | "contact_verified" | "documents";
/** The identity of an enterprise: its credit code; where none is known, its folded name and its province. */
export type EnterpriseKey = string;
/** A kind of event. */
export type EventKind = {
  /** Its id, as projects name it. */
  id: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
};
/** How long a cohort is. */
export type Every = "month" | "quarter" | "year";
/** One in, one out. */
export type Exchange = {
  /** The place among the prospects of the one that would go. */
  out: number;
  /** What the list loses without that one, in hundredths of a point. */
  loses: number;
  /** What it gains by the other. */
  gains: number;
  /** By how much more the score of the other would have to be for the exchange to be worth it. */
  needs: number;
};
/** One expert beside the others. */
export type ExpertReview = {
  /** The name. */
  expert: string;
  /** Spearman's correlation of their order with the mean of the others' orders. */
  withOthers: number | null;
  /** How many marks higher than all, on average: mild above zero, strict below. */
  milder: number;
  /** True when their order goes with the others' by less than `Review::APART`. */
  isOutlier: boolean;
};
/** A fact as a project has it. */
export type FactValue = boolean | number | string;
/** Fields and their values, in the order of their names. */
export type Fields = Record<string, unknown>;
/** One finding of `check_chains`. */
export type Finding = {
  /** Stable code of the kind of finding. */
  code: string;
  /** True when the chain cannot be used until it is mended. */
  isError: boolean;
  /** The id of the link, or of the chain, it concerns; empty where it concerns the file. */
  place: string;
  /** What is wrong and what to do, in Chinese. */
  zh: string;
  /** The same in English. */
  en: string;
};
/** An event that must have happened before a phase. */
export type Gate = {
  /** Id of the phase. */
  before: string;
  /** The event. */
  event: string;
  /** For which kinds of project; for all when empty. */
  kinds?: Array<ProjectKind>;
};
/** A value, and who wrote it. */
export type HeldValue = {
  /** The value; null when the field was emptied. */
  value: JsonValue;
  /** Who. */
  by: string;
  /** When. */
  at: string;
  /** By which change. */
  change: ChangeId;
};
/** What an import brought. */
export type Imported = {
  /** Projects that were not in the ledger. */
  new: number;
  /** Projects that were there, and of which the table says something new. */
  changed: number;
  /** Projects that the ledger already has as the table says. */
  same: number;
  /** Events that were not in the ledger. */
  events: number;
  /** What was not taken in, each with its row and heading. */
  findings: Array<Finding>;
};
/** One on the way, and the tie to the one before. */
export type Introducer = {
  /** The name, as the table first writes it. */
  who: string;
  /** The kind of their tie to the one before; none for the first. */
  tie: TieKind | null;
  /** Where that is known from. */
  source: string | null;
  /** How far that tie can be relied on, 1 to 100. */
  credibility: number | null;
};
/** A way from the park to a candidate. */
export type Introduction = {
  /** Who, one after another: first one of the park, last the candidate. */
  path: Array<Introducer>;
  /** How far it can be relied on, 0 to 100: the product of the credibilities of its ties, rounded. */
  credibility: number;
  /** Whether one of its ties is of a person. Such a way is never written out unless that is asked for. */
  personal: boolean;
};
/** 问题: something that an enterprise raised, until it is closed. */
export type Issue = {
  /** Its number, one of its own. */
  number: string;
  /** What it is about. */
  title: string;
  /** When it was raised. */
  raised: string;
  /** By whom. */
  enterprise?: EnterpriseKey | null;
  /** Of which project. */
  project?: string | null;
  /** At which visit. */
  visit?: string | null;
  /** When somebody was named to settle it. */
  assigned?: string | null;
  /** Who. */
  assignee?: string | null;
  /** When it is to be settled. */
  due?: string | null;
  /** When it was closed. */
  closed?: string | null;
  /** The record of a ledger that says it, as `issue:…`, by which it is corrected or taken back; none where it came from elsewhere. */
  record?: string | null;
};
/** What became of issues. */
export type IssueFigures = {
  /** How many were raised. */
  raised: number;
  /** Of them, how many somebody was named for. */
  assigned: Share;
  /** Of them, how many are closed: 办结率. */
  closed: Share;
  /** Mean days from raised to assigned. */
  meanDaysToAssign: number | null;
  /** The middle one. */
  medianDaysToAssign: number | null;
  /** Mean days from raised to closed. */
  meanDaysToClose: number | null;
  /** The middle one. */
  medianDaysToClose: number | null;
};
/** What a join brought. */
export type Joined = {
  /** How many changes of the other ledger were not in this one. */
  added: number;
  /** How many changes of this one the other does not have. */
  notThere: number;
  /** Fields that two people wrote without knowing of each other: all there are after the join. */
  conflicts: Array<Conflict>;
};
/** An enterprise on the joint list. */
export type Joint = {
  /** Its place, from 1. */
  place: number;
  /** Who it is. */
  key: EnterpriseKey;
  /** The name. */
  name: string;
  /** The mean of its ranks with the experts: whoever is strict counts no more than whoever is mild. */
  meanRank: number;
  /** The mean of its marks. */
  meanMark: number;
  /** Its place on the list that was reviewed, from 1. */
  modelPlace: number;
};
export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;
/** An area of land, exact in 亩, 平方米 and 公顷: a mu is two thousand thirds of a square metre, a hectare fifteen mu. */
export type Land = string;
/** 线索: an enterprise that somebody follows. */
export type Lead = {
  /** The key of the enterprise. */
  enterprise: EnterpriseKey;
  /** Its name. */
  name: string;
  /** How far it has come. */
  status: LeadStatus;
  /** 专员. */
  officer: string | null;
  /** Id of the chain. */
  chain: string | null;
  /** Id of the link. */
  link: string | null;
  /** 引荐 by whom. */
  introducer: string | null;
  /** The next day on which something is to be done. */
  next: string | null;
  /** What was said of it. */
  note: string | null;
  /** Why it was given up. */
  reason: string | null;
};
/** What became of one enterprise. */
export type LeadOutcome = {
  /** The enterprise. */
  enterprise: EnterpriseKey;
  /** What became of it. */
  outcome: Outcome;
  /** When that was: the day of the phase, or of the return; none of one that is open or was given up. */
  day: string | null;
};
/** How far a lead has come. */
export type LeadStatus = "uncontacted" | "appointed" | "visited" | "in_talks" | "signed" | "given_up";
/** A change to a record. */
export type LedgerChange = {
  /** Its id. */
  id: ChangeId;
  /** When. */
  at: string;
  /** Who. */
  by: string;
  /** To what. */
  on: RecordId;
  /** The fields that were written, and their values; null for one that was emptied. */
  set: Fields;
  /** Of each field that had a value, the changes whose values these take the place of. */
  over?: { [key in string]: Array<ChangeId> };
  /** The change that this one takes back. */
  undoes?: ChangeId | null;
};
/** How well a link is covered. */
export type Level = "blank" | "weak" | "potential" | "strong";
/** An enterprise on a list. */
export type Listed = {
  /** Who it is. */
  key: EnterpriseKey;
  /** The name. */
  name: string;
  /** Where it is. */
  region: Region;
  /** Id of its chain. */
  chain: string | null;
  /** Id of its link. */
  link: string | null;
  /** The score in hundredths of a point. */
  score: number | null;
  /** The officer who has it. */
  officer: string | null;
  /** The officer who keeps it. */
  lockedTo: string | null;
  /** A language that is needed beside Chinese. */
  language: string | null;
};
/** One on a shortlist. */
export type ListedRow = {
  /** Its row. */
  row: number;
  /** Its score, with two decimals. */
  score: number;
  /** What it adds to those before it, in points. */
  value: number;
  /** Leader, mid-tier, promising or other. */
  tier: Tier;
  /** Links of the target chains it stands on, the best first. */
  links: Array<string>;
  /** Of them, those worth something that nobody before it stands on. */
  closes: Array<string>;
  /** How many passages are whole that were not with those before it. */
  passagesClosed: number;
  /** Whether it had to be on the list. */
  must: boolean;
};
/** 半月度例会: of every project with a target what was done, what is due, what is late, what is next. */
export type Meeting = {
  /** The first and last day of the half month. */
  days: [string, string];
  /** The projects under way that have a target. */
  projects: Array<MeetingProject>;
  /** How many under way have none. */
  withoutTarget: number;
  /** Those that cannot be scheduled: their numbers, and why. */
  unscheduled: Array<[string, string]>;
};
/** A project in the sheet. */
export type MeetingProject = {
  /** Its number. */
  project: string;
  /** Its name. */
  name: string;
  /** Who answer for it. */
  officers: Array<string>;
  /** Working days to spare until the target; negative for those that are missing. */
  slack: number;
  /** Whether a day of its schedule rests on holidays that are not published yet. */
  estimated: boolean;
  /** Its first and last day. */
  days: [string, string] | null;
  /** Done in it. */
  done: Array<string>;
  /** To be done in it at the latest. */
  due: Array<string>;
  /** To begin in it at the latest, and due after it. */
  toBegin: Array<string>;
  /** Overdue, or too late for the target. */
  late: Array<string>;
  /** To begin or to end in the half month after it. */
  next: Array<string>;
};
/** An amount in the currency it was written in. */
export type Money = {
  /** Units of the currency (not ten thousands). */
  amount: number;
  /** The currency. */
  currency: Currency;
};
/** Another officer for a lead. */
export type NextBest = {
  /** The place of the officer. */
  officer: number;
  /** How much more the whole assignment would cost, in points. */
  more: number;
};
/** An officer. Strict JSON. */
export type Officer = {
  /** The name, which no other has. */
  name: string;
  /** How many leads at most. */
  capacity: number;
  /** Chains they know; empty for somebody who takes any. */
  chains: Array<string>;
  /** Provinces or cities they know; empty for somebody who goes anywhere. */
  regions: Array<string>;
  /** Languages they speak beside Chinese. */
  languages: Array<string>;
};
/** What became of a lead. */
export type Outcome = "lost" | "open" | "reached";
/** A mark that stands apart from what the enterprise and the expert would lead one to expect. */
export type Outlier = {
  /** By whom. */
  expert: string;
  /** Of whom. */
  key: EnterpriseKey;
  /** The name. */
  name: string;
  /** The mark. */
  mark: number;
  /** What the mean of the enterprise and the mildness of the expert come to. */
  expected: number;
  /** How many standard deviations apart. */
  deviations: number;
};
/** One passage. */
export type Passage = {
  /** Id of its first link. */
  from: string;
  /** Id of its last. */
  to: string;
  /** Ids of all its links, in order. */
  links: Array<string>;
  /** Ids of those no resident stands on; none when it is whole. */
  missing: Array<string>;
};
/** An enterprise, evaluated. */
export type PerMu = {
  /** Its name. */
  name: string;
  /** Its row in the table, as a spreadsheet counts. */
  row: number;
  /** The sum of its items, to four decimals; none while an item is not known. */
  score: number | null;
  /** Its place among those with a score, from 1; equal scores share one. */
  rank: number | null;
  /** Its grade; none without a score. */
  grade: string | null;
  /** Its items, in the order of the rules. */
  items: Array<PerMuPoints>;
  /** The figures to ask for. */
  missing: Array<PerMuFigure>;
};
/** A figure of a year. */
export type PerMuFigure = "tax" | "land" | "added_value" | "revenue" | "research" | "energy" | "emissions" | "staff" | "power";
/** What an enterprise gets for an item. */
export type PerMuPoints = {
  /** Id of the item. */
  id: string;
  /** The figure: tax per mu and the like. */
  value: number | null;
  /** Its points, to four decimals. */
  points: number | null;
  /** Whether they are the mean of the others, since its own figure is not known. */
  supposed: boolean;
};
/** A phase of a project. */
export type Phase = {
  /** Its id. */
  id: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** The event by which a project enters it. */
  event: string;
  /** The kinds of project that pass through it; all when empty. */
  kinds?: Array<ProjectKind>;
  /** What must be known of a project in it. */
  demands?: Array<Demand>;
  /** What else must be known of one of a kind. */
  demandsOf?: { [key in ProjectKind]?: Array<Demand> };
};
/** How long projects stay in a phase. */
export type PhaseTime = {
  /** Id of the phase. */
  phase: string;
  /** How many have entered it. */
  entered: number;
  /** How many went on to a later phase. */
  wentOn: number;
  /** How many went back to the pool from it. */
  returned: number;
  /** How many are in it. */
  open: number;
  /** Of those that have left it, the share that went on. */
  conversion: Share;
  /** Days until half have gone on, those that are in it still or went back counted as long as they were watched. */
  medianDays: number | null;
  /** Days until four fifths have gone on. */
  usualDays: number | null;
  /** The estimate itself. */
  survival: Survival;
};
/** The phases of a project, the gates before them, and the clocks between events. Strict JSON: an unknown key is an error. */
export type Phases = {
  /** `xiangma-phases`. */
  format: string;
  /** The version of the format, 1. */
  version: number;
  /** Its id, which a zone chooses. */
  id: string;
  /** Its title in Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** What can happen to a project. */
  events: Array<EventKind>;
  /** The event by which a project goes back to the pool; its note says why. */
  returned: string;
  /** The phases, in order. */
  phases: Array<Phase>;
  /** What must have happened before a phase. */
  gates: Array<Gate>;
  /** Time from an event to another. */
  clocks: Array<Clock>;
};
/** Where the industry of a project stands in the state's catalogue for restructuring industry (产业结构调整指导目录). */
export type PolicyClass = "encouraged" | "allowed" | "restricted" | "eliminated";
/** The figures of a year. Sums are of what is known, in whole yuan; `Unknowns` has how many projects they leave out. */
export type Portfolio = {
  /** The year. */
  year: number;
  /** Up to which day. */
  until: string;
  /** How many were signed. */
  signed: number;
  /** The same as a share of the target; none without one. */
  ofTarget: Share | null;
  /** How many were signed in the year before until the same day. */
  signedBefore: number;
  /** Of those whose chain is known, how many are on a target chain. */
  inTargetChains: Share;
  /** Of those whose investment is known, how many are large. */
  large: Share;
  /** 总投资, yuan. */
  investment: number;
  /** 年税收 promised, yuan. */
  tax: number;
  /** 用地. */
  land: Land;
  /** 亩均投资, yuan, of those whose land and investment are known. */
  investmentPerMu: number | null;
  /** 亩均税收, yuan a year, of those whose land and tax are known. */
  taxPerMu: number | null;
  /** For how many something is not known. */
  unknown: Unknowns;
  /** Month by month, with the year before. */
  months: Array<PortfolioMonth>;
  /** By chain, the most projects first. */
  byChain: Array<PortfolioPart>;
  /** By district. */
  byDistrict: Array<PortfolioPart>;
  /** By officer; a project of two counts for each. */
  byOfficer: Array<PortfolioPart>;
  /** By kind. */
  byKind: Array<PortfolioPart>;
  /** How many projects are in each phase now, whenever they were signed; those in the pool are left out. */
  phases: { [key in string]: number };
};
/** A month, and the same of the year before. */
export type PortfolioMonth = {
  /** From 1. */
  month: number;
  /** Projects signed. */
  signed: Compared;
  /** Their investment, yuan. */
  investment: Compared;
  /** Projects that went into production. */
  produced: Compared;
  /** Their output promised a year, yuan. */
  output: Compared;
};
/** The projects of one chain, district or officer. */
export type PortfolioPart = {
  /** Which; empty where it is not known. */
  name: string;
  /** How many of those signed. */
  signed: Share;
  /** Their investment, yuan. */
  investment: number;
};
/** A project after contact. Everything but its number may be unknown, and unknown is not zero. */
export type Project = {
  /** Its number, one of its own. */
  number: string;
  /** 项目名称. */
  name: string;
  /** The enterprise behind it. */
  enterprise: EnterpriseKey | null;
  /** The name of an enterprise that is to be founded for it. */
  founding: string | null;
  /** 项目类型. */
  kind: ProjectKind | null;
  /** Id of the chain. */
  chain: string | null;
  /** Id of the link. */
  link: string | null;
  /** 片区 or 属地. */
  district: string | null;
  /** 总投资. */
  investment: Money | null;
  /** 税收, promised a year. */
  tax: Money | null;
  /** 产值, promised a year. */
  output: Money | null;
  /** 用地. */
  land: Land | null;
  /** 能耗, in tonnes of standard coal equivalent a year. */
  energy: number | null;
  /** 就业人数. */
  jobs: number | null;
  /** 固定资产投资, a part of the investment. */
  fixedInvestment: Money | null;
  /** 营业收入, promised a year. */
  revenue: Money | null;
  /** 工业增加值, promised a year. */
  addedValue: Money | null;
  /** 研发投入, promised a year. */
  research: Money | null;
  /** 产业目录类别. */
  policyClass: PolicyClass | null;
  /** 两高: whether it is one of the industries of high energy use and high emission. */
  twoHighs: boolean | null;
  /** 重金属: whether it discharges heavy metals. */
  heavyMetals: boolean | null;
  /** 氮磷: whether its waste water carries nitrogen or phosphorus. */
  nitrogenPhosphorus: boolean | null;
  /** 高 VOCs: whether it emits much of volatile organic compounds. */
  highVoc: boolean | null;
  /** 计划投产日期: the day by which it is to be in production. */
  target: string | null;
  /** 标签: 152, 千项万亿 and the like. */
  tags: Array<string>;
  /** 引荐 by whom. */
  introducer: string | null;
  /** 专员, who answer for it. */
  officers: Array<string>;
  /** 交办: who ordered it. */
  orderedBy: string | null;
  /** 电话核实: whether somebody has spoken with the firm. */
  contactVerified: boolean | null;
  /** Documents by name; the documents themselves are not held. */
  documents: Array<ProjectDocument>;
  /** What happened to it, in any order. */
  events: Array<ProjectEvent>;
};
/** A document by its name. */
export type ProjectDocument = {
  /** Its name. */
  name: string;
  /** Its day. */
  day?: string | null;
};
/** Something that happened to a project. */
export type ProjectEvent = {
  /** When. */
  day: string;
  /** What, by the id of the phases in force. */
  event: string;
  /** More of it; the reason of a return. */
  note?: string | null;
  /** The record of a ledger that says it, as `event:…`, by which it is corrected or taken back; none where it came from elsewhere. */
  record?: string | null;
};
/** A fact of a project. Amounts are in 万元 (ten thousand yuan), land in 亩, energy in tonnes of standard coal, as zones write their thresholds. */
export type ProjectFact = "investment" | "fixed_investment" | "tax" | "output" | "revenue" | "added_value" | "research" | "land" | "energy" | "jobs" | "investment_per_mu" | "fixed_investment_per_mu" | "tax_per_mu" | "output_per_mu" | "added_value_per_mu" | "energy_per_output" | "added_value_per_energy" | "labour_productivity" | "research_share" | "policy_class" | "chain" | "link" | "two_highs" | "heavy_metals" | "nitrogen_phosphorus" | "high_voc";
/** What a project needs most, by which its gates and phases differ. */
export type ProjectKind = "land_supply" | "lease" | "fund" | "expansion";
/** Where a project stands, and what it lacks for its next phase. */
export type ProjectStatus = {
  /** Its number. */
  number: string;
  /** Its name. */
  name: string;
  /** Id of the phase it is in; none before the first. */
  phase: string | null;
  /** Since when. */
  since: string | null;
  /** For how many days, until it went back to the pool or until today. */
  days: number | null;
  /** When it went back to the pool, if it is there. */
  returned: string | null;
  /** Id of the next phase of those its kind passes through. */
  next: string | null;
  /** What it lacks for that phase; see `Phases::missing`. */
  missing: Array<Finding>;
};
/** Two lists, and what is different. */
export type Push = {
  /** The day of the list before, where it says so. */
  before: string | null;
  /** The day of the list now. */
  now: string | null;
  /** Everybody on either list: those on it now by rank, then those who left, by their rank before. */
  rows: Array<Pushed>;
  /** What else differs between the lists, though they can be compared. */
  unlike: Array<Unlike>;
  /** Names that stand several times with nothing to distinguish them. */
  duplicates: Array<string>;
};
/** What became of an enterprise from one list to the next. */
export type PushChange = "entered" | "risen" | "fallen" | "left" | "unchanged";
/** One enterprise of a push. */
export type Pushed = {
  /** Who it is. */
  key: EnterpriseKey;
  /** The name. */
  name: string;
  /** What became of it. */
  change: PushChange;
  /** The rank before; none where it was not in the file. */
  from: number | null;
  /** The rank now; none where it is not in the file. */
  to: number | null;
  /** The score before, 0 to 100. */
  scoreBefore: number | null;
  /** And now. */
  score: number | null;
  /** Why, the criterion of the most weight times change first. */
  causes: Array<Cause>;
};
/** How many of a kind a shortlist may hold at most; what is not named is not limited. Strict JSON. */
export type Quota = {
  /** By link: how many enterprises whose best link that is. */
  links: { [key in string]: number };
  /** Of any link that is not named. */
  eachLink: number | null;
  /** By region. */
  regions: { [key in string]: number };
  /** Of any region that is not named. */
  eachRegion: number | null;
  /** By tier. */
  tiers: { [key in Tier]?: number };
};
/** A limit that has been reached. */
export type QuotaFull = {
  /** `link`, `region` or `tier`. */
  of: string;
  /** Which. */
  name: string;
  /** How many there may be. */
  most: number;
};
/** How many of a cohort came to a phase or beyond. */
export type Reached = {
  /** Id of the phase. */
  phase: string;
  /** How many, of all that entered. */
  projects: Share;
};
/** Which record: its kind and what it is known by. Written `project:2026-001`. */
export type RecordId = string;
/** A kind of record. */
export type RecordKind = "lead" | "project" | "event" | "visit" | "issue";
/** Where an enterprise is registered. */
export type Region = {
  /** 省, the short name (江苏). */
  province: string | null;
  /** 市, the short name (苏州); as written where the table does not know it. */
  city: string | null;
  /** 区县, as written. */
  county: string | null;
  /** 注册地址. */
  address: string | null;
  /** The six-digit division code (GB/T 2260): as fine as the columns, the address and the credit code agree on. */
  code: number | null;
};
/** A row that is no tie. */
export type RejectedTie = {
  /** The row, from 1, the header included. */
  row: number;
  /** Why, in Chinese. */
  zh: string;
  /** Why, in English. */
  en: string;
};
/** Something that is due, or should have been done. */
export type Reminder = {
  /** The day by which it is due. */
  due: string;
  /** `clock`, `issue`, or `issue_unassigned`. */
  kind: string;
  /** Number of the project or the issue. */
  about: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
};
/** What the experts come to. */
export type Review = {
  /** How far they agree. */
  agreement: Agreement;
  /** Each expert. */
  experts: Array<ExpertReview>;
  /** Marks that stand apart, the furthest first. */
  outliers: Array<Outlier>;
  /** The joint list, the best first. */
  joint: Array<Joint>;
};
/** A sign. */
export type RiskKind = "status" | "moved" | "gone" | "capital" | "staff" | "renamed";
/** One sign, in words. */
export type RiskSign = {
  /** Which. */
  sign: RiskKind;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
};
/** A schedule: the tasks in an order in which they can be done. */
export type Schedule = {
  /** The day by which all is to be done. */
  target: string;
  /** The day it was made on. */
  today: string;
  /** The first day by which all can be done. */
  possible: string;
  /** Working days to spare until the target; negative for those that are missing. */
  slack: number;
  /** Whether a day of it rests on holidays that are not published yet. */
  estimated: boolean;
  /** The tasks. */
  tasks: Array<Scheduled>;
};
/** A task in a schedule. A milestone starts and ends on the day on which what is before it ends. */
export type Scheduled = {
  /** Id of the task. */
  task: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** How many working days it takes. */
  days: number;
  /** How it stands. */
  state: TaskState;
  /** When it was done. */
  done: string | null;
  /** The first day on which it can begin; of one that is done, none. */
  earliestStart: string | null;
  /** The day on which it then ends. */
  earliestEnd: string | null;
  /** The last day on which it may begin. */
  latestStart: string;
  /** The last day on which it may end. */
  latestEnd: string;
  /** Working days to spare; negative for those that are missing. */
  slack: number;
  /** Whether one of its days rests on holidays that are not published yet. */
  estimated: boolean;
};
/** How many of how many. Serialized together with the share. */
export type Share = {
  /** How many. */
  count: number;
  /** Of how many. */
  of: number;
  /** The share, 0 to 1. */
  share: number | null;
};
/** A line of a sheet. */
export type SheetLine = {
  /** Who is to be marked. */
  key: EnterpriseKey;
  /** The name. */
  name: string;
  /** The mark, 0 to 100, the higher the better; none while the expert has not given it. */
  mark: number | null;
};
/** What a shortlist is to be; strict JSON. */
export type ShortlistQuery = {
  /** How many. */
  count: number;
  /** How many of a kind at most. */
  quota: Quota;
  /** Rows that are on it. */
  must: Array<number>;
  /** Rows that are not. */
  never: Array<number>;
  /** What the park decided on links itself. */
  decisions: Array<Decision>;
};
/** What a park does about a link. */
export type Strategy = "fill" | "strengthen" | "extend" | "establish" | "leave";
/** A project that has been in its phase longer than four fifths of projects are. */
export type Stuck = {
  /** Number of the project. */
  project: string;
  /** Id of the phase. */
  phase: string;
  /** Since when. */
  since: string;
  /** For how many days. */
  days: number;
  /** Days by which four fifths have gone on. */
  usualDays: number;
};
/** The share of those to whom it has not happened yet, by day. */
export type Survival = {
  /** The days on which it happened to somebody, or somebody was watched for the last time. */
  steps: Array<SurvivalStep>;
};
/** A day of `Survival`. */
export type SurvivalStep = {
  /** The day, from the first that was watched. */
  day: number;
  /** How many were watched until then. */
  atRisk: number;
  /** To how many it happened. */
  happened: number;
  /** How many were watched no longer. */
  censored: number;
  /** The share to whom it has not happened by the end of the day, 0 to 1. */
  survival: number;
  /** Its standard error by Greenwood's formula; none when the share is 0. */
  standardError: number | null;
  /** Bounds of 95 %, by Greenwood's formula for log(−log) of the share, which stay between 0 and 1; none when the share is 0. */
  bounds: [number, number] | null;
};
/** A task. */
export type Task = {
  /** Its id. */
  id: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** How many working days it takes; 0 for a milestone. */
  days: number;
  /** The tasks that must be done before it begins. */
  after?: Array<string>;
  /** The event of a project that says that it is done. */
  event?: string | null;
  /** For which kinds of project; for all when empty. */
  kinds?: Array<ProjectKind>;
};
/** How a task stands against the target. */
export type TaskState = "done" | "overdue" | "late" | "critical" | "ahead";
/** Tasks, how long each takes, and after which others it can begin. Strict JSON: an unknown key is an error. */
export type Tasks = {
  /** `xiangma-tasks`. */
  format: string;
  /** The version of the format, 1. */
  version: number;
  /** Its id, which a zone chooses. */
  id: string;
  /** Its title in Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** Where the durations come from. */
  note?: string;
  /** The tasks. */
  tasks: Array<Task>;
};
/** A veto, a floor or a bonus, tested. */
export type TestedFact = {
  /** Its id. */
  id: string;
  /** In Chinese. */
  zh: string;
  /** In English. */
  en: string;
  /** The fact. */
  fact: ProjectFact;
  /** As the project has it. */
  value: FactValue | null;
  /** The number it is held against. */
  threshold: number | null;
  /** Whether it holds; none where that is not known. */
  holds: boolean | null;
  /** What it adds, in hundredths of a point; nothing for a veto or a floor. */
  points: number;
  /** The fields that are wanting. */
  missing: Array<Demand>;
};
/** A tie between two: a row of a table. It leads both ways. */
export type Tie = {
  /** One. */
  from: string;
  /** The other. */
  to: string;
  /** How they are connected. */
  tie: TieKind;
  /** Where that is known from: a register, a report, a colleague. */
  source: string;
  /** How far it can be relied on to open a door, 1 to 100. */
  credibility: number;
  /** Whether it is of a person. Such ties are never written out unless that is asked for. */
  personal: boolean;
};
/** How two are connected. */
export type TieKind = "shareholder" | "investment" | "supplier" | "fund" | "post" | "alumni" | "native_place" | "other";
/** Which rung an enterprise stands on. */
export type Tier = "leader" | "mid_tier" | "promising" | "other";
/** One trip. */
export type Trip = {
  /** Division codes of the cities, in the order of the way. */
  cities: Array<number>;
  /** Day by day, who is visited: places in what was given. */
  days: Array<Array<number>>;
  /** Kilometres, estimated. */
  km: number;
};
/** How trips are made: days of a trip (1 to 30), visits of a day (1 to 20), and where they begin and end. */
export type TripOptions = {
  /** Days of a trip at most. */
  days: number;
  /** Visits of a day at most. */
  visits: number;
  /** The division code of the place trips begin and end at; without it the ways there and back are not counted. */
  home: number | null;
};
/** All trips. */
export type Trips = {
  /** The trips, in the order of their first cities' codes. */
  trips: Array<Trip>;
  /** Those whose city is not known, or is in no table: to be placed by hand. */
  unplaced: Array<number>;
  /** Kilometres of all trips, estimated: great circles times 1.3. */
  km: number;
  /** True when no plan has fewer trips, and none with as few a shorter way; false for more than `EXACT_CITIES` cities, where the plan is only near to that. */
  isExact: boolean;
};
/** What taking a change back did. */
export type Undone = {
  /** The change that took it back. */
  change: LedgerChange;
  /** Fields that have been written since: they keep what they have. */
  kept: Array<string>;
};
/** For how many of the projects signed each figure is not known. */
export type Unknowns = {
  /** The chain. */
  chain: number;
  /** The investment. */
  investment: number;
  /** The tax. */
  tax: number;
  /** The land, of those that are supplied land. */
  land: number;
};
/** One thing in which two lists are not of the same kind. */
export type Unlike = {
  /** `scorecard`, `chains`, `regions`, `method`, `catalogue`, `residents`, `as_of` or `library`. */
  what: string;
  /** Of the earlier list; none for what is not known. */
  before: string | null;
  /** Of the later one. */
  now: string | null;
};
/** What an appraisal comes to. */
export type Verdict = "passes" | "conditional" | "vetoed" | "unknown";
/** 走访: a visit to an enterprise. */
export type Visit = {
  /** Its number, one of its own. */
  number: string;
  /** When. */
  day: string;
  /** Whom. */
  enterprise?: EnterpriseKey | null;
  /** For which project. */
  project?: string | null;
  /** Who went. */
  officers?: Array<string>;
  /** 外出招商: the trip that it was part of. */
  trip?: string | null;
  /** What was said. */
  note?: string | null;
  /** The record of a ledger that says it, as `visit:…`, by which it is corrected or taken back; none where it came from elsewhere. */
  record?: string | null;
};
/** Why somebody is not on the list. */
export type WhyNot = {
  /** What it would add to the list as one more, in hundredths of a point. */
  adds: number;
  /** Whether it was not to be chosen. */
  never: boolean;
  /** A quota that is full, if one is: it could then only take the place of another of that kind. */
  full: QuotaFull | null;
  /** The best exchange there is; none when everybody in its way had to be on the list. */
  exchange: Exchange | null;
};
/** How many working days there are, and whether that is certain. */
export type WorkingDays = {
  /** Days that are worked. */
  workingDays: number;
  /** Whether a day counted lies past the last year that has been published. */
  estimated: boolean;
};
