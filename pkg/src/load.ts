import { failure } from "./errors.js";
import initRaw, { initSync as initSyncRaw, version, type InitInput } from "./web/xiangma.js";

/** The version of this package; a file of another version is refused. */
const VERSION = "0.1.0";

function check(): void {
  const found = version();
  if (found !== VERSION) throw failure("WASM_VERSION", `the .wasm file is of version ${found}, this package of ${VERSION}: update both together`);
}

function refused(error: unknown): Error {
  if (error instanceof Error && error.name === "XiangmaError") return error;
  const what = error instanceof Error ? error.message : String(error);
  return failure("WASM_LOAD", `the .wasm file could not be loaded (${what}): see that it is reachable, whole, and served as application/wasm`);
}

/** Loads the engine from a URL, a response, bytes or a compiled module. */
export async function load(wasm: InitInput | Promise<InitInput>): Promise<void> {
  try {
    await initRaw({ module_or_path: wasm });
    check();
  } catch (error) {
    throw refused(error);
  }
}

/** Loads the engine from bytes or a compiled module, at once. */
export function loadSync(wasm: BufferSource | WebAssembly.Module): void {
  try {
    initSyncRaw({ module: wasm });
    check();
  } catch (error) {
    throw refused(error);
  }
}
