// The package as its users get it: packed, installed into a throw-away project, and run there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "xiangma-"));
const npm = (args, cwd) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const packed = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], root))[0];
writeFileSync(join(folder, "package.json"), '{ "name": "throw-away", "private": true, "type": "module" }');
npm(["install", "--no-audit", "--no-fund", "--offline", join(folder, packed.filename)], folder);
const { Session, chains, checkChains, presets } = await import(join(folder, "node_modules/xiangma/dist/node.js"));

const cases = JSON.parse(readFileSync(join(root, "../tests/data/sample_ranking.json"), "utf8"));
const sample = (name) => readFileSync(join(root, "../tests/data", name));

function assessed() {
  const session = new Session(cases.as_of);
  session.loadCandidates(sample(cases.candidates));
  session.loadResidents(sample(cases.residents));
  session.target({ chains: cases.chains });
  session.assess();
  return session;
}

test("the same ranking and digest as native", () => {
  const session = assessed();
  assert.equal(session.digest(), cases.digest);
  assert.deepEqual(session.rows(session.top(5)).map((r) => r.name), cases.top);
  session.free();
});

test("weights move the list, contributions add up", () => {
  const session = assessed();
  const [first] = session.rows(session.top(1));
  const detail = session.detail(first.row);
  const sum = detail.contributions.reduce((s, c) => s + c.contribution, 0);
  assert.ok(Math.abs(sum - first.score) < 1e-9);
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
  assert.ok(broken.some((f) => f.code === "EDGE_NOWHERE" && f.is_error && f.zh && f.en));
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

test("chains and presets", () => {
  assert.equal(chains().length, 5);
  assert.equal(JSON.parse(presets()[0]).id, "attraction");
});

test("the example of the README runs", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const code = readme.match(/```ts\n([\s\S]*?)```/)[1];
  writeFileSync(join(folder, "readme.mjs"), code);
  assert.match(execFileSync("node", ["readme.mjs"], { cwd: folder, encoding: "utf8" }), /^1 示例光电有限公司/);
});

test("the example program runs on a file", () => {
  writeFileSync(join(folder, "rank.mjs"), readFileSync(join(root, "examples/rank.mjs")));
  const out = execFileSync("node", ["rank.mjs", join(root, "../tests/data", cases.candidates)], { cwd: folder, encoding: "utf8" });
  assert.equal(out.trim().split("\n").length, 10);
});

test("every entry of the exports map is in the package", () => {
  const { exports } = JSON.parse(readFileSync(join(folder, "node_modules/xiangma/package.json"), "utf8"));
  const files = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry).flatMap(files));
  for (const file of files(exports)) assert.ok(existsSync(join(folder, "node_modules/xiangma", file)), file);
});
