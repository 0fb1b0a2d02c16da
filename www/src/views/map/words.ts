// Names in a box of two lines: broken where a word ends, cut at the end of the second.
const WIDE = /[　-鿿＀-￯]/;
const wide = (c: string): number => (WIDE.test(c) ? 13 : 7.1);
const length = (text: string): number => [...text].reduce((sum, c) => sum + wide(c), 0);
/** What does not begin a line. */
const CLOSING = /^[、，）)]/;

function cut(text: string, width: number): string {
  if (length(text) <= width) return text;
  let kept = "";
  for (const c of text) {
    if (length(`${kept}${c}…`) > width) break;
    kept += c;
  }
  return `${kept.trimEnd()}…`;
}

export function lines(text: string, width: number): string[] {
  if (length(text) <= width) return [text];
  const parts = text.includes(" ") ? text.split(/(?<= )/) : text.split(/(?=与)|(?<=[、及])/);
  // In Chinese a part may be longer than a line.
  const pieces = parts.flatMap(p => (length(p) > width && !text.includes(" ") ? [...p] : [p]));
  let first = "";
  let at = 0;
  while (at < pieces.length && length((first + pieces[at]).trimEnd()) <= width) first += pieces[at++];
  if (pieces[at] && CLOSING.test(pieces[at])) first += pieces[at++];
  if (!first) return [cut(text, width)];
  return [first.trimEnd(), cut(pieces.slice(at).join("").trim(), width)];
}
