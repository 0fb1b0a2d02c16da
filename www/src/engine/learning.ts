// What was learned from outcomes, and the chances it gives.
import { Conversion, tableColumns } from "xiangma/slim";
import type { Chances } from "xiangma/slim";
import type { Calls } from "./protocol";

let conversion: { model: string; file: Blob; held: Conversion } | undefined;

async function predict(model: string, file: Blob): Promise<Chances> {
  conversion?.held.free();
  conversion = undefined;
  const learned = new Conversion(model);
  conversion = { model, file, held: learned };
  return learned.predict(await file.arrayBuffer());
}

export const learningCalls: Pick<Calls, "columns" | "train" | "chances" | "contributions"> = {
  columns: async file => tableColumns(await file.arrayBuffer()),
  async train(file, options) {
    const bytes = await file.arrayBuffer();
    const start = performance.now();
    const trained = Conversion.train(bytes, options);
    const took = performance.now() - start;
    trained.conversion.free();
    return { report: trained.report, model: trained.conversion.toJSON(), took };
  },
  async chances(model, file) {
    const chances = await predict(model, file);
    const order = Uint32Array.from(chances.rows.keys()).sort(
      (a, b) => chances.probability[b] - chances.probability[a] || a - b,
    );
    return { ...chances, order };
  },
  async contributions(model, file, place) {
    // A worker that is new has told nobody's chances yet.
    if (conversion?.model !== model) await predict(model, file);
    return conversion?.held.contributions(place) ?? [];
  },
};
