// The page's side of the workers: each call a promise. One ranks; another learns, so that neither waits for the other.
import type { Calls } from "./worker";

export type { ChancesResult, ListResult, PanelResult, Place, Review } from "./worker";

type Reply = { id: number; result?: unknown; error?: EngineError } | { progress: number };
/** A failure as the engine tells it. */
export interface EngineError {
  message: string;
  code: string;
  row?: number;
  column?: string;
}

class Engine {
  private waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: EngineError) => void }>();
  private next = 0;
  onProgress: (share: number) => void = () => {};
  /** There from the start: once the page has loaded it asks for nothing more. */
  private worker: Worker | undefined;

  /** @param name what it is for: the one named `rank` has helpers */
  constructor(private readonly name: string) {
    this.worker = this.start();
  }

  private failAll(error: EngineError): void {
    for (const call of this.waiting.values()) call.reject(error);
    this.waiting.clear();
  }

  private start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: this.name });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ("progress" in data) return this.onProgress(data.progress);
      const call = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.error) call?.reject(data.error);
      else call?.resolve(data.result);
    };
    worker.onerror = (event) => this.failAll({ code: "INTERNAL", message: event.message });
    return worker;
  }

  /** Stops it in the middle of anything; the next call finds an empty one. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.failAll({ code: "CANCELLED", message: "cancelled" });
  }

  ask<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<Awaited<ReturnType<Calls[K]>>> {
    this.worker ??= this.start();
    const id = this.next++;
    const worker = this.worker;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (v: unknown) => void, reject });
      worker.postMessage({ id, name, args });
    });
  }
}

const ranker = new Engine("rank");

/** Asks the engine that ranks. */
export const ask: Engine["ask"] = (name, ...args) => ranker.ask(name, ...args);

/** Stops the engine that ranks in the middle of anything; what it held is gone. */
export const restart = (): void => ranker.stop();

/** Calls back with the share of long work that is done. */
export function watchProgress(watcher: (share: number) => void): void {
  ranker.onProgress = watcher;
}

/** The engine that learns. */
export const learner = new Engine("learn");
