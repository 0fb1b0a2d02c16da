// What is declared is what there is: the compiler holds values of the engine against their types, and the documents' examples, too.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { assessed, cases, folder, installed, root, run, sample } from "./installed.mjs";

const ts = createRequire(join(root, "package.json"))("typescript");
const { Conversion, Session, Team, assignOfficers, atRisk, blendWeights, blindSheets, chains, checkChains, compareScorecards, introduce, perMu, planTrips, presets, preview, readList, readOfficers, reviewSheets, tableColumns, weighPanel } = await import(join(installed, "dist/node.js"));

const OPTIONS = {
  strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.esnext.disposable.d.ts"], types: [], skipLibCheck: false,
};

const WITH_NODE = { ...OPTIONS, types: ["node"], typeRoots: [join(root, "node_modules/@types")], skipLibCheck: true };

/** Compiles sources beside the installed package; gives the program and what is wrong with it. */
function compiled(name, sources, options = OPTIONS) {
  const at = join(folder, name);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, "package.json"), '{ "type": "module" }');
  const files = Object.entries(sources).map(([file, text]) => (writeFileSync(join(at, file), text), join(at, file)));
  const program = ts.createProgram(files, options);
  const wrong = ts.getPreEmitDiagnostics(program).map((d) => {
    const { line } = d.file?.getLineAndCharacterOfPosition(d.start) ?? {};
    return `${d.file?.fileName.split("/").pop()}:${(line ?? 0) + 1} ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`;
  });
  return { program, wrong };
}

/** Values of every type of a result, with everything in them filled somewhere. */
function values() {
  const found = {};
  const give = (type, ...all) => (found[type] ??= []).push(...all);
  const messy = new Session(cases.as_of);
  give("IntakeReport", messy.loadCandidates(`名单,,\n企业名称,统一社会信用代码,注册资本,主营产品\n甲公司,91420100MA9000096J,很多,钢材\n乙公司,91420100MA9000096J,5,铁\n,,,铜\n丙公司,,3,锡,多\n"丁公司,,4,锌\n戊公司,,4,锌\n`));
  give("IntakeReport", messy.loadCandidates(readFileSync(join(root, "../tests/data", cases.residents))));
  messy.loadCandidates("企业名称,统一社会信用代码\n甲公司,91420100MA9000096J\n乙公司,91420100MA9000096J\n,\n");
  give("MergedRow", ...messy.reported("candidates", "merges"));
  give("RejectedRow", ...messy.reported("candidates", "rejected"));
  messy.free();
  const session = assessed(Session);
  give("Preview", preview(readFileSync(join(root, "../tests/data/intake/layouts/chain_ledger.xlsx"))), preview("客商,干什么的\n甲公司,光模块\n"));
  give("Overview", session.assess());
  give("List", session.list(1000));
  for (const row of session.top(1000)) give("Detail", session.detail(row));
  for (const row of session.top(5)) give("Neighbours", session.neighbours(row));
  give("Facets", session.facets());
  give("LinkState", ...session.diagnosis());
  give("ChainInfo", ...chains());
  give("Finding", ...checkChains(sample("tea_chain.json").toString().replace('"tea_drink"]', '"nowhere"]')));
  give("Robustness", session.robustness(10, { draws: 500 }));
  give("Balance", ...session.balance(10));
  give("RegionCount", ...session.regions());
  give("Cells", session.cells([0, 1]));
  const kept = session.edition();
  const lines = kept.trim().split("\n");
  give("Since", session.since(kept, 5), session.since([lines[0], ...lines.slice(4)].join("\n"), 5));
  const order = session.top(60);
  for (let i = 1; i < order.length; i++) give("Comparison", session.compare(order[i], order[i - 1]));
  for (const row of order.slice(10)) give("Lift", session.lift(row, 10), session.lift(row, 1));
  session.loadCandidates("企业名称,经营范围,曾用名,股东,融资日期,实缴资本,营业收入,企业规模,企业简介,主营业务,专利,中标,上市,国标行业门类,区县,注册地址,企业类型,备注\n甲公司,钢材销售,乙公司,丙公司,2024-05-01,5万元,9万元,小型,做钢材,钢材,一种钢材,某路灯项目,新三板,批发业,江宁区,某路一号,有限责任公司,好\n");
  session.assess();
  give("Detail", session.detail(0));
  give("RankedRow", ...session.rows([0]));
  session.free();
  const [card, other] = presets();
  give("CardChange", ...compareScorecards(card, other));
  give("PanelWeights", weighPanel(["a", "b", "c"], [{ name: "甲", pairs: [[1, 3, 5], [null, 1, 9], [null, null, 1]] }, { name: "乙", pairs: [[1, null, 5], [null, 1, 2], [null, null, 1]] }]));
  give("Blend", blendWeights([3, 2, 1], [1, 2, 3], 0.4));
  const rows = Array.from({ length: 400 }, (_, i) => `第${i}公司,${i % 3 ? "苏州" : "成都"},${100 + ((i * 37) % 91)},${(i * 13) % 100},2024-0${1 + (i % 9)}-11,同,${(i * 37) % 100 < (i % 3 ? 10 : 85) ? "落地" : "未落地"}`);
  const table = ["企业名称,所属城市,注册资本,专家分,接触日期,国别,结果", ...rows].join("\n");
  give("TableColumn", ...tableColumns(table));
  const { conversion, report } = Conversion.train(table, { outcome: "结果", positive: ["落地"], date: "接触日期", prior: "专家分" });
  give("TrainReport", report);
  give("Drift", conversion.predict(table.replaceAll("苏州", "重庆").replaceAll("注册资本", "注资")).drift);
  give("FeatureContribution", ...conversion.contributions(0));
  conversion.free();
  month(give);
  ledger(give);
  return found;
}

