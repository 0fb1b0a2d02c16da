// A visitor of the page, in a real Chromium: what a person does and sees.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
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
/** The names in sight on the list, once it is drawn and stands still. */
export async function names(page) {
  await toList(page);
  await page.waitForSelector('[data-test="ranked"], [data-test="list-empty"]', { state: "attached" });
  await settled(page);
  const read = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-test="ranked"]:not([hidden]) [data-test="name"]')].map(b => b.textContent),
    );
  let before;
  for (;;) {
    const now = await read();
    if (now.join() === before?.join()) return now;
    before = now;
    await page.waitForTimeout(150);
  }
}
/** How many the list has, those out of sight among them. */
export async function total(page) {
  await names(page);
  return Number(await at(page, "list-foot").getAttribute("data-total"));
}
/** Shows those of a standing: confirmed, possible, off_chain, ruled_out, as the page calls them. */
export async function showing(page, label) {
  await toList(page);
  await at(page, "standing").getByText(label).click();
  await names(page);
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
/** Does something where the weights are, and comes back. */
async function atWeights(page, work) {
  const view = new URL(page.url()).hash.slice(2).split("/")[0];
  await toList(page);
  if (!(await at(page, "weights").count())) await at(page, "weights-open").click();
  await at(page, "weights").waitFor();
  const result = await work();
  if (view && view !== "list") await goTo(page, view);
  return result;
}
/** Presses a key on a slider. */
export const slide = (page, id, times, key = "ArrowRight") =>
  atWeights(page, async () => {
    await at(page, `weight-${id}`).focus();
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  });
/** The share a criterion has, as the page says it. */
export const share = (page, id) =>
  atWeights(page, async () => (await at(page, `share-${id}`).locator(".num").textContent()).trim());
/** Puts the weights back to those of the card. */
export const resetWeights = page => atWeights(page, async () => {
    // Where nothing was moved there is nothing to put back.
    if (await at(page, "reset-weights").isEnabled()) await at(page, "reset-weights").click();
  });
/** Chooses what is aimed at (`chain`), the card (`preset`), or what narrows the list (`filter-…`). */
export async function choose(page, name, label) {
  await toList(page);
  if (name === "preset")
    return atWeights(page, async () => {
      const found = at(page, name).locator("option").filter({ hasText: label }).first();
      await at(page, name).selectOption(await found.getAttribute("value"));
    });
  const opener = name.startsWith("filter-") ? "filter" : "target";
  if (!(await at(page, name).count())) await at(page, opener).click();
  const place = at(page, name);
  if (await place.locator("button").count()) {
    await place.locator("button").first().click();
    await page.getByRole("option").filter({ hasText: label }).first().click();
    await page.keyboard.press("Escape");
  } else await place.locator("label").filter({ hasText: label }).first().click();
  await page.keyboard.press("Escape");
  await page.waitForTimeout(50);
}
/** The list as a file: csv, xlsx. */
export async function exported(page, format) {
  await toList(page);
  if (!(await at(page, `export-${format}`).count())) await at(page, "export").click();
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, `export-${format}`).click()]);
  return download.path();
}
export async function shoot(page, name, options = {}) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), ...options });
}
/** The parts of a workbook, by name. */
export function unzipped(bytes) {
  const parts = new Map();
  let place = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1")) + 16);
  while (bytes.readUInt32LE(place) === 0x02014b50) {
    const [method, size, name, extra, comment, head] = [
      [10, 2],
      [20, 4],
      [28, 2],
      [30, 2],
      [32, 2],
      [42, 4],
    ].map(([o, n]) => bytes.readUIntLE(place + o, n));
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const data = bytes.subarray(from, from + size);
    parts.set(bytes.toString("utf8", place + 46, place + 46 + name), (method ? inflateRawSync(data) : data).toString("utf8"));
    place += 46 + name + extra + comment;
  }
  return parts;
}
/** A CSV whose rows can be told apart by their capital. */
export function table(count, of = i => `示例${i}号光模块有限公司`, scope = () => "光模块、光器件的研发、制造") {
  const rows = Array.from({ length: count }, (_, i) => `${of(i)},${100 + i}万元,${scope(i)}`);
  return ["企业名称,注册资本,经营范围", ...rows].join("\n");
}
/** The capital by which `table` tells a row, as the page says it. */
export const capital = i => `${(100 + i).toLocaleString("zh-CN")}万元`;
