// Which files are open: the person's own, or the sample while they wait. Files are kept where the person said so.
import type { IntakeReport, ReadOptions, RegionCount } from "xiangma/slim";
import { defineStore } from "pinia";
import { shallowRef } from "vue";
import { sampleFiles } from "../views/later";
import { useRanking } from "../views/ranking/store";
import { useDefinitions } from "./definitions";
import { dropEdition, dropFile, forget, keepFile, keptFile, recall, remember } from "./disk";
import { ask } from "./engine";
import type { Kind, Source, Sources } from "./protocol";
import { copyOf } from "./copy";
import { defaults, useSettings } from "./settings";
import { useEngine } from "./store";

const OPENING = "opening";
const other = (kind: Kind): Kind => (kind === "candidates" ? "residents" : "candidates");

export const useFiles = defineStore("files", () => {
  const settings = useSettings();
  /** The files the engine holds. */
  const files = shallowRef<Sources>({});
  const reports = shallowRef<Partial<Record<Kind, IntakeReport>>>({});
  /** Where the candidates lie, and how many there. */
  const regions = shallowRef<RegionCount[]>([]);
  /** Files of the last visit, or of what was called off, which open when the person says so. */
  const offered = shallowRef<{ why: "unfinished" | "cancelled"; sources: Sources } | null>(null);
  /** The person's own files, while the sample is open. */
  const aside = shallowRef<Sources | null>(null);

  /** How things stand; `restore` goes back to it, and is true when the files were others meanwhile. */
  function snapshot(): { restore: () => boolean } {
    const before = [files.value, reports.value, regions.value, aside.value, settings.sample] as const;
    return {
      restore: () => {
        const changed = files.value !== before[0];
        [files.value, reports.value, regions.value, aside.value, settings.sample] = before;
        return changed;
      },
    };
  }

  /** Keeps the person's own files where that is wanted, and no others. */
  async function keepFiles(): Promise<void> {
    const own = settings.sample ? aside.value : files.value;
    for (const kind of ["candidates", "residents"] as const) {
      const source = own?.[kind];
      if (source && settings.keep) await keepFile(kind, source);
      // What is offered is there until the person opens or discards it.
      else if (!offered.value) await dropFile(kind);
    }
  }
  /** The person says whether files are kept. */
  async function setKeep(keep: boolean): Promise<void> {
    settings.keep = keep;
    if (!keep) await dropEdition();
    await keepFiles();
  }

  async function take(kind: Kind, source: Source): Promise<void> {
    const report = await ask("load", kind, source.file, source.options);
    files.value = { ...files.value, [kind]: source };
    reports.value = { ...reports.value, [kind]: report };
    if (kind === "candidates") {
      useRanking().fromTheTop();
      regions.value = await ask("regions");
    }
  }
  async function leave(kind: Kind): Promise<void> {
    if (kind === "residents") await ask("dropResidents");
    else useRanking().close();
    files.value = { ...files.value, [kind]: undefined };
    reports.value = { ...reports.value, [kind]: undefined };
  }
  /** The list, when there are candidates. */
  const ranked = (): Promise<boolean> => (files.value.candidates ? useRanking().run() : Promise.resolve(true));
  const guarded = (work: () => Promise<unknown>): Promise<boolean> => useEngine().guarded("read", work);
  const step = (work: () => Promise<boolean>): Promise<void> => useEngine().step(work);

  /** What stood in the place of a file of the person's own: to be brought back, or nothing there. */
  const replaced = shallowRef<Partial<Record<Kind, Source | null>>>({});

  /** Opens a file of the person's own. It is read once: what becomes of it on the disk later is of no matter. */
  const load = (kind: Kind, name: string, file: Blob, options?: ReadOptions): Promise<void> =>
    step(async () => {
      const before = settings.sample ? undefined : (files.value[kind] ?? null);
      const done = await guarded(async () => {
        // One that is open was copied when it was opened.
        const copy = files.value[kind]?.file === file ? file : await copyOf(file);
        await take(kind, { name, file: copy, ...(options && { options }) });
        // Nothing of the sample stays beside a real file.
        if (settings.sample) await endSample(other(kind));
        offered.value = null;
      });
      if (done) replaced.value = { ...replaced.value, [kind]: before };
      return done && ranked();
    });
  /** Brings back what a file took the place of. */
  const undoLoad = (kind: Kind): Promise<void> =>
    step(async () => {
      const before = replaced.value[kind];
      const done = await guarded(async () => {
        if (before) await take(kind, before);
        else if (before === null) await leave(kind);
        replaced.value = { ...replaced.value, [kind]: undefined };
      });
      return done && ranked();
    });
  const drop = (kind: Kind): Promise<void> =>
    step(async () => {
      const done = await guarded(() => leave(kind));
      replaced.value = { ...replaced.value, [kind]: undefined };
      return done && ranked();
    });

  /** Ends the sample: of what is told, the person's own takes its place again. */
  async function endSample(...kinds: Kind[]): Promise<void> {
    const own = aside.value ?? {};
    settings.sample = false;
    for (const kind of kinds) {
      const source = own[kind];
      if (source) await take(kind, source);
      else await leave(kind);
    }
    aside.value = null;
  }
  /** Opens the sample that comes with the page; the person's own files wait. */
  const sample = (): Promise<void> =>
    step(async () => {
      const done = await guarded(async () => {
        const { SAMPLE } = await sampleFiles();
        const own = settings.sample ? aside.value : files.value;
        await take("residents", SAMPLE.residents);
        await take("candidates", SAMPLE.candidates);
        [aside.value, settings.sample, offered.value] = [own, true, null];
      });
      return done && ranked();
    });
  /** Back from the sample to the person's own files. */
  const leaveSample = (): Promise<void> =>
    step(async () => (await guarded(() => endSample("residents", "candidates"))) && ranked());

  /** What is being opened now, to be offered again when it is called off. */
  let underWay: Sources | null = null;
  const opening = (): Sources | null => underWay;
  /**
   * Opens what was kept or called off. Until it is done a mark says so: a file that takes the page down with it is not
   * opened again unasked.
   */
  const reopen = (sources: Sources): Promise<void> =>
    step(async () => {
      underWay = sources;
      remember(OPENING, true);
      const done = await guarded(async () => {
        offered.value = null;
        for (const kind of ["residents", "candidates"] as const) {
          const source = sources[kind];
          if (source) await take(kind, source);
        }
      });
      const whole = done && (await ranked());
      underWay = null;
      forget(OPENING);
      return whole;
    });
  /** The person does not want it any more. */
  async function discardOffer(): Promise<void> {
    offered.value = null;
    await keepFiles();
  }
  /** Closes everything, and offers what took too long. */
  function setAside(sources: Sources): void {
    offered.value = { why: "cancelled", sources };
    useRanking().close();
    [files.value, reports.value] = [{}, {}];
  }

  /** Closes everything; gives a way to open it again, as a step. */
  function letGo(): () => Promise<boolean> {
    replaced.value = {};
    const before = { files: files.value, aside: aside.value };
    useRanking().close();
    [files.value, reports.value, aside.value, offered.value] = [{}, {}, null, null];
    return async () => {
      const done = await guarded(async () => {
        for (const kind of ["residents", "candidates"] as const) {
          const source = before.files[kind];
          if (source) await take(kind, source);
        }
        aside.value = before.aside;
      });
      return done && ranked();
    };
  }

  async function keptFiles(): Promise<Sources> {
    if (!settings.keep) return {};
    return { residents: await keptFile("residents"), candidates: await keptFile("candidates") };
  }
  /** Starts the engine and brings back what was there at the last visit. */
  async function begin(): Promise<void> {
    // Without the engine nothing can be said of the settings: they stay. What was kept is offered, also when the start was called off.
    if (!(await useEngine().started())) {
      const sources = await keptFiles();
      if (sources.candidates || sources.residents) offered.value = { why: "cancelled", sources };
      return;
    }
    const { chains, presets } = useDefinitions();
    if (settings.chain && !chains.some(c => c.id === settings.chain)) settings.chain = defaults.chain;
    if (!presets.some(p => p.id === settings.preset)) settings.preset = presets[0].id;
    const sources = await keptFiles();
    const any = sources.candidates || sources.residents;
    if (settings.sample) {
      aside.value = sources;
      await sample();
    } else if (any && recall(OPENING)) offered.value = { why: "unfinished", sources };
    else if (any) await reopen(sources);
  }

  useEngine().holds({ sources: () => files.value, snapshot, keepFiles, opening, setAside });
  return {
    ...{ files, reports, regions, offered, aside },
    ...{ load, undoLoad, drop, replaced, sample, leaveSample, reopen, discardOffer, setKeep, begin },
    letGo,
  };
});
