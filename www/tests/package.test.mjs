// The npm package itself, in a real Chromium: with vectors and without, the whole list as the file has it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const KINDS = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

test("the same list, byte for byte, from both builds", async () => {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(request.url));
    if (path !== "/" && !existsSync(join(root, path))) return response.writeHead(404).end();
    const body = path === "/" ? "<!doctype html>" : readFileSync(join(root, path));
    response.writeHead(200, {
      "Content-Type": KINDS[path === "/" ? "html" : path.split(".").pop()] ?? "application/octet-stream",
    });
    response.end(body);
  }).listen(0, "127.0.0.1");
  await new Promise(resolve => server.once("listening", resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const cases = JSON.parse(readFileSync(join(root, "tests/data/sample_ranking.json"), "utf8"));
    const expected = readFileSync(join(root, "tests/data/sample_ranking.csv"), "utf8");
    for (const [entry, wasm] of [
      ["index", null],
      ["slim", "/pkg/dist/web/xiangma_bg.wasm"],
      ["slim", "/pkg/dist/web/xiangma_plain_bg.wasm"],
      ["base64", null],
    ]) {
      // A page each: a module holds one engine.
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const [list, digest] = await page.evaluate(
        async ({ entry, wasm, cases }) => {
          const { Session, init } = await import(`/pkg/dist/${entry}.js`);
          await (wasm ? init(wasm) : init());
          const session = new Session(cases.as_of);
          const read = async name => (await fetch(`/tests/data/${name}`)).arrayBuffer();
          session.loadCandidates(await read(cases.candidates));
          session.loadResidents(await read(cases.residents));
          session.target({ chains: cases.chains });
          session.assess();
          const rows = session.rows(session.top(1000));
          return [
            ["rank,row,name,score", ...rows.map((r, i) => `${i + 1},${r.row},${r.name},${r.shown}`), ""].join("\n"),
            session.digest(),
          ];
        },
        { entry, wasm, cases },
      );
      assert.equal(digest, cases.digest, `${entry} ${wasm}`);
      assert.equal(list, expected, `${entry} ${wasm}`);
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
});
