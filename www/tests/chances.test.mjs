// Chances are told only by a model that passed its trial, and stand beside the ranks of today.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { at, names, root, serve, settled, slide, goTo, visit } from "./visit.mjs";

serve();
const history = (column, landed) =>
  [
    `企业名称,注册资本,经营范围${column ? ",跟进状态" : ""},结果`,
    ...Array.from({ length: 500 }, (_, i) => {
      const [large, won] = [i % 3 === 0, landed(i)];
      return `第${i}光电科技有限公司,${large ? 5000 + i : 100 + (i % 90)}万元,光学元件制造${column ? `,${won ? "已签约" : i % 2 ? "暂缓" : "跟进中"}` : ""},${won ? "落地" : "未落地"}`;
    }),
  ].join("\n");
const BY_SIZE = i => (i * 37) % 100 < (i % 3 === 0 ? 60 : 10);
const BY_CHANCE = i => ((i * 7919) % 1009) % 4 === 0;
const teach = async (page, text) => {
  await at(page, "file-outcomes").setInputFiles({ name: "历史.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByText("历史.csv").waitFor();
  await page.waitForTimeout(200);
  await at(page, "train").click();
  await at(page, "verdict").waitFor({ timeout: 60_000 });
};

test("a model that may have read the answer, or that failed, is not green and tells nothing", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").click();
  await names(page);
  await goTo(page, "learning");
  for (const text of [history(true, BY_SIZE), history(false, BY_CHANCE)]) {
    await teach(page, text);
    await page.waitForTimeout(800);
    assert.equal(await page.locator('[data-test="verdict"][data-verdict="use"]').count(), 0);
    // No figure of such a model stands anywhere.
    assert.ok(!/\d/.test((await at(page, "trial").textContent()).replace(/第 ?\d/g, "")), await at(page, "trial").textContent());
    for (const figure of ["calibration", "lift-bars", "metrics"]) assert.equal(await at(page, figure).count(), 0);
    assert.equal(await at(page, "chance").count(), 0);
    assert.equal(await at(page, "keep-model").count(), 0);
    await at(page, "no-chances").waitFor();
  }
  await teach(page, history(true, BY_SIZE));
  await at(page, "without-leaks").click();
  await at(page, "chance").first().waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('[data-test="verdict"][data-verdict="use"]').count(), 1);
  assert.equal(await at(page, "calibration").count(), 1);
  assert.deepEqual(faults, []);
  await context.close();
});

test("ranks beside chances are those of the list as it stands; files changed on the disk are as they were when chosen", async () => {
  const { context, page, faults } = await visit();
  const [candidates, outcomes] = [join(tmpdir(), "候选-改动.csv"), join(tmpdir(), "历史-改动.csv")];
  const list = readFileSync(join(root, "../tests/data/sample_candidates.csv"), "utf8");
  writeFileSync(candidates, list);
  writeFileSync(outcomes, history(false, BY_SIZE));
  await at(page, "file-candidates").setInputFiles(candidates);
  await names(page);
  await goTo(page, "learning");
  await at(page, "file-outcomes").setInputFiles(outcomes);
  await at(page, "train").waitFor();
  await page.waitForTimeout(300);
  writeFileSync(candidates, "企业名称,经营范围\n别的公司,其他");
  writeFileSync(outcomes, "一,二\n三,四");
  await at(page, "train").click();
  const first = at(page, "chance").first();
  await first.waitFor({ timeout: 60_000 });
  const ranks = async () =>
    (await at(page, "chance-rank").allTextContents()).map(text => text.match(/\d+/)?.[0]);
  const before = await ranks();
  await goTo(page, "list");
  await slide(page, "scale", 1, "Home");
  await settled(page);
  await goTo(page, "learning");
  await page.waitForTimeout(700);
  const now = await ranks();
  const moved = now.findIndex((rank, i) => rank && rank !== before[i]);
  assert.ok(moved >= 0, "the weights moved somebody");
  await at(page, "chance").nth(moved).locator('[data-test="chance-name"]').click();
  await page.locator(".detail").waitFor();
  assert.match(await page.locator(".detail .figures").textContent(), new RegExp(`第 ${now[moved]} 名`));
  assert.deepEqual(faults, []);
  await context.close();
});
