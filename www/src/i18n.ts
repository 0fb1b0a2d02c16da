import { createI18n } from "vue-i18n";

const zh = {
  title: "相马", subtitle: "招商企业研判", private: "数据只在本机浏览器中处理，不上传",
  candidates: "候选企业", residents: "落户企业（可选）", drop: "拖入表格，或点击选择", formats: "支持企查查、天眼查等导出的 XLSX、CSV、TXT、JSON",
  sample: "用示例数据试用", replace: "更换文件", remove: "移除", target: "目标产业链", allChains: "全部产业链", regions: "重点区域", regionsHint: "输入省或市，回车添加",
  card: "评分卡", weights: "指标权重", reset: "恢复默认", total: "合计", ranking: "企业排名", chainMap: "产业链图谱", report: "导入报告", search: "按名称查找",
  rank: "名次", name: "企业", score: "得分", range: "区间", coverage: "信息完整度", grade: "等级", link: "环节", strategy: "策略", reasons: "理由", parts: "得分构成", place: "所在地",
  exportCsv: "导出 CSV", exportXlsx: "导出 XLSX", english: "English", shown: "显示前 {n} 家，共 {total} 家", more: "显示更多", none: "没有符合的企业",
  located: "{n} 家确认在目标产业链上", nearest: "未确认（接近：{link}）", nearMisses: "接近但未确认", noPlace: "没有确认的环节", sure: "把握 {n}%", evidenceOf: "证据{grade}", vetoed: "{n} 家被一票否决", leftOut: "本次无从判断、未计入的指标：{list}（权重已按比例分给其他指标）",
  step1: "第一步：导入候选企业名单", working: "正在研判", read: "正在读取", facts: "基本信息", evidence: "产业链证据", composition: "得分构成", questions: "还应了解", history: "",
  known: "有据", unknown: "未知", points: "分值", weight: "权重", contribution: "贡献", close: "关闭", low: "最低", high: "最高", veto: "一票否决", swing: "最多影响 {n} 分",
  rowsTotal: "数据行", rowsRead: "读入", rowsMerged: "合并重复", rowsRejected: "未读入", columns: "列的识别", header: "表头", as: "识别为", values: "取值情况", field: "字段",
  understood: "已识别", missing: "缺失", notUnderstood: "未识别", examples: "举例", reason: "原因", row: "行", seen: "内容", personal: "个人信息列已丢弃：{list}",
  needResidents: "导入落户企业名单后，这里显示各环节的覆盖与缺口", coverageOf: "覆盖度", residentsOf: "落户企业", upstream: "上游", midstream: "中游", downstream: "下游",
  error: "出错了", failed: "处理失败", code: "统一社会信用代码", established: "成立日期", capital: "注册资本", paid: "实缴资本", staff: "参保人数", address: "地址", scope: "经营范围", products: "主营产品",
  profile: "企业简介", business: "主营业务", qualifications: "资质", patents: "专利数量", status: "登记状态", asOf: "研判日期", took: "重排用时 {ms} 毫秒", backup: "导出结果供线下使用", clear: "清空", sampleNote: "示例数据，企业均为虚构",
  need: { fill: "补链", extend: "延链", strengthen: "强链", establish: "建链", none: "已强" },
  role: { maker: "制造", developer: "研发", operator: "运营", service: "服务", trader: "贸易" },
  ev: { strong: "强", medium: "中等", weak: "弱" },
  gradeAsk: "先问", cancel: "取消",
  filter: { regions: "地区", links: "环节", needs: "策略", grades: "等级" },
  errors: {
    EMPTY_FILE: "文件是空的，请重新导出", NO_HEADER: "没有找到表头：前 30 行中没有“企业名称”一类的列", NO_ROWS: "只有表头，没有数据行", BAD_WORKBOOK: "这不是可读的工作簿，或文件已损坏；请用表格软件打开后另存为 XLSX",
    BAD_JSON: "JSON 格式有误", UNSUPPORTED_FORMAT: "不支持这种文件；请另存为 XLSX 或 CSV", LIMIT: "文件超出限制，请拆分后再导入", BAD_SCORECARD: "评分卡有误", BAD_CHAIN: "产业链文件有误", UNKNOWN_CHAIN: "没有这条产业链", BAD_ARGUMENT: "参数有误", OUT_OF_MEMORY: "内存不足，请拆分文件；此前的数据仍在", ENGINE_STOPPED: "引擎已停止，请刷新页面", WASM_LOAD: "引擎没有加载成功，请刷新页面", INTERNAL: "引擎出错，请刷新页面",
  },
  fields: { name: "名称", scope: "经营范围", products: "主营产品", main_business: "主营业务", profile: "企业简介", patents: "专利", bids: "中标", tags: "标签", industry: "国标行业" },
  whys: { no_name: "没有企业名称", shifted: "内容错列", not_matched: "数据服务未匹配到企业", not_a_value: "不是有效取值", ambiguous_unit: "没有单位", check_character: "校验位不符", lost_to_scientific_notation: "被表格软件改成科学计数", old_number: "15 位旧注册号", in_the_future: "晚于研判日期", negative: "负数", implausible: "数额过大，疑似单位有误" },
};
const en: typeof zh = {
  title: "Xiangma", subtitle: "Which enterprises to visit, and why", private: "Data stay in this browser; nothing is uploaded",
  candidates: "Candidates", residents: "Resident firms (optional)", drop: "Drop a spreadsheet, or click to choose", formats: "XLSX, CSV, TXT or JSON as exported by company-data services",
  sample: "Try with sample data", replace: "Replace", remove: "Remove", target: "Target chain", allChains: "All chains", regions: "Regions in reach", regionsHint: "Province or city, Enter to add",
  card: "Scorecard", weights: "Weights", reset: "Reset", total: "Sum", ranking: "Ranking", chainMap: "Chain map", report: "Import report", search: "Find by name",
  rank: "Rank", name: "Enterprise", score: "Score", range: "Range", coverage: "Coverage", grade: "Grade", link: "Link", strategy: "Strategy", reasons: "Reasons", parts: "What adds up", place: "Place",
  exportCsv: "Export CSV", exportXlsx: "Export XLSX", english: "中文", shown: "The first {n} of {total}", more: "Show more", none: "No enterprise fits",
  located: "{n} confirmed on the target chain", nearest: "Not confirmed (near: {link})", nearMisses: "Near, and not confirmed", noPlace: "No link confirmed", sure: "{n}% sure", evidenceOf: "{grade} evidence", vetoed: "{n} ruled out", leftOut: "Left out, nothing in this run knows them: {list} (their weight is shared among the others)",
  step1: "First: import a list of candidates", working: "Assessing", read: "Reading", facts: "Facts", evidence: "Evidence on the chain", composition: "What adds up to the score", questions: "What to ask next", history: "",
  known: "backed", unknown: "unknown", points: "Points", weight: "Weight", contribution: "Adds", close: "Close", low: "low", high: "high", veto: "Ruled out", swing: "moves up to {n}",
  rowsTotal: "Rows", rowsRead: "Read", rowsMerged: "Merged", rowsRejected: "Rejected", columns: "Columns", header: "Header", as: "Read as", values: "Values", field: "Field",
  understood: "Understood", missing: "Missing", notUnderstood: "Not understood", examples: "Examples", reason: "Reason", row: "Row", seen: "Seen", personal: "Personal columns dropped: {list}",
  needResidents: "Import resident firms to see coverage and gaps here", coverageOf: "Coverage", residentsOf: "Residents", upstream: "Upstream", midstream: "Midstream", downstream: "Downstream",
  error: "Something is wrong", failed: "Failed", code: "Credit code", established: "Founded", capital: "Registered capital", paid: "Paid-in capital", staff: "Staff insured", address: "Address", scope: "Business scope", products: "Products",
  profile: "Profile", business: "Main business", qualifications: "Qualifications", patents: "Patents", status: "Status", asOf: "As of", took: "re-ranked in {ms} ms", backup: "Export", clear: "Clear", sampleNote: "Sample data, all enterprises are made up",
  need: { fill: "Fill", extend: "Extend", strengthen: "Strengthen", establish: "Establish", none: "Strong" },
  role: { maker: "maker", developer: "developer", operator: "operator", service: "service", trader: "trader" },
  ev: { strong: "strong", medium: "medium", weak: "weak" },
  gradeAsk: "Ask first", cancel: "Cancel",
  filter: { regions: "Region", links: "Link", needs: "Strategy", grades: "Grade" },
  errors: {
    EMPTY_FILE: "The file is empty; export it again", NO_HEADER: "No header found: none of the first 30 rows names the enterprise", NO_ROWS: "A header, and no rows below it", BAD_WORKBOOK: "Not a readable workbook, or a damaged one; save it again as XLSX",
    BAD_JSON: "The JSON does not parse", UNSUPPORTED_FORMAT: "This kind of file is not supported; save it as XLSX or CSV", LIMIT: "The file passes a limit; split it", BAD_SCORECARD: "The scorecard is faulty", BAD_CHAIN: "The chain file is faulty", UNKNOWN_CHAIN: "There is no such chain", BAD_ARGUMENT: "An argument is out of range", OUT_OF_MEMORY: "Not enough memory; split the file. What was loaded is still there", ENGINE_STOPPED: "The engine stopped; reload the page", WASM_LOAD: "The engine did not load; reload the page", INTERNAL: "The engine failed; reload the page",
  },
  fields: { name: "Name", scope: "Scope", products: "Products", main_business: "Main business", profile: "Profile", patents: "Patents", bids: "Bids", tags: "Tags", industry: "Class" },
  whys: { no_name: "no name", shifted: "shifted columns", not_matched: "not matched by the service", not_a_value: "not a value", ambiguous_unit: "no unit", check_character: "wrong check character", lost_to_scientific_notation: "lost to scientific notation", old_number: "old 15-digit number", in_the_future: "in the future", negative: "negative", implausible: "implausibly large" },
};

const saved = localStorage.getItem("xiangma.lang");
export const i18n = createI18n({ legacy: false, locale: saved === "en" ? "en" : "zh", fallbackLocale: "zh", messages: { zh, en } });
