// What is to be drawn, one thing a frame: a page of many parts keeps answering while it appears.

const waiting: (() => void)[] = [];
let asked = false;

function ask(): void {
  if (asked || !waiting.length) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    waiting.shift()?.();
    ask();
  });
}

/** Does something in a frame of its own, after what waits already; gives a way to call it off. */
export function inTurn(draw: () => void): () => void {
  waiting.push(draw);
  ask();
  return () => {
    const at = waiting.indexOf(draw);
    if (at >= 0) waiting.splice(at, 1);
  };
}
