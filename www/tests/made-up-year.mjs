// A made-up zone: projects of two years, with what happened to them, visits and issues; the same for the same seed and day. Invented
// from beginning to end.
const DAY = 86_400_000;
const KINDS = ["供地类", "供地类", "供地类", "租赁类", "增资扩产类", "基金投资类"];
const CHAINS = ["光电", "集成电路", "新能源", "新材料", "养老服务"];
const DISTRICTS = ["一区", "二区", "三区"];
const OFFICERS = ["甲", "乙", "丙", "丁", "戊"];
const WHAT = ["光模块", "激光装备", "显示面板", "传感器", "电池材料", "诊断试剂", "功率器件", "镜头"];
const STEPS = {
  供地类: ["意向", "上会通过", "签约", "用地审批通过", "供地", "开工", "竣工", "投产"],
  租赁类: ["意向", "上会通过", "签约", "投产"],
  增资扩产类: ["意向", "上会通过", "签约", "开工", "竣工", "投产"],
  基金投资类: ["意向", "基金投决通过", "签约", "投产"],
};
/** Days each takes, about. */
const TAKES = { 上会通过: 40, 基金投决通过: 50, 签约: 25, 用地审批通过: 25, 供地: 40, 开工: 75, 竣工: 240, 投产: 35 };

export function generator(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
const iso = time => new Date(time).toISOString().slice(0, 10);

/** The table of projects as CSV, and visits and issues to be added. */
export function year(today, { seed = 7, projects = 60 } = {}) {
  const random = generator(seed);
  const pick = of => of[Math.floor(random() * of.length)];
  const now = Date.parse(today);
  const steps = [...new Set(Object.values(STEPS).flat()), "退库"];
  const heads = [
    "项目编号",
    "项目名称",
    "投资主体",
    "项目类型",
    "所属产业链",
    "片区",
    "总投资（亿元）",
    "年税收（万元）",
    "年产值（亿元）",
  ].concat(
    "用地面积（亩）",
    "年综合能耗",
    "就业人数",
    "计划投产日期",
    "包干专员",
    "电话核实",
    "相关文件",
    ...steps.slice(0, -1).map(s => `${s}日期`),
  );
  const rows = [];
  const all = [];
  for (let i = 1; i <= projects; i++) {
    const kind = pick(KINDS);
    const began = now - Math.floor(random() * 690 + 4) * DAY;
    const number = `${iso(began).slice(0, 4)}-${String(i).padStart(3, "0")}`;
    const firm = `虚构${i}号${pick(WHAT)}有限公司`;
    const days = new Map();
    let day = began;
    for (const step of STEPS[kind]) {
      if (step !== "意向") day += Math.max(2, Math.round((TAKES[step] ?? 30) * (0.4 + 1.3 * random()))) * DAY;
      // Some stand still.
      if (day > now || (step !== "意向" && random() < 0.06)) break;
      days.set(step, iso(day));
    }
    const money = Math.round((random() ** 3 * 30 + 0.6) * 10) / 10;
    const land = kind === "供地类" ? Math.round(20 + 180 * random()) : "";
    const target = iso(began + (kind === "租赁类" || kind === "基金投资类" ? 330 : 760) * DAY);
    rows.push([
      ...[number, `${firm.slice(2, -4)}项目`, firm, kind, random() < 0.94 ? pick(CHAINS) : "", pick(DISTRICTS)],
      ...[money, Math.round(money * 400 + 50), Math.round(money * 18) / 10, land],
      ...[
        land && Math.round(land * 20),
        Math.round(money * 30 + 20),
        target,
        random() < 0.2 ? "甲、乙" : pick(OFFICERS),
        "是",
        "投资协议",
      ],
      ...steps.slice(0, -1).map(s => days.get(s) ?? ""),
    ]);
    all.push({
      number,
      firm,
      began,
      last: day,
      returned: !days.has("签约") && now - began > 200 * DAY && random() < 0.6,
    });
  }
  const [visits, issues, returns] = [[], [], []];
  for (const p of all) {
    if (p.returned) {
      returns.push({
        project: p.number,
        event: "returned",
        day: iso(Math.min(now, p.began + 180 * DAY)),
        note: "选址他处",
      });
    }
    for (let day = p.began; day < now && visits.length < 900; day += Math.round(15 + 80 * random()) * DAY) {
      const trip = random() < 0.15 ? `${iso(day).slice(0, 7)} 外出` : "";
      visits.push({
        day: iso(day),
        project: p.number,
        enterprise: `${p.firm}|`,
        officers: pick(OFFICERS),
        ...(trip && { trip }),
      });
      if (random() > 0.25) continue;
      const raised = day + DAY;
      if (raised > now) continue;
      const closed = raised + Math.round(3 + 20 * random()) * DAY;
      const issue = {
        title: pick(["用电扩容", "道路通行", "用工", "环评进度", "融资"]),
        raised: iso(raised),
        project: p.number,
      };
      const given = random() < 0.92 && raised + 2 * DAY < now;
      issues.push({
        ...issue,
        ...(given && { assigned: iso(raised + 2 * DAY), assignee: pick(OFFICERS), due: iso(raised + 25 * DAY) }),
        ...(given && closed < now && random() < 0.93 && { closed: iso(Math.max(closed, raised + 2 * DAY)) }),
      });
    }
  }
  const csv = [heads, ...rows].map(r => r.join(",")).join("\n");
  return { csv, visits, issues, returns };
}
/** The same as a ledger. */
export function yearLedger(Team, today, options) {
  const { csv, visits, issues, returns } = year(today, options);
  const team = new Team();
  const at = new Date(Date.parse(today) - 1000);
  team.importProjects(new TextEncoder().encode(csv), { by: "样例", at });
  for (const event of returns) team.add("event", event, { by: "样例", at });
  visits.forEach((v, i) => team.change(`visit:V${i}`, v, { by: "样例", at }));
  issues.forEach((v, i) => team.change(`issue:I${i}`, v, { by: "样例", at }));
  const text = team.text();
  team.free();
  return text;
}
