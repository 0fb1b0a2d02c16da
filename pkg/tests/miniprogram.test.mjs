// The mini-program's build in a world like its own: no WebAssembly, no TextDecoder, no URL, no fetch, no crypto, no code from text.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { brotliDecompressSync } from "node:zlib";
import * as codec from "../build/text-codec.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "miniprogram_dist");
const cases = JSON.parse(readFileSync(join(root, "../tests/data/sample_ranking.json"), "utf8"));
const expected = readFileSync(join(root, "../tests/data/sample_ranking.csv"), "utf8");
const sample = (name) => readFileSync(join(root, "../tests/data", name));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const wasm = brotliDecompressSync(readFileSync(join(dist, "xiangma.wasm.br")));

/** A fresh world; `bytes` is what the code package holds at any path that ends in .wasm.br. */
function world(bytes = wasm, extra = {}) {
  const asked = [];
  const WXWebAssembly = {
    instantiate(path, imports) {
      asked.push(path);
      if (typeof path !== "string" || !/^\/.*\.wasm(\.br)?$/.test(path)) return Promise.reject(new TypeError("a path of the code package"));
      if (/missing/.test(path)) return Promise.reject({ errMsg: "instantiate:fail file not found" });
      return WebAssembly.instantiate(bytes, imports);
    },
  };
  const module = { exports: {} };
  const context = vm.createContext({ WXWebAssembly, setTimeout, clearTimeout, module, exports: module.exports, ...extra }, { codeGeneration: { strings: false, wasm: false } });
  for (const name of ["WebAssembly", "FinalizationRegistry", "WeakRef", "SharedArrayBuffer", "Atomics"]) vm.runInContext(`delete globalThis.${name}`, context);
  vm.runInContext(readFileSync(join(dist, "index.js"), "utf8"), context);
  const absent = ["WebAssembly", "TextDecoder", "TextEncoder", "URL", "fetch", "crypto", "performance", "FinalizationRegistry"];
  assert.deepEqual(absent.filter((name) => vm.runInContext(`typeof ${name}`, context) !== "undefined"), []);
  return { xiangma: module.exports, context, asked };
}

function assessed({ Session }) {
  const session = new Session(cases.as_of);
  session.loadCandidates(sample(cases.candidates));
  session.loadResidents(sample(cases.residents));
  session.target({ chains: cases.chains });
  session.assess();
  return session;
}

test("the same ranking as everywhere, byte for byte", async () => {
  const { xiangma, asked } = world();
  await xiangma.init();
  assert.deepEqual(asked, ["/miniprogram_npm/xiangma/xiangma.wasm.br"]);
  const session = assessed(xiangma);
  assert.equal(session.digest(), cases.digest);
  const rows = session.rows(session.top(1000));
  assert.equal(["rank,row,name,score", ...rows.map((r, i) => `${i + 1},${r.row},${r.name},${r.shown}`), ""].join("\n"), expected);
  session.free();
});

test("texts, errors and arrays of that world cross the border", async () => {
  const { xiangma, context } = world();
  assert.throws(() => new xiangma.Session("2026-11-01"), { code: "NOT_READY" });
  await xiangma.init();
  const session = new xiangma.Session("2026-11-01");
  const bytes = vm.runInContext("(text) => { const a = new Uint8Array(text.length); for (let i = 0; i < text.length; i++) a[i] = text.charCodeAt(i); return a; }", context);
  session.loadCandidates(bytes("name,scope\nA Co,optical lens\n"));
  session.loadCandidates(bytes("name,scope\nA Co,optical lens\n").buffer);
  session.loadCandidates("企业名称,主营产品\n示例🏭𠮷光电有限公司,光模块\n");
  session.target({ chains: ["optoelectronics"] });
  session.assess();
  assert.equal(session.rows([0])[0].name, "示例🏭𠮷光电有限公司");
  const gbk = Buffer.from("c6f3d2b5c3fbb3c62cd6f7d3aab2fac6b70acabec0fdb9abcbbe2cb9e2c4a3bfe90a", "hex");
  assert.equal(session.loadCandidates(gbk).encoding, "gb18030");
  session.assess();
  assert.equal(session.rows([0])[0].name, "示例公司");
  for (const [call, code] of [
    [() => session.loadCandidates(""), "EMPTY_FILE"],
    [() => session.loadCandidates(7), "BAD_ARGUMENT"],
    [() => session.loadCandidates("PK\u0003\u0004"), "UNSUPPORTED_FORMAT"],
    [() => session.setScorecard({}), "BAD_SCORECARD"],
    [() => session.setScorecard(), "BAD_ARGUMENT"],
    [() => session.addChains(5), "BAD_ARGUMENT"],
    [() => session.find(5), "BAD_ARGUMENT"],
    [() => session.target("optoelectronics"), "BAD_ARGUMENT"],
    [() => session.setWeights([1]), "BAD_ARGUMENT"],
    [() => session.setWeights([Number.NaN]), "BAD_ARGUMENT"],
    [() => session.setFilter({ nothing: 1 }), "BAD_ARGUMENT"],
    [() => session.robustness(5), "NOT_IN_THIS_BUILD"],
    [() => session.compare(0, 0), "NOT_IN_THIS_BUILD"],
  ]) {
    assert.throws(call, (e) => e.name === "XiangmaError" && e instanceof xiangma.XiangmaError && e.code === code && e.message.length > 10, code);
  }
  assert.throws(() => session.loadCandidates("PK\u0003\u0004"), (e) => !/XLSX/.test(e.message), "a format this build cannot read is not advised");
  session.free();
  session.free();
  assert.throws(() => session.top(1), { code: "FREED" });
});

