// What is not needed before a file is opened: it comes after the way in is drawn, and at once, since later nothing is asked for.
import { bringEnglish, bringWords } from "../text/i18n";

/** A view is there with its words. */
const worded = <T>(bring: () => Promise<T>) => async (): Promise<T> => (await Promise.all([bring(), bringWords()]))[0];

export const committeeView = worded(() => import("./committee/View.vue"));
export const enterpriseView = worded(() => import("./enterprise/View.vue"));
export const importView = worded(() => import("./import/View.vue"));
export const learningView = worded(() => import("./learning/View.vue"));
export const ledgerView = worded(() => import("./ledger/View.vue"));
export const mapView = worded(() => import("./map/View.vue"));
export const overview = worded(() => import("./welcome/Overview.vue"));
export const planView = worded(() => import("./plan/View.vue"));
export const outputView = worded(() => import("./output/View.vue"));
export const projectsView = worded(() => import("./projects/View.vue"));
export const projectDialogs = worded(() => import("./projects/Dialogs.vue"));
export const rankingView = worded(() => import("./ranking/View.vue"));

export const askKinds = () => import("./import/AskKinds.vue");
export const clearDialog = () => import("../shell/ClearDialog.vue");
export const displayMenu = () => import("../shell/DisplayMenu.vue");
export const moreSheet = () => import("../shell/MoreSheet.vue");
export const sampleFiles = () => import("../engine/sample");
export const takers = () => import("./import/take");

/** What a first list needs. */
export const bringFirst = (): Promise<unknown> =>
  Promise.all([displayMenu(), takers(), sampleFiles(), rankingView(), enterpriseView(), overview(), askKinds()]);
/** All the rest. */
export const bringRest = (): Promise<unknown> =>
  Promise.all([
    ...[importView(), mapView(), ledgerView(), outputView(), committeeView(), learningView(), planView()],
    ...[projectsView(), projectDialogs(), moreSheet(), clearDialog(), bringEnglish()],
  ]);
