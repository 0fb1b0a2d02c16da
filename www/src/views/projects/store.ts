// The projects of the team, as the engine tells them of the ledger: asked for again when the ledger changes, and only
// once somebody looks.
import { defineStore } from "pinia";
import type { ClockReading, Imported, Phase, Project, ProjectStatus } from "xiangma/slim";
import { computed, ref, shallowRef, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { asOf } from "../../engine/definitions";
import { recall, remember } from "../../engine/disk";
import { failureOf } from "../../engine/engine";
import type { EngineError } from "../../engine/protocol";
import type { Board, Write } from "../../engine/teamCalls";
import { useLeads } from "../../ledger/store";
import { askTeam } from "../../ledger/team";

/** A project with all that is told of it. */
export interface Followed {
  project: Project;
  status: ProjectStatus;
  /** Its clocks, the most pressing first. */
  clocks: ClockReading[];
  /** Days until the most pressing of them, negative past it. */
  left: number | null;
  late: boolean;
}
/** So many days ahead a thing is due. */
export const WITHIN = 14;
const TARGETS = "projects.targets";
const CHAINS = "projects.chains";
const SETTLE = 60;

export const useProjects = defineStore("projects", () => {
  const leads = useLeads();
  const board = shallowRef<Board>();
  const error = shallowRef<EngineError>();
  const looked = ref(false);
  let timer = 0;
  let asked = 0;
  /** The ledger that was last asked of. */
  let seen = -1;

  async function refresh(): Promise<void> {
    clearTimeout(timer);
    const mine = ++asked;
    seen = leads.version;
    try {
      const told = await askTeam("board", asOf, WITHIN);
      if (mine !== asked) return;
      board.value = told;
      error.value = undefined;
    } catch (e) {
      if (mine === asked) error.value = failureOf(e);
    }
  }
  /** Somebody looks: from now on it is kept up to date. */
  function look(): void {
    if (looked.value) return;
    looked.value = true;
    void refresh();
  }
  watch(
    () => leads.version,
    () => {
      clearTimeout(timer);
      if (looked.value && seen !== leads.version) timer = window.setTimeout(refresh, SETTLE);
    },
  );

  const all = computed<Followed[]>(() => {
    const told = board.value;
    if (!told) return [];
    const status = new Map(told.status.map(s => [s.number, s]));
    const clocks = new Map<string, ClockReading[]>();
    for (const r of told.readings) clocks.set(r.project, [...(clocks.get(r.project) ?? []), r]);
    return told.book.projects.flatMap(project => {
      const stands = status.get(project.number);
      if (!stands) return [];
      const its = [...(clocks.get(project.number) ?? [])].sort((a, b) => (a.daysLeft ?? 1e6) - (b.daysLeft ?? 1e6));
      const running = its.filter(r => r.daysLeft !== null && r.due);
      const left = running[0]?.daysLeft ?? null;
      return [{ project, status: stands, clocks: its, left, late: running[0]?.state === "overdue" }];
    });
  });
  const live = computed(() => all.value.filter(f => !f.status.returned));
  const phases = computed<Phase[]>(() => board.value?.phases.phases ?? []);
  const of = (number: string): Followed | undefined => all.value.find(f => f.project.number === number);
  /** What the projects have of something, each once. */
  const each = (of: (p: Project) => (string | null)[]): string[] =>
    [...new Set(all.value.flatMap(f => of(f.project)).filter((x): x is string => !!x))].sort();
  const officers = computed(() => [...new Set([...each(p => p.officers), ...leads.officers])].sort());
  const districts = computed(() => each(p => [p.district]));
  const chains = computed(() => each(p => [p.chain]));
  const openIssues = computed(() => (board.value?.book.issues ?? []).filter(i => !i.closed));
  /** A number nobody has, as zones give them: the year and a count. */
  const nextNumber = computed(() => {
    const year = asOf.slice(0, 4);
    const taken = leads.records
      .names((void leads.version, "project"))
      .flatMap(n => new RegExp(`^${year}-(\\d{1,6})$`).exec(n)?.[1] ?? [])
      .map(Number);
    return `${year}-${String(Math.max(0, ...taken) + 1).padStart(3, "0")}`;
  });

  /** Writes, all or nothing. What the engine refuses is given back. */
  async function write(writes: Write[]): Promise<EngineError | undefined> {
    try {
      leads.takeLines(await askTeam("write", writes, leads.writer()));
      await refresh();
      return undefined;
    } catch (e) {
      return failureOf(e);
    }
  }
  /** What was taken in last, from the table a zone keeps. */
  const imported = shallowRef<{ name: string; told: Imported }>();
  /** Takes in a table; throws what the engine says of one that is none. */
  async function take(file: File): Promise<void> {
    imported.value = undefined;
    const { imported: told, lines } = await askTeam("importProjects", file, leads.writer());
    leads.takeLines(lines);
    imported.value = { name: file.name, told };
    look();
    await refresh();
  }
  /** Fields of a change that were written again since keep what they have. */
  async function undo(change: string): Promise<EngineError | undefined> {
    try {
      leads.takeLines((await askTeam("undo", change, leads.writer())).lines);
      await refresh();
      return undefined;
    } catch (e) {
      return failureOf(e);
    }
  }

  /** How many are to be signed in a year, and the chains that are wanted most: as the person said. */
  const targets = ref(recall(TARGETS) as Record<string, number> | null);
  const targetChains = ref(recall(CHAINS) as string[] | null);
  function setTarget(year: string, n: number | undefined): void {
    const { [year]: _, ...others } = targets.value ?? {};
    targets.value = n ? { ...others, [year]: n } : others;
    remember(TARGETS, targets.value);
  }
  function setTargetChains(all: string[]): void {
    targetChains.value = all;
    remember(CHAINS, all);
  }
  whenCleared(() => {
    const before = [targets.value, targetChains.value, imported.value] as const;
    [targets.value, targetChains.value, imported.value] = [null, null, undefined];
    return () => {
      [targets.value, targetChains.value, imported.value] = before;
    };
  });

  return {
    ...{ imported, take, targets, targetChains, setTarget, setTargetChains },
    ...{ board, error, all, live, phases, officers, districts, chains, openIssues, nextNumber },
    ...{ look, refresh, of, write, undo },
  };
});
