// What the page asks of the engine that keeps the team's ledger.
import type {
  Appraisal,
  ClockGroup,
  ClockReading,
  Cohort,
  Conflict,
  Every,
  Finding,
  Imported,
  Meeting,
  Phases,
  PhaseTime,
  ProjectStatus,
  RecordKind,
  Reminder,
  Schedule,
  Stuck,
  Tasks,
  TeamBook,
  YearFigures,
} from "xiangma/slim";

/** Fields of a record as people write them; a record without a name is a new one. */
export interface Write {
  kind: RecordKind;
  name?: string;
  set: Record<string, string>;
}
/** What the ledger says on a day. */
export interface Board {
  phases: Phases;
  tasks: Tasks;
  book: TeamBook;
  status: ProjectStatus[];
  readings: ClockReading[];
  due: Reminder[];
  conflicts: Conflict[];
  findings: Finding[];
}
export interface YearAsked {
  year: number;
  target?: number;
  chains: string[];
  every: Every;
}
export interface YearTold extends YearFigures {
  cohorts: Cohort[];
  times: PhaseTime[];
  stuck: Stuck[];
  clocks: ClockGroup[];
}
export interface TeamCalls {
  /** The ledger from here on; later the changes that came since. */
  teamOpen(text: string): void;
  teamJoin(text: string): void;
  board(today: string, within: number): Board;
  /** Nothing, and why, for a project that cannot be scheduled. */
  schedule(number: string, today: string, target: string): { schedule?: Schedule; why?: string };
  /** What the thresholds say of a project; nothing of one in the pool. */
  appraisal(number: string, today: string): Appraisal | null;
  calendar(number: string, today: string, target: string, chinese: boolean): string;
  meeting(today: string): Meeting;
  year(asked: YearAsked, today: string): YearTold;
  /** Writes all or nothing; the lines of the changes. */
  write(writes: Write[], by: string): string;
  /** What would be found of a project after this was written, and is not now. */
  tried(writes: Write[], number: string, today: string): Finding[];
  undo(change: string, by: string): { lines: string; kept: string[] };
  importProjects(table: Blob, by: string): Promise<{ imported: Imported; lines: string }>;
}
