import { onScopeDispose, ref, type Ref } from "vue";

/** Below this the page is laid out for a phone; the same number stands in the styles. */
const NARROW = "(max-width: 900px)";

export function useNarrow(): Ref<boolean> {
  const asked = matchMedia(NARROW);
  const narrow = ref(asked.matches);
  const changed = (): void => void (narrow.value = asked.matches);
  asked.addEventListener("change", changed);
  onScopeDispose(() => asked.removeEventListener("change", changed));
  return narrow;
}
