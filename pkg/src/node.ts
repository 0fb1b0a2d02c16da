import { readFileSync } from "node:fs";
import { loadSync } from "./load.js";
import { hasVectors } from "./vectors.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./session.js";
export { hasVectors } from "./vectors.js";
export { version } from "./web/xiangma.js";
export type * from "./types.js";

loadSync(readFileSync(new URL(hasVectors() ? "./web/xiangma_bg.wasm" : "./web/xiangma_plain_bg.wasm", import.meta.url)));

/** In Node the WASM is loaded with the module; this is here so that the same code runs in a browser. */
export async function init(): Promise<void> {}
