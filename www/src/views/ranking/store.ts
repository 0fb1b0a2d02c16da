// The list: what is wanted of it, whole, and what the engine answered last. The list on the screen is always one answer.
import type { Facets, Filter, LinkState, Overview, RankedRow } from "xiangma/slim";
import { defineStore } from "pinia";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { type Preset, useDefinitions } from "../../engine/definitions";
import { ask, failureOf, isStop } from "../../engine/engine";
import { latest } from "../../engine/latest";
import type { EngineError, Opened, Query, View } from "../../engine/protocol";
import { MOST_WEIGHT, useSettings } from "../../engine/settings";
import { useEngine } from "../../engine/store";
import { inTurn } from "../../legacy/turns";
import { useShell } from "../../shell/store";

const noFilter = (): Required<Filter> => ({
  regions: [],
  links: [],
  roles: [],
  needs: [],
  grades: [],
  text: "",
  hideVetoed: false,
});
const FIRST = 200;
/** So many rows are drawn at once when a list first appears; the rest follows, a frame each: the page keeps answering. */
const AT_ONCE = 8;
const nameOf = (c: Preset): string => `${c.id}@${c.revision}`;

export const useRanking = defineStore("ranking", () => {
  const [shell, settings, definitions] = [useShell(), useSettings(), useDefinitions()];
  const filter = reactive(noFilter());
  const limit = ref(FIRST);
  /** What the engine answered last; the list on the screen is this one. */
  const view = shallowRef<View | null>(null);
  /** The rows drawn so far. */
  const rows = shallowRef<RankedRow[]>([]);
  const diagnosis = shallowRef<LinkState[] | null>(null);
  const overview = computed<Overview | null>(() => view.value?.overview ?? null);
  const weights = computed<number[]>(() => view.value?.weights ?? []);
  const facets = computed<Facets | null>(() => view.value?.facets ?? null);
  const passing = computed(() => view.value?.total ?? 0);
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
      filter: JSON.parse(JSON.stringify(filter)),
      count: limit.value,
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
      if (!(await useEngine().recover())) throw { code: "SAID", message: "not recovered" } satisfies EngineError;
    }
  }
  /** Ranks anew after the target, the card or a table changed. */
  const run = (): Promise<boolean> => useEngine().guarded("working", refreshed);
  /** Ranks again under other weights or another filter: too quick for a word. */
  const again = (): Promise<void> => refreshed().catch(shell.say);

  /** Closes the list. */
  function close(): void {
    [view.value, rows.value, diagnosis.value, shown, shownCard.value] = [null, [], null, undefined, undefined];
  }
  /** A new list is shown from its beginning. */
  function fromTheTop(): void {
    limit.value = FIRST;
  }

  /** The weights as far as sliders reach; it grows with what is to be shown, and never under the hand that moves one. */
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
    settings.weights = { card: nameOf(its), by };
    await again();
    return true;
  }
  async function resetWeights(): Promise<void> {
    settings.weights = null;
    await again();
  }
  /** Takes another card, with its own weights. */
  async function chooseCard(): Promise<void> {
    settings.weights = null;
    await run();
  }

  /** Narrows the list by the filter as it stands. */
  async function applyFilter(): Promise<void> {
    fromTheTop();
    await again();
  }
  async function clearFilter(): Promise<void> {
    Object.assign(filter, noFilter());
    await applyFilter();
  }
  async function showMore(): Promise<void> {
    limit.value += FIRST;
    await again();
  }
  whenCleared(() => {
    const before = JSON.parse(JSON.stringify(filter)) as Required<Filter>;
    Object.assign(filter, noFilter());
    return () => void Object.assign(filter, before);
  });

  /** The enterprise of a row on the screen, to be opened. */
  const openedOf = (row: RankedRow): Opened => ({
    list: view.value?.list ?? 0,
    row: row.row,
    name: row.name,
    creditCode: row.creditCode,
  });

  return {
    ...{ filter, limit, view, rows, diagnosis, overview, weights, facets, passing, unreached },
    ...{ card, shownCard, moved, cardWeights, reach, canWeigh },
    ...{ query, refresh, run, goBack, close, fromTheTop, openedOf },
    ...{ weigh, resetWeights, chooseCard, applyFilter, clearFilter, showMore },
  };
});
