// The list as a file, made in the worker: what the screen says of each enterprise, no more sure than it is, and what it was made under.
import type { Overview, RankedRow, Session } from "xiangma/slim";
import { csvFile, csvLine } from "./csv";
import { FACTS } from "./facts";
import { type Cell, type Column, type Look, MOST_ROWS, Workbook } from "./workbook";

/** The columns of the list, in their order. */
export const LIST = [
  ...["rank", "name", "code", "place", "status", "link", "nearLink", "role", "strategy", "score", "low", "high"],
  ...["coverage", "grade", "veto", "reasons", "asOf", "chain", "card", "signature"],
] as const;
/** A sheet that is a text, in lines. */
export interface Lines {
  name: string;
  rows: { cells: Cell[]; look?: Look }[];
}
/** All words of a file, in the language of the page. */
export interface Said {
  zh: boolean;
  columns: Record<string, string>;
  facts: string[];
  status: Record<"confirmed" | "unconfirmed" | "noPlace", string>;
  role: Record<string, string>;
  need: Record<string, string>;
  /** Links by id, and vetoes. */
  links: Record<string, string>;
  vetoes: Record<string, string>;
  gradeAsk: string;
  semicolon: string;
  sheets: { list: string; points: string; ask: string };
  /** Headings of the other sheets. The name has another heading there, so that only the list is read when the file is imported. */
  who: string;
  question: string;
  swing: string;
  /** The same in every row: the day, the chain, the card. */
  asOf: string;
  chain: string;
  card: string;
  /** Sheets of text at the end; `{signature}` in them becomes that of the list. */
  texts: Lines[];
}

/** Facts that stand among the columns of the list: the name and the credit code. */
const NAMED = 2;
/** Rows between two looks at how far it is. */
const SLICE = 2_000;
/** Questions an enterprise is told with. */
const QUESTIONS = 3;
/** Enterprises the questions are told of: those who can be asked. */
export const ASKED = 1_000;
const round = (x: number): number => Math.round(x * 100) / 100;

/** What stands of a candidate under `LIST`. */
function cellsOf(r: RankedRow, said: Said, signature: string): Cell[] {
  const { confirmed } = r;
  const link = r.link ? (said.links[r.link] ?? r.link) : "";
  const status = confirmed ? "confirmed" : r.evidence ? "unconfirmed" : "noPlace";
  return [
    r.rank,
    r.name,
    r.creditCode ?? "",
    [r.province, r.city !== r.province && r.city].filter(Boolean).join(" "),
    said.status[status],
    confirmed ? link : "",
    confirmed ? "" : link,
    confirmed && r.role ? said.role[r.role] : "",
    confirmed && r.strategy ? said.need[r.strategy] : "",
    ...[r.score, r.low, r.high, r.coverage].map(round),
    r.vetoes.length ? "" : r.grade === "ask" ? said.gradeAsk : r.grade,
    r.vetoes.map(id => said.vetoes[id] ?? id).join(said.semicolon),
    r.reasons.map(reason => (said.zh ? reason.zh : reason.en)).join(said.semicolon),
    ...[said.asOf, said.chain, said.card, signature],
  ];
}

/** Goes through the list in slices, best first, and says how far it is. */
function* slices(session: Session, tell: (share: number) => void): Generator<RankedRow[]> {
  const rows = session.top(0xffffffff);
  for (let from = 0; from < rows.length; from += SLICE) {
    yield session.rows(rows.subarray(from, from + SLICE));
    tell(Math.min(1, (from + SLICE) / rows.length));
  }
}
/** The criteria that count, by their place. */
const counted = ({ criteria, leftOut }: Overview): number[] =>
  criteria.flatMap(({ id }, i) => (leftOut.includes(id) ? [] : [i]));
const titleOf = (overview: Overview, i: number, zh: boolean): string =>
  zh ? overview.criteria[i].zh : overview.criteria[i].en;

