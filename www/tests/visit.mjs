// A visitor of the page, in a real Chromium: what a person does and sees.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pictures = process.env.PICTURES;
let server, browser;
export let url;

/** To be called once in a file of tests. */
export function serve() {
  before(async () => {
    const build = { outDir: process.env.DIST ?? "dist" };
    server = await preview({ root, build, preview: { port: 0, host: "127.0.0.1" }, logLevel: "silent" });
    url = server.resolvedUrls.local[0];
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
}

/** A fresh visitor. `faults` are errors of the page; `requests` are those that leave it. */
export async function visit({
  size = { width: 1440, height: 900 },
  script,
  context = undefined,
  address = url,
  // Keeping the page is tested where it is wanted: elsewhere every visit is a first one.
  serviceWorkers = "block",
  ready = '[data-test="sample"]',
} = {}) {
  context ??= await browser.newContext({ viewport: size, locale: "zh-CN", acceptDownloads: true, serviceWorkers });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  page.on("pageerror", e => faults.push(e.message));
  page.on("console", m => m.type() === "error" && faults.push(m.text()));
  page.on("request", r => /^https?:/.test(r.url()) && requests.push(r.url()));
  if (script) await page.addInitScript(script);
  await page.goto(address);
  await page.waitForSelector(ready);
  return { context, page, faults, requests };
}

export const at = (page, name) => page.locator(`[data-test="${name}"]`);
const SETTLED = () => !document.querySelector('[data-test="busy"]');
/** Once nothing is under way. */
export async function settled(page) {
  await page.waitForFunction(SETTLED, undefined, { timeout: 60_000 });
}
/** Goes to a view: welcome, list, map, review, learning, import, output. On a phone some stand under 更多. */
export async function goTo(page, view) {
  const there = at(page, `nav-${view}`);
  // Without a list there are fewer; on a phone the others are one step away.
  await page.waitForSelector(`[data-test="nav-${view}"], [data-test="nav-more"]`);
  if (!(await there.count())) await at(page, "nav-more").click();
  await there.click();
  await page.waitForFunction(v => location.hash.slice(2).split("/")[0] === v, view);
}
/** Goes to the list, unless it is there or an enterprise is open over it. */
export async function toList(page) {
  if (!/#\/list/.test(page.url())) await goTo(page, "list");
}
/** The address without that of the view. */
export const place = page => page.url().split("#")[0];
/** The file that is open of a kind, as the page says it on every view. */
export const fileOf = (page, kind) => at(page, `basis-${kind}`).getAttribute("title");
/** The names on the list, once it is drawn whole: as many as there are, or as are shown at first. */
export async function names(page) {
  await toList(page);
  await page.waitForSelector('[data-test="ranked"], [data-test="ranking"] .el-empty', { state: "attached" });
  await settled(page);
  const read = () =>
    page.evaluate(() => ({
      names: [...document.querySelectorAll('[data-test="ranked"] [data-test="name"]')].map(b => b.textContent),
      total: Number(document.querySelector('[data-test="list-foot"]')?.dataset.total ?? 0),
    }));
  let before;
  for (;;) {
    const now = await read();
    if (now.names.length === Math.min(now.total, 200) && now.names.join() === before?.join()) return now.names;
    before = now.names;
    await page.waitForTimeout(120);
  }
}
/** Gives a box a table, as CSV. */
export async function give(page, kind, text, name = `${kind}.csv`) {
  await at(page, `file-${kind}`).setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}
/** Gives a table and waits until the page is done with it. */
export async function open(page, kind, text, name) {
  await give(page, kind, text, name);
  await page.waitForSelector(`[data-test="basis-${kind}"][title="${name ?? `${kind}.csv`}"]`, { state: "attached" });
  await settled(page);
}
/** Presses a key on a slider. */
export async function slide(page, id, times, key = "ArrowRight") {
  await at(page, `weight-${id}`).locator(".el-slider__button-wrapper").focus();
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}
/** The share a criterion has, as the page says it. */
export const share = async (page, id) => (await at(page, `share-${id}`).locator(".num").textContent()).trim();
/** Chooses from a list of choices. */
export async function choose(page, name, label) {
  await at(page, name).click();
  await page.locator(".el-select-dropdown__item:visible").filter({ hasText: label }).first().click();
  await page.keyboard.press("Escape");
  await page.waitForTimeout(50);
}
export async function shoot(page, name, options = {}) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), ...options });
}
/** A CSV whose rows can be told apart by their capital. */
export function table(count, of = i => `示例${i}号光模块有限公司`, scope = () => "光模块、光器件的研发、制造") {
  const rows = Array.from({ length: count }, (_, i) => `${of(i)},${100 + i}万元,${scope(i)}`);
  return ["企业名称,注册资本,经营范围", ...rows].join("\n");
}
/** The capital by which `table` tells a row, as the page says it. */
export const capital = i => `${(100 + i).toLocaleString("zh-CN")}万元`;