/** Values of what a month is planned with. */
function month(give) {
  const zone = new Session("2026-10-01");
  zone.loadCandidates(sample("zone_candidates.csv"));
  zone.loadResidents(sample("zone_residents.csv"));
  zone.target({ chains: ["integrated_circuit"] });
  zone.assess();
  give("ChainState", ...zone.advise([{ link: "ic_package", strategy: "leave", by: "甲", why: "邻市已有", on: "2026-09-01" }]));
  give("Passage", ...zone.passages("integrated_circuit", 50));
  give("Anchor", ...zone.anchors());
  give("Shortlist", zone.shortlist({ count: 2, quota: { each_link: 1 } }, zone.top(100)));
  give("Pushes", zone.push(zone.edition().replace(/"as_of":"[^"]*"/, '"as_of":"2026-09-01"')));
  zone.free();
  const to = ["示例华封封测有限公司", "示例通联模组有限公司"];
  give("Introduced", introduce(sample("zone_ties.csv"), { to, from: ["示例园区晶圆有限公司", "示例园区产业基金"], personal: true }));
  give("Trips", planTrips([320200, null, 440300], { days: 1, visits: 2 }));
  const officers = readOfficers(sample("zone_officers.csv"));
  give("Officer", ...officers);
  give("Assignment", assignOfficers([{ chain: "integrated_circuit", value: 80 }, { lockedTo: "示例丙" }], officers));
  const list = readList("企业名称,所属省份,得分,专员\n示例一有限公司,江苏,80,甲\n示例二有限公司,浙江,70,\n示例三有限公司,江苏,60,\n");
  give("Listed", ...list);
  const filled = blindSheets(list, ["甲", "乙", "丙"]).map((sheet, e) => sheet.trim().split("\n").map((line, i) => (i ? line.replace(/,*$/, `,${50 + ((i + e) * 17) % 40}`) : line)).join("\n"));
  give("Review", reviewSheets(list, filled));
  give("AtRisk", ...atRisk("企业名称,参保人数,登记状态\n示例一有限公司,500,存续\n", "企业名称,参保人数,登记状态\n示例一有限公司,100,注销\n"));
}

/** Values of what a ledger gives. */
function ledger(give) {
  const [by, day] = [{ by: "甲", at: new Date("2026-03-02T01:00:00Z") }, "2026-11-02"];
  const team = new Team();
  team.change("lead:示例一有限公司|江苏", { name: "示例一有限公司", status: "已访", officer: "甲", next: "2026-11-05" }, by);
  team.change("project:1", { name: "产线", enterprise: "示例一有限公司|江苏", kind: "供地类", chain: "optoelectronics", land: "150亩", investment: "12亿元", officers: "甲", target: "2028-06-30", documents: "可研报告" }, by);
  for (const [on, event] of [["2026-03-02", "intent"], ["2026-05-08", "signed"]]) team.add("event", { project: "1", day: on, event }, by);
  team.add("visit", { day: "2026-04-01", officers: "甲", project: "1", enterprise: "示例一有限公司|江苏" }, by);
  const other = new Team(team.text());
  other.change("project:1", { jobs: "300" }, { by: "乙" });
  team.change("project:1", { jobs: "280" }, by);
  give("Joined", team.join(other.text()));
  give("Conflict", ...team.conflicts());
  give("LedgerChange", ...team.history());
  give("Undone", team.undo(team.history("project:1").at(-1).id, by));
  give("Imported", team.importProjects("项目编号,项目名称,总投资,签约日期\n2,二期,很多,2026-06-01\n", by));
  give("TeamBook", team.book(day));
  give("ProjectStatus", ...team.status(day));
  give("Appraisal", ...team.appraise(day));
  give("PerMuEvaluation", perMu("企业名称,税收（万元）,用地（亩）,用电量（万千瓦时）\n示例一有限公司,100,10,300\n示例二有限公司,很多,10,\n", "huangyan_2022_small"));
  give("Reminder", ...team.due(day, 60));
  give("ClockGroup", ...team.clocks(day, "officer"));
  give("ClockReading", ...team.readings(day));
  give("Schedule", team.schedule("1", { today: day }));
  give("Meeting", team.meeting(day));
  give("Cohort", ...team.funnel(day));
  give("PhaseTime", ...team.phaseTimes(day));
  give("Stuck", ...team.stuck(day));
  give("YearFigures", team.year(2026, day, { target: 53, chains: ["optoelectronics"] }));
  give("LeadOutcome", ...team.outcomes("signed", day));
  give("Phases", team.phases());
  give("Tasks", team.tasks());
  give("WorkingDays", team.workingDays("2026-02-14", "2026-02-28"));
  team.free();
  other.free();
}

/** What no value here has: each with why. */
const UNSEEN = {
  "IntakeReport.sheet": "of workbooks",
  "FactChange.from": "a lift starts from what is unknown",
  "TrainReport.newest": "of a newest fifth with enough outcomes",
};

/** Types that are made from Rust's: what they say is held against those by a test of the library. */
const MADE = new Set([...readFileSync(join(root, "border/src/generated.d.ts"), "utf8").matchAll(/^export type (\w+)/gm)].map(([, name]) => name));

test("every value has the fields its type has, and no others", () => {
  const found = values();
  const names = Object.keys(found);
  const text = `import type { ${names.join(", ")} } from "xiangma";\n` + names.map((n) => `export const ${n}Values: ${n}[] = ${JSON.stringify(found[n])};`).join("\n");
  const { program, wrong } = compiled("values", { "values.ts": text });
  assert.deepEqual(wrong.map((w) => w.slice(0, 400)), []);

  // And every field that is declared is filled somewhere.
  const checker = program.getTypeChecker();
  const [declared, seen] = [new Set(), new Set()];
  const walk = (type, value, path) => {
    if (value === null || value === undefined) return;
    if (type.isUnion()) return type.types.filter((t) => t.flags & ts.TypeFlags.Object).forEach((t) => walk(t, value, path));
    if (!(type.flags & ts.TypeFlags.Object)) return;
    if (Array.isArray(value)) {
      const entries = checker.getTypeArguments(type);
      return value.forEach((v, i) => walk(entries[Math.min(i, entries.length - 1)], v, path));
    }
    if (typeof value !== "object") return;
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index) return Object.values(value).forEach((v) => walk(index, v, `${path}.*`));
    const name = type.aliasSymbol?.name ?? (type.symbol.name.startsWith("__") ? path : type.symbol.name);
    for (const property of checker.getPropertiesOfType(type)) {
      const field = `${name}.${property.name}`;
      if (!MADE.has(name.split(".")[0])) declared.add(field);
      if (value[property.name] !== null && value[property.name] !== undefined) seen.add(field);
      walk(checker.getTypeOfSymbol(property), value[property.name], field);
    }
  };
  const source = program.getSourceFiles().find((f) => f.fileName.endsWith("values.ts"));
  for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(source))) {
    const name = symbol.name.replace(/Values$/, "");
    const [entry] = checker.getTypeArguments(checker.getTypeOfSymbol(symbol));
    for (const value of found[name]) walk(entry, value, name);
  }
  assert.ok(declared.size > 150, String(declared.size));
  assert.deepEqual([...declared].filter((f) => !seen.has(f) && !UNSEEN[f]), []);
});

