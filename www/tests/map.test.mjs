// The chains as a person reads them: all first, then one; a link by keyboard, its candidates on the list, the
// drawing as a file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, goTo, names, open, serve, settled, table, visit } from "./visit.mjs";

serve();
const phone = { size: { width: 390, height: 844 } };
const focused = page => page.evaluate(() => document.activeElement?.getAttribute("data-link"));
async function sample(page) {
  await at(page, "sample").first().click();
  await names(page);
  await goTo(page, "map");
  await at(page, "chains").waitFor();
}

test("all chains first, one by its name; edges are those that are not told by others", async () => {
  const { context, page, faults, requests } = await visit();
  await sample(page);
  const loaded = requests.length;
  assert.equal(await at(page, "chains").locator(":scope > li").count(), 5);
  assert.match(await at(page, "chain-new_energy").textContent(), /不在本次目标内/);
  await at(page, "open-optoelectronics").click();
  await at(page, "graph").waitFor();
  assert.equal(await at(page, "node").count(), 29);
  // Not over the drawing: what the pointer rests on shows what follows, too.
  await page.mouse.move(2, 2);
  await at(page, "edge").nth(31).waitFor({ state: "detached" });
  assert.equal(await at(page, "edge").count(), 31, "43 supplies, of which 12 follow from others");
  assert.match(await at(page, "map-say").textContent(), /29 个环节中园区已有 6 个/);
  // No edge runs through a link.
  const struck = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('[data-test="node"]')].map(g => {
      const [, x, y] = /translate\(([\d.]+) ([\d.]+)\)/.exec(g.getAttribute("transform")).map(Number);
      const box = g.querySelector(".box");
      return { x, y, w: Number(box.getAttribute("width")), h: Number(box.getAttribute("height")) };
    });
    return [...document.querySelectorAll('[data-test="edge"]')].filter(path => {
      const length = path.getTotalLength();
      for (let i = 1; i < 200; i++) {
        const p = path.getPointAtLength((i * length) / 200);
        if (boxes.some(b => p.x > b.x + 1 && p.x < b.x + b.w - 1 && p.y > b.y + 1 && p.y < b.y + b.h - 1)) return true;
      }
      return false;
    }).length;
  });
  assert.equal(struck, 0);
  assert.equal(requests.length, loaded, "nothing is fetched");
  assert.deepEqual(faults, []);
  await context.close();
});

test("a link is walked to by keyboard, shows its edges and its best, and narrows the list", async () => {
  const { context, page, faults } = await visit();
  await sample(page);
  await at(page, "open-optoelectronics").click();
  const module = page.locator('[data-link="oc_module"]');
  await module.waitFor();
  assert.equal(await page.locator('[data-test="node"][tabindex="0"]').count(), 1, "one stop for the whole drawing");
  await module.focus();
  const card = await at(page, "link-card").textContent();
  assert.match(card, /光模块与光组件/);
  assert.match(await module.getAttribute("aria-label"), /已确认候选 \d+ 家：.*有限公司/);
  assert.ok((await page.locator('[data-test="edge"].lit').count()) >= 2);
  await page.keyboard.press("ArrowRight");
  assert.equal(await focused(page), "oc_system", "to the right is what it supplies");
  await page.keyboard.press("ArrowLeft");
  assert.notEqual(await focused(page), "oc_system", "to the left is what supplies it");
  await page.keyboard.press("Home");
  assert.ok(await focused(page));
  await module.focus();
  const said = Number((await module.getAttribute("aria-label")).match(/已确认候选 (\d+) 家/)[1]);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/list"));
  const shown = await names(page);
  assert.equal(shown.length, said, "the list is that of the link");
  // And back to where one was.
  await page.goBack();
  await at(page, "graph").waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test("gaps stand by urgency; one of them names what is around it", async () => {
  const { context, page } = await visit();
  await sample(page);
  await at(page, "open-optoelectronics").click();
  await at(page, "gap").first().waitFor();
  const urgency = await at(page, "gap").locator(".only-heard").allTextContents();
  assert.deepEqual(
    urgency,
    [...urgency].sort((a, b) => b - a),
  );
  await at(page, "gap").filter({ hasText: "光模块与光组件" }).getByRole("button").click();
  const card = await at(page, "link-card").textContent();
  assert.match(card, /园区尚无该环节企业/);
  assert.match(card, /“光通信设备”落户 \d+ 家（示例园区/, "residents by name");
  await context.close();
});

test("the drawing goes out as SVG and PNG, in light colours, with what it is of", async () => {
  const { context, page, faults } = await visit();
  await sample(page);
  await at(page, "open-optoelectronics").click();
  await at(page, "graph").waitFor();
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  const save = async name => {
    const [download] = await Promise.all([page.waitForEvent("download"), at(page, name).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const svg = await save("map-svg");
  assert.match(svg.name, /^光电产业链图谱-\d{4}-\d\d-\d\d\.svg$/);
  const text = svg.bytes.toString("utf8");
  assert.match(text, /校验码 [0-9a-f]{16}/);
  assert.ok(!/var\(--|class=|data-/.test(text), "it needs nothing beside it");
  assert.ok(text.includes("rgb(255, 255, 255)") || text.includes("#ffffff"), "on white");
  const png = await save("map-png");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(png.bytes.length > 20_000);
  assert.deepEqual(faults, []);
  await context.close();
});

test("without residents the candidates' side is there, and what residents would add is said", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", table(30), "甲.csv");
  await names(page);
  await goTo(page, "map");
  await at(page, "open-optoelectronics").click();
  await at(page, "graph").waitFor();
  assert.match(await at(page, "need-residents").textContent(), /覆盖度、缺口/);
  assert.equal(await page.locator('[data-test="node"] .cover').count(), 0);
  assert.match(await page.locator('[data-link="oc_module"]').getAttribute("aria-label"), /已确认候选 30 家/);
  // A chain that is no target says so, and can be made one.
  await page.evaluate(() => (location.hash = "#/map/new_energy"));
  await at(page, "not-target").waitFor();
  await at(page, "not-target").getByRole("button").click();
  await settled(page);
  await at(page, "not-target").waitFor({ state: "detached" });
  await context.close();
});

test("on a phone the chain is a list by stage; on paper it stands alone", async () => {
  const small = await visit(phone);
  await sample(small.page);
  await at(small.page, "open-optoelectronics").click();
  await small.page.locator('[data-link="oc_module"]').click();
  assert.match(await at(small.page, "link-card").textContent(), /在名单中查看/);
  const over = await small.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `the page is ${over} pixels too wide`);
  await small.context.close();
  const { context, page } = await visit();
  await sample(page);
  await at(page, "open-optoelectronics").click();
  await at(page, "graph").waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(await at(page, "graph").isVisible());
  assert.ok(!(await at(page, "nav-list").isVisible()));
  assert.ok(!(await at(page, "map-svg").isVisible()));
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.equal(pdf.match(/\/Type ?\/Page\b/g).length, 1, "one sheet");
  const [, width, height] = /MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf).map(Number);
  assert.ok(Math.abs(width - 1190.6) < 2 && Math.abs(height - 841.9) < 2, "A3, lying");
  await context.close();
});
