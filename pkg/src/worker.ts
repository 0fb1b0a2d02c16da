import type { Session } from "./session.js";

export { help, loadTogether, locateTogether } from "./together.js";

/** A session that lives in a worker: every method gives a promise. */
export type RemoteSession = {
  [K in keyof Session]: Session[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
} & {
  /** Stops the worker at once, whatever it is at. What it held is gone. */
  terminate(): void;
};

interface Request {
  id: number;
  method: string;
  args: unknown[];
}
type Reply = { id: number; result?: unknown; error?: { message: string; code: string; row?: number; column?: string } };

/** What of a worker is used: the same in a browser, in Node and in a mini-program's wrapper. */
export interface Port {
  postMessage(message: unknown, options?: { transfer?: ArrayBuffer[] }): void;
  // Each environment has an event of its own; only its `data` is read.
  onmessage: ((event: any) => void) | null;
  terminate?(): void;
}

/**
 * In the worker: answers the calls of `connect` with sessions of its own.
 *
 * @example
 * ```ts no-run
 * import { init, Session } from "xiangma";
 * import { serve } from "xiangma/worker";
 * serve(self, async (asOf) => {
 *   await init();
 *   return new Session(asOf);
 * });
 * ```
 */
export function serve(port: Port, open: (asOf: string) => Promise<Session>): void {
  let session: Session | undefined;
  let queue: Promise<void> = Promise.resolve();
  const answer = async ({ id, method, args }: Request): Promise<void> => {
    try {
      let result: unknown;
      if (method === "open") {
        session?.free();
        session = await open(args[0] as string);
      } else {
        const call = (session as unknown as Record<string, ((...a: unknown[]) => unknown) | undefined>)?.[method];
        if (!call || method === "constructor") throw Object.assign(new Error(`a session has no method ${method}`), { code: "BAD_ARGUMENT" });
        result = call.apply(session, args);
      }
      port.postMessage({ id, result } satisfies Reply);
    } catch (e) {
      const { message, code = "INTERNAL", row, column } = e as Error & { code?: string; row?: number; column?: string };
      port.postMessage({ id, error: { message, code, row, column } } satisfies Reply);
    }
  };
  // One at a time and in order: calls may come before the engine is loaded.
  port.onmessage = (event: { data: unknown }) => {
    queue = queue.then(() => answer(event.data as Request));
  };
}

/**
 * Outside: a session in that worker.
 *
 * @param asOf the day ages are counted to, YYYY-MM-DD
 */
export async function connect(port: Port, asOf: string): Promise<RemoteSession> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let next = 0;
  port.onmessage = (event: { data: unknown }) => {
    const { id, result, error } = event.data as Reply;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(Object.assign(new Error(error.message), error, { name: "XiangmaError" }));
    else call?.resolve(result);
  };
  const ask = (method: string, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (args.some((a) => typeof a === "function")) throw Object.assign(new Error(`${method}: a function does not cross to a worker`), { name: "XiangmaError", code: "BAD_ARGUMENT" });
      const id = next++;
      waiting.set(id, { resolve, reject });
      port.postMessage({ id, method, args } satisfies Request);
    });
  await ask("open", [asOf]);
  const terminate = (): void => {
    port.terminate?.();
    const gone = Object.assign(new Error("the worker was stopped"), { name: "XiangmaError", code: "STOPPED" });
    waiting.forEach((call) => call.reject(gone));
    waiting.clear();
  };
  return new Proxy({} as RemoteSession, {
    get: (_, method) => {
      // A proxy that is awaited is asked for `then`, and is no promise.
      if (typeof method !== "string" || method === "then") return undefined;
      return method === "terminate" ? terminate : (...args: unknown[]) => ask(method, args);
    },
  });
}
