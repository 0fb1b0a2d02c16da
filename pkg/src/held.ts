/// <reference lib="esnext.disposable" preserve="true" />
import { guarded } from "./engine.js";
import { failure, told } from "./errors.js";

/** What of the engine a public object stands for. */
interface Cell<R> {
  raw: R | undefined;
  /** At work: a listener called meanwhile may not call it again. */
  busy: boolean;
  /** Stopped in the middle of work: what it held is lost. */
  stopped: boolean;
}

const CELL = Symbol("xiangma");

/**
 * A public object that holds memory of the engine.
 *
 * Frameworks wrap objects in proxies, which stand in for `this`. What is held is therefore reached through a function kept by the object
 * itself: it cannot be replaced, and a proxy has nothing in it to wrap. So every wrapping means the same memory, which is given back once.
 */
export abstract class Held<R extends { free(): void }> {
  /** Nothing to call. */
  protected constructor(what: string, make: () => R) {
    const cell: Cell<R> = { raw: guarded(make), busy: false, stopped: false };
    Object.defineProperty(this, CELL, { value: () => ({ cell, what }) });
    // Vue leaves such objects as they are.
    Object.defineProperty(this, "__v_skip", { value: true });
  }

  /** Gives the memory back. It cannot be used after that; freeing twice does no harm. */
  free(): void {
    const { cell, what } = held(this);
    if (cell.busy) throw failure("BUSY", `this ${what} is at work: free it afterwards`);
    const raw = cell.raw;
    cell.raw = undefined;
    // What stopped in the middle of work is still lent to it.
    if (raw && !cell.stopped) guarded(() => (raw as R).free());
  }
}

export interface Held<R extends { free(): void }> {
  /** `free()`, for `using`. */
  [Symbol.dispose](): void;
}

// Where the language has it: a class would else have a method named "undefined".
if (Symbol.dispose) {
  Object.defineProperty(Held.prototype, Symbol.dispose, {
    value(this: Held<{ free(): void }>) {
      this.free();
    },
    configurable: true,
    writable: true,
  });
}

function held(self: unknown): { cell: Cell<unknown>; what: string } {
  const find = (self as { [CELL]?: () => { cell: Cell<unknown>; what: string } } | undefined)?.[CELL];
  if (!find) throw failure("BAD_ARGUMENT", "a method was called without its object");
  return find();
}

/** Calls what a public object holds. */
export function use<R, T>(self: unknown, work: (raw: R) => T): T {
  const { cell, what } = held(self);
  if (cell.busy) throw failure("BUSY", `this ${what} is at work: a listener may not call it`);
  if (cell.stopped) throw failure("ENGINE_STOPPED", `this ${what} stopped in the middle of work: begin again in a new worker or page`);
  if (!cell.raw) throw failure("FREED", `this ${what} was freed; make a new one`);
  cell.busy = true;
  try {
    return guarded(() => work(cell.raw as R));
  } catch (error) {
    cell.stopped = told(error).code === "ENGINE_STOPPED";
    throw error;
  } finally {
    cell.busy = false;
  }
}
