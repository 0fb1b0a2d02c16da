// The one pair of file inputs of the page; `FileEntry.vue` holds them.
import type { Kind } from "../engine/protocol";

export const READABLE = ".csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.html,.htm,.xml,.json,.jsonl";
export const inputs: Record<Kind, HTMLInputElement | null> = { candidates: null, residents: null };

/** Lets the person choose a table. */
export const pickFile = (kind: Kind): void => inputs[kind]?.click();
