// What the page knows, in one place. Files and settings outlive a reload; results are computed anew.
import { del, get, set } from "idb-keyval";
import { computed, reactive, ref, shallowRef, toRaw, watch } from "vue";
import type { ChainInfo, Facets, Filter, IntakeReport, LinkState, Overview, RankedRow } from "xiangma/slim";
import { type EngineError, type ListResult, ask, restart, watchProgress } from "./engine";
import { latest } from "./latest";
import { inTurn } from "./turns";
import sampleCandidates from "../../tests/data/sample_candidates.csv?raw";
import sampleResidents from "../../tests/data/sample_residents.csv?raw";

interface Kept {
  name: string;
  file: Blob;
}
interface Settings {
  chain: string;
  regions: string[];
  preset: string;
  weights: number[] | null;
}

interface Preset {
  id: string;
  title: { zh: string; en: string };
  json: string;
}

const STORE = "xiangma.settings";
const defaults: Settings = { chain: "optoelectronics", regions: [], preset: "attraction", weights: null };

function restored(): Settings {
  try {
    return { ...defaults, ...JSON.parse(localStorage.getItem(STORE) ?? "{}") };
  } catch {
    return { ...defaults };
  }
}

export const settings = reactive<Settings>(restored());
watch(settings, (s) => localStorage.setItem(STORE, JSON.stringify(s)), { deep: true });

export const presets = shallowRef<Preset[]>([]);
export const asOf = new Date().toLocaleDateString("sv-SE");
export const busy = ref("");
export const progress = ref(0);
export const error = shallowRef<EngineError | null>(null);
export const files = reactive<{ candidates: string; residents: string }>({ candidates: "", residents: "" });
/** The candidates' file itself, for whatever else is to be told of it. */
export const candidatesFile = shallowRef<Blob | null>(null);
export const reports = shallowRef<{ candidates: IntakeReport | null; residents: IntakeReport | null }>({ candidates: null, residents: null });
export const overview = shallowRef<Overview | null>(null);
export const rows = shallowRef<RankedRow[]>([]);
export const chains = shallowRef<ChainInfo[]>([]);
export const diagnosis = shallowRef<LinkState[] | null>(null);
export const weights = ref<number[]>([]);
export const took = ref(0);
export const times = shallowRef<Record<string, number>>({});
const noFilter = (): Required<Filter> => ({ regions: [], links: [], roles: [], needs: [], grades: [], text: "", hideVetoed: false });
export const filter = reactive(noFilter());
export const facets = shallowRef<Facets | null>(null);
/** How many the filter lets through: every enterprise has a grade. */
export const passing = computed(() =>
  (facets.value?.grades ?? []).filter((g) => !filter.grades.length || filter.grades.includes(g.value)).reduce((sum, g) => sum + g.count, 0),
);
export const limit = ref(200);
export const links = computed(() => new Map(chains.value.flatMap((c) => c.links.map((l) => [l.id, l] as const))));

/** Lets the page answer before more is drawn. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

watchProgress((share) => (progress.value = share));

async function guarded(what: string, work: () => Promise<void>): Promise<boolean> {
  busy.value = what;
  progress.value = 0;
  error.value = null;
  try {
    await work();
    return true;
  } catch (e) {
    if ((e as EngineError).code !== "CANCELLED") error.value = e as EngineError;
    return false;
  } finally {
    busy.value = "";
  }
}

/** Reads a file into the engine, keeps it for the next visit, and runs. The page passes the file on and never holds its bytes. */
export async function load(kind: "candidates" | "residents", name: string, file: Blob, keep = true): Promise<void> {
  const start = performance.now();
  const loaded = await guarded("read", async () => {
    const report = kind === "candidates" ? await ask("candidates", file) : await ask("residents", file);
    reports.value = { ...reports.value, [kind]: report };
    files[kind] = name;
    if (kind === "candidates") candidatesFile.value = file;
  });
  if (!loaded) return;
  if (keep) void set(`xiangma.${kind}`, { name, file } satisfies Kept).catch(() => {});
  if (files.candidates) await run();
  times.value = { ...times.value, total: performance.now() - start };
}

