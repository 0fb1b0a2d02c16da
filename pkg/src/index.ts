import initRaw, { type InitInput } from "./web/xiangma.js";

export * from "./session.js";
export { version } from "./web/xiangma.js";
export type * from "./types.js";

/**
 * Loads the WASM. Call it once, before anything else.
 *
 * @param wasm where it is: a URL, a response or bytes (default: beside this module)
 */
export async function init(wasm?: InitInput | Promise<InitInput>): Promise<void> {
  await initRaw({ module_or_path: wasm ?? new URL("./web/xiangma_bg.wasm", import.meta.url) });
}