test("names are written one way", () => {
  const text = readFileSync(join(installed, "dist/web/xiangma.d.ts"), "utf8");
  const exported = text.slice(text.indexOf("export interface"), text.indexOf("export class"));
  assert.deepEqual(exported.match(/^ *\/?\*?.*\b[a-z0-9]+_[a-z0-9_]+\??:/gm)?.filter((l) => !/^\s*\/?\*/.test(l)) ?? [], []);
});

test("codes are the engine's own, and those of the package are all told of", () => {
  const rust = readFileSync(join(root, "../src/error.rs"), "utf8");
  const own = new Set([...rust.matchAll(/=> "([A-Z_]+)"/g)].map(([, code]) => code));
  assert.ok(own.size >= 15);
  const { program } = compiled("codes", { "codes.ts": 'import type { EngineErrorCode, ErrorCode } from "xiangma"; export declare const engine: EngineErrorCode; export declare const all: ErrorCode;' });
  const checker = program.getTypeChecker();
  const source = program.getSourceFiles().find((f) => f.fileName.endsWith("codes.ts"));
  const [engine, all] = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((s) => new Set(checker.getTypeOfSymbol(s).types.map((t) => t.value)));
  assert.deepEqual([...engine].sort(), [...own].sort());
  const page = readFileSync(join(root, "../docs/javascript.md"), "utf8");
  for (const code of all) assert.ok(page.includes(`\`${code}\``), `${code} is in no table`);
  // And none is thrown that is not declared.
  const sources = ["args", "bytes", "channel", "core", "conversion", "decisions", "engine", "errors", "held", "load", "locator", "miniprogram", "node", "plan", "session", "source", "team", "together", "worker"];
  for (const name of sources) {
    for (const [, code] of readFileSync(join(root, `src/${name}.ts`), "utf8").matchAll(/failure\(\s*"([A-Z_]+)"/g)) assert.ok(all.has(code), code);
  }
});

const EXAMPLES = ["README.md", "../docs/javascript.md", "../docs/mini-program.md", "../docs/en/web.md", "../docs/zh/web.md", "../docs/en/mini-program.md", "../docs/zh/mini-program.md", "dist/session.d.ts", "dist/conversion.d.ts", "dist/decisions.d.ts", "dist/locator.d.ts", "dist/worker.d.ts", "dist/together.d.ts"];

/** Code in the documents: `[name, tag, code]`. */
function* examples() {
  for (const file of EXAMPLES) {
    const text = readFileSync(join(root, file), "utf8").replaceAll(/^ *\* ?/gm, "");
    let at = 0;
    for (const [, tag, code] of text.matchAll(/```((?:ts|js)\b[^\n]*)\n([\s\S]*?)```/g)) yield [`${file.replaceAll(/\W+/g, "-")}-${at++}`, tag, code];
  }
}

test("every example in the documents is right under strict, and runs", () => {
  const all = [...examples()];
  const typed = all.filter(([, tag]) => tag.startsWith("ts"));
  assert.ok(typed.length >= 15, `${typed.length} examples`);
  const { wrong } = compiled("examples", Object.fromEntries(typed.map(([name, , code]) => [`${name}.ts`, `${code}\nexport {};\n`])), WITH_NODE);
  assert.deepEqual(wrong, []);
  let first = true;
  for (const [name, tag, code] of all) {
    // What needs a browser or a mini-program is only looked at.
    const javascript = tag.startsWith("ts") ? ts.transpileModule(code, { compilerOptions: { target: "ES2022", module: "ESNext" } }).outputText : code;
    const out = run(`${name}.${tag.startsWith("js") && /\brequire\(/.test(code) ? "cjs" : "mjs"}`, javascript, tag.includes("no-run") ? ["--check"] : []);
    if (first) assert.match(out, /^1 示例光电有限公司/);
    first = false;
  }
});

test("types without the library of pages, and the tools of today and before", () => {
  const using = 'import { Conversion, Locator, Session, XiangmaError } from "xiangma"; using s = new Session("2026-11-01"); using l = new Locator(); using c = new Conversion("{}"); try { s.assess(); } catch (e) { if (e instanceof XiangmaError && e.code === "FREED") console.log(e.row?.toFixed()); }';
  const own = { ...OPTIONS, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] };
  assert.deepEqual(compiled("using", { "using.ts": using }, own).wrong, [], "the types bring what `using` needs");
  const remote = 'import { connect } from "xiangma/worker"; await using s = await connect(new Worker("w.js"), "2026-11-01"); const rows: Uint32Array = await s.top(5); const f: string = (await s.reported("candidates", "rejected"))[0].reason; await s.loadCandidates(new Blob([]), (share) => share.toFixed()); console.log(rows, f);';
  assert.deepEqual(compiled("remote", { "remote.ts": remote }, { ...own, lib: [...own.lib, "lib.esnext.disposable.d.ts"] }).wrong, []);
});

