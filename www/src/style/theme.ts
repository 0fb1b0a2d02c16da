// Light or dark, and how much contrast: as the person chose, else as the system says.
import { ref, watchEffect } from "vue";
import { whenCleared } from "../engine/clearing";
import { recall, remember } from "../engine/disk";

export const THEMES = ["auto", "light", "dark"] as const;
export const CONTRASTS = ["auto", "normal", "more"] as const;
export type Theme = (typeof THEMES)[number];
export type Contrast = (typeof CONTRASTS)[number];

const kept = <T extends string>(key: string, of: readonly T[]): T => of.find(x => x === recall(key)) ?? of[0];
export const theme = ref<Theme>("auto");
export const contrast = ref<Contrast>("auto");
/** Whether it is dark now. */
export const isDark = ref(false);

function media(query: string): { value: boolean } {
  const asked = matchMedia(query);
  const now = ref(asked.matches);
  asked.addEventListener("change", () => (now.value = asked.matches));
  return now;
}

/** To be called once: from here on the page follows the choice and the system. */
export function beginTheme(): void {
  const dark = media("(prefers-color-scheme: dark)");
  const more = media("(prefers-contrast: more)");
  const paper = media("print");
  theme.value = kept("theme", THEMES);
  contrast.value = kept("contrast", CONTRASTS);
  whenCleared(() => {
    const before = [theme.value, contrast.value] as const;
    [theme.value, contrast.value] = ["auto", "auto"];
    return () => {
      [theme.value, contrast.value] = before;
    };
  });
  watchEffect(() => {
    // Paper is white.
    isDark.value = !paper.value && (theme.value === "dark" || (theme.value === "auto" && dark.value));
    const root = document.documentElement;
    root.dataset.theme = isDark.value ? "dark" : "light";
    // The parts that are not rebuilt yet ask for a class.
    root.classList.toggle("dark", isDark.value);
    if (contrast.value === "more" || (contrast.value === "auto" && more.value)) root.dataset.contrast = "more";
    else delete root.dataset.contrast;
  }, { flush: "sync" });
}
/** Chooses, and remembers it. */
export function chooseTheme(to: Theme): void {
  theme.value = to;
  remember("theme", to);
}
export function chooseContrast(to: Contrast): void {
  contrast.value = to;
  remember("contrast", to);
}
