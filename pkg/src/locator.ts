// Locating in several workers. Not in the build for mini-programs.
import { RawLocator } from "./web/xiangma.js";
import { json } from "./args.js";
import { bytesOf } from "./bytes.js";
import type { Json } from "./core.js";
import { failure } from "./errors.js";
import { Held, use } from "./held.js";

/**
 * Locates what a session in another worker hands out; see `help` and `locateTogether` of `xiangma/worker`. Holds memory of the engine:
 * call `free()` when done.
 *
 * @example
 * ```ts
 * import { Locator, Session } from "xiangma";
 *
 * const session = new Session("2026-11-01");
 * session.loadCandidates("企业名称,主营产品\n示例光电有限公司,光模块\n示例商贸有限公司,钢材销售\n");
 * const locator = new Locator();
 * for (let batch = session.handOut(2000); batch; batch = session.handOut(2000)) {
 *   session.takeBack(locator.locate(batch));
 * }
 * console.log(session.locate(1), "left");
 * locator.free();
 * session.free();
 * ```
 */
export class Locator extends Held<RawLocator> {
  /** @param chains chains of your own: those the session was given, in the same order */
  constructor(chains: Json[] = []) {
    if (!Array.isArray(chains)) throw failure("BAD_ARGUMENT", "chains: expected an array of chain files");
    super("locator", () => new RawLocator(chains.map((c, i) => json(c, `chains, entry ${i}`))));
  }

  /** Locates a batch, for `takeBack`. */
  locate(batch: Uint8Array): Uint8Array {
    return use(this, (raw: RawLocator) => raw.locate(bytesOf(batch, "batch")));
  }
}
