// What a person drops or chooses, wherever it is: each file goes where it belongs.
import { NoLedger } from "../../ledger/format";
import { useLeads } from "../../ledger/store";
import { useDefinitions } from "../../engine/definitions";
import { ask } from "../../engine/engine";
import { useFiles } from "../../engine/files";
import { handedOutcomes } from "../../engine/inbox";
import type { Kind } from "../../engine/protocol";
import { useSettings } from "../../engine/settings";
import { useEngine } from "../../engine/store";
import { router } from "../../router";
import { useShell } from "../../shell/store";
import { takeOfficers } from "../plan/officers";
import { usePlan } from "../plan/store";
import { useProjects } from "../projects/store";
import { useRanking } from "../ranking/store";
import { type Recognised, type What, recognise } from "./recognise";
import { useImport } from "./store";

/** Longer than this a list is offered to be ranked where it lies. */
const LONG = 150_000_000;

/** Opens a table; one whose headings say nothing is shown, so that the person can say what they mean. */
async function takeTable(kind: Kind, file: File): Promise<void> {
  const [files, shell, pending] = [useFiles(), useShell(), useImport()];
  if (kind === "candidates" && file.size > LONG && !/\.(xlsx?|xlsb|ods|et|zip)$/i.test(file.name)) {
    pending.long = { file, result: undefined };
    await router.push("/import");
    return;
  }
  const before = settled(kind);
  await files.load(kind, file.name, file);
  if (shell.error?.code === "NO_HEADER") {
    // Said where it can be mended.
    shell.error = null;
    pending.wait(kind, { name: file.name, file });
    await router.push("/import");
  } else if (before && files.files[kind] !== before) {
    shell.notice = { key: "replaced", of: { before: before.name, name: file.name }, undo: () => void undo(kind) };
  }
}
/** What is open of the person's own. */
const settled = (kind: Kind) => (useSettings().sample ? undefined : useFiles().files[kind]);
async function undo(kind: Kind): Promise<void> {
  useShell().notice = null;
  await useFiles().undoLoad(kind);
}

async function takeLedger(file: File): Promise<void> {
  const shell = useShell();
  try {
    const { added } = useLeads().join(await file.text());
    shell.notice = { key: "ledgerJoined", of: { name: file.name, n: String(added) } };
    await router.push("/ledger");
  } catch (e) {
    if (!(e instanceof NoLedger)) throw e;
    shell.notice = { key: "ledgerRefused", of: { name: file.name, line: String(e.line) } };
  }
}

async function takeCard(file: File): Promise<void> {
  const [settings, shell] = [useSettings(), useShell()];
  const text = (await file.text()).replace(/^\ufeff/, "");
  await useEngine().guarded("read", async () => {
    await ask("checkCard", text);
    settings.preset = useDefinitions().addCard(text).id;
    shell.notice = { key: "cardTaken", of: { name: file.name } };
  });
  if (!shell.error && useFiles().files.candidates) await useRanking().chooseCard();
}

async function takeChain(file: File): Promise<void> {
  const [definitions, engine, shell] = [useDefinitions(), useEngine(), useShell()];
  const text = (await file.text()).replace(/^\ufeff/, "");
  const taken = await engine.guarded("read", async () => {
    const fault = (await ask("checkChain", text)).find(f => f.isError);
    if (fault) throw { code: "BAD_CHAIN", message: fault.en };
  });
  if (!taken || definitions.ownChains.includes(text)) return;
  const before = definitions.ownChains;
  definitions.setChains([...before, text]);
  await engine.renew();
  // Two chains of one id the engine refuses: those of before stay.
  if (shell.error) {
    definitions.setChains(before);
    await engine.renew();
  } else shell.notice = { key: "chainTaken", of: { name: file.name } };
}

async function takeOutcomes(file: File): Promise<void> {
  handedOutcomes.value = file;
  const there = !!useFiles().files.candidates;
  useShell().notice = there ? null : { key: "outcomesWait", of: { name: file.name } };
  if (there) await router.push("/learning");
}

async function takeTies(file: File): Promise<void> {
  usePlan().ties = { name: file.name, file: new Blob([await file.arrayBuffer()]) };
  await router.push("/plan/introduce");
}
async function takeOfficersFile(file: File): Promise<void> {
  if (await useEngine().guarded("read", () => takeOfficers({ name: file.name, file }))) await router.push("/plan/assign");
}

async function takeProjects(file: File): Promise<void> {
  if (await useEngine().guarded("read", () => useProjects().take(file)))
    await router.push({ name: "projects", query: { tab: "import" } });
}

const TAKERS: Record<What, (file: File) => Promise<void>> = {
  card: takeCard,
  chain: takeChain,
  residents: file => takeTable("residents", file),
  candidates: file => takeTable("candidates", file),
  outcomes: takeOutcomes,
  ledger: takeLedger,
  ties: takeTies,
  officers: takeOfficersFile,
  projects: takeProjects,
};
/** What judges comes before what is judged, and what leads to another view comes last. */
const BEFORE: readonly What[] = ["card", "chain", "residents", "candidates"];
const ORDER: readonly What[] = [...BEFORE, "outcomes", "ledger", "ties", "officers", "projects"];

export async function takeRecognised(found: readonly Recognised[]): Promise<void> {
  for (const what of ORDER)
    for (const { file } of found.filter(f => f.what === what)) {
      await TAKERS[what](file);
      if (useShell().error) return;
    }
}

/** Files given to a box, or to the page: of a box the one file is what the box says. */
export async function takeFiles(kind: Kind | undefined, chosen: readonly File[]): Promise<void> {
  const [first, ...others] = chosen;
  if (!first) return;
  if (kind && !others.length) return takeTable(kind, first);
  const found = await Promise.all(chosen.map(recognise));
  const open = useFiles().files;
  const unsure = found.filter(f => !f.sure);
  // The first list can only be the candidates.
  if (unsure.length === 1 && !found.some(f => f.sure && f.what === "candidates") && (!open.candidates || useSettings().sample)) {
    unsure[0].what = "candidates";
    unsure[0].sure = true;
  }
  const twice = (["candidates", "residents", "outcomes"] as const).some(
    what => found.filter(f => f.what === what).length > 1,
  );
  if (found.every(f => f.sure) && !twice) await takeRecognised(found);
  else useImport().asking = found;
}
