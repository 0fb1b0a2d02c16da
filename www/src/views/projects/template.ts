// A table of projects to be filled in: the headings an import knows, and one made-up row that shows how.
import { i18n } from "../../text/i18n";
import { csvFile, csvLine } from "../output/csv";
import { fileName, save } from "../output/export";

/** Headings are as zones in this country have them, whatever the language of the page. */
export const COLUMNS: readonly [head: string, example: string][] = [
  ["项目编号", "2026-001"],
  ["项目名称", "示例光模块产线"],
  ["投资主体", "示例光电有限公司"],
  ["项目类型", "供地类"],
  ["所属产业链", "光电"],
  ["片区", "一区"],
  ["总投资（亿元）", "12"],
  ["年税收（万元）", "6000"],
  ["年产值（亿元）", "20"],
  ["用地面积（亩）", "150"],
  ["年综合能耗", "3100"],
  ["就业人数", "300"],
  ["计划投产日期", "2028-06-30"],
  ["包干专员", "李、王"],
  ["引荐人", ""],
  ["交办领导", ""],
  ["电话核实", "是"],
  ["标签", ""],
  ["意向日期", "2026-03-02"],
  ["上会通过日期", "2026-04-10"],
  ["签约日期", ""],
  ["供地日期", ""],
  ["开工日期", ""],
  ["竣工日期", ""],
  ["投产日期", ""],
];

export function giveTemplate(): void {
  const lines = [COLUMNS.map(c => c[0]), COLUMNS.map(c => c[1])];
  save(csvFile(lines.map(csvLine)), `${fileName(i18n.global.t("projects.import.file"))}.csv`);
}
