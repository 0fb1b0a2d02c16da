import { isLoaded, loadOnce, markLoaded } from "./engine.js";
import { XiangmaError, failure, wordsOf } from "./errors.js";
import { VERSION } from "./web/release.js";
import { initSync as initSyncRaw, type InitInput } from "./web/xiangma.js";

/** The section of the file that names its version. */
const SECTION = "xiangma.version";

function refused(error: unknown): XiangmaError {
  if (error instanceof XiangmaError) return error;
  const what = wordsOf(error);
  if (/unsafe-eval|content security policy/i.test(what)) {
    return failure("WASM_LOAD", `the page's Content-Security-Policy forbids WebAssembly (${what}): allow script-src 'wasm-unsafe-eval'`);
  }
  return failure("WASM_LOAD", `the .wasm file could not be loaded (${what}): see that it is reachable and whole`);
}

/** A runtime without WASM says so, not that something is undefined. */
function needRuntime(): void {
  if (typeof WebAssembly !== "undefined") return;
  throw failure("WASM_LOAD", 'this runtime has no WebAssembly: in a mini-program import "xiangma/miniprogram", which uses the runtime\'s own');
}

/** Hands a module to the glue, once it is known to be the right one: the glue would keep a wrong one for good. */
function adopt(module: WebAssembly.Module): void {
  // Another was quicker.
  if (isLoaded()) return;
  const [section] = WebAssembly.Module.customSections(module, SECTION);
  if (!section) throw failure("WASM_LOAD", "the .wasm file is not this package's");
  const found = String.fromCharCode(...new Uint8Array(section));
  if (found !== VERSION) throw failure("WASM_VERSION", `the .wasm file is of version ${found}, this package of ${VERSION}: update both together`);
  initSyncRaw({ module });
  markLoaded();
}

/** Compiles the engine without loading it: a compiled module can be sent to other workers, which then fetch nothing. */
export async function compile(wasm: InitInput | Promise<InitInput>): Promise<WebAssembly.Module> {
  needRuntime();
  try {
    return await compiled(await wasm);
  } catch (error) {
    throw refused(error);
  }
}

async function compiled(wasm: InitInput): Promise<WebAssembly.Module> {
  if (wasm === undefined || wasm === null) throw failure("BAD_ARGUMENT", "wasm: say where the .wasm file is: a URL, a response, bytes or a compiled module");
  if (wasm instanceof WebAssembly.Module) return wasm;
  const request = typeof wasm === "string" || wasm instanceof URL || (typeof Request === "function" && wasm instanceof Request);
  const given = request ? await fetch(wasm as RequestInfo | URL) : wasm;
  if (typeof Response === "function" && given instanceof Response) {
    if (!given.ok) throw failure("WASM_LOAD", `the .wasm file could not be fetched: ${given.status} ${given.url}`);
    if (given.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(given);
    const bytes = new Uint8Array(await given.arrayBuffer());
    if (bytes[0] === 0x3c) {
      throw failure("WASM_LOAD", `a page came instead of the .wasm file: there is none at ${given.url} (with Vite 7 and before: optimizeDeps: { exclude: ["xiangma"] })`);
    }
    return WebAssembly.compile(bytes);
  }
  return WebAssembly.compile(given as BufferSource);
}

/** Loads the engine, once, from a URL, a response, bytes or a compiled module. */
export function load(wasm: () => InitInput | Promise<InitInput>): Promise<void> {
  return loadOnce(async () => {
    try {
      adopt(await compile(wasm()));
    } catch (error) {
      throw refused(error);
    }
  });
}

/** Loads the engine from bytes or a compiled module, at once; one that is loaded stays. */
export function loadSync(wasm: BufferSource | WebAssembly.Module): void {
  if (isLoaded()) return;
  needRuntime();
  try {
    adopt(wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(wasm));
  } catch (error) {
    throw refused(error);
  }
}
