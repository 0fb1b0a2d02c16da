// What the page says. The way in brings its own words, in Chinese; the others come with the views, and English where it is
// spoken, or after them: it must be there without the server.
import { createI18n } from "vue-i18n";
import { recall } from "../engine/disk";
import { type Words, joined } from "./words";

const early = import.meta.glob<Words>("./zh/{common,import,parts,shell,welcome}.json", {
  eager: true,
  import: "default",
});

export const i18n = createI18n({
  legacy: false,
  locale: recall("lang") === "en" ? "en" : "zh",
  fallbackLocale: "zh",
  messages: { zh: joined(early), en: {} as Words },
});

let late: Promise<void> | undefined;
/** The words of every view; after a failure the next who asks tries again. */
export const bringWords = (): Promise<void> =>
  (late ??= import("./late").then(
    ({ default: words }) => i18n.global.mergeLocaleMessage("zh", words),
    error => {
      late = undefined;
      throw error;
    },
  ));

let english: Promise<void> | undefined;
/** All words in English. */
export const bringEnglish = (): Promise<void> =>
  (english ??= import("./english").then(
    ({ default: words }) => i18n.global.setLocaleMessage("en", words),
    error => {
      english = undefined;
      throw error;
    },
  ));
