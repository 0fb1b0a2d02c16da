// The engine writes the card as Markdown of a few kinds: headings, tables, lists, paragraphs, a rule. Read here
// into what is drawn; texts
// stay texts, whatever a card's titles hold.
export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "table"; head: string[]; right: boolean[]; rows: string[][] }
  | { kind: "list"; items: string[] }
  | { kind: "rule" }
  | { kind: "text"; text: string };

const cells = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map(plain);
/** Without the marks of code and of what was escaped. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/`([^`]*)`/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, "$1");

export function blocks(text: string): Block[] {
  const found: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    const lines = part.split("\n").filter(l => l.trim());
    const [first] = lines;
    if (!first) continue;
    const heading = /^(#+)\s+(.*)$/.exec(first);
    if (heading) found.push({ kind: "heading", level: heading[1].length, text: plain(heading[2]) });
    else if (/^-{3,}$/.test(first.trim())) found.push({ kind: "rule" });
    else if (first.startsWith("|") && lines[1]?.startsWith("|"))
      found.push({
        kind: "table",
        head: cells(first),
        right: cells(lines[1]).map(c => c.endsWith(":")),
        rows: lines.slice(2).map(cells),
      });
    else if (lines.every(l => l.startsWith("- ")))
      found.push({ kind: "list", items: lines.map(l => plain(l.slice(2))) });
    else found.push({ kind: "text", text: lines.map(plain).join(" ") });
  }
  return found;
}
