// Runs a WASM program of tests with the checkout and the shared data set in view.
//
// The program runs in a process of its own, which tells what the tests came to before it ends: taking down gigabytes
// of WASM memory has crashed Node after every test had passed, and that says nothing of the tests.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

const self = fileURLToPath(import.meta.url);

if (process.send) {
  const parent = join(dirname(self), "../..");
  const args = process.argv.slice(2);
  const wasi = new WASI({ version: "preview1", args, env: {}, preopens: { [parent]: parent }, returnOnExit: true });
  const module = await WebAssembly.compile(readFileSync(args[0]));
  const code = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
  process.send(code, () => process.exit(code));
} else {
  const child = spawn(process.execPath, ["--no-warnings", self, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  let told;
  child.on("message", (code) => {
    told = code;
  });
  child.on("close", (code, signal) => {
    if (told === undefined) console.error(`the tests did not end: ${signal ?? `exit ${code}`}`);
    process.exit(told ?? 1);
  });
}
