// One sheet of the plan on paper: it stands beside the page, and only it is printed.
import { nextTick, ref, type Ref } from "vue";

export function usePaper(): { printing: Ref<string>; print: (which: string) => Promise<void> } {
  const printing = ref("");
  async function print(which: string): Promise<void> {
    printing.value = which;
    const page = document.documentElement.dataset;
    const theme = page.theme;
    // Paper is white.
    [page.printing, page.theme] = ["plan", "light"];
    await nextTick();
    window.print();
    delete page.printing;
    page.theme = theme;
    printing.value = "";
  }
  return { printing, print };
}
