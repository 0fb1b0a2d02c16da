import { XiangmaError, failure } from "./errors.js";

/** Anything that holds bytes. */
export type Bytes = Uint8Array | ArrayBuffer | string;

/** The most an engine for the web can hold in one piece: half of what it can address. */
const MOST = 0x7fffffff;

/** As the engine takes them. */
export function bytesOf(data: Bytes, what: string): Uint8Array {
  if (typeof data === "string") return within(new TextEncoder().encode(data), what);
  const isView = data instanceof Uint8Array;
  // A buffer of another realm (a mini-program's file system) is no instance of this one's class.
  const kind = Object.prototype.toString.call(data);
  if (!isView && kind !== "[object ArrayBuffer]" && kind !== "[object Uint8Array]" && kind !== "[object SharedArrayBuffer]") {
    throw failure("BAD_ARGUMENT", `${what}: expected a string, a Uint8Array or an ArrayBuffer, found ${kind}`);
  }
  const buffer = isView ? data.buffer : (data as ArrayBuffer);
  try {
    // Not every runtime says so of a buffer; a view of it then fails.
    if (!(buffer as { detached?: boolean }).detached) return within(isView ? data : new Uint8Array(buffer), what);
  } catch (error) {
    if (error instanceof XiangmaError) throw error;
  }
  throw failure("BAD_ARGUMENT", `${what}: the buffer is detached: it was transferred elsewhere, so its bytes are gone`);
}

/** Said before anything is copied. */
function within(bytes: Uint8Array, what: string): Uint8Array {
  if (bytes.length > MOST) throw failure("LIMIT", `${what}: ${bytes.length} bytes, over the ${MOST} a page can hold in one piece; split the file, or use the command line`);
  return bytes;
}
