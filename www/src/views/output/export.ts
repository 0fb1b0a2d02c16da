// The list as a file: what the screen says of each enterprise, no more sure than it is, and what it was made under.
import writeXlsxFile from "write-excel-file";
import type { RankedRow } from "xiangma/slim";
import { asOf, useDefinitions } from "../../engine/definitions";
import { ask } from "../../engine/engine";
import type { Exported } from "../../engine/protocol";
import { useSettings } from "../../engine/settings";
import { isSure } from "../ranking/rows";
import { useRanking } from "../ranking/store";

type Translate = (key: string) => string;
type Cell = string | number;

/** A text a spreadsheet would take for a formula, made safe: also behind blanks, and in full width. */
export function safe(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

interface Table {
  rows: Cell[][];
  /** What the list was made under, a line each. */
  about: [string, string][];
  /** Without an ending. */
  file: string;
}

async function table(t: Translate, zh: boolean): Promise<Table> {
  const [settings, { chains, links }, ranking] = [useSettings(), useDefinitions(), useRanking()];
  const query = ranking.query();
  const list: Exported = await ask("exported", query);
  const pick = (x: { zh: string; en: string } | undefined) => (x ? (zh ? x.zh : x.en) : "");
  const chain = settings.chain ? pick(chains.find(c => c.id === settings.chain)) : t("allChains");
  const vetoes = new Map((ranking.card?.vetoes ?? []).map(v => [v.id, pick(v.title)]));
  const counted = list.overview.criteria
    .map((c, i) => ({ c, i }))
    .filter(({ c }) => !list.overview.leftOut.includes(c.id));
  const status = (r: RankedRow) => (isSure(r) ? "confirmed" : r.evidence ? "unconfirmed" : "noPlace");
  const linkOf = (r: RankedRow) => (r.link ? pick(links.get(r.link)) : "");
  const header = [
    ...["rank", "name", "code", "place", "status"].map(key => t(`output.${key}`)),
    ...["link", "nearLink", "role", "strategy", "score", "low", "high", "coverage", "grade", "veto", "reasons"].map(
      key => t(`output.${key}`),
    ),
    ...counted.map(({ c }) => pick(c)),
    ...["asOf", "chain", "card", "signature"].map(key => t(`output.${key}`)),
  ];
  const about = [asOf, chain, pick(ranking.card?.title), list.signature];
  const cells = (r: RankedRow): Cell[] => [
    r.rank,
    r.name,
    r.creditCode ?? "",
    [r.province, r.city !== r.province && r.city].filter(Boolean).join(" "),
    t(`output.${status(r)}`),
    isSure(r) ? linkOf(r) : "",
    isSure(r) ? "" : linkOf(r),
    isSure(r) && r.role ? t(`role.${r.role}`) : "",
    isSure(r) && r.strategy ? t(`need.${r.strategy}`) : "",
    round(r.score),
    round(r.low),
    round(r.high),
    round(r.coverage),
    r.vetoes.length ? "" : r.grade === "ask" ? t("gradeAsk") : r.grade,
    r.vetoes.map(id => vetoes.get(id) ?? id).join(" "),
    r.reasons.map(pick).join(t("semicolon")),
    ...counted.map(({ i }) => r.points[i] / 100),
    ...about,
  ];
  const filtered = [
    query.filter.text,
    ...(query.filter.regions ?? []),
    ...(query.filter.links ?? []).map(id => pick(links.get(id))),
    ...(query.filter.needs ?? []).map(n => t(`need.${n}`)),
    ...(query.filter.grades ?? []).map(g => (g === "ask" ? t("gradeAsk") : g)),
  ].filter(x => x);
  const total = counted.reduce((sum, { c }) => sum + (query.weights?.[c.id] ?? c.weight), 0) || 1;
  return {
    rows: [header, ...list.rows.map(cells)],
    about: [
      ...["asOf", "chain", "card", "signature"].map((key, i): [string, string] => [t(`output.${key}`), about[i] ?? ""]),
      [t("regions"), settings.regions.join(t("and"))],
      [t("output.filter"), filtered.join(t("and"))],
      [t("output.rows"), String(list.rows.length)],
      ...counted.map(({ c }): [string, string] => [
        `${t("weight")} · ${pick(c)}`,
        `${((100 * (query.weights?.[c.id] ?? c.weight)) / total).toFixed(1)}%`,
      ]),
      ...list.overview.criteria
        .filter(c => list.overview.leftOut.includes(c.id))
        .map((c): [string, string] => [`${t("weight")} · ${pick(c)}`, t("notCounted")]),
    ],
    file: [t("title"), chain, asOf, list.signature.slice(0, 8)].join("-").replace(/[\\/:*?"<>|\s]+/g, "_"),
  };
}

const round = (x: number) => Math.round(x * 100) / 100;

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Some browsers begin to read only after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function exportCsv(t: Translate, zh: boolean): Promise<void> {
  const { rows, file } = await table(t, zh);
  const quote = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (value: Cell) => (typeof value === "number" ? String(value) : quote(safe(value)));
  // The byte order mark makes Excel read UTF-8.
  save(
    new Blob(["\ufeff", rows.map(row => row.map(cell).join(",")).join("\r\n")], { type: "text/csv;charset=utf-8" }),
    `${file}.csv`,
  );
}

/** Widths in characters; what is long is not shown whole. */
const width = (header: Cell) => Math.min(40, Math.max(10, 2 * String(header).length + 2));

export async function exportXlsx(t: Translate, zh: boolean): Promise<void> {
  const { rows, about, file } = await table(t, zh);
  // Cells of text stay text: nothing in them is ever a formula.
  const cell = (value: Cell) => (typeof value === "number" ? { value, type: Number } : { value, type: String });
  const [header, ...rest] = rows;
  const data = [
    [...header.map(value => ({ value, type: String, fontWeight: "bold" }))],
    ...rest.map(row => row.map(cell)),
  ];
  const options = {
    sheets: [t("output.list"), t("output.about")],
    columns: [header.map((h, i) => ({ width: i === 1 ? 32 : width(h) })), [{ width: 24 }, { width: 70 }]],
    stickyRowsCount: 1,
  };
  save(
    (await writeXlsxFile([data, about.map(row => row.map(cell))] as never, options as never)) as unknown as Blob,
    `${file}.xlsx`,
  );
}
