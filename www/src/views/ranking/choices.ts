// What can be chosen to narrow the list, with how many there would be; and what is chosen, in words.
import { storeToRefs } from "pinia";
import { computed } from "vue";
import { useDefinitions } from "../../engine/definitions";
import type { Choice } from "../../parts/choice";
import { useText } from "../../text/useText";
import { LISTS, type ListKey, TYPED } from "./filter";
import { useRanking } from "./store";

const ORDER: Partial<Record<ListKey, readonly string[]>> = {
  needs: ["fill", "extend", "strengthen", "establish", "none"],
  roles: ["maker", "developer", "operator", "service", "trader"],
  sizes: ["large", "medium", "small", "micro"],
};

export function useChoices() {
  const { t, te, pick, list } = useText();
  const ranking = useRanking();
  const { links } = storeToRefs(useDefinitions());
  const said: Record<ListKey, (value: string) => string> = {
    links: v => pick(links.value.get(v)) || v,
    needs: v => t(`need.${v}`),
    regions: v => v,
    roles: v => t(`role.${v}`),
    grades: v => (v === "ask" ? t("gradeAsk") : v),
    qualifications: v => (te(`ranking.qualifications.${v}`) ? t(`ranking.qualifications.${v}`) : v),
    sizes: v => (te(`ranking.sizes.${v}`) ? t(`ranking.sizes.${v}`) : v),
  };
  /** The properties worth choosing by: those with more than one value, or chosen already. */
  const choices = computed(() =>
    LISTS.map(key => {
      const counts = (ranking.facets?.[key] ?? []).filter(c => c.value);
      // What is chosen stays to be seen, and to be taken back, where nobody has it.
      const gone = ranking.filter[key].filter(v => !counts.some(c => c.value === v));
      const none = gone.map(value => ({ value, count: 0 }));
      const order = key === "grades" ? [...(ranking.shownCard?.grades ?? []).map(g => g.name), "ask"] : ORDER[key];
      const all = [...counts, ...none];
      if (order) all.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
      return { key, choices: all.map((c): Choice => ({ value: c.value, label: said[key](c.value), count: c.count })) };
    }).filter(p => p.choices.length > 1 || ranking.filter[p.key].length),
  );
  interface Chip {
    key: string;
    label: string;
    drop: () => void;
  }
  /** A word for everything in force, each with a way to take it back. */
  const chips = computed<Chip[]>(() => {
    const f = ranking.filter;
    const lists = LISTS.filter(key => f[key].length).map((key): Chip => ({
      key,
      label: t("ranking.chip", { what: t(`ranking.filter.${key}`), is: list(f[key].map(said[key])) }),
      drop: () => void (f[key] = []),
    }));
    const label = t("ranking.chip", { what: t("parts.find"), is: f.text.trim() });
    const text: Chip[] = f.text.trim() ? [{ key: "text", label, drop: () => void (f.text = "") }] : [];
    const typed = TYPED.filter(key => f[key].trim()).map((key): Chip => ({
      key,
      label: t(`ranking.typed.${key}`, { n: f[key].trim() }),
      drop: () => void (f[key] = ""),
    }));
    return [...text, ...lists, ...typed];
  });
  return { choices, chips };
}
