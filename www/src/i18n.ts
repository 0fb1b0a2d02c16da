import { createI18n } from "vue-i18n";
import { recall } from "./disk";
import { en } from "./words/en";
import { zh } from "./words/zh";

export const i18n = createI18n({
  legacy: false,
  locale: recall("lang") === "en" ? "en" : "zh",
  fallbackLocale: "zh",
  messages: { zh, en },
});
