// What can be gone to, as things are now: without a list, only what needs none.
import { computed, type ComputedRef } from "vue";
import { useRoute } from "vue-router";
import { useLeads } from "../ledger/store";
import { useRanking } from "../views/ranking/store";
import { type PageView, VIEWS, viewOf } from "../views/views";

export interface RailEntry {
  view: PageView;
  to: string;
  current: boolean;
  count?: number;
}

export function useRail(): ComputedRef<RailEntry[]> {
  const route = useRoute();
  const [ranking, leads] = [useRanking(), useLeads()];
  return computed(() =>
    VIEWS.filter(view => view.rail && (ranking.view || !view.needsList)).map(view => ({
      view,
      to: `/${view.path.split("/")[1]}`,
      current: viewOf(route.path) === view,
      count: { list: ranking.view?.tier.confirmed, ledger: leads.all.length || undefined }[view.id],
    })),
  );
}
