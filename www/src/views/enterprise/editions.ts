// Lists of before that are loaded: where an enterprise stood in each. A list is long, so only the line that is asked for is read.
import { defineStore } from "pinia";
import { shallowRef } from "vue";
import { whenCleared } from "../../engine/clearing";

export interface Edition {
  /** The day it was judged by. */
  day: string;
  /** Ranks compare only under one. */
  signature: string;
  text: string;
}
export interface Stood {
  rank: number;
  score: string;
}
interface Line extends Stood {
  name: string;
  credit_code?: string | null;
}
type Who = { name: string; creditCode: string | null };

/** Nothing where the text is no list kept by this page. */
export function editionOf(text: string): Edition | undefined {
  try {
    const head = JSON.parse(text.slice(0, text.indexOf("\n"))) as {
      format?: unknown;
      signature?: string;
      basis?: { as_of?: string };
    };
    const [day, signature] = [head.basis?.as_of, head.signature];
    return head.format === "xiangma-edition" && day && signature ? { day, signature, text } : undefined;
  } catch {
    return undefined;
  }
}

/** Where somebody stood: by the credit code, else by the name, unless another code says that it is somebody else. */
export function stoodIn({ text }: Edition, who: Who): Stood | undefined {
  const marks = [who.creditCode && `"credit_code":"${who.creditCode}"`, `"name":${JSON.stringify(who.name)}`];
  for (const mark of marks) {
    if (!mark) continue;
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      const [from, to] = [text.lastIndexOf("\n", at) + 1, text.indexOf("\n", at)];
      const line = JSON.parse(text.slice(from, to < 0 ? undefined : to)) as Line;
      const codes = [line.credit_code, who.creditCode];
      if (codes[0] && codes[1] ? codes[0] === codes[1] : line.name === who.name)
        return { rank: line.rank, score: line.score };
    }
  }
  return undefined;
}

export const useEditions = defineStore("editions", () => {
  /** The latest first; one of a day under one card. */
  const all = shallowRef<Edition[]>([]);
  function add(text: string): void {
    const its = editionOf(text);
    if (!its) return;
    const others = all.value.filter(e => e.day !== its.day || e.signature !== its.signature);
    all.value = [its, ...others].sort((a, b) => (a.day < b.day ? 1 : -1));
  }
  whenCleared(() => {
    const before = all.value;
    all.value = [];
    return () => void (all.value = before);
  });
  return { all, add };
});
