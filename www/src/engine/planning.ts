// The month's plan, in the worker: diagnosis, shortlist, ways, trips, officers, pushes, blind reviews.
import {
  Session,
  assignOfficers,
  atRisk,
  blindSheets,
  introduce,
  planTrips,
  readList,
  readOfficers,
  reviewSheets,
} from "xiangma/slim";
import type { Passage } from "xiangma/slim";
import { keyOf } from "../ledger/key";
import { csvFile, csvLine } from "../views/output/csv";
import { Workbook } from "../views/output/workbook";
import type { PlanCalls, PlanDiagnosis, Target } from "./planProtocol";
import type { Query } from "./protocol";

/** What the worker lends. */
export interface Lent {
  need: () => Session;
  /** Brings the list into the state that is wanted. */
  apply: (query: Query) => Promise<unknown>;
}

/** Passages told of: broken ones, and whole ones. */
const [BROKEN, WHOLE] = [40, 10];
/** Those that lack nothing stand first in the engine's list; past so many, broken ones are not looked for. */
const MOST_WHOLE = 5_000;
/** Questions an enterprise is told with. */
const QUESTIONS = 3;

/** The passages of a chain, the broken ones first. */
function passagesOf(s: Session, chain: string, whole: number): Passage[] {
  const all = s.passages(chain, Math.min(whole, MOST_WHOLE) + BROKEN) ?? [];
  const broken = all.filter(p => p.missing.length);
  return [...broken.slice(0, BROKEN), ...all.filter(p => !p.missing.length).slice(0, WHOLE)];
}

function diagnosisOf(s: Session, decisions: Parameters<Session["advise"]>[0]): PlanDiagnosis {
  const states = s.advise(decisions) ?? [];
  return {
    states,
    anchors: s.anchors() ?? [],
    passages: Object.fromEntries(states.map(({ chain, whole }) => [chain, passagesOf(s, chain, whole)])),
  };
}

/** Everything the plan says of a row. */
function targetOf(s: Session, row: number): Target | undefined {
  const d = s.detail(row);
  if (!d) return undefined;
  const { name, creditCode, province, city, confirmed, score } = d;
  return {
    ...{ key: keyOf({ name, creditCode, province }), name, creditCode, row, province, city, score },
    address: d.enterprise.region.address,
    code: d.enterprise.region.code,
    chain: confirmed ? d.chain : null,
    link: confirmed ? d.link : null,
    reason: d.reasons[0] ?? null,
    questions: d.questions.slice(0, QUESTIONS).map(({ zh, en }) => ({ zh, en })),
  };
}
const placeOf = (province: string | null, city: string | null): string =>
  [province, city !== province && city].filter(Boolean).join(" ");

/** The row of somebody in the ledger: of one name, or, where several bear it, of one key. */
function followedRow(s: Session, { key, name }: { key: string; name: string }): number | undefined {
  const found = s.rows(s.find(name, 200)).filter(r => r.name === name);
  return (found.find(r => keyOf(r) === key) ?? (found.length === 1 ? found[0] : undefined))?.row;
}
const unknown = (key: string, name: string): Target => ({
  ...{ key, name, creditCode: null, row: null, province: null, city: null, address: null, code: null },
  ...{ chain: null, link: null, score: null, reason: null, questions: [] },
});

export const planCalls = ({ need, apply }: Lent): PlanCalls => ({
  async diagnose({ query, residents, decisions, asOf, ownChains }) {
    if (query) {
      await apply(query);
      return diagnosisOf(need(), decisions);
    }
    // A diagnosis is made with a list: where there is none, the residents stand in for it.
    const s = new Session(asOf);
    try {
      for (const chain of ownChains) s.addChains(chain);
      const bytes = await residents.file.arrayBuffer();
      s.loadResidents(bytes, residents.options);
      s.loadCandidates(bytes, undefined, residents.options);
      s.target({ chains: [] });
      s.assess();
      return diagnosisOf(s, decisions);
    } finally {
      s.free();
    }
  },
  risk: async (before, now) => atRisk(await before.arrayBuffer(), await now.arrayBuffer()),
  foundRows(words, most) {
    const s = need();
    return s.rows(s.find(words, most)).map(({ row, name, creditCode, province, city }) => ({
      ...{ row, name, creditCode, place: placeOf(province, city) },
    }));
  },
  async choose(query, wanted, whyNot) {
    await apply(query);
    const s = need();
    // A decision on a link of a chain that is no target now is kept, and counts for nothing.
    const known = new Set((s.advise() ?? []).flatMap(state => state.advice.map(a => a.link)));
    const decisions = (wanted.decisions ?? []).filter(d => known.has(d.link));
    const list = s.shortlist({ ...wanted, decisions }, whyNot);
    const named = (row: number | null): string => (row === null ? "" : (s.rows([row])[0]?.name ?? ""));
    return {
      places: list.places.flatMap(({ row, score, ...place }) => {
        const target = targetOf(s, row);
        return target ? [{ ...target, ...place, score, link: place.links[0] ?? target.link }] : [];
      }),
      before: list.before,
      after: list.after,
      whyNot: list.whyNot.map(why => ({ ...why, name: named(why.row), instead: named(why.insteadOf) })),
    };
  },
  async targets(query, followed) {
    if (!query) return followed.map(({ key, name }) => unknown(key, name));
    await apply(query);
    const s = need();
    return followed.map(one => {
      const row = followedRow(s, one);
      const target = row === undefined ? undefined : targetOf(s, row);
      return target ? { ...target, key: one.key } : unknown(one.key, one.name);
    });
  },
  async introduce(ties, residents, { from, ...options }) {
    let names: string[] | null = null;
    try {
      names = residents && readList(await residents.arrayBuffer()).map(r => r.name);
    } catch {
      // A table whose headings a person had to explain: ways then begin with whom they name, and it is said.
    }
    const found = introduce(await ties.arrayBuffer(), { ...options, from: [...(names ?? []), ...from] });
    return { ...found, residents: names?.length ?? null };
  },
  trips: planTrips,
  officers: async file => readOfficers(await file.arrayBuffer()),
  assign: assignOfficers,
  async push(query, before, options) {
    await apply(query);
    return need().push(before, options);
  },
  blindSheets,
  async reviewSheets(list, sheets) {
    return reviewSheets(list, await Promise.all(sheets.map(sheet => sheet.arrayBuffer())));
  },
  tableFile(format, sheets) {
    if (format === "csv")
      return csvFile(sheets[0] ? [csvLine(sheets[0].columns.map(c => c.head)), ...sheets[0].rows.map(csvLine)] : []);
    const book = new Workbook();
    for (const { name, columns, rows } of sheets) {
      const sheet = book.sheet({ name, columns, frozen: 2 });
      for (const row of rows) sheet.add(row);
    }
    return book.end();
  },
});
