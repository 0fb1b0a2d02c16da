/** Codes of the engine; in Rust they are the same. */
export type EngineErrorCode =
  | "EMPTY_FILE"
  | "NO_HEADER"
  | "NO_ROWS"
  | "NOTHING_LOADED"
  | "BAD_WORKBOOK"
  | "PROTECTED"
  | "CANCELLED"
  | "BAD_JSON"
  | "UNSUPPORTED_FORMAT"
  | "UNREADABLE"
  | "LIMIT"
  | "BAD_SCORECARD"
  | "BAD_CHAIN"
  | "OTHER_SCORECARD"
  | "OTHER_BASIS"
  | "UNKNOWN_CHAIN"
  | "AMBIGUOUS_OUTCOME"
  | "TOO_FEW_OUTCOMES"
  | "BAD_MODEL"
  | "FAILED_MODEL"
  | "BAD_RULES"
  | "BAD_LEDGER"
  | "BAD_ARGUMENT";

/** By which errors are told apart: the engine's codes, and those of this package. */
export type ErrorCode =
  | EngineErrorCode
  | "NOT_READY"
  | "WASM_LOAD"
  | "WASM_VERSION"
  | "FREED"
  | "BUSY"
  | "OUT_OF_MEMORY"
  | "ENGINE_STOPPED"
  | "STOPPED"
  | "WORKER_FAILED"
  | "NOT_IN_THIS_BUILD"
  | "INTERNAL";

/** Where in a file an error lies. */
export interface Place {
  /** The row, as a spreadsheet counts (from 1). */
  row?: number;
  column?: string;
}

/** What every call throws: one class, told apart by `code`. */
export class XiangmaError extends Error {
  readonly code: ErrorCode;
  /** The row of the file it concerns, as a spreadsheet counts (from 1). */
  readonly row?: number;
  /** The column it concerns. */
  readonly column?: string;

  constructor(code: ErrorCode, message: string, place: Place = {}) {
    super(message);
    this.name = "XiangmaError";
    this.code = code;
    if (place.row !== undefined) this.row = place.row;
    if (place.column !== undefined) this.column = place.column;
  }
}

/** An error of the one class every call throws. */
export function failure(code: ErrorCode, message: string): XiangmaError {
  return new XiangmaError(code, message);
}

/** The words of whatever was thrown. */
export function wordsOf(error: unknown): string {
  const { message, errMsg } = (error ?? {}) as { message?: unknown; errMsg?: unknown };
  return String(message ?? errMsg ?? error);
}

/** Whatever the engine throws, as the one class. */
export function told(error: unknown): XiangmaError {
  if (error instanceof XiangmaError) return error;
  const { name, code, row, column } = (error ?? {}) as { name?: string; code?: ErrorCode; row?: number; column?: string };
  // The engine's own, made below the border; or of another realm.
  if (name === "XiangmaError" && code) return new XiangmaError(code, wordsOf(error), { row, column });
  // A trap. Other realms have a class of their own for it, and some runtimes only its words.
  if (name === "RuntimeError" || /^RuntimeError/.test(String(error))) {
    return failure("ENGINE_STOPPED", `the engine stopped in the middle of work (${wordsOf(error)}): a module holds one engine, so begin again in a new worker or page`);
  }
  return failure("INTERNAL", `a fault of the package (${wordsOf(error)}); please report it`);
}
