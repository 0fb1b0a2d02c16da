// One sitting for all pages. The file never leaves the telephone: it is read into the engine's own memory.
const xiangma = require("xiangma");

const NEEDS = { fill: "补链", extend: "延链", strengthen: "强链", establish: "建链", none: "已强" };
const ROLES = { maker: "制造", developer: "研发", operator: "运营", service: "服务", trader: "贸易" };

let session;
let overview;
const settings = { chain: "optoelectronics", hasCandidates: false };

function today() {
  const d = new Date();
  const two = (n) => (n < 10 ? "0" + n : "" + n);
  return d.getFullYear() + "-" + two(d.getMonth() + 1) + "-" + two(d.getDate());
}

/** Loads the engine, once. */
async function start() {
  await xiangma.init();
  if (!session) session = new xiangma.Session(today());
}

function rank() {
  if (!settings.hasCandidates) return;
  session.target({ chains: [settings.chain] });
  overview = session.assess();
}

/** Reads a file; what was there before stays when it cannot be read. */
function load(kind, bytes) {
  const report = kind === "residents" ? session.loadResidents(bytes) : session.loadCandidates(bytes);
  if (kind === "candidates") settings.hasCandidates = true;
  rank();
  return report;
}

function choose(chain) {
  settings.chain = chain;
  rank();
}

/** The first `count` of the list, narrowed by part of a name. */
function list(count, text) {
  if (!overview) return [];
  session.setFilter(text ? { text } : {});
  return session.list(count).rows.map((r) => ({
    row: r.row,
    rank: r.rank,
    name: r.name,
    place: [r.province, r.city].filter(Boolean).join(" "),
    score: r.shown,
    grade: r.grade === "ask" ? "待补信息" : r.grade,
    need: r.strategy || "",
    needName: NEEDS[r.strategy] || "",
    role: ROLES[r.role] || "",
    why: r.reasons.length ? r.reasons[0].zh : "",
  }));
}

/** Everything about one enterprise, in the words of the page. */
function firm(row) {
  // Opened from a shared card, or after the system took the memory back: the list is not there.
  const d = overview && session.detail(row);
  if (!d) return null;
  const titles = {};
  overview.criteria.forEach((c) => (titles[c.id] = c.zh));
  return {
    row,
    name: d.name,
    rank: d.rank,
    rows: overview.rows,
    score: d.shown,
    range: d.low.toFixed(1) + "–" + d.high.toFixed(1),
    coverage: Math.round(d.coverage),
    reasons: d.reasons.map((r) => r.zh),
    parts: d.contributions.map((c) => ({ id: c.criterion, title: titles[c.criterion], weight: (c.weight / 100).toFixed(0), points: Math.round(c.points / 100), adds: c.contribution.toFixed(2) })),
    questions: d.questions.slice(0, 3).map((q) => ({ text: q.zh, swing: q.swing.toFixed(1) })),
  };
}

/** The links of the target chain, and what the park needs of each. */
function links() {
  if (!session) return null;
  const chain = session.chains().find((c) => c.id === settings.chain);
  const states = {};
  (session.diagnosis() || []).forEach((s) => (states[s.link] = s));
  const stages = { upstream: "上游", midstream: "中游", downstream: "下游" };
  return {
    title: chain.zh,
    hasPark: Object.keys(states).length > 0,
    links: chain.links.map((l) => {
      const s = states[l.id];
      return { id: l.id, name: l.zh, stage: stages[l.stage] || "", need: s ? s.need : "", needName: s ? NEEDS[s.need] : "", residents: s ? s.residents : 0 };
    }),
  };
}

const chains = () => xiangma.chains().map((c) => ({ id: c.id, name: c.zh }));

/** An error in words for people; anything else that is thrown, too. */
function explainError(e) {
  const words = {
    EMPTY_FILE: "文件是空的，请重新导出。",
    NO_HEADER: "没有找到表头：需要“企业名称”一列。",
    NO_ROWS: "只有表头，没有数据行。",
    UNSUPPORTED_FORMAT: "这种文件读不了：请用 CSV 或 JSON（小程序里不读 Excel，请先另存为 CSV）。",
    BAD_JSON: "JSON 格式不对。",
    LIMIT: "文件太大，请分批导入。",
    OUT_OF_MEMORY: "内存不足，请分批导入；此前的数据仍在。",
    ENGINE_STOPPED: "内存不足，计算中断了：请重新打开小程序，分批导入。",
    WASM_LOAD: "引擎没有加载成功，请检查基础库版本（2.14.0 以上），或重新构建 npm。",
    WASM_VERSION: "引擎版本不一致，请重新构建 npm。",
  };
  // What the telephone's own calls say of privacy.
  const privacy = {
    103: "你没有同意使用；需要时请再点一次，或在“设置”里允许。",
    104: "请先阅读并同意《用户隐私保护指引》。",
    112: "小程序还没有声明这项用途，请联系开发者。",
  };
  if (privacy[e.errno]) return privacy[e.errno];
  const where = e.row ? "（第 " + e.row + " 行）" : "";
  return (words[e.code] || "出错了：" + (e.message || e.errMsg || e)) + where;
}

module.exports = { start, load, choose, list, firm, links, chains, settings, explainError };
