// The page without its server: its files are kept by the browser after the first visit. That there is a newer page is said; it comes
// when the person says so, since it opens anew.
import { useShell } from "./store";

export async function keepPage(): Promise<void> {
  // From a folder there is nothing to keep; while the page is being built everything changes.
  if (import.meta.env.DEV || !location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
  let kept: ServiceWorkerRegistration | undefined;
  try {
    kept = await navigator.serviceWorker.register("./offline.worker.js");
  } catch {
    // The browser does not allow it, or the server is gone: the page works all the same.
    return;
  }
  // Some browsers that may not keep anything say so by giving nothing.
  const its = kept;
  if (!its) return;
  const tell = (): void => {
    // The first edition to be kept is the one on the screen.
    if (!its.waiting || !navigator.serviceWorker.controller) return;
    useShell().notice = {
      key: "newer",
      act: {
        key: "takeNewer",
        do: () => {
          navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
          its.waiting?.postMessage("take");
        },
      },
    };
  };
  its.addEventListener("updatefound", () => its.installing?.addEventListener("statechange", tell));
  tell();
}
