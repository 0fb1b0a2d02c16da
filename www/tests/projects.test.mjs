// Projects from intent to production: made of a lead, moved, scheduled, looked after, counted; and the file with all of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Team, init } from "xiangma";
import { yearLedger } from "./made-up-year.mjs";
import { at, goTo, names, serve, shoot, unzipped, visit } from "./visit.mjs";

serve();
const iso = days => new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE");
const today = iso(0);

async function taken(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), at(page, button).click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}
async function give(page, input, text, name) {
  await at(page, input).setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}
/** Answers the dialog that is open. */
async function answer(page, fields) {
  await at(page, "form").waitFor();
  for (const [field, text] of Object.entries(fields)) {
    const place = at(page, field);
    if ((await place.evaluate(e => e.tagName)) === "SELECT") await place.selectOption(text);
    else await place.fill(text);
  }
  await at(page, "form-save").click();
  await at(page, "form").waitFor({ state: "detached" });
}
/** Writes a field where it stands. */
async function edit(page, field, text) {
  const place = at(page, `field-${field}`);
  await place.locator("button").click();
  const input = place.locator("input, select");
  if ((await input.evaluate(e => e.tagName)) === "SELECT") return input.selectOption(text);
  await input.fill(text);
  await input.press("Enter");
}
const cards = (page, column) =>
  at(page, `column-${column}`)
    .locator('[data-test="card"]')
    .evaluateAll(all => all.map(c => c.dataset.number));
/** Opens a tab of the view. */
async function tab(page, label) {
  if (await at(page, "project-page").count()) await at(page, "project-back").click();
  await at(page, "projects-tabs").locator("label").filter({ hasText: label }).click();
}
/** The ledger as a file, read by the engine. */
async function read(page, day = today) {
  await tab(page, "看板");
  const { bytes } = await taken(page, "ledger-file");
  const team = new Team(bytes);
  const told = { findings: team.findings(day), book: team.book(day), status: team.status(day), text: team.text() };
  team.free();
  return { ...told, same: told.text === bytes.toString("utf8") };
}
await init();
const checker = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What the checker calls serious or critical. */
async function found(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => {}))));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(checker);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    const bad = violations.filter(v => v.impact === "serious" || v.impact === "critical");
    return bad.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target} ${n.any[0]?.message ?? ""}`)}`);
  });
}

