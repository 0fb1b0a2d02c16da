// What goes out: a workbook that comes back in as it was, a table, a print.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, goTo, open, serve, settled, shoot, table, visit, unzipped } from "./visit.mjs";

serve();

async function download(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, name).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
/** Once there is a list. */
async function listed(page) {
  await at(page, "nav-output").waitFor();
  await settled(page);
}
async function chooseAll(page) {
  await at(page, "output-scope").locator("label").nth(1).click();
}
/** Names, scores and grades of the whole list, by an engine of its own. */
async function ranked(bytes, residents) {
  const { Session } = await import("xiangma");
  const session = new Session(new Date().toLocaleDateString("sv-SE"));
  const report = session.loadCandidates(bytes);
  session.loadResidents(residents);
  session.target({ chains: ["optoelectronics"] });
  session.assess();
  const list = session.rows(session.top(0xffffffff)).map(r => [r.rank, r.name, r.shown, r.low, r.high, r.grade, r.link]);
  session.free();
  return { report, list };
}
const sample = name => readFileSync(new URL(`../../tests/data/sample_${name}.csv`, import.meta.url));

test("the workbook of all candidates comes back in with the same ranking, in both languages", async () => {
  for (const english of [false, true]) {
    const { context, page, faults } = await visit();
    if (english) await at(page, "language").click();
    await at(page, "sample").click();
    await listed(page);
    await goTo(page, "output");
    await chooseAll(page);
    const { name, bytes } = await download(page, "output-xlsx");
    assert.ok(name.endsWith(".xlsx"));
    const parts = unzipped(bytes);
    const sheets = [...parts.get("xl/workbook.xml").matchAll(/<sheet name="([^"]+)"/g)].map(m => m[1]);
    if (!english) assert.deepEqual(sheets, ["名单", "分项得分", "待核实", "评分卡", "导入说明"]);
    const list = parts.get("xl/worksheets/sheet1.xml");
    assert.match(list, /state="frozen"/);
    assert.match(list, /<autoFilter ref="A1:/);
    assert.match(list, /<cols><col /);
    assert.ok(![...parts.values()].some(text => /<f[ >]/.test(text)), "no formula");
    const [before, after] = [
      await ranked(sample("candidates"), sample("residents")),
      await ranked(bytes, sample("residents")),
    ];
    assert.deepEqual(
      after.report.sheets.filter(s => s.state === "read").map(s => s.name),
      sheets.slice(0, 1),
      "the list alone is read",
    );
    assert.equal(after.report.merged, 0);
    assert.deepEqual(after.list, before.list);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test("points, questions, card and import stand in sheets of their own, with the signature of the list", async () => {
  const { context, page } = await visit();
  await at(page, "sample").click();
  await listed(page);
  await goTo(page, "output");
  await chooseAll(page);
  const parts = unzipped((await download(page, "output-xlsx")).bytes);
  const sheet = n => parts.get(`xl/worksheets/sheet${n}.xml`);
  assert.match(sheet(2), /产业链匹配 \d+\.\d%/);
  assert.ok((sheet(3).match(/<row /g) ?? []).length > 50, "several questions each");
  // What comes again in every row is kept once.
  const shared = parts.get("xl/sharedStrings.xml");
  const signature = shared.match(/>([0-9a-f]{64})</)[1];
  assert.ok(sheet(4).includes(signature) && sheet(4).includes("目标链"));
  assert.match(sheet(5), /个人信息/);
  assert.match(sheet(5), /列“法定代表人”/);
  for (const personal of ["某某", "法定代表人</t></is></c><c r=\"B1\""]) assert.ok(![sheet(1), shared].some(text => text.includes(personal)));
  await context.close();
});

test("a long list is written while the page answers, and can be called off", async () => {
  const { context, page, faults } = await visit();
  await open(page, "candidates", table(60_000), "长.csv");
  await listed(page);
  await goTo(page, "output");
  await chooseAll(page);
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask" });
  });
  await at(page, "output-xlsx").click();
  await at(page, "cancel").click();
  await settled(page);
  assert.ok(await at(page, "nav-output").count(), "the list of before stays");
  await goTo(page, "output");
  const started = Date.now();
  const { bytes } = await download(page, "output-xlsx");
  assert.ok(bytes.length > 100_000);
  console.log(`# 60,000 enterprises: ${Date.now() - started} ms, longest task of the page ${await page.evaluate(() => window.longest)} ms`);
  assert.ok((await page.evaluate(() => window.longest)) < 1000);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the print for a meeting is the list alone, across, with its basis", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await listed(page);
  await goTo(page, "output");
  await at(page, "review-list").waitFor();
  const rows = await at(page, "review-list").locator("tbody tr").count();
  assert.equal(rows, 20);
  await page.evaluate(() => {
    window.print = () => (window.printed = {
      paper: document.querySelector(".print-list")?.textContent,
      theme: document.documentElement.dataset.theme,
      printing: document.documentElement.dataset.printing,
    });
  });
  await at(page, "print").click();
  const printed = await page.evaluate(() => window.printed);
  assert.match(printed.paper, /光电招商评审名单/);
  assert.match(printed.paper, /校验码 [0-9a-f]{16}/);
  assert.equal(printed.printing, "list");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.printing), undefined);
  await shoot(page, "output");
  assert.deepEqual(faults, []);
  await context.close();
});
