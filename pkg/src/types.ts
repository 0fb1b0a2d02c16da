export type {
  Balance, Blend, CardChange, ChainInfo, Comparison, Consensus, Contribution, Count, CriterionInfo, Detail, Evidence, FactChange, Facets, Filter, Finding, Firmness, Hold, IntakeReport, Lift, LinkInfo, LinkState, Match, Method, Moved, Need, Overview, PanelWeights, Question, RankedRow, Reason, Robustness, Role, Since, Span, XiangmaError,
} from "./web/xiangma.js";
