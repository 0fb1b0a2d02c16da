// What the package does, in every build and from every entry.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { assessed as ranked, cases, folder, installed, root, sample, version } from "./installed.mjs";

const { Conversion, Session, blendWeights, chains, checkChains, compareScorecards, hasVectors, mcdm, memory, presets, preview, printScorecard, tableColumns, weighPanel, wholeWeights } = await import(join(installed, "dist/node.js"));
const assessed = (xiangma = { Session }) => ranked(xiangma.Session);

/** The whole list, as the file of the expected one has it. */
function list(session) {
  const rows = session.rows(session.top(1000));
  return ["rank,row,name,score", ...rows.map((r, i) => `${i + 1},${r.row},${r.name},${r.shown}`), ""].join("\n");
}

/** What became of earlier leads: large firms and those of one city land more often. */
function outcomes(rows) {
  const lines = ["企业名称,注册资本,所属城市,经营范围,结果"];
  for (let i = 0; i < rows; i++) {
    const [large, near] = [i % 3 === 0, i % 4 === 0];
    const landed = (i * 37) % 100 < (large ? 55 : 12) + (near ? 25 : 0);
    lines.push(`第${i}光电科技有限公司,${large ? 5000 + i : 100 + (i % 90)}万元,${near ? "苏州" : "成都"},光学元件制造,${landed ? "落地" : "未落地"}`);
  }
  return lines.join("\n");
}

