import { loadSync } from "./load.js";
// Written when the package is built.
import { wasm } from "./embedded.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./session.js";
export { version } from "./web/xiangma.js";
export type * from "./types.js";

let loaded = false;

/** Loads the WASM that is part of this module: for single-file pages, which may fetch nothing. It is the plain build, which runs everywhere. */
export async function init(): Promise<void> {
  if (loaded) return;
  const text = atob(wasm);
  loadSync(Uint8Array.from(text, (c) => c.charCodeAt(0)));
  loaded = true;
}
