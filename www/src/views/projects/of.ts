// Which project is of which enterprise, without asking the engine.
import { computed, type ComputedRef } from "vue";
import { useLeads } from "../../ledger/store";

let made: ComputedRef<Map<string, string>> | undefined;
export function useProjectOf(): ComputedRef<Map<string, string>> {
  const leads = useLeads();
  return (made ??= computed(() => {
    void leads.version;
    return new Map(
      leads.records.names("project").flatMap((number): [string, string][] => {
        const its = leads.records.values(`project:${number}`);
        return typeof its?.enterprise === "string" && its.removed !== true ? [[its.enterprise, number]] : [];
      }),
    );
  }));
}
