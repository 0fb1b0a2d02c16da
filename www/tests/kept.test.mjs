// What the browser keeps, and what a person does not lose.
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, fileOf, choose, give, names, open, serve, settled, share, slide, goTo, table, total, url, visit } from "./visit.mjs";

serve();
const PHONE = "13900001234";
const LIST = [
  "企业名称,法定代表人,联系电话,邮箱,注册资本,经营范围",
  `示例甲光模块有限公司,钱某某,${PHONE},a@example.org,5000万元,光模块、光器件的研发、制造`,
  `示例乙激光器有限公司,孙某某,${PHONE},b@example.org,9000万元,激光器制造`,
].join("\n");

/** Everything this origin keeps, as one text. */
const kept = page =>
  page.evaluate(async () => {
    const all = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve, reject) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      for (const store of db.objectStoreNames) {
        const values = await new Promise(resolve => {
          const asked = db.transaction(store).objectStore(store).getAll();
          asked.onsuccess = () => resolve(asked.result);
        });
        for (const value of values) {
          const parts = [value, ...Object.values(value ?? {})];
          for (const part of parts) all.push(part instanceof Blob ? await part.text() : JSON.stringify(part));
        }
      }
      db.close();
    }
    for (const key of await caches.keys()) all.push(key);
    return all.join("\n");
  });

test("nothing of a list is kept unless the person says so; then it is back at the next visit, until it is cleared", async () => {
  const { context, page, faults } = await visit();
  await open(page, "candidates", LIST, "甲.csv");
  await names(page);
  const before = await kept(page);
  assert.ok(!before.includes(PHONE) && !before.includes("钱某某") && !before.includes("示例甲"), before);
  await page.reload();
  await at(page, "sample").waitFor();
  await page.waitForTimeout(600);
  assert.equal(await at(page, "ranked").count(), 0);
  // Now with a word.
  await at(page, "keep").click();
  await open(page, "candidates", LIST, "甲.csv");
  const list = await names(page);
  await slide(page, "scale", 5);
  await goTo(page, "review");
  await at(page, "add-expert").click();
  await at(page, "expert-name").fill("王处长");
  await at(page, "sheet-done").click();
  await page.waitForTimeout(300);
  assert.ok((await kept(page)).includes("王处长"));
  await page.reload();
  assert.deepEqual(await names(page), list);
  // To clear is asked, said, complete, and can be undone.
  await at(page, "clear").click();
  await page.getByText("专家姓名与打分").waitFor();
  await at(page, "clear-all").click();
  await at(page, "sample").waitFor();
  await settled(page);
  const after = await kept(page);
  assert.ok(!after.includes("王处长") && !after.includes(PHONE) && !after.includes("甲.csv"), after);
  await at(page, "undo").click();
  assert.deepEqual(await names(page), list);
  await page.reload();
  await at(page, "ranked").first().waitFor();
  assert.deepEqual(await names(page), list, "what was brought back is kept as before");
  await goTo(page, "review");
  assert.equal((await at(page, "expert-0").textContent()).trim(), "王处长");
  // And without the word it goes.
  await goTo(page, "import");
  await at(page, "keep").click();
  await page.waitForTimeout(300);
  assert.ok(!(await kept(page)).includes(PHONE));
  assert.deepEqual(faults, []);
  await context.close();
});

test("the sample and the person's own list do not overwrite each other", async () => {
  const { context, page } = await visit();
  await at(page, "keep").click();
  await open(page, "residents", LIST, "园区.csv");
  await at(page, "sample").click();
  const sample = await names(page);
  await page.reload();
  await at(page, "ranked").first().waitFor();
  assert.deepEqual(await names(page), sample);
  await goTo(page, "import");
  await at(page, "leave-sample").click();
  await at(page, "box-residents").getByText("园区.csv").waitFor();
  await page.reload();
  await at(page, "box-residents").getByText("园区.csv").waitFor();
  assert.equal(await at(page, "ranked").count(), 0);
  await context.close();
});

const DENIED = () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  Object.defineProperty(window, "localStorage", { get: refuse });
  Object.defineProperty(window, "indexedDB", { get: refuse });
};
const FULL = () => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
};

