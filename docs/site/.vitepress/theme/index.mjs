import Theme from "vitepress/theme-without-fonts";
import { words } from "../words.mjs";
import "./style.css";

export default {
  extends: Theme,
  enhanceApp: ({ siteData }) => {
    siteData.value.themeConfig.search.options.miniSearch.options.tokenize = words;
  },
};
