// Whether the engine is there. A module holds one, for good.
import { failure, told } from "./errors.js";

let loaded = false;
let atFirstUse: (() => void) | undefined;
let loading: Promise<void> | undefined;

/** The engine is there from now on. */
export function markLoaded(): void {
  loaded = true;
}

export function isLoaded(): boolean {
  return loaded;
}

/** Where the engine can be loaded at once (Node), the first call does it. */
export function loadAtFirstUse(load: () => void): void {
  atFirstUse = load;
}

/** Loads the engine once: who asks meanwhile waits for the same load, and one that failed can be tried again. */
export function loadOnce(load: () => void | Promise<void>): Promise<void> {
  if (loaded) return Promise.resolve();
  loading ??= (async () => load())().finally(() => {
    loading = undefined;
  });
  return loading;
}

/** Throws unless the engine is there. */
export function needEngine(): void {
  if (!loaded) atFirstUse?.();
  if (!loaded) throw failure("NOT_READY", "the engine is not loaded: call init() and wait for it first");
}

/** Runs a call of the engine; whatever it throws becomes a `XiangmaError`. */
export function guarded<T>(call: () => T): T {
  needEngine();
  try {
    return call();
  } catch (error) {
    throw told(error);
  }
}
