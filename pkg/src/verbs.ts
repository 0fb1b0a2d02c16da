// What may be asked of a session from outside its worker: its public methods, each by name.
import type { CoreSession } from "./core.js";
import type { Session } from "./session.js";

/** Of every build. */
export const CORE_VERBS = [
  "loadCandidates", "loadResidents", "reported", "generation", "clearResidents", "addChains", "target", "setScorecard", "scorecard", "locate", "assess",
  "setWeights", "setWeight", "setFilter", "facets", "top", "list", "histogram", "neighbours", "find", "rankOf", "rows", "detail", "diagnosis", "chains", "digest", "free",
] as const satisfies readonly (keyof CoreSession)[];

/** Not of the build for mini-programs. */
export const MORE_VERBS = [
  "rankFile", "handOut", "loadAndHandOut", "takeBack", "rowsAt", "compare", "lift", "ranksAlong", "signature", "robustness", "opinion", "cells", "balance", "dataWeights",
  "regions", "countIn", "edition", "since", "advise", "passages", "anchors", "shortlist", "push",
] as const satisfies readonly (keyof Session)[];

export type CoreVerb = (typeof CORE_VERBS)[number];
export type Verb = CoreVerb | (typeof MORE_VERBS)[number];

// Whoever adds a method is asked to name it above.
type Missing = Exclude<keyof Session, Verb | typeof Symbol.dispose> | Exclude<keyof CoreSession, CoreVerb | typeof Symbol.dispose>;
export const complete: [Missing] extends [never] ? true : Missing = true;
