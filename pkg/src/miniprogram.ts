import { failure } from "./errors.js";
import * as glue from "./mini/xiangma_bg.js";
import { VERSION } from "./release.js";

export * from "./session.js";
export { connect, serve } from "./worker.js";
export const version: () => string = glue.version;
export type * from "./types.js";

interface Runtime {
  instantiate(path: string, imports: object): Promise<{ instance?: { exports: Exports }; exports?: Exports }>;
}
type Exports = Record<string, unknown> & { __wbindgen_start?: () => void };

// Each vendor names its own; none has `WebAssembly`.
declare const WXWebAssembly: Runtime | undefined;
declare const MYWebAssembly: Runtime | undefined;
declare const TTWebAssembly: Runtime | undefined;

function runtime(): Runtime {
  if (typeof WXWebAssembly !== "undefined") return WXWebAssembly;
  if (typeof MYWebAssembly !== "undefined") return MYWebAssembly;
  if (typeof TTWebAssembly !== "undefined") return TTWebAssembly;
  throw failure("WASM_LOAD", "this runtime has no WASM: WeChat needs base library 2.13.0 or later (2.14.0 for .wasm.br)");
}

let ready: Promise<void> | undefined;

async function load(path: string): Promise<void> {
  let result;
  try {
    result = await runtime().instantiate(path, { "./xiangma_bg.js": glue });
  } catch (error) {
    if (error instanceof Error && error.name === "XiangmaError") throw error;
    const what = error instanceof Error ? error.message : String((error as { errMsg?: string })?.errMsg ?? error);
    throw failure("WASM_LOAD", `${path} could not be loaded (${what}): is it in the package, at this path, and whole?`);
  }
  // The typings promise an instance, and runtimes give a result that holds one.
  const exports = result.instance?.exports ?? result.exports;
  if (!exports) throw failure("WASM_LOAD", `${path} gave no instance`);
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  const found = glue.version();
  if (found !== VERSION) throw failure("WASM_VERSION", `${path} is of version ${found}, this package of ${VERSION}: build npm again`);
}

/**
 * Loads the WASM from the code package. Call it once, before anything else; calling it again gives the same promise.
 *
 * @param path where it is in the code package (default: where "build npm" puts it); name it when you move it into a subpackage
 * @throws XiangmaError `WASM_LOAD` or `WASM_VERSION`; after that it may be called again
 */
export function init(path = "/miniprogram_npm/xiangma/xiangma.wasm.br"): Promise<void> {
  ready ??= load(path).catch((error) => {
    ready = undefined;
    throw error;
  });
  return ready;
}
