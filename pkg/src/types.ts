export type {
  Balance, Begun, Blend, CardChange, ChainInfo, Comparison, Consensus, Contribution, ConversionMetrics, Count, CriterionInfo, Detail, Drift, Enterprise, Evidence, FactChange, Facets, FeatureContribution, Filter, Finding, Firmness, Hold, IntakeReport, Lift, LinkInfo, LinkState, List, Match, MergedRow, Method, Money, Moved, Need, Neighbours, Overview, PanelWeights, Question, RankedRow, Reason, RegionCount, RejectedRow, Robustness, Role, SheetReport, Shift, Since, Span, TableColumn, TrainOptions, TrainReport,
} from "./web/xiangma.js";
