import { createApp } from "vue";
import App from "./App.vue";
import { isStop } from "./engine";
import { i18n } from "./i18n";
import { fail } from "./state";
import "./style.css";

const app = createApp(App);
// A button that fails must not look like one that did nothing.
function unforeseen(error: unknown): void {
  fail(error);
  if (!isStop(error)) console.error(error);
}
app.config.errorHandler = unforeseen;
addEventListener("unhandledrejection", event => {
  event.preventDefault();
  unforeseen(event.reason);
});
app.use(i18n).mount("#app");
