import { load } from "./load.js";
import type { InitInput } from "./web/xiangma.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./plan.js";
export * from "./session.js";
export * from "./team.js";
export { compile, loadSync as initSync } from "./load.js";
export { hasVectors } from "./vectors.js";
export type * from "./types.js";

/**
 * Loads the WASM from where you keep it: bundlers that should not guess begin here. Calls after the first, or while it loads, give the same
 * load, and one that failed may be tried again.
 *
 * @throws XiangmaError `WASM_LOAD` or `WASM_VERSION`
 */
export function init(wasm: InitInput | Promise<InitInput>): Promise<void> {
  return load(() => wasm);
}
