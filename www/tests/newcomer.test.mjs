// Somebody with two lists and twenty minutes: what they stumble over is said where they are, with a way on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at, goTo, names, root, serve, settled, visit } from "./visit.mjs";

serve();
const data = name => join(root, "../tests/data", name);
const LISTS = [data("zone_residents.csv"), data("zone_candidates.csv")];
/** Two lists of a zone that makes circuits, while the page aims at optics. */
async function dropped(options) {
  const visitor = await visit(options);
  await at(visitor.page, "file-any").setInputFiles(LISTS);
  await at(visitor.page, "list-empty").waitFor();
  await settled(visitor.page);
  return visitor;
}

test("where nobody is on the chain, the one that has the list is a click away", async () => {
  const { context, page, faults } = await dropped();
  const strip = await at(page, "answer").textContent();
  assert.ok(!/资料齐全/.test(strip), "nothing is said of the data of a first tier that is empty");
  await goTo(page, "welcome");
  await at(page, "overview-better").getByText("改看集成电路（已确认 11 家）").waitFor();
  await goTo(page, "list");
  await at(page, "aim-better").click();
  await at(page, "ranked").first().waitFor();
  assert.equal((await names(page)).length, 12);
  assert.equal(await at(page, "aim-better").count(), 0);
  await goTo(page, "welcome");
  assert.equal(await at(page, "overview-better").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a shortlist of those who are on no link says so; what was said goes with the view", async () => {
  const { context, page, faults } = await dropped();
  await goTo(page, "plan");
  await page.getByRole("tab", { name: "短名单" }).click();
  await at(page, "short-count").fill("4");
  await at(page, "short-run").click();
  await at(page, "short-row").first().waitFor();
  assert.match(await at(page, "plan-answer").textContent(), /4 家未确认在目标链的环节上/);
  await goTo(page, "list");
  await at(page, "aim-better").click();
  await at(page, "ranked").first().waitFor();
  await goTo(page, "plan");
  await page.getByRole("tab", { name: "短名单" }).click();
  await at(page, "short-run").click();
  await at(page, "short-row").first().waitFor();
  assert.doesNotMatch(await at(page, "plan-answer").textContent(), /未确认/);
  await at(page, "short-follow").click();
  assert.equal((await at(page, "notice").textContent()).trim().replace(/\s+/g, ""), "已列入台账4家，状态为未联系。");
  // Read, and then gone to another view.
  await page.waitForTimeout(2100);
  await goTo(page, "ledger");
  await at(page, "notice").waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("a review selects fewer than there are, and says where too few are confirmed", async () => {
  const { context, page, faults } = await dropped();
  await goTo(page, "review");
  await at(page, "review-say").waitFor();
  assert.equal(await at(page, "review-k").inputValue(), "10", "of twelve");
  assert.deepEqual(await at(page, "review-k").locator("option").allTextContents(), ["入选前 5 家", "入选前 10 家"]);
  assert.match(await at(page, "review-few").textContent(), /只有 0 家/);
  await goTo(page, "list");
  await at(page, "aim-better").click();
  await at(page, "ranked").first().waitFor();
  await goTo(page, "review");
  await at(page, "review-say").waitFor();
  await at(page, "review-few").waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("all of a list that is shorter than what is selected tells nothing, and that is said", async () => {
  const { context, page } = await visit();
  const few = readFileSync(data("zone_candidates.csv"), "utf8").split("\n").slice(0, 4).join("\n");
  const file = { name: "三家.csv", mimeType: "text/csv", buffer: Buffer.from(few) };
  await at(page, "file-candidates").setInputFiles(file);
  await at(page, "list-empty").waitFor();
  await goTo(page, "review");
  await at(page, "review-few").waitFor();
  assert.match(await at(page, "review-few").textContent(), /只有 3 家，都在入选之列/);
  await context.close();
});

test("on a phone 更多 leads also to the view one is in, and a new project asks for its name first", async () => {
  const { context, page } = await visit({ size: { width: 390, height: 844 } });
  await goTo(page, "projects");
  await at(page, "nav-more").click();
  await at(page, "nav-projects").click();
  await at(page, "nav-projects").waitFor({ state: "detached" });
  await at(page, "project-new").first().click();
  await at(page, "form").waitFor();
  await page.waitForFunction(() => document.activeElement?.dataset.test === "new-name");
  await context.close();
});

test("the list that lies before a meeting tells its year, and says when all are on it", async () => {
  const { context, page } = await dropped();
  await at(page, "aim-better").click();
  await at(page, "ranked").first().waitFor();
  await goTo(page, "output");
  const under = page.locator(".list .under").first();
  await under.waitFor();
  assert.match(await under.textContent(), /研判日期 20\d\d年\d+月\d+日/);
  assert.match(await under.textContent(), /共 12 家，全部列出/);
  await context.close();
});
