import vue from "@vitejs/plugin-vue";
import { type UserConfig, defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { viteSingleFile } from "vite-plugin-singlefile";
import { inlineTheme, packedEngine, sealed } from "./build/single";

const here = (path: string): string => new URL(path, import.meta.url).pathname;

/** A folder for a server. After the first visit it also opens without one. */
const served = (): UserConfig => ({
  plugins: [
    vue(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src/shell",
      filename: "offline.worker.ts",
      injectRegister: null,
      manifest: false,
      injectManifest: {
        globPatterns: ["**/*.{html,js,css,wasm}"],
        // The engine; of its two builds a browser keeps the one it runs.
        maximumFileSizeToCacheInBytes: 8_000_000,
      },
    }),
  ],
  build: { target: "es2022", chunkSizeWarningLimit: 1500 },
});

/** One file that opens from a folder, a stick or an attachment. */
const single = (): UserConfig => ({
  plugins: [
    vue(),
    packedEngine(here("../pkg/dist/web/xiangma_bg.wasm")),
    inlineTheme(here("public/theme.js")),
    viteSingleFile({ removeViteModuleLoader: true }),
    sealed(),
  ],
  resolve: { alias: [{ find: /^\.\/binary$/, replacement: here("src/engine/binary.single.ts") }] },
  publicDir: false,
  build: { target: "es2022", outDir: "dist-single", chunkSizeWarningLimit: 10_000 },
});

export default defineConfig(({ mode }) => ({
  base: "./",
  // From a folder a browser starts no worker that is a module.
  worker: { format: mode === "single" ? "iife" : "es" },
  ...(mode === "single" ? single() : served()),
}));
