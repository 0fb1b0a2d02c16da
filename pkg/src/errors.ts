import type { XiangmaError } from "./web/xiangma.js";

/** An error of the one class every call throws. */
export function failure(code: string, message: string): XiangmaError {
  const error = new Error(message) as XiangmaError;
  error.name = "XiangmaError";
  error.code = code;
  return error;
}

function isOwn(error: unknown): boolean {
  return error instanceof Error && error.name === "XiangmaError";
}

/** Runs a call of the engine; whatever it throws becomes a `XiangmaError`. */
export function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (isOwn(error)) throw error;
    const what = error instanceof Error ? error.message : String(error);
    // A trap: memory ran out in the middle of work, or a fault of ours.
    const stopped = error instanceof Error && error.name === "RuntimeError";
    if (stopped) throw failure("ENGINE_STOPPED", `the engine stopped (${what}): free the session, or load the module anew`);
    if (error instanceof TypeError && /undefined|null/.test(what)) {
      throw failure("NOT_READY", `the engine is not loaded: call init() and wait for it first (${what})`);
    }
    throw failure("BAD_ARGUMENT", what);
  }
}
