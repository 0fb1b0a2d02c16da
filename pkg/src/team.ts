// The one file of a team (台账), and the projects it follows. Not in the build for mini-programs.
import { RawTeam, perMu as rawPerMu, readField as rawField } from "./web/xiangma.js";
import { flag, integer, json, record, text, texts } from "./args.js";
import { type Bytes, bytesOf } from "./bytes.js";
import type { Json } from "./core.js";
import { guarded } from "./engine.js";
import { Held, use } from "./held.js";
import type {
  Appraisal, ClockGroup, ClockReading, ClocksBy, Cohort, Conflict, Every, Finding, Imported, Joined, LeadOutcome, LedgerChange, Meeting, PerMuEvaluation, PhaseTime, Phases, ProjectStatus,
  RecordKind, Reminder, Schedule, Stuck, Tasks, TeamBook, Undone, WorkingDays, YearFigures,
} from "./web/xiangma.js";

/** Rules of a zone; what is left out is built in. */
export interface TeamRules {
  /** Phases, gates, events and clocks (`xiangma-phases`). */
  phases?: Json;
  /** Tasks of a schedule (`xiangma-tasks`). */
  tasks?: Json;
  /** Holidays of years that are not built in, or in their place. */
  holidays?: Json;
  /** Thresholds by which projects are let in (`xiangma-appraisal`). */
  appraisal?: Json;
}

/** Who writes, and when; now when left out. */
export interface Writer {
  by: string;
  at?: Date;
}

const ruled = (value: unknown, what: string): unknown => (value === undefined ? value : json(value, what));

function writer(of: Writer): [string, string] {
  const { by, at = new Date() } = record(of, "writer", { by: text, at: (value) => value });
  return [by, at.toISOString()];
}

/**
 * A team's ledger: leads, projects, events, visits and issues, with every change ever made. Days are written YYYY-MM-DD. Holds memory of the
 * engine: call `free()` when done.
 *
 * @example
 * ```ts
 * import { Team } from "xiangma";
 *
 * const team = new Team();
 * const by = { by: "李" };
 * team.change("project:2026-001", { name: "光模块产线", kind: "供地类", land: "150亩", target: "2028-06-30" }, by);
 * team.add("event", { project: "2026-001", day: "2026-03-02", event: "intent" }, by);
 * const [project] = team.status("2026-11-02");
 * console.log(project.phase, project.days, project.missing.map((finding) => finding.zh));
 * console.log(team.schedule("2026-001", { today: "2026-11-02" }).slack, team.text());
 * team.free();
 * ```
 */
export class Team extends Held<RawTeam> {
  /**
   * Opens a ledger; a new one without bytes.
   *
   * @throws XiangmaError `BAD_LEDGER` for what is no ledger or of a later version, `BAD_RULES` for rules that are wrong
   */
  constructor(file?: Bytes, rules: TeamRules = {}) {
    const bytes = file === undefined ? new Uint8Array() : bytesOf(file, "file");
    const { phases, tasks, holidays, appraisal } = record(rules, "rules", { phases: ruled, tasks: ruled, holidays: ruled, appraisal: ruled });
    const written = Object.fromEntries(Object.entries({ phases, tasks, holidays, appraisal }).flatMap(([name, rule]) => (rule === undefined ? [] : [[name, json(rule, name)]])));
    super("team", () => new RawTeam(bytes, JSON.stringify(written)));
  }

  /** The file. */
  text(): string {
    return use(this, (raw: RawTeam) => raw.text());
  }

  /** How many changes it holds. */
  changes(): number {
    return use(this, (raw: RawTeam) => raw.changes());
  }

  /** The lines of the changes from a place on: what a file that ends there lacks. */
  linesFrom(place: number): string {
    return use(this, (raw: RawTeam) => raw.linesFrom(integer(place, "place")));
  }

  /** The phases, gates, events and clocks in force. */
  phases(): Phases {
    return use(this, (raw: RawTeam) => raw.phases());
  }

  /** The tasks of schedules in force. */
  tasks(): Tasks {
    return use(this, (raw: RawTeam) => raw.tasks());
  }

  /** Everything that is odd about the file, its records and its projects, errors first. */
  findings(today: string): Finding[] {
    return use(this, (raw: RawTeam) => raw.findings(text(today, "today"), new Date().toISOString()));
  }

  /** Leads, projects, visits and issues as they were on a day. */
  book(today: string): TeamBook {
    return use(this, (raw: RawTeam) => raw.book(text(today, "today")));
  }

  /** Where each project stands, and what it lacks for its next phase. */
  status(today: string): ProjectStatus[] {
    return use(this, (raw: RawTeam) => raw.status(text(today, "today")));
  }

  /**
   * Whether each project that is not in the pool is let in, by the thresholds in force: vetoes, floors, points, and the fields to ask for. What is
   * not known leaves a score between `low` and `high`, and the verdict `unknown` where it decides.
   */
  appraise(today: string): Appraisal[] {
    return use(this, (raw: RawTeam) => raw.appraise(text(today, "today")));
  }

  /** What is due within some days, or overdue; the longest overdue first. */
  due(today: string, within = 14): Reminder[] {
    return use(this, (raw: RawTeam) => raw.due(text(today, "today"), integer(within, "within")));
  }

  /** How long projects take from one event to another, and how many are in time, by clock and group. */
  clocks(today: string, by: ClocksBy = "all"): ClockGroup[] {
    return use(this, (raw: RawTeam) => raw.clocks(text(today, "today"), text(by, "by")));
  }