test("a browser that keeps nothing runs the page all the same, and it says so", async () => {
  const { context, page, faults } = await visit({ script: DENIED });
  await at(page, "refusal").getByText("不允许").waitFor();
  await open(page, "candidates", LIST, "甲.csv");
  assert.equal((await names(page)).length, 2);
  await slide(page, "scale", 3);
  await goTo(page, "import");
  await at(page, "keep").click();
  await page.waitForTimeout(300);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a full disk is told", async () => {
  const { context, page, faults } = await visit({ script: FULL });
  await at(page, "keep").click();
  await open(page, "candidates", LIST, "甲.csv");
  await at(page, "refusal").getByText("空间不足").waitFor();
  assert.equal((await names(page)).length, 2);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a start that fails takes no setting away, and can be tried again", async () => {
  const { context, page } = await visit();
  await open(page, "candidates", LIST, "甲.csv");
  await choose(page, "chain", "集成电路");
  await names(page);
  await page.route("**/*.wasm", route => route.abort());
  await page.reload();
  await at(page, "error").getByText("未能启动").waitFor();
  assert.ok(!/undefined/.test(await page.locator("body").textContent()));
  await page.unroute("**/*.wasm");
  await at(page, "retry").click();
  await at(page, "error").waitFor({ state: "detached" });
  await open(page, "candidates", LIST, "甲.csv");
  await names(page);
  assert.match(await at(page, "answer").textContent(), /集成电路/);
  await context.close();
});

/** Remembers every worker of the page. */
const WATCHED = () => {
  const Real = window.Worker;
  window.workers = [];
  window.Worker = class extends Real {
    constructor(...of) {
      super(...of);
      window.workers.push(this);
    }
  };
};

test("an engine that dies comes back with the list, the weights and the filter, and asks nobody for anything", async () => {
  const { context, page, faults, requests } = await visit({ script: WATCHED });
  await at(page, "sample").click();
  await names(page);
  await slide(page, "growth", 10);
  await at(page, "search").fill("光");
  const before = await names(page);
  const growth = await share(page, "growth");
  const loaded = requests.length;
  // Silently, as when memory runs out; then with an error of its own.
  await page.evaluate(() => window.workers.forEach(w => w.terminate()));
  await page.waitForTimeout(1500);
  assert.deepEqual(await names(page), before);
  await at(page, "search").fill("光模块");
  await page.waitForTimeout(500);
  const found = await names(page);
  assert.ok(found.length && found.every(n => n.includes("光模块")));
  assert.equal(await share(page, "growth"), growth);
  await page.evaluate(() => window.workers.at(-1).onerror?.(new ErrorEvent("error", { message: "out of memory" })));
  await page.waitForTimeout(1500);
  assert.deepEqual(await names(page), found);
  await page.locator('[data-test="ranked"]').first().click();
  await page.locator(".detail").waitFor();
  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(faults, []);
  await context.close();
});

/** Calls off the next work that can be, as soon as there is a button for it: a quick machine leaves no time to look for one. */
const callOff = () => {
  const watch = new MutationObserver(() => {
    const button = document.querySelector('[data-test="cancel"]');
    if (!button) return;
    watch.disconnect();
    globalThis.calledOff = true;
    button.click();
  });
  watch.observe(document, { childList: true, subtree: true });
};

test("what is called off leaves the list of before, and asks nobody for anything", async () => {
  const { context, page, faults, requests } = await visit();
  await open(page, "candidates", table(40), "甲.csv");
  const before = await names(page);
  const loaded = requests.length;
  await page.evaluate(callOff);
  await give(
    page,
    "candidates",
    table(150_000, i => `别家${i}号光模块有限公司`),
    "大.csv",
  );
  await page.waitForFunction(() => globalThis.calledOff);
  await settled(page);
  assert.deepEqual(await names(page), before);
  assert.ok((await fileOf(page, "candidates")).includes("甲.csv"));
  await choose(page, "chain", "新材料");
  await names(page);
  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a list that was never finished is not opened again unasked", async () => {
  const { context, page } = await visit();
  await at(page, "keep").click();
  await open(page, "candidates", table(200_000), "大.csv");
  await names(page);
  // The page goes while it opens what was kept.
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction(
    () => document.querySelector('[data-test="busy"]') && localStorage.getItem("xiangma.opening"),
  );
  await page.close();
  const again = (await visit({ context })).page;
  await at(again, "offered").getByText("大.csv").waitFor();
  await again.waitForTimeout(500);
  assert.equal(await at(again, "ranked").count(), 0);
  await at(again, "reopen").click();
  await at(again, "ranked").first().waitFor();
  assert.equal(await total(again), 200_000);
  await again.waitForFunction(() => !localStorage.getItem("xiangma.opening"));
  // Called off while it is brought back: it is offered, not begun again.
  await again.addInitScript(callOff);
  await again.reload();
  await again.waitForFunction(() => globalThis.calledOff);
  await at(again, "offered").getByText("大.csv").waitFor();
  await settled(again);
  assert.equal(await at(again, "ranked").count(), 0);
  await at(again, "discard").click();
  await again.reload();
  await at(again, "sample").waitFor();
  await again.waitForTimeout(500);
  assert.equal((await at(again, "offered").count()) + (await at(again, "ranked").count()), 0);
  assert.ok(url);
  await context.close();
});
