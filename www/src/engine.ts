// The page's side of the worker: each call a promise.
import type { Calls } from "./worker";

export type { ListResult, PanelResult, Place, Review } from "./worker";

type Reply = { id: number; result?: unknown; error?: EngineError } | { progress: number };
/** A failure as the engine tells it. */
export interface EngineError {
  message: string;
  code: string;
  row?: number;
  column?: string;
}

const waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: EngineError) => void }>();
let next = 0;
let onProgress: (share: number) => void = () => {};

function failAll(error: EngineError): void {
  for (const call of waiting.values()) call.reject(error);
  waiting.clear();
}

function start(): Worker {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if ("progress" in data) return onProgress(data.progress);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) call?.reject(data.error);
    else call?.resolve(data.result);
  };
  worker.onerror = (event) => failAll({ code: "INTERNAL", message: event.message });
  return worker;
}

let worker = start();

/** Stops the engine in the middle of anything, and starts an empty one. */
export function restart(): void {
  worker.terminate();
  worker = start();
  failAll({ code: "CANCELLED", message: "cancelled" });
}

/** Asks the engine. */
export function ask<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<Awaited<ReturnType<Calls[K]>>> {
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (v: unknown) => void, reject });
    worker.postMessage({ id, name, args });
  });
}

/** Calls back with the share of long work that is done. */
export function watchProgress(watcher: (share: number) => void): void {
  onProgress = watcher;
}
