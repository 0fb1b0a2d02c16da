// What outlives the page: settings, and files where the person said so. A browser may refuse both, or be full; the page works all the
// same and says what is not kept.
import { type UseStore, clear, createStore, del, get, set } from "idb-keyval";
import { ref } from "vue";

/** What the browser refuses to keep: nothing, everything, or what there is no room for. */
export const refusal = ref<"" | "denied" | "full">("");

/** A table as the person gave it. */
export interface Source {
  name: string;
  file: Blob;
}
export type Kind = "candidates" | "residents";

const PREFIX = "xiangma.";
/** A database of the page's own: several pages may share an origin. */
let opened: UseStore | undefined;
const files = (): UseStore => (opened ??= createStore("xiangma", "files"));

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
  tried(async () => (await get<Source>(kind, files())) ?? undefined);
/** True once it is kept. */
export const keepFile = async (kind: Kind, source: Source): Promise<boolean> =>
  (await tried(async () => (await set(kind, source, files()), true))) ?? false;
export const dropFile = (kind: Kind): Promise<void> => tried(() => del(kind, files()));

/** Everything of the page's own. */
export async function forgetAll(): Promise<void> {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch (error) {
    refused(error);
  }
  await tried(() => clear(files()));
}
