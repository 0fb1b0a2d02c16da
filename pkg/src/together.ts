import { type Port, channel } from "./channel.js";
import type { Bytes } from "./core.js";
import { wordsOf } from "./errors.js";
import type { Locator } from "./locator.js";
import type { Session } from "./session.js";
import type { IntakeReport } from "./types.js";

interface Batch {
  batch: Uint8Array;
}
type Answer = { located: Uint8Array } | { failed: string };

/** Enterprises at a time for a helper: some 20 ms of work. */
const BATCH = 2000;
/** Enterprises between two looks at what has come back. */
const SLICE = 500;

/**
 * In a helper: locates what `locateTogether` sends.
 *
 * @example
 * ```ts no-run
 * import { init, Locator } from "xiangma";
 * import { help } from "xiangma/worker";
 * await init();
 * help(self, new Locator());
 * ```
 */
export function help(port: Port, locator: Locator): void {
  // What told the helper to begin is not meant to hear of its work.
  if ("onmessage" in port) port.onmessage = null;
  const way = channel(port);
  way.listen({
    message(data) {
      const batch = (data as Batch | undefined)?.batch;
      if (!(batch instanceof Uint8Array)) return;
      try {
        const located = locator.locate(batch);
        way.send({ located } satisfies Answer, [located.buffer as ArrayBuffer]);
      } catch (e) {
        way.send({ failed: wordsOf(e) } satisfies Answer);
      }
    },
  });
}

/** Sends a batch to a helper. */
function send(helper: Port, batch: Uint8Array | undefined): void {
  if (batch) channel(helper).send({ batch } satisfies Batch, [batch.buffer as ArrayBuffer]);
}

/** How to stop listening to a helper; between reading and locating somebody always does. */
const listening = new WeakMap<object, () => void>();

function deafen(helper: Port): void {
  listening.get(helper)?.();
  listening.delete(helper);
}

/** Takes what a helper gives back; `next` gives it more, unless it has failed. */
function listen(session: Session, helper: Port, next: () => Uint8Array | undefined): void {
  deafen(helper);
  const stop = channel(helper).listen({
    message(data) {
      const located = (data as { located?: unknown } | undefined)?.located;
      if (!(located instanceof Uint8Array)) return;
      try {
        session.takeBack(located);
        send(helper, next());
      } catch {
        // The session was freed meanwhile, or what came is no batch: nobody waits for more.
        deafen(helper);
      }
    },
  });
  listening.set(helper, stop);
}

/** Of what is read, the share a helper locates meanwhile: reading takes some two thirds as long as locating. */
const MEANWHILE = 0.6;

/**
 * Reads the candidates, and lets helpers locate while the rest is read; go on with `locateTogether`.
 *
 * @param helpers workers that have called `help`, with the chains of the session: of browsers or of Node
 * @param onProgress told the share that is read, 0 to 1
 */
export function loadTogether(session: Session, data: Bytes, helpers: readonly Port[], onProgress: (share: number) => void = () => {}): IntakeReport {
  for (const helper of helpers) listen(session, helper, () => undefined);
  let turn = 0;
  return session.loadAndHandOut(data, Math.min(1, MEANWHILE * helpers.length), (read, batch) => {
    send(helpers[turn++ % helpers.length], batch);
    onProgress(read);
  });
}

/**
 * Locates everything a session holds, together with helpers: each takes batches from the end of the table while the session goes on from
 * its head. What a helper fails at, or does not give back in time, is located here after all; the result is the same with any number.
 *
 * @param helpers workers that have called `help`, with the chains of the session: of browsers or of Node
 * @param onProgress told the share that is done, 0 to 1
 */
export async function locateTogether(session: Session, helpers: readonly Port[], onProgress: (share: number) => void = () => {}): Promise<void> {
  for (const helper of helpers) {
    listen(session, helper, () => session.handOut(BATCH));
    // One to work at, one to go on with.
    send(helper, session.handOut(BATCH));
    send(helper, session.handOut(BATCH));
  }
  // A timer would wait some milliseconds; a message to oneself does not.
  const { port1, port2 } = new MessageChannel();
  const breath = (): Promise<void> => new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
  try {
    let total = 0;
    for (let left = session.locate(SLICE); left > 0; left = session.locate(SLICE)) {
      total = Math.max(total, left + SLICE);
      onProgress(1 - left / total);
      await breath();
    }
  } finally {
    helpers.forEach(deafen);
    port1.close();
  }
}
