// A table as it would be read: its sheets and columns, and what a person says of them instead.
import type { IntakeReport, Preview, ReadOptions } from "xiangma/slim";
import { computed, ref, shallowRef, watch } from "vue";
import { ask, failureOf, isStop } from "../../engine/engine";
import type { Source } from "../../engine/protocol";

/** Not a field: what a person may say of a column. */
export const IGNORED = "-";
export interface ColumnSeen {
  heading: string;
  /** What it is, or would be, read as. */
  as: string;
  examples: string[];
  /** Counts of cells, once it is read so. */
  values?: IntakeReport["values"][string];
  /** The person said so. */
  chosen: boolean;
}
export interface SheetSeen {
  name: string;
  state: string;
  chosen: boolean;
}

const copy = (options: ReadOptions | undefined): ReadOptions => JSON.parse(JSON.stringify(options ?? {})) as ReadOptions;

export function useTable(source: () => Source | undefined, report: () => IntakeReport | undefined) {
  const draft = ref<ReadOptions>({});
  const preview = shallowRef<Preview>();
  const failed = ref("");
  const changed = computed(() => JSON.stringify(draft.value) !== JSON.stringify(copy(source()?.options)));

  let asked = 0;
  async function look(): Promise<void> {
    const its = source();
    if (!its) return;
    const mine = ++asked;
    failed.value = "";
    try {
      const seen = await ask("preview", its.file, copy(draft.value));
      if (mine === asked) preview.value = seen;
    } catch (e) {
      if (mine === asked && !isStop(e) && failureOf(e).code !== "CANCELLED") failed.value = failureOf(e).code;
    }
  }
  watch(
    source,
    its => {
      [draft.value, preview.value] = [copy(its?.options), undefined];
      void look();
    },
    { immediate: true },
  );

  const columns = computed<ColumnSeen[]>(() => {
    const read = changed.value ? undefined : report();
    const told = new Set<string>();
    const seen = (preview.value?.sheets ?? []).flatMap(s => s.columns);
    const examplesOf = new Map(seen.map(c => [c.heading, c.examples]));
    const all = read ? read.columns.map(c => ({ heading: c.header, as: c.as })) : seen;
    return all.map(({ heading, as }) => {
      const ignored = draft.value.ignore?.includes(heading) ?? false;
      const values = told.has(as) ? undefined : read?.values[as];
      told.add(as);
      return {
        ...{ heading, as: ignored ? IGNORED : as, examples: examplesOf.get(heading) ?? [], values },
        chosen: ignored || heading in (draft.value.map ?? {}),
      };
    });
  });
  const sheets = computed<SheetSeen[]>(() => [
    ...(preview.value?.sheets ?? []).flatMap(s => (s.name === null ? [] : [{ name: s.name, state: "read", chosen: true }])),
    ...(preview.value?.others ?? []).map(s => ({ name: s.name, state: s.state, chosen: false })),
  ]);

  /** Says what a heading means: a field, nothing, or, with an empty word, what the engine makes of it. */
  async function say(heading: string, as: string): Promise<void> {
    const { map = {}, ignore = [], sheets } = draft.value;
    const { [heading]: _, ...others } = map;
    const left = ignore.filter(h => h !== heading);
    const next: ReadOptions = { ...(sheets && { sheets }) };
    const said = as && as !== IGNORED ? { ...others, [heading]: as } : others;
    if (Object.keys(said).length) next.map = said;
    if (as === IGNORED) left.push(heading);
    if (left.length) next.ignore = left;
    draft.value = next;
    await look();
  }
  async function choose(name: string, on: boolean): Promise<void> {
    const now = sheets.value.filter(s => s.chosen).map(s => s.name);
    draft.value = { ...draft.value, sheets: on ? [...now, name] : now.filter(n => n !== name) };
    await look();
  }
  async function reset(): Promise<void> {
    draft.value = copy(source()?.options);
    await look();
  }
  return { draft, preview, failed, changed, columns, sheets, say, choose, reset };
}
