// Runs a bench, compiled to WASM, in Chromium and prints what it prints: node browser.mjs FILE.wasm
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), "../www/x.cjs"));
const { chromium } = require("playwright-core");
const wasm = readFileSync(process.argv[2]);
// Isolated, as the clock is only fine then.
const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const server = createServer((request, response) => {
  const file = request.url === "/bench.wasm";
  response.writeHead(200, { ...headers, "Content-Type": file ? "application/wasm" : "text/html" });
  response.end(file ? wasm : "<!doctype html>");
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const printed = await page.evaluate(async () => {
  const args = ["rank", "--json"].map((text) => new TextEncoder().encode(`${text}\0`));
  let memory;
  let text = "";
  const view = () => new DataView(memory.buffer);
  // The few calls of the system interface that a bench makes; anything else answers "not there".
  const calls = {
    args_sizes_get: (count, size) => (view().setUint32(count, args.length, true), view().setUint32(size, args.reduce((n, a) => n + a.length, 0), true), 0),
    args_get: (list, at) => {
      args.forEach((bytes, i) => {
        view().setUint32(list + 4 * i, at, true);
        new Uint8Array(memory.buffer).set(bytes, at);
        at += bytes.length;
      });
      return 0;
    },
    environ_sizes_get: (count, size) => (view().setUint32(count, 0, true), view().setUint32(size, 0, true), 0),
    environ_get: () => 0,
    clock_time_get: (_, __, at) => (view().setBigUint64(at, BigInt(Math.round(performance.now() * 1e6)), true), 0),
    random_get: (at, length) => (crypto.getRandomValues(new Uint8Array(memory.buffer, at, length)), 0),
    fd_write: (_, list, count, written) => {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const [at, length] = [view().getUint32(list + 8 * i, true), view().getUint32(list + 8 * i + 4, true)];
        text += new TextDecoder().decode(new Uint8Array(memory.buffer, at, length));
        total += length;
      }
      view().setUint32(written, total, true);
      return 0;
    },
    proc_exit: () => {
      throw "exit";
    },
  };
  const imports = { wasi_snapshot_preview1: new Proxy(calls, { get: (all, name) => all[name] ?? (() => 8) }) };
  const { instance } = await WebAssembly.instantiateStreaming(fetch("bench.wasm"), imports);
  memory = instance.exports.memory;
  try {
    instance.exports._start();
  } catch (e) {
    if (e !== "exit") throw e;
  }
  return text;
});
console.log(printed.trim());
await browser.close();
server.close();
