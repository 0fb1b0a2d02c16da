import initRaw, { type InitInput } from "./web/xiangma.js";

export * from "./session.js";
export { version } from "./web/xiangma.js";
export type * from "./web/xiangma.js";

/**
 * Loads the WASM. Call it once, before anything else.
 *
 * @param wasm where it is: a URL, a response or bytes (default: beside this module)
 */
export async function init(wasm?: InitInput | Promise<InitInput>): Promise<void> {
  await initRaw(wasm === undefined ? undefined : { module_or_path: wasm });
}
