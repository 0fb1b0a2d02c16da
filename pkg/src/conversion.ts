// Chances learned from outcomes. Not in the build for mini-programs.
import { RawConversion, tableColumns as rawColumns, trainConversion as rawTrain } from "./web/xiangma.js";
import { integer, json, record } from "./args.js";
import { type Bytes, bytesOf } from "./bytes.js";
import type { Json } from "./core.js";
import { guarded } from "./engine.js";
import { Held, use } from "./held.js";
import type { Drift, FeatureContribution, TableColumn, TrainOptions, TrainReport } from "./web/xiangma.js";

/** The chances of a table's rows, place by place. */
export interface Chances {
  /** The number of each row in its file. */
  rows: Uint32Array;
  /** Only a model to use gives chances; of any other there are none. */
  verdict: TrainReport["verdict"];
  /** The chance, 0 to 1. */
  probability: Float64Array;
  /** Its 90 % interval: what the data leave open of the model, not the luck of a single case. */
  low: Float64Array;
  high: Float64Array;
  /** How the table differs from the one that was learned from. */
  drift: Drift;
  /** Places of rows worth a visit for what they would teach: not among the best tenth, but perhaps in truth. */
  explore: Uint32Array;
}

/** Reached as the memory is: through any proxy, and never wrapped. */
const MODEL = Symbol("xiangma.model");

/**
 * A learned chance that a lead comes to something. Holds memory of the engine: call `free()` when done.
 *
 * @example
 * ```ts
 * import { Conversion } from "xiangma";
 *
 * const rows = Array.from({ length: 300 }, (_, i) => `${"ABCD"[i % 4]},${(i * 7) % 90},${(i * 7 + (i % 4 ? 0 : 4)) % 10 > 5 ? "是" : "否"}`);
 * const table = ["城市,人数,落地", ...rows].join("\n");
 * const { conversion, report } = Conversion.train(table, { outcome: "落地" });
 * console.log(report.verdict, report.folds.auc, report.leaks);
 * const chances = conversion.predict(table);
 * console.log(chances.probability[0], chances.low[0], chances.high[0], conversion.contributions(0));
 * conversion.free();
 * ```
 */
export class Conversion extends Held<RawConversion> {
  /**
   * Reads a model.
   *
   * @param model as `toJSON` or the command `xiangma train` wrote it
   * @throws XiangmaError `BAD_MODEL` for what is no model, is of another version or was changed
   */
  constructor(model: Json) {
    const written = json(model, "model");
    super("conversion", () => new RawConversion(written));
    Object.defineProperty(this, MODEL, { value: () => written });
  }

  /**
   * Learns from a table of what became of leads. Takes seconds: do it in a worker.
   *
   * @throws XiangmaError `AMBIGUOUS_OUTCOME` when it cannot be told which values count, `TOO_FEW_OUTCOMES` under ten of either kind,
   * `BAD_ARGUMENT` for a column that is not there
   */
  static train(table: Bytes, options: TrainOptions): { conversion: Conversion; report: TrainReport } {
    const { model, report } = guarded(() => rawTrain(bytesOf(table, "table"), json(options, "options")));
    return { conversion: new Conversion(model), report };
  }

  /** Gives every row of a table its chance, if the model is to be used. Columns the model looks at that are not there count as missing. */
  predict(table: Bytes, options: { explore?: number } = {}): Chances {
    const { explore = 20 } = record(options, "options", { explore: integer });
    return use(this, (raw: RawConversion) => {
      const count = raw.predict(bytesOf(table, "table"));
      const all = raw.chances();
      const every = (offset: number): Float64Array => Float64Array.from({ length: count }, (_, i) => all[3 * i + offset]);
      const verdict = raw.verdict() as TrainReport["verdict"];
      return { rows: raw.rows(), verdict, probability: every(0), low: every(1), high: every(2), drift: raw.drift(), explore: raw.explore(explore) };
    });
  }

  /** What makes the chance of a row of the table told last, by its place: log-odds, the most telling first. */
  contributions(place: number): FeatureContribution[] | undefined {
    return use(this, (raw: RawConversion) => raw.contributions(integer(place, "place")) ?? undefined);
  }

  /** The model as JSON text, to keep. */
  toJSON(): string {
    return (this as unknown as Record<symbol, () => string>)[MODEL]();
  }
}

/** The columns of any table, with their values where those are few: for asking which of them is the outcome. */
export function tableColumns(table: Bytes): TableColumn[] {
  return guarded(() => rawColumns(bytesOf(table, "table")));
}
