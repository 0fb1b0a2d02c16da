// Files in: recognised wherever they are dropped, seen column by column, said better, read again, taken back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, fileOf, give, goTo, open, serve, settled, shoot, table, visit } from "./visit.mjs";

serve();
const CANDIDATES = [
  "企业名称,统一社会信用代码,注册资本,主营产品,联系电话,官网",
  "示例甲光模块有限公司,91110000100000147A,5000万元,光模块,13900001234,a.example",
  "示例乙镜头有限公司,,大概不少,光学镜头,,",
  "示例乙镜头有限公司,,800万元,光学镜头,,",
  "合计,,,,,",
].join("\n");
const STRANGE = "客商,干什么的\n示例光电有限公司,光学镜头制造\n示例激光有限公司,激光器制造\n";
const CHAIN = readFileSync(new URL("../../tests/data/tea_chain.json", import.meta.url), "utf8");
const text = (name, content) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
const column = (page, heading) =>
  at(page, "column").filter({ has: page.locator(".heading", { hasText: new RegExp(`^${heading}$`) }) });
const hasList = async page => {
  await at(page, "nav-output").waitFor();
  await settled(page);
};

test("several files at once go where they belong; what does not tell itself is asked", async () => {
  const { context, page, faults } = await visit();
  await at(page, "file-any").setInputFiles([
    text("园区落户企业.csv", "企业名称,主营产品\n示例园区甲芯片有限公司,光芯片\n"),
    text("三月.csv", CANDIDATES),
  ]);
  await hasList(page);
  assert.deepEqual(
    [await fileOf(page, "candidates"), await fileOf(page, "residents")],
    ["三月.csv", "园区落户企业.csv"],
  );
  await at(page, "file-any").setInputFiles([text("一.csv", table(3)), text("二.csv", table(4))]);
  await at(page, "ask-kinds").waitFor();
  assert.ok(await at(page, "ask-go").isDisabled(), "two of one kind cannot both be read");
  await shoot(page, "ask-kinds");
  await at(page, "ask-file").nth(1).locator("select").selectOption("residents");
  await at(page, "ask-go").click();
  await at(page, "ask-kinds").waitFor({ state: "hidden" });
  await page.waitForSelector('[data-test="basis-candidates"][title="一.csv"]', { state: "attached" });
  await page.waitForSelector('[data-test="basis-residents"][title="二.csv"]', { state: "attached" });
  await settled(page);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a file takes the place of another, and gives it back", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", table(5), "甲.csv");
  await hasList(page);
  await open(page, "candidates", table(7), "乙.csv");
  await at(page, "undo").click();
  await page.waitForSelector('[data-test="basis-candidates"][title="甲.csv"]', { state: "attached" });
  await settled(page);
  await goTo(page, "import");
  await at(page, "drop-candidates").click();
  await page.waitForFunction(() => !document.querySelector('[data-test="nav-output"]'));
  await context.close();
});

test("the report says what became of rows and columns, and can be taken along", async () => {
  const { context, page, faults } = await visit();
  await open(page, "candidates", CANDIDATES, "甲.csv");
  await goTo(page, "import");
  const said = await at(page, "said").textContent();
  assert.match(said, /共 4 行，读入 2 家/);
  assert.match(said, /1 行与别的行是同一家企业，已合并/);
  assert.match(said, /1 行不是企业/);
  assert.match(said, /2 个单元格没有看懂/);
  assert.match(await column(page, "联系电话").textContent(), /个人信息，已丢弃/);
  assert.ok(!(await at(page, "report-candidates").textContent()).includes("13900001234"));
  assert.match(await column(page, "注册资本").textContent(), /大概不少/);
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, "give-report-candidates").click()]);
  const csv = readFileSync(await download.path(), "utf8");
  assert.ok(csv.startsWith("\ufeff类别,行号,说明,内容"));
  assert.match(csv, /合并,\d+,并入第 \d+ 行/);
  assert.match(csv, /不是企业,5,合计行,合计/);
  assert.match(csv, /大概不少/);
  await shoot(page, "import-report");
  assert.deepEqual(faults, []);
  await context.close();
});

test("a heading that was read wrong is said better, and the file is read again", async () => {
  const { context, page, faults } = await visit();
  await open(page, "candidates", "企业名称,备注一\n示例甲有限公司,光模块\n示例乙有限公司,激光器\n", "甲.csv");
  await goTo(page, "import");
  await column(page, "备注一").locator('[data-test="as"]').click();
  await page.getByRole("option", { name: "主营产品" }).click();
  await at(page, "read-again").click();
  await settled(page);
  await page.waitForFunction(() => !document.querySelector('[data-test="read-again"]'));
  assert.match(await column(page, "备注一").textContent(), /主营产品2/);
  await goTo(page, "output");
  await at(page, "review-list").waitFor();
  await goTo(page, "import");
  await at(page, "undo-candidates").click();
  await settled(page);
  await page.waitForFunction(() => !/主营产品2/.test(document.querySelector('[data-test="report-candidates"]').textContent));
  assert.deepEqual(faults, []);
  await context.close();
});

