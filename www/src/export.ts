// The list as a file. Cells a spreadsheet would take for a formula are made safe.
import writeXlsxFile from "write-excel-file";
import type { RankedRow } from "xiangma/slim";
import { ask } from "./engine";
import { links } from "./state";

type Translate = (key: string) => string;

export function safe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

async function table(t: Translate, zh: boolean): Promise<(string | number)[][]> {
  const header = ["rank", "name", "place", "link", "strategy", "score", "low", "high", "coverage", "grade", "veto", "reasons"].map(t);
  const pick = (x: { zh: string; en: string } | undefined) => (x ? (zh ? x.zh : x.en) : "");
  const cells = (r: RankedRow) => [
    r.rank, safe(r.name), [r.province, r.city].filter(Boolean).join(" "), r.link ? pick(links.value.get(r.link)) : "", r.strategy ? t(`need.${r.strategy}`) : "",
    round(r.score), round(r.low), round(r.high), round(r.coverage), r.grade === "ask" ? t("gradeAsk") : r.grade, r.vetoes.join(" "), safe(r.reasons.map(pick).join("；")),
  ];
  return [header, ...(await ask("all")).map(cells)];
}

const round = (x: number) => Math.round(x * 100) / 100;

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export async function exportCsv(t: Translate, zh: boolean): Promise<void> {
  const quote = (cell: string | number) => (typeof cell === "string" && /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell));
  const text = (await table(t, zh)).map((row) => row.map(quote).join(",")).join("\r\n");
  // The byte order mark makes Excel read UTF-8.
  save(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), "xiangma.csv");
}

export async function exportXlsx(t: Translate, zh: boolean): Promise<void> {
  const rows = await table(t, zh);
  const data = rows.map((row) => row.map((value) => (typeof value === "number" ? { value, type: Number } : { value, type: String })));
  save((await writeXlsxFile(data as never, {} as never)) as unknown as Blob, "xiangma.xlsx");
}
