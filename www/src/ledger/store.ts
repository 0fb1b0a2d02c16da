// The ledger of leads (台账): who follows whom, how far it has come, what is next. In memory; in this browser too where
// the person said so.
import { defineStore } from "pinia";
import { computed, markRaw, ref, shallowRef, triggerRef, watch } from "vue";
import { whenCleared } from "../engine/clearing";
import { recall, remember } from "../engine/disk";
import { useSettings } from "../engine/settings";
import { Book } from "./book";
import { dropAll, keep, keepStar, readAll } from "./disk";
import { type Change, read, textOf } from "./format";
import { foldName, keyOf } from "./key";
import { type Conflict, type Lead, type LeadChange, type LeadStatus, STATUSES, type Step, type Who } from "./types";

/** Whether what is written outlives the page: it does; it was not allowed; the browser refuses; there is no room. */
export type Keeping = "kept" | "unkept" | "denied" | "full";
/** What joining a file brought. */
export interface Joined {
  added: number;
  /** Changes of this ledger that the file does not have. */
  notThere: number;
  cutOff: boolean;
  edited: number;
}
type Message = { lines: string[] } | { star: string; on: boolean } | { cleared: true } | { keep: boolean };
const KEEP = "ledger.keep";
const ME = "ledger.me";
/** In a file every change has somebody who made it. */
const NOBODY = "未署名";

