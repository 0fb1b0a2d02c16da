// What is on the screen, in force, exported and signed is one and the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  at,
  capital,
  choose,
  exported,
  fileOf,
  give,
  goTo,
  names,
  open,
  resetWeights,
  serve,
  share,
  showing,
  slide,
  table,
  total,
  visit,
} from "./visit.mjs";

serve();
const RESIDENTS = "企业名称,主营产品\n示例园区甲芯片有限公司,光芯片\n示例园区乙光缆有限公司,光缆";
const MIXED = [
  "企业名称,所属省份,所属城市,注册资本,经营范围",
  "示例甲光模块有限公司,江苏,苏州,5000万元,光模块、光器件的研发、制造",
  "示例乙激光器有限公司,广东,深圳,9000万元,激光器制造",
  "示例丙光芯片有限公司,江苏,南京,100万元,光芯片研发、制造",
  "示例丁商贸有限公司,四川,成都,100万元,钢材销售",
  "示例戊光缆有限公司苏州分公司,江苏,苏州,8000万元,光缆制造",
].join("\n");

test("the card to be signed is the one that ranks, with one signature", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await names(page);
  const document = at(page, "card-document");
  const agrees = async () => {
    const signature = (await at(page, "signature").textContent()).trim();
    await document.getByText(signature.slice(0, 16)).first().waitFor();
    return signature;
  };
  await goTo(page, "review");
  await at(page, "signature")
    .getByText(/^[0-9a-f]{64}$/)
    .waitFor();
  const before = await agrees();
  await goTo(page, "list");
  await slide(page, "scale", 30);
  const wanted = await share(page, "scale");
  await goTo(page, "review");
  await page.waitForFunction(b => document.querySelector('[data-test="signature"]').textContent !== b, before);
  await page.waitForTimeout(1500);
  await agrees();
  const written = (await document.textContent()).match(/规模\s*（?([\d.]+)%/)[1];
  assert.ok(Math.abs(Number.parseFloat(wanted) - Number(written)) <= 0.06, written);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a panel's weights are in force as the panel gave them", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await names(page);
  await goTo(page, "review");
  await at(page, "add-expert").click();
  const points = at(page, "points");
  for (const [i, value] of [100, 10, 5, 5, 5, 5, 5, 5, 2].entries()) await points.nth(i).fill(String(value));
  await at(page, "sheet-done").click();
  await page.waitForTimeout(500);
  const joined = (await at(page, "joined").first().textContent()).trim();
  assert.ok(Number.parseFloat(joined) > 65, joined);
  await at(page, "apply-panel").click();
  await page.waitForTimeout(800);
  await goTo(page, "list");
  assert.equal(await share(page, "chain_fit"), joined);
  // And they stay so where they are only shown.
  await page.reload();
  await names(page);
  assert.equal(await share(page, "chain_fit"), joined);
  assert.deepEqual(faults, []);
  await context.close();
});

test("nothing of the sample stays beside a real list, and the person's own comes back", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await names(page);
  await goTo(page, "import");
  assert.ok(await at(page, "sample-note").isVisible());
  await open(page, "candidates", MIXED, "真实.csv");
  await goTo(page, "import");
  assert.equal(await at(page, "sample-note").count(), 0);
  assert.ok(!(await fileOf(page, "residents")).includes("示例数据"));
  await names(page);
  assert.equal(await at(page, "strategy").count(), 0, "no park, no need");
  await page.reload();
  await at(page, "sample").waitFor();
  await page.waitForTimeout(500);
  assert.equal(await at(page, "ranked").count(), 0, "what was not to be kept is gone, the sample as well");
  // Residents of the person's own wait while the sample is open.
  await open(page, "residents", RESIDENTS, "园区.csv");
  await at(page, "sample").click();
  await names(page);
  assert.ok((await fileOf(page, "residents")).includes("示例数据"));
  await open(page, "candidates", MIXED, "真实.csv");
  await names(page);
  assert.ok((await fileOf(page, "residents")).includes("园区.csv"));
  assert.ok(await at(page, "strategy").count(), "the park's needs are those of its own residents");
  // A bad file is no reason to leave the sample.
  await goTo(page, "import");
  await at(page, "drop-residents").click();
  await names(page);
  assert.deepEqual(faults, []);
  await context.close();
});

