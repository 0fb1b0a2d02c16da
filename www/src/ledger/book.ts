// What changes come to: of each field of each record, the values that nobody has written over; the newest of them
// holds.
import { type Change, inOrder, written } from "./format";
import { type Conflict, type Lead, type LeadChange, type LeadStatus, STATUSES, type Step } from "./types";

/** As files have them, in the order of `STATUSES`. */
const IN_FILES = ["uncontacted", "appointed", "visited", "in_talks", "signed", "given_up"];
export const statusOf = (word: unknown): LeadStatus => STATUSES[Math.max(0, IN_FILES.indexOf(String(word)))];
const wordOf = (status: LeadStatus): string => IN_FILES[STATUSES.indexOf(status)];
const TOLD = ["status", "officer", "next", "note", "removed"] as const;

export const dayOf = (at: number): string => new Date(at).toLocaleDateString("sv-SE");
/** What is half a character, as a cut text may hold, is no text to other programs. */
const whole = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd").trim();
const said = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

export class Book {
  private readonly byId = new Map<string, Change>();
  /** Of each record, its changes. */
  private readonly records = new Map<string, Change[]>();
  readonly leads = new Map<string, Omit<Lead, "star">>();

  get changes(): Change[] {
    return [...this.byId.values()];
  }

  /** Takes in what is not here yet; the result is the same in whatever order changes come. Gives what was new. */
  join(changes: readonly Change[]): Change[] {
    const fresh = changes.filter(c => !this.byId.has(c.id));
    const touched = new Set<string>();
    for (const change of fresh) {
      this.byId.set(change.id, change);
      const its = this.records.get(change.on);
      if (its) its.push(change);
      else this.records.set(change.on, [change]);
      touched.add(change.on);
    }
    for (const on of touched) {
      this.records.get(on)?.sort(inOrder);
      if (on.startsWith("lead:")) this.fold(on.slice(5));
    }
    return fresh;
  }

  clear(): void {
    this.byId.clear();
    this.records.clear();
    this.leads.clear();
  }

  /** The changes to a field whose values nobody has written over, the newest last. */
  private heads(on: string, field: string): Change[] {
    const its = (this.records.get(on) ?? []).filter(c => field in c.set);
    const over = new Set(its.flatMap(c => c.over[field] ?? []));
    return its.filter(c => !over.has(c.id));
  }

  private fold(key: string): void {
    const on = `lead:${key}`;
    const value = (field: string): unknown => this.heads(on, field).at(-1)?.set[field];
    if (value("removed") === true) {
      this.leads.delete(key);
      return;
    }
    this.leads.set(key, {
      ...{ key, name: said(value("name")) || key.split("|")[0], status: statusOf(value("status")) },
      ...{ officer: said(value("officer")), next: said(value("next")), note: said(value("note")) },
    });
  }

  /** What a record says now; nothing of one that is not there. */
  values(on: string): Record<string, unknown> | undefined {
    const its = this.records.get(on);
    if (!its) return undefined;
    const fields = new Set(its.flatMap(c => Object.keys(c.set)));
    return Object.fromEntries([...fields].map(field => [field, this.heads(on, field).at(-1)?.set[field] ?? null]));
  }
  /** The names of the records of a kind. */
  names(kind: string): string[] {
    return [...this.records.keys()].filter(on => on.startsWith(`${kind}:`)).map(on => on.slice(kind.length + 1));
  }
  /** The changes of a record, the oldest first. */
  changesOf(on: string): readonly Change[] {
    return this.records.get(on) ?? [];
  }

  /** The change that writes these fields; nothing where they stand so already. */
  change(key: string, change: LeadChange, by: string, removed?: boolean): Change | undefined {
    const on = `lead:${key}`;
    const before = this.leads.get(key);
    const set: Record<string, unknown> = {};
    const write = (field: string, text: string): void => {
      const [to, heads] = [whole(text), this.heads(on, field)];
      // Where two stand against each other, writing the one that holds settles it.
      if (said(heads.at(-1)?.set[field]) !== to || heads.length > 1) set[field] = to || null;
    };
    if (change.name !== undefined) write("name", change.name);
    if (change.status !== undefined) write("status", wordOf(change.status));
    if (change.officer !== undefined) write("officer", change.officer);
    if (change.next !== undefined) write("next", change.next);
    if (change.note !== undefined) write("note", change.note);
    if (removed) set.removed = true;
    // Who is written of again is followed again.
    else if (!before && this.heads(on, "removed").at(-1)?.set.removed === true) set.removed = null;
    if (!Object.keys(set).length) return undefined;
    let at = Date.now();
    const over: Record<string, string[]> = {};
    for (const field of Object.keys(set)) {
      const heads = this.heads(on, field);
      if (heads.length) over[field] = heads.map(c => c.id);
      // Should a clock be slow: never before what is written over.
      for (const head of heads) at = Math.max(at, head.at + 1);
    }
    return written({ at, by, on, set, over });
  }

  /** What was done with a lead, the newest first; the name of an enterprise is no step. */
  history(key: string): Step[] {
    const its = [...(this.records.get(`lead:${key}`) ?? [])].reverse();
    return its.flatMap(c =>
      TOLD.filter(field => field in c.set).map(field => ({
        ...{ day: dayOf(c.at), by: c.by, field },
        value: field === "status" ? statusOf(c.set.status) : said(c.set[field]),
      })),
    );
  }

  /** Fields that several wrote without knowing of each other, and did not write the same. */
  conflicts(): Conflict[] {
    const all: Conflict[] = [];
    for (const [key, { name }] of this.leads)
      for (const field of TOLD) {
        const heads = this.heads(`lead:${key}`, field).reverse();
        const values = heads.map(c => ({ value: said(c.set[field]), by: c.by, day: dayOf(c.at) }));
        if (values.some(v => v.value !== values[0].value)) {
          const shown = field === "status" ? values.map(v => ({ ...v, value: statusOf(v.value) })) : values;
          all.push({ key, name, field, values: shown });
        }
      }
    return all;
  }
}
