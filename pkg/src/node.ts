import { readFileSync } from "node:fs";
import { initSync } from "./web/xiangma.js";

export * from "./session.js";
export { version } from "./web/xiangma.js";
export type * from "./types.js";

initSync({ module: readFileSync(new URL("./web/xiangma_bg.wasm", import.meta.url)) });

/** In Node the WASM is loaded with the module; this is here so that the same code runs in a browser. */
export async function init(): Promise<void> {}