export function listAsCsv(session: Session, overview: Overview, said: Said, tell: (share: number) => void): Blob {
  const [criteria, signature] = [counted(overview), session.signature()];
  const head = [...LIST.map(key => said.columns[key]), ...criteria.map(i => titleOf(overview, i, said.zh))];
  const lines = [csvLine(head)];
  for (const rows of slices(session, tell))
    for (const r of rows) lines.push(csvLine([...cellsOf(r, said, signature), ...criteria.map(i => r.points[i] / 100)]));
  return csvFile(lines);
}

const WIDTHS: Partial<Record<(typeof LIST)[number], number>> = {
  ...{ rank: 7, name: 34, code: 22, place: 16, status: 10, link: 20, nearLink: 20, reasons: 70, veto: 20 },
  ...{ asOf: 12, chain: 14, card: 20, signature: 20 },
};
const FIGURES = ["score", "low", "high", "coverage"];
/** Columns, and facts by their place, whose texts are few. */
const REPEATED = ["place", "status", "link", "nearLink", "role", "strategy", "grade", "veto", "asOf", "chain", "card", "signature"];
const REPEATED_FACTS = ["status", "kind", "size", "province", "city", "county", "industry", "qualifications", "listing"];

export async function listAsBook(
  session: Session,
  overview: Overview,
  weights: readonly number[],
  said: Said,
  tell: (share: number) => void,
): Promise<Blob> {
  if (session.list(0).total > MOST_ROWS)
    throw Object.assign(new Error(`a sheet holds ${MOST_ROWS} rows`), { code: "TOO_MANY_ROWS" });
  const [criteria, signature] = [counted(overview), session.signature()];
  const book = new Workbook();
  const column = (key: (typeof LIST)[number]): Column => ({
    head: said.columns[key],
    width: WIDTHS[key] ?? 11,
    look: FIGURES.includes(key) ? "points" : "plain",
    repeats: REPEATED.includes(key),
  });
  const facts = FACTS.map((key, i): Column => ({ head: said.facts[i], width: 16, grouped: true, repeats: REPEATED_FACTS.includes(key) }));
  const list = book.sheet({ name: said.sheets.list, columns: [...LIST.map(column), ...facts], frozen: 2 });
  const who: Column[] = [column("rank"), { head: said.who, width: 34 }];
  const all = weights.reduce((a, b) => a + b, 0) || 1;
  const share = (i: number): string => ((100 * weights[i]) / all).toFixed(1);
  const points = book.sheet({
    name: said.sheets.points,
    columns: [
      ...who,
      column("score"),
      ...criteria.map((i): Column => ({ head: `${titleOf(overview, i, said.zh)} ${share(i)}%`, width: 15, look: "points" })),
    ],
    frozen: 2,
  });
  const ask = book.sheet({
    name: said.sheets.ask,
    columns: [
      ...who,
      column("status"),
      { head: said.question, width: 60, look: "wrapped" },
      { head: said.swing, width: 14, look: "points" },
    ],
    frozen: 2,
  });
  let asked = 0;
  for (const rows of slices(session, tell)) {
    const facts = session.cells(rows.map(r => r.row)).rows;
    for (const [i, r] of rows.entries()) {
      const cells = cellsOf(r, said, signature);
      list.add([...cells, ...facts[i].slice(NAMED)]);
      points.add([r.rank, r.name, round(r.score), ...criteria.map(c => r.points[c] / 100)]);
      if (r.vetoes.length || asked++ >= ASKED) continue;
      for (const q of session.detail(r.row)?.questions.slice(0, QUESTIONS) ?? [])
        ask.add([r.rank, r.name, cells[LIST.indexOf("status")], said.zh ? q.zh : q.en, round(q.swing)]);
    }
    await book.ready();
  }
  for (const { name, rows } of said.texts) {
    const sheet = book.sheet({ name, columns: [{ head: "", width: 30 }, { head: "", width: 30 }, ...Array.from({ length: 4 }, () => ({ head: "", width: 14 }))], text: true });
    for (const { cells, look } of rows)
      sheet.add(
        cells.map(cell => (cell === "{signature}" ? signature : cell)),
        () => look ?? "plain",
      );
  }
  return book.end();
}
