// What a person drops or chooses: one table for each box.
import { useFiles } from "../../engine/files";
import type { Kind } from "../../engine/protocol";
import { useShell } from "../../shell/store";

/** Opens the first; that the others were not opened is said. */
export async function takeFiles(kind: Kind, chosen: readonly File[]): Promise<void> {
  const [first, ...others] = chosen;
  if (!first) return;
  useShell().notice = others.length
    ? { key: "oneFile", of: { first: first.name, others: others.map(f => f.name).join("、") } }
    : null;
  await useFiles().load(kind, first.name, first);
}
