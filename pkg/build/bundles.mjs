// What tsc does not make: the CommonJS for Node, the module with the WASM inside, the mini-program's folder, and the texts that go along.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
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
for (const folder of ["", "web/"]) {
  for (const file of readdirSync(dist(folder)).filter((f) => f.endsWith(".d.ts") && !f.endsWith(".wasm.d.ts"))) {
    const text = readFileSync(dist(folder + file), "utf8");
    writeFileSync(dist(`cjs/${folder}${file.replace(/\.d\.ts$/, ".d.cts")}`), text.replaceAll(/(["']\.\.?\/[^"']+)\.js(["'])/g, "$1.cjs$2"));
  }
}

// The type of what bundlers make of a .wasm file; there is no module to it.
rmSync(dist("wasm.js"), { force: true });

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
// So that one name means the same in the IDE, in Taro, in uni-app and to TypeScript.
writeFileSync(join(mini, "miniprogram.js"), 'module.exports = require("./index.js");\n');
// A code package counts its files as they are.
const weights = readdirSync(mini).map((name) => [name, statSync(join(mini, name)).size]);
const total = weights.reduce((sum, [, size]) => sum + size, 0);
console.log(`mini-program: ${kb(total)} (${weights.map(([name, size]) => `${name} ${kb(size)}`).join(", ")}; ${kb(wasm.length)} unpacked)`);
for (const name of ["web/xiangma_bg.wasm", "web/xiangma_plain_bg.wasm"]) {
  const bytes = readFileSync(dist(name));
  console.log(`${name}: ${kb(bytes.length)}, brotli ${kb(brotli(bytes).length)}`);
}

// Licences and pages travel with the package; a link to a page that does not is left as its words.
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, "..", name), join(root, name));
const pages = ["javascript.md", "mini-program.md"];
rmSync(join(root, "docs"), { recursive: true, force: true });
mkdirSync(join(root, "docs"));
for (const page of pages) {
  const text = readFileSync(join(root, "../docs", page), "utf8");
  const link = (whole, words, to) => {
    const [path, at = ""] = to.split(/(?=#)/);
    if (path === "" || pages.includes(path) || /^https?:/.test(path)) return whole;
    const inside = path.startsWith("../pkg/") ? path.slice("../pkg/".length) : undefined;
    return inside ? `[${words}](../${inside}${at})` : words;
  };
  writeFileSync(join(root, "docs", page), text.replaceAll(/\[([^\]]*)\]\(([^)\s]+)\)/g, link));
}
