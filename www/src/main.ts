import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { engineModule, isStop } from "./engine/engine";
import { useEngine } from "./engine/store";
import { router } from "./router";
import { keepPage } from "./shell/offline";
import { beginTheme } from "./style/theme";
import { bringEnglish, i18n } from "./text/i18n";
import { bringFirst, bringRest } from "./views/later";
import "./style/tokens.css";
import "./style/base.css";
import "./style/print.css";

/** It is compiled beside what draws the page; a failure is said by who starts it. */
const compiled = engineModule().catch(() => {});
beginTheme();
const app = createApp(App).use(createPinia()).use(i18n).use(router);
const engine = useEngine();
// A button that fails must not look like one that did nothing.
function unforeseen(error: unknown): void {
  engine.fail(error);
  if (!isStop(error)) console.error(error);
}
async function bringLater(): Promise<void> {
  await bringFirst();
  await compiled;
  await bringRest();
  await keepPage();
}
app.config.errorHandler = unforeseen;
addEventListener("unhandledrejection", event => {
  event.preventDefault();
  unforeseen(event.reason);
});
// Who reads English waits for it; without it the page is there in Chinese.
const words = i18n.global.locale.value === "en" ? bringEnglish().catch(unforeseen) : Promise.resolve();
void words.then(() => {
  app.mount("#app");
  // The way in is drawn first; the rest comes while it is read, and leaves the line to the engine.
  requestAnimationFrame(() => setTimeout(() => void bringLater()));
});
