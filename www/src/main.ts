import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { isStop } from "./engine/engine";
import { useEngine } from "./engine/store";
import { router } from "./router";
import { keepPage } from "./shell/offline";
import { beginTheme } from "./style/theme";
import { i18n } from "./text/i18n";
import { bringViews } from "./views/views";
import "./style/tokens.css";
import "./style/base.css";
import "./style/print.css";

beginTheme();
const app = createApp(App).use(createPinia()).use(i18n).use(router);
const engine = useEngine();
// A button that fails must not look like one that did nothing.
function unforeseen(error: unknown): void {
  engine.fail(error);
  if (!isStop(error)) console.error(error);
}
app.config.errorHandler = unforeseen;
addEventListener("unhandledrejection", event => {
  event.preventDefault();
  unforeseen(event.reason);
});
app.mount("#app");
// The way in is drawn first; the rest comes while it is read.
requestAnimationFrame(() => setTimeout(() => void bringViews().then(keepPage)));
