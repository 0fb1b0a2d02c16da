// An answer of the engine stands only as long as what it was made from.
import { type ComputedRef, type WatchSource, computed, ref, shallowRef, watch } from "vue";
import { failureOf, isStop } from "../../engine/engine";
import { latest } from "../../engine/latest";
import type { EngineError } from "../../engine/protocol";
import { useEngine } from "../../engine/store";

interface Held<T> {
  from: unknown;
  value?: T;
  error?: EngineError;
}
export interface Made<T> {
  from: ComputedRef<unknown>;
  /** The answer, while it is true. */
  is: ComputedRef<T | undefined>;
  /** There was an answer, and it is no longer true. */
  gone: ComputedRef<boolean>;
  failed: ComputedRef<EngineError | undefined>;
  busy: ComputedRef<boolean>;
  make: (work: () => Promise<T>) => Promise<void>;
  drop: () => void;
}

/** @param from what the answer is made from, compared by identity */
export function made<T>(from: () => unknown): Made<T> {
  const now = computed(from);
  const held = shallowRef<Held<T>>();
  const waiting = ref(0);
  const current = computed(() => (held.value?.from === now.value ? held.value : undefined));
  return {
    from: now,
    is: computed(() => current.value?.value),
    gone: computed(() => held.value?.value !== undefined && !current.value),
    failed: computed(() => current.value?.error),
    busy: computed(() => waiting.value > 0),
    /** Keeps what `work` gives, unless meanwhile it is made from something else. */
    async make(work) {
      const its = now.value;
      waiting.value++;
      try {
        const value = await work();
        if (now.value === its) held.value = { from: its, value };
      } catch (e) {
        const error = failureOf(e);
        if (isStop(e)) useEngine().fail(e);
        else if (now.value === its && error.code !== "CANCELLED") held.value = { from: its, error };
      } finally {
        waiting.value--;
      }
    },
    drop: () => void (held.value = undefined),
  };
}

/** Has an answer made whenever it is not there, is looked for, and can be made. */
export function keepMade<T>(
  its: () => { is: T | undefined; from: unknown; failed: unknown; make: (work: () => Promise<T>) => Promise<void> },
  can: () => unknown,
  work: () => Promise<T>,
): void {
  const run = latest(async () => {
    if (can() && its().is === undefined && !its().failed) await its().make(work);
  });
  const sources: WatchSource[] = [() => its().from, () => !!can()];
  watch(sources, () => void run(), { immediate: true });
}
