// The manual beside the page: linked where it was shipped, at the page on what is seen, in the language that is read.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { preview } from "vite";
import { at, goTo, root, serve, visit } from "./visit.mjs";

serve();
const built = join(root, process.env.DIST ?? "dist");
const NONE = '<meta name="manual" content="" />';
const told = html => html.replace(NONE, '<meta name="manual" content="./manual/" />');

/** The page as it is handed to others: with its manual, here of a page each. */
async function shipped(t) {
  const folder = mkdtempSync(join(tmpdir(), "shipped-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(process.env.DIST?.startsWith("/") ? process.env.DIST : built, folder, { recursive: true });
  const index = join(folder, "index.html");
  writeFileSync(index, told(readFileSync(index, "utf8")));
  for (const [path, words] of [["index.html", "手册首页"], ["month.html", "月度计划怎么做"], ["en/month.html", "The month"]]) {
    mkdirSync(join(folder, "manual/en"), { recursive: true });
    writeFileSync(join(folder, "manual", path), `<!doctype html><meta charset="utf-8"><h1>${words}</h1>`);
  }
  const server = await preview({
    ...{ root, logLevel: "silent", build: { outDir: folder } },
    preview: { port: 0, host: "127.0.0.1" },
  });
  t.after(() => server.close());
  return server.resolvedUrls.local[0];
}

test("where it was not shipped nothing leads to it", async () => {
  const { context, page } = await visit();
  await at(page, "display").waitFor();
  assert.equal(await at(page, "manual").count(), 0);
  await context.close();
});

test("shipped, it opens beside the work, and what was read of it is there without the server", async t => {
  const address = await shipped(t);
  const { context, page } = await visit({ address, serviceWorkers: "allow" });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  const read = async () => {
    const [manual] = await Promise.all([context.waitForEvent("page"), at(page, "manual").click()]);
    await manual.locator("h1").waitFor();
    const words = await manual.locator("h1").textContent();
    await manual.close();
    return words;
  };
  assert.equal(await read(), "手册首页");
  await goTo(page, "plan");
  // From the second visit on what is asked for goes by way of what is kept.
  await page.reload();
  await page.waitForFunction(() => !!navigator.serviceWorker.controller);
  assert.equal(await read(), "月度计划怎么做");
  await at(page, "language").click();
  await page.waitForFunction(() => document.documentElement.lang === "en");
  assert.equal(await read(), "The month");
  await context.setOffline(true);
  assert.equal(await read(), "The month");
  await context.close();
});

test("on a phone it stands under 更多", async t => {
  const address = await shipped(t);
  const { context, page } = await visit({ address, size: { width: 390, height: 844 } });
  await at(page, "nav-more").click();
  await at(page, "manual").waitFor();
  assert.ok((await at(page, "manual").boundingBox()).height >= 43.5, "large enough for a finger");
  await context.close();
});

test("it is told of by the mark that the page has, and has the pages that views name", () => {
  const handed = readFileSync(join(root, "../xtask/src/dist.rs"), "utf8");
  assert.ok(handed.includes(NONE), "what puts the manual beside the page finds its mark");
  assert.ok(readFileSync(join(root, "index.html"), "utf8").includes(NONE));
  const names = [...readFileSync(join(root, "src/shell/manual.ts"), "utf8").matchAll(/"([\w-]+)\.html"/g)].map(m => m[1]);
  assert.ok(names.length > 4);
  for (const name of names)
    for (const language of ["zh", "en"]) assert.ok(existsSync(join(root, `../docs/${language}/${name}.md`)), name);
});
