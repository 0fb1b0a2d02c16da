/** Chinese has no spaces between words: it is searched by pairs of characters, the rest by words. */
export const words = text =>
  (text.toLowerCase().match(/[\u3400-\u9fff]+|[^\s\u3400-\u9fff\p{P}]+/gu) ?? []).flatMap(word =>
    /[\u3400-\u9fff]/.test(word) && word.length > 1
      ? Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))
      : [word],
  );
