// Sentences of an enterprise, made of what the engine says.
import type { Detail } from "xiangma/slim";
import type { Text } from "../../text/useText";
import type { Beside, EnterpriseOf } from "./useEnterprise";

/** 主业 from half of the business on, 兼营 under a fifth; between, neither is said. */
export type Share = "main" | "aside" | "";
/** Built before the engine said it, a match has no focus. */
export function shareOf(match: { focus?: number } | undefined): Share {
  const focus = match?.focus;
  return focus === undefined ? "" : focus >= 50 ? "main" : focus < 20 ? "aside" : "";
}

/** So many are named; the rest are counted. */
const NAMED = 3;
/** Residents of some links by name, each once, and how many they are in all. */
export function residents(at: readonly Beside[]): { names: string[]; count: number } {
  const names = [...new Set(at.flatMap(b => b.state?.examples ?? []))];
  const listed = at.reduce((sum, b) => sum + (b.state?.residents ?? 0), 0);
  return { names: names.slice(0, NAMED), count: Math.max(names.length, listed) };
}
/** “A、B 等 5 家”. */
export function named({ t, list, many }: Text, { names, count }: { names: string[]; count: number }): string {
  return count > names.length ? t("enterprise.among", { names: list(names), n: many(count) }) : list(names);
}

/** What is said of it in one sentence; what is bold is the answer to whom it would serve. */
export interface Judgement {
  text: string;
  bold: string;
  after: string;
}
export function judgement(text: Text, its: EnterpriseOf, vetoes: string[]): Judgement {
  const { t, pick, list } = text;
  const plain = (said: string): Judgement => ({ text: said, bold: "", after: "" });
  const detail = its.detail.value;
  if (!detail) return plain("");
  if (vetoes.length) return plain(t("enterprise.judged.veto", { why: list(vetoes) }));
  const found = its.main.value;
  const link = pick(found?.name);
  if (!detail.confirmed)
    return plain(
      found
        ? t("enterprise.judged.near", { link, why: pick(found.match.doubt) })
        : pick(detail.reasons.find(r => r.key === "no_place")) || t("noPlace"),
    );
  const share = shareOf(found?.match);
  const role = detail.role ? t(`role.${detail.role}`) : "";
  const stands = t(`enterprise.judged.${share || "stands"}`, { link, role });
  const own = its.own.value;
  if (!own) return plain(t("enterprise.judged.alone", { stands }));
  const park = own.residents
    ? t("enterprise.judged.has", { n: own.residents, names: list(own.examples.slice(0, NAMED)) })
    : t("enterprise.judged.empty");
  const [down, up] = [residents(its.downstream.value), residents(its.upstream.value)];
  const whom = down.count ? down : up;
  if (!whom.count) return plain(t("enterprise.judged.park", { stands, park }));
  const key = down.count ? "serves" : "buys";
  return {
    text: t(`enterprise.judged.${key}`, { stands, park }),
    bold: named(text, whom),
    after: t(`enterprise.judged.${key}End`),
  };
}

const AGAINST = ["near_miss", "no_place", "doubtful", "veto"];
const TOLD_ELSEWHERE = ["unknown", "place", "promising"];
/** Reasons as sentences: what speaks for it, and what is to be heeded. */
export function reasonsOf(detail: Detail): { strong: Detail["reasons"]; heed: Detail["reasons"] } {
  return {
    strong: detail.reasons.filter(r => !AGAINST.includes(r.key) && !TOLD_ELSEWHERE.includes(r.key)),
    heed: detail.reasons.filter(r => AGAINST.includes(r.key)),
  };
}
