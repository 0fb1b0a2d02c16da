// What outlives the page: settings, and files where the person said so. A browser may refuse both, or be full; the page
// works all the
// same and says what is not kept.
import { type IDBPDatabase, openDB } from "idb";
import { ref } from "vue";
import type { Kind, Source } from "./protocol";

/** What the browser refuses to keep: nothing, everything, or what there is no room for. */
export const refusal = ref<"" | "denied" | "full">("");

const PREFIX = "xiangma.";
const FILES = "files";
/** A database of the page's own: several pages may share an origin. */
let opened: Promise<IDBPDatabase> | undefined;
const database = (): Promise<IDBPDatabase> =>
  (opened ??= openDB("xiangma", 1, { upgrade: db => void db.createObjectStore(FILES) }).catch(error => {
    opened = undefined;
    throw error;
  }));

function refused(error: unknown): void {
  refusal.value = (error as Error | undefined)?.name === "QuotaExceededError" ? "full" : "denied";
}

/** A setting as it was kept; what cannot be read is as if it had never been. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
  } catch (error) {
    if (!(error instanceof SyntaxError)) refused(error);
    return null;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch (error) {
    refused(error);
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch (error) {
    refused(error);
  }
}

async function tried<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    refused(error);
    return undefined;
  }
}

export const keptFile = (kind: Kind): Promise<Source | undefined> =>
  tried(async () => (await (await database()).get(FILES, kind)) as Source | undefined);
/** True once it is kept. */
export const keepFile = async (kind: Kind, source: Source): Promise<boolean> =>
  (await tried(async () => (await (await database()).put(FILES, source, kind), true))) ?? false;
export const dropFile = (kind: Kind): Promise<void> => tried(async () => (await database()).delete(FILES, kind));

/** The list as it stood when the person kept it to compare with. */
export interface KeptEdition {
  day: string;
  text: string;
}
const EDITION = "edition";
export const keptEdition = (): Promise<KeptEdition | undefined> =>
  tried(async () => (await (await database()).get(FILES, EDITION)) as KeptEdition | undefined);
export const keepEdition = (edition: KeptEdition): Promise<unknown> =>
  tried(async () => (await database()).put(FILES, edition, EDITION));
export const dropEdition = (): Promise<void> => tried(async () => (await database()).delete(FILES, EDITION));

/** Every setting, with its key. */
export function recallAll(): [string, unknown][] {
  try {
    return Object.keys(localStorage)
      .filter(key => key.startsWith(PREFIX))
      .map(key => key.slice(PREFIX.length))
      .map(key => [key, recall(key)]);
  } catch (error) {
    refused(error);
    return [];
  }
}

/** Everything of the page's own. */
export async function forgetAll(): Promise<void> {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch (error) {
    refused(error);
  }
  await tried(async () => (await database()).clear(FILES));
}
