// Runs a WASM program of tests with the checkout and the shared data set in view: each module of tests in a process of
// its own, as many at once as there are processors.
//
// Node has died by a signal in long runs, in their midst and after their end, where it throws away compiled code that is
// still in use; it is told to keep it. Should it die yet, that says nothing of the tests: a process that died after its
// summary is taken by its summary, one before it is run once more.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { WASI } from "node:wasi";

const self = fileURLToPath(import.meta.url);
const [program, ...asked] = process.argv.slice(2);
const env = { ...process.env, XIANGMA_WASI: "1" };
const command = (args) => ["--no-warnings", self, program, ...args];

if (process.env.XIANGMA_WASI) await one();
else await all();

/** The program itself, in this process. */
async function one() {
  setFlagsFromString("--no-wasm-code-gc");
  const parent = join(dirname(self), "../..");
  const args = [program, ...asked];
  const wasi = new WASI({ version: "preview1", args, env: {}, preopens: { [parent]: parent }, returnOnExit: true });
  const module = await WebAssembly.compile(readFileSync(program));
  process.exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));
}

/** Every module of tests; tells of all at the end, as one run would. */
async function all() {
  const listed = spawnSync(process.execPath, command([...asked, "--list"]), { env, encoding: "utf8" });
  const modules = new Map();
  for (const [, test] of listed.stdout.matchAll(/^(\S+): test$/gm)) {
    const name = test.slice(0, test.lastIndexOf("::"));
    modules.set(name, [...(modules.get(name) ?? []), test]);
  }
  if (modules.size === 0) {
    process.stdout.write(listed.stdout);
    process.stderr.write(listed.stderr);
    process.exitCode = listed.status ?? 1;
    return;
  }
  const options = asked.filter((arg) => arg.startsWith("--"));
  // The longest first, as far as their number tells.
  const queue = [...modules].sort(([, a], [, b]) => b.length - a.length);
  const sum = { passed: 0, ignored: 0, failed: [] };
  const start = Date.now();
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, tests] = next;
      const args = [...tests, "--exact", ...options];
      let run = await child(args);
      if (run.signal && !run.summary) {
        console.error(`Node died by ${run.signal} amid ${name}, which is run once more`);
        run = await child(args);
      }
      process.stdout.write(run.printed);
      if (run.summary) {
        sum.passed += Number(run.summary[2]);
        sum.ignored += Number(run.summary[4]);
      }
      // A panic ends the whole process, so that whatever of the module comes after it is not run: it counts as failed.
      if (run.summary?.[1] !== "ok" || (run.code !== 0 && !run.signal)) sum.failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const took = ((Date.now() - start) / 1000).toFixed(2);
  const failed = sum.failed.length;
  for (const name of sum.failed) console.log(`failed: ${name}`);
  console.log(
    `test result: ${failed ? "FAILED" : "ok"}. ${sum.passed} passed; ${failed} of ${modules.size} modules failed; ` +
      `${sum.ignored} ignored; finished in ${took}s`,
  );
  process.exitCode = failed ? 1 : 0;
}

/** One process, with all it printed and how it ended. */
function child(args) {
  return new Promise((done) => {
    const process_ = spawn(process.execPath, command(args), { env, stdio: ["inherit", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [process_.stdout, process_.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
    process_.on("close", (code, signal) => {
      const summary = printed.match(/^test result: (ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored;/m);
      done({ printed, code, signal, summary });
    });
  });
}
