import { onBeforeUnmount, onMounted } from "vue";

/** Listens for as long as the component is there. */
export function useListener(to: EventTarget, name: string, listener: (event: Event) => void): void {
  onMounted(() => to.addEventListener(name, listener));
  onBeforeUnmount(() => to.removeEventListener(name, listener));
}
