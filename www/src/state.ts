// What the page knows, in one place: which files are open, and what is wanted of them. What is wanted goes to the engine whole; what
// comes back is shown whole. Settings outlive a reload; files do where the person said so; results are computed anew.
import { computed, nextTick, reactive, ref, shallowRef, watch } from "vue";
import type {
  ChainInfo,
  Facets,
  Filter,
  IntakeReport,
  LinkState,
  Overview,
  RankedRow,
  RegionCount,
} from "xiangma/slim";
import { type Kind, type Source, dropFile, forget, forgetAll, keepFile, keptFile, recall, remember } from "./disk";
import { type EngineError, type Opened, type Query, type View, ask, failureOf, isStop, ranker } from "./engine";
import { latest } from "./latest";
import { inTurn } from "./turns";
import sampleCandidates from "../../tests/data/sample_candidates.csv?raw";
import sampleResidents from "../../tests/data/sample_residents.csv?raw";

interface Settings {
  chain: string;
  regions: string[];
  preset: string;
  /** Weights moved by hand, by id of the criterion, and the card they were moved on. */
  weights: { card: string; by: Record<string, number> } | null;
  /** Whether files are kept in this browser, as they are. */
  keep: boolean;
  /** Whether the sample is open instead of the person's own files. */
  sample: boolean;
}
interface Preset {
  id: string;
  revision: string;
  title: { zh: string; en: string };
  criteria: { id: string; weight: number }[];
  grades: { name: string }[];
  vetoes: { id: string; title: { zh: string; en: string } }[];
  json: string;
}

const defaults: Settings = {
  chain: "optoelectronics",
  regions: [],
  preset: "attraction",
  weights: null,
  keep: false,
  sample: false,
};
const MOST_WEIGHT = 10_000;

/** Settings as they were kept, each taken only where it is what it should be. */
function restored(): Settings {
  const kept = recall("settings") as Partial<Settings> | null;
  const settings = structuredClone(defaults);
  if (typeof kept !== "object" || kept === null) return settings;
  if (typeof kept.chain === "string") settings.chain = kept.chain;
  if (Array.isArray(kept.regions)) settings.regions = kept.regions.filter(r => typeof r === "string");
  if (typeof kept.preset === "string") settings.preset = kept.preset;
  const weights = kept.weights;
  const fits = (w: unknown) => Number.isInteger(w) && (w as number) >= 0 && (w as number) <= MOST_WEIGHT;
  if (
    typeof weights?.card === "string" &&
    typeof weights.by === "object" &&
    weights.by &&
    Object.values(weights.by).every(fits)
  )
    settings.weights = weights;
  settings.keep = kept.keep === true;
  settings.sample = kept.sample === true;
  return settings;
}

export const settings = reactive<Settings>(restored());
watch(settings, s => remember("settings", s), { deep: true });
const noFilter = (): Required<Filter> => ({
  regions: [],
  links: [],
  roles: [],
  needs: [],
  grades: [],
  text: "",
  hideVetoed: false,
});
export const filter = reactive(noFilter());

export const asOf = new Date().toLocaleDateString("sv-SE");
/** What is under way, the latest last. */
const tasks = ref<string[]>([]);
export const busy = computed(() => tasks.value.at(-1) ?? "");
export const progress = ref(0);
export const error = shallowRef<EngineError | null>(null);
/** Something to know that is no failure: a key of the words, and what goes into them. */
export const notice = shallowRef<{ key: string; of?: Record<string, string>; undo?: () => void } | null>(null);
/** The files the engine holds. */
export const files = shallowRef<Partial<Record<Kind, Source>>>({});
export const reports = shallowRef<Partial<Record<Kind, IntakeReport>>>({});
/** Files of the last visit, or of what was called off, which open when the person says so. */
export const offered = shallowRef<{ why: "unfinished" | "cancelled"; sources: Partial<Record<Kind, Source>> } | null>(
  null,
);

