// One sitting, without a word of the framework: a list in, the best of it out.
import { init, Session } from "xiangma/miniprogram";

/** Where the engine is in the mini-program; `copy.mjs` puts it there. */
export const ENGINE = "/static/xiangma.wasm.br";

let session;

/** The best ten of a list, as text or bytes. */
export async function rank(list, today) {
  await init(ENGINE);
  if (!session) session = new Session(today);
  session.loadCandidates(list);
  session.target({ chains: ["optoelectronics"] });
  session.assess();
  return session.list(10).rows.map((r) => ({ rank: r.rank, name: r.name, score: r.shown, why: r.reasons.length ? r.reasons[0].zh : "" }));
}
