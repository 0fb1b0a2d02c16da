import { onActivated, onDeactivated, ref, type Ref } from "vue";

/** Whether the view is the one on the screen: those left are kept as they were, and need no work. */
export function useActive(): Ref<boolean> {
  const active = ref(true);
  onActivated(() => (active.value = true));
  onDeactivated(() => (active.value = false));
  return active;
}