export const presets = shallowRef<Preset[]>([]);
export const chains = shallowRef<ChainInfo[]>([]);
export const regions = shallowRef<RegionCount[]>([]);
/** What the engine answered last; the list on the screen is this one. */
export const view = shallowRef<View | null>(null);
export const overview = computed<Overview | null>(() => view.value?.overview ?? null);
export const weights = computed<number[]>(() => view.value?.weights ?? []);
export const facets = computed<Facets | null>(() => view.value?.facets ?? null);
export const passing = computed(() => view.value?.total ?? 0);
export const unreached = computed(() => view.value?.unreached ?? []);
/** The rows drawn so far. */
export const rows = shallowRef<RankedRow[]>([]);
export const diagnosis = shallowRef<LinkState[] | null>(null);
const FIRST = 200;
export const limit = ref(FIRST);
export const links = computed(() => new Map(chains.value.flatMap(c => c.links.map(l => [l.id, l] as const))));

ranker.onProgress = share => (progress.value = share);

function say(e: unknown): void {
  const failure = failureOf(e);
  if (failure.code !== "CANCELLED" && failure.code !== "SAID") error.value = failure;
}

/** A failure that nobody else has seen to: it is said, or, where the engine stopped, mended. */
export function fail(e: unknown): void {
  if (isStop(e)) void recover();
  else say(e);
}

/** Does what may take long or fail; a failure is said. True when it is done. */
async function guarded(what: string, work: () => Promise<unknown>): Promise<boolean> {
  tasks.value = [...tasks.value, what];
  progress.value = 0;
  error.value = null;
  try {
    await work();
    return true;
  } catch (e) {
    // What stopped the engine must not take with it what was there before.
    if (!isStop(e) || (await recover())) say(e);
    return false;
  } finally {
    const at = tasks.value.lastIndexOf(what);
    tasks.value = tasks.value.filter((_, i) => i !== at);
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
    const before = [files.value, reports.value, regions.value, aside.value, settings.sample] as const;
    if (await work()) return keepFiles();
    const changed = files.value !== before[0];
    [files.value, reports.value, regions.value, aside.value, settings.sample] = before;
    // Who calls off starts the engine anew himself.
    if (changed && of === era) await recover();
  });
  turn = mine.catch(() => {});
  return mine;
}

export const card = computed<Preset | undefined>(
  () => presets.value.find(p => p.id === settings.preset) ?? presets.value[0],
);
const nameOf = (c: Preset): string => `${c.id}@${c.revision}`;
/** What the list on the screen was asked for with. */
let shown: Query | undefined;
/** The card of the list on the screen. */
export const shownCard = shallowRef<Preset>();

/** Weights by id of the criterion, of all criteria of the card: as moved, else the card's own. */
export const cardWeights = computed<Record<string, number>>(() => {
  const its = card.value;
  if (!its) return {};
  const moved = settings.weights?.card === nameOf(its) ? settings.weights.by : {};
  return Object.fromEntries(its.criteria.map(c => [c.id, moved[c.id] ?? c.weight]));
});
const moved = (): boolean => !!card.value && settings.weights?.card === nameOf(card.value);

function query(): Query {
  return {
    chains: settings.chain ? [settings.chain] : [],
    regions: [...settings.regions],
    card: card.value?.json ?? "",
    weights: moved() ? { ...cardWeights.value } : null,
    filter: JSON.parse(JSON.stringify(filter)),
    count: limit.value,
    run: view.value?.run ?? 0,
  };
}
/** What the list on the screen is, for whoever asks for more of the same. */
export const wanted = query;