test("a table without a name of the enterprise is shown, and read once the person says which column it is", async () => {
  const { context, page } = await visit();
  await give(page, "candidates", STRANGE, "客商.csv");
  await at(page, "report-candidates").waitFor();
  assert.ok(await at(page, "report-candidates").getByText("没有读入").count());
  await column(page, "客商").locator('[data-test="as"]').click();
  await page.getByRole("option", { name: "企业名称" }).click();
  await column(page, "干什么的").locator('[data-test="as"]').click();
  await page.getByRole("option", { name: "主营业务" }).click();
  await shoot(page, "import-waits");
  await at(page, "read-again").click();
  await hasList(page);
  assert.equal(await fileOf(page, "candidates"), "客商.csv");
  await context.close();
});

test("sheets of a workbook are chosen", async () => {
  const { context, page } = await visit();
  await at(page, "sample").click();
  await hasList(page);
  await goTo(page, "output");
  await at(page, "output-scope").locator("label").nth(1).click();
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, "output-xlsx").click()]);
  await at(page, "file-candidates").setInputFiles({
    name: "全部.xlsx",
    mimeType: "application/octet-stream",
    buffer: readFileSync(await download.path()),
  });
  await page.waitForSelector('[data-test="basis-candidates"][title="全部.xlsx"]', { state: "attached" });
  await settled(page);
  await goTo(page, "import");
  await at(page, "sheet").first().waitFor();
  assert.deepEqual(
    (await at(page, "sheet").allTextContents()).map(s => s.replace(/（.*/, "").trim()),
    ["名单", "分项得分", "待核实", "评分卡", "导入说明"],
  );
  assert.ok(await at(page, "sheet").first().locator("input").isChecked());
  await shoot(page, "import-sheets", { fullPage: true });
  await context.close();
});

test("a scorecard and a chain of the person's own come in as files, and are there after a reload", async () => {
  const { presets } = await import("xiangma");
  const card = JSON.parse(presets()[0]);
  Object.assign(card, { id: "ours", title: { zh: "本区评分卡", en: "Ours" } });
  const { context, page, faults } = await visit();
  await open(page, "candidates", "企业名称,主营产品\n示例茶业有限公司,绿茶\n", "甲.csv");
  await hasList(page);
  await at(page, "file-any").setInputFiles([text("评分卡.json", JSON.stringify(card)), text("茶.json", CHAIN)]);
  await at(page, "notice").getByText("茶.json").waitFor();
  await settled(page);
  assert.equal(await at(page, "error").count(), 0);
  const kept = await page.evaluate(() => [localStorage["xiangma.cards"], localStorage["xiangma.chains"]]);
  assert.ok(kept[0].includes("本区评分卡") && kept[1].includes("茶产业"));
  await at(page, "file-any").setInputFiles([text("坏.json", JSON.stringify({ ...card, criteria: [] }))]);
  await at(page, "error").waitFor();
  assert.match(await at(page, "error").textContent(), /评分卡有误/);
  await page.reload();
  await at(page, "sample").waitFor();
  await open(page, "candidates", "企业名称,主营产品\n示例茶业有限公司,绿茶\n", "甲.csv");
  assert.equal(await at(page, "error").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the template comes back in with every heading understood", async () => {
  const { context, page } = await visit();
  await goTo(page, "import");
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, "template").click()]);
  const { Session } = await import("xiangma");
  const session = new Session("2026-11-28");
  const report = session.loadCandidates(readFileSync(await download.path()));
  assert.equal(report.read, 1);
  assert.deepEqual(report.columns.filter(c => ["extra", "unused", "duplicate"].includes(c.as)), []);
  assert.ok(Object.values(report.values).every(v => !v.notUnderstood));
  session.free();
  await context.close();
});

test("a long JSON with a mark of the order of bytes is shown as any other", async () => {
  const { context, page, faults } = await visit();
  const rows = Array.from({ length: 16_000 }, (_, i) => ({
    企业名称: `示例${i}号光模块有限公司`,
    注册资本: `${100 + i}万元`,
    经营范围: "光模块、光器件的研发、制造；光电子产品销售",
  }));
  const buffer = Buffer.from(`\ufeff${JSON.stringify(rows)}`);
  assert.ok(buffer.length > 2_000_000, "it would be read by its head");
  await at(page, "file-candidates").setInputFiles({ name: "长.json", mimeType: "application/json", buffer });
  await page.waitForSelector('[data-test="basis-candidates"][title="长.json"]', { state: "attached" });
  await settled(page);
  await goTo(page, "import");
  await page.locator(".heading").filter({ hasText: "经营范围" }).first().waitFor();
  assert.equal(await at(page, "error").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});
