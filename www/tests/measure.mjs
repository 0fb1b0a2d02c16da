// How quick the page is: node tests/measure.mjs [file.csv | rows] [rounds] [load | list | review | views | export …]. Without a file,
// made-up rows, 100,000 unless said. An interaction
// is measured from its input to the frame that shows the first and the last of what it changes. Its figures say nothing without the load.
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { root } from "./visit.mjs";

const [given = "100000", rounds = "15", ...parts] = process.argv.slice(2);
const wanted = part => !parts.length || parts.includes(part);
const ROUNDS = Number(rounds);
/** So many rows of real registration data are the smaller case; a file is cut there with `ROWS`. */
const ROWS = Number(process.env.ROWS ?? Infinity);
const folder = mkdtempSync(join(tmpdir(), "measure-"));
const dist = join(root, process.env.DIST ?? "dist");
const outDir = process.env.DIST ?? "dist";

/** The same rows at every run: a generator of its own, from one seed. */
function madeUp(count) {
  let state = 20260401;
  const next = n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const of = list => list[next(list.length)];
  const places = ["江苏,苏州", "江苏,无锡", "浙江,宁波", "广东,深圳", "广东,东莞", "湖北,武汉", "四川,成都", "上海,上海", "北京,北京"];
  const optical = ["光模块", "光器件", "光学镜头", "光纤预制棒", "激光器", "光芯片", "液晶面板", "光学薄膜", "晶圆", "锂电池", "碳纤维"];
  const others = ["日用百货", "建筑工程", "餐饮服务", "物业管理", "服装鞋帽", "农产品", "软件", "货物运输", "广告", "五金", "橡胶制品"];
  const does = ["研发、制造", "生产", "销售", "技术服务", "设计", "加工", "批发"];
  const rest = "（依法须经批准的项目，经相关部门批准后方可开展经营活动）";
  const lines = ["企业名称,登记状态,成立日期,注册资本,参保人数,所属省份,所属城市,资质,专利数量,经营范围"];
  for (let i = 0; i < count; i++) {
    const words = next(5) < 2 ? optical : others;
    const what = of(words);
    const scope = Array.from({ length: 2 + next(5) }, () => `${of(next(3) ? words : others)}的${of(does)}`).join("；");
    const day = `${1995 + next(30)}-0${1 + next(9)}-1${next(10)}`;
    const grades = next(9) ? "" : of(["高新技术企业", "专精特新", "科技型中小企业"]);
    const capital = next(6) ? `${50 + next(9000)}万元人民币` : "-";
    const known = next(2) ? `${next(800)}` : "-";
    lines.push(
      `${of(["甲", "乙", "丙", "丁", "恒", "泽"])}示例${i}号${what}有限公司,存续,${day},${capital},${known},${of(places)},${grades},${next(90)},${scope}${rest}`,
    );
  }
  return lines.join("\n");
}
async function theFile() {
  const path = join(folder, "measured.csv");
  if (/^\d+$/.test(given)) writeFileSync(path, madeUp(Number(given)));
  else if (ROWS === Infinity) return given;
  else {
    const lines = [];
    for await (const line of createInterface(createReadStream(given))) if (lines.push(line) > ROWS) break;
    writeFileSync(path, lines.join("\n"));
  }
  return path;
}

