import uni from "@dcloudio/vite-plugin-uni";
import { defineConfig } from "vite";

// Loaded as CommonJS by some versions of Node, as a module by others.
export default defineConfig({ plugins: [(uni.default ?? uni)()] });
