// The month's plan as a section chief makes it: what is missing, whom to bring, through whom, on which trip, who follows,
// what is new.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, choose, fileOf, goTo, names, open, serve, settled, shoot, slide, unzipped, visit } from "./visit.mjs";

serve();
const data = name => readFileSync(new URL(`../../tests/data/${name}`, import.meta.url));
const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text ?? data(name)) });

/** The zone of the test data, ranked for 集成电路. */
async function zone(size) {
  const visitor = await visit({ size });
  const { page } = visitor;
  await open(page, "residents", data("zone_residents.csv").toString(), "zone_residents.csv");
  await open(page, "candidates", data("zone_candidates.csv").toString(), "zone_candidates.csv");
  await names(page);
  if (!size) await choose(page, "chain", "集成电路");
  await names(page);
  return visitor;
}
const tab = async (page, label) => {
  if (!/#\/plan/.test(page.url())) await goTo(page, "plan");
  await page.getByRole("tab", { name: label }).click();
};
const answer = page => at(page, "plan-answer").first().textContent();
const downloaded = async (page, name) => {
  const [download] = await Promise.all([page.waitForEvent("download"), at(page, name).click()]);
  return readFileSync(await download.path());
};

test("from what is missing to who goes where, and what is new a month later", async () => {
  const { context, page, faults } = await zone();

  // What is missing.
  await goTo(page, "plan");
  await at(page, "plan-advice").waitFor();
  const said = await answer(page);
  assert.match(said, /集成电路.*完整度 \d+%/);
  assert.match(said, /先补“[^”]+”，可贯通 \d+ 条/);
  const links = await at(page, "advice").locator("th").allTextContents();
  assert.ok(links.length > 3, links.join());
  const closes = Number(said.match(/可贯通 (\d+) 条/)[1]);
  assert.ok(closes > 0);
  assert.ok((await at(page, "passage").first().textContent()).includes("断在"));
  const complete = Number(said.match(/完整度 (\d+)%/)[1]);
  await shoot(page, "plan-diagnosis");

  // The park decides otherwise; what the figures say stays beside it, and it outlives a reload.
  const row = at(page, "advice").first();
  const link = (await row.locator("th").textContent()).trim();
  await row.getByRole("button", { name: `另作决定：${link}` }).click();
  await at(page, "decide-what").selectOption("leave");
  await at(page, "decide-by").fill("产业发展处");
  await at(page, "decide-why").fill("用地不足");
  await at(page, "decide-save").click();
  await at(page, "decided").waitFor();
  assert.match(await at(page, "decided").textContent(), /暂缓。产业发展处：用地不足.*数据测算为补链/s);
  const kept = await page.evaluate(() => localStorage.getItem("xiangma.plan.decisions"));
  assert.match(kept, /产业发展处/);
  await page.getByRole("button", { name: `更改：${link}` }).click();
  await at(page, "undecide").click();
  await at(page, "decided").waitFor({ state: "detached" });

  // Whom to bring.
  await tab(page, "短名单");
  await at(page, "short-count").fill("5");
  await at(page, "short-run").click();
  await at(page, "short-row").first().waitFor();
  const brought = await at(page, "short-name").allTextContents();
  assert.equal(brought.length, 5);
  const gain = await at(page, "gain").first().textContent();
  const after = Number(gain.match(/→ (\d+)%/)[1]);
  assert.ok(after > complete, gain);
  assert.match(await answer(page), /补上 [1-9]\d* 个环节，新贯通 [1-9]\d* 条通路/);
  // Why somebody is not on it.
  await at(page, "plan-why").locator("input").fill("商贸");
  await at(page, "plan-why").locator('[data-test="row-found"]').first().click();
  await at(page, "why-answer").waitFor();
  assert.ok((await at(page, "why-answer").textContent()).trim());
  const csv = (await downloaded(page, "short-csv")).toString();
  for (const name of brought) assert.ok(csv.includes(name), name);
  const book = unzipped(await downloaded(page, "short-xlsx"));
  assert.ok(book.get("xl/worksheets/sheet1.xml").includes(brought[0]));
  await at(page, "short-follow").click();
  await page.getByText("已列入台账 5 家").waitFor();
  await shoot(page, "plan-shortlist");

  // Through whom: persons are withheld unless asked for.
  await tab(page, "引荐");
  await at(page, "file-ties").setInputFiles(file("zone_ties.csv"));
  await at(page, "way").first().waitFor();
  assert.match(await answer(page), /找得到引荐路径/);
  assert.match(await at(page, "introduced").textContent(), /示例园区晶圆有限公司.*2025年年报/s);
  assert.match(await at(page, "withheld").textContent(), /2 条|1 条/);
  assert.equal(await at(page, "personal-way").count(), 0);
  assert.ok(!(await page.content()).includes("张某"));
  assert.match(await at(page, "ties-rejected").textContent(), /第 8 行/);
  await at(page, "introduce-personal").locator("input").check();
  if (brought.includes("示例南封封测有限公司")) {
    await at(page, "personal-way").first().waitFor();
    assert.ok((await page.content()).includes("张某"));
  }
  await at(page, "introduce-personal").locator("input").uncheck();
  await at(page, "way").first().waitFor();
  await shoot(page, "plan-introduce");

  // On which trip.
  await tab(page, "外出考察");
  await at(page, "trip-from").fill("金华");
  await at(page, "trip-from").press("Enter");
  await at(page, "trip").first().waitFor();
  assert.equal(await at(page, "visit").count(), 5);
  assert.match(await answer(page), /趟、\d+ 天走完 5 家，约 [\d,]+ 公里/);
  assert.match(await at(page, "visit-introducer").first().textContent(), /示例园区/);
  await at(page, "trip-from").fill("无此城");
  await at(page, "trip-from").press("Enter");
  await at(page, "trips-failed").waitFor();
  await at(page, "trip-from").fill("金华");
  await at(page, "trip-from").press("Enter");
  await at(page, "trip").first().waitFor();
  await page.evaluate(() => {
    window.print = () => (window.printed = document.querySelector(".plan-paper")?.textContent ?? "");
  });
  await at(page, "trip-print").first().click();
  assert.match(await page.evaluate(() => window.printed), /第 1 趟.*当面问/s);
  await shoot(page, "plan-trips");

  // Whose hand.
  await tab(page, "专人包干");
  await at(page, "file-officers").setInputFiles(file("zone_officers.csv"));
  await at(page, "assigned").first().waitFor();
  assert.equal(await at(page, "officer").count(), 3);
  assert.ok((await at(page, "officer").first().textContent()).includes("集成电路"));
  assert.match(await answer(page), /5 家分给 \d 位专员/);
  const officer = (await at(page, "assigned-to").first().textContent()).trim();
  await at(page, "assign-write").click();
  await page.getByText("已写入 5 家的专员").waitFor();
  await shoot(page, "plan-assign");
  // Of those in the ledger each keeps the officer who has it.
  await at(page, "plan-source").getByText("台账线索").click();
  await page.waitForFunction(() => document.querySelectorAll('[data-test="assigned"]').length === 5);
  await page.getByText("原专员").first().waitFor();
  assert.equal((await at(page, "assigned").getByText("原专员").count()), 5);
  await at(page, "officers-ledger").click();
  const anyChain = () => [...document.querySelectorAll('[data-test="officer"]')].every(o => o.textContent.includes("不限"));
  await page.waitForFunction(anyChain);
  await at(page, "plan-source").getByText("短名单").click();
  await goTo(page, "ledger");
  assert.ok((await at(page, "ledger").textContent()).includes(officer));

  // What is new a month later: one has grown, one is gone.
  await tab(page, "按月推送");
  const edition = await downloaded(page, "push-keep");
  const later = data("zone_candidates.csv")
    .toString()
    .split("\n")
    .filter(line => !line.includes("示例恒设计"))
    .map(line => (line.includes("示例云联") ? line.replace("5000万元,3000万元,160", "90000万元,90000万元,1600") : line))
    .join("\n");
  await open(page, "candidates", later, "later.csv");
  await goTo(page, "plan");
  await tab(page, "短名单");
  assert.match(await answer(page), /作废/);
  await tab(page, "按月推送");
  await at(page, "file-edition").setInputFiles({ name: "上期.jsonl", mimeType: "application/jsonl", buffer: edition });
  await at(page, "push-text").waitFor();
  assert.match(await answer(page), /较上期（\d{4}-\d{2}-\d{2}）：/);
  assert.match(await at(page, "push-text").textContent(), /示例恒设计有限公司/);
  await at(page, "push-change").getByText("上升").click();
  assert.match(await at(page, "pushed").textContent(), /示例云联模组有限公司/);
  await shoot(page, "plan-push");
  // Another card is told in words, with what to do.
  await slide(page, "scale", 5);
  await tab(page, "按月推送");
  await at(page, "plan-file-failed").waitFor();
  assert.match(await at(page, "plan-file-failed").textContent(), /另一张评分卡.*请在“名单”/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("experts mark without seeing scores, and what they say is laid beside the list", async () => {
  const { context, page, faults } = await zone();
  await tab(page, "短名单");
  await at(page, "short-count").fill("4");
  await at(page, "short-run").click();
  await at(page, "short-row").first().waitFor();
  await tab(page, "专家盲审");
  await at(page, "blind-experts").fill("专家甲、专家乙、专家丙");
  const parts = [...unzipped(await downloaded(page, "blind-give"))];
  assert.equal(parts.length, 3);
  for (const [, sheet] of parts) assert.ok(!/得分|\d\d\.\d\d/.test(sheet), sheet);
  const filled = parts.map(([name, sheet], e) => {
    const [head, ...lines] = sheet.trim().split(/\r?\n/);
    const marked = [...lines].sort().map((line, i) => `${line}${90 - 10 * i + e}`);
    return file(`${name}`, [head, ...marked].join("\n"));
  });
  await at(page, "file-sheets").setInputFiles([filled[0]]);
  await at(page, "blind-result").waitFor();
  await at(page, "file-sheets").setInputFiles(filled.slice(1));
  await page.getByText("3 位专家意见一致").waitFor();
  assert.equal(await at(page, "joint").count(), 4);
  await at(page, "file-sheets").setInputFiles([file("坏.csv", "专家,编号,企业名称,评分\n专家丁,,无此企业,120\n")]);
  await at(page, "plan-file-failed").waitFor();
  await shoot(page, "plan-blind");
  assert.deepEqual(faults, []);
  await context.close();
});

test("each part works without what it does not need", async () => {
  const { context, page, faults } = await visit();
  // Nothing at all: what is wanted is said, and leads to the import.
  await goTo(page, "plan");
  await at(page, "plan-need-residents").waitFor();
  await tab(page, "短名单");
  await at(page, "plan-need-list").waitFor();
  await tab(page, "引荐");
  await at(page, "plan-nobody").waitFor();
  await at(page, "to-shortlist").click();
  assert.match(page.url(), /#\/plan\/shortlist$/);
  // Residents alone are enough for a diagnosis and for signs.
  await open(page, "residents", data("zone_residents.csv").toString(), "zone_residents.csv");
  assert.equal(await fileOf(page, "residents"), "zone_residents.csv");
  await tab(page, "诊断");
  await at(page, "plan-chain").first().waitFor();
  await page.getByRole("button", { name: /^集成电路/ }).click();
  assert.match(await answer(page), /集成电路/);
  const before = data("zone_residents.csv").toString().replace("300000万元", "900000万元");
  await at(page, "file-earlier").setInputFiles(file("上期.csv", `${before}示例园区已迁走有限公司,100万元,光模块,\n`));
  await at(page, "at-risk").first().waitFor();
  const risk = await at(page, "plan-risk").textContent();
  assert.match(risk, /示例园区晶圆有限公司/);
  assert.match(risk, /示例园区已迁走有限公司/);
  // Templates have the columns that are asked for.
  await settled(page);
  assert.match((await downloaded(page, "template-earlier")).toString(), /企业名称,统一社会信用代码,登记状态/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a table of ties or of officers dropped anywhere comes to its place", async () => {
  const { context, page, faults } = await zone();
  await at(page, "file-any").setInputFiles(file("zone_ties.csv"));
  await page.waitForURL(/#\/plan\/introduce$/);
  await at(page, "file-any").setInputFiles(file("zone_officers.csv"));
  await page.waitForURL(/#\/plan\/assign$/);
  assert.deepEqual(faults, []);
  await context.close();
});
