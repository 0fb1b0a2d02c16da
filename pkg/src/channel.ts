// One way to talk to a worker, whatever kind it is.
import { XiangmaError, failure, wordsOf } from "./errors.js";

/** A worker as browsers, Deno and Bun have it, from outside or (as `self`) from inside; a `MessagePort`, too. */
export interface WebPort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: any) => void): void;
  removeEventListener(type: string, listener: (event: any) => void): void;
  start?(): void;
  terminate?(): unknown;
}

/** A worker as Node has it (`Worker`, `parentPort`, `MessagePort` of `node:worker_threads`). */
export interface NodePort {
  postMessage(message: unknown, transfer?: readonly any[]): void;
  on(event: string, listener: (value: any) => void): unknown;
  off(event: string, listener: (value: any) => void): unknown;
  terminate?(): unknown;
}

/** A worker as mini-programs have it: what `wx.createWorker` gives, and `worker` inside. Everything crosses as JSON. */
export interface JsonPort {
  postMessage(message: object): void;
  onMessage(listener: (message: any) => void): void;
  offMessage?(listener: (message: any) => void): void;
  onError?(listener: (error: any) => void): void;
  onProcessKilled?(listener: () => void): void;
  terminate?(): unknown;
}

/** Anything else, made to look like a worker. */
export interface PlainPort {
  postMessage(message: unknown, options?: { transfer?: ArrayBuffer[] }): void;
  // Each environment has an event of its own; only its `data` is read.
  onmessage: ((event: any) => void) | null;
  terminate?(): unknown;
}

export type Port = WebPort | NodePort | JsonPort | PlainPort;

export interface Listener {
  message(data: unknown): void;
  /** Something went wrong there, and it may go on. */
  fault?(error: XiangmaError): void;
  /** It is gone. */
  gone?(error: XiangmaError): void;
}

export interface Channel {
  send(message: object, transfer?: ArrayBuffer[]): void;
  /** Listens until the function it gives is called. */
  listen(listener: Listener): () => void;
  terminate?(): void;
}

const failed = (what: string): XiangmaError => failure("WORKER_FAILED", what);
const ofError = (error: unknown): XiangmaError => failed(`the worker failed: ${wordsOf(error) || "its script could not be loaded"}`);
const unreadable = (): XiangmaError => failed("a message from or to the worker could not be read");

export function channel(port: Port): Channel {
  if (port === null || typeof port !== "object" || typeof port.postMessage !== "function") {
    throw failure("BAD_ARGUMENT", "port: expected a worker, or something that posts and receives messages as one");
  }
  const terminate = typeof port.terminate === "function" ? () => void (port as { terminate(): unknown }).terminate() : undefined;
  if ("onMessage" in port) return { ...overJson(port), terminate };
  if ("addEventListener" in port) return { ...overEvents(port), terminate };
  if ("on" in port) return { ...overNode(port), terminate };
  return {
    send: (message, transfer = []) => port.postMessage(message, { transfer }),
    listen({ message }) {
      const hear = (event: { data: unknown }): void => message(event.data);
      port.onmessage = hear;
      return () => {
        if (port.onmessage === hear) port.onmessage = null;
      };
    },
    terminate,
  };
}

function overEvents(port: WebPort): Channel {
  return {
    send: (message, transfer = []) => port.postMessage(message, transfer),
    listen({ message, fault }) {
      const heard: [string, (event: any) => void][] = [
        ["message", (event) => message(event.data)],
        ["messageerror", () => fault?.(unreadable())],
        ["error", (event) => fault?.(ofError(event))],
      ];
      for (const [type, hear] of heard) port.addEventListener(type, hear);
      port.start?.();
      return () => heard.forEach(([type, hear]) => port.removeEventListener(type, hear));
    },
  };
}

function overNode(port: NodePort): Channel {
  return {
    send: (message, transfer = []) => port.postMessage(message, transfer),
    listen({ message, fault, gone }) {
      const heard: [string, (value: any) => void][] = [
        ["message", message],
        ["messageerror", () => fault?.(unreadable())],
        // An exception nobody caught: the worker ends with it.
        ["error", (error) => gone?.(ofError(error))],
        ["exit", () => gone?.(failed("the worker has ended"))],
        ["close", () => gone?.(failed("the worker has closed the port"))],
      ];
      for (const [type, hear] of heard) port.on(type, hear);
      return () => heard.forEach(([type, hear]) => port.off(type, hear));
    },
  };
}

function overJson(port: JsonPort): Channel {
  return {
    send: (message) => port.postMessage(packed(message) as object),
    listen({ message, fault, gone }) {
      // Not every runtime can stop listening.
      let deaf = false;
      const hear = (data: unknown): void => {
        // Some runtimes hand the message over as it is, some in an envelope.
        const enclosed = (data as { message?: unknown } | null)?.message;
        if (!deaf) message(unpacked(typeof enclosed === "object" && enclosed !== null ? enclosed : data));
      };
      port.onMessage(hear);
      port.onError?.((error) => deaf || fault?.(ofError(error)));
      port.onProcessKilled?.(() => deaf || gone?.(failed("the system has stopped the worker")));
      return () => {
        deaf = true;
        port.offMessage?.(hear);
      };
    },
  };
}

/** What JSON has no form for, and arrays of numbers of each kind. */
const ARRAYS = { Uint8Array, Uint32Array, Float64Array };
const TAG = "xiangma:array";

type Packed = { [TAG]: keyof typeof ARRAYS; numbers: number[] };

function tag(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function packed(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  const kind = tag(value);
  if (kind === "ArrayBuffer") return packed(new Uint8Array(value as ArrayBuffer));
  if (Object.prototype.hasOwnProperty.call(ARRAYS, kind)) return { [TAG]: kind, numbers: Array.from(value as Uint8Array) };
  if (Array.isArray(value)) return value.map(packed);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, packed(entry)]));
}

function unpacked(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  const kind = (value as Packed)[TAG];
  if (typeof kind === "string" && Object.prototype.hasOwnProperty.call(ARRAYS, kind)) return ARRAYS[kind].from((value as Packed).numbers);
  if (Array.isArray(value)) return value.map(unpacked);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpacked(entry)]));
}
