// Officers from a file: chains by their names are the chains the engine knows.
import { useDefinitions } from "../../engine/definitions";
import { ask } from "../../engine/engine";
import { type Given, usePlan } from "./store";

/** The id of a chain as somebody writes it; what is no chain stays as it is written. */
function chainId(written: string): string {
  const bare = (text: string): string => text.toLowerCase().replace(/产业链?$/, "").trim();
  const word = bare(written);
  const { chains } = useDefinitions();
  const exact = chains.find(c => [c.id, c.zh, c.en].some(name => bare(name) === word));
  const near = chains.filter(c => bare(c.zh).includes(word) || word.includes(bare(c.zh)));
  return exact?.id ?? (near.length === 1 ? near[0].id : written);
}

export async function takeOfficers({ name, file }: Given): Promise<void> {
  const plan = usePlan();
  const found = await ask("officers", file);
  plan.officers = found.map(o => ({ ...o, chains: o.chains.map(chainId) }));
  plan.officersFile = name;
}
