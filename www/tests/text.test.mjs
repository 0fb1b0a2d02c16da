// The words of the page: the same keys in both languages, each in one file, and none that nobody says.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const src = join(dirname(fileURLToPath(import.meta.url)), "../src");

/** Every key of a language, as the code says it: those of `common.json` stand at the root. */
function keys(language) {
  const found = [];
  const walk = (words, at) => {
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === "string") found.push([...at, key].join("."));
      else walk(value, [...at, key]);
    }
  };
  for (const file of readdirSync(join(src, "text", language)).sort()) {
    const name = file.replace(/\.json$/, "");
    walk(JSON.parse(readFileSync(join(src, "text", language, file), "utf8")), name === "common" ? [] : [name]);
  }
  return found;
}
const all = keys("zh");

test("both languages say the same things", () => {
  assert.deepEqual(keys("en"), all);
  assert.equal(new Set(all).size, all.length, "a key of common.json must not be the name of a file");
});

/** The code of the page. */
function sources(folder = src) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|vue)$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

test("nobody keeps a word that is never said, nor says one that is not there", () => {
  const code = sources().join("\n");
  const said = new Set(all.filter(key => code.includes(`"${key}"`) || code.includes(`'${key}'`) || code.includes(`\`${key}\``)));
  // Keys made up on the way: `role.${…}`, also with more behind. What follows the fixed part is anything.
  const made = [...code.matchAll(/`([a-zA-Z_]+(?:\.[\w]+)*\.)\$\{/g)].map(m => m[1]);
  const kinds = new Set(["candidates", "residents"]);
  const unused = all.filter(key => !said.has(key) && !made.some(start => key.startsWith(start)) && !kinds.has(key));
  assert.deepEqual(unused, []);
  const missing = [...code.matchAll(/\bt\(\s*["']([\w.]+)["']/g)].map(m => m[1]).filter(key => !all.includes(key));
  assert.deepEqual(missing, []);
});
