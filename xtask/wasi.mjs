// Runs a WASM program of tests with the checkout and the shared data set in view.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";

const parent = join(dirname(fileURLToPath(import.meta.url)), "../..");
const wasi = new WASI({ version: "preview1", args: process.argv.slice(2), env: {}, preopens: { [parent]: parent }, returnOnExit: true });
const module = await WebAssembly.compile(readFileSync(process.argv[2]));
// At once: taking down gigabytes of memory one by one has crashed Node.
process.exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));