/** In the page: notes inputs, frames in which something changed, and tasks that keep it from answering. */
const WATCH = () => {
  const seen = (window.seen = { input: 0, frames: [], tasks: [], gaps: 0 });
  new PerformanceObserver(list => {
    for (const e of list.getEntries()) seen.tasks.push({ at: e.startTime, took: e.duration });
  }).observe({ type: "longtask", buffered: true });
  for (const name of ["keydown", "click", "wheel", "change", "input"])
    addEventListener(name, e => !seen.input && (seen.input = e.timeStamp), { capture: true, passive: true });
  let asked = false;
  const changed = () => {
    if (asked) return;
    asked = true;
    // After a frame's work comes its painting: what is told then is told after it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        asked = false;
        seen.frames.push(performance.now());
      };
      port2.postMessage(0);
    });
  };
  const what = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(changed).observe(document, what);
  addEventListener("scroll", changed, { capture: true, passive: true });
  let last = performance.now();
  const frame = now => {
    seen.gaps = Math.max(seen.gaps, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
};
const begin = page => page.evaluate(() => Object.assign(window.seen, { input: 0, frames: [], tasks: [], gaps: 0 }));
/** Once nothing has changed for a while. */
const quiet = (page, ms = 300) =>
  page.waitForFunction(
    ms => performance.now() - (window.seen.frames.at(-1) ?? window.seen.input) > ms && !document.querySelector('[data-test="busy"]'),
    ms,
    { polling: 50, timeout: 120_000 },
  );
const quantile = (of, q) => [...of].sort((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * q))];
const round = n => (n === undefined ? "" : Math.round(n));

const table = [];
const say = (what, figures) => void table.push({ what, ...figures });
/** Milliseconds the page's own thread has worked, whatever else the machine does. */
async function worked(page) {
  page.told ??= page.context().newCDPSession(page).then(async told => {
    await told.send("Performance.enable", { timeDomain: "threadTicks" });
    return told;
  });
  const { metrics } = await (await page.told).send("Performance.getMetrics");
  return metrics.find(m => m.name === "TaskDuration").value * 1000;
}
/** Does something once to get warm, then again and again. */
async function interaction(page, what, act, times = ROUNDS) {
  const [firsts, lasts, tasks, works] = [[], [], [], []];
  for (let i = -1; i < times; i++) {
    await quiet(page);
    await begin(page);
    const before = await worked(page);
    await act(i);
    await page.waitForFunction(() => window.seen.input > 0 && window.seen.frames.some(f => f > window.seen.input));
    await quiet(page);
    const { input, frames, tasks: long } = await page.evaluate(() => window.seen);
    if (i < 0) continue;
    works.push((await worked(page)) - before);
    const after = frames.filter(f => f > input);
    firsts.push(after[0] - input);
    lasts.push(after.at(-1) - input);
    tasks.push(...long.map(t => t.took));
  }
  say(what, {
    ...{ first50: round(quantile(firsts, 0.5)), first90: round(quantile(firsts, 0.9)) },
    ...{ last50: round(quantile(lasts, 0.5)), last90: round(quantile(lasts, 0.9)) },
    ...{ long: tasks.length, longest: round(Math.max(0, ...tasks)), work: round(quantile(works, 0.5)) },
  });
}

const server = await preview({ root, build: { outDir }, preview: { port: 0, host: "127.0.0.1" }, logLevel: "silent" });
const url = server.resolvedUrls.local[0];
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
const at = (page, name) => page.locator(`[data-test="${name}"]`).first();
async function visit() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", serviceWorkers: "block" });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  return { context, page };
}

// The way in.
const loads = [];
let bytes = { page: 0, engine: 0 };
for (let i = 0; i < (wanted("load") ? 7 : 1); i++) {
  const { context, page } = await visit();
  const asked = new Set();
  page.on("request", r => asked.add(new URL(r.url()).pathname));
  await page.goto(url, { waitUntil: "commit" });
  loads.push(
    await page.evaluate(async () => {
      const usable = () => document.querySelector('[data-test="sample"]:not(:disabled)');
      while (!usable()) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now();
    }),
  );
  await page.waitForTimeout(500);
  bytes = { page: 0, engine: 0 };
  for (const path of asked) {
    const file = join(outDir.startsWith("/") ? outDir : dist, path === "/" ? "index.html" : path);
    if (existsSync(file)) bytes[path.endsWith(".wasm") ? "engine" : "page"] += brotliCompressSync(readFileSync(file)).length;
  }
  await context.close();
}
say("first load to usable", { last50: round(quantile(loads, 0.5)), last90: round(quantile(loads, 0.9)) });

