// What runs JavaScript beside Node and browsers: the package as it is installed, its engine found, and a worker of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, root } from "./installed.mjs";

const RUNTIMES = { bun: ["run"], deno: ["run", "--allow-all"] };
const LIST = '"企业名称\\n甲公司\\n"';
const PROGRAMS = {
  "its entry": `import { Session } from "xiangma"; const s = new Session("2026-11-01"); s.loadCandidates(${LIST}); s.assess(); console.log(s.list(1).rows[0].name);`,
  "the one with the engine inside": `import { init, Session } from "xiangma/base64"; await init(); const s = new Session("2026-11-01"); s.loadCandidates(${LIST}); s.assess(); console.log(s.list(1).rows[0].name);`,
  "a worker": `import { connect } from "xiangma/worker";
    const s = await connect(new Worker(new URL("./inside.mjs", import.meta.url), { type: "module" }), "2026-11-01");
    await s.loadCandidates(${LIST}); await s.assess(); console.log((await s.list(1)).rows[0].name); s.terminate();`,
};
const INSIDE = `import { serve } from "xiangma/worker"; import { init, Session } from "xiangma/base64";
  serve(globalThis, async (asOf) => { await init(); return new Session(asOf); });`;

for (const [name, args] of Object.entries(RUNTIMES)) {
  test(`${name} runs ${Object.keys(PROGRAMS).join(", ")}`, (t) => {
    const program = join(root, "tests/runtimes/node_modules/.bin", name);
    if (!existsSync(program)) return t.skip("SKIPPED: it is installed by cargo xtask test");
    writeFileSync(join(folder, "inside.mjs"), INSIDE);
    for (const [what, text] of Object.entries(PROGRAMS)) {
      writeFileSync(join(folder, "runs.mjs"), text);
      assert.equal(execFileSync(program, [...args, "runs.mjs"], { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim(), "甲公司", what);
    }
  });
}
