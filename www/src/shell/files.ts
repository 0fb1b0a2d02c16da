// The file inputs of the page; `FileEntry.vue` holds them.
import type { Kind } from "../engine/protocol";

export const READABLE = ".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.html,.htm,.xml,.json,.jsonl,.et,.zip,.ledger";
/** A table of a kind, or files that are recognised. */
export type Entry = Kind | "any";
export const inputs: Record<Entry, HTMLInputElement | null> = { candidates: null, residents: null, any: null };

/** Lets the person choose files. */
export const pickFile = (entry: Entry): void => inputs[entry]?.click();
