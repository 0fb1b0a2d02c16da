// The example projects of frameworks that make mini-programs of other sources: uni-app and Taro. Their tools weigh hundreds of megabytes, so that here
// the sources are bundled as those tools would, and run; where a project's own tools are installed in its folder, it is built by them as well.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { brotliDecompressSync } from "node:zlib";
import { build } from "esbuild";
import { installed, root } from "./installed.mjs";

const read = (...path) => readFileSync(join(...path), "utf8");
const wasm = brotliDecompressSync(readFileSync(join(installed, "miniprogram_dist/xiangma.wasm.br")));

const FRAMEWORKS = {
  "uni-app": {
    page: "src/pages/index/index.vue",
    external: ["vue"],
    // What stands in `static` is at that path of the mini-program.
    copies: (project) => read(project, "copy.mjs").match(/src(\/static\/xiangma\.wasm\.br)/)[1],
    built: "dist/build/mp-weixin",
  },
  taro: {
    page: "src/pages/index/index.jsx",
    external: ["react", "react/jsx-runtime", "@tarojs/*"],
    copies: (project) => read(project, "config/index.js").match(/to: "dist(\/xiangma\.wasm\.br)"/)[1],
    built: "dist",
  },
};

/** The script of a component in one file. */
const components = {
  name: "components",
  setup(b) {
    b.onLoad({ filter: /\.vue$/ }, ({ path }) => ({ contents: read(path).match(/<script[^>]*>([\s\S]*?)<\/script>/)[1], loader: "js" }));
  },
};

async function bundled(entry, external) {
  const options = { entryPoints: [entry], bundle: true, write: false, format: "cjs", target: "es2017", jsx: "automatic", external, plugins: [components], logLevel: "silent" };
  const { outputFiles, warnings } = await build(options);
  assert.deepEqual(warnings, []);
  return outputFiles[0].text;
}

for (const [name, { page, external, copies, built }] of Object.entries(FRAMEWORKS)) {
  const project = join(installed, "examples", name);

  test(`${name}: the page is bundled, and its sitting ranks in a mini-program's world`, async () => {
    assert.match(await bundled(join(project, page), external), /rank/);
    const asked = [];
    const WXWebAssembly = { instantiate: (path, imports) => (asked.push(path), WebAssembly.instantiate(wasm, imports)) };
    const module = { exports: {} };
    const context = vm.createContext({ WXWebAssembly, setTimeout, clearTimeout, module, exports: module.exports }, { codeGeneration: { strings: false, wasm: false } });
    vm.runInContext("delete globalThis.WebAssembly", context);
    vm.runInContext(await bundled(join(project, "src/ranking.js"), []), context);
    const rows = await module.exports.rank("企业名称,主营产品\n示例商贸有限公司,钢材\n示例光电有限公司,光模块\n", "2026-11-01");
    assert.deepEqual(Array.from(rows, (r) => [r.rank, r.name]), [[1, "示例光电有限公司"], [2, "示例商贸有限公司"]]);
    assert.ok(rows[0].why.length > 4);
    // The engine is looked for where the project's tools put it.
    assert.deepEqual(asked, [copies(project)]);
  });

  test(`${name}: built by its own tools`, (t) => {
    const here = join(root, "examples", name);
    if (!existsSync(join(here, "node_modules"))) return t.skip(`SKIPPED: its tools are not installed: npm install in pkg/examples/${name}`);
    execFileSync("npm", ["run", "build"], { cwd: here, stdio: "pipe" });
    const files = readdirSync(join(here, built), { recursive: true }).map(String);
    assert.ok(files.includes(copies(here).slice(1)), "the engine goes along");
    assert.ok(files.some((file) => file.endsWith("pages/index/index.js")));
  });
}