test("chances are learned, kept, given and explained", () => {
  const table = outcomes(600);
  assert.deepEqual(tableColumns(table).at(-1).values.map((v) => v[0]), ["未落地", "落地"]);
  const { conversion, report } = Conversion.train(table, { outcome: "结果" });
  assert.equal(report.verdict, "use");
  assert.ok(report.folds.auc > 0.65, report.folds.auc);
  const again = new Conversion(conversion.toJSON());
  const [a, b] = [conversion, again].map((c) => c.predict(table));
  assert.deepEqual(a, b);
  assert.equal(a.rows.length, 600);
  assert.ok(a.probability[0] > a.probability[1] + 0.2, "large and near lands more often");
  assert.ok(a.probability.every((p, i) => a.low[i] <= p && p <= a.high[i]));
  assert.ok(conversion.contributions(0).some((c) => c.feature === "enterprise:capital" && c.adds > 0));
  assert.equal(a.drift.chances.state, "steady");
  assert.throws(() => Conversion.train(outcomes(12), { outcome: "结果" }), { name: "XiangmaError", code: "TOO_FEW_OUTCOMES" });
  assert.throws(() => Conversion.train(table, { outcome: "所属城市" }), { code: "AMBIGUOUS_OUTCOME" });
  assert.throws(() => Conversion.train(table, { outcome: "结果", typo: 1 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => new Conversion(conversion.toJSON().replace("落地", "落定")), { code: "BAD_MODEL" });
  conversion.free();
  assert.throws(() => conversion.predict(table), { code: "FREED" });
  again.free();
});

test("a file ranked where it lies gives the list it gives when it is loaded, and leaves what was loaded alone", () => {
  const rows = Array.from({ length: 9000 }, (_, i) => `第${i % 8000}示例科技有限公司,${["光模块", "锂电池", "工业机器人", "餐饮服务"][i % 4]},${i % 700},${i % 90 ? "江苏" : ""}`);
  const bytes = new TextEncoder().encode(`企业名称,主营产品,参保人数,所属省份\n${rows.join("\n")}\n`);
  let [reads, most] = [0, 0];
  const file = {
    size: bytes.length,
    read(at, length) {
      [reads, most] = [reads + 1, Math.max(most, length)];
      return bytes.subarray(at, at + length);
    },
  };
  const loaded = new Session("2026-11-01");
  loaded.loadCandidates(bytes);
  loaded.target({ chains: ["optoelectronics"], regions: ["江苏"] });
  loaded.assess();
  const session = new Session("2026-11-01");
  session.loadCandidates("企业名称,主营产品\n示例光电有限公司,光模块\n示例商贸有限公司,钢材\n");
  session.target({ chains: ["optoelectronics"], regions: ["江苏"] });
  session.assess();
  const before = session.digest();
  const shares = [];
  const ranked = session.rankFile(file, 20, (share) => shares.push(share));
  assert.equal(ranked.digest, loaded.digest());
  assert.deepEqual([ranked.total, ranked.report.merged], [8000, 1000]);
  const strip = ({ generation, ...row }) => row;
  assert.deepEqual(ranked.best.map(strip), [...loaded.top(20)].map((row) => strip(loaded.detail(row))));
  assert.ok(reads > 3 && most <= 1 << 24 && shares.every((share, i) => share >= (shares[i - 1] ?? 0)), `${reads} ${most} ${shares}`);
  assert.equal(session.digest(), before);
  assert.equal(session.rankFile({ size: 2, read: () => new TextEncoder().encode("[]") }, 1), undefined);
  const code = (of, expected) => assert.throws(() => session.rankFile(of, 3), { name: "XiangmaError", code: expected });
  for (const wrong of [null, "a.csv", {}, { size: -1, read() {} }, { size: 1 }, new Blob(["a"])]) code(wrong, "BAD_ARGUMENT");
  code({ size: 9, read: () => { throw new Error("gone"); } }, "UNREADABLE");
  code({ size: 9, read: () => new Uint8Array(99) }, "UNREADABLE");
  code({ size: 9, read: () => new Uint8Array(1) }, "UNREADABLE");
  code({ size: 30, read: (at, n) => new TextEncoder().encode("企业名称,主营产品\n").subarray(at, at + n) }, "UNREADABLE");
  assert.throws(() => session.rankFile(file, 3, () => { throw new RangeError("mine"); }), RangeError);
  session.free();
  loaded.free();
});

test("the same ranking and digest as native, from every build and entry", async () => {
  const expected = readFileSync(join(root, "../tests/data/sample_ranking.csv"), "utf8");
  assert.ok(hasVectors());
  const slim = async (file, tag) => {
    // A copy of the module for each file, since a module holds one engine.
    const copy = join(folder, `slim-${tag}`);
    cpSync(join(installed, "dist"), copy, { recursive: true });
    writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
    const module = await import(join(copy, "slim.js"));
    await module.init(readFileSync(join(installed, "dist/web", file)));
    return module;
  };
  const base64 = await import(join(installed, "dist/base64.js"));
  await base64.init();
  for (const [name, xiangma] of Object.entries({
    node: { Session },
    vectors: await slim("xiangma_bg.wasm", "vectors"),
    plain: await slim("xiangma_plain_bg.wasm", "plain"),
    base64,
    cjs: createRequire(join(folder, "x.cjs"))("xiangma"),
  })) {
    const session = assessed(xiangma);
    assert.equal(session.digest(), cases.digest, name);
    assert.equal(list(session), expected, name);
    session.free();
  }
});

test("what a meeting asks is answered, and bad questions are refused", () => {
  const session = assessed();
  const k = 10;
  const found = session.robustness(k, { draws: 2000 });
  assert.equal(found.rows.length, k + k / 2 + 5);
  for (const firm of found.rows) {
    assert.ok(firm.best <= firm.rank && firm.rank <= firm.worst);
    assert.ok(firm.firstShare <= firm.selectedShare && firm.selectedShare <= 1);
  }
  assert.deepEqual(session.robustness(k, { draws: 2000 }), found, "the same seed, the same figures");
  assert.ok(Math.abs(found.rows.reduce((sum, f) => sum + f.firstShare, 0) - 1) < 1e-9);
  for (const method of found.consensus.methods) assert.equal(session.opinion(method, k).length, k);
  assert.deepEqual(session.opinion("weighted_sum", k), session.top(k));
  const { columns, rows: texts } = session.cells(session.top(2));
  assert.deepEqual(texts.map((row) => row[0]), session.rows(session.top(2)).map((row) => row.name));
  const again = new Session("2026-11-01");
  again.loadCandidates([columns, ...texts].map((row) => row.map((cell) => `"${cell.replaceAll(`"`, `""`)}"`).join(",")).join("\n"));
  assert.deepEqual(again.cells([0, 1]).rows, texts, "read back as they were");
  again.free();
  const [first, second] = session.top(2);
  const pair = session.compare(second, first);
  assert.equal(pair.above, first);
  assert.ok(Math.abs(pair.differences.reduce((sum, d) => sum + d.lead, 0) - pair.lead) < 1e-9);
  const row = session.top(20)[19];
  const along = session.ranksAlong(row, 0);
  assert.equal(along.length, 10_001);
  const lift = session.lift(row, k);
  assert.equal(lift.rank, 20);
  assert.ok(lift.missing > 0);
  const kept = session.edition();
  assert.equal(session.since(kept, k).movement.stayed.length, k);
  const signature = session.signature();
  session.setWeight(0, 1);
  assert.notEqual(session.signature(), signature);
  assert.throws(() => session.since(kept, k), { code: "OTHER_SCORECARD" });
  assert.throws(() => session.since("{}", k), { code: "BAD_JSON" });
  assert.throws(() => session.robustness(0), { code: "BAD_ARGUMENT" });
  assert.throws(() => session.robustness(5, { spread: 2 }), { code: "BAD_ARGUMENT" });
  assert.throws(() => session.opinion("magic", 5), { code: "BAD_ARGUMENT" });
  assert.throws(() => session.dataWeights("magic"), { code: "BAD_ARGUMENT" });
  const empty = new Session("2026-11-01");
  assert.throws(() => empty.robustness(5), { code: "BAD_ARGUMENT" });
  assert.equal(empty.compare(0, 1), undefined);
  empty.free();
  assert.ok(Math.abs(session.dataWeights("critic").reduce((a, b) => a + b) - 1) < 1e-9);
  assert.equal(session.balance(k)[0].by, "region");
  session.free();
});

test("panels, blends and the card as a document", () => {
  const criteria = ["a", "b", "c"];
  const found = weighPanel(criteria, [{ name: "甲", pairs: [[1, 2, 4], [null, 1, 2], [null, null, 1]] }, { name: "乙", points: [4, 2, 1] }]);
  found.weights.forEach((w, i) => assert.ok(Math.abs(w - [4, 2, 1][i] / 7) < 1e-9));
  assert.equal(found.concordance, 1);
  assert.deepEqual([...wholeWeights(found.weights)], [5714, 2857, 1429]);
  assert.throws(() => weighPanel(criteria, [{ name: "甲" }]), { code: "BAD_ARGUMENT" });
  assert.throws(() => weighPanel(criteria, [{ name: "甲", pairs: [[1, 2], [1, 1]] }]), { code: "BAD_ARGUMENT" });
  assert.throws(() => blendWeights([1, 2], [1], 0.5), { code: "BAD_ARGUMENT" });
  assert.throws(() => blendWeights(null, [1], 0.5), { code: "BAD_ARGUMENT" });
  const [card, other] = presets();
  assert.equal(compareScorecards(card, card).length, 0);
  assert.ok(compareScorecards(card, other).some((c) => c.path === "criteria/need/weight"));
  assert.match(printScorecard(card).zh, /评审组签字/);
  assert.throws(() => printScorecard("{}"), { code: "BAD_SCORECARD" });
  const [answer, wrong] = mcdm('[{"id":"x","kind":"score","method":"topsis","matrix":[[1,2],[2,1]],"weights":[1,3]},{"id":"y","kind":"dance"}]');
  assert.deepEqual(answer.ranks, [1, 2]);
  assert.equal(wrong.error.code, "BAD_ARGUMENT");
});

test("a list is narrowed, and counted by what would narrow it further", () => {
  const session = assessed();
  const all = session.top(1000);
  const { regions, grades, links } = session.facets();
  const judged = session.rows(all).filter((r) => r.vetoes.length === 0);
  assert.equal(grades.reduce((sum, g) => sum + g.count, 0), judged.length, "who is ruled out has no grade");
  const [region] = regions;
  session.setFilter({ regions: [region.value] });
  const some = session.top(1000);
  assert.equal(some.length, region.count);
  assert.deepEqual([...some], [...all].filter((row) => some.includes(row)), "the order stays");
  assert.deepEqual(session.facets().regions, regions, "other regions can still be chosen");
  session.setFilter({ links: [links[0].value], text: "示例", hideVetoed: true });
  assert.ok(session.rows(session.top(1000)).every((r) => r.link === links[0].value && r.vetoes.length === 0));
  session.setFilter({ text: "没有这样的企业" });
  assert.equal(session.top(10).length, 0);
  assert.deepEqual([...session.histogram(4)], [0, 0, 0, 0]);
  session.setFilter({ standings: ["ruled_out"] });
  assert.equal(session.list(0).total, all.length - judged.length);
  const rich = judged.filter((r) => r.capital >= 50_000_000);
  session.setFilter({ capitalFrom: 500_000_000_000 });
  assert.equal(session.list(0).total, 0, "nobody has so much");
  session.setFilter({ capitalFrom: 50_000_000, hideVetoed: true });
  assert.deepEqual(session.list(1000).rows.map((r) => r.row), rich.map((r) => r.row));
  assert.equal(session.histogram().reduce((sum, count) => sum + count, 0), rich.length);
  session.setFilter({ hideVetoed: true });
  const [{ id }] = session.assess().criteria;
  const points = session.list(1000, 0, id).rows.map((r) => r.points[0]);
  assert.deepEqual(points, points.toSorted((a, b) => b - a));
  assert.deepEqual(session.list(3, 2, id).rows, session.list(1000, 0, id).rows.slice(2, 5));
  session.setFilter({});
  assert.deepEqual(session.top(1000), all);
  session.free();
});

test("a file of WASM that is no such thing, cut off, or of another version", async () => {
  const copy = join(folder, "slim-broken");
  cpSync(join(installed, "dist"), copy, { recursive: true });
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  const { init, Session } = await import(join(copy, "slim.js"));
  const bytes = readFileSync(join(installed, "dist/web/xiangma_bg.wasm"));
  assert.throws(() => new Session("2026-11-01"), { name: "XiangmaError", code: "NOT_READY" });
  for (const wrong of [new Uint8Array(0), Buffer.from("<html>"), bytes.subarray(0, 5000), Buffer.from([0, 97, 115, 109, 1, 0, 0, 0])]) {
    await assert.rejects(init(wrong), { name: "XiangmaError", code: "WASM_LOAD" });
  }
  // The same file, but for the number of its version.
  const other = Buffer.from(bytes);
  let changed = 0;
  for (let at = other.indexOf(version); at >= 0; at = other.indexOf(version, at + 1)) {
    other.write(version.replaceAll(/\d/g, "9"), at);
    changed++;
  }
  assert.ok(changed > 0);
  await assert.rejects(init(other), { name: "XiangmaError", code: "WASM_VERSION" });
  await init(bytes);
  new Session("2026-11-01").free();
});

test("arrays of the wrong kind or length, a detached buffer, no memory, calls after the end", () => {
  const session = assessed();
  const digest = session.digest();
  const detached = new ArrayBuffer(16);
  structuredClone(detached, { transfer: [detached] });
  for (const [call, code] of [
    [() => session.loadCandidates(detached), "BAD_ARGUMENT"],
    [() => session.loadCandidates(null), "BAD_ARGUMENT"],
    [() => session.loadCandidates({}), "BAD_ARGUMENT"],
    [() => session.loadCandidates([1, 2]), "BAD_ARGUMENT"],
    [() => session.loadCandidates(new Float64Array(4)), "BAD_ARGUMENT"],
    [() => session.setWeights([1, 2]), "BAD_ARGUMENT"],
    [() => session.setWeights("heavy"), "BAD_ARGUMENT"],
    [() => session.setWeights(new Array(9).fill(-1)), "BAD_ARGUMENT"],
    [() => session.setWeights(new Array(9).fill(0)), "BAD_ARGUMENT"],
    [() => session.setWeight(99, 1), "BAD_ARGUMENT"],
    [() => session.setWeight(0, 1.5), "BAD_ARGUMENT"],
    [() => session.setFilter({ regoins: [] }), "BAD_ARGUMENT"],
    [() => session.rows([Number.NaN]), "BAD_ARGUMENT"],
    [() => session.top(-1), "BAD_ARGUMENT"],
  ]) {
    assert.throws(call, (e) => e.name === "XiangmaError" && e.code === code, `${code}: ${call}`);
  }
  assert.equal(session.detail(1_000_000), undefined);
  assert.equal(session.rows([1_000_000]).length, 0);
  assert.equal(session.digest(), digest);
  session.free();
  assert.throws(() => session.digest(), { code: "FREED" });
});

test("200 cycles of loading, ranking and freeing take no more memory than 50", async () => {
  const sizes = [];
  for (let i = 1; i <= 200; i++) {
    const session = assessed();
    session.setWeight(0, i);
    session.rows(session.top(50));
    session.free();
    if (i % 50 === 0) sizes.push(memory());
  }
  assert.equal(sizes.at(-1), sizes[0], `${sizes}`);
});

test("no memory for a file is an error, and the session goes on", () => {
  const session = assessed();
  const digest = session.digest();
  // Of four gigabytes, no build can have twice this; nothing of it is touched.
  const file = new Uint8Array(2_100_000_000);
  assert.throws(() => session.loadCandidates(file), (e) => e.code === "OUT_OF_MEMORY" || e.code === "LIMIT");
  assert.equal(session.digest(), digest);
  session.free();
});

test("weights move the list, contributions add up", () => {
  const session = assessed();
  const [first] = session.rows(session.top(1));
  const detail = session.detail(first.row);
  const sum = detail.contributions.reduce((s, c) => s + c.contribution, 0);
  // The score is rounded once, to two places; its parts are exact.
  assert.ok(Math.abs(sum - first.score) <= 0.005 + 1e-9);
  const weights = new Array(detail.contributions.length).fill(0);
  weights[3] = 10_000;
  session.setWeights(weights);
  const scores = session.rows(session.top(20)).map((r) => r.score);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  assert.ok(session.diagnosis().some((link) => link.need === "fill"));
  session.free();
});

test("errors have one class and a code, and nothing is lost", () => {
  const session = assessed();
  const before = session.digest();
  for (const [call, code] of [
    [() => session.loadCandidates(""), "EMPTY_FILE"],
    [() => session.loadCandidates("甲,乙\n丙,丁"), "NO_HEADER"],
    [() => session.setScorecard("{}"), "BAD_SCORECARD"],
    [() => session.addChains("[]"), "BAD_CHAIN"],
    [() => session.target({ chains: ["nothing"] }), "UNKNOWN_CHAIN"],
    [() => session.setWeights([1]), "BAD_ARGUMENT"],
    [() => new Session("tomorrow"), "BAD_ARGUMENT"],
  ]) {
    assert.throws(call, (e) => e instanceof Error && e.name === "XiangmaError" && e.code === code, code);
  }
  assert.equal(session.digest(), before);
  session.free();
});

test("a chain of one's own is checked, added, and finds its enterprises", () => {
  const tea = readFileSync(join(root, "../tests/data/tea_chain.json"), "utf8");
  assert.deepEqual(checkChains(tea), []);
  const broken = checkChains(tea.replace('"tea_drink"]', '"nowhere"]'));
  assert.ok(broken.some((f) => f.code === "EDGE_NOWHERE" && f.isError && f.zh && f.en));
  const session = new Session("2026-11-01");
  session.addChains(tea);
  session.loadCandidates("企业名称,经营范围\n示例茶业有限公司,茶饮料的生产\n示例商贸有限公司,茶饮料批发\n");
  session.target({ chains: ["tea"] });
  session.assess();
  const [first, second] = session.rows(session.top(2)).map((r) => session.detail(r.row).matches[0]);
  assert.equal(first.link, "tea_drink");
  assert.equal(first.doubt, null);
  assert.equal(second.doubt.code, "trader");
  session.free();
});

test("headings of one's own are shown, mapped, and read", () => {
  const file = "客商,干什么的,法人\n示例光电有限公司,光模块制造,张三\n示例商贸有限公司,钢材批发,李四\n";
  const seen = preview(file);
  assert.equal(seen.format, "csv");
  assert.deepEqual(seen.sheets[0].columns.map((c) => [c.heading, c.as, c.examples.length]), [["客商", "extra", 2], ["干什么的", "extra", 2], ["法人", "personal_dropped", 0]]);
  const session = new Session("2026-11-01");
  assert.throws(() => session.loadCandidates(file), { code: "NO_HEADER" });
  const options = { map: { 客商: "name", 干什么的: "main_business" } };
  assert.deepEqual(preview(file, options).sheets[0].columns.map((c) => c.as), ["name", "main_business", "personal_dropped"]);
  for (const report of [session.loadCandidates(file, undefined, options), session.loadResidents(file, options)]) assert.equal(report.read, 2);
  session.assess();
  assert.equal(session.list(1).rows[0].name, "示例光电有限公司");
  const book = sample("intake/layouts/chain_ledger.xlsx");
  const names = preview(book).sheets.map((s) => s.name);
  assert.ok(names.length > 1, names);
  assert.equal(session.loadCandidates(book, undefined, { sheets: [names[1]] }).sheet, names[1]);
  assert.throws(() => session.loadCandidates(book, undefined, { sheets: ["没有"] }), { code: "BAD_ARGUMENT" });
  assert.throws(() => session.loadCandidates(file, undefined, { map: { 客商: "nam" } }), { code: "BAD_ARGUMENT", message: /`nam` is no field/ });
  assert.throws(() => session.loadCandidates(file, undefined, { maps: {} }), { code: "BAD_ARGUMENT", message: /there is no "maps"/ });
  session.free();
});

test("chains and presets", () => {
  assert.equal(chains().length, 5);
  assert.equal(JSON.parse(presets()[0]).id, "attraction");
});

test("the example program runs on a file", () => {
  writeFileSync(join(folder, "rank.mjs"), readFileSync(join(root, "examples/rank.mjs")));
  const out = execFileSync("node", ["rank.mjs", join(root, "../tests/data", cases.candidates)], { cwd: folder, encoding: "utf8" });
  assert.equal(out.trim().split("\n").length, 10);
});

test("an engine is loaded once, however often it is asked for, and a failure can be tried again", async () => {
  const copy = join(folder, "slim-once");
  cpSync(join(installed, "dist"), copy, { recursive: true });
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  const { init, initSync, Session } = await import(join(copy, "slim.js"));
  const bytes = readFileSync(join(installed, "dist/web/xiangma_bg.wasm"));
  let fetched = 0;
  const fetching = globalThis.fetch;
  globalThis.fetch = async () => {
    fetched++;
    if (fetched === 1) throw new TypeError("no network");
    return new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
  };
  try {
    const tried = await Promise.allSettled([init("/a.wasm"), init("/a.wasm")]);
    assert.deepEqual(tried.map((t) => t.reason?.code), ["WASM_LOAD", "WASM_LOAD"]);
    assert.equal(fetched, 1);
    await Promise.all([init("/a.wasm"), init("/a.wasm"), init("/a.wasm")]);
    await init("/b.wasm");
    initSync(new Uint8Array(3));
    assert.equal(fetched, 2);
  } finally {
    globalThis.fetch = fetching;
  }
  assert.equal(assessed({ Session }).digest(), cases.digest);
});

test("why a file of WASM does not load is said in words that help", async () => {
  const copy = join(folder, "slim-words");
  cpSync(join(installed, "dist"), copy, { recursive: true });
  writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
  const { init, compile } = await import(join(copy, "slim.js"));
  const { fetch: fetching, WebAssembly: real } = globalThis;
  try {
    globalThis.fetch = async () => new Response("<!doctype html>", { headers: { "Content-Type": "text/html" } });
    await assert.rejects(init("/x.wasm"), (e) => e.code === "WASM_LOAD" && /optimizeDeps/.test(e.message));
    globalThis.fetch = async () => new Response("", { status: 404 });
    await assert.rejects(init("/x.wasm"), (e) => e.code === "WASM_LOAD" && /404/.test(e.message));
    globalThis.fetch = async () => {
      throw new real.CompileError("Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source");
    };
    await assert.rejects(init("/x.wasm"), (e) => e.code === "WASM_LOAD" && /wasm-unsafe-eval/.test(e.message));
    await assert.rejects(init(), { code: "BAD_ARGUMENT" });
    delete globalThis.WebAssembly;
    await assert.rejects(compile("/x.wasm"), (e) => e.code === "WASM_LOAD" && /xiangma\/miniprogram/.test(e.message));
  } finally {
    globalThis.fetch = fetching;
    globalThis.WebAssembly = real;
  }
});
