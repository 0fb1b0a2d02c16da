import { failure } from "./errors.js";
import { VERSION } from "./release.js";
import { initSync as initSyncRaw, type InitInput } from "./web/xiangma.js";

/** The section of the file that names its version. */
const SECTION = "xiangma.version";

function refused(error: unknown): Error {
  if (error instanceof Error && error.name === "XiangmaError") return error;
  const what = error instanceof Error ? error.message : String(error);
  return failure("WASM_LOAD", `the .wasm file could not be loaded (${what}): see that it is reachable, whole, and served as application/wasm`);
}

/** Hands a module to the glue, once it is known to be the right one: the glue would keep a wrong one for good. */
function adopt(module: WebAssembly.Module): void {
  const [section] = WebAssembly.Module.customSections(module, SECTION);
  if (!section) throw failure("WASM_LOAD", "the .wasm file is not this package's");
  const found = String.fromCharCode(...new Uint8Array(section));
  if (found !== VERSION) throw failure("WASM_VERSION", `the .wasm file is of version ${found}, this package of ${VERSION}: update both together`);
  initSyncRaw({ module });
}

/** Compiles the engine without loading it: a compiled module can be sent to other workers, which then fetch nothing. */
export async function compile(wasm: InitInput | Promise<InitInput>): Promise<WebAssembly.Module> {
  try {
    return await compiled(await wasm);
  } catch (error) {
    throw refused(error);
  }
}

async function compiled(wasm: InitInput): Promise<WebAssembly.Module> {
  if (wasm instanceof WebAssembly.Module) return wasm;
  const request = typeof wasm === "string" || wasm instanceof URL || (typeof Request === "function" && wasm instanceof Request);
  const given = request ? await fetch(wasm as RequestInfo | URL) : wasm;
  if (typeof Response === "function" && given instanceof Response) {
    if (!given.ok) throw failure("WASM_LOAD", `the .wasm file could not be fetched: ${given.status} ${given.url}`);
    const streams = given.headers.get("Content-Type")?.startsWith("application/wasm");
    return streams ? WebAssembly.compileStreaming(given) : WebAssembly.compile(await given.arrayBuffer());
  }
  return WebAssembly.compile(given as BufferSource);
}

/** Loads the engine from a URL, a response, bytes or a compiled module. */
export async function load(wasm: InitInput | Promise<InitInput>): Promise<void> {
  try {
    adopt(await compile(wasm));
  } catch (error) {
    throw refused(error);
  }
}

/** Loads the engine from bytes or a compiled module, at once. */
export function loadSync(wasm: BufferSource | WebAssembly.Module): void {
  try {
    adopt(wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(wasm));
  } catch (error) {
    throw refused(error);
  }
}
