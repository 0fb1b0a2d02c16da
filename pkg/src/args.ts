// Arguments are looked at before they cross: the engine would take many a wrong one for something else, or stop at it.
import { failure, type XiangmaError } from "./errors.js";

/** What was found, in few words. */
function found(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`;
  if (typeof value === "object") return Object.prototype.toString.call(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : `a ${typeof value}`;
}

function refused(what: string, expected: string, value: unknown): XiangmaError {
  return failure("BAD_ARGUMENT", `${what}: expected ${expected}, found ${found(value)}`);
}

export function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw refused(what, "a string", value);
  return value;
}

export function integer(value: unknown, what: string): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0xffffffff) throw refused(what, "a whole number from 0", value);
  return value as number;
}

/** A whole number of any size that is told exactly, from 0. */
export function whole(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw refused(what, "a whole number from 0", value);
  return value;
}

export function share(value: unknown, what: string): number {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) throw refused(what, "0 to 1", value);
  return value;
}

export function flag(value: unknown, what: string): boolean {
  if (typeof value !== "boolean") throw refused(what, "true or false", value);
  return value;
}

export function listener<F extends (...args: never[]) => unknown>(value: F | undefined, what: string): F | undefined {
  if (value !== undefined && typeof value !== "function") throw refused(what, "a function", value);
  return value;
}

function arrayLike(value: unknown, what: string, of: string): ArrayLike<unknown> {
  if (value === null || typeof value !== "object" || !Number.isInteger((value as ArrayLike<unknown>).length)) throw refused(what, `an array of ${of}`, value);
  return value as ArrayLike<unknown>;
}

export function integers(value: unknown, what: string): Uint32Array {
  const array = arrayLike(value, what, "numbers");
  return Uint32Array.from({ length: array.length }, (_, i) => integer(array[i], `${what}, entry ${i}`));
}

export function numbers(value: unknown, what: string): Float64Array {
  const array = arrayLike(value, what, "numbers");
  return Float64Array.from({ length: array.length }, (_, i) => {
    if (typeof array[i] !== "number") throw refused(`${what}, entry ${i}`, "a number", array[i]);
    return array[i] as number;
  });
}

export function array<T>(value: T[], what: string): T[] {
  if (!Array.isArray(value)) throw refused(what, "an array", value);
  return value;
}

export function texts(value: unknown, what: string): string[] {
  if (!Array.isArray(value)) throw refused(what, "an array of strings", value);
  return value.map((entry, i) => text(entry, `${what}, entry ${i}`));
}

/** An object with no other keys than those named, each looked at unless it is left out. */
export function record<T extends object>(value: T, what: string, keys: { [K in keyof T]-?: (value: unknown, what: string) => unknown }): T {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw refused(what, `an object with ${Object.keys(keys).join(", ")}`, value);
  for (const [key, entry] of Object.entries(value)) {
    const look = Object.prototype.hasOwnProperty.call(keys, key) ? (keys as Record<string, (value: unknown, what: string) => unknown>)[key] : undefined;
    if (!look) throw failure("BAD_ARGUMENT", `${what}: there is no "${key}"; there are ${Object.keys(keys).join(", ")}`);
    if (entry !== undefined) look(entry, `${what}.${key}`);
  }
  return value;
}

/** JSON as text; an object is written as such. */
export function json(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object") throw refused(what, "JSON text or an object", value);
  try {
    const written: unknown = JSON.stringify(value);
    if (typeof written === "string") return written;
  } catch (error) {
    throw failure("BAD_ARGUMENT", `${what}: cannot be written as JSON (${(error as Error).message})`);
  }
  throw refused(what, "JSON text or an object", value);
}
