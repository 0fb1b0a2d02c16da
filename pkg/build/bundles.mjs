// What tsc does not make: the CommonJS for Node, the module with the WASM inside, and the mini-program's folder.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = (name) => join(root, "dist", name);
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

function brotli(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, { params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 22, [BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

// Node's require: the same module, with the one thing CommonJS lacks put in.
await build({
  entryPoints: [dist("node.js")],
  outfile: dist("node.cjs"),
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node18",
  define: { "import.meta.url": "__file_url" },
  banner: { js: 'const __file_url = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
});
// Its types: the same ones, named as CommonJS names them.
mkdirSync(dist("cjs/web"), { recursive: true });
for (const name of ["index", "miniprogram", "worker", "bytes", "conversion", "decisions", "locator", "session", "together", "types", "vectors", "web/xiangma"]) {
  const text = readFileSync(dist(`${name}.d.ts`), "utf8");
  writeFileSync(dist(`cjs/${name}.d.cts`), text.replaceAll(/(["']\.\.?\/[^"']+)\.js(["'])/g, "$1.cjs$2"));
}

const plain = readFileSync(dist("web/xiangma_plain_bg.wasm"));
writeFileSync(dist("embedded.js"), `export const wasm = "${plain.toString("base64")}";\n`);

// The mini-program: one file of plain CommonJS and the WASM, nothing else, since all of the folder counts.
const mini = join(root, "miniprogram_dist");
rmSync(mini, { recursive: true, force: true });
mkdirSync(mini);
writeFileSync(join(mini, "package.json"), '{ "type": "commonjs" }\n');
await build({
  entryPoints: [dist("miniprogram.js")],
  outfile: join(mini, "index.js"),
  bundle: true,
  format: "cjs",
  target: "es2017",
  charset: "utf8",
  minify: true,
  inject: [join(root, "build/text-codec.js")],
  // The session is one and the same; only the glue below it differs.
  plugins: [
    {
      name: "glue",
      setup(b) {
        b.onResolve({ filter: /\/web\/xiangma\.js$/ }, () => ({ path: dist("mini/xiangma_bg.js") }));
      },
    },
  ],
  logLevel: "warning",
});
const wasm = readFileSync(dist("mini/xiangma_bg.wasm"));
writeFileSync(join(mini, "xiangma.wasm.br"), brotli(wasm));
const size = (name) => statSync(join(mini, name)).size;
console.log(`mini-program: xiangma.wasm.br ${kb(size("xiangma.wasm.br"))} (${kb(wasm.length)} unpacked), index.js ${kb(size("index.js"))} (${kb(brotli(readFileSync(join(mini, "index.js"))).length)} packed)`);
for (const name of ["web/xiangma_bg.wasm", "web/xiangma_plain_bg.wasm"]) {
  const bytes = readFileSync(dist(name));
  console.log(`${name}: ${kb(bytes.length)}, brotli ${kb(brotli(bytes).length)}`);
}
