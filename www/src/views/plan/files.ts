// Templates of the files the plan asks for, and tables it hands out.
import { asOf } from "../../engine/definitions";
import { ask } from "../../engine/engine";
import type { TableFile } from "../../engine/planProtocol";
import { useEngine } from "../../engine/store";
import { i18n } from "../../text/i18n";
import { csvFile, csvLine } from "../output/csv";
import { fileName, save } from "../output/export";

/** Headings and made-up rows are as lists in this country have them, whatever the language of the page. */
export const WANTED = {
  ties: {
    columns: ["甲方", "乙方", "关系", "来源", "可信度", "个人"],
    rows: [
      ["示例园区光电有限公司", "示例光学材料有限公司", "供应", "2025年年报", "90", ""],
      ["本园区", "示例张某", "乡贤", "商会名册", "70", "是"],
    ],
  },
  officers: {
    columns: ["专员", "上限", "产业链", "区域", "语种"],
    rows: [
      ["示例甲", "12", "集成电路、光电子", "江苏、上海", ""],
      ["示例乙", "8", "", "广东", "英语"],
    ],
  },
  earlier: {
    columns: ["企业名称", "统一社会信用代码", "登记状态", "所属省份", "所属城市", "注册资本", "参保人数"],
    rows: [["示例园区光电有限公司", "", "存续", "浙江", "金华", "5000万元", "120"]],
  },
  sheets: { columns: ["专家", "编号", "企业名称", "评分"], rows: [] },
  edition: { columns: [], rows: [] },
} as const;
export type Wanted = keyof typeof WANTED;

export function giveTemplate(of: Wanted): void {
  const { columns, rows } = WANTED[of];
  const name = i18n.global.t(`plan.files.${of}.file`);
  save(csvFile([csvLine(columns), ...rows.map(row => csvLine(row))]), `${fileName(name)}.csv`);
}

/** Writes tables as a file; in CSV the first of them. */
export function giveTable(format: "csv" | "xlsx", sheets: TableFile[]): Promise<boolean> {
  return useEngine().guarded("exporting", async () => {
    const file = await ask("tableFile", format, sheets);
    save(file, `${fileName(i18n.global.t("title"), sheets[0].name, asOf)}.${format}`);
  });
}
