// Every view has an address, and so has every open enterprise. They stand behind the #: the page also works from a
// folder.
import { type RouteRecordRaw, createRouter, createWebHashHistory } from "vue-router";
import { VIEWS } from "./views/views";

const routes = VIEWS.map(({ id, path, component, children }) => ({ name: id, path, component, children }));

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [...(routes as RouteRecordRaw[]), { path: "/:rest(.*)*", redirect: "/list" }],
});
