// The pictures of the manual, of the sample alone, in which everybody is made up: node tests/manual.mjs FOLDER [name …]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { withPalette } from "./palette.mjs";
import { root } from "./visit.mjs";

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) throw new Error("say where the pictures go");
mkdirSync(folder, { recursive: true });
/** A picture is looked at over slow lines, and kept for ever. */
const MOST = 250_000;
/** A view and how it is come to; those that the page has not are left out. */
const PICTURES = [
  { name: "first", language: "zh", first: true },
  { name: "list", language: "zh", view: "list" },
  { name: "list.en", language: "en", view: "list" },
  { name: "enterprise", language: "zh", view: "list", open: true },
  { name: "enterprise.en", language: "en", view: "list", open: true },
  { name: "map", language: "zh", view: "map" },
  { name: "review", language: "zh", view: "review" },
  { name: "import", language: "zh", view: "import" },
  { name: "plan", language: "zh", view: "plan" },
  { name: "projects", language: "zh", view: "projects" },
];

const server = await preview({
  root,
  build: { outDir: process.env.DIST ?? "dist" },
  preview: { port: 0, host: "127.0.0.1" },
  logLevel: "silent",
});
const url = server.resolvedUrls.local[0];
const args = ["--no-sandbox", "--disable-gpu"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });

const blank = await browser.newPage();

/** Once nothing is under way, and what slides in has come. */
async function still(page) {
  const quiet = () => !document.querySelector('[data-test="busy"], [aria-busy="true"]');
  await page.waitForFunction(quiet, undefined, { timeout: 60_000 });
  await page.waitForTimeout(400);
  await page.evaluate(() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => {}))));
}

for (const { name, language, view, first, open } of PICTURES) {
  if (wanted.length && !wanted.includes(name)) continue;
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    locale: "zh-CN",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  // The pictures of another day differ in what changed, and not in the day.
  await page.clock.setFixedTime(new Date("2026-11-28T04:00:00Z"));
  await page.addInitScript(lang => localStorage.setItem("xiangma.lang", JSON.stringify(lang)), language);
  await page.goto(url);
  await page.waitForSelector('[data-test="sample"]');
  if (!first) {
    await page.click('[data-test="sample"]');
    await page.waitForFunction(() => !location.hash.includes("welcome"));
    await still(page);
    if (!(await page.locator(`[data-test="nav-${view}"]`).count())) {
      console.log(`${name}: the page has no such view`);
      await context.close();
      continue;
    }
    await page.goto(`${url}#/${view}`);
    await page.waitForFunction(v => location.hash.slice(2).split(/[/?]/)[0] === v, view);
  }
  if (open) {
    const row = page.locator('[data-test="ranked"]').first();
    await row.waitFor();
    await row.click();
    await page.waitForFunction(() => /#\/list\/.+/.test(location.hash));
  }
  await still(page);
  const picture = await withPalette(blank, await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), picture);
  console.log(`${name}.png, ${Math.round(picture.length / 1000)} kB`);
  if (picture.length > MOST) process.exitCode = 1;
  await context.close();
}
await browser.close();
await server.close();
