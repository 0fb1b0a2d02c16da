// The page's side of the workers: each call a promise. One ranks; another learns, so that neither waits for the other.
// What they are
// made of comes with the page, so that a worker can be stopped, or die, and another take its place without a request.
import { compiled } from "./binary";
import EngineWorker from "./worker?worker&inline";
import type { Calls, EngineError, Reply } from "./protocol";

/** Any failure, with a code to word it by. */
export function failureOf(error: unknown): EngineError {
  const e = error as Partial<EngineError> & { name?: string };
  if (e.name === "NotReadableError" || e.name === "NotFoundError")
    return { code: "NOT_READABLE", message: String(e.message) };
  const { row, column } = e;
  return { code: typeof e.code === "string" ? e.code : "INTERNAL", message: String(e.message ?? error), row, column };
}
/** Whether the worker must be replaced: it is gone, or what it holds is spoilt. */
export const isStop = (error: unknown): boolean =>
  ["WORKER_STOPPED", "ENGINE_STOPPED"].includes((error as EngineError)?.code);

let compiling: Promise<WebAssembly.Module> | undefined;
/** The engine, compiled once for all workers; after a failure the next who asks tries again. */
export function engineModule(): Promise<WebAssembly.Module> {
  return (compiling ??= compiled().catch(error => {
    compiling = undefined;
    throw error;
  }));
}

class Engine {
  private waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: EngineError) => void }>();
  private next = 0;
  private worker: Worker | undefined;
  onProgress: (share: number) => void = () => {};
  /** Told when a worker died by itself. */
  onDeath: () => void = () => {};

  /** @param name what it is for: the one named `rank` has helpers */
  constructor(private readonly name: string) {}

  private end(error: EngineError): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const call of this.waiting.values()) call.reject(error);
    this.waiting.clear();
  }

  private start(): Worker {
    const worker = new EngineWorker({ name: this.name });
    const died = (message: string): void => {
      if (this.worker !== worker) return;
      this.end({ code: "WORKER_STOPPED", message });
      this.onDeath();
    };
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("progress" in data) return this.onProgress(data.progress);
      // A worker holds its lock for life: whoever gets it next knows that the worker is no more, though nobody said so. A page
      // opened from a folder shares no locks with its workers.
      if ("lock" in data) {
        if (origin !== "null") void navigator.locks.request(data.lock, () => died("the worker is gone"));
        return;
      }
      const call = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.error) call?.reject(data.error);
      else call?.resolve(data.result);
    };
    worker.onerror = event => died(event.message);
    worker.onmessageerror = () => died("a message could not be read");
    engineModule().then(
      module => worker.postMessage({ module }),
      error => this.worker === worker && this.end(failureOf(error)),
    );
    return worker;
  }

  /** Stops it in the middle of anything; the next call finds an empty one. */
  stop(): void {
    this.end({ code: "CANCELLED", message: "cancelled" });
  }

  ask<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<Awaited<ReturnType<Calls[K]>>> {
    const worker = (this.worker ??= this.start());
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (v: unknown) => void, reject });
      worker.postMessage({ id, name, args });
    });
  }
}

/** The engine that ranks. */
export const ranker = new Engine("rank");
/** Asks the engine that ranks. */
export const ask: Engine["ask"] = (name, ...args) => ranker.ask(name, ...args);
/** One that counts beside the others, and is let go with its memory when it is done. */
export const counter = new Engine("count");
/** The engine that keeps the team's ledger: it answers though a list is being ranked. */
export const keeper = new Engine("team");
/** The engine that learns. */
export const learner = new Engine("learn");
