// Objects that hold memory of the engine: in proxies, with garbage collection, with `using`, and given what they do not expect.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { assessed, cases, folder, installed, run, sample } from "./installed.mjs";

const xiangma = await import(join(installed, "dist/node.js"));
const { Conversion, Locator, Session, Team, XiangmaError } = xiangma;

test("in a proxy of a framework they are freed once, and harm nobody", () => {
  const out = run(
    "proxies.mjs",
    `import { Conversion, Locator, Session } from "xiangma";
// As frameworks do it: everything reached through it is wrapped as well.
const wrap = (target) => new Proxy(target, { get: (t, key, self) => { const v = Reflect.get(t, key, self); return typeof v === "object" && v !== null ? wrap(v) : v; } });
const fresh = () => { const s = new Session("2026-11-01"); s.loadCandidates("企业名称,主营产品\\n示例光电有限公司,光模块\\n"); return s; };
const rows = Array.from({ length: 200 }, (_, i) => \`\${"ABCD"[i % 4]},\${(i * 7) % 90},\${(i * 7 + (i % 4 ? 0 : 4)) % 10 > 5 ? "是" : "否"}\`);
const { conversion } = Conversion.train(["城市,人数,落地", ...rows].join("\\n"), { outcome: "落地" });
const model = conversion.toJSON();
for (let round = 0; round < 40; round++) {
  const others = [fresh(), fresh()];
  for (const wrapped of [wrap(fresh()), wrap(new Locator()), wrap(new Conversion(model))]) {
    if ("assess" in wrapped) wrapped.assess();
    if (wrapped.toJSON && wrapped.toJSON() !== model) throw new Error("the model is lost");
    wrapped.free();
    wrapped.free();
  }
  others.push(fresh());
  gc();
  await new Promise((resolve) => setTimeout(resolve, 2));
  for (const other of others) { other.assess(); if (other.top(1)[0] !== 0) throw new Error("another session is harmed"); other.free(); }
}
console.log("unharmed");`,
    ["--expose-gc"],
  );
  assert.equal(out, "unharmed\n");
});

test("nothing of the engine is seen on them", () => {
  const session = new Session(cases.as_of);
  assert.equal(JSON.stringify(session), "{}");
  assert.deepEqual(Object.keys(session), []);
  session.free();
});

test("`using` frees them", () => {
  if (!Symbol.dispose) return;
  const [session, locator, team] = [new Session(cases.as_of), new Locator(), new Team()];
  for (const object of [session, locator, team]) object[Symbol.dispose]();
  assert.throws(() => session.digest(), { code: "FREED" });
  assert.throws(() => locator.locate(new Uint8Array(1)), { code: "FREED" });
  assert.throws(() => team.text(), { code: "FREED" });
});

test("one class of error, with `instanceof`", () => {
  assert.throws(() => new Session("tomorrow"), (e) => e instanceof XiangmaError && e instanceof Error && e.code === "BAD_ARGUMENT" && /asOf/.test(e.message));
  const session = new Session(cases.as_of);
  assert.throws(() => session.loadCandidates("企业名称\n"), (e) => e instanceof XiangmaError && e.code === "NO_ROWS");
  session.free();
});

test("what a listener throws reaches the caller, and the file is read", () => {
  const session = new Session(cases.as_of);
  const mine = new Error("mine");
  let calls = 0;
  const failing = () => {
    calls++;
    throw mine;
  };
  assert.throws(() => session.loadCandidates(sample(cases.candidates), failing), (e) => e === mine);
  assert.throws(() => session.loadAndHandOut(sample(cases.candidates), 0.5, failing), (e) => e === mine);
  assert.equal(calls, 2);
  assert.throws(() => session.loadCandidates(sample(cases.candidates), () => session.digest()), { code: "BUSY" });
  assert.throws(() => session.loadCandidates(sample(cases.candidates), () => session.free()), { code: "BUSY" });
  assert.throws(() => session.loadCandidates(sample(cases.candidates), "listener"), { code: "BAD_ARGUMENT" });
  assert.equal(session.assess().rows, 124);
  session.free();
});

/** One of everything, to be given where something else is wanted. */
const CONFUSING = [
  undefined, null, true, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 5, 2 ** 40, 12n, "", "江苏", "{}", "[]", "null", [], [1], ["x"], [null], {}, { length: 3 },
  { length: -1 }, { chains: "optoelectronics" }, { chain: ["optoelectronics"] }, { chains: {} }, { regions: "江苏" }, { toString: null }, Object.create(null), new Date(0), /x/, new Map(), Symbol("x"),
  () => 1, class {}, new Uint8Array(3), new Float64Array(2), new ArrayBuffer(2), new Proxy({}, {}), new Error("x"), JSON.parse(xiangma.presets()[0]),
];

