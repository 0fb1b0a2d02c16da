// Before the first paint: light or dark, and how much contrast, as chosen or as the system says. `style/theme.ts` goes on from here.
(() => {
  const chosen = key => {
    try {
      return JSON.parse(localStorage.getItem(`xiangma.${key}`));
    } catch {
      return null;
    }
  };
  const theme = chosen("theme");
  const contrast = chosen("contrast");
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const more = contrast === "more" || (contrast !== "normal" && matchMedia("(prefers-contrast: more)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  if (more) document.documentElement.dataset.contrast = "more";
})();
