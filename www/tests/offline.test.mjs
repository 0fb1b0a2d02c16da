// The page without its server: kept by the browser after a first visit, or as one file that is opened from a folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { at, goTo, open, root, serve, settled, shoot, table, visit } from "./visit.mjs";

serve();
const SINGLE = process.env.SINGLE ?? join(root, "dist-single");

test("after the first visit the page opens and ranks without its server", async () => {
  const { context, page, faults } = await visit({ serviceWorkers: "allow" });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => {
    const kept = await navigator.serviceWorker.getRegistration();
    return kept?.active?.state === "activated";
  });
  await context.setOffline(true);
  await page.reload();
  await at(page, "sample").click();
  await at(page, "nav-output").waitFor();
  await settled(page);
  for (const view of ["map", "review", "learning", "import", "output", "list"]) await goTo(page, view);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const urls = await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(r => r.url)));
    return urls.flat();
  });
  assert.ok(kept.length > 5);
  assert.equal(kept.filter(address => address.includes(".wasm")).length, 1, "one build of the engine is kept");
  assert.ok(kept.every(address => new URL(address).origin === new URL(page.url()).origin));
  assert.deepEqual(faults, []);
  await context.close();
});

test("one file opens from a folder, ranks, writes and asks nobody", async t => {
  if (!existsSync(join(SINGLE, "xiangma.html")))
    execFileSync("npx", ["vite", "build", "--mode", "single", "--outDir", SINGLE], { cwd: root, stdio: "ignore" });
  const folder = mkdtempSync(join(tmpdir(), "相马 "));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "xiangma.html");
  copyFileSync(join(SINGLE, "xiangma.html"), file);
  t.diagnostic(`${readFileSync(file).length} bytes`);
  const { context, page, faults } = await visit({ address: pathToFileURL(file).href });
  const asked = [];
  page.on("request", r => !/^(blob|data):/.test(r.url()) && asked.push(r.url()));
  await at(page, "sample").click();
  await at(page, "nav-output").waitFor();
  await settled(page);
  for (const view of ["map", "review", "learning", "import", "output", "list"]) await goTo(page, view);
  await goTo(page, "output");
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, "output-xlsx").click()]);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
  await open(page, "candidates", table(30), "甲.csv");
  assert.deepEqual(asked, []);
  const sent = await page.evaluate(() => fetch("https://example.org/").then(() => "sent", () => "held back"));
  assert.equal(sent, "held back");
  await shoot(page, "single");
  assert.deepEqual(
    faults.filter(f => !/example\.org/.test(f)),
    [],
  );
  await page.reload();
  await at(page, "sample").or(at(page, "nav-output")).first().waitFor();
  await context.close();
});
