import { failure } from "./errors.js";

/** Bytes that stay where they are, and can be read at once from any place, again and again. */
export interface ByteSource {
  /** How many bytes there are. */
  readonly size: number;
  /** So many bytes from a place on; fewer only at the end. */
  read(at: number, length: number): Uint8Array;
}

/** Reads a file of a page at once, which only workers may. */
declare const FileReaderSync: (new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer }) | undefined;

/** As the engine takes them. */
export function sourceOf(file: ByteSource | Blob, what: string): ByteSource {
  if (typeof Blob !== "undefined" && file instanceof Blob) {
    if (typeof FileReaderSync === "undefined") {
      throw failure("BAD_ARGUMENT", `${what}: a File or Blob can be read so in a worker of a page alone; elsewhere give an object with size and read(at, length)`);
    }
    const reader = new FileReaderSync();
    return { size: file.size, read: (at, length) => new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + length))) };
  }
  const source = file as Partial<ByteSource> | null | undefined;
  if (typeof source !== "object" || typeof source?.read !== "function" || !Number.isSafeInteger(source.size) || (source.size as number) < 0) {
    throw failure("BAD_ARGUMENT", `${what}: expected an object with size, a whole number from 0, and read(at, length), or a File or Blob in a worker`);
  }
  return source as ByteSource;
}