test("real residents do not judge made-up candidates either", async () => {
  const { context, page } = await visit();
  await at(page, "sample").click();
  await names(page);
  await open(page, "residents", RESIDENTS, "园区.csv");
  await at(page, "sample").waitFor();
  assert.equal(await at(page, "ranked").count(), 0);
  assert.ok((await fileOf(page, "residents")).includes("园区.csv"));
  await context.close();
});

test("a row opens the enterprise it names, whatever is read meanwhile", async () => {
  const { context, page, faults } = await visit();
  const COUNT = 8000;
  await open(page, "candidates", table(300), "甲.csv");
  const first = await names(page);
  // The same enterprises and many more, in another order.
  const [head, ...rest] = table(COUNT).split("\n");
  await give(page, "candidates", [head, ...rest.reverse()].join("\n"), "乙.csv");
  for (const wait of [0, 150, 400]) {
    await page.waitForTimeout(wait);
    const row = page.locator('[data-test="ranked"]').nth(5);
    const name = await row.locator('[data-test="name"]').textContent();
    await row.dispatchEvent("click");
    const drawer = page.getByRole("article", { name });
    await drawer.waitFor();
    await drawer.locator(".detail, [data-test=gone]").first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(300);
    const number = Number(name.match(/\d+/)[0]);
    assert.ok(
      (await drawer.textContent()).includes(capital(number)),
      `${name}: ${(await drawer.textContent()).slice(0, 300)}`,
    );
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
  }
  assert.ok(first.length);
  // One that is not on the new list is said to be gone.
  await names(page);
  await page.locator('[data-test="ranked"]').nth(3).click();
  await page.locator(".detail").waitFor();
  await give(
    page,
    "candidates",
    table(50, i => `别家${i}号光模块有限公司`),
    "丙.csv",
  );
  await at(page, "gone").waitFor({ timeout: 60_000 });
  assert.deepEqual(faults, []);
  await context.close();
});

test("what comes late of one enterprise does not stand under another's name", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", table(6000), "甲.csv");
  await names(page);
  // The engine is busy with the export.
  await at(page, "export").click();
  await at(page, "export-csv").click();
  const rows = page.locator('[data-test="ranked"]');
  await rows.nth(0).dispatchEvent("click");
  await page.waitForTimeout(80);
  await page.keyboard.press("Escape");
  await page.waitForTimeout(350);
  const name = await rows.nth(7).locator('[data-test="name"]').textContent();
  await rows.nth(7).dispatchEvent("click");
  for (let i = 0; i < 20; i++) {
    const text = await at(page, "enterprise").textContent();
    if (text.includes("万元")) assert.ok(text.includes(capital(Number(name.match(/\d+/)[0]))), text.slice(0, 200));
    await page.waitForTimeout(50);
  }
  await context.close();
});

test("search and filters outlive a change of chain, card and residents, and a run under way", async () => {
  const { context, page, faults } = await visit();
  await give(
    page,
    "candidates",
    table(
      8000,
      i => `示例${i}号${i % 7 ? "光模块" : "激光器"}有限公司`,
      i => (i % 7 ? "光模块制造" : "激光器制造"),
    ),
    "甲.csv",
  );
  await at(page, "ranked").first().waitFor({ timeout: 60_000 });
  await choose(page, "chain", "新材料");
  await showing(page, "不在链上");
  await at(page, "search").fill("激光器");
  const agrees = async () => {
    const shown = await names(page);
    assert.equal(await at(page, "search").inputValue(), "激光器");
    assert.ok(shown.length && shown.every(n => n.includes("激光器")), shown.slice(0, 3).join());
  };
  await agrees();
  await choose(page, "chain", "光电");
  await showing(page, "已确认");
  await agrees();
  await choose(page, "preset", "补链优先");
  await agrees();
  await open(page, "residents", RESIDENTS, "园区.csv");
  await agrees();
  assert.match(await at(page, "list-foot").textContent(), /1,143 家/);
  // What the filter leaves nothing of can be taken back where it is said.
  await at(page, "search").fill("没有这样的名字");
  await at(page, "clear-empty").click();
  assert.ok((await total(page)) > 1143);
  assert.equal(await at(page, "search").inputValue(), "");
  assert.deepEqual(faults, []);
  await context.close();
});

