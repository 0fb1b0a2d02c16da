// Keeps the files of the page, and nothing else, so that it opens without its server. A new edition waits until the person takes it.
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { hasVectors } from "xiangma/slim";

interface Entry {
  url: string;
  revision: string | null;
}
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
declare const self: {
  __WB_MANIFEST: Entry[];
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener(name: "message", listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(name: "fetch", listener: (event: FetchEvent) => void): void;
};

// Of the two builds of the engine the one this browser runs.
const other = hasVectors() ? "xiangma_plain_bg" : "xiangma_bg";
precacheAndRoute(self.__WB_MANIFEST.filter(({ url }) => !url.includes(other)));
cleanupOutdatedCaches();

/** Pages of the manual are kept as they are read: the newest while the server is there, else the one of the last time. */
const MANUAL = new URL("manual/", self.registration.scope).href;
async function ofManual(request: Request): Promise<Response> {
  const kept = await caches.open("xiangma-manual");
  try {
    const found = await fetch(request);
    if (found.ok) await kept.put(request, found.clone());
    return found;
  } catch (error) {
    const before = await kept.match(request);
    if (before) return before;
    throw error;
  }
}
self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(MANUAL)) event.respondWith(ofManual(request));
});

self.addEventListener("message", ({ data }) => {
  if (data === "take") void self.skipWaiting();
});
