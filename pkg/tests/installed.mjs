// The package as its users get it: packed, and installed into a throw-away project.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { throwAway } from "./folder.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** The project it is installed into. */
export const folder = throwAway("xiangma-");
export const npm = (args, cwd) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const packed = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], root))[0];
export const tarball = join(folder, packed.filename);
export const files = packed.files.map((f) => f.path);
writeFileSync(join(folder, "package.json"), '{ "name": "throw-away", "private": true, "type": "module" }');
npm(["install", "--no-audit", "--no-fund", "--offline", tarball], folder);
export const installed = join(folder, "node_modules/xiangma");
export const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

export const cases = JSON.parse(readFileSync(join(root, "../tests/data/sample_ranking.json"), "utf8"));
export const sample = (name) => readFileSync(join(root, "../tests/data", name));

/** A session of the sample, ranked. */
export function assessed(Session) {
  const session = new Session(cases.as_of);
  session.loadCandidates(sample(cases.candidates));
  session.loadResidents(sample(cases.residents));
  session.target({ chains: cases.chains });
  session.assess();
  return session;
}

/** Runs a program in the project. */
export function run(name, program, args = []) {
  writeFileSync(join(folder, name), program);
  return execFileSync(process.execPath, [...args, `./${name}`], { cwd: folder, encoding: "utf8" });
}
