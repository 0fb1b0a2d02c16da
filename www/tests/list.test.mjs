// The list as a person works with it: search, filter, order, weigh, compare, walk by keys, on a desk and on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, choose, names, serve, share, shoot, showing, slide, total, visit } from "./visit.mjs";

serve();
const phone = { size: { width: 390, height: 844 } };
const row = page => page.locator('[data-test="ranked"]');

async function sample(of) {
  const visitor = await visit(of);
  await at(visitor.page, "sample").click();
  await row(visitor.page).first().waitFor();
  await names(visitor.page);
  return visitor;
}

test("the answer stands over the list, of figures that agree with it, each leading somewhere", async () => {
  const { context, page, faults } = await sample();
  const answer = await at(page, "answer").textContent();
  const confirmed = await total(page);
  assert.match(answer, new RegExp(`124\\s*家读入.*${confirmed}\\s*家光电确认`));
  assert.match(answer, /第一梯队\s*\d+\s*家/);
  assert.match(await at(page, "tier-line").textContent(), /首位企业/);
  // Four groups, which are everybody together.
  const counts = (await at(page, "standing").locator("em").allTextContents()).map(Number);
  assert.equal(counts.length, 4);
  assert.equal(counts[0], confirmed);
  assert.equal(
    counts.reduce((a, b) => a + b, 0),
    124,
  );
  for (const [i, label] of ["待核实", "不在链上", "不予推荐"].entries()) {
    await showing(page, label);
    assert.equal(await total(page), counts[i + 1], label);
  }
  await at(page, "to-tier").click();
  await names(page);
  assert.equal(await total(page), confirmed);
  // The chain is chosen from what the list has of each.
  await at(page, "target").click();
  await page.waitForFunction(() => /\d+ 家/.test(document.querySelector('[data-test="chain"]').textContent));
  const chains = await at(page, "chain").locator("label").allTextContents();
  assert.match(chains[0], new RegExp(`光电.*${confirmed} 家`), chains.join());
  await page.keyboard.press("Escape");
  await at(page, "to-map").click();
  await page.waitForURL(/#\/map/);
  await page.goBack();
  await at(page, "to-columns").click();
  await page.waitForURL(/#\/import/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a search by initials, filters with counts, chips that are taken back", async () => {
  const { context, page, faults } = await sample();
  const all = await total(page);
  await at(page, "search").fill("lcgmk");
  const found = await names(page);
  assert.ok(found.length && found.every(n => n.includes("凌川光模块")), found.join());
  assert.ok(await at(page, "chip-text").isVisible());
  await at(page, "search").fill("光模块 成都");
  assert.ok((await names(page)).every(n => n.includes("光模块") && n.includes("成都")));
  await at(page, "clear-filter").click();
  assert.equal(await total(page), all);
  // Of each there are as many as are said before it is chosen.
  await at(page, "filter").click();
  const fill = at(page, "filter-needs").locator("label").filter({ hasText: "补链" });
  const said = Number((await fill.locator("em").textContent()).replace(/\D/g, ""));
  await fill.click();
  await page.keyboard.press("Escape");
  assert.equal(await total(page), said);
  assert.ok((await at(page, "strategy").allTextContents()).every(text => text === "补链"));
  await choose(page, "filter-regions", "江苏");
  const both = await total(page);
  assert.ok(both > 0 && both < said);
  // What is in force outlives another target.
  await choose(page, "preset", "补链优先");
  assert.equal(await total(page), both);
  assert.match(await at(page, "chips").textContent(), /补链.*江苏|江苏.*补链/);
  await at(page, "chip-needs").click();
  assert.ok((await total(page)) > both);
  await at(page, "clear-filter").click();
  assert.equal(await total(page), all);
  assert.equal(await at(page, "chips").count(), 0);
  await at(page, "filter").click();
  await at(page, "filter-foundedFrom").fill("2015");
  await at(page, "filter-foundedFrom").press("Enter");
  await page.keyboard.press("Escape");
  const young = await total(page);
  assert.ok(young > 0 && young < all);
  await at(page, "columns").click();
  await at(page, "column-founded").click();
  await page.keyboard.press("Escape");
  await names(page);
  const days = await row(page).evaluateAll(rows => rows.map(r => r.textContent.match(/\d{4}-\d\d-\d\d/)?.[0]));
  assert.ok(days.length && days.every(d => d >= "2015"), days.join());
  assert.deepEqual(faults, []);
  await context.close();
});

test("the list is ordered by a criterion with a click on a head, and by the score again", async () => {
  const { context, page, faults } = await sample();
  const byScore = await names(page);
  await at(page, "columns").click();
  await at(page, "column-criterion:scale").click();
  await page.keyboard.press("Escape");
  await at(page, "sort-scale").click();
  await page.waitForFunction(() => document.querySelector('[aria-sort="descending"]')?.textContent.includes("规模"));
  assert.notDeepEqual(await names(page), byScore);
  assert.match(await at(page, "tier-line").textContent(), /按规模排序/);
  const points = await row(page).evaluateAll(rows => rows.map(r => Number(r.lastElementChild.textContent)));
  assert.ok(points.length > 10 && points.every((p, i) => !i || p <= points[i - 1]), points.join());
  await at(page, "sort-score").click();
  assert.deepEqual(await names(page), byScore);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a moved weight says who came and who left, is marked, undone, and kept under a name", async () => {
  const { context, page, faults } = await sample();
  const before = await names(page);
  const scale = await share(page, "scale");
  await slide(page, "scale", 40);
  const after = await names(page);
  assert.notDeepEqual(after, before);
  const split = async name => (await at(page, name).textContent()).split("、");
  const [entered, left] = [await split("entered"), await split("left")];
  assert.equal(entered.length, left.length);
  // The first twenty before and now, as far as they are in sight, agree with what is said.
  for (const name of left) assert.ok(!after.slice(0, 16).includes(name), name);
  for (const name of entered) assert.ok(!before.slice(0, 16).includes(name), name);
  assert.ok(await page.locator(".list-table .up").count(), "rows that rose are marked");
  await shoot(page, "list-weights");
  await at(page, "undo-weights").click();
  assert.deepEqual(await names(page), before);
  assert.equal(await share(page, "scale"), scale);
  await slide(page, "scale", 40);
  const moved = await share(page, "scale");
  await at(page, "set-name").fill("重规模");
  await at(page, "keep-set").click();
  await at(page, "reset-weights").click();
  await names(page);
  assert.equal(await share(page, "scale"), scale);
  await at(page, "weight-set").click();
  await names(page);
  assert.equal(await share(page, "scale"), moved);
  assert.deepEqual(
    (await page.evaluate(() => JSON.parse(localStorage.getItem("xiangma.weightSets")))).map(s => s.name),
    ["重规模"],
  );
  assert.deepEqual(faults, []);
  await context.close();
});

test("two to five are compared, and what is under half a point is no lead", async () => {
  const { context, page, faults } = await sample();
  await at(page, "tick").first().click();
  assert.ok(await at(page, "compare-open").isDisabled());
  for (const i of [1, 2, 3]) await at(page, "tick").nth(i).click();
  await at(page, "compare-open").click();
  await at(page, "lead").first().waitFor();
  const leads = await at(page, "lead").allTextContents();
  assert.equal(leads.length, 3);
  for (const text of leads) {
    const points = text.match(/高 ([\d.]+) 分/)?.[1];
    assert.ok(points ? Number(points) >= 0.5 : text.includes("分不出先后"), text);
    assert.ok(!/权重/.test(text), text);
  }
  await shoot(page, "list-compare");
  await page.keyboard.press("Escape");
  await at(page, "untick").click();
  assert.equal(await at(page, "ticked").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("keys walk the list: arrows, ends, Space ticks, Enter opens; at least sixteen rows are in sight", async () => {
  const { context, page, faults } = await sample();
  const inSight = await row(page).evaluateAll(
    rows => rows.filter(r => r.getBoundingClientRect().bottom <= innerHeight).length,
  );
  assert.ok(inSight >= 16, `${inSight} rows`);
  await row(page).first().focus();
  const index = () => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));
  assert.equal(await index(), "2");
  const move = async (key, to) => {
    await page.keyboard.press(key);
    await page.waitForFunction(n => document.activeElement?.getAttribute("aria-rowindex") === n, String(to));
  };
  await move("ArrowDown", 3);
  await move("ArrowDown", 4);
  await move("ArrowUp", 3);
  const count = await total(page);
  await move("End", count + 1);
  assert.equal(await page.locator('[role="grid"]').getAttribute("aria-rowcount"), String(count + 1));
  await move("Home", 2);
  await page.keyboard.press(" ");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-selected") === "true");
  const name = await page.evaluate(() => document.activeElement.querySelector('[data-test="name"]').textContent);
  await page.keyboard.press("Enter");
  await page.waitForURL(url => decodeURIComponent(url.hash).includes(name));
  assert.deepEqual(faults, []);
  await context.close();
});

test("on a phone the list comes first; filter and weights come from below, and the way back closes them", async () => {
  const { context, page, faults } = await sample(phone);
  assert.ok((await row(page).first().boundingBox()).y < 480, "the list is seen without scrolling");
  const all = await total(page);
  await at(page, "filter").click();
  await at(page, "filter-grades").locator("label").filter({ hasText: "A" }).click();
  const said = n => !document.querySelector('[data-test="sheet-see"]').textContent.includes(` ${n} `);
  await page.waitForFunction(said, all);
  const see = Number((await at(page, "sheet-see").textContent()).match(/\d+/)[0]);
  await shoot(page, "list-390-filter");
  await at(page, "sheet-see").click();
  await at(page, "list-sheet").waitFor({ state: "detached" });
  assert.equal(await total(page), see);
  assert.ok(await at(page, "chip-grades").isVisible());
  await at(page, "filter").click();
  await page.getByRole("tab", { name: "权重" }).click();
  await at(page, "weight-scale").focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
  await at(page, "change").waitFor();
  await page.goBack();
  await at(page, "list-sheet").waitFor({ state: "detached" });
  await at(page, "clear-filter").click();
  const first = await names(page);
  await page.locator("main").evaluate(main => main.scrollTo(0, 2000));
  await page.waitForTimeout(300);
  assert.notDeepEqual(await names(page), first, "what is scrolled to is drawn");
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  assert.deepEqual(faults, []);
  await context.close();
});

test("in English, and in the dark, nothing is wanting", async () => {
  const { context, page, faults } = await sample();
  await at(page, "language").click();
  await names(page);
  const text = await page.locator("main").innerText();
  assert.ok(!/ranking\.|undefined|NaN/.test(text), text.match(/.{0,30}(ranking\.|undefined|NaN).{0,30}/)?.[0]);
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  await shoot(page, "list-en-dark");
  assert.deepEqual(faults, []);
  await context.close();
});