test("counts, list and export are of the weights in force", async () => {
  const { context, page } = await visit();
  await at(page, "sample").click();
  await names(page);
  await choose(page, "filter-grades", "B");
  await names(page);
  const before = await total(page);
  await slide(page, "scale", 40);
  const shown = await total(page);
  assert.notEqual(shown, before, "the weights move grades");
  const foot = await at(page, "list-foot").textContent();
  assert.ok(foot.includes(`${shown} 家`), foot);
  const lines = readFileSync(await exported(page, "csv"), "utf8")
    .trim()
    .split("\r\n");
  assert.equal(lines.length - 1, shown);
  await context.close();
});

test("another card comes with its own weights", async () => {
  const { context, page } = await visit();
  await give(page, "candidates", table(8000), "甲.csv");
  await at(page, "ranked").first().waitFor({ timeout: 60_000 });
  await names(page);
  await choose(page, "preset", "补链优先");
  await names(page);
  const its = [await share(page, "chain_fit"), await share(page, "scale")];
  await choose(page, "preset", "招商评分卡");
  await names(page);
  assert.notDeepEqual([await share(page, "chain_fit"), await share(page, "scale")], its);
  // A step on a slider of the card that is being left.
  await choose(page, "preset", "补链优先");
  await slide(page, "scale", 1);
  await names(page);
  assert.equal((await share(page, "chain_fit")).length > 0, true);
  await resetWeights(page);
  await names(page);
  assert.deepEqual([await share(page, "chain_fit"), await share(page, "scale")], its);
  await context.close();
});

test("what nothing in a run can know keeps its weight for the run that can", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", MIXED, "甲.csv");
  await names(page);
  assert.equal(await share(page, "need"), "未计入");
  await slide(page, "scale", 1);
  await names(page);
  await open(page, "residents", RESIDENTS, "园区.csv");
  await names(page);
  const need = Number.parseFloat(await share(page, "need"));
  assert.ok(need > 10, `${need}: the needs of the park count once there is one`);
  // And back: what cannot be known counts for nothing, and against nobody.
  const [first] = await names(page);
  await slide(page, "scale", 1);
  await goTo(page, "import");
  await at(page, "drop-residents").click();
  await names(page);
  assert.equal(await share(page, "need"), "未计入");
  await page.locator('[data-test="ranked"]').filter({ hasText: first }).first().click();
  await page.locator(".detail").waitFor();
  const line = page.locator(".detail tbody tr").filter({ hasText: "园区需求" });
  assert.equal(await line.count(), 0, "what does not count is no part of a score");
  await context.close();
});

test("some weight is always in force", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", MIXED, "甲.csv");
  await names(page);
  await share(page, "scale");
  const ids = await page.evaluate(() =>
    [...document.querySelectorAll("[data-test^=share-]")].map(e => e.dataset.test.slice(6)),
  );
  for (const id of ids) if ((await share(page, id)) !== "未计入") await slide(page, id, 1, "Home");
  await page.waitForTimeout(400);
  assert.match(await at(page, "notice").textContent(), /大于零/);
  const shares = [];
  for (const id of ids) shares.push(await share(page, id));
  assert.equal(
    shares.filter(s => s !== "未计入").reduce((sum, s) => sum + Number.parseFloat(s), 0),
    100,
    shares.join(),
  );
  await context.close();
});

test("who is ruled out has no grade; grades stand in order; all chains are named", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", MIXED, "甲.csv");
  await names(page);
  assert.ok(!(await names(page)).some(n => n.includes("分公司")), "the confirmed come first, and alone");
  await showing(page, "不予推荐");
  const out = page.locator('[data-test="ranked"]').filter({ hasText: "分公司" });
  assert.match(await out.locator('[data-test="grade"]').textContent(), /不予推荐/);
  await showing(page, "已确认");
  const all = await total(page);
  await at(page, "filter").click();
  const labels = at(page, "filter-grades").locator("label");
  const offered = (await labels.allTextContents()).map(text => text.trim().replace(/[\d,]+$/, ""));
  const order = ["A", "B", "C", "D", "待核实"].filter(g => offered.includes(g));
  assert.ok(order.length, offered.join());
  assert.deepEqual(offered, order);
  for (const grade of order) await labels.filter({ hasText: grade }).first().click();
  await page.keyboard.press("Escape");
  assert.equal(await total(page), all);
  await choose(page, "chain", "全部产业链");
  await names(page);
  assert.match(await at(page, "answer").textContent(), /全部产业链/);
  await context.close();
});

