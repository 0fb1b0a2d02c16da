// The month and the ledger, as a program uses them: what the park lacks, whom to bring, through whom, and what comes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { installed, sample } from "./installed.mjs";

const { Session, Team, assignOfficers, atRisk, blindSheets, introduce, perMu, planTrips, readField, readList, readOfficers, reviewSheets } = await import(join(installed, "dist/node.js"));

const CHAIN = "integrated_circuit";
const BY = { by: "示例甲", at: new Date("2026-03-02T01:00:00Z") };

/** The zone of the tests, ranked on a day. */
function zone(day, candidates = sample("zone_candidates.csv")) {
  const session = new Session(day);
  session.loadCandidates(candidates);
  session.loadResidents(sample("zone_residents.csv"));
  session.target({ chains: [CHAIN] });
  session.assess();
  return session;
}

const thrown = (work) => {
  try {
    work();
  } catch (error) {
    return [error.code, error.message];
  }
  return [];
};

test("from what the park lacks to who closes it, and what is new a month later", () => {
  const session = zone("2026-10-01");
  const [state] = session.advise();
  assert.equal(state.chain, CHAIN);
  assert.equal(state.whole, 0);
  const lacking = ["ic_package", "ic_module"];
  for (const link of lacking) assert.equal(state.advice.find((a) => a.link === link).strategy, "fill");
  const passages = session.passages(CHAIN, 1000);
  assert.ok(passages.some((p) => p.missing.join() === lacking.join()), "both break passages");
  const decided = session.advise([{ link: "ic_package", strategy: "leave", by: "示例主任", why: "邻市已有" }]);
  assert.equal(decided[0].advice.find((a) => a.link === "ic_package").insteadOf, "fill");

  const rows = [...session.top(100)];
  const list = session.shortlist({ count: 4 }, rows);
  assert.equal(list.places.length, 4);
  const closed = new Set(list.places.flatMap((p) => p.closes));
  for (const link of lacking) assert.ok(closed.has(link), link);
  assert.ok(list.after[0].whole > list.before[0].whole && list.after[0].completeness > list.before[0].completeness);
  const outside = list.whyNot.filter((w) => w.adds !== null);
  assert.deepEqual(new Set([...outside.map((w) => w.row), ...list.places.map((p) => p.row)]).size, list.whyNot.filter((w) => w.mayBeChosen).length);
  assert.ok(outside.every((w) => w.zh && w.en));
  assert.deepEqual(thrown(() => session.shortlist({ count: 0 }))[0], "BAD_ARGUMENT");
  assert.deepEqual(thrown(() => session.shortlist({ many: 3 }))[0], "BAD_ARGUMENT");
  const must = session.shortlist({ count: 2, must: [list.places[3].row] }).places;
  assert.ok(must.find((p) => p.row === list.places[3].row).must);

  const before = session.edition();
  const same = session.push(before);
  assert.equal(same.counts.unchanged, rows.length);
  session.free();
  const grown = sample("zone_candidates.csv").toString().replace("2018-01-01,5000万元,3000万元,160", "2018-01-01,50000万元,50000万元,1600");
  const later = zone("2026-11-01", grown);
  const push = later.push(before, { named: 3 });
  const risen = push.rows.find((r) => r.change === "risen");
  assert.match(risen.name, /云联/);
  assert.equal(risen.causes[0].kind, "fact");
  assert.match(push.zh, /云联/);
  assert.deepEqual(thrown(() => later.push(later.edition().replace(/"as_of":"[^"]*"/, '"as_of":"2027-01-01"')))[0], "BAD_ARGUMENT");
  later.free();
});

test("introducers, trips, officers and experts", () => {
  const ties = sample("zone_ties.csv");
  const to = ["示例华封封测有限公司", "示例通联模组有限公司", "无人认识有限公司"];
  const found = introduce(ties, { to, from: ["示例园区晶圆有限公司", "示例园区产业基金"] });
  assert.equal(found.to[0].ways[0].credibility, 85);
  assert.ok(found.to[1].ways[0].path.length === 3 && !found.to[2].ways.length);
  assert.ok(found.rejected.length === 1 && found.withheld > 0 && found.to.every((t) => t.ways.every((w) => !w.personal)));
  const trips = planTrips([320200, 320500, null, 440300], { days: 1, visits: 2, from: "金华市" });
  assert.deepEqual(trips.unplaced, [2]);
  assert.deepEqual(trips.trips.flatMap((t) => t.days.flat()).sort(), [0, 1, 3]);
  assert.match(thrown(() => planTrips([], { days: 1, visits: 2, from: "无此地" }))[1], /无此地/);
  const officers = readOfficers(sample("zone_officers.csv"));
  assert.equal(officers[0].capacity, 2);
  const given = assignOfficers([{ chain: CHAIN, regions: ["江苏省"], value: 80 }, { chain: "optoelectronics", value: 70, hadBy: "示例丙" }], officers);
  assert.deepEqual([given.leads[0].officer !== null, officers[given.leads[1].officer].name, given.leads[1].kept], [true, "示例丙", true]);
  const list = readList("企业名称,所属省份\n示例一有限公司,江苏\n示例二有限公司,浙江\n示例三有限公司,江苏\n");
  const sheets = blindSheets(list, ["专家甲", "专家乙"]);
  assert.equal(sheets.length, 2);
  assert.notDeepEqual(sheets[0].split("\n").slice(1).map((l) => l.split(",")[0]), [], "each in an order");
  const filled = sheets.map((sheet, e) => sheet.trim().split("\n").map((line, i) => (i ? line.replace(/,*$/, `,${60 + ((line.charCodeAt(line.indexOf("示例") + 2) + e) % 30)}`) : line)).join("\n"));
  const review = reviewSheets(list, filled);
  assert.equal(review.joint.length, 3);
  assert.ok(review.agreement.w !== null);
  const risk = atRisk("企业名称,参保人数\n示例一有限公司,500\n", "企业名称,参保人数\n示例一有限公司,100\n");
  assert.equal(risk[0].name, "示例一有限公司");
  assert.deepEqual(atRisk("企业名称\n甲公司\n", "企业名称\n甲公司\n"), []);
});

test("a ledger is written, read, joined and looked at", () => {
  const team = new Team();
  team.change("project:2026-001", { name: "示例产线", kind: "供地类", chain: CHAIN, officers: "示例甲", land: "150亩", investment: "12亿元", target: "2028-06-30" }, BY);
  const place = team.changes();
  const event = team.add("event", { project: "2026-001", day: "2026-03-02", event: "intent" }, BY);
  assert.match(event, /^event:/);
  team.add("event", { project: "2026-001", day: "2026-05-08", event: "signed" }, BY);
  assert.equal(team.linesFrom(place).trim().split("\n").length, 2);
  const [status] = team.status("2026-11-02");
  assert.deepEqual([status.phase, status.since, status.days], ["signed", "2026-05-08", 178]);
  assert.ok(status.missing.length && status.missing.every((f) => f.zh && f.en));
  const schedule = team.schedule("2026-001", { today: "2026-11-02" });
  assert.equal(schedule.target, "2028-06-30");
  assert.match(team.icalendar("2026-001", { today: "2026-11-02" }), /^BEGIN:VCALENDAR/);
  assert.equal(team.meeting("2026-11-02").projects[0].project, "2026-001");
  const year = team.year(2026, "2026-11-02", { target: 53, chains: [CHAIN] });
  assert.deepEqual([year.portfolio.signed, year.portfolio.ofTarget.count, year.portfolio.large.count], [1, 1, 1]);
  assert.equal(year.portfolio.investmentPerMu, 8_000_000);
  assert.ok(team.due("2026-11-02", 30).length > 0, "a clock runs late");
  assert.equal(team.funnel("2026-11-02", "quarter")[0].entered, "2026-Q1");
  assert.deepEqual(team.workingDays("2026-02-14", "2026-02-28"), { workingDays: 6, estimated: false });

  const other = new Team(team.text());
  other.change("project:2026-001", { jobs: "300" }, { by: "示例乙", at: new Date("2026-04-01T01:00:00Z") });
  team.change("project:2026-001", { jobs: "280" }, { by: "示例甲", at: new Date("2026-04-02T01:00:00Z") });
  const joined = team.join(other.text());
  assert.deepEqual([joined.added, joined.conflicts[0].field, team.book("2026-11-02").projects[0].jobs], [1, "jobs", 280]);
  const last = team.history("project:2026-001").at(-1);
  team.undo(last.id, BY);
  assert.notEqual(team.book("2026-11-02").projects[0].jobs, 280);
  other.free();

  const imported = team.importProjects("项目编号,项目名称,总投资,签约日期\n2026-002,示例二期,3亿元,2026-06-01\n", BY);
  assert.deepEqual([imported.new, imported.events], [1, 1]);
  assert.deepEqual(readField("project", "investment", "12亿元"), { amount: 1.2e9, currency: "CNY" });
  for (const [work, code] of [
    [() => team.change("project:2026-001", { land: "很多" }, BY), "BAD_LEDGER"],
    [() => team.change("project:2026-001", { nothing: "1" }, BY), "BAD_LEDGER"],
    [() => team.schedule("none", { today: "2026-11-02" }), "BAD_ARGUMENT"],
    [() => team.status("yesterday"), "BAD_ARGUMENT"],
    [() => new Team("企业名称\n"), "BAD_LEDGER"],
    [() => new Team(undefined, { phases: "{}" }), "BAD_RULES"],
    [() => team.funnel("2026-11-02", "week"), "BAD_ARGUMENT"],
  ]) {
    assert.equal(thrown(work)[0], code, String(work));
  }
  // What signing demands, and these projects do not have, is told; nothing else is wrong.
  assert.deepEqual([...new Set(team.findings("2026-11-02").filter((f) => f.isError).map((f) => f.code))].sort(), ["FIELD_MISSING", "GATE_MISSING", "PHASE_SKIPPED"]);
  team.free();
});

test("projects are let in by thresholds, and what is not known is asked for", () => {
  const team = new Team();
  const fields = { name: "示例产线", kind: "供地类", land: "150亩", investment: "12亿元", output: "20亿元", revenue: "20亿元", research: "6000万元" };
  team.change("project:2026-001", { ...fields, energy: "0.3万吨标准煤", jobs: "300", policy_class: "允许类", two_highs: "否", heavy_metals: "否", nitrogen_phosphorus: "否" }, BY);
  let [one] = team.appraise("2026-11-02");
  assert.deepEqual([one.verdict, one.score, one.low, one.high], ["unknown", null, 7683, 9683]);
  assert.deepEqual(one.missing, ["tax", "high_voc"]);
  team.change("project:2026-001", { tax: "6000万元", high_voc: "否" }, BY);
  [one] = team.appraise("2026-11-02");
  assert.deepEqual([one.verdict, one.score, one.passesFrom], ["passes", 9283, 6000]);
  assert.deepEqual(one.floors.map((f) => [f.value, f.threshold, f.holds]), [[800, 300, false], [40, 30, false]]);
  const research = one.criteria.find((c) => c.id === "research");
  assert.deepEqual([research.fact, research.value, research.points, research.weight], ["research_share", 0.03, 9934, 625]);
  assert.equal(one.criteria.reduce((sum, c) => sum + c.gets, 0), one.score, "parts add up");
  team.change("project:2026-001", { policy_class: "限制类" }, BY);
  [one] = team.appraise("2026-11-02");
  assert.deepEqual([one.verdict, one.reasons.filter((r) => r.isError).map((r) => r.code)], ["vetoed", ["VETOED"]]);
  team.add("event", { project: "2026-001", day: "2026-10-01", event: "returned", note: "不符合准入" }, BY);
  assert.deepEqual(team.appraise("2026-11-02"), []);

  // A zone's own thresholds.
  const appraisal = {
    format: "xiangma-appraisal", version: 1, id: "own", zh: "自定", en: "own", passes_from: 5000,
    criteria: [{ id: "jobs", zh: "就业", en: "jobs", weight: 10000, fact: "jobs", value: { kind: "linear", knots: [[0, 0], [100, 10000]] } }],
  };
  const own = new Team(undefined, { appraisal });
  own.change("project:1", { jobs: "40" }, BY);
  assert.deepEqual(own.appraise("2026-11-02").map((a) => [a.rules, a.verdict, a.score]), [["own", "conditional", 4000]]);
  own.free();
  assert.equal(thrown(() => new Team(undefined, { appraisal: { ...appraisal, passes_from: 10001 } }))[0], "BAD_RULES");
  team.free();
});

test("enterprises in production are graded by what they give on their land", () => {
  const table = "企业名称,税收（万元）,用地面积（亩）,用电量（万千瓦时）\n示例一公司,115.932,10,492.908163265306\n示例二公司,10,10,\n";
  const { enterprises, findings } = perMu(table, "huangyan_2022_small");
  assert.deepEqual(findings, []);
  assert.deepEqual([enterprises[0].score, enterprises[0].rank, enterprises[0].items.map((i) => i.points)], [100, 1, [50, 50]]);
  assert.deepEqual([enterprises[1].score, enterprises[1].grade, enterprises[1].missing], [null, null, ["power"]]);
  assert.equal(thrown(() => perMu(table, "{}"))[0], "BAD_RULES");
});

test("an event, a visit and an issue tell the record by which they are mended or taken back", () => {
  const team = new Team();
  team.change("project:1", { name: "示例" }, BY);
  const event = { project: "1", day: "2026-03-01", event: "intent" };
  const records = ["甲", "乙"].map((note) => team.add("event", { ...event, note }, BY));
  const visit = team.add("visit", { day: "2026-03-01", project: "1" }, BY);
  const issue = team.add("issue", { title: "用电", raised: "2026-03-01" }, BY);
  let book = team.book("2026-11-02");
  assert.deepEqual(book.projects[0].events.map((e) => e.record).sort(), [...records].sort());
  assert.deepEqual([book.visits[0].record, book.issues[0].record], [visit, issue]);
  const of = (note) => book.projects[0].events.find((e) => e.note === note).record;
  team.change(of("甲"), { day: "2026-03-05" }, BY);
  team.change(of("乙"), { removed: "是" }, BY);
  book = team.book("2026-11-02");
  assert.deepEqual(book.projects[0].events.map((e) => [e.day, e.note]), [["2026-03-05", "甲"]]);
  team.free();
});
