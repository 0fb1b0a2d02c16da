// How quick the page is there, with nothing kept by the browser: node tests/load.mjs [rounds] [folder …], of which each gets a
// turn, so that two can be compared on a computer that does other things. Served packed by brotli, as
// `deploy/nginx.conf` can, on this computer and over a line of 10 Mbit/s with 40 ms. Its figures say nothing without the load.
import { readFileSync, statSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { root } from "./visit.mjs";

const [rounds = "9", ...given] = process.argv.slice(2);
const ROUNDS = Number(rounds);
const folders = (given.length ? given : [process.env.DIST ?? "dist"]).map(f => (f.startsWith("/") ? f : join(root, f)));
const LINES = {
  "this computer": null,
  "10 Mbit/s, 40 ms": { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 },
};
const KINDS = { js: "text/javascript", css: "text/css", html: "text/html", wasm: "application/wasm", svg: "image/svg+xml" };

const packed = new Map();
/** A file as it goes over the line: packed once, and then at once. */
function packedFile(path) {
  if (!packed.has(path)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: path.endsWith(".wasm") ? 9 : 11 };
    packed.set(path, brotliCompressSync(readFileSync(path), { params }));
  }
  return packed.get(path);
}
const packing = folder => ({
  name: "packing",
  configurePreviewServer: server =>
    void server.middlewares.use((request, response, next) => {
      const name = new URL(request.url, "http://x").pathname;
      const path = join(folder, name === "/" ? "index.html" : name);
      const kind = KINDS[path.split(".").pop()];
      if (!kind || !statSync(path, { throwIfNoEntry: false })?.isFile()) return next();
      response.setHeader("Content-Type", kind);
      response.setHeader("Content-Encoding", "br");
      response.setHeader("Cache-Control", "no-store");
      response.end(packedFile(path));
    }),
});
const servers = await Promise.all(
  folders.map(folder =>
    preview({
      ...{ root, configFile: false, plugins: [packing(folder)], build: { outDir: folder }, logLevel: "silent" },
      preview: { port: 0, host: "127.0.0.1" },
    }),
  ),
);
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });

/** Until the engine has told its chains, and what had come by then. */
async function load(line, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", serviceWorkers: "block" });
  const page = await context.newPage();
  if (line) {
    const told = await context.newCDPSession(page);
    await told.send("Network.enable");
    await told.send("Network.emulateNetworkConditions", line);
  }
  await page.goto(url, { waitUntil: "commit" });
  const seen = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    while (!document.querySelector('[data-test="sample"]')) await frame();
    await frame();
    const drawn = performance.now();
    while (document.querySelector('[data-test="busy"]')) await frame();
    await frame();
    return { drawn, usable: performance.now() };
  });
  // The rest comes while the way in is read.
  await page.waitForFunction(
    () => {
      const now = performance.getEntriesByType("resource").length;
      const same = now === window.before;
      window.before = now;
      return same;
    },
    undefined,
    { polling: 700 },
  );
  const came = await page.evaluate(() => [
    ...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource"),
  ].map(({ name, startTime, responseEnd, encodedBodySize }) => ({ name, startTime, responseEnd, encodedBodySize })));
  await context.close();
  const engine = came.find(e => e.name.endsWith(".wasm"));
  const rest = came.filter(e => !e.name.endsWith(".wasm"));
  const bytes = by => rest.filter(e => e.responseEnd <= by).reduce((sum, e) => sum + e.encodedBodySize, 0);
  return {
    ...{ drawn: seen.drawn, asked: engine.startTime, there: engine.responseEnd, usable: seen.usable },
    ...{ bytesDrawn: bytes(seen.drawn), bytesAll: bytes(Infinity), bytesEngine: engine.encodedBodySize },
  };
}

const table = {};
for (const [name, line] of Object.entries(LINES)) {
  const all = servers.map(() => []);
  // The first round is to get warm.
  for (let i = -1; i < ROUNDS; i++)
    for (const [of, server] of servers.entries()) {
      const seen = await load(line, server.resolvedUrls.local[0]);
      if (i >= 0) all[of].push(seen);
    }
  for (const [of, folder] of folders.entries()) {
    const middle = key => Math.round(all[of].map(l => l[key]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
    table[`${name}, ${folder.split("/").pop()}`] = Object.fromEntries(Object.keys(all[of][0]).map(key => [key, middle(key)]));
  }
}
console.log(`${cpus().length} cores, load ${loadavg().map(l => l.toFixed(1)).join(" ")}; the median of ${ROUNDS}`);
console.log("ms until the way in is drawn, the engine is asked for and there, and the page can be used; bytes packed, the engine apart");
console.table(table);
await browser.close();
await Promise.all(servers.map(server => server.close()));
