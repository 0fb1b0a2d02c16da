// An open enterprise is an address: its name, and its credit code where it has one. Its row in the list of now goes
// with the visit.
import { computed, shallowRef, type ComputedRef } from "vue";
import { useRoute, useRouter } from "vue-router";
import type { Opened } from "../../engine/protocol";

const CODE = /~([0-9A-Z]{18})$/;
export const keyOf = (who: Pick<Opened, "name" | "creditCode">): string =>
  who.creditCode ? `${who.name}~${who.creditCode}` : who.name;
const nameOf = (key: string): string => key.replace(CODE, "");

/** Who was found in the list of now by name: the address alone does not tell its row. */
const found = shallowRef<{ key: string; list: number; row: number }>();
export function foundAt(who: Pick<Opened, "name" | "creditCode">, list: number, row: number): void {
  found.value = { key: keyOf(who), list, row };
}

/** Opens and closes enterprises, and says which one is open. */
export function useOpening(): {
  opened: ComputedRef<Opened | null>;
  open: (who: Opened) => void;
  close: () => void;
} {
  const [route, router] = [useRoute(), useRouter()];
  const opened = computed<Opened | null>(() => {
    const key = route.name === "enterprise" ? String(route.params.key) : "";
    if (!key) return null;
    const { list, row } = (history.state ?? {}) as { list?: number; row?: number };
    const its = (list ?? -1) < 0 && found.value?.key === key ? found.value : undefined;
    // Without a row of this list it is looked for by what it is called.
    return {
      list: its?.list ?? list ?? -1,
      row: its?.row ?? row ?? -1,
      name: nameOf(key),
      creditCode: CODE.exec(key)?.[1] ?? null,
    };
  });
  return {
    opened,
    open(who) {
      const to = { name: "enterprise", params: { key: keyOf(who) }, state: { list: who.list, row: who.row } };
      // From one enterprise to the next the way back stays that to the list.
      void (route.name === "enterprise" ? router.replace(to) : router.push(to));
    },
    close() {
      if (route.name !== "enterprise") return;
      if (history.state?.back) router.back();
      else void router.replace("/list");
    },
  };
}
