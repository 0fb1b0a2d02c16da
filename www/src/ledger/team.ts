// The page's side of the engine that keeps the ledger: it is told what came in before it is asked.
import { keeper } from "../engine/engine";
import type { EngineError } from "../engine/protocol";
import type { TeamCalls } from "../engine/teamCalls";
import { useLeads } from "./store";

/** How many changes it was told, and of which era of the ledger. */
let [told, era] = [0, -1];

function tell(): Promise<void> {
  const leads = useLeads();
  const anew = era !== leads.era;
  const { text, size } = leads.textFrom(anew ? 0 : told);
  if (!anew && size === told) return Promise.resolve();
  [told, era] = [size, leads.era];
  return keeper.ask(anew ? "teamOpen" : "teamJoin", text).catch(error => {
    // What was not taken in is told again with the next question.
    era = -1;
    throw error;
  });
}

/** Asks the engine that keeps the ledger, which knows all that the page knows. */
export async function askTeam<K extends keyof TeamCalls>(
  name: K,
  ...args: Parameters<TeamCalls[K]>
): Promise<Awaited<ReturnType<TeamCalls[K]>>> {
  await useLeads().begun;
  // Both are sent at once: the worker takes them in turn.
  const asked = async (): Promise<Awaited<ReturnType<TeamCalls[K]>>> => {
    const [, answer] = await Promise.all([tell(), keeper.ask(name, ...args)]);
    return answer as Awaited<ReturnType<TeamCalls[K]>>;
  };
  try {
    return await asked();
  } catch (error) {
    const { code } = error as EngineError;
    if (!["NO_TEAM", "WORKER_STOPPED", "ENGINE_STOPPED"].includes(code)) throw error;
    if (code === "ENGINE_STOPPED") keeper.stop();
    era = -1;
    return await asked();
  }
}
