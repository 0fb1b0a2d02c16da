import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { loadAtFirstUse, loadOnce, needEngine } from "./engine.js";
import { failure, wordsOf } from "./errors.js";
import { load, loadSync } from "./load.js";
import { hasVectors } from "./vectors.js";
import type { InitInput } from "./web/xiangma.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./plan.js";
export * from "./session.js";
export * from "./team.js";
export { hasVectors } from "./vectors.js";
export type * from "./types.js";

/** Beside this module; or, of a program that was bundled, in the package it was made from. */
function file(): Uint8Array {
  // Two whole addresses: tools that gather a program's files read them so.
  const beside = (): URL => (hasVectors() ? new URL("./web/xiangma_bg.wasm", import.meta.url) : new URL("./web/xiangma_plain_bg.wasm", import.meta.url));
  // Bundled as CommonJS, a program has no address, and still a name.
  const named = (): string => join(__dirname, hasVectors() ? "web/xiangma_bg.wasm" : "web/xiangma_plain_bg.wasm");
  const installed = (): string => createRequire(join(process.cwd(), "x.js")).resolve(hasVectors() ? "xiangma/wasm" : "xiangma/wasm/plain");
  let missing: unknown;
  for (const find of [beside, named, installed]) {
    try {
      return readFileSync(find());
    } catch (error) {
      missing ??= error;
    }
  }
  throw failure(
    "WASM_LOAD",
    `the .wasm file is not beside the program (${wordsOf(missing)}): when it is bundled, keep "xiangma" out of the bundle, put the file of "xiangma/wasm" into a folder "web" beside it, or import "xiangma/base64"`,
  );
}

loadAtFirstUse(() => loadSync(file()));

/** In Node the first call loads the engine; this is here so that the same code runs in a browser. */
export function init(wasm?: InitInput | Promise<InitInput>): Promise<void> {
  return wasm === undefined ? loadOnce(needEngine) : load(() => wasm);
}
