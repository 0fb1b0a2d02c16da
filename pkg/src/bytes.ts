import { failure } from "./errors.js";

/** Anything that holds bytes. */
export type Bytes = Uint8Array | ArrayBuffer | string;

/** As the engine takes them. */
export function bytesOf(data: Bytes): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  const isView = data instanceof Uint8Array;
  // A buffer of another realm (a mini-program's file system) is no instance of this one's class.
  const kind = Object.prototype.toString.call(data);
  if (!isView && kind !== "[object ArrayBuffer]" && kind !== "[object Uint8Array]" && kind !== "[object SharedArrayBuffer]") {
    throw failure("BAD_ARGUMENT", `expected a string, a Uint8Array or an ArrayBuffer, found ${kind}`);
  }
  const buffer = ArrayBuffer.isView(data) ? data.buffer : data;
  if ((buffer as { detached?: boolean }).detached) {
    throw failure("BAD_ARGUMENT", "the buffer is detached: it was transferred elsewhere, so its bytes are gone");
  }
  return isView ? data : new Uint8Array(data);
}