export async function dropResidents(): Promise<void> {
  files.residents = "";
  reports.value = { ...reports.value, residents: null };
  await del("xiangma.residents");
  await ask("residents", null);
  if (files.candidates) await run();
}

/** Locates, assesses and ranks with the settings in force. */
export async function run(): Promise<void> {
  await guarded("working", async () => {
    const card = presets.value.find((p) => p.id === settings.preset) ?? presets.value[0];
    const result = await ask("run", settings.chain ? [settings.chain] : [], [...settings.regions], card.json);
    overview.value = result.overview;
    weights.value = result.overview.criteria.map((c) => c.weight);
    Object.assign(filter, noFilter());
    times.value = result.times;
    await breath();
    show(result);
    await breath();
    diagnosis.value = (await ask("diagnosis")) ?? null;
    limit.value = 200;
    if (settings.weights && settings.weights.length === weights.value.length) {
      weights.value = [...settings.weights];
      await rerank();
    }
  });
}

/** Ranks again with the sliders' weights. */
export const rerank = latest(async () => {
  if (weights.value.every((w) => w === 0)) return;
  const result = await ask("weights", [...toRaw(weights.value)], limit.value);
  took.value = result.took;
  show(result);
});

export async function moveWeight(): Promise<void> {
  settings.weights = [...weights.value];
  await rerank();
}

export async function resetWeights(): Promise<void> {
  settings.weights = null;
  if (overview.value) weights.value = overview.value.criteria.map((c) => c.weight);
  await rerank();
}

/** So many rows are drawn at once when a list first appears; the rest follows, a frame each, so that the page keeps answering. */
const AT_ONCE = 8;
let drawing = 0;

function show(result: ListResult): void {
  const turn = ++drawing;
  const grow = (count: number): void => {
    if (turn !== drawing) return;
    rows.value = result.rows.slice(0, count);
    if (count < result.rows.length) inTurn(() => grow(count + AT_ONCE));
  };
  // A list that is there already only changes: it keeps its length, and the page its place.
  grow(Math.max(rows.value.length, AT_ONCE));
  const counted = result.facets;
  // Whatever is drawn meanwhile, what was counted holds until it is counted again; and timers keep their order.
  if (counted) void breath().then(() => (facets.value = counted));
}

/** Narrows the list by the filter as it stands. */
export async function applyFilter(): Promise<void> {
  limit.value = 200;
  show(await ask("filter", JSON.parse(JSON.stringify(filter)), limit.value));
}

export async function showMore(): Promise<void> {
  limit.value += 200;
  show(await ask("list", limit.value));
}

/** Stops what is under way; the list of before comes back. */
export async function cancel(): Promise<void> {
  restart();
  overview.value = null;
  await begin();
}

/** Starts the engine and brings back what was there at the last visit. */
export async function begin(): Promise<void> {
  await guarded("read", async () => {
    await ask("start", asOf);
    chains.value = await ask("chains");
    presets.value = (await ask("presets")).map((json) => ({ ...JSON.parse(json), json }));
  });
  if (settings.chain && !chains.value.some((c) => c.id === settings.chain)) settings.chain = defaults.chain;
  for (const kind of ["residents", "candidates"] as const) {
    const kept = await get<Kept>(`xiangma.${kind}`);
    if (kept?.file) await load(kind, kept.name, kept.file, false);
  }
}

export const SAMPLE = "示例数据-候选企业.csv";
const SAMPLE_RESIDENTS = "示例数据-落户企业.csv";

/** Loads the sample that comes with the page. */
export async function sample(): Promise<void> {
  await load("residents", SAMPLE_RESIDENTS, new Blob([sampleResidents]));
  await load("candidates", SAMPLE, new Blob([sampleCandidates]));
}

export async function clearAll(): Promise<void> {
  await Promise.all([del("xiangma.candidates"), del("xiangma.residents")]);
  localStorage.removeItem(STORE);
  location.reload();
}

// For whoever measures the page.
watch(times, (value) => Object.assign(window, { xiangmaTimes: value }));
