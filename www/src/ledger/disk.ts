// Where the ledger outlives the page, if the person said so: every change, under its id, and the marks of this
// computer. Changes are only ever added, so two tabs cannot take anything from each other.
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";

interface Schema extends DBSchema {
  changes: { key: string; value: { id: string; line: string } };
  marks: { key: string; value: true };
}
type Names = ("changes" | "marks")[];
type Upgrade = (db: IDBPDatabase<Schema>, tx: IDBPTransaction<Schema, Names, "versionchange">) => void;
/** Each makes the next version of the one before; none is ever changed once it was given out. */
const VERSIONS: Upgrade[] = [
  db => {
    db.createObjectStore("changes", { keyPath: "id" });
    db.createObjectStore("marks");
  },
];

const NAME = "xiangma-ledger";
let opened: Promise<IDBPDatabase<Schema>> | undefined;
function database(): Promise<IDBPDatabase<Schema>> {
  const lost = (): void => void (opened = undefined);
  return (opened ??= openDB<Schema>(NAME, VERSIONS.length, {
    upgrade: (db, from, _to, tx) => {
      for (const version of VERSIONS.slice(from)) version(db, tx as IDBPTransaction<Schema, Names, "versionchange">);
    },
    // A later page in another tab wants to go on: this one makes way.
    blocking: (_now, _then, event) => {
      (event.target as IDBDatabase).close();
      lost();
    },
    terminated: lost,
  }).catch(error => {
    lost();
    throw error;
  }));
}

export interface Kept {
  lines: string[];
  stars: string[];
}
export async function readAll(): Promise<Kept> {
  const db = await database();
  const lines = (await db.getAll("changes")).map(c => c.line);
  return { lines, stars: await db.getAllKeys("marks") };
}
export async function keep(changes: readonly { id: string; line: string }[]): Promise<void> {
  const tx = (await database()).transaction("changes", "readwrite");
  await Promise.all([...changes.map(({ id, line }) => tx.store.put({ id, line })), tx.done]);
}
export async function keepStar(key: string, on: boolean): Promise<void> {
  const db = await database();
  await (on ? db.put("marks", true, key) : db.delete("marks", key));
}
export async function dropAll(): Promise<void> {
  // Where nothing was ever kept, nothing is made to be emptied.
  const all = await indexedDB.databases?.();
  if (all && !all.some(({ name }) => name === NAME)) return;
  const db = await database();
  await Promise.all([db.clear("changes"), db.clear("marks")]);
}