  /** Every clock of every project. */
  readings(today: string): ClockReading[] {
    return use(this, (raw: RawTeam) => raw.readings(text(today, "today")));
  }

  /** A project, back from the day by which it is to be in production (its own target when left out) and forward from today. */
  schedule(number: string, options: { today: string; target?: string }): Schedule {
    const { today, target = "" } = record(options, "options", { today: text, target: text });
    return use(this, (raw: RawTeam) => raw.schedule(text(number, "number"), target, today));
  }

  /** The same for a calendar program (iCalendar). */
  icalendar(number: string, options: { today: string; target?: string; chinese?: boolean }): string {
    const { today, target = "", chinese = true } = record(options, "options", { today: text, target: text, chinese: flag });
    return use(this, (raw: RawTeam) => raw.icalendar(text(number, "number"), target, today, chinese));
  }

  /** The sheet for the meeting of the half month (半月度例会). */
  meeting(today: string): Meeting {
    return use(this, (raw: RawTeam) => raw.meeting(text(today, "today")));
  }

  /** What became of projects, by when they entered. */
  funnel(today: string, every: Every = "month"): Cohort[] {
    return use(this, (raw: RawTeam) => raw.funnel(text(today, "today"), text(every, "every")));
  }

  /** How long projects stay in each phase, those that are in it still counted as long as they were watched. */
  phaseTimes(today: string): PhaseTime[] {
    return use(this, (raw: RawTeam) => raw.phaseTimes(text(today, "today")));
  }

  /** Projects that have been in their phase longer than four fifths are. */
  stuck(today: string): Stuck[] {
    return use(this, (raw: RawTeam) => raw.stuck(text(today, "today")));
  }

  /** The figures of a year until a day: target against done, what the projects are made of, visits and issues. */
  year(year: number, today: string, options: { target?: number; chains?: string[] } = {}): YearFigures {
    const asked = record(options, "options", { target: integer, chains: texts });
    return use(this, (raw: RawTeam) => raw.year(integer(year, "year"), text(today, "today"), json(asked, "options")));
  }

  /** What became of every enterprise: whether it came to a phase. What `Conversion.train` learns from. */
  outcomes(phase: string, today: string): LeadOutcome[] {
    return use(this, (raw: RawTeam) => raw.outcomes(text(phase, "phase"), text(today, "today")));
  }

  /**
   * Writes fields of a record (`lead:KEY`, `project:NUMBER`, …) as people write them: `{ land: "150亩", investment: "12亿元" }`; an empty text
   * empties a field.
   *
   * @throws XiangmaError `BAD_LEDGER` for a field or a text that is none; nothing is then written
   */
  change(id: string, fields: Record<string, string>, of: Writer): void {
    const [by, at] = writer(of);
    use(this, (raw: RawTeam) => raw.change(text(id, "record"), json(fields, "fields"), by, at));
  }

  /** Adds a record of a kind, such as an event or a visit; gives its id. */
  add(kind: RecordKind, fields: Record<string, string>, of: Writer): string {
    const [by, at] = writer(of);
    return use(this, (raw: RawTeam) => raw.add(text(kind, "kind"), json(fields, "fields"), by, at));
  }

  /** Takes a change back: fields that nobody has written since get what they had before. */
  undo(change: string, of: Writer): Undone {
    const [by, at] = writer(of);
    return use(this, (raw: RawTeam) => raw.undo(text(change, "change"), by, at));
  }

  /** Takes in projects from the spreadsheet a zone keeps, by its headings; what was not taken in is told. */
  importProjects(table: Bytes, of: Writer): Imported {
    const [by, at] = writer(of);
    return use(this, (raw: RawTeam) => raw.importProjects(bytesOf(table, "table"), by, at));
  }

  /** Takes in every change of another ledger. */
  join(file: Bytes): Joined {
    return use(this, (raw: RawTeam) => raw.join(bytesOf(file, "file")));
  }

  /** What two wrote without knowing of each other. */
  conflicts(): Conflict[] {
    return use(this, (raw: RawTeam) => raw.conflicts());
  }

  /** Every change of a record, or of all when none is named, in the order in which they were made. */
  history(id?: string): LedgerChange[] {
    return use(this, (raw: RawTeam) => raw.history(id === undefined ? undefined : text(id, "record")));
  }

  /** How many days from a day to another are worked in China, both counted. */
  workingDays(from: string, to: string): WorkingDays {
    return use(this, (raw: RawTeam) => raw.workingDays(text(from, "from"), text(to, "to")));
  }
}

/**
 * Enterprises in production by what they give on their land (亩均论英雄): points, place and grade. The table has a row an enterprise and columns as
 * 税收（万元） and 用地面积（亩）; the rules are those of a preset (`huangyan_2022`, `huangyan_2022_small`, `huangyan_2021`) or one's own.
 *
 * @throws XiangmaError `BAD_RULES` for rules that are wrong
 */
export function perMu(table: Bytes, rules: Json = "huangyan_2022"): PerMuEvaluation {
  return guarded(() => rawPerMu(bytesOf(table, "table"), json(rules, "rules")));
}

/** What a field of a record holds when people type this text: `readField("project", "land", "150亩")`. */
export function readField(kind: RecordKind, field: string, typed: string): unknown {
  return guarded(() => rawField(text(kind, "kind"), text(field, "field"), text(typed, "text")));
}
