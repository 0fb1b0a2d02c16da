// What a model calls a feature, as a person says it.
import { useI18n } from "vue-i18n";
import { useDefinitions } from "../../engine/definitions";
import { amountOf } from "../../text/money";

const MADE = "enterprise:";

export function useFeatures(): {
  name: (feature: string) => string;
  value: (feature: string, cell: string) => string;
  isMade: (feature: string) => boolean;
} {
  const { t, te, locale } = useI18n();
  const definitions = useDefinitions();
  const one = (feature: string): string => {
    if (!feature.startsWith(MADE)) return feature;
    const its = feature.slice(MADE.length);
    if (its.startsWith("chain.")) {
      const chain = definitions.chains.find(c => c.id === its.slice("chain.".length));
      return t("learning.made.chain", { chain: chain ? (locale.value === "zh" ? chain.zh : chain.en) : its });
    }
    return te(`learning.made.${its}`) ? t(`learning.made.${its}`) : its;
  };
  const cell = (feature: string, text: string): string => {
    if (!text) return t("missing");
    const number = Number(text);
    switch (feature.startsWith(MADE) ? feature.slice(MADE.length) : "") {
      // Kept as logarithms: amounts in yuan, counts with one added.
      case "capital":
        return amountOf(10 ** number, "CNY", locale.value);
      case "staff":
      case "patents":
        return Math.round(10 ** number - 1).toLocaleString(t("numbers"));
      case "paid_ratio":
        return `${Math.round(100 * number)}%`;
      // Days since 1970.
      case "established":
        return new Date(number * 86_400_000).toISOString().slice(0, 10);
      case "role":
        return te(`role.${text}`) ? t(`role.${text}`) : t("noPlace");
      default:
        return text;
    }
  };
  // A pair of features is written with a cross between.
  const parts = (feature: string) => feature.split(" × ");
  return {
    name: feature => parts(feature).map(one).join(" × "),
    value: (feature, text) => {
      const [names, cells] = [parts(feature), text.split(" × ")];
      return names.length === cells.length ? names.map((n, i) => cell(n, cells[i])).join(" × ") : text;
    },
    isMade: feature => feature.startsWith(MADE),
  };
}
