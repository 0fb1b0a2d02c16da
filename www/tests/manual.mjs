// The pictures of the manual, in which everybody is made up: node tests/manual.mjs FOLDER [name …]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { withPalette } from "./palette.mjs";
import { at, choose, goTo, names, open, root } from "./visit.mjs";

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) throw new Error("say where the pictures go");
mkdirSync(folder, { recursive: true });
/** A picture is looked at over slow lines, and kept for ever. */
const MOST = 250_000;

const text = name => readFileSync(new URL(`../../tests/${name}`, import.meta.url), "utf8");

/** The sample that the page brings, and a view of it. */
const sample = view => async page => {
  await at(page, "sample").click();
  await page.waitForFunction(() => !location.hash.includes("welcome"));
  await names(page);
  await goTo(page, view);
};
/** An enterprise of the sample beside the list. */
async function enterprise(page) {
  await sample("list")(page);
  await at(page, "ranked").first().click();
  await page.waitForFunction(() => /#\/list\/.+/.test(location.hash));
}
/** The chain of the sample as a graph. */
async function chain(page) {
  await sample("map")(page);
  await page.goto(`${url}#/map/optoelectronics`);
  await page.waitForFunction(() => location.hash.includes("optoelectronics"));
}
/** A zone that asks what its chain of circuits lacks. */
async function zone(page) {
  await open(page, "residents", text("data/zone_residents.csv"), "落户企业.csv");
  await open(page, "candidates", text("data/zone_candidates.csv"), "候选企业.csv");
  await names(page);
  await choose(page, "chain", "集成电路");
  await names(page);
  await goTo(page, "plan");
  await at(page, "plan-advice").waitFor();
}
async function shortlist(page) {
  await zone(page);
  await page.getByRole("tab", { name: "短名单" }).click();
  await at(page, "short-count").fill("4");
  await at(page, "short-run").click();
  await at(page, "short-row").first().waitFor();
}
async function projects(page) {
  await goTo(page, "ledger");
  const file = {
    name: "台账.ledger",
    mimeType: "text/plain",
    buffer: Buffer.from(text("command_line/files/team.ledger")),
  };
  await at(page, "file-ledger").setInputFiles(file);
  await goTo(page, "projects");
  await at(page, "card").first().waitFor();
}

const PICTURES = {
  first: ["zh", async () => {}],
  list: ["zh", sample("list")],
  "list.en": ["en", sample("list")],
  enterprise: ["zh", enterprise],
  "enterprise.en": ["en", enterprise],
  map: ["zh", chain],
  review: ["zh", sample("review")],
  import: ["zh", sample("import")],
  diagnosis: ["zh", zone],
  shortlist: ["zh", shortlist],
  projects: ["zh", projects],
};

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

for (const [name, [language, come]] of Object.entries(PICTURES)) {
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
  await at(page, "sample").waitFor();
  await come(page);
  // What was clicked stands out no longer.
  await page.mouse.move(720, 4);
  await page.evaluate(() => document.activeElement?.blur());
  await still(page);
  const picture = await withPalette(blank, await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), picture);
  console.log(`${name}.png, ${Math.round(picture.length / 1000)} kB`);
  if (picture.length > MOST) process.exitCode = 1;
  await context.close();
}
await browser.close();
await server.close();
