/// <reference lib="esnext.disposable" preserve="true" />
import { flag, integer, record, text } from "./args.js";
import { type Port, channel } from "./channel.js";
import type { Bytes } from "./core.js";
import { XiangmaError, failure, wordsOf, type ErrorCode } from "./errors.js";
import type { Session } from "./session.js";
import type { IntakeReport, MergedRow, RejectedRow } from "./types.js";
import { CORE_VERBS, MORE_VERBS, type CoreVerb, type Verb } from "./verbs.js";

export { XiangmaError } from "./errors.js";
export { help, loadTogether, locateTogether } from "./together.js";
export type { JsonPort, NodePort, PlainPort, Port, WebPort } from "./channel.js";
export type { EngineErrorCode, ErrorCode, Place } from "./errors.js";

type Special = "loadCandidates" | "loadResidents" | "reported";
type Remote<V extends Verb> = {
  [K in Exclude<V, Special>]: Session[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
} & {
  /** As of a session here. A `Blob` or a `File` is read in the worker, so that its bytes are never held twice. */
  loadCandidates(data: Bytes | Blob, onProgress?: (share: number) => void): Promise<IntakeReport>;
  /** As of a session here; a `Blob` or a `File` is read in the worker. */
  loadResidents(data: Bytes | Blob): Promise<IntakeReport>;
  /** A list of which a report gives the first hundred, as far as it was kept. */
  reported(of: "candidates" | "residents", part: "merges" | "sameNames"): Promise<MergedRow[]>;
  reported(of: "candidates" | "residents", part: "rejected" | "others" | "doubtful"): Promise<RejectedRow[]>;
  reported(of: "candidates" | "residents", part: "ragged" | "repairedQuotes"): Promise<number[]>;
  /** Stops the worker at once, whatever it is at. What it held is gone; calls under way, and later ones, fail with `STOPPED`. */
  terminate(): void;
  /** `terminate()`, for `await using`; a port that cannot be stopped has its session freed. */
  [Symbol.asyncDispose](): Promise<void>;
};

/** A session that lives in a worker: every method gives a promise. */
export type RemoteSession = Remote<Verb>;

/** The same of the build for mini-programs. */
export type MiniRemoteSession = Remote<CoreVerb>;

export interface ConnectOptions {
  /** Milliseconds to wait for a first sign of life (default: 60 000). */
  patience?: number;
  /** Hand buffers over instead of copying them: they are empty here afterwards (default: false). */
  transfer?: boolean;
}

/** Every message bears it, so that a worker may have others of its own. */
const MARK = "xiangma";

interface Call {
  mark: typeof MARK;
  id: number;
  method: string;
  args: unknown[];
  /** Which of the arguments are functions: they are called by messages. */
  functions: number[];
}
interface Told {
  message: string;
  code: ErrorCode;
  row?: number;
  column?: string;
}
type Reply = { mark: typeof MARK; id: number } & (
  | { kind: "begun" }
  | { kind: "tell"; argument: number; values: unknown[] }
  | { kind: "done"; result?: unknown }
  | { kind: "failed"; error: Told }
);

/** A message of ours, without its mark. */
type Unmarked<T> = T extends unknown ? Omit<T, "mark"> : never;

function isOurs(data: unknown): boolean {
  return typeof data === "object" && data !== null && (data as Reply).mark === MARK;
}

/** Buffers that nobody else looks at. */
function buffersOf(values: unknown[]): ArrayBuffer[] {
  const buffers = values.map((v) => {
    if (v instanceof ArrayBuffer) return v;
    return ArrayBuffer.isView(v) && v.buffer instanceof ArrayBuffer && v.byteLength === v.buffer.byteLength ? v.buffer : undefined;
  });
  return [...new Set(buffers.filter((b): b is ArrayBuffer => b !== undefined && b.byteLength > 0))];
}

/**
 * In the worker: answers the calls of `connect`, with a session of its own. Works in workers of browsers, Node (`parentPort`) and
 * mini-programs (`worker`).
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
export function serve(port: Port, open: (asOf: string) => Opened | Promise<Opened>): void {
  if (typeof open !== "function") throw failure("BAD_ARGUMENT", "open: expected a function that gives a session");
  const way = channel(port);
  const verbs: ReadonlySet<string> = new Set([...CORE_VERBS, ...MORE_VERBS]);
  const post = (reply: Unmarked<Reply>, transfer?: ArrayBuffer[]): void => way.send({ mark: MARK, ...reply }, transfer);
  let session: Opened | undefined;
  let queue: Promise<void> = Promise.resolve();
  const result = async ({ id, method, args, functions }: Call): Promise<unknown> => {
    if (method === "open") {
      if (session) throw failure("BAD_ARGUMENT", "this worker has a session already: free that first, or start another worker");
      session = await open(args[0] as string);
      return undefined;
    }
    if (!verbs.has(method)) throw failure("BAD_ARGUMENT", `a session has no method ${method}`);
    if (!session) throw failure("FREED", "no session is open in this worker");
    for (const at of functions) args[at] = (...values: unknown[]) => post({ id, kind: "tell", argument: at, values });
    const blobs = args.map((a) => (typeof Blob === "function" && a instanceof Blob ? a.arrayBuffer() : a));
    const found = (session as unknown as Record<string, (...a: unknown[]) => unknown>)[method](...(await Promise.all(blobs)));
    if (method === "free") session = undefined;
    return found;
  };
  const answer = async (call: Call): Promise<void> => {
    try {
      const found = await result(call);
      post({ id: call.id, kind: "done", result: found }, buffersOf([found]));
    } catch (e) {
      const { code = "INTERNAL", row, column } = e as Partial<Told>;
      post({ id: call.id, kind: "failed", error: { message: wordsOf(e), code, row, column } });
    }
  };
  way.listen({
    message(data) {
      if (!isOurs(data)) return;
      const call = data as Call;
      // Said at once: loading the engine may take its time.
      if (call.method === "open") post({ id: call.id, kind: "begun" });
      // One at a time and in order: calls may come before the engine is loaded.
      queue = queue.then(() => answer(call));
    },
  });
}

/** What of a session `serve` needs; each build has its own. */
export interface Opened {
  free(): void;
}

const connected = new WeakSet<object>();

/**
 * Outside: a session in that worker. What goes wrong there rejects the calls under way; nothing waits for ever.
 *
 * @param port a worker that calls `serve`: of a browser, of Node, or what `wx.createWorker` gives
 * @param asOf the day ages are counted to, YYYY-MM-DD
 * @throws XiangmaError `WORKER_FAILED` when its script cannot be loaded, fails, ends, or never calls `serve`; `BAD_ARGUMENT` when it has a
 * session already
 */
export async function connect(port: Port, asOf: string, options: ConnectOptions = {}): Promise<RemoteSession> {
  const { patience = 60_000, transfer = false } = record(options, "options", { patience: integer, transfer: flag });
  text(asOf, "asOf");
  const way = channel(port);
  if (connected.has(port)) throw failure("BAD_ARGUMENT", "port: this worker has a session already: free that first, or start another worker");
  connected.add(port);

  interface Waiting {
    method: string;
    args: unknown[];
    resolve(value: unknown): void;
    reject(error: unknown): void;
    begun?(): void;
    /** What a listener threw. */
    thrown?: { error: unknown };
  }
  const waiting = new Map<number, Waiting>();
  let closed: XiangmaError | undefined;
  let next = 0;

  const fault = (error: XiangmaError): void => {
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) call.reject(error);
  };
  const close = (error: XiangmaError): void => {
    if (closed) return;
    closed = error;
    stop();
    fault(error);
  };
  const stop = way.listen({
    message(data) {
      if (!isOurs(data)) return;
      const reply = data as Reply;
      const call = waiting.get(reply.id);
      if (!call) return;
      if (reply.kind === "begun") return call.begun?.();
      if (reply.kind === "tell") {
        try {
          if (!call.thrown) (call.args[reply.argument] as (...values: unknown[]) => void)(...reply.values);
        } catch (error) {
          call.thrown = { error };
        }
        return;
      }
      waiting.delete(reply.id);
      if (reply.kind === "failed") call.reject(new XiangmaError(reply.error.code, reply.error.message, reply.error));
      else if (call.thrown) call.reject(call.thrown.error);
      else call.resolve(reply.result);
    },
    fault,
    gone: close,
  });

  const ask = (method: string, args: unknown[], begun?: () => void): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) throw closed;
      const id = next++;
      const functions = args.flatMap((a, at) => (typeof a === "function" ? [at] : []));
      const sent = args.map((a) => (typeof a === "function" ? null : a));
      waiting.set(id, { method, args, resolve, reject, begun });
      try {
        way.send({ mark: MARK, id, method, args: sent, functions } satisfies Call, transfer ? buffersOf(sent) : []);
      } catch (error) {
        waiting.delete(id);
        throw failure("BAD_ARGUMENT", `${method}: an argument cannot be sent to a worker (${wordsOf(error)})`);
      }
    });

  const silent = setTimeout(
    () => close(failure("WORKER_FAILED", `the worker has not answered in ${patience} ms: see that its script is there and calls serve()`)),
    patience,
  );
  try {
    await ask("open", [asOf], () => clearTimeout(silent));
  } catch (error) {
    close(failure("WORKER_FAILED", "there is no session in the worker"));
    connected.delete(port);
    throw error;
  } finally {
    clearTimeout(silent);
  }

  const session: Record<PropertyKey, unknown> = {};
  for (const verb of [...CORE_VERBS, ...MORE_VERBS]) session[verb] = (...args: unknown[]) => ask(verb, args);
  session.free = async () => {
    await ask("free", []);
    close(failure("FREED", "this session was freed; connect again"));
    connected.delete(port);
  };
  session.terminate = () => {
    close(failure("STOPPED", "the worker was stopped"));
    way.terminate?.();
  };
  if (Symbol.asyncDispose) {
    session[Symbol.asyncDispose] = async () => (way.terminate || closed ? (session.terminate as () => void)() : (session.free as () => Promise<void>)());
  }
  return session as unknown as RemoteSession;
}
