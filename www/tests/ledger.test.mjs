// The ledger of leads: what is written of an enterprise, kept where that is allowed, handed to a colleague and joined.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at, goTo, names, serve, shoot, visit } from "./visit.mjs";

serve();
const day = days => new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE");

async function sample(options) {
  const visitor = await visit(options);
  await at(visitor.page, "sample").first().click();
  return { ...visitor, list: await names(visitor.page) };
}
async function openFirst(page, n = 0) {
  await at(page, "ranked").nth(n).click();
  await at(page, "detail").waitFor();
}
const status = (page, to) => at(page, `status-${to}`).locator("xpath=..").click();
async function write(page, { to, officer, next, note }) {
  if (to) await status(page, to);
  for (const [field, text] of Object.entries({ officer, next, note }))
    if (text !== undefined) {
      await at(page, field).fill(text);
      await at(page, field).blur();
    }
}
/** Until what was written is in the store. */
const stored = page =>
  page.waitForFunction(async () => {
    const db = await new Promise(done => (indexedDB.open("xiangma-ledger").onsuccess = e => done(e.target.result)));
    const count = await new Promise(
      done => (db.transaction("changes").objectStore("changes").count().onsuccess = e => done(e.target.result)),
    );
    db.close();
    return count > 0;
  });
const rows = page => at(page, "lead-row").evaluateAll(all => all.map(r => r.querySelector(".name").textContent.trim()));
async function taken(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), at(page, button).click()]);
  return readFileSync(await file.path(), "utf8");
}
async function join(page, text, name = "交接.ledger") {
  await at(page, "file-ledger").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

test("status, officer, day and note are written with the enterprise, and stand in the ledger", async () => {
  const { context, page, faults, list } = await sample();
  await goTo(page, "ledger");
  assert.match(await at(page, "ledger-empty").textContent(), /选择状态/, "it says how to begin");
  await at(page, "to-list").click();
  await openFirst(page);
  await write(page, { to: "visited", officer: "陈示", next: day(-2), note: "愿来考察" });
  assert.match(await at(page, "lead-since").textContent(), /已访/);
  assert.match(await at(page, "history").textContent(), /愿来考察/);
  await at(page, "next-one").click();
  await page.waitForFunction(n => document.querySelector('[data-test="enterprise-name"]')?.textContent === n, list[1]);
  await at(page, "detail").waitFor();
  assert.equal(await at(page, "officer").inputValue(), "", "nothing of one is shown with another");
  await at(page, "star").click();
  await goTo(page, "ledger");
  assert.deepEqual(await rows(page), [list[0], list[1]], "what is overdue stands first");
  assert.match(await at(page, "lead-row").first().textContent(), /陈示.*逾期 2 天/s);
  await at(page, "due-overdue").click();
  assert.deepEqual(await rows(page), [list[0]]);
  await at(page, "due-overdue").click();
  await at(page, "by-officer").selectOption("-");
  assert.deepEqual(await rows(page), [list[1]]);
  await at(page, "by-officer").selectOption("all");
  await at(page, "by-status").locator("label").filter({ hasText: "已访" }).click();
  assert.deepEqual(await rows(page), [list[0]]);
  const csv = await taken(page, "ledger-csv");
  assert.ok(csv.includes(`${list[0]},`) && csv.includes("已访,陈示") && !csv.includes(list[1]), csv);
  await shoot(page, "ledger");
  await at(page, "lead-open").first().click();
  await at(page, "detail").waitFor();
  assert.equal(await at(page, "enterprise-name").textContent(), list[0]);
  assert.deepEqual(faults, []);
  await context.close();
});

test("with keeping allowed it is there after a reload; taken out, it can be brought back", async () => {
  const { context, page, faults, list } = await sample();
  await openFirst(page);
  await at(page, "ledger-keep").locator("input").check();
  await write(page, { to: "talking", officer: "李" });
  await at(page, "star").click();
  assert.match(await at(page, "ledger-keeping").first().textContent(), /只保存在本机/);
  await stored(page);
  await page.reload();
  await page.waitForSelector('[data-test="nav-ledger"]');
  await goTo(page, "ledger");
  await at(page, "lead-row").first().waitFor();
  assert.deepEqual(await rows(page), [list[0]]);
  assert.equal(await at(page, "lead-status").inputValue(), "talking");
  assert.equal(await page.locator('[data-test="lead-row"] .star button').getAttribute("aria-pressed"), "true");
  await at(page, "lead-remove").click();
  await at(page, "ledger-empty").waitFor();
  await at(page, "undo").click();
  assert.deepEqual(await rows(page), [list[0]]);
  assert.deepEqual(faults, []);
  await context.close();
});

test("with keeping refused it is gone after a reload, and that is said before", async () => {
  const { context, page } = await sample();
  await openFirst(page);
  await write(page, { to: "arranged" });
  assert.match(await at(page, "ledger-keeping").first().textContent(), /未保存.*失去/);
  const asked = [];
  page.on("dialog", d => (asked.push(d.type()), d.accept()));
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"], "what would be lost is asked about");
  await page.waitForSelector('[data-test="nav-ledger"]');
  await goTo(page, "ledger");
  await at(page, "ledger-empty").waitFor();
  const stores = await page.evaluate(async () => (await indexedDB.databases()).map(d => d.name));
  assert.ok(!stores.includes("xiangma-ledger"), "nothing was stored unasked");
  await context.close();
});

test("a file goes out and in again; two who went on apart are joined without loss, conflicts listed", async () => {
  const { context, page, faults, list } = await sample();
  await goTo(page, "ledger");
  await at(page, "ledger-me").fill("王");
  await at(page, "ledger-me").blur();
  await goTo(page, "list");
  await openFirst(page);
  await write(page, { to: "arranged", officer: "王" });
  await goTo(page, "ledger");
  const before = await taken(page, "ledger-file");
  assert.equal(before.split("\n")[0], '{"format":"xiangma-ledger","version":1}');
  // The colleague goes on from the file.
  const other = await visit();
  await goTo(other.page, "ledger");
  await join(other.page, before);
  await at(other.page, "lead-row").first().waitFor();
  await at(other.page, "ledger-me").fill("李");
  await at(other.page, "ledger-me").blur();
  await at(other.page, "lead-status").selectOption("talking");
  const theirs = await taken(other.page, "ledger-file");
  assert.ok(theirs.startsWith(before.slice(0, 200)));
  await other.context.close();
  // Meanwhile this one writes the same field, and something else.
  await at(page, "lead-status").selectOption("visited");
  await goTo(page, "list");
  await openFirst(page, 1);
  await write(page, { note: "只在这里" });
  await goTo(page, "ledger");
  await join(page, theirs);
  await at(page, "joined").waitFor();
  assert.match(await at(page, "joined").textContent(), /新增记录 1 条/);
  assert.equal((await rows(page)).length, 2, "nothing is lost");
  assert.match(await at(page, "conflict").textContent(), new RegExp(`${list[0]}.*状态.*(已访.*在谈|在谈.*已访)`, "s"));
  await at(page, "conflict").locator(".value").filter({ hasText: "在谈" }).locator("button").click();
  await at(page, "conflicts").waitFor({ state: "hidden" });
  await join(page, theirs);
  await page.waitForFunction(() => /都有/.test(document.querySelector('[data-test="joined"]')?.textContent ?? ""));
  for (const [text, says] of [
    ["不是台账\n", /不是台账文件/],
    ['{"format":"xiangma-ledger","version":2}\n', /版本/],
    [`${before}坏行\n`, /第 \d 行/],
  ]) {
    await join(page, text);
    await page.waitForFunction(
      says => new RegExp(says).test(document.querySelector('[data-test="ledger-refused"]')?.textContent ?? ""),
      says.source,
    );
  }
  assert.equal((await rows(page)).length, 2, "a file that is refused changes nothing");
  assert.deepEqual(faults, []);
  await context.close();
});

test("a file of the program is read: what the page does not know of goes through it unharmed", async () => {
  const { context, page } = await visit();
  await goTo(page, "ledger");
  // As `xiangma ledger set` wrote them.
  const lines = [
    '{"format":"xiangma-ledger","version":1}',
    '{"id":"0a0c99cd3f4905492627","at":"2026-03-05T01:00:00.12Z","by":"李","on":"lead:示例光电有限公司|湖北",' +
      '"set":{"name":"示例光电有限公司","note":"说了\\"好\\"\\n第二行\\u0001","status":"visited"}}',
    '{"id":"22d3ca817b73b51073c9","at":"2026-11-28T19:34:58.901Z","by":"王","on":"lead:示例光电有限公司|湖北",' +
      '"set":{"officer":"王","status":"appointed"},"over":{"status":["0a0c99cd3f4905492627"]}}',
  ];
  await join(page, `${lines.join("\r\n")}\r\n{"id":"22d3`);
  await at(page, "lead-row").first().waitFor();
  assert.match(await at(page, "joined").textContent(), /末尾不完整/);
  assert.doesNotMatch(await at(page, "joined").textContent(), /手工/, "the ids are those the page computes");
  assert.equal(await at(page, "lead-status").inputValue(), "arranged");
  assert.equal(await taken(page, "ledger-file"), `${lines.join("\n")}\n`);
  await context.close();
});

test("two tabs have one ledger", async () => {
  const { context, page, list } = await sample();
  await openFirst(page);
  await at(page, "ledger-keep").locator("input").check();
  await write(page, { to: "arranged" });
  await stored(page);
  const { page: second } = await visit({ context, ready: '[data-test="nav-ledger"]' });
  await goTo(second, "ledger");
  await at(second, "lead-row").first().waitFor();
  await at(second, "lead-status").selectOption("signed");
  await page.waitForFunction(() => document.querySelector('[data-test="lead-since"]')?.textContent === "签约");
  await write(page, { note: "两处各写" });
  await second.waitForFunction(() => /两处各写/.test(document.querySelector('[data-test="lead-row"]').textContent));
  assert.deepEqual(await rows(second), [list[0]]);
  await context.close();
});

test("storage denied or full: it works all the same, and says what is not kept", async () => {
  const denied = () => {
    const refuse = () => {
      throw new DOMException("denied", "SecurityError");
    };
    Object.defineProperty(window, "indexedDB", { get: refuse });
  };
  const full = () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  };
  for (const [script, says] of [
    [denied, /不允许网页保存/],
    [full, /空间不足/],
  ]) {
    const { context, page } = await sample({ script });
    await openFirst(page);
    await at(page, "ledger-keep").locator("input").check();
    await write(page, { to: "arranged", note: "仍可用" });
    await page.waitForFunction(
      says => new RegExp(says).test(document.querySelector('[data-test="ledger-keeping"]').textContent),
      says.source,
    );
    assert.match(await at(page, "history").textContent(), /仍可用/);
    await goTo(page, "ledger");
    assert.match(await taken(page, "ledger-file"), /仍可用/);
    await context.close();
  }
});

