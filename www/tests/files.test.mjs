// Files in and out: what is dropped, what a report says of it, what an export holds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, place, fileOf, names, open, serve, shoot, slide, goTo, table, url, visit, unzipped } from "./visit.mjs";

serve();
const HEAD =
  "企业名称,统一社会信用代码,所属省份,所属城市,注册资本,主营产品,经营范围,官网,国标行业大类,随便一列,联系电话";
const LIST = [
  HEAD,
  "示例甲光模块有限公司,91110000100000147A,江苏,苏州,5000万元,光模块,光模块制造,a.example,通信设备,一,13900001234",
  '=1+1公司,,＝HYPERLINK("x"),@SUM(1),900万元,,激光器制造,,,,',
  '示例丙镜头有限公司,,-浙江,"\n=2+2",900万元,,纳米饰面板、包装薄膜销售,,,,',
  "示例丁商贸有限公司,,四川,成都,100万元,,钢材销售,,,,",
  "示例戊光缆有限公司苏州分公司,,江苏,苏州,8000万元,,光缆制造,,,,",
].join("\n");
const RESIDENTS = "企业名称,主营产品\n示例园区甲芯片有限公司,光芯片";

/** Drops files of a name each somewhere; true when the page took care that the browser does not open them. */
const drop = (page, selector, files) =>
  page.evaluate(
    ({ selector, files }) => {
      const data = new DataTransfer();
      for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/csv" }));
      const to = document.querySelector(selector);
      const over = new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true });
      const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      return [over, drop].map(event => !to.dispatchEvent(event)).every(Boolean);
    },
    { selector, files },
  );

test("a file dropped beside the boxes is taken or asked about, and never opened instead of the page", async () => {
  const { context, page } = await visit();
  assert.ok(await drop(page, "header", [["甲.csv", LIST]]));
  await names(page);
  assert.ok(
    (await fileOf(page, "candidates")).includes("甲.csv"),
    "the first list can only be the candidates",
  );
  assert.ok(await drop(page, "main", [["乙.csv", LIST]]));
  await at(page, "ask-kinds").getByText("乙.csv").waitFor();
  await at(page, "ask-cancel").click();
  assert.ok((await fileOf(page, "candidates")).includes("甲.csv"));
  assert.equal(place(page), url);
  await context.close();
});

test("of two files dropped at once each is asked about, and only what is wanted is read", async () => {
  const { context, page } = await visit();
  await drop(page, '[data-test="box-candidates"]', [
    ["甲.csv", LIST],
    ["乙.csv", LIST],
  ]);
  await at(page, "ask-kinds").waitFor();
  const asked = await at(page, "ask-kinds").textContent();
  assert.ok(asked.includes("甲.csv") && asked.includes("乙.csv"), asked);
  await at(page, "ask-file").nth(1).locator("select").selectOption("skip");
  await at(page, "ask-go").click();
  await names(page);
  assert.ok((await fileOf(page, "candidates")).includes("甲.csv"));
  assert.equal(await fileOf(page, "residents"), "");
  await context.close();
});