export const useLeads = defineStore("leads", () => {
  const settings = useSettings();
  const book = new Book();
  const stars = new Set<string>();
  const leads = shallowRef(new Map<string, Lead>());
  /** As the person said here, else as of files. */
  const own = ref(recall(KEEP) as boolean | null);
  const wanted = computed(() => (typeof own.value === "boolean" ? own.value : settings.keep));
  const refused = ref<"" | "denied" | "full">("");
  const keeping = computed<Keeping>(() => (wanted.value ? refused.value || "kept" : "unkept"));
  /** What is not in the store. */
  const due = new Map<string, Change>();
  /** Of that, what is in no file that was handed out either. */
  const loose = new Set<string>();
  /** Who writes at this computer, for the history. */
  const me = ref(typeof recall(ME) === "string" && wanted.value ? (recall(ME) as string) : "");
  /** Moves on with every change that came in; what is computed of the ledger is asked for again then. */
  const version = ref(0);
  /** Moves on when changes went: only then is what was told of the ledger no longer its beginning. */
  const era = ref(0);
  const tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("xiangma-ledger");

  function joined(changes: readonly Change[]): Change[] {
    const fresh = book.join(changes);
    if (fresh.length) version.value++;
    return fresh;
  }
  function fold(): void {
    leads.value = new Map([...book.leads].map(([key, lead]) => [key, { ...lead, star: stars.has(key) }]));
  }
  function foldOne(key: string): void {
    const lead = book.leads.get(key);
    if (lead) leads.value.set(key, { ...lead, star: stars.has(key) });
    else leads.value.delete(key);
    triggerRef(leads);
  }
  /** Does what the browser may refuse. */
  async function tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      refused.value = "";
    } catch (error) {
      refused.value = (error as Error).name === "QuotaExceededError" ? "full" : "denied";
    }
  }
  /** Puts what is not kept yet into the store; what fails is tried again with the next change. */
  async function persist(): Promise<void> {
    if (!wanted.value) return;
    const now = [...due.values()];
    if (!now.length) return;
    await tried(async () => {
      await keep(now);
      for (const { id } of now) due.delete(id) && loose.delete(id);
    });
  }
  function tell(message: Message): void {
    tabs?.postMessage(message);
  }
  const parsed = (lines: readonly string[]): Change[] => read(`${textOf([])}${lines.join("\n")}\n`).changes;

  /** Brings in what was kept. */
  async function begin(): Promise<void> {
    // What the browser did not let go of when the person said so goes now.
    if (own.value === false) return tried(dropAll);
    if (!wanted.value) return;
    await tried(async () => {
      const kept = await readAll();
      joined(parsed(kept.lines));
      for (const key of kept.stars) stars.add(key);
    });
    fold();
  }
  const begun = begin();
  if (tabs)
    tabs.onmessage = ({ data }: MessageEvent<Message>) => {
      if ("lines" in data) joined(parsed(data.lines));
      else if ("star" in data) data.on ? stars.add(data.star) : stars.delete(data.star);
      else if ("keep" in data) own.value = data.keep;
      else forgetHere();
      fold();
    };
  addEventListener("beforeunload", event => {
    // What would be gone for good is asked about first.
    if (loose.size) event.preventDefault();
  });

  watch(wanted, on => on && void persist());

  function forgetHere(): void {
    book.clear();
    era.value++;
    version.value++;
    stars.clear();
    due.clear();
    loose.clear();
  }
  function take(changes: readonly Change[]): Change[] {
    // What is kept once does not go when the person later lets go of files alone.
    if (own.value === null && settings.keep) {
      own.value = true;
      remember(KEEP, true);
    }
    const fresh = joined(changes);
    for (const change of fresh) due.set(change.id, change) && loose.add(change.id);
    if (fresh.length) tell({ lines: fresh.map(c => c.line) });
    void persist();
    return fresh;
  }

  /** The key an enterprise is kept under: also one from a time when its code or province was not known. */
  function keyFor(who: Who): string {
    const key = keyOf(who);
    if (leads.value.has(key)) return key;
    const before = [keyOf({ ...who, creditCode: null }), keyOf({ name: who.name, creditCode: null })];
    const known = before.find(k => leads.value.has(k));
    if (known || who.province !== undefined) return known ?? key;
    // An address does not tell the province.
    const begin = `${foldName(who.name)}|`;
    return (who.creditCode ? undefined : [...leads.value.keys()].find(k => k.startsWith(begin))) ?? key;
  }
  const of = (key: string): Lead | undefined => leads.value.get(key);
  const ofWho = (who: Who): Lead | undefined => of(keyFor(who));

  /** Writes fields of a lead, which comes to be if there was none. `name` should come with the first. */
  function set(key: string, change: LeadChange): void {
    if (change.star !== undefined) {
      const on = change.star;
      on ? stars.add(key) : stars.delete(key);
      tell({ star: key, on });
      if (wanted.value) void tried(() => keepStar(key, on));
    }
    const known = book.leads.get(key);
    const { name, ...fields } = change;
    const written = book.change(key, known?.name === name ? fields : change, me.value.trim() || NOBODY);
    if (written) take([written]);
    foldOne(key);
  }
  /** Takes a lead out; it stays in the history, and comes back when somebody writes of it. Gives the way back. */
  function remove(key: string): () => void {
    const written = book.change(key, {}, me.value.trim() || NOBODY, true);
    if (written) take([written]);
    foldOne(key);
    return () => {
      const back = book.change(key, {}, me.value.trim() || NOBODY);
      if (back) take([back]);
      foldOne(key);
    };
  }

  /** The person says whether the ledger is kept here. What was kept goes when it is not. */
  async function setKeep(on: boolean): Promise<void> {
    own.value = on;
    remember(KEEP, on);
    remember(ME, on ? me.value : "");
    refused.value = "";
    for (const change of book.changes) {
      due.set(change.id, change);
      if (!on) loose.add(change.id);
    }
    tell({ keep: on });
    // What was left from before goes first, then comes what is kept now.
    await begun;
    if (!on) return tried(dropAll);
    await persist();
    for (const key of stars) await tried(() => keepStar(key, true));
    // Without this a browser that is short of room may let it go; where it asks, the person has just said why.
    if (keeping.value === "kept") await navigator.storage?.persist?.().catch(() => false);
  }
  function setMe(name: string): void {
    me.value = name;
    if (wanted.value) remember(ME, name);
  }

  /** The whole as a file, for a colleague or a safe place. */
  function file(): string {
    loose.clear();
    return textOf(book.changes);
  }
  /** Joins a file of a colleague: nothing is lost on either side. Throws `NoLedger`. */
  function join(text: string): Joined {
    const found = read(text);
    const theirs = new Set(found.changes.map(c => c.id));
    const notThere = book.changes.filter(c => !theirs.has(c.id)).length;
    const added = take(found.changes).length;
    fold();
    return { added, notThere, cutOff: found.cutOff, edited: found.edited };
  }

  /** Takes in changes that the engine wrote: lines, as a file has them. */
  function takeLines(lines: string): void {
    if (take(parsed(lines.split("\n").filter(Boolean))).some(c => c.on.startsWith("lead:"))) fold();
  }
  /** What came in after so many changes, as a file; and how many there are now. */
  function textFrom(place: number): { text: string; size: number } {
    const changes = book.changes;
    return { text: textOf(changes.slice(place)), size: changes.length };
  }

  const all = computed<Lead[]>(() => [...leads.value.values()]);
  const counts = computed<Record<LeadStatus, number>>(() => {
    const by = Object.fromEntries(STATUSES.map(s => [s, 0])) as Record<LeadStatus, number>;
    for (const lead of leads.value.values()) by[lead.status]++;
    return by;
  });
  const officers = computed<string[]>(() => [...new Set(all.value.map(l => l.officer).filter(Boolean))].sort());
  /** What was done with a lead, the newest first. */
  function history(key: string): Step[] {
    // Asked again when something is written.
    void leads.value;
    return book.history(key);
  }
  const conflicts = computed<Conflict[]>(() => (void leads.value, book.conflicts()));

  whenCleared(async () => {
    const before = { changes: book.changes, stars: [...stars], own: own.value, me: me.value };
    forgetHere();
    tell({ cleared: true });
    [own.value, me.value] = [null, ""];
    // Also what is there though it should not be.
    await tried(dropAll);
    fold();
    return async () => {
      [own.value, me.value] = [before.own, before.me];
      take(before.changes);
      for (const key of before.stars) {
        stars.add(key);
        if (wanted.value) await tried(() => keepStar(key, true));
      }
      fold();
    };
  });

  return {
    ...{ leads, all, counts, officers, conflicts, keeping, me, begun, version, era },
    ...{ of, ofWho, keyFor, set, remove, history, setKeep, setMe, file, join, takeLines, textFrom },
    ...{ writer: () => me.value.trim() || NOBODY, size: computed(() => (void version.value, book.changes.length)) },
    /** Records of every kind, as they were written. */
    records: markRaw<Pick<Book, "values" | "names" | "changesOf">>(book),
  };
});
