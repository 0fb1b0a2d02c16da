// The words of the page, and what goes with them: the language, figures, lists.
import { computed, type ComputedRef } from "vue";
import { useI18n } from "vue-i18n";
import { remember } from "../engine/disk";
import { bringEnglish } from "./i18n";

/** Something said in both languages, as the engine says it. */
export interface Both {
  zh: string;
  en: string;
}

export interface Text {
  t: (key: string, of?: Record<string, unknown>) => string;
  /** Whether there is such a key. */
  te: (key: string) => boolean;
  isZh: ComputedRef<boolean>;
  /** Of what is said in both languages, that of the page; nothing of nothing. */
  pick: (of: Both | null | undefined) => string;
  /** A whole number with its thousands apart. */
  many: (n: number) => string;
  /** Names one after the other. */
  list: (names: readonly string[]) => string;
  /** A day as it is said: 7月20日, 20 July. */
  day: (iso: string) => string;
  /** With its year, as on paper, which is kept. */
  fullDay: (iso: string) => string;
  switchLanguage: () => Promise<void>;
}

export function useText(): Text {
  const { t, te, locale } = useI18n();
  const isZh = computed(() => locale.value === "zh");
  const tag = computed(() => (isZh.value ? "zh-CN" : "en-GB"));
  // Made once: a list says hundreds of figures with every move of a weight.
  const figures = computed(() => new Intl.NumberFormat(tag.value));
  return {
    t: (key, of) => (of ? t(key, of) : t(key)),
    te: key => te(key) || te(key, "zh"),
    isZh,
    pick: of => (of ? (isZh.value ? of.zh : of.en) : ""),
    many: n => figures.value.format(n),
    list: names => names.join(t("and")),
    day: iso =>
      new Date(`${iso}T00:00:00`).toLocaleDateString(tag.value, { month: "long", day: "numeric" }),
    fullDay: iso => new Date(`${iso}T00:00:00`).toLocaleDateString(tag.value, { dateStyle: "long" }),
    switchLanguage: async () => {
      const to = isZh.value ? "en" : "zh";
      remember("lang", to);
      if (to === "en") await bringEnglish();
      locale.value = to;
    },
  };
}
