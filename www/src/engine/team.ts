// The team's ledger in the worker. The page owns the file: it tells what came in, and gets the lines of what was written here.
import { Team } from "xiangma/slim";
import type { TeamCalls, Write } from "./teamCalls";

let team: Team | undefined;
function need(): Team {
  // A worker that is new holds nothing: the page tells it all once more.
  if (!team) throw Object.assign(new Error("the ledger is not open"), { code: "NO_TEAM" });
  return team;
}
function open(text: string): Team {
  team?.free();
  team = undefined;
  return (team = new Team(text));
}
function put(into: Team, writes: readonly Write[], by: string): void {
  // One moment for all: two presses of one button are one change.
  const of = { by, at: new Date() };
  for (const { kind, name, set } of writes) {
    if (name === undefined) into.add(kind, set, of);
    else into.change(`${kind}:${name}`, set, of);
  }
}
/** Does what writes, and gives the lines; of many changes of which one fails nothing stays. */
function written<T>(work: (its: Team) => T, many = true): { result: T; lines: string } {
  const its = need();
  const [place, before] = [its.changes(), many ? its.text() : undefined];
  try {
    const result = work(its);
    return { result, lines: its.linesFrom(place) };
  } catch (error) {
    if (before !== undefined) open(before);
    throw error;
  }
}
const saidOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const teamCalls: TeamCalls = {
  teamOpen(text) {
    open(text);
  },
  teamJoin(text) {
    need().join(text);
  },
  board(today, within) {
    const its = need();
    return {
      ...{ phases: its.phases(), tasks: its.tasks(), book: its.book(today), status: its.status(today) },
      ...{ readings: its.readings(today), due: its.due(today, within) },
      ...{ conflicts: its.conflicts(), findings: its.findings(today) },
    };
  },
  schedule(number, today, target) {
    try {
      return { schedule: need().schedule(number, target ? { today, target } : { today }) };
    } catch (error) {
      if ((error as { code?: string }).code === "NO_TEAM") throw error;
      return { why: saidOf(error) };
    }
  },
  appraisal: (number, today) => need().appraise(today).find(a => a.project === number) ?? null,
  calendar: (number, today, target, chinese) =>
    need().icalendar(number, target ? { today, target, chinese } : { today, chinese }),
  meeting: today => need().meeting(today),
  year({ year, target, chains, every }, today) {
    const its = need();
    return {
      ...its.year(year, today, target === undefined ? { chains } : { target, chains }),
      ...{ cohorts: its.funnel(today, every), times: its.phaseTimes(today), stuck: its.stuck(today) },
      clocks: its.clocks(today, "all"),
    };
  },
  write: (writes, by) => written(its => put(its, writes, by), writes.length > 1).lines,
  tried(writes, number, today) {
    const trial = new Team(need().text());
    try {
      const of = (): ReturnType<Team["findings"]> => trial.findings(today).filter(f => f.place === number);
      const before = new Set(of().map(f => f.zh));
      put(trial, writes, "-");
      return of().filter(f => !before.has(f.zh));
    } finally {
      trial.free();
    }
  },
  undo(change, by) {
    const { result, lines } = written(its => its.undo(change, { by }), false);
    return { lines, kept: result.kept };
  },
  async importProjects(table, by) {
    const bytes = await table.arrayBuffer();
    const { result, lines } = written(its => its.importProjects(bytes, { by }));
    return { imported: result, lines };
  },
};
