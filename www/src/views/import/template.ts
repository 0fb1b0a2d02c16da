// A table to be filled in: the headings that tell most, and one made-up row that shows how.
import { i18n } from "../../text/i18n";
import { fileName, save } from "../output/export";
import { Workbook } from "../output/workbook";

/** Headings and the made-up row are as lists in this country have them, whatever the language of the page. */
const COLUMNS: readonly [head: string, example: string, width: number][] = [
  ["企业名称", "示例光电有限公司", 26],
  ["统一社会信用代码", "", 22],
  ["登记状态", "存续", 10],
  ["成立日期", "2016-05-18", 12],
  ["注册资本", "5000万元人民币", 16],
  ["实缴资本", "3000万元人民币", 16],
  ["参保人数", "120", 10],
  ["所属省份", "湖北", 10],
  ["所属城市", "武汉", 10],
  ["企业资质", "高新技术企业|专精特新中小企业", 30],
  ["专利数量", "35", 10],
  ["主营产品", "光模块:0.6|光器件:0.3", 26],
  ["经营范围", "光模块、光器件的研发、制造与销售", 50],
  ["融资阶段", "", 12],
  ["股东信息", "", 20],
];

export async function giveTemplate(): Promise<void> {
  const { t } = i18n.global;
  const book = new Workbook();
  const list = book.sheet({
    name: "名单",
    columns: COLUMNS.map(([head, , width]) => ({ head, width })),
    frozen: 1,
  });
  list.add(COLUMNS.map(([, example]) => example));
  const how = book.sheet({ name: t("import.template.sheet"), columns: [{ head: "", width: 100 }], text: true });
  for (const line of ["row", "name", "more", "unknown", "personal"]) how.add([t(`import.template.${line}`)]);
  save(await book.end(), `${fileName(t("import.template.file"))}.xlsx`);
}
