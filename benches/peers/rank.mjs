// What other libraries of JavaScript need for the same question: 20 criteria, new weights, the best 100. Prints JSON, one list of figures.
//
//     npm install --prefix benches/peers
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const CRITERIA = 20;
const require = createRequire(import.meta.url);
const figures = [];
const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const note = (rows, what, ms) => figures.push({ rows, what, ms: Number(ms.toFixed(4)) });

async function best(work, rounds) {
  let least = Infinity;
  const begun = performance.now();
  for (let i = 0; i < rounds && performance.now() - begun < 10_000; i++) {
    const start = performance.now();
    await work(i);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The 100 greatest, by sorting an index: what pages do. */
function top(scores) {
  const index = Uint32Array.from(scores, (_, i) => i);
  return index.sort((a, b) => scores[b] - scores[a]).subarray(0, 100);
}

async function duckdbWasm() {
  const folder = dirname(require.resolve("@duckdb/duckdb-wasm"));
  const duckdb = require(join(folder, "duckdb-node-blocking.cjs"));
  const bundles = {
    mvp: { mainModule: join(folder, "duckdb-mvp.wasm"), mainWorker: "" },
    eh: { mainModule: join(folder, "duckdb-eh.wasm"), mainWorker: "" },
  };
  const db = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await db.instantiate(() => {});
  return db;
}

const aq = await import("arquero");
const db = await duckdbWasm();
for (const rows of [10_000, 100_000, 1_000_000]) {
  const columns = Array.from({ length: CRITERIA }, () => Float64Array.from({ length: rows }, () => Math.floor(Math.random() * 10_001)));
  const weights = Array.from({ length: CRITERIA }, () => Math.random());
  const scores = new Float64Array(rows);
  const weigh = () => {
    scores.fill(0);
    columns.forEach((column, c) => {
      for (let i = 0; i < rows; i++) scores[i] += column[i] * weights[c];
    });
    return top(scores);
  };
  note(rows, "plain JavaScript, typed arrays", await best(weigh, 5));
  const objects = Array.from({ length: rows }, (_, i) => ({ id: i, values: columns.map((c) => c[i]) }));
  const objectTop = () => objects.map((o) => ({ id: o.id, score: o.values.reduce((sum, v, c) => sum + v * weights[c], 0) })).sort((a, b) => b.score - a.score).slice(0, 100);
  note(rows, "plain JavaScript, objects", await best(objectTop, 3));
  objects.length = 0;
  const table = aq.table(Object.fromEntries(columns.map((column, c) => [`c${c}`, column])));
  const sum = `d => ${weights.map((w, c) => `d.c${c} * ${w}`).join(" + ")}`;
  note(rows, `Arquero ${dependencies.arquero}`, await best(() => table.derive({ s: sum }).orderby(aq.desc("s")).slice(0, 100).objects(), 3));
  const link = db.connect();
  link.query("DROP TABLE IF EXISTS points");
  link.query(`CREATE TABLE points AS SELECT ${weights.map((_, c) => `CAST(floor(random() * 10001) AS DOUBLE) AS c${c}`).join(", ")} FROM range(${rows})`);
  const query = `SELECT rowid, ${weights.map((w, c) => `c${c} * ${w}`).join(" + ")} AS s FROM points ORDER BY s DESC LIMIT 100`;
  note(rows, `DuckDB-WASM ${dependencies["@duckdb/duckdb-wasm"]}`, await best(() => link.query(query).toArray(), 5));
  link.close();
}
console.log(JSON.stringify(figures));
process.exit(0);
