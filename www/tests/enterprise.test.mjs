// One enterprise whole: opened from the list, read, walked through, copied, printed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, give, goTo, names, open, serve, settled, shoot, table, visit } from "./visit.mjs";

serve();
const phone = { width: 390, height: 844 };

/** The sample, with its first enterprise open. */
async function first(options) {
  const visitor = await visit(options);
  await at(visitor.page, "sample").first().click();
  const list = await names(visitor.page);
  await at(visitor.page, "ranked").first().click();
  await at(visitor.page, "detail").waitFor();
  return { ...visitor, list };
}
const name = page => at(page, "enterprise-name").textContent();
const placed = (page, n) =>
  page.waitForFunction(n => document.querySelector('[data-test="place"]')?.textContent.startsWith(`第 ${n} 家`), n);

test("it is opened beside the list, says what it is judged to be, and on which words", async () => {
  const { context, page, faults, list } = await first();
  assert.equal(await name(page), list[0]);
  const [left, right] = await Promise.all([at(page, "ranking").boundingBox(), at(page, "enterprise").boundingBox()]);
  assert.ok(left.x + left.width <= right.x + 1, "it pushes the list, and does not lie over it");
  assert.match(await at(page, "judgement").textContent(), /(主业为|从事|兼营).*园区/);
  assert.match(await at(page, "judgement").textContent(), /示例园区/, "residents are named");
  assert.ok(await at(page, "evidence").locator("mark").count());
  assert.match(await at(page, "chain-place").textContent(), /上游.*本环节.*下游/);
  const parts = await at(page, "counted").allTextContents();
  const sum = Number(await at(page, "sum").textContent());
  assert.ok(Math.abs(parts.reduce((s, x) => s + Number(x), 0) - sum) < 0.051, "the parts add up");
  assert.equal(await at(page, "score").textContent(), await at(page, "sum").textContent());
  // No advice on weights; nothing under half a point is compared.
  const text = await at(page, "detail").textContent();
  assert.ok(!/权重(高于|低于|由)|→/.test(text), text);
  for (const [, n] of text.matchAll(/[高低] ([\d.]+) 分/g)) assert.ok(Number(n) >= 0.5, n);
  await shoot(page, "enterprise");
  assert.deepEqual(faults, []);
  await context.close();
});

test("one walks through the list as it is filtered, by key and by button, and the way back closes it", async () => {
  const { context, page, faults, list } = await first();
  await placed(page, 1);
  assert.equal(await at(page, "previous").isDisabled(), true);
  await page.keyboard.press("ArrowRight");
  await placed(page, 2);
  assert.equal(await name(page), list[1]);
  await at(page, "next-one").click();
  await placed(page, 3);
  assert.equal(await name(page), list[2]);
  await page.keyboard.press("ArrowLeft");
  await placed(page, 2);
  // In a field the keys move the caret.
  await at(page, "note").fill("两三句");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await name(page), list[1]);
  await page.goBack();
  await at(page, "enterprise").waitFor({ state: "hidden" });
  assert.match(page.url(), /#\/list$/);
  await page.goForward();
  await at(page, "detail").waitFor();
  assert.equal(await name(page), list[1], "its address opens it again");
  await page.keyboard.press("Escape");
  await at(page, "enterprise").waitFor({ state: "hidden" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("name and code are copied", async () => {
  const { context, page, list } = await first();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await at(page, "copy-name").click();
  await page.waitForFunction(() => document.querySelector('[data-test="copied"]').textContent);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), list[0]);
  await at(page, "copy-code").click();
  await page.waitForTimeout(100);
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^[0-9A-Z]{18}$/);
  await context.close();
});

test("on paper there is the enterprise alone, on white, with the ledger as lines to write on", async () => {
  const { context, page } = await first();
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const part of ["ranking", "nav-list", "print", "officer", "ledger-keeping"])
    assert.equal(await at(page, part).first().isVisible(), false, part);
  for (const part of ["judgement", "chain-place", "evidence", "waterfall", "questions", "facts"])
    assert.equal(await at(page, part).first().isVisible(), true, part);
  assert.equal(await page.locator(".visits").isVisible(), true);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type \/Page\b/g).length;
  assert.ok(pages <= 2, `${pages} pages`);
  await shoot(page, "enterprise-print", { fullPage: true });
  await context.close();
});

