export type {
  Balance, Blend, CardChange, ChainInfo, Comparison, Consensus, Contribution, ConversionMetrics, Count, CriterionInfo, Detail, Drift, Evidence, FactChange, Facets, FeatureContribution, Filter, Finding, Firmness, Hold, IntakeReport, Lift, LinkInfo, LinkState, Match, Method, Moved, Need, Overview, PanelWeights, Question, RankedRow, Reason, Robustness, Role, Shift, Since, Span, TableColumn, TrainOptions, TrainReport, XiangmaError,
} from "./web/xiangma.js";
