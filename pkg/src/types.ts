export type {
  Balance, Begun, Blend, CardChange, ChainInfo, ColumnPreview, Comparison, Consensus, Contribution, ConversionMetrics, Count, CriterionInfo, Detail, Drift, Enterprise, Evidence, FactChange, Facets, FeatureContribution, Field, Filter, Finding, Firmness, Hold, IntakeReport, Lift, LinkInfo, LinkState, List, Match, MergedRow, Method, Money, Moved, Need, Neighbours, Overview, PanelWeights, Preview, Question, RankedRow, Reason, RegionCount, RejectedRow, Robustness, Role, SheetPreview, SheetReport, Shift, Since, Span, TableColumn, TrainOptions, TrainReport,
} from "./web/xiangma.js";