/** Everything that can be called, with how many arguments make sense. */
function* calls(session, conversion, locator) {
  for (const [name, object] of Object.entries({ session, conversion, locator })) {
    for (let proto = Object.getPrototypeOf(object); proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
      for (const key of Object.getOwnPropertyNames(proto)) {
        if (key !== "constructor" && key !== "free") yield [`${name}.${key}`, (...args) => object[key](...args), Math.max(1, object[key].length)];
      }
    }
  }
  for (const [key, value] of Object.entries(xiangma)) {
    if (typeof value !== "function" || key === "XiangmaError" || key === "init") continue;
    const isClass = /^class/.test(Function.prototype.toString.call(value));
    yield [key, isClass ? (...args) => void new value(...args).free?.() : (...args) => value(...args), 2];
  }
  yield ["Conversion.train", (...args) => Conversion.train(...args), 2];
}

test("no call stops the engine, whatever it is given", () => {
  const session = assessed(Session);
  const rows = Array.from({ length: 100 }, (_, i) => `${"AB"[i % 2]},${i % 7},${i % 3 ? "是" : "否"}`);
  const { conversion } = Conversion.train(["城市,人数,落地", ...rows].join("\n"), { outcome: "落地" });
  const locator = new Locator();
  let refused = 0;
  for (const [name, call, arity] of calls(session, conversion, locator)) {
    for (const first of CONFUSING) {
      for (const more of arity > 1 ? [undefined, 3, "x", {}] : [undefined]) {
        try {
          call(first, more, more);
        } catch (e) {
          const given = `${name}(${typeof first} ${Object.prototype.toString.call(first)}, ${String(more)}): ${e.code} ${e.message}`;
          assert.ok(e instanceof XiangmaError, given);
          assert.ok(!["ENGINE_STOPPED", "INTERNAL", "NOT_READY", "BUSY", "FREED"].includes(e.code), given);
          refused++;
        }
      }
    }
  }
  assert.ok(refused > 1000, String(refused));
  // Nothing that was refused has done harm: the session works on.
  session.setFilter({});
  session.loadCandidates(sample(cases.candidates));
  session.loadResidents(sample(cases.residents));
  session.setScorecard(xiangma.presets()[0]);
  session.target({ chains: cases.chains });
  session.assess();
  assert.equal(session.digest(), cases.digest);
  for (const object of [session, conversion, locator]) object.free();
});

test("an argument of the wrong kind is named", () => {
  const session = assessed(Session);
  const digest = session.digest();
  for (const [call, words] of [
    [() => session.target(), /^target: /],
    [() => session.target(null), /^target: /],
    [() => session.target("optoelectronics"), /^target: /],
    [() => session.target(["optoelectronics"]), /^target: /],
    [() => session.target({ chain: ["optoelectronics"] }), /^target: there is no "chain"; there are chains, regions$/],
    [() => session.target({ chains: "optoelectronics" }), /^target\.chains: /],
    [() => session.target({ chains: {} }), /^target\.chains: /],
    [() => session.target({ regions: "江苏" }), /^target\.regions: /],
    [() => session.target({ regions: [1] }), /^target\.regions, entry 0: /],
    [() => session.setFilter(), /^filter: /],
    [() => session.setFilter({ hide_vetoed: true }), /^filter: there is no "hide_vetoed"/],
    [() => session.setFilter({ hideVetoed: "yes" }), /^filter\.hideVetoed: /],
    [() => session.setScorecard(), /^card: /],
    [() => session.setScorecard(7), /^card: /],
    [() => session.addChains(undefined), /^chains: /],
    [() => session.setFilter({ capitalFrom: 0.5 }), /^filter\.capitalFrom: /],
    [() => session.setFilter({ capitalFrom: "1" }), /^filter\.capitalFrom: /],
    [() => session.setFilter({ foundedFrom: "last year" }), /^filter: /],
    [() => session.setFilter({ standings: ["sure"] }), /^filter: /],
    [() => session.list(5, 0, "nothing"), /nothing/],
    [() => session.find(5), /^words: /],
    [() => session.find(), /^words: /],
    [() => session.setWeights({ chain_fit: "much" }), /^weights, entry 0: /],
    [() => session.setWeights({ nothing: 1 }), /^weights: `nothing` is no criterion/],
    [() => session.robustness(5, { draw: 1 }), /^options: there is no "draw"/],
    [() => xiangma.checkChains(), /^chains: /],
    [() => new Session(new Date()), /^asOf: /],
    [() => Conversion.train("a"), /^options: /],
    [() => { const { top } = session; top(5); }, /without its object/],
  ]) {
    assert.throws(call, (e) => e instanceof XiangmaError && e.code === "BAD_ARGUMENT" && words.test(e.message), `${call}`);
  }
  assert.equal(session.digest(), digest);
  session.free();
});

