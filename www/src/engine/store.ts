// The engine's life: start, step, stop, and back to life with what it held. What it holds is said in `files.ts` and
// `views/ranking`.
import { defineStore } from "pinia";
import { type Task, useShell } from "../shell/store";
import { useRanking } from "../views/ranking/store";
import { asOf, useDefinitions } from "./definitions";
import { ask, failureOf, isStop, ranker } from "./engine";
import { useFiles } from "./files";

export const useEngine = defineStore("engine", () => {
  const shell = useShell();
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
      const files = useFiles();
      const before = files.snapshot();
      if (await work()) return files.keepFiles();
      const changed = before.restore();
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
    const { files } = useFiles();
    for (const kind of ["residents", "candidates"] as const) {
      const source = files[kind];
      if (source) await ask("load", kind, source.file, source.options);
    }
    if (files.candidates) await useRanking().refresh();
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
          useRanking().goBack();
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
    const files = useFiles();
    const called = files.opening();
    useRanking().goBack();
    const again = await halt();
    if (again || (called && !useRanking().view)) {
      // What was there takes too long itself.
      files.setAside(called ?? files.files);
      await guarded("read", empty);
    } else await recover();
  }

  return { empty, fail, guarded, step, started, renew, recover, halt, cancel };
});
