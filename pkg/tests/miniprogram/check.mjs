// The example's pages in the simulator, and the package through the IDE's own packer.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

import { throwAway } from "../folder.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const require = createRequire(import.meta.url);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Every page, used as a finger would. */
export async function pages() {
  const { JSDOM } = require("jsdom");
  const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
  for (const name of ["window", "document", "Event", "CustomEvent", "HTMLElement", "Node"]) globalThis[name] = name === "window" ? window : window[name];
  const app = join(throwAway("xiangma-mini-"), "app");
  cpSync(join(root, "examples/miniprogram"), app, { recursive: true, filter: (path) => !path.includes("node_modules") });
  // The simulator copies data by class, so the package lives in the simulator's own world here.
  cpSync(join(root, "miniprogram_dist"), join(app, "node_modules/xiangma"), { recursive: true });
  const wasm = brotliDecompressSync(readFileSync(join(root, "miniprogram_dist/xiangma.wasm.br")));
  globalThis.WXWebAssembly = { instantiate: async (_, imports) => WebAssembly.instantiate(wasm, imports) };
  writeFileSync(join(app, "package.json"), "{}");
  const visited = [];
  const files = { "tmp://bad": Buffer.from("\x89PNG\r\n", "latin1"), "tmp://residents": Buffer.from("企业名称,主营产品\n示例光芯片有限公司,光芯片\n") };
  let chosen = "tmp://bad";
  globalThis.wx = {
    navigateTo: ({ url }) => visited.push(url),
    getClipboardData: async () => ({ data: "企业名称\t主营产品\n示例甲光学有限公司\t光学镜头\n示例乙商贸有限公司\t钢材\n" }),
    chooseMessageFile: async () => ({ tempFiles: [{ path: chosen }] }),
    getFileSystemManager: () => ({ readFileSync: (path) => files[path] }),
  };
  const simulate = require("miniprogram-simulate");
  const open = (page, properties) => {
    const component = simulate.render(simulate.load(join(app, `pages/${page}/${page}`), { compiler: "simulate", rootPath: app }), properties);
    component.attach(document.body);
    return component;
  };
  const text = (c, selector) => c.querySelectorAll(selector).map((e) => e.dom.textContent.trim());
  const tap = async (c, selector) => {
    c.querySelector(selector).dispatchEvent("tap");
    await pause(50);
  };

  // Opened first, before there is a list.
  const cold = open("firm", { row: 0 });
  assert.match(text(cold, ".error")[0], /请返回重新选择/);
  assert.match(text(open("chain"), ".error")[0], /请返回重新选择/);

  const list = open("list");
  await list.instance.loading;
  await pause(20);
  await tap(list, ".sample");
  assert.match(text(list, ".name")[0], /光模块/);
  assert.match(text(list, ".summary")[0], /读入 5 家/);
  await tap(list, ".firm");
  assert.match(visited[0], /^\/pages\/firm\/firm\?row=\d+$/);
  const firm = open("firm", { row: Number(visited[0].split("=")[1]) });
  assert.match(text(firm, ".reason")[0], /光模块/);
  // Without residents those criteria alone that need none.
  assert.equal(text(firm, ".part").length, 6);
  assert.match(firm.instance.onShareAppMessage().title, /排第 1/);

  chosen = "tmp://residents";
  await tap(list, ".residents");
  await tap(list, ".gaps");
  assert.equal(visited[1], "/pages/chain/chain");
  const chain = open("chain");
  assert.ok(text(chain, ".tag").includes("补链"));

  // A file that cannot be read says so, and the list stays.
  chosen = "tmp://bad";
  await tap(list, ".choose");
  assert.match(text(list, ".error")[0], /这种文件读不了/);
  assert.match(text(list, ".name")[0], /光模块/);
  // What the telephone says of privacy is said in words.
  const { getClipboardData } = globalThis.wx;
  for (const [errno, words] of [[103, /没有同意/], [104, /隐私保护指引/], [112, /还没有声明/]]) {
    globalThis.wx.getClipboardData = async () => Promise.reject({ errno, errMsg: "getClipboardData:fail" });
    await tap(list, ".paste");
    assert.match(text(list, ".error")[0], words);
  }
  globalThis.wx.getClipboardData = getClipboardData;
  await tap(list, ".paste");
  assert.deepEqual(text(list, ".error"), []);
  assert.match(text(list, ".name")[0], /光学/);
}

/** "Build npm", by the IDE's own code. */
export async function pack() {
  const project = throwAway("xiangma-pack-");
  const target = join(project, "node_modules/xiangma");
  mkdirSync(target, { recursive: true });
  for (const name of ["package.json", "miniprogram_dist"]) cpSync(join(root, name), join(target, name), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "dependencies": { "xiangma": "*" } }');
  // In a process of its own: the packer takes the simulator's window for a browser.
  const program = `require("miniprogram-ci").packNpmManually(${JSON.stringify({ packageJsonPath: join(project, "package.json"), miniprogramNpmDistDir: join(project, "app") })})
    .then((result) => { console.log("PACKED " + JSON.stringify(result)); process.exit(0); }, (e) => { console.error(e); process.exit(1); });`;
  const out = execFileSync(process.execPath, ["-e", program], { cwd: here, encoding: "utf8" });
  const result = JSON.parse(out.match(/^PACKED (.*)$/m)[1]);
  assert.deepEqual(readdirSync(join(project, "app/miniprogram_npm/xiangma")).sort(), ["index.js", "miniprogram.js", "package.json", "xiangma.wasm.br"]);
  return result;
}
