// Which enterprise it is, across files, months and machines: as the engine's `EnterpriseKey` writes it.
import type { Who } from "./types";

const CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;
const LEFT_OUT = /[()·.,，"'“”\-—_\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u061c\u180e]/g;

/** A name as identity compares it: without spaces, brackets and dots, width and letters as one, 有限责任公司 as 有限公司. */
export function foldName(name: string): string {
  return name
    .replace(/[\uff01-\uff5e]/g, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[【〔﹙[{「]/g, "(")
    .replace(/[】〕﹚\]}」]/g, ")")
    .replace(/[•・]/g, "·")
    .replace(/\s/g, "")
    .replace(/[a-z]/g, c => c.toUpperCase())
    .replace(LEFT_OUT, "")
    .replaceAll("有限责任公司", "有限公司");
}
/** 湖北省 is 湖北, as intake has it. */
const shortProvince = (province: string): string =>
  province.trim().replace(/(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$/, "");

export const keyOf = ({ name, creditCode, province }: Who): string =>
  creditCode || `${foldName(name)}|${province ?? ""}`;

/** A key however somebody wrote it. */
export function canonical(text: string): string {
  const upper = text.trim().toUpperCase();
  if (CODE.test(upper)) return upper;
  const bar = text.lastIndexOf("|");
  return bar < 0 ? `${foldName(text)}|` : `${foldName(text.slice(0, bar))}|${shortProvince(text.slice(bar + 1))}`;
}
