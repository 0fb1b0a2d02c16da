// The page for whoever does not see it, does not hear it or has no mouse: what a checker finds on every view, and the main job by keys
// alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { at, goTo, names, serve, settled, shoot, visit } from "./visit.mjs";

serve();
const phone = { width: 390, height: 844 };
const checker = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What the checker calls serious or critical, each with where it is. */
async function found(page, where) {
  await settled(page);
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  // What fades in is of another colour on its way.
  await page.evaluate(() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => {}))));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(checker);
  const violations = await page.evaluate(async () => {
    const saidOf = n => `${n.target.join(" ")} (${n.any[0]?.message ?? n.failureSummary})`;
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(v => v.impact === "serious" || v.impact === "critical")
      .map(v => `${v.id}: ${v.nodes.map(saidOf).slice(0, 3).join("; ")} of ${v.nodes.length}`);
  });
  return violations.map(v => `${where}: ${v}`);
}

/** The sample, ranked, in a language and a scheme. */
async function sample({ language, theme, size, contrast }) {
  const script = `localStorage.setItem("xiangma.lang", '${JSON.stringify(language)}');
    localStorage.setItem("xiangma.theme", '${JSON.stringify(theme)}');
    ${contrast ? `localStorage.setItem("xiangma.contrast", '"more"');` : ""}`;
  const visitor = await visit({ script, size });
  const welcome = await found(visitor.page, "first visit");
  await at(visitor.page, "sample").click();
  await names(visitor.page);
  return { ...visitor, welcome };
}

/** Every view there is to go to, with what opens over it. */
async function everyView(page) {
  const all = [];
  const check = async where => void all.push(...(await found(page, where)));
  await check("list");
  await at(page, "weights-open").click();
  await at(page, "tick").first().click();
  await at(page, "tick").nth(1).click();
  await check("list with weights");
  await at(page, "compare-open").click();
  await at(page, "lead").first().waitFor();
  await check("compared");
  await page.keyboard.press("Escape");
  for (const panel of ["filter", "target", "columns", "export", "display"]) {
    await at(page, panel).first().click();
    await page.locator(".part-popover").waitFor();
    await check(panel);
    await page.keyboard.press("Escape");
    await page.locator(".part-popover").waitFor({ state: "detached" });
  }
  await at(page, "ranked").first().click();
  await at(page, "detail").waitFor();
  await at(page, "star").click();
  await check("enterprise");
  const views = await page.locator('[data-test^="nav-"]').evaluateAll(as => as.map(a => a.dataset.test.slice(4)));
  assert.ok(views.length >= 8, views.join());
  for (const view of views) {
    await goTo(page, view);
    if (view === "map") {
      await check("all chains");
      await at(page, "open-optoelectronics").click();
      await at(page, "node").first().waitFor();
    }
    if (view === "review") await at(page, "firm-row").first().waitFor();
    await check(view);
  }
  return all;
}

for (const language of ["zh", "en"])
  for (const theme of ["light", "dark"])
    test(`nothing serious is found on any view: ${language}, ${theme}`, async () => {
      const { context, page, faults, welcome } = await sample({ language, theme });
      assert.equal(await page.getAttribute("html", "data-theme"), theme);
      assert.deepEqual([...welcome, ...(await everyView(page))], []);
      assert.deepEqual(faults, []);
      await context.close();
    });

test("nothing serious is found in high contrast, nor on a phone", async () => {
  for (const theme of ["light", "dark"]) {
    const { context, page } = await sample({ language: "zh", theme, contrast: true });
    assert.deepEqual(await everyView(page), []);
    await context.close();
    const small = await sample({ language: "zh", theme, size: phone });
    const all = [...small.welcome, ...(await found(small.page, "list"))];
    await at(small.page, "filter").click();
    await at(small.page, "list-sheet").waitFor();
    all.push(...(await found(small.page, "sheet")));
    await small.page.goBack();
    for (const view of ["map", "ledger", "welcome", "review", "import", "output"]) {
      await goTo(small.page, view);
      all.push(...(await found(small.page, view)));
    }
    await goTo(small.page, "list");
    await at(small.page, "ranked").first().click();
    await at(small.page, "detail").waitFor();
    all.push(...(await found(small.page, "enterprise")));
    assert.deepEqual(all, []);
    await small.context.close();
  }
});

