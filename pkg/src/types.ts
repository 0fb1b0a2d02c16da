export type {
  ChainInfo, Contribution, Count, CriterionInfo, Detail, Evidence, Facets, Filter, Finding, IntakeReport, LinkInfo, LinkState, Match, Need, Overview, Question, RankedRow, Reason, Role, Span, XiangmaError,
} from "./web/xiangma.js";