// The file.
const file = await theFile();
const drops = [];
let open;
for (let i = 0; i < (statSync(file).size < 5_000_000 ? 7 : wanted("load") ? 3 : 1); i++) {
  await open?.context.close();
  open = await visit();
  const { page } = open;
  await page.goto(url);
  await at(page, "sample").waitFor();
  await page.waitForTimeout(600);
  await begin(page);
  await page.locator('[data-test="file-candidates"]').setInputFiles(file);
  drops.push(
    await page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      while (!document.querySelector('[data-test="ranked"] [data-test="name"]')) await frame();
      await frame();
      const first = performance.now() - window.seen.input;
      while (document.querySelector('[data-test="busy"]') || !document.querySelector('[data-test="answer"]')) await frame();
      await frame();
      return { first, all: performance.now() - window.seen.input, tasks: window.seen.tasks.map(t => t.took) };
    }),
  );
}
const { page } = open;
await quiet(page);
for (const [name, key] of [["drop to first rows", "first"], ["drop to all drawn", "all"]])
  say(name, {
    ...{ last50: round(quantile(drops.map(d => d[key]), 0.5)), last90: round(quantile(drops.map(d => d[key]), 0.9)) },
    long: drops.flatMap(d => d.tasks).length,
    longest: round(Math.max(0, ...drops.flatMap(d => d.tasks))),
  });
const rows = Number(await page.getAttribute('[data-test="list-foot"]', "data-total"));
const inSight = await page
  .locator('[data-test="ranked"]:not([hidden])')
  .evaluateAll(all => all.filter(r => r.getBoundingClientRect().bottom <= innerHeight).length);

