// The way in comes first, and light: what it does not need comes after it, and by itself, so that later nothing is asked for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, goTo, names, serve, settled, url, visit } from "./visit.mjs";

serve();
/** Bytes of script and style without which nothing is drawn, as they are in the folder. */
const MOST = 450_000;
/** A word whose key was not found is shown as the key. */
const keysIn = page =>
  page.evaluate(() => document.body.innerText.match(/\b(?:shell|welcome|import|parts|ranking|plan|map|ledger)\.\w+/g) ?? []);

test("the way in asks for little before it is drawn, and the rest comes unasked", async () => {
  const { context, page, requests } = await visit();
  const html = await (await page.request.get(url)).text();
  const first = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="(\.\/assets\/[^"]+)"/g)].map(m => m[1]);
  assert.ok(first.length > 2, "script and style stand in the page");
  const sizes = await Promise.all(first.map(async path => (await (await page.request.get(new URL(path, url).href)).body()).length));
  const sum = sizes.reduce((a, b) => a + b, 0);
  assert.ok(sum < MOST, `${sum} bytes`);
  assert.deepEqual(await keysIn(page), []);
  // What a first list and every view need comes by itself.
  const came = name => requests.some(address => address.includes(`/assets/${name}-`));
  await settled(page);
  for (let i = 0; i < 100 && !(came("english") && came("Dialogs") && came("MoreSheet")); i++) await page.waitForTimeout(50);
  assert.ok(came("english") && came("Dialogs") && came("MoreSheet"), "all is there before anything is opened");
  const loaded = requests.length;
  await at(page, "language").click();
  await page.waitForFunction(() => document.documentElement.lang === "en");
  assert.deepEqual(await keysIn(page), []);
  await at(page, "sample").click();
  await names(page);
  for (const view of ["map", "plan", "ledger", "list"]) {
    await goTo(page, view);
    await settled(page);
    assert.deepEqual(await keysIn(page), [], view);
  }
  await at(page, "display").click();
  await at(page, "theme").waitFor();
  await page.keyboard.press("Escape");
  await at(page, "clear").click();
  await at(page, "clear-all").waitFor();
  assert.deepEqual(requests.slice(loaded), []);
  await context.close();
});

test("who reads English is met in English, and a phone has all under 更多", async () => {
  const { context, page, faults } = await visit({
    size: { width: 390, height: 844 },
    script: () => localStorage.setItem("xiangma.lang", '"en"'),
  });
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.deepEqual(await keysIn(page), []);
  await at(page, "nav-more").click();
  await at(page, "nav-projects").waitFor();
  await at(page, "language").click();
  await page.getByText("更多").first().waitFor();
  assert.deepEqual(await keysIn(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});
