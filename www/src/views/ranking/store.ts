// The list: what is wanted of it, whole, and what the engine answered last. The list on the screen is always one
// answer.
import type { Facets, Filter, LinkState, Overview } from "xiangma/slim";
import { defineStore } from "pinia";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { type Preset, useDefinitions } from "../../engine/definitions";
import { ask, failureOf, isStop } from "../../engine/engine";
import { latest } from "../../engine/latest";
import type { EngineError, ListRow, Opened, Query, View } from "../../engine/protocol";
import { MOST_WEIGHT, type Settings, useSettings } from "../../engine/settings";
import { useEngine } from "../../engine/store";
import { useShell } from "../../shell/store";
import { type ListFilter, type Stand, isNarrowed, noFilter, toFilter } from "./filter";

/** Rows come in blocks of so many; the first with the answer. */
export const BLOCK = 60;
/** Moves of one slider with less between them are one step to undo. */
const ONE_GESTURE = 1200;
const nameOf = (c: Preset): string => `${c.id}@${c.revision}`;

export const useRanking = defineStore("ranking", () => {
  const [shell, settings, definitions] = [useShell(), useSettings(), useDefinitions()];
  const filter = reactive(noFilter());
  /** The criterion that orders the list; the score where it is empty. */
  const by = ref("");
  /** What the engine answered last; the list on the screen is this one. */
  const view = shallowRef<View | null>(null);
  /** The first rows; the others are asked for as they come in sight. */
  const rows = computed<ListRow[]>(() => view.value?.rows ?? []);
  /** Grows when a list is to be shown from its beginning. */
  const beginnings = ref(0);
  const diagnosis = shallowRef<LinkState[] | null>(null);
  const overview = computed<Overview | null>(() => view.value?.overview ?? null);
  const weights = computed<number[]>(() => view.value?.weights ?? []);
  const facets = computed<Facets | null>(() => view.value?.facets ?? null);
  const passing = computed(() => view.value?.total ?? 0);
  const standings = computed<Record<Stand, number>>(() => {
    const counts = { confirmed: 0, possible: 0, off_chain: 0, ruled_out: 0 };
    for (const { value, count } of facets.value?.standings ?? []) counts[value as Stand] = count;
    return counts;
  });
  const narrowed = computed(() => isNarrowed(filter));
  const unreached = computed(() => view.value?.unreached ?? []);

  const card = computed<Preset | undefined>(
    () => definitions.presets.find(p => p.id === settings.preset) ?? definitions.presets[0],
  );
  /** What the list on the screen was asked for with. */
  let shown: Query | undefined;
  /** The card of the list on the screen. */
  const shownCard = shallowRef<Preset>();

  /** Whether weights were moved on the card of now. */
  const moved = computed(() => !!card.value && settings.weights?.card === nameOf(card.value));
  /** Weights by id of the criterion, of all criteria of the card: as moved, else the card's own. */
  const cardWeights = computed<Record<string, number>>(() => {
    const by = moved.value ? (settings.weights?.by ?? {}) : {};
    return Object.fromEntries((card.value?.criteria ?? []).map(c => [c.id, by[c.id] ?? c.weight]));
  });

  /** What the list on the screen is, for whoever asks for more of the same. */
  function query(): Query {
    return {
      chains: settings.chain ? [settings.chain] : [],
      regions: [...settings.regions],
      card: card.value?.json ?? "",
      weights: moved.value ? { ...cardWeights.value } : null,
      filter: toFilter(filter) as Filter,
      by: by.value,
      count: BLOCK,
      run: view.value?.run ?? 0,
    };
  }

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

  /** Blocks of rows of the list on the screen. */
  let blocks = new Map<number, Promise<ListRow[]>>();
  function show(answer: View): void {
    if (answer.diagnosis !== undefined) diagnosis.value = answer.diagnosis;
    blocks = new Map([[0, Promise.resolve(answer.rows)]]);
    view.value = answer;
    Object.assign(window, { xiangmaTimes: { ...answer.times, took: answer.took } });
  }
  /** Rows of the list on the screen, by their places from 0. */
  async function rowsAt(from: number, to: number): Promise<ListRow[]> {
    const [mine, asked] = [blocks, shown];
    const wanted: Promise<ListRow[]>[] = [];
    for (let i = Math.floor(from / BLOCK); i * BLOCK < to; i++) {
      if (!mine.has(i) && asked) {
        const block = ask("window", asked, i * BLOCK, BLOCK);
        // What failed is asked for again when it is looked at again.
        block.catch(() => mine.delete(i));
        mine.set(i, block);
      }
      wanted.push(mine.get(i) ?? Promise.resolve([]));
    }
    const found = (await Promise.all(wanted)).flat();
    const start = from % BLOCK;
    return found.slice(start, start + to - from);
  }

  /** As `refresh`; an engine that stops on the way is started anew, with the same wish. */
  async function refreshed(): Promise<void> {
    try {
      await refresh();
    } catch (e) {
      if (!isStop(e)) throw e;
      if (!(await useEngine().recover())) throw { code: "SAID", message: "not recovered" } satisfies EngineError;
    }
  }
  /** Ranks anew after the target, the card or a table changed. */
  const run = (): Promise<boolean> => useEngine().guarded("working", refreshed);
  /** Ranks again under other weights or another filter: too quick for a word. */
  const again = (): Promise<void> => refreshed().catch(shell.say);

  /** Closes the list. */
  function close(): void {
    [view.value, diagnosis.value, shown, shownCard.value] = [null, null, undefined, undefined];
    blocks = new Map();
    ticked.value = new Map();
  }
  /** A new list is shown from its beginning. */
  function fromTheTop(): void {
    beginnings.value++;
  }

  /** As far as sliders reach; it grows with what is to be shown, and never under the hand that moves one. */
  const reach = ref(MOST_WEIGHT / 2);
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
  const canWeigh = computed(() => shownCard.value === card.value);

  /** Moves weights, by id of the criterion; false, and said, when nothing would count any more. */
  async function weigh(changed: Record<string, number>, byHand = false): Promise<boolean> {
    const its = card.value;
    if (!its || !canWeigh.value) return false;
    const by = { ...cardWeights.value, ...changed };
    const counts = its.criteria.filter(c => !overview.value?.leftOut.includes(c.id));
    if (!counts.some(c => by[c.id] > 0)) {
      shell.notice = { key: "weightsZero" };
      return false;
    }
    if (shell.notice?.key === "weightsZero") shell.notice = null;
    handled = byHand;
    keepForUndo(Object.keys(changed).join());
    settings.weights = { card: nameOf(its), by };
    await again();
    return true;
  }
  async function resetWeights(): Promise<void> {
    keepForUndo("");
    settings.weights = null;
    await again();
  }
  /** Weights of before, the latest last. */
  const before = shallowRef<Settings["weights"][]>([]);
  let gesture = { of: "", at: 0 };
  function keepForUndo(of: string): void {
    const now = performance.now();
    const goesOn = of && gesture.of === of && now - gesture.at < ONE_GESTURE;
    gesture = { of, at: now };
    if (!goesOn) before.value = [...before.value, settings.weights];
  }
  const canUndo = computed(() => before.value.length > 0);
  async function undoWeights(): Promise<void> {
    settings.weights = before.value.at(-1) ?? null;
    before.value = before.value.slice(0, -1);
    gesture = { of: "", at: 0 };
    await again();
  }
  /** Takes another card, with its own weights or with given ones. */
  async function chooseCard(weights?: Record<string, number>): Promise<void> {
    before.value = [];
    settings.weights = weights && card.value ? { card: nameOf(card.value), by: weights } : null;
    await run();
  }

  /** Narrows the list by the filter as it stands. */
  async function applyFilter(): Promise<void> {
    fromTheTop();
    await again();
  }
  async function clearFilter(): Promise<void> {
    Object.assign(filter, { ...noFilter(), standing: filter.standing });
    await applyFilter();
  }
  async function orderBy(criterion: string): Promise<void> {
    by.value = criterion;
    await applyFilter();
  }
  /** Aims at a chain, or at all of them. */
  function aim(chain: string): void {
    settings.chain = chain;
    void run();
  }
  /** Enterprises ticked, by their row. */
  const ticked = shallowRef(new Map<number, Opened>());
  function tick(row: ListRow): void {
    const now = new Map(ticked.value);
    if (!now.delete(row.row)) now.set(row.row, openedOf(row));
    ticked.value = now;
  }
  const untick = (): void => void (ticked.value = new Map());
  // A row is another enterprise in another list.
  watch(() => view.value?.list, untick);
  whenCleared(() => {
    const had = JSON.parse(JSON.stringify(filter)) as ListFilter;
    Object.assign(filter, noFilter());
    before.value = [];
    return () => void Object.assign(filter, had);
  });

  /** The enterprise of a row on the screen, to be opened. */
  const openedOf = (row: Pick<ListRow, "row" | "name" | "creditCode">): Opened => ({
    list: view.value?.list ?? 0,
    row: row.row,
    name: row.name,
    creditCode: row.creditCode,
  });

  useEngine().lists({ refresh, goBack, isThere: () => view.value !== null });
  return {
    ...{ filter, by, beginnings, view, rows, diagnosis, overview, weights, facets, standings, passing, unreached },
    ...{ narrowed, ticked, card, shownCard, moved, cardWeights, reach, canWeigh, canUndo },
    ...{ query, refresh, run, aim, goBack, close, fromTheTop, openedOf, rowsAt, tick, untick },
    ...{ weigh, resetWeights, undoWeights, chooseCard, applyFilter, clearFilter, orderBy },
  };
});
