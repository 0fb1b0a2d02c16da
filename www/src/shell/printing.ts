// What stands at the foot of every page of paper, beside the page number.
import { onBeforeUnmount, watchEffect } from "vue";

/** While `text` says something, it is printed at the foot of every page, on the left. */
export function useFoot(text: () => string): void {
  const style = document.createElement("style");
  document.head.append(style);
  watchEffect(() => {
    const said = text();
    style.textContent = said ? `@page { @bottom-left { content: ${JSON.stringify(said)}; font-size: 9pt; } }` : "";
  });
  onBeforeUnmount(() => style.remove());
}
