// The site of documentation: the pages of `docs`, where they lie. Chinese at the root, English under /en/,
// reference in English alone.
import { writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import MiniSearch from "minisearch";
import { defineConfig } from "vitepress";
import { words } from "./words.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
/** Where on its server the site stands. */
const base = process.env.SITE_BASE ?? "/";

/** Where a page of `docs` stands on the site. */
const placed = page => {
  if (page.startsWith("zh/")) return page.slice(3);
  return page.includes("/") ? page : `en/reference/${page}`;
};

/** What links of pages point to beside `docs`, and where the site has it. */
const OUTSIDE = {
  "src/pipeline/phases.json": "/en/reference/rules#phases-gates-and-clocks",
  "src/pipeline/tasks.json": "/en/reference/rules#tasks",
  "src/pipeline/appraisal.json": "/en/reference/rules#thresholds-for-projects",
  "src/pipeline/per_mu.json": "/en/reference/rules#items-of-an-evaluation-per-mu",
  "src/park/diagnosis.json": "/en/reference/rules#thresholds-of-the-diagnosis",
  "pkg/README.md": "/en/web",
  "py/README.md": "/en/python",
  "README.md": "/en/",
  "README.zh-CN.md": "/",
};

/** Pages link to each other as files do; here a link becomes the address of its page. */
function links(md) {
  md.core.ruler.push("site-links", ({ tokens, env }) => {
    const page = env.realPath ?? env.path;
    const from = posix.dirname(page.slice(join(root, "docs").length + 1).replaceAll("\\", "/"));
    for (const { children } of tokens)
      for (const token of children ?? []) {
        const href = token.type === "link_open" ? token.attrGet("href") : null;
        if (!href || /^([a-z]+:|#|\/)/.test(href)) continue;
        const [path, hash] = href.split("#");
        const file = posix.normalize(posix.join("docs", from, path));
        const to = file.startsWith("docs/") ? `/${placed(file.slice(5)).replace(/(index)?\.md$/, "")}` : OUTSIDE[file];
        if (!to) throw new Error(`${page}: the site has no ${file}`);
        token.attrSet("href", hash && !to.includes("#") ? `${to}#${hash}` : to);
      }
  });
}

/** Vue is installed beside the pages, not above them, where it is looked for while pages are made into HTML. */
const besides = {
  name: "vue-besides",
  enforce: "pre",
  resolveId: (id, _from, { ssr }) => (ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : null),
};

// A function that the page is given by its configuration it would have to evaluate, which a strict policy forbids:
// so the index is told here how words are told apart, and the page by its theme. The reference is found from both
// languages.
const { add } = MiniSearch.prototype;
const waiting = [];
let english;
MiniSearch.prototype.add = function (section) {
  this._options.tokenize = words;
  add.call(this, section);
  if (section.id.startsWith(`${base}en/reference/`)) waiting.push(section);
  else if (section.id.startsWith(`${base}en/`)) english = this;
  // This file is read more than once.
  if (english) for (const one of waiting.splice(0)) if (!english.has(one.id)) add.call(english, one);
};

/** What stands in every page as a script, which a strict policy forbids as well: each a file of its own. */
const scripts = new Map();
const apart = html =>
  html.replace(/<script id="(check-[\w-]+)">([\s\S]*?)<\/script>/g, (_all, name, body) => {
    scripts.set(name, body);
    return `<script src="${base}assets/${name}.js"></script>`;
  });

/** The marks of the page: the one of its tab, and the one of its head. */
const mark = character =>
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'%3E" +
  "%3Crect width='64' height='64' rx='14' fill='%231f4e79'/%3E%3Ctext x='32' y='45' font-size='36' " +
  `text-anchor='middle' fill='%23fff' font-family='serif'%3E${encodeURIComponent(character)}%3C/text%3E%3C/svg%3E`;

const side = (at, ...groups) =>
  groups.map(([text, ...items]) => ({ text, items: items.map(([name, link]) => ({ text: name, link: at + link })) }));

const zh = {
  nav: [
    {
      text: "招商团队",
      link: "/start",
      activeMatch: "^/(start|review-meeting|month|projects|ledger|questions|data-safety)",
    },
    { text: "开发者", link: "/mini-program", activeMatch: "^/(mini-program|web|rust|python|command-line)" },
    { text: "产业链与评分卡", link: "/chains-and-cards" },
    { text: "参考（英文）", link: "/en/reference/tables" },
  ],
  sidebar: side(
    "/",
    [
      "招商团队手册",
      ["十分钟上手", "start"],
      ["评审会", "review-meeting"],
      ["月度计划", "month"],
      ["项目全流程", "projects"],
      ["台账", "ledger"],
      ["常见问题", "questions"],
      ["数据安全", "data-safety"],
    ],
    [
      "开发者",
      ["小程序", "mini-program"],
      ["网页与 Node", "web"],
      ["Rust", "rust"],
      ["Python", "python"],
      ["命令行", "command-line"],
    ],
    ["规则", ["编写产业链与评分卡", "chains-and-cards"]],
  ),
  outline: { label: "本页目录", level: [2, 3] },
  docFooter: { prev: "上一页", next: "下一页" },
  sidebarMenuLabel: "目录",
  returnToTopLabel: "回到顶部",
  darkModeSwitchLabel: "外观",
  lightModeSwitchTitle: "切换到浅色",
  darkModeSwitchTitle: "切换到深色",
  langMenuLabel: "语言",
  skipToContentLabel: "跳到正文",
  notFound: { title: "没有这一页", quote: "网址可能有误，或页面已改名。", linkText: "回到首页", linkLabel: "回到首页" },
};

const en = {
  nav: [
    {
      text: "Teams",
      link: "/en/start",
      activeMatch: "^/en/(start|review-meeting|month|projects|ledger|questions|data-safety)",
    },
    { text: "Developers", link: "/en/web", activeMatch: "^/en/(mini-program|web|rust|python|command-line)" },
    { text: "Chains and cards", link: "/en/chains-and-cards" },
    { text: "Reference", link: "/en/reference/tables", activeMatch: "^/en/reference/" },
  ],
  sidebar: side(
    "/en/",
    [
      "For teams",
      ["Ten minutes", "start"],
      ["The review meeting", "review-meeting"],
      ["The month's plan", "month"],
      ["Projects", "projects"],
      ["The ledger", "ledger"],
      ["Questions", "questions"],
      ["Where the data are", "data-safety"],
    ],
    [
      "For developers",
      ["Web and Node", "web"],
      ["Mini-programs", "mini-program"],
      ["Rust", "rust"],
      ["Python", "python"],
      ["The command line", "command-line"],
    ],
    ["Rules", ["Chains and scorecards", "chains-and-cards"]],
    [
      "Reference",
      ["What a table may hold", "reference/tables"],
      ["Writing a chain", "reference/chains"],
      ["Writing a scorecard", "reference/scorecard"],
      ["How an enterprise is located", "reference/locating"],
      ["Weights and firmness", "reference/decisions"],
      ["Second opinions", "reference/methods"],
      ["Diagnosis and plan", "reference/planning"],
      ["Ledger and projects", "reference/ledger"],
      ["Default rules", "reference/rules"],
      ["Learning from outcomes", "reference/learning"],
      ["JavaScript", "reference/javascript"],
      ["Mini-program", "reference/mini-program"],
      ["Python", "reference/python"],
      ["Speed, measured", "reference/benchmarks"],
      ["Releasing", "reference/releasing"],
    ],
  ),
  outline: { level: [2, 3] },
};

const search = {
  provider: "local",
  options: {
    miniSearch: { options: {}, searchOptions: { combineWith: "AND", prefix: true, fuzzy: false } },
    locales: {
      root: {
        translations: {
          button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
          modal: {
            displayDetails: "显示详情",
            resetButtonTitle: "清除",
            backButtonTitle: "关闭",
            noResultsText: "没有找到：",
            footer: { selectText: "打开", navigateText: "上下选择", closeText: "关闭" },
          },
        },
      },
    },
  },
};

export default defineConfig({
  srcDir: "..",
  srcExclude: ["site/**"],
  outDir: join(root, "target/xtask/site"),
  cacheDir: join(root, "target/xtask/site-cache"),
  base,
  rewrites: placed,
  title: "xiangma",
  cleanUrls: false,
  metaChunk: true,
  transformHtml: apart,
  buildEnd: ({ outDir }) => {
    for (const [name, body] of scripts) writeFileSync(join(outDir, "assets", `${name}.js`), body);
  },
  head: [["link", { rel: "icon", type: "image/svg+xml", href: mark("马") }]],
  markdown: { preConfig: links, image: { lazyLoading: true } },
  // The reference has no Chinese page to go over to.
  themeConfig: { search, logo: { src: mark("相"), alt: "" }, externalLinkIcon: true, i18nRouting: false },
  locales: {
    root: {
      label: "中文",
      lang: "zh-CN",
      title: "相马",
      description: "读招商名单，判断每家企业在产业链上的位置，排名并说明理由",
      themeConfig: zh,
    },
    en: {
      label: "English",
      lang: "en",
      description: "Ranks the enterprises of a spreadsheet against industry chains, and says why",
      themeConfig: en,
    },
  },
  vite: {
    build: { chunkSizeWarningLimit: 2000 },
    plugins: [besides],
  },
});
