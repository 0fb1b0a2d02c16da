// How many of the list each chain has, confirmed: what is aimed at is proposed from it, never taken as given. It is
// counted beside the ranking, which does not wait for it.
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { asOf, useDefinitions } from "../../engine/definitions";
import { counter } from "../../engine/engine";
import { useFiles } from "../../engine/files";
import { useSettings } from "../../engine/settings";

/** A larger file is not read a second time: it would take as much memory again. */
const MOST_BYTES = 64_000_000;

export const useChainCounts = defineStore("chain-counts", () => {
  const [files, settings, definitions] = [useFiles(), useSettings(), useDefinitions()];
  /** Nothing until they are counted, or where that failed. */
  const counts = ref<Record<string, number> | null>(null);
  const counting = ref(false);
  watch(
    () => files.files.candidates,
    async source => {
      counts.value = null;
      counter.stop();
      counting.value = !!source && source.file.size <= MOST_BYTES;
      if (!source || !counting.value) return;
      const found = await counter.ask("chainCounts", source, asOf, [...definitions.ownChains]).catch(() => null);
      if (files.files.candidates !== source) return;
      [counts.value, counting.value] = [found, false];
      counter.stop();
    },
    { immediate: true },
  );
  const sorted = computed(() =>
    [...definitions.chains].sort((a, b) => (counts.value?.[b.id] ?? 0) - (counts.value?.[a.id] ?? 0)),
  );
  /** The chain with the most of the list, where it is not the one aimed at. */
  const better = computed(() => {
    const [first] = sorted.value;
    const its = first && counts.value?.[first.id];
    if (!first || !its || !settings.chain || first.id === settings.chain) return null;
    return its > (counts.value?.[settings.chain] ?? 0) ? { ...first, count: its } : null;
  });
  return { counts, counting, sorted, better };
});
