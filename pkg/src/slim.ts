import { load } from "./load.js";
import type { InitInput } from "./web/xiangma.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./session.js";
export { compile, loadSync as initSync } from "./load.js";
export { hasVectors } from "./vectors.js";
export { version } from "./web/xiangma.js";
export type * from "./types.js";

/**
 * Loads the WASM from where you keep it: bundlers that should not guess begin here.
 *
 * @throws XiangmaError `WASM_LOAD` or `WASM_VERSION`
 */
export async function init(wasm: InitInput | Promise<InitInput>): Promise<void> {
  return load(wasm);
}
