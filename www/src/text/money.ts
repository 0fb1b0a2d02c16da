// An amount of money as a person says it.

/** In 亿 or 万 in Chinese, in millions or thousands in English, with the currency by its name. */
export function amountOf(amount: number, currency: string, locale: string): string {
  const [language, units]: [string, [number, string][]] =
    locale === "zh"
      ? [
          "zh-CN",
          [
            [1e8, "亿"],
            [1e4, "万"],
          ],
        ]
      : [
          "en",
          [
            [1e9, " billion"],
            [1e6, " million"],
          ],
        ];
  const [size, word] = units.find(([size]) => Math.abs(amount) >= size) ?? [1, ""];
  const figure = (amount / size).toLocaleString(language, { maximumFractionDigits: 2 });
  const name = new Intl.DisplayNames([language], { type: "currency" }).of(currency) ?? currency;
  return locale === "zh"
    ? currency === "CNY"
      ? `${figure}${word}元`
      : `${figure}${word}${name}`
    : `${currency} ${figure}${word}`;
}
