// Takes away everything the page holds and keeps; until the page is left it can be brought back.
import { nextTick } from "vue";
import { useShell } from "../shell/store";
import { takeAway } from "./clearing";
import { forgetAll, recallAll, remember } from "./disk";
import { useFiles } from "./files";
import { useEngine } from "./store";

/** These have owners who bring them back, or are of the moment. */
const OWNED = ["settings", "opening"];

export async function clearAll(): Promise<void> {
  const [shell, engine, files] = [useShell(), useEngine(), useFiles()];
  const kept = recallAll().filter(([key]) => !OWNED.includes(key));
  await engine.halt();
  const undoFiles = files.letGo();
  shell.error = null;
  const undos = await takeAway();
  // What is kept of the settings follows them in the next tick.
  await nextTick();
  await forgetAll();
  await engine.guarded("read", engine.empty);
  shell.notice = {
    key: "cleared",
    undo: () =>
      void engine.step(async () => {
        shell.notice = null;
        for (const undo of undos) await undo();
        for (const [key, value] of kept) remember(key, value);
        return undoFiles();
      }),
  };
}
