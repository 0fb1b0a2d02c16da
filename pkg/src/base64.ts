import { loadOnce } from "./engine.js";
import { loadSync } from "./load.js";
// Written when the package is built.
import { wasm } from "./embedded.js";

export * from "./conversion.js";
export * from "./decisions.js";
export * from "./locator.js";
export * from "./plan.js";
export * from "./session.js";
export * from "./team.js";
export type * from "./types.js";

/** Loads the WASM that is part of this module: for single-file pages, which may fetch nothing. It is the plain build, which runs everywhere. */
export function init(): Promise<void> {
  return loadOnce(() => loadSync(Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0))));
}