test("a file that is missing, cut off or elsewhere", async () => {
  const { xiangma } = world();
  await assert.rejects(xiangma.init("/missing/xiangma.wasm.br"), (e) => e.code === "WASM_LOAD" && /missing/.test(e.message));
  await xiangma.init("/sub/xiangma.wasm.br");
  assert.equal(xiangma.version(), version);
  await assert.rejects(world(wasm.subarray(0, 1000)).xiangma.init(), { code: "WASM_LOAD" });
  const { xiangma: none, context } = world();
  vm.runInContext("delete globalThis.WXWebAssembly", context);
  await assert.rejects(none.init(), { code: "WASM_LOAD" });
});

/** The two ends of a Worker, as mini-programs have them: what crosses is plain JSON. */
function ends() {
  const listeners = [[], []];
  const refused = /^(\[object (Uint8Array|Uint32Array|Float64Array|ArrayBuffer|Map|Set|Date)\])$/;
  const plain = (value) => {
    assert.ok(!refused.test(Object.prototype.toString.call(value)), "no such thing crosses");
    if (value && typeof value === "object") Object.values(value).forEach(plain);
    return value;
  };
  const end = (here, more) => ({
    postMessage: (message) => {
      assert.equal(typeof message, "object");
      const text = JSON.stringify(plain(message));
      setTimeout(() => listeners[1 - here].forEach((f) => f(JSON.parse(text))), 0);
    },
    onMessage: (f) => listeners[here].push(f),
    ...more,
  });
  return [end, listeners];
}

test("in a worker of its own, over plain JSON, both sides", async () => {
  for (const enveloped of [false, true]) {
    const { xiangma } = world();
    const { xiangma: app } = world();
    const [end, listeners] = ends();
    let killed;
    const outside = end(0, { onProcessKilled: (f) => (killed = f), onError() {}, terminate() {} });
    const inside = end(1);
    if (enveloped) {
      for (const port of [outside, inside]) {
        const hear = port.onMessage;
        port.onMessage = (f) => hear((message) => f({ message }));
      }
    }
    xiangma.serve(inside, async (asOf) => {
      await xiangma.init();
      return new xiangma.Session(asOf);
    });
    const remote = await app.connect(outside, cases.as_of);
    const shares = [];
    // Bytes as the file system gives them, and text as the clipboard does.
    await remote.loadCandidates(sample(cases.candidates), (share) => shares.push(share));
    assert.equal(shares[shares.length - 1], 1);
    await remote.loadResidents(sample(cases.residents).toString("utf8"));
    await remote.target({ chains: cases.chains });
    await remote.assess();
    assert.equal(await remote.digest(), cases.digest);
    const top = await remote.top(3);
    assert.equal(Object.prototype.toString.call(top), "[object Uint32Array]");
    assert.equal((await remote.rows(top)).length, 3);
    assert.deepEqual((await remote.list(3)).rows.map((r) => r.row), Array.from(top));
    await assert.rejects(remote.setScorecard("{}"), { code: "BAD_SCORECARD" });
    await assert.rejects(remote.robustness(3), { code: "NOT_IN_THIS_BUILD" });
    await assert.rejects(app.connect(outside, cases.as_of), { code: "BAD_ARGUMENT" });
    listeners[1].length = 0;
    const pending = remote.digest();
    killed();
    await assert.rejects(pending, { code: "WORKER_FAILED" });
    await assert.rejects(remote.digest(), { code: "WORKER_FAILED" });
    remote.terminate();
  }
});

/** A piece of a program that a page of the manual shows, by its first line. */
function shown(page, first) {
  const blocks = [...readFileSync(join(root, "../docs", page), "utf8").matchAll(/```js[^\n]*\n([\s\S]*?)```/g)].map(([, code]) => code);
  const found = blocks.filter((code) => code.startsWith(`// ${first}`));
  assert.equal(found.length, 1, `${page}: ${first}`);
  return found[0];
}

