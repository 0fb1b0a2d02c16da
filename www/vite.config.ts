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
      // It can be put among the programs of a computer; its icon is drawn in `public/icon.svg`.
      manifest: {
        ...{ id: "xiangma", name: "相马 · 招商企业研判", short_name: "相马", lang: "zh-CN", dir: "ltr" },
        description: "给出候选企业名单，得到按园区需要排好的次序和每一家的依据。名单不离开本机。",
        ...{ start_url: ".", scope: ".", display: "standalone", theme_color: "#1c3f6b", background_color: "#f3f5f8" },
        icons: [
          { src: "icon-192.png", sizes: "192x192", type: "image/png", purpose: "any maskable" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any maskable" },
          { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
        ],
      },
      injectManifest: {
        globPatterns: ["**/*.{html,js,css,wasm,webmanifest}"],
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

/** What the page does without: it has no plugins of its own, and is not looked into by tools. */
const WITHOUT = {
  __VUE_OPTIONS_API__: false,
  __VUE_PROD_DEVTOOLS__: false,
  __VUE_I18N_FULL_INSTALL__: false,
  __VUE_I18N_LEGACY_API__: false,
  __INTLIFY_PROD_DEVTOOLS__: false,
};

export default defineConfig(({ mode }) => ({
  base: "./",
  define: WITHOUT,
  // From a folder a browser starts no worker that is a module.
  worker: { format: mode === "single" ? "iife" : "es" },
  ...(mode === "single" ? single() : served()),
}));
