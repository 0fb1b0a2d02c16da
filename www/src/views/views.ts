// The views of the page: their addresses, and how they stand in the rail. A view is one line here and one folder beside.
import type { RouteRecordRaw } from "vue-router";
import type { IconName } from "../parts/icons";
import {
  committeeView,
  enterpriseView,
  importView,
  learningView,
  ledgerView,
  mapView,
  outputView,
  planView,
  projectsView,
  rankingView,
} from "./later";
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
}

export const VIEWS: PageView[] = [
  { id: "welcome", path: "/welcome", icon: "overview", component: WelcomeView, rail: true, bar: true },
  {
    ...{ id: "list", path: "/list", icon: "list", component: rankingView, needsList: true, rail: true, bar: true },
    children: [{ path: ":key", name: "enterprise", component: enterpriseView }],
  },
  { id: "map", path: "/map/:chain?", icon: "chain", component: mapView, needsList: true, rail: true, bar: true },
  { id: "review", path: "/review", icon: "scales", component: committeeView, needsList: true, rail: true },
  { id: "learning", path: "/learning", icon: "curve", component: learningView, needsList: true, rail: true },
  { id: "plan", path: "/plan/:tab?", icon: "target", component: planView, rail: true },
  { id: "ledger", path: "/ledger", icon: "ledger", component: ledgerView, rail: true, bar: true },
  { id: "projects", path: "/projects/:number?", icon: "folder", component: projectsView, rail: true },
  { id: "import", path: "/import", icon: "import", component: importView, rail: true, apart: true },
  { id: "output", path: "/output", icon: "output", component: outputView, needsList: true, rail: true },
];
/** Of an address. */
export const viewOf = (path: string): PageView | undefined => VIEWS.find(v => v.path.split("/")[1] === path.split("/")[1]);
