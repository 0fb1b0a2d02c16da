// The review as a meeting holds it: three sentences, an expert's own sheet, where experts differ, the card on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, goTo, names, serve, visit } from "./visit.mjs";

serve();
async function review(page) {
  await at(page, "sample").first().click();
  await names(page);
  await goTo(page, "review");
  await at(page, "firm-row").first().waitFor();
}

test("three sentences first; each opens its names; together they are all who are selected", async () => {
  const { context, page, faults } = await visit();
  await review(page);
  const said = await at(page, "review-say").textContent();
  const [k, firm, depends, disputed] = said.match(/\d+/g).map(Number);
  assert.equal(k, 20);
  assert.equal(firm + depends + disputed, k, said);
  assert.match(said, /家怎么调权重都在；\d+ 家看权重；\d+ 家有争议。/);
  for (const [kind, n] of Object.entries({ firm, depends, disputed })) {
    assert.equal(await page.locator(`[data-test="firm-row"][data-kind="${kind}"]`).count(), n);
    await at(page, `verdict-${kind}`).click();
    assert.equal(await at(page, `names-${kind}`).locator("li").count(), n);
    assert.equal(await at(page, "firm-row").count(), n, "the rows are those of the sentence");
    await at(page, `verdict-${kind}`).click();
  }
  // Who is firm was selected in every draw; nobody else is said to be.
  const shares = await page
    .locator('[data-test="firm-row"][data-kind="depends"] .share')
    .evaluateAll(all => all.map(e => e.textContent.trim()));
  assert.ok(!shares.includes("100%"), shares.join());
  // Methods are for the appendix.
  assert.ok(!(await page.getByText("PROMETHEE II").first().isVisible()));
  await at(page, "appendix").locator("summary").click();
  assert.ok(await page.getByText("PROMETHEE II").first().isVisible());
  // A name opens the enterprise.
  await at(page, "verdict-firm").click();
  const first = at(page, "names-firm").getByRole("button").first();
  const name = (await first.textContent()).trim();
  await first.click();
  await page.waitForFunction(() => location.hash.includes("/list/"));
  assert.ok(decodeURIComponent(page.url()).includes(name));
  assert.deepEqual(faults, []);
  await context.close();
});

test("an expert has a sheet; judgements that contradict each other are named; who differs is named", async () => {
  const { context, page, faults } = await visit();
  await review(page);
  await at(page, "add-expert").click();
  await at(page, "expert-name").fill("专家甲");
  for (const [i, value] of [100, 10, 5, 5, 5, 5, 5, 5, 2].entries())
    await at(page, "points").nth(i).fill(String(value));
  await at(page, "sheet-done").click();
  await at(page, "add-expert").click();
  await at(page, "expert-name").fill("专家乙");
  await at(page, "expert-sheet").getByText("两两比较").click();
  // A over B, B over C, and C over A; then all the others against the first.
  const pairs = at(page, "pair");
  const count = await pairs.count();
  assert.equal(count, 36, "every two of nine");
  for (let i = 0; i < 8; i++) await pairs.nth(i).selectOption("4");
  await pairs.nth(0).selectOption("0");
  await pairs.nth(1).selectOption("8");
  await pairs.nth(8).selectOption("0");
  await at(page, "revise").waitFor();
  assert.match(await at(page, "consistency").textContent(), /前后判断有矛盾/);
  assert.match(await at(page, "revise").textContent(), /请先复核“[^”]+”与“[^”]+”：现填“/);
  await at(page, "sheet-done").click();
  const notes = (await at(page, "panel-note").allTextContents()).join();
  assert.match(notes, /分歧最大：专家甲给 \d+%，专家乙给/);
  assert.match(notes, /专家乙的判断前后有矛盾/);
  const joined = await at(page, "joined").allTextContents();
  const sum = joined.reduce((all, x) => all + Number.parseFloat(x), 0);
  assert.ok(Math.abs(sum - 100) < 0.6, joined.join());
  assert.deepEqual(faults, []);
  await context.close();
});

