// The list as a file: what it is made under and all its words are gathered here; the worker writes it.
import type { Filter, Reason } from "xiangma/slim";
import { asOf, useDefinitions } from "../../engine/definitions";
import { ask } from "../../engine/engine";
import { useFiles } from "../../engine/files";
import { useSettings } from "../../engine/settings";
import { useEngine } from "../../engine/store";
import { i18n } from "../../text/i18n";
import { reportLines } from "../import/report";
import { useRanking } from "../ranking/store";
import { FACTS } from "./facts";
import { ASKED, LIST, type Lines, type Said } from "./list";

export type Format = "csv" | "xlsx";
/** What the list on the screen lets through, or every candidate. */
export type Scope = "filtered" | "all";
const ROLES = ["maker", "developer", "operator", "service", "trader"];
const NEEDS = ["fill", "extend", "strengthen", "establish", "none"];
const STATUSES = ["confirmed", "unconfirmed", "noPlace"];
const { t, locale } = i18n.global;
const isZh = (): boolean => locale.value === "zh";
const pick = (of: Pick<Reason, "zh" | "en"> | undefined): string => (of ? (isZh() ? of.zh : of.en) : "");
const byKey = (keys: readonly string[], say: (key: string) => string): Record<string, string> =>
  Object.fromEntries(keys.map(key => [key, say(key)]));

/** A filter in words. */
export function filterSaid(filter: Filter): string {
  const { links } = useDefinitions();
  const amount = (yuan: number | undefined): string => (yuan === undefined ? "" : String(yuan / 10_000));
  const range = (key: string, from: string, to: string): string =>
    from || to ? t(`output.ranges.${key}`, { from: from || "–", to: to || "–" }) : "";
  return [
    filter.text,
    ...(filter.regions ?? []),
    ...(filter.links ?? []).map(id => pick(links.get(id))),
    ...(filter.roles ?? []).map(r => t(`role.${r}`)),
    ...(filter.needs ?? []).map(n => t(`need.${n}`)),
    ...(filter.grades ?? []).map(g => (g === "ask" ? t("gradeAsk") : g)),
    ...(filter.standings ?? []).map(s => t(`output.standings.${s}`)),
    ...(filter.qualifications ?? []).map(q => t(`output.qualifications.${q}`)),
    ...(filter.sizes ?? []).map(s => t(`output.sizes.${s}`)),
    range("capital", amount(filter.capitalFrom), amount(filter.capitalTo)),
    range("score", String(filter.scoreFrom ?? ""), String(filter.scoreTo ?? "")),
    range("founded", filter.foundedFrom ?? "", filter.foundedTo ?? ""),
    filter.hideVetoed ? t("output.withoutVetoed") : "",
  ]
    .filter(x => x)
    .join(t("and"));
}

/** What the list is made under, in lines. */
function cardLines(filter: Filter): Lines {
  const [settings, ranking, { chains }] = [useSettings(), useRanking(), useDefinitions()];
  const overview = ranking.overview;
  const all = ranking.weights.reduce((a, b) => a + b, 0) || 1;
  const chain = settings.chain ? pick(chains.find(c => c.id === settings.chain)) : t("allChains");
  const fact = (key: string, value: string | number): Lines["rows"][number] => ({
    cells: [t(`output.about.${key}`), value],
  });
  return {
    name: t("output.sheets.card"),
    rows: [
      { cells: [pick(ranking.shownCard?.title)], look: "title" },
      fact("revision", ranking.shownCard?.revision ?? ""),
      fact("weights", t(ranking.moved ? "output.about.moved" : "output.about.own")),
      fact("signature", "{signature}"),
      fact("asOf", asOf),
      fact("chain", chain),
      fact("regions", settings.regions.join(t("and")) || t("output.about.noRegions")),
      fact("filter", filterSaid(filter) || t("output.about.noFilter")),
      { cells: [] },
      { cells: [t("output.about.criterion"), t("output.about.weight")], look: "head" },
      ...(overview?.criteria ?? []).map((c, i): Lines["rows"][number] =>
        overview?.leftOut.includes(c.id)
          ? { cells: [pick(c), t("notCounted")] }
          : { cells: [pick(c), ranking.weights[i] / all], look: "share" },
      ),
      { cells: [] },
      { cells: [t("output.about.how")] },
      { cells: [t("output.about.asked", { n: ASKED })] },
      { cells: [t("output.about.again")] },
    ],
  };
}

function said(filter: Filter): Said {
  const [settings, ranking, { chains, links }] = [useSettings(), useRanking(), useDefinitions()];
  return {
    zh: isZh(),
    columns: byKey(LIST, key => t(`output.columns.${key}`)),
    facts: FACTS.map(key => t(`output.facts.${key}`)),
    status: byKey(STATUSES, key => t(`output.status.${key}`)) as Said["status"],
    role: byKey(ROLES, key => t(`role.${key}`)),
    need: byKey(NEEDS, key => t(`need.${key}`)),
    links: Object.fromEntries([...links].map(([id, link]) => [id, pick(link)])),
    vetoes: Object.fromEntries((ranking.shownCard?.vetoes ?? []).map(v => [v.id, pick(v.title)])),
    gradeAsk: t("gradeAsk"),
    semicolon: t("semicolon"),
    sheets: { list: t("output.sheets.list"), points: t("output.sheets.points"), ask: t("output.sheets.ask") },
    who: t("output.who"),
    question: t("output.question"),
    swing: t("output.swing"),
    asOf,
    chain: settings.chain ? pick(chains.find(c => c.id === settings.chain)) : t("allChains"),
    card: pick(ranking.shownCard?.title),
    texts: [cardLines(filter), intakeLines()],
  };
}

/** What became of the files. */
function intakeLines(): Lines {
  const { files, reports } = useFiles();
  const rows = (["candidates", "residents"] as const).flatMap(kind => {
    const report = reports[kind];
    return report ? [...reportLines(kind, files[kind]?.name ?? "", report), { cells: [] }] : [];
  });
  return { name: t("output.sheets.intake"), rows };
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Some browsers begin to read only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
/** A name no file system refuses, without an ending. */
export const fileName = (...parts: string[]): string => parts.join("-").replace(/[\\/:*?"<>|\s]+/g, "_");

/** Writes the list; true when it is there. */
export function exportList(format: Format, scope: Scope = "filtered"): Promise<boolean> {
  return useEngine().guarded("exporting", async () => {
    const query = useRanking().query();
    if (scope === "all") query.filter = {};
    const words = said(query.filter);
    const { file, signature } = await ask("listFile", query, format, words);
    save(file, `${fileName(t("title"), words.chain, asOf, signature.slice(0, 8))}.${format}`);
  });
}
export const exportCsv = (): Promise<boolean> => exportList("csv");
export const exportXlsx = (): Promise<boolean> => exportList("xlsx");
