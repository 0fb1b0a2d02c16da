// node examples/rank.mjs FILE [CHAIN]: the ten best candidates of a file, with a reason each.
import { readFileSync } from "node:fs";
import { init, Session } from "xiangma";

const [file, chain = "optoelectronics"] = process.argv.slice(2);
await init();
const session = new Session("2026-11-01");
session.loadCandidates(readFileSync(file));
session.target({ chains: [chain] });
session.assess();
for (const row of session.rows(session.top(10))) {
  console.log(`${row.rank}. ${row.name} ${row.shown} ${row.reasons[0].zh}`);
}
session.free();