test("the card on paper: the park, the day, one code, all of it, and nothing else", async () => {
  const { context, page } = await visit();
  await review(page);
  await at(page, "park").fill("示例高新区");
  const signature = (await at(page, "signature").textContent()).trim();
  const card = await at(page, "card-document").textContent();
  assert.deepEqual([...new Set(card.match(/[0-9a-f]{64}/g))], [signature], "one code everywhere");
  assert.ok(card.includes("示例高新区") && /名单日期：\d{4}年\d+月\d+日/.test(card));
  assert.match(card, /专家组组长（签字）/);
  await page.emulateMedia({ media: "print" });
  assert.ok(await at(page, "card-document").isVisible());
  for (const hidden of ["nav-list", "firm", "panel", "print-card"])
    assert.ok(!(await at(page, hidden).first().isVisible()), hidden);
  const cut = await at(page, "card-document").evaluate(e => e.scrollHeight - e.clientHeight);
  assert.ok(cut <= 1, "nothing of it is out of sight");
  const foot = await page.evaluate(() =>
    [...document.querySelectorAll("style")].map(s => s.textContent).find(s => s.includes("@bottom-left")),
  );
  const short = signature.slice(0, 16).match(/.{4}/g).join("-").toUpperCase();
  assert.ok(foot.includes("示例高新区") && foot.includes(short), foot);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const [, width, height] = /MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf).map(Number);
  assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, "A4");
  // Weights from the panel are those of the card, under another code.
  await page.emulateMedia({ media: "screen" });
  await at(page, "add-expert").click();
  await at(page, "points").nth(3).fill("100");
  await at(page, "sheet-done").click();
  await at(page, "apply-panel").click();
  await page.waitForFunction(
    s => document.querySelector('[data-test="signature"]').textContent.trim() !== s,
    signature,
  );
  const now = (await at(page, "signature").textContent()).trim();
  await at(page, "card-document").getByText(now).waitFor();
  const joined = Number.parseFloat(await at(page, "joined").nth(3).textContent());
  const written = Number((await at(page, "card-document").textContent()).match(/规模（([\d.]+)%/)[1]);
  assert.ok(Math.abs(joined - written) <= 0.06, `${joined} ${written}`);
  await context.close();
});

test("an enterprise tells where it stood in the lists of before that were loaded", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await at(page, "ranked").first().waitFor();
  const name = await at(page, "ranked").nth(1).locator('[data-test="name"]').textContent();
  await goTo(page, "review");
  await at(page, "firm-row").first().waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, "keep-edition").click()]);
  const now = readFileSync(await download.path(), "utf8");
  // As it would have been half a year ago: two have changed places, and one was not there yet.
  const [head, first, second, ...rest] = now.split("\n");
  const changed = [head.replace(/"as_of":"[^"]*"/, '"as_of":"2026-01-05"'), second.replace('"rank":2', '"rank":1'), ...rest];
  const other = head.replace(/"as_of":"[^"]*"/, '"as_of":"2025-01-05"').replace(/"signature":"./, '"signature":"f');
  for (const text of [changed.join("\n"), [other, first, ...rest].join("\n")]) {
    await at(page, "file-edition").setInputFiles({ name: "x.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(text) });
    await at(page, "since").or(at(page, "edition-error")).first().waitFor();
  }
  await goTo(page, "list");
  await at(page, "ranked").filter({ hasText: name }).first().click();
  await at(page, "rank-history").waitFor();
  const stood = await at(page, "stood").allTextContents();
  assert.equal(stood.length, 2);
  assert.match(stood[0], /2026年1月5日.*第 1 名/);
  assert.match(stood[1], /2025年1月5日.*不在当期名单中.*不可直接比较/);
  assert.deepEqual(faults, []);
  await context.close();
});
