// Keeps the files of the page, and nothing else, so that it opens without its server. A new edition waits until the person takes it.
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { hasVectors } from "xiangma/slim";

interface Entry {
  url: string;
  revision: string | null;
}
declare const self: {
  __WB_MANIFEST: Entry[];
  skipWaiting(): Promise<void>;
  addEventListener(name: "message", listener: (event: MessageEvent<unknown>) => void): void;
};

// Of the two builds of the engine the one this browser runs.
const other = hasVectors() ? "xiangma_plain_bg" : "xiangma_bg";
precacheAndRoute(self.__WB_MANIFEST.filter(({ url }) => !url.includes(other)));
cleanupOutdatedCaches();

self.addEventListener("message", ({ data }) => {
  if (data === "take") void self.skipWaiting();
});
