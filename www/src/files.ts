// What a person drops or chooses: one table for each box.
import type { Kind } from "./disk";
import { load, notice } from "./state";

/** Opens the first; that the others were not opened is said. */
export async function takeFiles(kind: Kind, chosen: readonly File[]): Promise<void> {
  const [first, ...others] = chosen;
  if (!first) return;
  notice.value = others.length
    ? { key: "oneFile", of: { first: first.name, others: others.map(f => f.name).join("、") } }
    : null;
  await load(kind, first.name, first);
}
