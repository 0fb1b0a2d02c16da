// What the page says. A file `text/zh/<view>.json` holds the words under `<view>.`; those of `common.json` stand at the root.
import { createI18n } from "vue-i18n";
import { recall } from "../engine/disk";

type Words = { [key: string]: string | Words };
const zhFiles = import.meta.glob<Words>("./zh/*.json", { eager: true, import: "default" });
const enFiles = import.meta.glob<Words>("./en/*.json", { eager: true, import: "default" });

function joined(files: Record<string, Words>): Words {
  const all: Words = {};
  for (const [path, words] of Object.entries(files)) {
    const name = path.slice(path.lastIndexOf("/") + 1, -".json".length);
    Object.assign(all, name === "common" ? words : { [name]: words });
  }
  return all;
}

export const i18n = createI18n({
  legacy: false,
  locale: recall("lang") === "en" ? "en" : "zh",
  fallbackLocale: "zh",
  messages: { zh: joined(zhFiles), en: joined(enFiles) },
});
