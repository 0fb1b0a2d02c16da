// What a column of outcomes and one of dates are usually called.
import type { TableColumn } from "xiangma/slim";

const OUTCOME = /结果|落地|签约|转化|成交|outcome|convert|result|won/i;
const CONTACT_DAY = /(接触|走访|拜访|联系|洽谈).*(日期|时间)|contact.*(date|day)/i;

/** An outcome has few values, and its heading often says so; the last such column is the likeliest. */
export function likelyOutcome(columns: readonly TableColumn[]): string {
  const few = columns.filter(c => c.values.length >= 2 && c.values.length <= 6);
  return (few.filter(c => OUTCOME.test(c.name)).at(-1) ?? few.at(-1))?.name ?? "";
}
/** The day somebody was contacted: the newest are kept for the trial. */
export const likelyDate = (columns: readonly TableColumn[], outcome: string): string =>
  columns.find(c => c.name !== outcome && CONTACT_DAY.test(c.name))?.name ?? "";
