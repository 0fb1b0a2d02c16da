// The sheet of the half month as rows of text: what the screen shows, for a spreadsheet program and for paper.
import type { Meeting, MeetingProject } from "xiangma/slim";
import { csvFile, csvLine } from "../output/csv";
import { fileName, save } from "../output/export";
import { Workbook } from "../output/workbook";
import type { Words } from "./words";

export const COLUMNS = ["late", "due", "toBegin", "done", "next"] as const;
const WIDTHS = [14, 26, 14, 10, 30, 30, 30, 30, 30];

export function slackSaid(p: MeetingProject, { t, many }: Words): string {
  const key = p.slack < 0 ? "short" : p.slack ? "spare" : "exact";
  return t(`projects.meeting.${key}`, { n: many(Math.abs(p.slack)) }) + (p.estimated ? t("projects.estimated") : "");
}
export function headings({ t }: Words): string[] {
  return [...["number", "name", "officers", "slack"], ...COLUMNS].map(c => t(`projects.meeting.columns.${c}`));
}
export function rowsOf(meeting: Meeting, words: Words): string[][] {
  const { list, task } = words;
  return meeting.projects.map(p => [
    ...[p.project, p.name, list(p.officers), slackSaid(p, words)],
    ...COLUMNS.map(c => list(p[c].map(task))),
  ]);
}
export async function exportMeeting(meeting: Meeting, words: Words, format: "csv" | "xlsx"): Promise<void> {
  const { t } = words;
  const [heads, rows] = [headings(words), rowsOf(meeting, words)];
  const name = `${fileName(t("projects.meeting.title"), ...meeting.days)}.${format}`;
  if (format === "csv") {
    save(csvFile([heads, ...rows].map(csvLine)), name);
    return;
  }
  const book = new Workbook();
  const columns = heads.map((head, i) => ({ head, width: WIDTHS[i], look: "wrapped" as const }));
  const sheet = book.sheet({ name: t("projects.meeting.title"), columns, frozen: 2 });
  for (const row of rows) sheet.add(row);
  save(await book.end(), name);
}
