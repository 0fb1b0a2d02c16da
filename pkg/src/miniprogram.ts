import { CoreSession } from "./core.js";
import { loadOnce, markLoaded } from "./engine.js";
import { XiangmaError, failure, wordsOf } from "./errors.js";
import * as glue from "./mini/xiangma_bg.js";
import { MORE_VERBS } from "./verbs.js";
import { VERSION } from "./web/release.js";
import { connect as connectAll, type ConnectOptions, type MiniRemoteSession, type Port } from "./worker.js";

export { chains, memory, presets, version } from "./core.js";
export { XiangmaError } from "./errors.js";
export { serve } from "./worker.js";
export type { Bytes, Json, Target } from "./core.js";
export type { EngineErrorCode, ErrorCode, Place } from "./errors.js";
export type { ConnectOptions, JsonPort, MiniRemoteSession as RemoteSession, Port } from "./worker.js";
export type {
  Begun, ChainInfo, Contribution, Count, CriterionInfo, Detail, Enterprise, Evidence, Facets, Filter, IntakeReport, LinkInfo, LinkState,
  List, Match, MergedRow, Money, Need, Neighbours, Overview, Qualification, Question, RankedRow, Reason, RejectedRow, Role, SheetReport,
  Size, Span, Stand,
} from "./types.js";

/**
 * One sitting, from files to ranking. The build for mini-programs has to be small: panels, robustness, editions and learned chances are
 * left out of it.
 */
export class Session extends CoreSession {}

// Who calls them all the same is told why they are not there.
for (const name of MORE_VERBS) {
  Object.defineProperty(Session.prototype, name, {
    value() {
      throw failure("NOT_IN_THIS_BUILD", `${name} is not in the build for mini-programs`);
    },
  });
}

/** Outside a worker: a session in it; see `serve`. It is given what `wx.createWorker` gives. */
export const connect: (port: Port, asOf: string, options?: ConnectOptions) => Promise<MiniRemoteSession> = connectAll;

interface Runtime {
  instantiate(path: string, imports: object): Promise<{ instance?: { exports: Exports }; exports?: Exports }>;
}
type Exports = Record<string, unknown> & { __wbindgen_start?: () => void };

// Each vendor names its own; none has `WebAssembly`.
declare const WXWebAssembly: Runtime | undefined;
declare const MYWebAssembly: Runtime | undefined;
declare const TTWebAssembly: Runtime | undefined;

function runtime(): Runtime {
  if (typeof WXWebAssembly !== "undefined") return WXWebAssembly;
  if (typeof MYWebAssembly !== "undefined") return MYWebAssembly;
  if (typeof TTWebAssembly !== "undefined") return TTWebAssembly;
  throw failure("WASM_LOAD", "this runtime has no WASM: WeChat needs base library 2.13.0 or later (2.14.0 for .wasm.br)");
}

async function load(path: string): Promise<void> {
  let result;
  try {
    result = await runtime().instantiate(path, { "./xiangma_bg.js": glue });
  } catch (error) {
    if (error instanceof XiangmaError) throw error;
    throw failure("WASM_LOAD", `${path} could not be loaded (${wordsOf(error)}): is it in the package, at this path, and whole?`);
  }
  // The typings promise an instance, and runtimes give a result that holds one.
  const exports = result.instance?.exports ?? result.exports;
  if (!exports) throw failure("WASM_LOAD", `${path} gave no instance`);
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  const found = glue.version();
  if (found !== VERSION) throw failure("WASM_VERSION", `${path} is of version ${found}, this package of ${VERSION}: build npm again`);
  markLoaded();
}

/**
 * Loads the WASM from the code package. Call it before anything else; calls after the first, or while it loads, give the same load.
 *
 * @param path where it is in the code package (default: where "build npm" puts it); name it when it is elsewhere
 * @throws XiangmaError `WASM_LOAD` or `WASM_VERSION`; after that it may be called again
 */
export function init(path = "/miniprogram_npm/xiangma/xiangma.wasm.br"): Promise<void> {
  return loadOnce(() => load(path));
}
