export type {
  Activity, Advice, Agreement, Anchor, AssignCosts, Assigned, Assignment, AtRisk, Balance, Begun, Blend, BlindSheet, Book, CardChange, Cause,
  CauseKind, Cells, ChainInfo, ChainState, ChangeId, Clock, ClockGroup, ClockReading, ClockState, ClockSummary, ClockTarget, ClocksBy, Closing, Cohort,
  ColumnPreview, Compared, Comparison, Conflict, Consensus, Contribution, ConversionMetrics, Count, CriterionInfo, Currency, Decision, Demand, Detail,
  Drift, Enterprise, EnterpriseKey, EventKind, Every, Evidence, Exchange, ExpertReview, Facets, FactChange, FeatureContribution, Field, Fields, Filter,
  Finding, Firmness, Gate, HeldValue, Hold, Imported, IntakeReport, Introduced, Introducer, Introduction, Issue, IssueFigures, Joined, Joint,
  JsonValue, Land, Lead, LeadOutcome, LeadStatus, LedgerChange, Level, Lift, LinkInfo, LinkState, List, Listed, ListedRow, Match, Meeting,
  MeetingProject, MergedRow, Method, Money, PortfolioMonth, Moved, Need, Neighbours, NextBest, Officer, Outcome, Outlier, Overview, PanelWeights, PortfolioPart, Passage,
  Phase, PhaseTime, Phases, Portfolio, Preview, Project, ProjectDocument, ProjectEvent, ProjectKind, ProjectStatus, Push, PushChange, Pushed, Pushes,
  Qualification, Question, Quota, QuotaFull, RankedFile, RankedRow, Reached, Reason, RecordId, RecordKind, Region, RegionCount, RejectedRow, RejectedTie, Reminder, Review,
  RiskKind, RiskSign, Robustness, Role, Schedule, Scheduled, Share, SheetLine, SheetPreview, SheetReport, Shift, Shortlist, ShortlistQuery, Since,
  Size, Span, Stand, Strategy, Stuck, Survival, SurvivalStep, TableColumn, Task, TaskState, Tasks, TeamBook, Tie, TieKind, Tier, TrainOptions,
  TrainReport, Trip, TripOptions, Trips, Undone, Unknowns, Unlike, Visit, WhyNot, WhyNotListed, WorkingDays, YearFigures,
} from "./web/xiangma.js";