test("a lead becomes a project, and goes its way to the year's figures", async () => {
  const { context, page, faults } = await visit();
  await at(page, "sample").first().click();
  const [first] = await names(page);
  await goTo(page, "projects");
  assert.match(await at(page, "projects-empty").textContent(), /立项/, "it says how to begin");
  await goTo(page, "list");
  await at(page, "ranked").first().click();
  await at(page, "detail").waitFor();
  await at(page, "officer").fill("李");
  await at(page, "officer").blur();
  await goTo(page, "ledger");
  await at(page, "lead-row").first().waitFor();
  await at(page, "start-project").first().click();
  await at(page, "form").waitFor();
  assert.equal(await at(page, "new-name").inputValue(), first);
  assert.equal(await at(page, "new-officers").inputValue(), "李", "the officer of the lead");
  const number = await at(page, "new-number").inputValue();
  assert.equal(number, `${today.slice(0, 4)}-001`);
  await answer(page, {
    ...{ "new-name": "光模块产线", "new-kind": "land_supply", "new-chain": "optoelectronics", "new-intent": iso(-60) },
  });
  await at(page, "project-page").waitFor();
  assert.match(page.url(), new RegExp(`#/projects/${number}$`));
  assert.match(await at(page, "project-stands").textContent(), /意向.*60 天/s);
  assert.match(await at(page, "field-enterprise").textContent(), /有限公司|[0-9A-Z]{18}/);

  // What the engine does not take is said and not written.
  await edit(page, "land", "150");
  await at(page, "field-land").getByText("不是面积").waitFor();
  await at(page, "field-land").locator("input").fill("150亩");
  await at(page, "field-land").locator("input").press("Enter");
  await at(page, "field-land").getByText("150亩").waitFor();
  await edit(page, "investment", "12亿元");
  await at(page, "field-investment").getByText("12亿元").waitFor();
  assert.match(await at(page, "next-lacks").textContent(), /片区|属地/, "what the next phase demands is said");

  // Before an event is saved, what is lacking then.
  await at(page, "event-new").click();
  await at(page, "form").waitFor();
  assert.equal(await at(page, "event-what").inputValue(), "approved", "what comes before signing is offered");
  await at(page, "event-what").selectOption("signed");
  await at(page, "event-found").getByText("上会通过").waitFor();
  await at(page, "event-what").selectOption("approved");
  await answer(page, { "event-day": iso(-40) });
  await at(page, "timeline").getByText("上会通过").waitFor();
  for (const [field, text] of Object.entries({
    district: "一区",
    contact_verified: "是",
    tax: "6000万元",
    energy: "3100",
  }))
    await edit(page, field, text);
  await at(page, "field-energy").getByText("3,100").waitFor();
  await at(page, "next-lacks").getByText("具备进入").waitFor();
  await at(page, "event-new").click();
  await at(page, "form").waitFor();
  assert.equal(await at(page, "event-what").inputValue(), "signed");
  await answer(page, { "event-day": iso(-30) });
  await at(page, "project-stands").getByText("签约").waitFor();
  assert.match(await at(page, "clocks").textContent(), /上会即签约.*按时完成/s);
  assert.match(await at(page, "clocks").textContent(), /签约即供地.*剩 \d+ 天/s);

  // Back from the day of production.
  await at(page, "target").fill(iso(420));
  await at(page, "target").blur();
  await at(page, "schedule-answer").waitFor();
  assert.match(await at(page, "schedule-answer").textContent(), /最早可于.*投产/);
  assert.ok((await at(page, "task").count()) > 10);
  const ics = await taken(page, "ics");
  assert.match(ics.bytes.toString("utf8"), /^BEGIN:VCALENDAR/);
  await shoot(page, "project");

  await at(page, "project-visit").click();
  await answer(page, { "visit-day": iso(-3), "visit-note": "谈用电", "visit-issue": "用电扩容" });
  await at(page, "visits").getByText("谈用电").waitFor();
  await at(page, "issue").getByText("用电扩容").waitFor();
  assert.match(await at(page, "issue").textContent(), /未交办/);
  await at(page, "issue-edit").click();
  await answer(page, { "issue-assignee": "王", "issue-due": iso(5) });
  await at(page, "issue").getByText("承办：王").waitFor();

  // A change is taken back.
  await edit(page, "district", "二区");
  await at(page, "field-district").getByText("二区").waitFor();
  await at(page, "change-undo").first().click();
  await at(page, "field-district").getByText("一区").waitFor();

  await at(page, "project-back").click();
  assert.deepEqual(await cards(page, "signed"), [number]);
  assert.deepEqual(await cards(page, "intent"), []);
  await shoot(page, "projects-one");
  await tab(page, "到期与提醒");
  assert.match(await at(page, "due-soon").textContent(), /用电扩容/);
  assert.match(await at(page, "open-issues").textContent(), /光模块产线/);
  await at(page, "issue-close").click();
  await at(page, "open-issues").waitFor({ state: "detached" });
  await tab(page, "半月例会");
  assert.match(await at(page, "meeting-row").textContent(), /光模块产线/);
  const csv = (await taken(page, "meeting-csv")).bytes.toString("utf8");
  assert.match(csv, /光模块产线/);
  const parts = unzipped((await taken(page, "meeting-xlsx")).bytes);
  assert.match(parts.get("xl/worksheets/sheet1.xml"), /光模块产线/);
  await tab(page, "年度");
  await at(page, "year-signed").waitFor();
  await at(page, "year-target").fill("4");
  await at(page, "year-target").blur();
  await at(page, "year-signed").getByText("25.0%").waitFor();
  assert.match(await at(page, "year-investment").textContent(), /12亿元/);
  assert.match(await at(page, "year-mu").textContent(), /800万元/);
  assert.equal((await at(page, "activity-visits").textContent()).trim(), "1");
  assert.equal((await at(page, "activity-closed").textContent()).trim(), "100%");

  const { findings, book, status, same } = await read(page);
  assert.deepEqual(findings, []);
  assert.ok(same, "the file is what the engine would write");
  assert.equal(book.projects[0].land, "150亩");
  assert.deepEqual(book.projects[0].officers, ["李"]);
  assert.equal(book.projects[0].enterprise, book.leads[0].enterprise);
  assert.equal(status[0].phase, "signed");
  assert.equal(book.issues[0].closed, today);
  // From the lead the way leads to its project now.
  await goTo(page, "ledger");
  await at(page, "see-project").click();
  await at(page, "project-page").waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test("a project is appraised as the engine does: what is not filled in is asked for, a veto is said, and what decides is listed", async () => {
  const by = { by: "李" };
  const team = new Team();
  team.change("project:2026-001", { name: "虚构产线", kind: "供地类", land: "150亩", investment: "6亿元", chain: "optoelectronics" }, by);
  team.add("event", { project: "2026-001", day: iso(-9), event: "intent" }, by);
  const { context, page, faults } = await visit();
  await goTo(page, "projects");
  await at(page, "empty-import").click();
  await give(page, "file-ledger", team.text(), "样例.ledger");
  await at(page, "joined").waitFor();
  await page.goto(`${page.url().split("#")[0]}#/projects/2026-001`);
  /** What is said, beside what the engine says of the same facts. */
  const same = async fields => {
    for (const [field, text] of Object.entries(fields)) await edit(page, field, text);
    if (Object.keys(fields).length) team.change("project:2026-001", fields, by);
    const [expected] = team.appraise(today);
    const VERDICTS = { passes: "通过", conditional: "未达标，须专题研究", vetoed: "否决", unknown: "资料不足，暂不能评定" };
    await at(page, "appraisal-verdict").getByText(VERDICTS[expected.verdict], { exact: true }).waitFor();
    const points = n => (n / 100).toFixed(2);
    const score = expected.score === null ? [expected.low, expected.high] : [expected.score];
    for (const n of score) await at(page, "appraisal-score").getByText(points(n)).waitFor();
    return expected;
  };
  const flags = { heavy_metals: "否", nitrogen_phosphorus: "否", high_voc: "否" };
  let told = await same({});
  assert.equal(told.verdict, "unknown");
  for (const word of ["年税收", "两高项目", "产业目录类别"])
    assert.ok((await at(page, "appraisal-missing").textContent()).includes(word), word);
  // 20 万元 a mu is under the floor, whatever else is learned.
  told = await same({ ...flags, two_highs: "否", policy_class: "encouraged", tax: "3000万元" });
  assert.equal(told.verdict, "conditional");
  await at(page, "appraisal").locator("summary").click();
  assert.match(await at(page, "appraisal").textContent(), /20 万元\/亩.*30 万元\/亩.*未达门槛/s);
  told = await same({ two_highs: "是" });
  assert.equal(told.verdict, "vetoed");
  told = await same({ ...{ two_highs: "否", tax: "7500万元", output: "9亿元", research: "3000万元" }, revenue: "9亿元", energy: "3100", jobs: "300" });
  assert.equal(told.verdict, "passes");
  assert.equal(told.missing.length, 0);
  assert.equal(await at(page, "appraisal-missing").count(), 0);
  const gets = told.criteria.reduce((sum, c) => sum + c.gets, 0);
  assert.equal(gets, told.score, "the points that are shown add up");
  if (process.env.PICTURES) await shoot(page, "projects-appraisal-desk");
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  assert.deepEqual(await found(page), []);
  if (process.env.PICTURES) await at(page, "appraisal").screenshot({ path: `${process.env.PICTURES}/projects-appraisal-phone.png` });
  assert.deepEqual(faults, []);
  team.free();
  await context.close();
});

test("a table a zone keeps is taken in; the same once more changes nothing; what is not read is said", async () => {
  const { context, page, faults } = await visit();
  await goTo(page, "projects");
  const template = await taken(page, "empty-template");
  await at(page, "empty-import").click();
  await give(
    page,
    "file-projects",
    template.bytes.toString("utf8").replace("2026-03-02", iso(-90)).replace("2026-04-10", iso(-50)),
    "样式.csv",
  );
  await at(page, "imported").waitFor();
  assert.match(await at(page, "imported").textContent(), /新增项目 1 个.*新增事件 2 条/);
  assert.doesNotMatch(await at(page, "imported").textContent(), /未读入/, "every heading of the template is known");
  const table = [
    "项目编号,项目名称,项目类型,总投资（亿元）,用地面积（亩）,签约日期,心情",
    `9-1,甲产线,供地类,面议,150,${iso(-20)},好`,
    `9-2,乙产线,租赁类,3.5,,${iso(-10)},`,
  ].join("\n");
  await give(page, "file-projects", table, "项目表.csv");
  await at(page, "imported").getByText("项目表.csv").waitFor();
  const said = await at(page, "imported").textContent();
  assert.match(said, /新增项目 2 个/);
  assert.match(said, /心情/);
  assert.match(said, /第 2 行.*面议/s);
  await at(page, "file-projects").setInputFiles([]);
  await give(page, "file-projects", table, "再来.csv");
  await at(page, "imported").getByText("再来.csv").waitFor();
  assert.match(await at(page, "imported").textContent(), /新增项目 0 个，更新 0 个，无变化 2 个，新增事件 0 条/);
  // Let go anywhere, it is known for what it is.
  await goTo(page, "welcome");
  await give(page, "file-any", table.replace("乙产线", "丙产线"), "拖入.csv");
  await at(page, "imported").getByText("拖入.csv").waitFor();
  assert.match(await at(page, "imported").textContent(), /新增项目 0 个，更新 1 个/);
  await at(page, "import-to-board").click();
  assert.deepEqual((await cards(page, "signed")).sort(), ["9-1", "9-2"]);
  // Taken out of the ledger, and back.
  await page.locator('[data-number="9-1"] a').click();
  await at(page, "project-remove").click();
  await at(page, "board").waitFor();
  assert.deepEqual(await cards(page, "signed"), ["9-2"]);
  await at(page, "undo").click();
  await page.locator('[data-number="9-1"]').waitFor();
  const { book, same } = await read(page);
  assert.equal(book.projects.length, 3);
  assert.ok(same);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a year of a zone: boards, filters and figures are those of the engine, on a desk and a phone, in both languages", async () => {
  const text = yearLedger(Team, today);
  const team = new Team(text);
  const { portfolio, activity } = team.year(Number(today.slice(0, 4)), today);
  const [status, due, stuck] = [team.status(today), team.due(today, 14), team.stuck(today)];
  team.free();
  const looks = [
    { size: { width: 1440, height: 900 }, name: "desk", lang: "zh", theme: "light" },
    { size: { width: 390, height: 844 }, name: "phone", lang: "zh", theme: "light" },
    { size: { width: 1440, height: 900 }, name: "desk-dark-en", lang: "en", theme: "dark" },
    { size: { width: 390, height: 844 }, name: "phone-dark-en", lang: "en", theme: "dark" },
  ];
  for (const { size, name, lang, theme } of looks) {
    const script = `localStorage.setItem("xiangma.lang", '"${lang}"'); localStorage.setItem("xiangma.theme", '"${theme}"');`;
    const { context, page, faults } = await visit({ size, script });
    await goTo(page, "projects");
    await at(page, "projects-empty").waitFor();
    await at(page, "empty-import").click();
    await give(page, "file-ledger", text, "样例.ledger");
    await at(page, "joined").waitFor();
    await page.goto(`${page.url().split("#")[0]}#/projects`);
    await at(page, "board").waitFor();
    const inPhase = id => status.filter(s => !s.returned && s.phase === id).length;
    if (name === "desk") {
      for (const id of ["intent", "signed", "land", "started", "completed", "production"])
        assert.equal((await cards(page, id)).length, Math.min(40, inPhase(id)), id);
      await at(page, "of-officer").selectOption("甲");
      const all = await at(page, "card").allTextContents();
      assert.ok(all.length && all.every(c => c.includes("甲")));
      await at(page, "clear-filter").click();
      await at(page, "check").locator("summary").click();
      assert.match(await at(page, "check").textContent(), /所属产业链/, "what is lacking in the phase a project is in");
    }
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const look = async what => {
      assert.ok((await wide()) <= 0, `${name} ${what} is wider than the screen`);
      assert.deepEqual(await found(page), [], `${name} ${what}`);
      if (!process.env.PICTURES) return;
      const tall = await page.evaluate(() => document.querySelector("main").scrollHeight + 120);
      await page.setViewportSize({ ...size, height: Math.max(size.height, Math.min(tall, 5000)) });
      await shoot(page, `projects-${what}-${name}`);
      await page.setViewportSize(size);
    };
    await look("board");
    for (const which of ["due", "meeting", "year", "import"]) {
      await page.goto(`${page.url().split("#")[0]}#/projects?tab=${which}`);
      await at(
        page,
        { due: "due-late", meeting: "meeting", year: "year-figures", import: "import-projects" }[which],
      ).waitFor();
      if (which === "due" && lang === "zh") assert.equal(await at(page, "reminder").count(), due.length);
      if (which === "year") {
        await at(page, "curve").waitFor();
        assert.equal(await at(page, "year-signed").locator("b").textContent(), String(portfolio.signed));
        assert.equal(
          (await at(page, "activity-visits").textContent()).replace(",", "").trim(),
          String(activity.visits),
        );
        assert.match(await at(page, "stuck").locator("h2").textContent(), new RegExp(`\\b${stuck.length}\\b`));
      }
      await look(which);
    }
    const followed = status.find(s => s.phase === "signed" && !s.returned && s.next) ?? status[0];
    await page.goto(`${page.url().split("#")[0]}#/projects/${followed.number}`);
    await at(page, "schedule-answer").waitFor();
    await look("one");
    await at(page, "event-new").click();
    await at(page, "form").waitFor();
    assert.deepEqual(await found(page), [], `${name} dialog`);
    await shoot(page, `projects-event-${name}`);
    await page.keyboard.press("Escape");
    await at(page, "form").waitFor({ state: "detached" });
    assert.deepEqual(faults, []);
    await context.close();
  }
});
