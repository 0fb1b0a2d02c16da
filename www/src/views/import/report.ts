// What became of a file, in lines as a person says it: for the screen, for a workbook, for a file of its own.
import type { IntakeReport } from "xiangma/slim";
import type { Kind, Reported } from "../../engine/protocol";
import { i18n } from "../../text/i18n";
import type { Lines } from "../output/list";
import type { Cell } from "../output/workbook";

const { t, te } = i18n.global;
const known = (key: string): boolean => te(key) || te(key, "zh");
const many = (n: number): string => n.toLocaleString(t("numbers"));

/** Why a row or a cell was not understood. */
export const whySaid = (key: string): string => (known(`import.whys.${key}`) ? t(`import.whys.${key}`) : key);
/** What a column was read as. */
export const readAs = (as: string): string =>
  known(`import.read_as.${as}`) ? t(`import.read_as.${as}`) : known(`fields.${as}`) ? t(`fields.${as}`) : as;

/** The whole in sentences, the weightiest first. */
export function sentences(r: IntakeReport): string[] {
  const some = (key: string, n: number): string[] => (n ? [t(`import.said.${key}`, { n: many(n) })] : []);
  const unclear = Object.values(r.values).reduce((sum, v) => sum + v.notUnderstood, 0);
  return [
    t("import.said.read", { rows: many(r.rows), read: many(r.read) }),
    ...some("merged", r.merged),
    ...some("rejected", r.rejected.count),
    ...some("others", r.others.count),
    ...some("personal", r.personalCells),
    ...some("unclear", unclear),
    ...some("doubtful", r.doubtful.count),
    ...some("sameNames", r.sameNames.count),
    ...some("ragged", r.ragged.count),
    ...some("repairedQuotes", r.repairedQuotes.count),
    ...some("unreadable", r.unreadableCharacters),
  ];
}

/** One heading as it is quoted: a heading alone in a cell would look like one of a table. */
const quoted = (header: string): string => t("import.quoted", { text: header || t("import.noHeading") });

export function reportLines(kind: Kind, name: string, r: IntakeReport): Lines["rows"] {
  return [
    { cells: [`${t(kind)} · ${name}`], look: "title" },
    ...sentences(r).map(cell => ({ cells: [cell] })),
    { cells: [t("import.form", { format: r.format.toUpperCase(), encoding: r.encoding, row: r.headerRow })] },
    {
      cells: ["column", "as", "understood", "missing", "notUnderstood", "examples"].map(key => t(`import.columns.${key}`)),
      look: "head",
    },
    ...r.columns.map(({ header, as }) => {
      const v = r.values[as];
      const examples = (v?.examples ?? []).map(x =>
        t("import.exampleOf", { row: x.row, cell: x.cell, why: whySaid(x.reason) }),
      );
      return {
        cells: [
          quoted(header),
          t("import.asField", { field: readAs(as) }),
          ...(v ? [v.understood, v.missing, v.notUnderstood, examples.join(t("semicolon"))] : []),
        ],
      };
    }),
    ...r.rejected.first.map(x => ({ cells: [t("import.rowOf", { row: x.row }), whySaid(x.reason), "", "", "", x.seen] })),
  ];
}

/** Everything that is worth a look, a line each: what the screen shows the first of. */
export function reportCells(r: IntakeReport, all: Reported): Cell[][] {
  const kinds: [string, Cell[][]][] = [
    ...(["rejected", "others", "doubtful"] as const).map((key): [string, Cell[][]] => [
      key,
      all[key].map(x => [x.row, whySaid(x.reason), x.seen]),
    ]),
    ...(["merges", "sameNames"] as const).map((key): [string, Cell[][]] => [
      key,
      all[key].map(x => [x.row, t(`import.into.${key}`, { row: x.into }), x.name]),
    ]),
    ...(["ragged", "repairedQuotes"] as const).map((key): [string, Cell[][]] => [key, all[key].map(row => [row, "", ""])]),
  ];
  return [
    ["kind", "row", "why", "seen"].map(key => t(`import.csv.${key}`)),
    ...sentences(r).map((sentence): Cell[] => [t("import.csv.summary"), null, sentence, null]),
    ...r.columns.map(({ header, as }): Cell[] => [t("import.csv.column"), null, t("import.asField", { field: readAs(as) }), header]),
    ...kinds.flatMap(([key, rows]) => rows.map((row): Cell[] => [t(`import.csv.${key}`), ...row])),
    ...r.columns.flatMap(({ header, as }) =>
      (r.values[as]?.examples ?? []).map((x): Cell[] => [t("import.csv.unclear"), x.row, `${header} · ${whySaid(x.reason)}`, x.cell]),
    ),
  ];
}