/** Asks for the list as it is wanted now, and shows it. */
const refresh = latest(async () => {
  const asked = query();
  const preset = card.value;
  try {
    const answer = await ask("view", asked);
    shown = asked;
    shownCard.value = preset;
    show(answer);
  } catch (e) {
    // The list on the screen stays, and with it the target it was made for.
    if (shown && !isStop(e) && failureOf(e).code !== "CANCELLED") goBack();
    throw e;
  }
});
/** Puts the target back to that of the list on the screen. */
function goBack(): void {
  if (!shown || !shownCard.value) return;
  settings.chain = shown.chains[0] ?? "";
  settings.regions = [...shown.regions];
  settings.preset = shownCard.value.id;
}

/** So many rows are drawn at once when a list first appears; the rest follows, a frame each, so that the page keeps answering. */
const AT_ONCE = 8;
let drawing = 0;

function show(answer: View): void {
  const mine = ++drawing;
  if (answer.diagnosis !== undefined) diagnosis.value = answer.diagnosis;
  const grow = (count: number): void => {
    if (mine !== drawing) return;
    rows.value = answer.rows.slice(0, count);
    if (count < answer.rows.length) inTurn(() => grow(count + AT_ONCE));
  };
  // Nothing of another list is left standing beside the new one.
  const another = view.value?.list !== answer.list;
  view.value = answer;
  // A list that is there already only changes: it keeps its length, and the page its place.
  grow(another ? AT_ONCE : Math.max(rows.value.length, AT_ONCE));
  Object.assign(window, { xiangmaTimes: { ...answer.times, took: answer.took } });
}

/** As `refresh`; an engine that stops on the way is started anew, with the same wish. */
async function refreshed(): Promise<void> {
  try {
    await refresh();
  } catch (e) {
    if (!isStop(e)) throw e;
    if (!(await recover())) throw { code: "SAID", message: "not recovered" } satisfies EngineError;
  }
}
/** Ranks anew after the target, the card or a table changed. */
export const run = (): Promise<boolean> => guarded("working", refreshed);
/** Ranks again under other weights or another filter: too quick for a word. */
const again = (): Promise<void> => refreshed().catch(say);

async function replay(): Promise<void> {
  await ask("start", asOf);
  for (const kind of ["residents", "candidates"] as const) {
    const source = files.value[kind];
    if (source) await ask("load", kind, source.file);
  }
  if (files.value.candidates) await refresh();
}

let recovering: Promise<boolean> | undefined;
/** Starts the engine anew with what it held; false, and said, when that fails as well. */
export function recover(): Promise<boolean> {
  return (recovering ??= (async () => {
    tasks.value = [...tasks.value, "recovering"];
    // What a fault left behind is not gone on with.
    ranker.stop();
    try {
      await replay().catch(e => {
        if (!isStop(e)) throw e;
        // Perhaps the new target stopped it: once more with that of the list on the screen.
        goBack();
        return replay();
      });
      return true;
    } catch (e) {
      say(isStop(e) ? { code: "NOT_RECOVERED", message: failureOf(e).message } : e);
      return false;
    } finally {
      tasks.value = tasks.value.filter(t => t !== "recovering");
      recovering = undefined;
    }
  })());
}
ranker.onDeath = () => void recover();

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
export async function setKeep(keep: boolean): Promise<void> {
  settings.keep = keep;
  await keepFiles();
}

async function take(kind: Kind, source: Source): Promise<void> {
  const report = await ask("load", kind, source.file);
  files.value = { ...files.value, [kind]: source };
  reports.value = { ...reports.value, [kind]: report };
  if (kind === "candidates") {
    limit.value = FIRST;
    regions.value = await ask("regions");
  }
}
async function leave(kind: Kind): Promise<void> {
  if (kind === "residents") await ask("dropResidents");
  else close();
  files.value = { ...files.value, [kind]: undefined };
  reports.value = { ...reports.value, [kind]: undefined };
}

/** The person's own files, while the sample is open. */
const aside = shallowRef<Partial<Record<Kind, Source>> | null>(null);
const other = (kind: Kind): Kind => (kind === "candidates" ? "residents" : "candidates");

