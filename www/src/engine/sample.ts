// The sample that comes with the page: everybody in it is made up.
import sampleCandidates from "../../../tests/data/sample_candidates.csv?raw";
import sampleResidents from "../../../tests/data/sample_residents.csv?raw";
import type { Kind, Source } from "./protocol";

export const SAMPLE: Record<Kind, Source> = {
  candidates: { name: "示例数据-候选企业.csv", file: new Blob([sampleCandidates]) },
  residents: { name: "示例数据-落户企业.csv", file: new Blob([sampleResidents]) },
};
