import { load } from "./load.js";
import { hasVectors } from "./vectors.js";
import type { InitInput } from "./web/xiangma.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./session.js";
export { hasVectors } from "./vectors.js";
export { version } from "./web/xiangma.js";
export type * from "./types.js";

/**
 * Loads the WASM. Call it once, before anything else. The build with vector instructions is taken where the browser has them, the plain
 * one elsewhere; both give the same results to the last bit.
 *
 * @param wasm where it is: a URL, a response or bytes (default: beside this module)
 * @throws XiangmaError `WASM_LOAD` when the file is missing, cut off or no WASM; `WASM_VERSION` when it is of another version
 */
export async function init(wasm?: InitInput | Promise<InitInput>): Promise<void> {
  if (wasm !== undefined) return load(wasm);
  return load(
    hasVectors() ? new URL("./web/xiangma_bg.wasm", import.meta.url) : new URL("./web/xiangma_plain_bg.wasm", import.meta.url),
  );
}