test("cards and chains are taken as objects and as text", () => {
  const session = assessed(Session);
  const [card] = xiangma.presets();
  session.setScorecard(JSON.parse(card));
  session.assess();
  assert.equal(session.digest(), cases.digest);
  const tea = JSON.parse(sample("tea_chain.json"));
  assert.deepEqual(xiangma.checkChains(tea), []);
  session.addChains(tea);
  assert.ok(session.chains().some((c) => c.id === "tea"));
  assert.equal(xiangma.compareScorecards(card, JSON.parse(card)).length, 0);
  assert.equal(xiangma.printScorecard(JSON.parse(card)).zh, xiangma.printScorecard(card).zh);
  assert.throws(() => session.setScorecard({}), { code: "BAD_SCORECARD" });
  assert.throws(() => session.addChains({}), { code: "BAD_CHAIN" });
  session.free();
});

test("a file over what can be addressed is refused before it is copied", () => {
  const session = new Session(cases.as_of);
  // Only looked at: nothing of it is touched.
  const file = new Uint8Array(2 ** 31 + 100_000_000);
  assert.throws(() => session.loadCandidates(file), { code: "LIMIT" });
  session.loadCandidates(sample(cases.candidates));
  session.free();
});

test("ranks are shared on ties; parts of the list, neighbours, generations", () => {
  const session = new Session(cases.as_of);
  const names = ["甲", "乙", "丙", "丁", "戊"];
  const file = (products) => `企业名称,主营产品\n${names.map((n, i) => `${n}光电有限公司,${products[i]}`).join("\n")}\n`;
  const first = session.generation();
  session.loadCandidates(file(["光模块", "钢材", "钢材", "光模块", "钢材"]));
  session.target({ chains: ["optoelectronics"] });
  const overview = session.assess();
  assert.ok(session.generation() > first);
  assert.equal(overview.generation, session.generation());
  const { rows, total, generation } = session.list(10);
  assert.equal(total, 5);
  assert.equal(generation, session.generation());
  assert.deepEqual(rows.map((r) => r.rank), [1, 1, 3, 3, 3]);
  assert.deepEqual(rows.map((r) => r.generation), Array(5).fill(generation));
  assert.deepEqual(rows.map((r) => session.rankOf(r.row)), [1, 1, 3, 3, 3]);
  assert.deepEqual(session.list(2, 2).rows.map((r) => r.row), rows.slice(2, 4).map((r) => r.row));
  assert.deepEqual(session.list(5, 9).rows, []);
  assert.deepEqual(rows.map((r) => session.neighbours(r.row)), rows.map((_, i) => ({ above: rows[i - 1]?.row ?? null, below: rows[i + 1]?.row ?? null })));
  assert.equal(session.neighbours(99), undefined);
  assert.deepEqual(rows.map((r) => r.confirmed), [true, true, false, false, false]);
  // Whatever changes the list makes older answers stale; what changes nothing does not.
  const steps = [
    () => session.setFilter({ text: "甲" }),
    () => session.setWeight(0, 17),
    () => session.setWeights({ [overview.criteria[0].id]: 5000 }),
    () => session.setFilter({}),
    () => session.assess(),
    () => session.target({}),
    () => session.setScorecard(xiangma.presets()[0]),
    () => session.loadResidents("企业名称,主营产品\n某公司,光芯片\n"),
    () => session.clearResidents(),
  ];
  for (const step of steps) {
    const before = session.generation();
    step();
    assert.ok(session.generation() > before, String(step));
  }
  const before = session.generation();
  for (const read of [() => session.top(3), () => session.facets(), () => session.detail(0), () => assert.throws(() => session.loadCandidates(""))]) read();
  assert.equal(session.generation(), before);
  const other = new Session(cases.as_of);
  assert.ok(other.generation() > before);
  other.free();
  session.free();
});

test("a report crosses with the first of its lists, and the whole is asked for", () => {
  const session = new Session(cases.as_of);
  const lines = Array.from({ length: 300 }, (_, i) => (i % 2 ? `,钢材${i},5万元` : `第${i}有限公司,钢材,`));
  const report = session.loadCandidates(`企业名称,主营产品,注册资本\n${lines.join("\n")}\n`);
  assert.deepEqual([report.rejected.count, report.rejected.first.length, report.rows, report.read], [150, 100, 300, 150]);
  const all = session.reported("candidates", "rejected");
  assert.equal(all.length, 150);
  assert.deepEqual(all.slice(0, 100), report.rejected.first);
  assert.deepEqual(session.reported("residents", "merges"), []);
  assert.throws(() => session.reported("others", "merges"), { code: "BAD_ARGUMENT" });
  assert.throws(() => session.reported("candidates", "columns"), { code: "BAD_ARGUMENT" });
  session.free();
});

test("both ways into Node are whole, each with a class of its own", () => {
  const cjs = createRequire(join(folder, "x.cjs"))("xiangma");
  assert.throws(() => new cjs.Session("never"), (e) => e instanceof cjs.XiangmaError);
  assert.equal(cjs.version(), xiangma.version());
});