/** The list, when there are candidates. */
const ranked = (): Promise<boolean> => (files.value.candidates ? run() : Promise.resolve(true));

/** Opens a file of the person's own. It is read once: what becomes of it on the disk later is of no matter. */
export const load = (kind: Kind, name: string, file: Blob): Promise<void> =>
  step(async () => {
    const done = await guarded("read", async () => {
      await take(kind, { name, file: new Blob([await file.arrayBuffer()]) });
      // Nothing of the sample stays beside a real file.
      if (settings.sample) await endSample(other(kind));
      offered.value = null;
    });
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

export const SAMPLE: Record<Kind, Source> = {
  candidates: { name: "示例数据-候选企业.csv", file: new Blob([sampleCandidates]) },
  residents: { name: "示例数据-落户企业.csv", file: new Blob([sampleResidents]) },
};
/** Opens the sample that comes with the page; the person's own files wait. */
export const sample = (): Promise<void> =>
  step(async () => {
    const done = await guarded("read", async () => {
      const own = settings.sample ? aside.value : files.value;
      await take("residents", SAMPLE.residents);
      await take("candidates", SAMPLE.candidates);
      [aside.value, settings.sample, offered.value] = [own, true, null];
    });
    return done && ranked();
  });
/** Back from the sample to the person's own files. */
export const leaveSample = (): Promise<void> =>
  step(async () => (await guarded("read", () => endSample("residents", "candidates"))) && ranked());

export const dropResidents = (): Promise<void> =>
  step(async () => (await guarded("read", () => leave("residents"))) && ranked());

/** What is being opened now, to be offered again when it is called off. */
let opening: Partial<Record<Kind, Source>> | null = null;
const OPENING = "opening";

/** Opens what was kept or called off. Until it is done a mark says so: a file that takes the page down with it is not opened again unasked. */
export const reopen = (sources: Partial<Record<Kind, Source>>): Promise<void> =>
  step(async () => {
    opening = sources;
    remember(OPENING, true);
    const done = await guarded("read", async () => {
      offered.value = null;
      for (const kind of ["residents", "candidates"] as const) if (sources[kind]) await take(kind, sources[kind]);
    });
    const whole = done && (await ranked());
    opening = null;
    forget(OPENING);
    return whole;
  });
/** The person does not want it any more. */
export async function discardOffer(): Promise<void> {
  offered.value = null;
  await keepFiles();
}

/** Closes the list. */
function close(): void {
  [view.value, rows.value, diagnosis.value, shown, shownCard.value] = [null, [], null, undefined, undefined];
}

/** Stops what is under way; the list on the screen stays, and the engine is given back what it is made of. */
export async function cancel(): Promise<void> {
  const [called, again] = [opening, recovering];
  era++;
  goBack();
  ranker.stop();
  await Promise.all([turn, again]);
  if (again || (called && !view.value)) {
    // What was there takes too long itself.
    offered.value = { why: "cancelled", sources: called ?? files.value };
    close();
    [files.value, reports.value] = [{}, {}];
    await guarded("read", () => ask("start", asOf));
  } else await recover();
}

let starting: Promise<boolean> | undefined;
/** True once the engine is there; after a failure, which is said, whoever asks next tries again. */
function started(): Promise<boolean> {
  return (starting ??= guarded("read", async () => {
    await ask("start", asOf);
    chains.value = await ask("chains");
    presets.value = (await ask("presets")).map(json => ({ ...JSON.parse(json), json }));
  }).then(done => {
    if (!done) starting = undefined;
    return done;
  }));
}

/** Starts the engine and brings back what was there at the last visit. */
export async function begin(): Promise<void> {
  // Without the engine nothing can be said of the settings: they stay.
  if (!(await started())) return;
  if (settings.chain && !chains.value.some(c => c.id === settings.chain)) settings.chain = defaults.chain;
  if (!presets.value.some(p => p.id === settings.preset)) settings.preset = presets.value[0].id;
  const sources: Partial<Record<Kind, Source>> = {};
  for (const kind of ["residents", "candidates"] as const)
    sources[kind] = settings.keep ? await keptFile(kind) : undefined;
  const any = sources.candidates || sources.residents;
  if (settings.sample) {
    aside.value = sources;
    await sample();
  } else if (any && recall(OPENING)) offered.value = { why: "unfinished", sources };
  else if (any) await reopen(sources);
}

/** The weights as far as sliders reach; it grows with what is to be shown, and never under the hand that moves one. */
export const reach = ref(MOST_WEIGHT / 2);
let handled = false;
watch(
  [cardWeights, shownCard],
  () => {
    if (!handled) reach.value = Math.max(MOST_WEIGHT / 2, ...Object.values(cardWeights.value));
    handled = false;
  },
  { immediate: true, flush: "sync" },
);

/** Whether weights can be moved: those shown are those of the list on the screen. */
export const canWeigh = computed(() => shownCard.value === card.value);

/** Moves weights, by id of the criterion; false, and said, when nothing would count any more. */
export async function weigh(changed: Record<string, number>, byHand = false): Promise<boolean> {
  const its = card.value;
  if (!its || !canWeigh.value) return false;
  const by = { ...cardWeights.value, ...changed };
  const counts = its.criteria.filter(c => !overview.value?.leftOut.includes(c.id));
  if (!counts.some(c => by[c.id] > 0)) {
    notice.value = { key: "weightsZero" };
    return false;
  }
  if (notice.value?.key === "weightsZero") notice.value = null;
  handled = byHand;
  settings.weights = { card: nameOf(its), by };
  await again();
  return true;
}
export async function resetWeights(): Promise<void> {
  settings.weights = null;
  await again();
}
/** Takes another card, with its own weights. */
export async function chooseCard(): Promise<void> {
  settings.weights = null;
  await run();
}

/** Narrows the list by the filter as it stands. */
export async function applyFilter(): Promise<void> {
  limit.value = FIRST;
  await again();
}
export async function clearFilter(): Promise<void> {
  Object.assign(filter, noFilter());
  await applyFilter();
}
export async function showMore(): Promise<void> {
  limit.value += FIRST;
  await again();
}

/** What is remembered of the panel, and of the language. */
const ALSO = ["panel", "lang"];

/** Takes away everything the page holds and keeps; until the page is left it can be brought back. */
export async function clearAll(): Promise<void> {
  const before = {
    settings: JSON.parse(JSON.stringify(settings)) as Settings,
    filter: JSON.parse(JSON.stringify(filter)),
    files: files.value,
    aside: aside.value,
    also: ALSO.map(key => [key, recall(key)] as const),
  };
  era++;
  ranker.stop();
  await turn;
  close();
  [files.value, reports.value, aside.value, offered.value, error.value] = [{}, {}, null, null, null];
  Object.assign(settings, structuredClone(defaults));
  Object.assign(filter, noFilter());
  await nextTick();
  await forgetAll();
  await guarded("read", () => ask("start", asOf));
  notice.value = {
    key: "cleared",
    undo: () =>
      void step(async () => {
        notice.value = null;
        Object.assign(settings, before.settings);
        Object.assign(filter, before.filter);
        for (const [key, value] of before.also) if (value !== null) remember(key, value);
        const done = await guarded("read", async () => {
          for (const kind of ["residents", "candidates"] as const)
            if (before.files[kind]) await take(kind, before.files[kind]);
          aside.value = before.aside;
        });
        return done && ranked();
      }),
  };
}

/** The enterprise of a row on the screen, to be opened. */
export const openedOf = (row: RankedRow): Opened => ({
  list: view.value?.list ?? 0,
  row: row.row,
  name: row.name,
  creditCode: row.creditCode,
});