test("the mini-program's types have what its build has", () => {
  const program = `import xiangma = require("xiangma/miniprogram");
const session = new xiangma.Session("2026-11-01");
session.list(3).rows[0].shown;
// @ts-expect-error not there
session.robustness(3);
// @ts-expect-error not there
xiangma.Locator;
// @ts-expect-error not there
xiangma.weighPanel;
xiangma.init("/x.wasm.br").then(() => {});
declare const wx: { createWorker(path: string, options: { useExperimentalWorker: boolean }): { postMessage(m: object): void; onMessage(f: (m: { [key: string]: any }) => void): void; terminate(): void; onProcessKilled(f: () => void): void } };
xiangma.connect(wx.createWorker("w.js", { useExperimentalWorker: true }), "2026-11-01").then(async (remote) => {
  const rows: Uint32Array = await remote.top(5);
  // @ts-expect-error not there
  remote.robustness(3);
  return rows;
});
declare const worker: { postMessage(m: object): void; onMessage(f: (m: any) => void): void };
xiangma.serve(worker, (asOf) => new xiangma.Session(asOf));
`;
  const older = { ...OPTIONS, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, target: ts.ScriptTarget.ES2017, lib: ["lib.es2020.d.ts"], skipLibCheck: true };
  for (const [name, options] of [["mini", OPTIONS], ["mini-older", older]]) {
    assert.deepEqual(compiled(name, { "mini.cts": program }, options).wrong, [], name);
  }
});
