export type {
  ChainInfo, Contribution, CriterionInfo, Detail, Evidence, Finding, IntakeReport, LinkInfo, LinkState, Match, Need, Overview, Question, RankedRow, Reason, Role, Span, XiangmaError,
} from "./web/xiangma.js";
