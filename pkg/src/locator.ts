// Locating in several workers. Not in the build for mini-programs.
import { RawLocator } from "./web/xiangma.js";
import { bytesOf } from "./bytes.js";
import { failure, guarded } from "./errors.js";

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
export class Locator {
  private held: RawLocator | undefined;

  /** @param chains chains of your own, as JSON texts: those the session was given, in the same order */
  constructor(chains: string[] = []) {
    this.held = guarded(() => new RawLocator(chains));
  }

  /** Locates a batch, for `takeBack`. */
  locate(batch: Uint8Array): Uint8Array {
    const raw = this.held;
    if (!raw) throw failure("FREED", "this locator was freed; make a new one");
    return guarded(() => raw.locate(bytesOf(batch)));
  }

  /** Gives the memory back. */
  free(): void {
    const raw = this.held;
    this.held = undefined;
    if (raw) guarded(() => raw.free());
  }
}
