// The engine lives here, so that the page never waits for it.
import vectorsUrl from "xiangma/wasm?url";
import plainUrl from "xiangma/wasm/plain?url";
import { Session, hasVectors, init, presets } from "xiangma/slim";
import type { IntakeReport, Overview, RankedRow } from "xiangma/slim";

/** What the page may ask. */
export interface Calls {
  start(asOf: string): void;
  candidates(bytes: ArrayBuffer): IntakeReport;
  residents(bytes: ArrayBuffer | null): IntakeReport | null;
  run(chains: string[], regions: string[], card: string): RunResult;
  weights(weights: number[], k: number): ListResult;
  list(k: number, search: string): ListResult;
  detail(row: number): ReturnType<Session["detail"]>;
  diagnosis(): ReturnType<Session["diagnosis"]>;
  chains(): ReturnType<Session["chains"]>;
  presets(): string[];
  all(): RankedRow[];
}
export interface RunResult extends ListResult {
  overview: Overview;
  times: Record<string, number>;
}
export interface ListResult {
  rows: RankedRow[];
  /** Milliseconds of work in the engine. */
  took: number;
}

let session: Session | undefined;
let times: Record<string, number> = {};
const ready = init(hasVectors() ? vectorsUrl : plainUrl);

function timed<T>(name: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  times[name] = performance.now() - start;
  return result;
}

function need(): Session {
  if (!session) throw new Error("start first");
  return session;
}

function list(k: number, search = ""): ListResult {
  const s = need();
  const start = performance.now();
  const rows = s.rows(search ? s.find(search, k) : s.top(k));
  return { rows, took: performance.now() - start };
}

const calls: Calls = {
  start(asOf) {
    session?.free();
    session = new Session(asOf);
  },
  candidates(bytes) {
    times = {};
    return timed("intake", () => need().loadCandidates(bytes));
  },
  residents(bytes) {
    if (bytes) return timed("residents", () => need().loadResidents(bytes));
    need().clearResidents();
    return null;
  },
  run(chains, regions, card) {
    const s = need();
    s.setScorecard(card);
    s.target({ chains, regions });
    timed("locate", () => {
      let total = 0;
      for (let left = s.locate(1000); left > 0; left = s.locate(1000)) {
        total ||= left + 1000;
        postMessage({ progress: 1 - left / total });
      }
    });
    const overview = timed("assess", () => s.assess());
    const first = timed("list", () => list(200));
    return { ...first, overview, times: { ...times } };
  },
  weights(weights, k) {
    const start = performance.now();
    need().setWeights(weights);
    const { rows } = list(k);
    return { rows, took: performance.now() - start };
  },
  list,
  detail: (row) => need().detail(row),
  diagnosis: () => need().diagnosis(),
  chains: () => need().chains(),
  presets,
  all: () => need().rows(need().top(0xffffffff)),
};

onmessage = async ({ data: { id, name, args } }: MessageEvent<{ id: number; name: keyof Calls; args: unknown[] }>) => {
  try {
    await ready;
    const result = (calls[name] as (...a: unknown[]) => unknown)(...args);
    postMessage({ id, result });
  } catch (e) {
    const error = e as Error & { code?: string; row?: number; column?: string };
    postMessage({ id, error: { message: error.message, code: error.code ?? "INTERNAL", row: error.row, column: error.column } });
  }
};
