// Names of what the plan speaks of, in the language of the page.
import type { Strategy } from "xiangma/slim";
import { useDefinitions } from "../../engine/definitions";
import { useText } from "../../text/useText";
import { faultIn } from "./faults";

export interface PlanWords {
  chainOf: (id: string | null | undefined) => string;
  linkOf: (id: string | null | undefined) => string;
  /** Names of links, one after the other. */
  linksOf: (ids: readonly string[]) => string;
  placeOf: (who: { province: string | null; city: string | null }) => string;
  strategyOf: (strategy: Strategy) => string;
  /** A failure, by its code; with what can be done about it where the plan knows. */
  failureOf: (failed: { code: string; message: string } | undefined) => string;
}

export function usePlanWords(): PlanWords {
  const { t, te, pick, list } = useText();
  const definitions = useDefinitions();
  const linkOf: PlanWords["linkOf"] = id => (id ? pick(definitions.links.get(id)) || id : "");
  return {
    chainOf: id => (id ? pick(definitions.chains.find(c => c.id === id)) || id : ""),
    linkOf,
    linksOf: ids => list(ids.map(linkOf)),
    placeOf: ({ province, city }) => [province, city !== province && city].filter(Boolean).join(" "),
    strategyOf: strategy => t(`plan.strategy.${strategy}`),
    failureOf(failed) {
      if (!failed) return "";
      const fault = failed.code === "BAD_ARGUMENT" ? faultIn(failed.message) : undefined;
      if (fault) return t(`plan.faults.${fault.key}`, fault.of);
      const own = `plan.errors.${failed.code}`;
      return t(te(own) ? own : te(`errors.${failed.code}`) ? `errors.${failed.code}` : "errors.INTERNAL");
    },
  };
}