test("in colours the system forces, what is chosen and what a colour means are still told apart", async () => {
  const { context, page, faults } = await sample({ language: "zh", theme: "dark" });
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  const ground = of => page.locator(of).first().evaluate(e => getComputedStyle(e).backgroundColor);
  assert.notEqual(await ground('[data-test="nav-list"]'), await ground('[data-test="nav-map"]'));
  const standing = '[data-test="standing"] label';
  assert.notEqual(await ground(`${standing}:has(:checked)`), await ground(`${standing}:not(:has(:checked))`));
  assert.notEqual(await ground(".legend .fit i"), await ground(".legend .strength i"));
  await at(page, "ranked").first().click();
  await at(page, "detail").waitFor();
  assert.equal(await page.locator("tr.open").evaluate(e => getComputedStyle(e).outlineStyle), "solid");
  assert.notEqual(await ground('[data-test="waterfall"] td .fit'), await ground('[data-test="waterfall"] td .strength'));
  // Who does not want motion has none.
  await page.setViewportSize(phone);
  await page.keyboard.press("Escape");
  await at(page, "filter").click();
  const moving = await page.evaluate(() => document.getAnimations().map(a => a.effect.getComputedTiming().duration));
  assert.ok(moving.every(ms => ms <= 1), moving.join());
  assert.deepEqual(faults, []);
  await context.close();
});

test("it can be put among the programs of a computer, with an icon of its own", async () => {
  const { context, page } = await visit();
  const told = await context.newCDPSession(page);
  const { data, errors } = await told.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { name, icons, display } = JSON.parse(data);
  assert.match(name, /^相马/);
  assert.equal(display, "standalone");
  assert.deepEqual(icons.slice(0, 2).map(i => i.sizes), ["192x192", "512x512"]);
  for (const { src, sizes, type } of icons) {
    const answer = await page.request.get(new URL(src, page.url()).href);
    assert.ok(answer.ok() && answer.headers()["content-type"].startsWith(type), src);
    if (type === "image/png") assert.equal((await answer.body()).readUInt32BE(16), Number(sizes.split("x")[0]));
  }
  const { installabilityErrors } = await told.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.filter(e => e.errorId !== "in-incognito"), []);
  await context.close();
});

/** Presses a key until what has the focus fits; the focus must always be seen. */
async function walk(page, selector, key = "Tab", most = 90) {
  const passed = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key);
    const now = await page.evaluate(wanted => {
      const its = document.activeElement;
      const box = its?.getBoundingClientRect();
      return {
        there: !!its?.matches(wanted),
        name: its?.dataset.test ?? its?.tagName,
        seen: !!box && box.width > 0 && box.height > 0 && its.matches(":focus-visible"),
      };
    }, selector);
    passed.push(now.name);
    if (now.there) return assert.ok(now.seen, `${selector} has a focus that is not seen`);
  }
  assert.fail(`${selector} is not reached: ${passed.join(" ")}`);
}

test("the main job by keys alone: open, find, read, mark, write", async () => {
  const { context, page, faults } = await visit();
  await page.locator("body").press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".skip")), "the way past the rail comes first");
  await page.keyboard.press("Enter");
  await walk(page, '[data-test="sample"]');
  await page.keyboard.press("Enter");
  const list = await names(page);
  // Past the header and the rail to the list, and looked for.
  await walk(page, '[data-test="search"]');
  await page.keyboard.type("光模块");
  await page.waitForFunction(n => document.querySelector('[data-test="list-foot"]')?.dataset.total < n, list.length);
  const [first, second] = await names(page);
  await walk(page, '[data-test="ranked"]');
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "3");
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-rowindex") === "2");
  await page.keyboard.press("Enter");
  await page.waitForFunction(n => document.querySelector('[data-test="enterprise-name"]')?.textContent === n, first);
  await page.waitForFunction(() => document.activeElement?.matches('[data-test="enterprise"], [data-test="enterprise"] *'));
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(n => document.querySelector('[data-test="enterprise-name"]')?.textContent === n, second);
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(n => document.querySelector('[data-test="enterprise-name"]')?.textContent === n, first);
  await walk(page, '[data-test="star"]');
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector('[data-test="star"]')?.getAttribute("aria-pressed") === "true");
  await walk(page, '[data-test="officer"]');
  await page.keyboard.type("王珂");
  await shoot(page, "keys");
  await walk(page, '[data-test="close"]', "Shift+Tab");
  await page.keyboard.press("Enter");
  await at(page, "detail").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.matches('[data-test="ranked"]'));
  await walk(page, '[data-test="nav-ledger"]', "Shift+Tab");
  await page.keyboard.press("Enter");
  await at(page, "lead-row").first().waitFor();
  assert.match(await at(page, "lead-row").first().textContent(), new RegExp(first));
  await walk(page, '[data-test="nav-output"]');
  await page.keyboard.press("Enter");
  await at(page, "output-xlsx").waitFor();
  await walk(page, '[data-test="output-xlsx"]');
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(download.suggestedFilename(), /\.xlsx$/);
  assert.deepEqual(faults, []);
  await context.close();
});