test("all the file says is there, unknown columns too; what it does not say is said to be unknown", async () => {
  const { context, page, faults } = await visit();
  await give(
    page,
    "candidates",
    "企业名称,主营产品,经营范围,联络单位,备考\n示例甲光电有限公司,光模块,光模块的制造；房屋租赁,示例商会,=1+1 & 二\n示例乙商贸有限公司,,日用百货销售,,",
  );
  await settled(page);
  await names(page);
  await at(page, "ranked").first().click();
  await at(page, "detail").waitFor();
  const text = await at(page, "extra").textContent();
  assert.match(text, /联络单位示例商会/);
  assert.match(text, /备考=1\+1 & 二/);
  assert.match(await at(page, "facts").textContent(), /未知.*注册资本/);
  assert.match(await at(page, "judgement").textContent(), /未导入落户企业/);
  assert.match(await at(page, "left-out").textContent(), /园区需求/);
  assert.equal(await at(page, "part-need").count(), 0, "what is not counted is no part");
  assert.deepEqual(faults, []);
  await context.close();
});

test("one whose link is not confirmed, and one that is ruled out, are told so plainly", async () => {
  const { context, page } = await visit();
  await at(page, "sample").first().click();
  await names(page);
  for (const [standing, says] of [
    ["待核实", /尚未确认/],
    ["不予推荐", /^不予推荐：/],
  ]) {
    await at(page, "standing").locator("label").filter({ hasText: standing }).click();
    await settled(page);
    await page.waitForTimeout(200);
    await at(page, "ranked").first().click();
    await at(page, "detail").waitFor();
    assert.match((await at(page, "judgement").textContent()).trim(), says);
    await page.keyboard.press("Escape");
    await at(page, "enterprise").waitFor({ state: "hidden" });
  }
  await context.close();
});

test("an address opens it without a click; one that is not in the list is said to be gone", async () => {
  const { context, page, list } = await first();
  const address = page.url();
  await page.goto(address.replace(encodeURIComponent(list[0]), encodeURIComponent("没有这家企业有限公司")));
  await at(page, "gone").waitFor();
  await page.goto(address);
  await at(page, "detail").waitFor();
  assert.equal(await name(page), list[0]);
  await context.close();
});

test("on a phone it is the page: the list waits out of reach, and the way back brings it again", async () => {
  const { context, page, faults, list } = await first({ size: phone });
  assert.equal(await name(page), list[0]);
  assert.equal(await at(page, "nav-list").isVisible(), false);
  const wide = await page.evaluate(() => document.querySelector(".enterprise").scrollWidth);
  assert.ok(wide <= 390, `no wider than the screen: ${wide}`);
  await at(page, "to-lead").click();
  await at(page, "status-arranged").locator("xpath=..").click();
  assert.match(await at(page, "lead-since").textContent(), /已约/);
  await shoot(page, "enterprise-phone");
  await page.goBack();
  await at(page, "enterprise").waitFor({ state: "hidden" });
  assert.equal(await at(page, "nav-list").isVisible(), true);
  assert.deepEqual(faults, []);
  await context.close();
});

test("where a criterion orders the list, its place is told however far down it stands", async () => {
  const { context, page, faults } = await visit();
  await open(page, "candidates", table(2600), "多.csv");
  await names(page);
  await at(page, "columns").click();
  await at(page, "column-criterion:scale").click();
  await page.keyboard.press("Escape");
  await at(page, "sort-scale").click();
  await names(page);
  await at(page, "ranked").first().focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "2601");
  await page.keyboard.press("Enter");
  await placed(page, "2,600");
  await page.keyboard.press("ArrowLeft");
  await placed(page, "2,599");
  assert.deepEqual(faults, []);
  await context.close();
});

test("who else stands at its link opens from it; the ranks it can have are those a review tells", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await names(page);
  await goTo(page, "review");
  await at(page, "firm-row").first().waitFor();
  const said = await at(page, "firm-row").first().textContent();
  const [, best, worst] = said.match(/可能名次 (\d+)–(\d+)/);
  await goTo(page, "list");
  await at(page, "ranked").first().click();
  await at(page, "rank-range").waitFor();
  assert.equal((await at(page, "rank-range").textContent()).trim(), `可能 ${best}–${worst} 名`);
  await at(page, "peers").waitFor();
  const mine = await at(page, "enterprise-name").textContent();
  const peers = await at(page, "peer").allTextContents();
  assert.ok(peers.length > 1 && !peers.includes(mine), "others, and not itself");
  const link = await page.locator('[data-test="chain-place"] .own .link').textContent();
  await at(page, "peer").first().click();
  await at(page, "enterprise-name").getByText(peers[0], { exact: true }).waitFor();
  assert.equal(await page.locator('[data-test="chain-place"] .own .link').textContent(), link, "of the same link");
  await at(page, "peers").getByText(mine).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
