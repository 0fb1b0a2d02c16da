// What a file is, by what is in it: its first words, its headings, its name. Where these do not tell, the person is asked.
import type { Preview } from "xiangma/slim";
import { ask } from "../../engine/engine";

export const KINDS = ["candidates", "residents", "outcomes", "ledger", "card", "chain", "ties", "officers", "projects"] as const;
export type What = (typeof KINDS)[number];
export interface Recognised {
  file: File;
  /** The likeliest. */
  what: What | "skip";
  /** Nothing speaks for another. */
  sure: boolean;
}

const BY_NAME: [What, RegExp][] = [
  ["residents", /落户|园区企业|驻园|入园|入驻|存量|本地企业|在园|resident/i],
  ["outcomes", /历史线索|往年|结果|成交记录|outcome/i],
  ["candidates", /候选|招商|目标企业|拟引|线索|candidate|lead/i],
];
const BY_HEADING: [What, RegExp][] = [
  ["projects", /^项目编号$|^包干专员$|^计划投产(日期|时间)$/],
  ["outcomes", /^(是否)?(已)?(落地|签约|成交|转化)(结果|与否|情况)?$|^(洽谈|对接|跟进|招商|最终)结果$|^(outcome|converted|won)$/i],
  ["residents", /入园|入驻时间|落户时间|投产|亩均|厂房面积|用地面积|地块/],
];
/** So much tells what a text is. */
const HEAD = 4096;
/** A card or a chain is never longer. */
const MOST_DEFINITION = 4_000_000;

/** Of a text that is no table. */
async function definition(file: File): Promise<What | undefined> {
  const head = (await file.slice(0, HEAD).text()).replace(/^\ufeff/, "").trimStart();
  if (!head.startsWith("{") && !head.startsWith("[")) return undefined;
  if (/^\{\s*"format"\s*:\s*"xiangma-ledger"/.test(head)) return "ledger";
  if (file.size > MOST_DEFINITION) return undefined;
  try {
    const found = JSON.parse((await file.text()).replace(/^\ufeff/, "")) as Record<string, unknown> | Record<string, unknown>[];
    const one = Array.isArray(found) ? found[0] : found;
    if (one?.format === "xiangma-scorecard") return "card";
    const links = one?.links;
    if (typeof one?.id === "string" && Array.isArray(links) && typeof links[0] === "object") return "chain";
  } catch {
    // Lines of JSON, or a table that is broken: the engine says which.
  }
  return undefined;
}

/** Tables that are no lists of enterprises: by their first line, which has all of these. */
const BY_LINE: [What, string[]][] = [
  ["ties", ["甲方", "乙方"]],
  ["officers", ["专员", "上限"]],
  ["projects", ["项目编号", "项目名称"]],
];
async function byLine(file: File): Promise<What | undefined> {
  const head = await file.slice(0, HEAD).arrayBuffer();
  // A character may be cut at the end: that is no sign of another encoding.
  const utf8 = new TextDecoder().decode(head);
  const text = utf8.slice(0, -3).includes("\ufffd") ? new TextDecoder("gb18030").decode(head) : utf8;
  const cells = text.split(/[\r\n]/, 1)[0].split(/[,，;\t]/).map(cell => cell.replace(/^"|"$/g, "").trim());
  return BY_LINE.find(([, words]) => words.every(word => cells.includes(word)))?.[0];
}

function byHeadings(preview: Preview): What | undefined {
  const headings = preview.sheets.flatMap(s => s.columns.map(c => c.heading.trim()));
  return BY_HEADING.find(([, words]) => headings.some(h => words.test(h)))?.[0];
}

export async function recognise(file: File): Promise<Recognised> {
  const whole = (await definition(file)) ?? (await byLine(file));
  if (whole) return { file, what: whole, sure: true };
  const named = BY_NAME.find(([, words]) => words.test(file.name))?.[0];
  let headed: What | undefined;
  try {
    headed = byHeadings(await ask("preview", file));
  } catch {
    // What cannot be read is refused in words when it is opened.
  }
  const signals = new Set([named, headed].filter(x => x !== undefined));
  return { file, what: headed ?? named ?? "candidates", sure: signals.size === 1 };
}
