// What the engine finds wrong in what was given, told in the words of the page: its own say it for programs.

/** Of each, what the engine says, the key under `plan.faults`, and what the parts in brackets are called there. */
const FAULTS: readonly [said: RegExp, key: string, parts: readonly string[]][] = [
  [/^sheet (\d+): (?:row (\d+): )?`(.*)` is no mark/, "noMark", ["sheet", "row", "mark"]],
  [/^sheet (\d+): (?:row (\d+): )?a line of no expert/, "noExpert", ["sheet", "row"]],
  [/^sheet (\d+): /, "unreadable", ["sheet"]],
  [/sheet of `(.*)` has somebody who is not on the list: `(.*)`/, "notOnList", ["expert", "name"]],
  [/sheet of `(.*)` has twice `(.*)`/, "twice", ["expert", "name"]],
  [/sheet of `(.*)` lacks the line of `(.*)`/, "lacks", ["expert", "name"]],
  [/sheet of `(.*)` has no mark of `(.*)`/, "unmarked", ["expert", "name"]],
  [/two sheets are of `(.*)`/, "twoSheets", ["expert"]],
  [/no officer has capacity/, "noRoom", []],
  [/(\d+) leads are locked to `(.*)`, who has room for (\d+)/, "locked", ["n", "name", "room"]],
  [/two officers are named `(.*)`/, "sameName", ["name"]],
  [/capacity of `(.*)` is no number/, "noCapacity", ["name"]],
  [/an officer has a name/, "noName", []],
  [/(\d+) must be on a list of (\d+)/, "tooManyMust", ["n", "count"]],
  [/a shortlist is of 1 to/, "count", []],
  [/a trip has 1 to 30 days/, "tripBounds", []],
  [/^from: no city/, "noCity", []],
];

export interface Fault {
  key: string;
  of: Record<string, string>;
}

export function faultIn(message: string): Fault | undefined {
  for (const [said, key, parts] of FAULTS) {
    const found = said.exec(message);
    if (found) return { key, of: Object.fromEntries(parts.map((part, i) => [part, found[i + 1] ?? "–"])) };
  }
  return undefined;
}
