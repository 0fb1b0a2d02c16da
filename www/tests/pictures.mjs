// Pictures of every view, at a desk and on a phone, light and dark, in both languages: PICTURES=folder node tests/pictures.mjs [view …]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { root } from "./visit.mjs";

const folder = process.env.PICTURES;
if (!folder) throw new Error("say by PICTURES where the pictures go");
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const VIEWS = ["welcome", "list", "map", "review", "learning", "plan", "ledger", "import", "output"];

const server = await preview({
  root,
  build: { outDir: process.env.DIST ?? "dist" },
  preview: { port: 0, host: "127.0.0.1" },
  logLevel: "silent",
});
const url = server.resolvedUrls.local[0];
const args = ["--no-sandbox", "--disable-gpu"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
const settled = page =>
  page.waitForFunction(() => !document.querySelector('[data-test="busy"], [aria-busy="true"]'), undefined, { timeout: 30_000 });

for (const [size, viewport] of Object.entries(SIZES))
  for (const theme of ["light", "dark"])
    for (const language of ["zh", "en"]) {
      const context = await browser.newContext({ viewport, colorScheme: theme, serviceWorkers: "block" });
      const page = await context.newPage();
      await page.addInitScript(lang => localStorage.setItem("xiangma.lang", JSON.stringify(lang)), language);
      await page.goto(url);
      const shoot = async (name, fullPage = false) => {
        if (wanted.length && !wanted.includes(name)) return;
        await settled(page);
        // What slides in has come.
        await page.evaluate(() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => {}))));
        await page.screenshot({ path: join(folder, `${name}-${size}-${theme}-${language}.png`), fullPage });
      };
      await page.waitForSelector('[data-test="sample"]');
      await shoot("first");
      await page.click('[data-test="sample"]');
      await page.waitForSelector('[data-test="basis-signature"], [data-test="nav-more"]', { state: "attached" });
      await page.waitForFunction(() => !location.hash.includes("welcome"));
      await settled(page);
      for (const view of VIEWS) {
        await page.goto(`${url}#/${view}`);
        await page.waitForFunction(v => location.hash.slice(2).split(/[/?]/)[0] === v, view);
        await page.waitForTimeout(250);
        await shoot(view);
      }
      await page.goto(`${url}#/list`);
      const row = page.locator('[data-test="ranked"]').first();
      await row.waitFor();
      await row.click();
      await page.waitForFunction(() => /#\/list\/.+/.test(location.hash));
      await page.waitForTimeout(250);
      await shoot("enterprise");
      await context.close();
    }
await browser.close();
await server.close();