test("regions are those of the list, and one without enterprises is told", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", MIXED, "甲.csv");
  await names(page);
  await at(page, "target").click();
  await at(page, "regions").click();
  await page.getByRole("option").first().waitFor();
  const offered = (await page.getByRole("option").allTextContents()).map(text => text.trim().replace(/[\d,]+$/, ""));
  assert.ok(
    ["江苏", "苏州", "深圳"].every(r => offered.includes(r)),
    offered.join(),
  );
  await page.getByRole("option").filter({ hasText: "苏州" }).click();
  await page.getByPlaceholder("查找").fill("长三角");
  await page.getByRole("option").filter({ hasText: "长三角" }).click();
  await at(page, "unreached").waitFor();
  const told = await at(page, "unreached").textContent();
  assert.ok(told.includes("长三角") && !told.includes("苏州"), told);
  await context.close();
});

test("the chain map names the candidates of every link, and is there when it is seen", async () => {
  const { context, page } = await visit();
  const rows = [table(400), ...Array.from({ length: 3 }, (_, i) => `末位${i}号光纤有限公司,10万元,光缆制造`)].join(
    "\n",
  );
  await open(page, "candidates", rows, "甲.csv");
  assert.ok(!(await names(page)).some(n => n.includes("末位")), "too far down to be drawn");
  await goTo(page, "map");
  await at(page, "open-optoelectronics").click();
  const place = page.locator('[data-test="node"][aria-label*="末位"]');
  await place.waitFor();
  assert.match(await place.getAttribute("aria-label"), /3 家/);
  // Residents come while the map is open; then the window changes while it is not.
  await open(page, "residents", RESIDENTS, "园区.csv");
  const width = () =>
    at(page, "graph").evaluate(svg => svg.getBoundingClientRect().width);
  await page.locator('[data-test="node"].fill').first().waitFor();
  assert.ok((await width()) > 300, String(await width()));
  await goTo(page, "list");
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.waitForTimeout(300);
  await goTo(page, "map");
  await at(page, "open-optoelectronics").click();
  await at(page, "graph").waitFor();
  assert.ok((await width()) > 300, String(await width()));
  // The filter narrows the list, not the map.
  await goTo(page, "list");
  await at(page, "search").fill("末位");
  await names(page);
  await goTo(page, "map");
  await at(page, "open-optoelectronics").click();
  await page.locator('[data-test="node"][aria-label*="示例"]').first().waitFor();
  await goTo(page, "list");
  assert.equal((await names(page)).length, 3);
  await context.close();
});

test("where nobody can be reviewed the page says so", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", "企业名称,经营范围\n示例光电有限公司苏州分公司,光模块制造", "甲.csv");
  await names(page);
  await goTo(page, "review");
  await at(page, "review-none").waitFor();
  await context.close();
});

test("no advice to move a weight for one enterprise, no difference of nothing", async () => {
  const { context, page } = await visit();
  await open(
    page,
    "candidates",
    table(
      60,
      i => `示例${i}号光模块有限公司`,
      () => "光模块制造",
    ),
    "甲.csv",
  );
  await names(page);
  for (const row of [0, 12, -1]) {
    // The last is out of sight: keys go there.
    if (row < 0) {
      await page.locator('[data-test="ranked"]').first().focus();
      await page.keyboard.press("End");
      await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "61");
      await page.keyboard.press("Enter");
    } else await page.locator('[data-test="ranked"]').nth(row).click();
    await page.locator(".detail").waitFor();
    await page.waitForTimeout(500);
    const text = await page.locator(".detail").textContent();
    assert.ok(!/调整权重/.test(text), text);
    assert.ok(!/[^\d]0\.00 分/.test(text), text);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);
  }
  await context.close();
});