test("both sides of a worker as the manual shows them: killed in the midst of work, it is made anew", async () => {
  for (const page of ["zh/mini-program.md", "mini-program.md"]) {
    const made = [];
    const { xiangma: app } = world();
    const run = (code, more) => {
      const module = { exports: {} };
      new Function("require", "module", ...Object.keys(more), code)((name) => more.packages[name], module, ...Object.values(more));
      return module.exports;
    };
    const createWorker = (path, options) => {
      assert.deepEqual([path, options], ["workers/index.js", { useExperimentalWorker: true }]);
      const [end, listeners] = ends();
      const state = { listeners, ended: 0 };
      const port = end(0, { onProcessKilled: (f) => (state.kill = f), onError() {}, terminate: () => state.ended++ });
      run(shown(page, "workers/index.js"), { worker: end(1), packages: { "./xiangma.js": world().xiangma } });
      made.push(state);
      return port;
    };
    const remote = run(shown(page, "remote.js"), { wx: { createWorker }, packages: { xiangma: app } });
    const first = await remote.rank(sample(cases.candidates));
    assert.ok(first.rows.length > 0);
    // From here on it answers nothing, and is killed: what was asked is answered by the next.
    made[0].listeners[1].length = 0;
    const asked = remote.rank(sample(cases.candidates));
    setTimeout(() => made[0].kill(), 5);
    assert.deepEqual((await asked).rows.map((r) => r.row), first.rows.map((r) => r.row));
    assert.deepEqual([made.length, made[0].ended, made[1].ended], [2, 1, 0]);
    // A file that cannot be read is no fault of the worker.
    await assert.rejects(remote.rank("PK\u0003\u0004"), { code: "UNSUPPORTED_FORMAT" });
    assert.equal(made.length, 2);
    // And a worker made anew begins with the last list that could be read.
    made[1].listeners[1].length = 0;
    const after = remote.use((s) => s.assess());
    setTimeout(() => made[1].kill(), 5);
    assert.equal((await after).rows, first.total);
    assert.equal((await remote.rank(sample(cases.candidates))).rows[0].row, first.rows[0].row);
    assert.equal(made.length, 3);
  }
});

test("two sessions at once know nothing of each other; 200 cycles do not grow", async () => {
  const { xiangma } = world();
  await xiangma.init();
  const one = assessed(xiangma);
  const digest = one.digest();
  const sizes = [];
  for (let i = 0; i < 200; i++) {
    const other = assessed(xiangma);
    other.setWeight(0, i);
    other.rows(other.top(20));
    other.free();
    if (i % 50 === 49) sizes.push(xiangma.memory());
  }
  assert.equal(one.digest(), digest);
  assert.equal(sizes[3], sizes[0], `memory grows: ${sizes}`);
});

test("what the folder is made of", () => {
  const files = readdirSync(dist);
  assert.deepEqual(files.sort(), ["index.js", "miniprogram.js", "package.json", "xiangma.wasm.br"]);
  const total = files.reduce((sum, f) => sum + statSync(join(dist, f)).size, 0);
  // A code package may have two megabytes; this leaves three quarters to the app.
  assert.ok(total <= 500_000, `${total} bytes`);
  const module = new WebAssembly.Module(wasm);
  assert.deepEqual(WebAssembly.Module.exports(module).filter((e) => e.kind === "global"), [], "iOS has no exported globals");
  const js = readFileSync(join(dist, "index.js"), "utf8");
  assert.ok(!/\?\?|\?\.[a-z[(]|catch\s*\{|async\s*\*|\bimport\b|\bexport\b/.test(js), "nothing newer than ES2017");
});

test("the text codec does what the real one does", () => {
  const mine = [new codec.TextEncoder(), new codec.TextDecoder()];
  const real = [new TextEncoder(), new TextDecoder()];
  let seed = 1;
  const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 3000; round++) {
    const units = Array.from({ length: random(12) }, () => [random(0x80), random(0x800), random(0x10000), 0xd800 + random(0x800)][random(4)]);
    const text = String.fromCharCode(...units);
    assert.deepEqual([...mine[0].encode(text)], [...real[0].encode(text)]);
    const space = random(40);
    const [a, b] = [new Uint8Array(space), new Uint8Array(space)];
    assert.deepEqual(mine[0].encodeInto(text, a), real[0].encodeInto(text, b));
    assert.deepEqual([...a], [...b]);
    const bytes = Uint8Array.from({ length: random(12) }, () => [random(0x80), 0x80 + random(0x40), 0xc0 + random(0x40), 0xe0 + random(0x20)][random(4)]);
    assert.equal(mine[1].decode(bytes), real[1].decode(bytes), [...bytes].map((x) => x.toString(16)).join(" "));
  }
  assert.throws(() => new codec.TextDecoder("gbk"), RangeError);
});

test("the pages of the example, and the packing of the IDE", async (t) => {
  const tools = join(root, "tests/miniprogram");
  if (!existsSync(join(tools, "node_modules/miniprogram-simulate"))) return t.skip("SKIPPED: its tools are installed by cargo xtask test");
  const { pages, pack } = await import("./miniprogram/check.mjs");
  await pages();
  const packed = await pack();
  t.diagnostic(JSON.stringify(packed));
  assert.deepEqual(packed.warnList, []);
  assert.equal(packed.miniProgramPackNum, 1);
});