// The list.
if (wanted("list")) {
  await at(page, "weights-open").click();
  await at(page, "weight-scale").focus();
  await interaction(page, "slider", i => page.keyboard.press(i % 8 < 4 ? "ArrowRight" : "ArrowLeft"));
  await at(page, "reset-weights").click();
  await at(page, "weights-close").click();
  await at(page, "search").focus();
  await interaction(page, "search, a letter", i => page.keyboard.press(["g", "u", "Backspace", "Backspace"][(i + 1) % 4]));
  await at(page, "search").fill("");
  const word = ["光学", "激光", "示例 苏州", ""];
  await interaction(page, "search, words", i => at(page, "search").fill(word[(i + 1) % 4]));
  await at(page, "search").fill("");
  await quiet(page);
  await at(page, "filter").click();
  const box = page.locator('[data-test="filter-grades"] label').first();
  await interaction(page, "filter", () => box.click());
  await page.keyboard.press("Escape");
  await quiet(page);
  if (await at(page, "clear-filter").count()) await at(page, "clear-filter").click();
  await interaction(page, "standing", i => page.locator('[data-test="standing"] label, [data-test="standing"] button').nth((i + 2) % 4).click());
  await page.locator('[data-test="standing"] label, [data-test="standing"] button').first().click();
  await quiet(page);
  const area = await page.locator(".list-table").boundingBox();
  await page.mouse.move(area.x + 300, area.y + 300);
  await interaction(page, "scroll, a screen", i => page.mouse.wheel(0, i % 12 < 6 ? 600 : -600));
  await interaction(page, "scroll, anywhere", i =>
    page.evaluate(i => {
      const scrolled = document.querySelector("regular-table");
      window.seen.input = performance.now();
      scrolled.scrollTop = ((i * 7919) % 100) * 0.01 * (scrolled.scrollHeight - scrolled.clientHeight);
    }, i + 3),
  );
  await page.evaluate(() => (document.querySelector("regular-table").scrollTop = 0));
  await quiet(page);
  await interaction(page, "order by a criterion", i => at(page, i % 2 ? "sort-chain_fit" : "sort-score").click());
  await at(page, "sort-score").click();
  await quiet(page);
  await page.locator('[data-test="ranked"]').nth(1).click();
  await at(page, "detail").waitFor();
  await page.keyboard.press("Escape");
  await interaction(page, "open an enterprise", async i => {
    if (i >= 0) {
      await page.keyboard.press("Escape");
      await quiet(page);
      await begin(page);
    }
    await page.locator('[data-test="ranked"]').nth(2 + (i + 1) % 8).click();
  });
  await interaction(page, "the next enterprise", () => page.keyboard.press("ArrowRight"));
  await page.keyboard.press("Escape");
  await quiet(page);
}
// The first sentences of a review: the first time, and then of so many selected.
if (wanted("review")) {
  const said = page =>
    page.evaluate(async () => {
      const sentence = () => document.querySelector('[data-test="review-say"]')?.textContent;
      const before = window.before;
      while (!sentence() || sentence() === before) await new Promise(requestAnimationFrame);
      window.before = sentence();
      await new Promise(requestAnimationFrame);
      return { took: performance.now() - window.seen.input, tasks: window.seen.tasks.map(t => t.took) };
    });
  const sentences = [];
  for (const k of ["", "10", "20", "5", "50", "20", "10", "20"]) {
    await begin(page);
    if (k) await at(page, "review-k").selectOption(k);
    else await at(page, "nav-review").click();
    sentences.push(await said(page));
    await quiet(page);
  }
  for (const [what, of] of [["review, first sentences, first time", sentences.slice(0, 1)], ["review, other sentences", sentences.slice(1)]])
    say(what, {
      ...{ last50: round(quantile(of.map(s => s.took), 0.5)), last90: round(quantile(of.map(s => s.took), 0.9)) },
      ...{ long: of.flatMap(s => s.tasks).length, longest: round(Math.max(0, ...of.flatMap(s => s.tasks))) },
    });
}
if (wanted("views")) {
  for (const view of ["map", "ledger", "import", "output", "learning", "review"]) {
    await at(page, "nav-list").click();
    await quiet(page);
    await interaction(page, `list → ${view}`, async () => {
      if (!page.url().includes("#/list")) {
        await at(page, "nav-list").click();
        await quiet(page);
        await begin(page);
      }
      await at(page, `nav-${view}`).click();
    }, Math.ceil(ROUNDS / 3));
    await interaction(page, `${view} → list`, async () => {
      if (page.url().includes("#/list")) {
        await at(page, `nav-${view}`).click();
        await quiet(page);
        await begin(page);
      }
      await at(page, "nav-list").click();
    }, Math.ceil(ROUNDS / 3));
  }
}
// The whole list as a workbook, while the page answers.
if (wanted("export")) {
  await at(page, "nav-output").click();
  await quiet(page);
  const all = page.locator('[data-test="output-scope"] label, [data-test="output-scope"] button').nth(1);
  if (await all.count()) await all.click();
  for (const format of ["csv", "xlsx"]) {
    await quiet(page);
    await begin(page);
    const started = Date.now();
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), at(page, `output-${format}`).click()]);
    const took = Date.now() - started;
    const { tasks, gaps } = await page.evaluate(() => window.seen);
    const size = statSync(await download.path()).size;
    say(`export ${format}, ${(size / 1e6).toFixed(1)} MB, longest wait for a frame ${round(gaps)} ms`, {
      ...{ last50: took, long: tasks.length, longest: round(Math.max(0, ...tasks.map(t => t.took))) },
    });
  }
}

console.log(`${cpus().length} cores, load ${loadavg().map(l => l.toFixed(1)).join(" ")}; ${rows} rows in the list; ${inSight} in sight`);
console.log(`before a file is opened, brotli: page ${bytes.page}, engine ${bytes.engine}, together ${bytes.page + bytes.engine}`);
console.log("milliseconds: p50 and p90 to the first and to the last frame; tasks over 50 ms, and the longest; work of the page's own thread");
console.table(Object.fromEntries(table.map(({ what, ...figures }) => [what, figures])));
await browser.close();
await server.close();
rmSync(folder, { recursive: true, force: true });
