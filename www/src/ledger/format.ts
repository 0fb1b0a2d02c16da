// The file of a team's ledger, as the program `xiangma ledger` reads and writes it (docs/ledger.md): a line for each
// change, the first line says what it is. A line that was read is kept as it is, to the byte: what the page does not
// know of goes through it unharmed.
import { canonical } from "./key";
import { sha256 } from "./sha256";

export const HEAD = '{"format":"xiangma-ledger","version":1}';
const VERSION = 1;
const BEGIN = '{"id":"';
/** Where on a line what the id is of begins: after the id, its quote and the comma. */
const REST = BEGIN.length + 20 + 2;

export interface Change {
  id: string;
  /** Milliseconds. */
  at: number;
  by: string;
  /** The record, such as `lead:91…`. */
  on: string;
  set: Record<string, unknown>;
  over: Record<string, string[]>;
  line: string;
}
/** What was odd about a file; what it had was taken in all the same. */
export interface Read {
  changes: Change[];
  /** The file ends in the middle of a change. */
  cutOff: boolean;
  /** Lines that were edited by hand: each is taken for a change of its own. */
  edited: number;
}
/** Why a file was not read. */
export class NoLedger extends Error {
  constructor(
    readonly why: "notOne" | "later" | "badLine",
    readonly line = 0,
  ) {
    super(why);
  }
}

const idOf = (rest: string): string => sha256(rest).slice(0, 20);
const isObject = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);
const sorted = <T>(of: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A new change, with its line. */
export function written(of: Omit<Change, "id" | "line">): Change {
  // A moment as the program writes it: no noughts at its end.
  const at = new Date(of.at).toISOString().replace(/\.?0*Z$/, "Z");
  const [set, over] = [sorted(of.set), sorted(of.over)];
  const said = { at, by: of.by, on: of.on, set, ...(Object.keys(over).length ? { over } : {}) };
  const rest = JSON.stringify(said).slice(1);
  const id = idOf(rest);
  return { ...of, set, over, id, line: `${BEGIN}${id}",${rest}` };
}

/** A record as it is known, however somebody wrote its enterprise. */
function recordOf(on: string): string {
  return on.startsWith("lead:") ? `lead:${canonical(on.slice(5))}` : on;
}

function readLine(line: string): { change: Change; edited: boolean } | undefined {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(said) || typeof said.id !== "string" || typeof said.at !== "string") return undefined;
  const { by, on, set, over } = said;
  const at = Date.parse(said.at);
  if (typeof by !== "string" || typeof on !== "string" || !isObject(set) || Number.isNaN(at)) return undefined;
  if (!on.includes(":") || (over !== undefined && !isObject(over))) return undefined;
  const its = { at, by, on: recordOf(on), set, over: (over ?? {}) as Record<string, string[]> };
  if (line.startsWith(BEGIN) && idOf(line.slice(REST)) === said.id)
    return { change: { ...its, id: said.id, line }, edited: false };
  // Edited by hand: it gets the id of what it says now.
  const anew = { ...said };
  delete anew.id;
  const rest = JSON.stringify(anew).slice(1);
  const id = idOf(rest);
  return { change: { ...its, id, line: `${BEGIN}${id}",${rest}` }, edited: true };
}

/** Reads a file, whatever happened to it; throws `NoLedger`. */
export function read(text: string): Read {
  const whole = text.replace(/^\ufeff/, "");
  const lines = whole.split("\n");
  const last = lines.pop() ?? "";
  const found: Read = { changes: [], cutOff: last !== "", edited: 0 };
  const head = (lines.shift() ?? last).replace(/\r$/, "");
  if (head !== HEAD) {
    let said: unknown;
    try {
      said = JSON.parse(head);
    } catch {
      throw new NoLedger("notOne");
    }
    if (!isObject(said) || said.format !== "xiangma-ledger") throw new NoLedger("notOne");
    if (said.version !== VERSION) throw new NoLedger("later");
  }
  // A last line without its end may be whole all the same.
  const final = lines.length ? readLine(last) : undefined;
  if (final || whole === HEAD) found.cutOff = false;
  const ids = new Set<string>();
  lines.concat(final ? [last] : []).forEach((raw, i) => {
    const line = raw.replace(/\r$/, "");
    // A second file put after the first begins with its head.
    if (!line || line === HEAD) return;
    // A write that was cut off, and another after it.
    const got = readLine(line) ?? readLine(line.slice(Math.max(0, line.lastIndexOf(BEGIN))));
    if (!got) throw new NoLedger("badLine", i + 2);
    if (got.edited) found.edited++;
    if (!ids.has(got.change.id)) found.changes.push(got.change);
    ids.add(got.change.id);
  });
  return found;
}

/** Changes in the order of a file. */
export const inOrder = (a: Change, b: Change): number => a.at - b.at || (a.id < b.id ? -1 : 1);
/** The whole file. */
export const textOf = (changes: Change[]): string =>
  [HEAD, ...[...changes].sort(inOrder).map(c => c.line)].map(line => `${line}\n`).join("");
