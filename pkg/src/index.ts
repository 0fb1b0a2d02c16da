import { load } from "./load.js";
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

/**
 * Loads the WASM. Call it before anything else; calls after the first, or while it loads, give the same load, and one that failed may be
 * tried again. The build with vector instructions is taken where they are, the plain one elsewhere; both give the same results to the
 * last bit. In Node it may be left out: the first call of anything loads it.
 *
 * @param wasm where it is: a URL, a response or bytes (default: beside this module)
 * @throws XiangmaError `WASM_LOAD` when the file is missing, cut off or no WASM; `WASM_VERSION` when it is of another version
 */
export function init(wasm?: InitInput | Promise<InitInput>): Promise<void> {
  return load(() => wasm ?? (hasVectors() ? new URL("./web/xiangma_bg.wasm", import.meta.url) : new URL("./web/xiangma_plain_bg.wasm", import.meta.url)));
}
