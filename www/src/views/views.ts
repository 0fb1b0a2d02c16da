// The views of the page: their addresses, and how they stand in the rail. A view is one line here and one folder beside.
import type { RouteRecordRaw } from "vue-router";
import type { IconName } from "../parts/icons";
import CommitteeView from "./committee/View.vue";
import EnterpriseView from "./enterprise/View.vue";
import ImportView from "./import/View.vue";
import LearningView from "./learning/View.vue";
import LedgerView from "./ledger/View.vue";
import MapView from "./map/View.vue";
import OutputView from "./output/View.vue";
import RankingView from "./ranking/View.vue";
import WelcomeView from "./welcome/View.vue";

export interface PageView {
  /** Also the name of its route, and of its words: `shell.views.<id>`. */
  id: string;
  path: string;
  icon: IconName;
  component: RouteRecordRaw["component"];
  children?: RouteRecordRaw[];
  /** It shows a list: without one, the welcome stands in its place. */
  needsList?: boolean;
  /** It stands in the rail; on a phone also in the bar, or else under 更多. */
  rail?: boolean;
  bar?: boolean;
  /** Begins a new group of the rail. */
  apart?: boolean;
  /** Not rebuilt yet: files, target and weights stand beside it as before. */
  legacyAside?: boolean;
}

export const VIEWS: PageView[] = [
  { id: "welcome", path: "/welcome", icon: "overview", component: WelcomeView, rail: true, bar: true },
  {
    ...{ id: "list", path: "/list", icon: "list", component: RankingView, needsList: true, rail: true, bar: true },
    children: [{ path: ":key", name: "enterprise", component: EnterpriseView }],
    legacyAside: true,
  },
  { id: "map", path: "/map/:chain?", icon: "chain", component: MapView, needsList: true, rail: true, bar: true },
  { id: "review", path: "/review", icon: "scales", component: CommitteeView, needsList: true, rail: true },
  { id: "learning", path: "/learning", icon: "curve", component: LearningView, needsList: true, rail: true },
  { id: "ledger", path: "/ledger", icon: "ledger", component: LedgerView, rail: true, bar: true },
  { id: "import", path: "/import", icon: "import", component: ImportView, rail: true, apart: true },
  { id: "output", path: "/output", icon: "output", component: OutputView, needsList: true, rail: true },
];
/** Of an address. */
export const viewOf = (path: string): PageView | undefined => VIEWS.find(v => v.path.split("/")[1] === path.split("/")[1]);
