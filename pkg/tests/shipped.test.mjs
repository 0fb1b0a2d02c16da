// What is in the tarball: entries, types, texts; and what bundlers make of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { throwAway } from "./folder.mjs";
import { files, folder, installed, root, tarball, version } from "./installed.mjs";

const tool = (name, ...args) => execFileSync(process.execPath, [join(root, "node_modules", name), ...args], { cwd: root, encoding: "utf8" });
const entries = (exports) => (typeof exports === "string" ? [exports] : Object.values(exports).flatMap(entries));

test("the exports map is what publint and are-the-types-wrong want", () => {
  assert.match(tool("publint/src/cli.js", "run", tarball, "--strict"), /All good/);
  tool("@arethetypeswrong/cli/dist/index.js", tarball, "--exclude-entrypoints", "./miniprogram/xiangma.wasm.br", "--ignore-rules", "cjs-resolves-to-esm", "named-exports");
});

test("every entry is in the package, and so are licences, pages and the example", () => {
  const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  for (const file of entries(exports)) assert.ok(existsSync(join(installed, file)), file);
  for (const file of ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "docs/javascript.md", "docs/mini-program.md", "examples/miniprogram/app.json", "examples/uni-app/src/pages.json", "examples/taro/config/index.js"]) {
    assert.ok(files.includes(file), file);
  }
  assert.deepEqual(files.filter((f) => /(^|\/)node_modules\/|\.map$|^src\//.test(f)), []);
});

test("no link in a page that travels along is dead", () => {
  for (const page of files.filter((f) => f.endsWith(".md"))) {
    const text = readFileSync(join(installed, page), "utf8");
    for (const [, to] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(to)) continue;
      const [path, at] = to.split("#");
      const target = normalize(join(dirname(page), path || page.split("/").pop()));
      assert.ok(files.includes(target), `${page}: ${to}`);
      if (!at) continue;
      const heads = [...readFileSync(join(installed, target), "utf8").matchAll(/^#+ (.*)$/gm)].map(([, h]) => h.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, "").replaceAll(" ", "-"));
      assert.ok(heads.includes(at), `${page}: ${to}`);
    }
  }
});

test("one version everywhere", () => {
  const cargo = readFileSync(join(root, "../Cargo.toml"), "utf8").match(/^version = "(.*)"/m)[1];
  assert.equal(version, cargo);
});

const tools = join(root, "tests/bundlers");
const withTools = (work) => (t) => (existsSync(join(tools, "node_modules/vite")) ? work(t) : t.skip("SKIPPED: its tools are installed by cargo xtask test"));
const node = (file, cwd) => execFileSync(process.execPath, [file], { cwd, encoding: "utf8" }).trim();

/** A project beside the installed package, so that names are found as in anybody's. */
function project(name, sources) {
  const at = join(folder, name);
  mkdirSync(at, { recursive: true });
  for (const [file, text] of Object.entries({ "package.json": '{ "private": true, "type": "module" }', ...sources })) writeFileSync(join(at, file), text);
  return at;
}
const bin = (cwd, name, ...args) => execFileSync(process.execPath, [join(tools, "node_modules", name), ...args], { cwd, encoding: "utf8" });
const PAGE = 'import { init, Session } from "xiangma"; init().then(() => { const s = new Session("2026-11-01"); globalThis.digest = s.digest(); });';

test("bundlers for pages take both builds along: Vite, webpack", withTools(() => {
  const at = project("bundled", {
    "index.html": '<script type="module" src="/main.js"></script>',
    "main.js": PAGE,
    "vite.config.mjs": "export default { build: { assetsInlineLimit: 0 } };",
    "webpack.config.cjs": 'module.exports = { mode: "production", entry: "./main.js", output: { path: __dirname + "/webpacked" } };',
  });
  bin(at, "vite/bin/vite.js", "build", "--logLevel", "error");
  const built = (folder) => readdirSync(join(at, folder)).filter((f) => f.endsWith(".wasm"));
  assert.equal(built("dist/assets").length, 2, "both builds, once each");
  bin(at, "webpack-cli/bin/cli.js", "--config", "webpack.config.cjs");
  assert.equal(built("webpacked").length, 2);
}));

test("a bundled program for Node loads its engine, whatever it imports", withTools(async () => {
  const at = project("program", {
    "only.js": 'import { Session } from "xiangma"; const s = new Session("2026-11-01"); s.loadCandidates("企业名称\\n甲公司\\n"); s.assess(); console.log(s.list(1).rows[0].name);',
    "base64.js": 'import { init, Session } from "xiangma/base64"; init().then(() => { const s = new Session("2026-11-01"); s.loadCandidates("企业名称\\n甲公司\\n"); s.assess(); console.log(s.list(1).rows[0].name); });',
  });
  const esbuild = createRequire(join(tools, "x.cjs"))("esbuild");
  const away = throwAway("xiangma-away-");
  for (const format of ["esm", "cjs"]) {
    const outfile = join(at, `out/only.${format === "esm" ? "mjs" : "cjs"}`);
    esbuild.buildSync({ entryPoints: [join(at, "only.js")], bundle: true, platform: "node", format, outfile, logLevel: "error" });
    assert.equal(node(outfile, at), "甲公司", `esbuild ${format}`);
    // Somewhere without the package it says what to do, and the file beside the program is enough.
    const moved = join(away, `only.${format === "esm" ? "mjs" : "cjs"}`);
    cpSync(outfile, moved);
    assert.throws(() => execFileSync(process.execPath, [moved], { cwd: away, stdio: "pipe" }), (e) => /WASM_LOAD/.test(e.stderr) && /xiangma\/base64/.test(e.stderr));
  }
  const { rolldown } = await import(join(tools, "node_modules/rolldown/dist/index.mjs"));
  const bundle = await rolldown({ input: join(at, "only.js"), platform: "node", logLevel: "silent" });
  await bundle.write({ file: join(at, "out/rolled.mjs") });
  assert.equal(node(join(at, "out/rolled.mjs"), at), "甲公司", "rolldown");
  const { rollup } = await import(join(tools, "node_modules/rollup/dist/es/rollup.js"));
  const { nodeResolve } = await import(join(tools, "node_modules/@rollup/plugin-node-resolve/dist/es/index.js"));
  const rolledUp = async (name, file) => {
    const warnings = [];
    const made = await rollup({ input: join(at, name), external: /^node:/, plugins: [nodeResolve({ exportConditions: ["node"] })], onwarn: (w) => warnings.push(w.message) });
    await made.write({ file, format: "es" });
    assert.deepEqual(warnings, [], "Rollup has nothing to say");
  };
  await rolledUp("only.js", join(at, "out/rollup.mjs"));
  assert.equal(node(join(at, "out/rollup.mjs"), at), "甲公司", "Rollup");
  await rolledUp("base64.js", join(away, "rollup.mjs"));
  assert.equal(node(join(away, "rollup.mjs"), away), "甲公司", "Rollup, the engine inside");
  bin(at, "vite/bin/vite.js", "build", "--ssr", "only.js", "--outDir", "ssr", "--logLevel", "error");
  assert.equal(node(join(at, "ssr/only.js"), at), "甲公司", "Vite for a server");
  esbuild.buildSync({ entryPoints: [join(at, "base64.js")], bundle: true, platform: "node", format: "esm", outfile: join(away, "base64.mjs") });
  assert.equal(node(join(away, "base64.mjs"), away), "甲公司", "base64");
  cpSync(join(installed, "dist/web"), join(away, "web"), { recursive: true });
  for (const name of ["only.mjs", "only.cjs"]) assert.equal(node(join(away, name), away), "甲公司", name);
}));

test("what has no `import.meta` is there for bundlers that stumble over it", withTools(() => {
  const at = project("native", { "main.js": 'import { init } from "xiangma"; init().catch((e) => console.log(e.code));' });
  const esbuild = createRequire(join(tools, "x.cjs"))("esbuild");
  const outfile = join(at, "out.cjs");
  const { warnings } = esbuild.buildSync({ entryPoints: [join(at, "main.js")], bundle: true, conditions: ["react-native"], format: "cjs", outfile, logLevel: "silent" });
  assert.deepEqual(warnings, []);
  assert.ok(!/import\.meta/.test(readFileSync(outfile, "utf8")));
  assert.equal(node(outfile, at), "BAD_ARGUMENT");
}));