test("the way back closes what was opened, and stays on the page", async () => {
  const { context, page, faults } = await visit({ size: { width: 390, height: 844 } });
  await at(page, "sample").click();
  await names(page);
  for (const leave of [() => page.goBack(), () => page.keyboard.press("Escape")]) {
    await page.locator('[data-test="ranked"]').first().click();
    await page.locator(".detail").waitFor();
    await leave();
    await page.locator(".detail").waitFor({ state: "hidden" });
    assert.equal(place(page), url);
    assert.ok(await at(page, "ranked").count());
    await page.waitForTimeout(300);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test("a report names every column of the file and what became of it", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", LIST, "甲.csv");
  await names(page);
  await goTo(page, "import");
  const rows = await at(page, "column").allTextContents();
  for (const header of HEAD.split(","))
    assert.ok(
      rows.some(r => r.startsWith(header)),
      `${header}: ${rows.join(" | ")}`,
    );
  const of = header => rows.find(r => r.startsWith(header));
  assert.match(of("主营产品"), /主营产品主营产品/);
  assert.match(of("注册资本"), /注册资本注册资本5/);
  assert.match(of("官网"), /未使用/);
  assert.match(of("联系电话"), /已丢弃/);
  assert.ok((await at(page, "unused").textContent()).includes("官网"));
  await shoot(page, "report-columns");
  await context.close();
});

/** The cells of a CSV. */
function cells(text) {
  const rows = [[""]];
  let quoted = false;
  for (const c of text.replace(/^\ufeff/, "")) {
    const row = rows.at(-1);
    if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (quoted || c !== "\r") row[row.length - 1] += c;
  }
  return rows.filter(row => row.length > 1);
}

test("an export says no more than the screen, in words, with what it was made under, and without formulas", async () => {
  const { context, page, faults } = await visit();
  await open(page, "candidates", LIST, "甲.csv");
  await open(page, "residents", RESIDENTS, "园区.csv");
  await names(page);
  await slide(page, "scale", 4);
  await goTo(page, "output");
  await at(page, "output-scope").locator("label").nth(1).click();
  const save = async name => {
    const [download] = await Promise.all([page.waitForEvent("download"), at(page, name).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const csv = await save("output-csv");
  const [head, ...rows] = cells(csv.bytes.toString("utf8"));
  assert.equal(rows.length, 5);
  assert.ok(rows.every(row => row.length === head.length));
  const get = (row, column) => row[head.indexOf(column)];
  for (const row of rows)
    for (const cell of row) assert.ok(!/^\s*[=+@＝＋＠]|^\s*-\D|^[\t\r\n]/.test(cell), `live: ${JSON.stringify(cell)}`);
  const find = part => rows.find(row => row.some(cell => cell.includes(part)));
  const sure = find("示例甲");
  assert.equal(get(sure, "链上状态"), "已确认");
  assert.equal(get(sure, "统一社会信用代码").length >= 0, true);
  assert.equal(get(sure, "角色"), "制造");
  assert.ok(get(sure, "确认的环节") && get(sure, "园区需求"));
  assert.ok(Number(get(sure, "产业链匹配")) > 0, "points of each criterion");
  for (const row of rows.filter(r => get(r, "链上状态") !== "已确认")) {
    assert.deepEqual([get(row, "确认的环节"), get(row, "园区需求"), get(row, "角色")], ["", "", ""], row.join());
  }
  const out = find("分公司");
  assert.equal(get(out, "等级"), "");
  assert.match(get(out, "不予推荐的原因"), /分支机构/);
  assert.ok(!csv.bytes.toString("utf8").includes("not_in_business") && !/,branch,/.test(csv.bytes.toString("utf8")));
  await goTo(page, "review");
  await at(page, "signature")
    .getByText(/^[0-9a-f]{64}$/)
    .waitFor({ timeout: 10_000 });
  const signature = (await at(page, "signature").textContent()).trim();
  assert.ok(rows.every(row => get(row, "评分卡校验码") === signature && get(row, "目标链") === "光电"));
  const today = new Date().toLocaleDateString("sv-SE");
  assert.ok(rows.every(row => get(row, "研判日期") === today));
  assert.ok(
    csv.name.includes(today) && csv.name.includes("光电") && csv.name.includes(signature.slice(0, 8)),
    csv.name,
  );
  await goTo(page, "output");
  const xlsx = await save("output-xlsx");
  assert.equal(xlsx.bytes.subarray(0, 2).toString(), "PK");
  assert.ok(xlsx.name.endsWith(".xlsx") && xlsx.name.includes(today));
  const parts = unzipped(xlsx.bytes);
  const texts = [...parts.values()].join("\n");
  assert.ok(texts.includes(">=1+1公司<") && !/<f[ >]/.test(texts), "names as they are, and no formula");
  assert.ok(texts.includes(signature) && texts.includes("目标链"));
  assert.deepEqual(faults, []);
  await context.close();
});

test("a damaged workbook is refused with what to do", async () => {
  const { context, page } = await visit();
  const old = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(4096)]);
  await at(page, "file-candidates").setInputFiles({
    name: "旧.xls",
    mimeType: "application/vnd.ms-excel",
    buffer: old,
  });
  const told = at(page, "error");
  await told.waitFor();
  assert.match(await told.textContent(), /另存为 \.xlsx/);
  assert.ok(!/[a-z]{4,} [a-z]{2,}/.test(await told.textContent()), "no English in a Chinese page");
  await context.close();
});

test("language and title are those of the page from the first moment", async () => {
  const { context, page } = await visit();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.title.includes("相马")]), [
    "zh-CN",
    true,
  ]);
  await at(page, "language").click();
  await page.reload();
  await at(page, "sample").waitFor();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.title.includes("Xiangma")]), [
    "en",
    true,
  ]);
  await context.close();
});

test("what fails is said", async () => {
  const { context, page } = await visit();
  await at(page, "sample").click();
  await names(page);
  await page.evaluate(
    () =>
      (URL.createObjectURL = () => {
        throw new Error("refused by the browser");
      }),
  );
  await goTo(page, "output");
  await at(page, "output-csv").click();
  await at(page, "error").waitFor();
  await context.close();
});

test("the head of the list stays in sight", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", table(60), "甲.csv");
  await names(page);
  await page.mouse.move(900, 600);
  await page.mouse.wheel(0, 3000);
  await page.waitForTimeout(400);
  const { top, bottom } = await page.locator("regular-table thead").evaluate(e => e.getBoundingClientRect().toJSON());
  const frame = await page.locator("regular-table").evaluate(e => e.getBoundingClientRect().toJSON());
  assert.ok(top >= frame.top - 1 && bottom < frame.bottom, JSON.stringify({ top, bottom, frame }));
  await context.close();
});
