// What is said of projects: fields, phases, days, refusals.
import type { EngineError } from "../../engine/protocol";
import { useDefinitions } from "../../engine/definitions";
import { useLeads } from "../../ledger/store";
import { amountOf } from "../../text/money";
import { type Text, useText } from "../../text/useText";
import { useProjects } from "./store";

interface Money {
  amount: number;
  currency: string;
}
/** The fields of a project that can be written, as they stand on its page. */
export const GROUPS = {
  what: ["name", "enterprise", "founding", "kind", "chain", "link", "district", "target"],
  size: ["investment", "tax", "output", "land", "energy", "jobs"],
  who: ["officers", "introducer", "ordered_by", "contact_verified", "tags", "documents"],
  admission: [
    ...(["fixed_investment", "revenue", "added_value", "research", "policy_class"] as const),
    ...(["two_highs", "heavy_metals", "nitrogen_phosphorus", "high_voc"] as const),
  ],
} as const;
export type Field = (typeof GROUPS)[keyof typeof GROUPS][number];
export const CLASSES = ["encouraged", "allowed", "restricted", "eliminated"] as const;
/** Answered by yes or no. */
export const FLAGS: readonly string[] = ["contact_verified", "two_highs", "heavy_metals", "nitrogen_phosphorus", "high_voc"];
const MONEY = ["investment", "fixed_investment", "tax", "output", "revenue", "added_value", "research"] as const;
/** In what the figures of an appraisal are. */
export const FACT_UNITS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MONEY.map(fact => [fact, "wan"])),
  ...Object.fromEntries(MONEY.map(fact => [`${fact}_per_mu`, "wanPerMu"])),
  ...{ land: "mu", energy: "coal", jobs: "people" },
  ...{ energy_per_output: "coalPerWan", added_value_per_energy: "wanPerCoal", labour_productivity: "wanPerPerson" },
};
export const KINDS = ["land_supply", "lease", "fund", "expansion"] as const;

const isMoney = (x: unknown): x is Money => typeof x === "object" && x !== null && "amount" in x;
const nameOf = (x: unknown): string =>
  typeof x === "object" && x !== null && "name" in x ? String(x.name) : String(x);

/** A value as it is typed again. */
export function typed(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(nameOf).join("、");
  if (typeof value === "boolean") return value ? "是" : "否";
  if (isMoney(value)) {
    const [size, unit] = value.amount >= 1e8 ? [1e8, "亿"] : value.amount >= 1e4 ? [1e4, "万"] : [1, ""];
    const name = new Intl.DisplayNames(["zh-CN"], { type: "currency" }).of(value.currency);
    return `${value.amount / size}${unit}${value.currency === "CNY" ? "元" : name}`;
  }
  return String(value);
}

export interface Words extends Text {
  money: (m: Money | null) => string;
  /** The name of an enterprise: as the ledger has it, else as its key tells; of a credit code, the code. */
  firm: (key: string | null | undefined) => string;
  chain: (id: string | null | undefined) => string;
  link: (id: string | null | undefined) => string;
  phase: (id: string | null | undefined) => string;
  event: (id: string | null | undefined) => string;
  clock: (id: string) => string;
  task: (id: string) => string;
  /** A day; of another year, whole. */
  when: (iso: string | null | undefined) => string;
  value: (field: string, value: unknown) => string;
  field: (field: string) => string;
  refusal: (error: EngineError | undefined, field?: string) => string;
  percent: (share: number | null | undefined) => string;
}

export function useWords(): Words {
  const text = useText();
  const { t, te, isZh, pick, day, many } = text;
  const [projects, definitions, leads] = [useProjects(), useDefinitions(), useLeads()];
  const firm = (key: string | null | undefined): string => (key ? leads.of(key)?.name || key.split("|")[0] : "");
  const year = new Date().getFullYear().toString();
  const named = (all: readonly { id: string; zh: string; en: string }[] | undefined, id: string | null | undefined) =>
    (id && (pick(all?.find(x => x.id === id)) || id)) || "";
  const money = (m: Money | null): string => (m ? amountOf(m.amount, m.currency, isZh.value ? "zh" : "en") : "");
  const when = (iso: string | null | undefined): string => (iso ? (iso.startsWith(year) ? day(iso) : iso) : "");
  const rules = () => projects.board?.phases;
  function value(field: string, its: unknown): string {
    if (its === null || its === undefined || its === "") return "";
    if (isMoney(its)) return money(its);
    if (field === "kind") return te(`projects.kinds.${its}`) ? t(`projects.kinds.${its}`) : String(its);
    if (field === "chain") return named(definitions.chains, String(its));
    if (field === "link") return named([...definitions.links.values()], String(its));
    if (field === "event") return named(rules()?.events, String(its));
    if (field === "policy_class") return te(`projects.classes.${its}`) ? t(`projects.classes.${its}`) : String(its);
    if (FLAGS.includes(field)) return t(its ? "projects.yes" : "projects.no");
    if (field === "enterprise") {
      const [name, key] = [firm(String(its)), String(its)];
      return key.includes("|") || name === key ? name : `${name} ${key}`;
    }
    if (field === "energy" && typeof its === "number") return t("projects.tonnes", { n: many(its) });
    if (field === "jobs" && typeof its === "number") return t("projects.people", { n: many(its) });
    if (field === "land" && !isZh.value) return String(its).replace("亩", " mu");
    if (/^(day|target|raised|assigned|due|closed)$/.test(field)) return when(String(its));
    if (Array.isArray(its)) return text.list(its.map(nameOf));
    return String(its);
  }
  return {
    ...text,
    ...{ money, when, value, firm },
    chain: id => named(definitions.chains, id),
    link: id => named([...definitions.links.values()], id),
    phase: id => (id ? named(rules()?.phases, id) : t("projects.noPhase")),
    event: id => named(rules()?.events, id),
    clock: id => named(rules()?.clocks, id),
    task: id => named(projects.board?.tasks.tasks, id),
    field: field => (te(`projects.fields.${field}`) ? t(`projects.fields.${field}`) : field),
    refusal(error, field = error?.column) {
      if (!error) return "";
      if (error.code !== "BAD_LEDGER" && error.code !== "BAD_ARGUMENT") return error.message;
      if (!isZh.value) return error.message;
      return field && te(`projects.refused.${field}`) ? t(`projects.refused.${field}`) : t("projects.refused.other");
    },
    percent: share =>
      share === null || share === undefined ? t("projects.unknown") : `${(100 * share).toFixed(share === 1 ? 0 : 1)}%`,
  };
}
