// A table as delimited text that a spreadsheet program opens without running anything in it.

/** A text a spreadsheet would take for a formula, made safe: also behind blanks, and in full width. */
export function safe(text: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}
const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  cells.map(cell => (typeof cell === "number" ? String(cell) : quoted(safe(cell ?? "")))).join(",");

/** Lines as a file; the byte order mark makes spreadsheet programs read UTF-8. */
export const csvFile = (lines: readonly string[]): Blob =>
  new Blob(["\ufeff", ...lines.flatMap((line, i) => (i ? ["\r\n", line] : [line]))], { type: "text/csv;charset=utf-8" });