test("what is cleared takes the ledger along, and can be brought back", async () => {
  const { context, page, list } = await sample();
  await openFirst(page);
  await at(page, "ledger-keep").locator("input").check();
  await write(page, { to: "arranged" });
  await stored(page);
  await at(page, "clear").click();
  await at(page, "clear-all").click();
  await at(page, "undo").waitFor();
  await goTo(page, "ledger");
  await at(page, "ledger-empty").waitFor();
  await at(page, "undo").click();
  await at(page, "lead-row").first().waitFor();
  assert.deepEqual(await rows(page), [list[0]]);
  await context.close();
});

test("what is there though the person keeps nothing goes at the next visit, and when everything is cleared", async () => {
  const { context, page } = await sample();
  const remains = () =>
    page.evaluate(async () => {
      const db = await new Promise(resolve => {
        const asked = indexedDB.open("xiangma-ledger");
        asked.onsuccess = () => resolve(asked.result);
      });
      const count = [...db.objectStoreNames].includes("changes")
        ? await new Promise(resolve => {
            const asked = db.transaction("changes").objectStore("changes").count();
            asked.onsuccess = () => resolve(asked.result);
          })
        : 0;
      db.close();
      return count;
    });
  await openFirst(page);
  await at(page, "ledger-keep").locator("input").check();
  await write(page, { to: "arranged" });
  await stored(page);
  assert.ok((await remains()) > 0);
  // As after a refusal that the browser did not carry out.
  await page.evaluate(() => localStorage.setItem("xiangma.ledger.keep", "false"));
  await page.reload();
  await at(page, "nav-ledger").waitFor();
  for (let i = 0; i < 50 && (await remains()); i++) await page.waitForTimeout(50);
  assert.equal(await remains(), 0);
  await page.evaluate(async () => {
    const db = await new Promise(resolve => {
      const asked = indexedDB.open("xiangma-ledger");
      asked.onsuccess = () => resolve(asked.result);
    });
    const tx = db.transaction("changes", "readwrite");
    tx.objectStore("changes").put({ id: "x", line: "{}" });
    await new Promise(resolve => (tx.oncomplete = resolve));
    db.close();
  });
  await at(page, "clear").click();
  await at(page, "clear-all").click();
  await at(page, "notice").waitFor();
  assert.equal(await remains(), 0);
  await context.close();
});
