// The engine's life: start, step, stop, and back to life with what it held. Who owns the files and the list says here
// how they are had.
import { defineStore } from "pinia";
import { type Task, useShell } from "../shell/store";
import { asOf, useDefinitions } from "./definitions";
import { ask, failureOf, isStop, ranker } from "./engine";
import type { Sources } from "./protocol";

/** The files the engine holds, by their owner. */
export interface Held {
  sources: () => Sources;
  /** How things stand; `restore` goes back to it, and is true when the files were others meanwhile. */
  snapshot: () => { restore: () => boolean };
  keepFiles: () => Promise<void>;
  /** What is being opened now. */
  opening: () => Sources | null;
  /** Closes everything, and offers what took too long. */
  setAside: (sources: Sources) => void;
}
/** The list on the screen, by its owner. */
export interface Listed {
  refresh: () => Promise<void>;
  /** Takes back what is wanted to what the list on the screen was asked for with. */
  goBack: () => void;
  isThere: () => boolean;
}

export const useEngine = defineStore("engine", () => {
  const shell = useShell();
  let held: Held | undefined;
  let list: Listed | undefined;
  const holds = (its: Held): void => void (held = its);
  const lists = (its: Listed): void => void (list = its);
  ranker.onProgress = share => (shell.progress = share);
  ranker.onDeath = () => void recover();

  /** An engine that holds nothing. */
  const empty = (): Promise<void> => ask("start", asOf, [...useDefinitions().ownChains]);

  /** A failure that nobody else has seen to: it is said, or, where the engine stopped, mended. */
  function fail(e: unknown): void {
    if (isStop(e)) void recover();
    else shell.say(e);
  }

  /** Does what may take long or fail; a failure is said. True when it is done. */
  async function guarded(what: Task, work: () => Promise<unknown>): Promise<boolean> {
    shell.begins(what);
    shell.progress = 0;
    shell.error = null;
    try {
      await work();
      return true;
    } catch (e) {
      // What stopped the engine must not take with it what was there before.
      if (!isStop(e) || (await recover())) shell.say(e);
      return false;
    } finally {
      shell.ends(what);
    }
  }

  /** Counts what was called off: what waits from before is no longer wanted. */
  let era = 0;
  let turn: Promise<unknown> = Promise.resolve();
  /** A step from one set of open files to another, one after the other. A step that is not done changes nothing. */
  function step(work: () => Promise<boolean>): Promise<void> {
    const of = era;
    const mine = turn.then(async () => {
      if (of !== era || !(await started())) return;
      const before = held?.snapshot();
      if (await work()) return held?.keepFiles();
      const changed = before?.restore();
      // Who calls off starts the engine anew himself.
      if (changed && of === era) await recover();
    });
    turn = mine.catch(() => {});
    return mine;
  }

  let starting: Promise<boolean> | undefined;
  /** True once the engine is there; after a failure, which is said, whoever asks next tries again. */
  function started(): Promise<boolean> {
    return (starting ??= guarded("read", async () => {
      await empty();
      await useDefinitions().read();
    }).then(done => {
      if (!done) starting = undefined;
      return done;
    }));
  }

  async function replay(): Promise<void> {
    await empty();
    const files = held?.sources() ?? {};
    for (const kind of ["residents", "candidates"] as const) {
      const source = files[kind];
      if (source) await ask("load", kind, source.file, source.options);
    }
    if (files.candidates) await list?.refresh();
  }

  /** Starts the engine anew with what it held: what it is made of has changed. */
  const renew = (): Promise<void> =>
    step(() =>
      guarded("working", async () => {
        ranker.stop();
        await replay();
        await useDefinitions().read();
      }),
    );

  let recovering: Promise<boolean> | undefined;
  /** Starts the engine anew with what it held; false, and said, when that fails as well. */
  function recover(): Promise<boolean> {
    return (recovering ??= (async () => {
      shell.begins("recovering");
      // What a fault left behind is not gone on with.
      ranker.stop();
      try {
        await replay().catch(e => {
          if (!isStop(e)) throw e;
          // Perhaps the new target stopped it: once more with that of the list on the screen.
          list?.goBack();
          return replay();
        });
        return true;
      } catch (e) {
        shell.say(isStop(e) ? { code: "NOT_RECOVERED", message: failureOf(e).message } : e);
        return false;
      } finally {
        shell.ends("recovering");
        recovering = undefined;
      }
    })());
  }

  /** Stops what is under way, and what waits behind it. True when that was bringing the engine back. */
  async function halt(): Promise<boolean> {
    const again = recovering;
    era++;
    ranker.stop();
    await Promise.all([turn, again]);
    return !!again;
  }

  /** Stops what is under way; the list on the screen stays, and the engine is given back what it is made of. */
  async function cancel(): Promise<void> {
    const called = held?.opening();
    list?.goBack();
    const again = await halt();
    if (again || (called && !list?.isThere())) {
      // What was there takes too long itself.
      held?.setAside(called ?? held.sources());
      await guarded("read", empty);
    } else await recover();
  }

  return { holds, lists, empty, fail, guarded, step, started, renew, recover, halt, cancel };
});
