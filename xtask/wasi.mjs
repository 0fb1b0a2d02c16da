// Runs a WASM program of tests with the checkout and the shared data set in view.
//
// The program runs in a process of its own: taking down gigabytes of WASM memory has crashed Node after every test had
// passed, and that says nothing of the tests. What they came to is told at once, by a pipe; where even that comes too
// late, their own summary holds.
import { spawn } from "node:child_process";
import { readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

const self = fileURLToPath(import.meta.url);
const TELL = 3;

if (process.env.XIANGMA_WASI) {
  const parent = join(dirname(self), "../..");
  const args = process.argv.slice(2);
  const wasi = new WASI({ version: "preview1", args, env: {}, preopens: { [parent]: parent }, returnOnExit: true });
  const module = await WebAssembly.compile(readFileSync(args[0]));
  const code = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
  writeSync(TELL, String(code));
  process.exit(code);
} else {
  const child = spawn(process.execPath, ["--no-warnings", self, ...process.argv.slice(2)], {
    stdio: ["inherit", "pipe", "inherit", "pipe"],
    env: { ...process.env, XIANGMA_WASI: "1" },
  });
  let [told, last] = ["", ""];
  child.stdio[TELL].on("data", (bytes) => {
    told += bytes;
  });
  child.stdout.on("data", (bytes) => {
    process.stdout.write(bytes);
    last = (last + bytes).slice(-500);
  });
  child.on("close", (code, signal) => {
    // Not at once: what was printed is still on its way.
    process.exitCode = Number(told);
    if (told) return;
    console.error(`the process of the tests did not end by itself: ${signal ?? `exit ${code}`}`);
    process.exitCode = /^test result: ok\. \d+ passed; 0 failed;/m.test(last) ? 0 : 1;
  });
}
