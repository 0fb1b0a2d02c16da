// Follows every link of the built site, to the heading, and sees that no page asks another server for anything:
// node check.mjs [folder]
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const site = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../../target/xtask/site");
const base = process.env.SITE_BASE ?? "/";
const files = readdirSync(site, { recursive: true }).map(String);
const pages = new Map(files.filter(f => f.endsWith(".html")).map(f => [f, readFileSync(join(site, f), "utf8")]));
const wrong = [];
let links = 0;

/** The file an address of the site means. */
const fileOf = path => {
  const file = decodeURIComponent(path.slice(base.length)) || "index.html";
  if (file.endsWith("/")) return `${file}index.html`;
  return existsSync(join(site, file)) && statSync(join(site, file)).isFile() ? file : `${file}.html`;
};

for (const [page, html] of pages) {
  for (const [, name, value] of html.matchAll(/\s(href|src)="([^"]*)"/g)) {
    const said = value.replaceAll("&amp;", "&");
    if (/^(data:|mailto:)/.test(said)) continue;
    if (/^(https?:)?\/\//.test(said)) {
      // A reader may follow a link elsewhere; a page may load nothing from there.
      if (name === "src") wrong.push(`${page} loads ${said}`);
      continue;
    }
    links += 1;
    const [path, hash] = said.split("#");
    const file = path.startsWith("/") ? fileOf(path) : path ? join(dirname(page), path) : page;
    if (!existsSync(join(site, file))) wrong.push(`${page}: ${said} is not there`);
    else if (hash && page !== "404.html" && !(pages.get(file) ?? "").includes(`id="${decodeURIComponent(hash)}"`))
      wrong.push(`${page}: ${said} names no heading`);
  }
  if (/<script(?![^>]*\bsrc=)[^>]*>/.test(html)) wrong.push(`${page} has a script within it`);
  for (const [tag] of html.matchAll(/<link\b[^>]*>/g))
    if (/href="(https?:)?\/\//.test(tag)) wrong.push(`${page}: ${tag}`);
}
for (const file of files.filter(f => f.endsWith(".css")))
  for (const [found] of readFileSync(join(site, file), "utf8").matchAll(/url\(["']?(https?:)?\/\/[^)]*\)/g))
    wrong.push(`${file} loads ${found}`);

const bytes = files.reduce((sum, f) => sum + (statSync(join(site, f)).isFile() ? statSync(join(site, f)).size : 0), 0);
console.log(`${pages.size} pages, ${links} links, ${Math.round(bytes / 1000)} kB`);
if (wrong.length) {
  console.error([...new Set(wrong)].join("\n"));
  process.exit(1);
}
