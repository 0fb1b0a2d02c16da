// What stands in `static` is copied into the mini-program as it is.
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";

const from = createRequire(import.meta.url).resolve("xiangma/miniprogram/xiangma.wasm.br");
mkdirSync(new URL("src/static", import.meta.url), { recursive: true });
copyFileSync(from, new URL("src/static/xiangma.wasm.br", import.meta.url));
