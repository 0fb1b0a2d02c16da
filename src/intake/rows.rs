//! Rows of a table that are no enterprises: totals, notes, headers again, titles of parts, instructions to fill it in.

use std::sync::LazyLock;

use crate::intake::heading;
use crate::intake::{Field, personal};
use crate::text::squeeze;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Row {
    Enterprise,
    /// The title of a part: a tag of the rows below it.
    Section(String),
    /// No enterprise, for this reason.
    Other(&'static str),
}

/// What ends the name of a firm, an office or an institution.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "公司", "厂", "集团", "企业", "合伙)", "合伙", "合作社", "联合社", "中心", "研究院", "研究所", "院", "所", "事务所", "工作室", "门市部", "经营部", "营业部", "商行", "商店",
    "店", "行", "社", "部", "站", "场", "馆", "坊", "铺", "庄", "基地", "总站", "银行", "大学", "学院", "学校", "医院", "协会", "学会", "联盟", "基金", "委员会", "管委会", "办事处", "分局",
    "局", "处", "室", "库", "矿", "窑", "园", "酒店", "宾馆", "招待所", "超市", "市场", "总部",
];

/// The characters that forms end with, and those that notes and instructions begin with: they rule out most texts at once.
static LAST_OF_FORMS: LazyLock<Vec<char>> = LazyLock::new(|| FORMS.iter().filter_map(|f| f.chars().last()).collect());
static FIRST_OF_NOTES: LazyLock<Vec<char>> = LazyLock::new(|| NOTES.iter().chain(INSTRUCTIONS).filter_map(|n| n.chars().next()).collect());

/// True when a folded text begins with one of these.
fn begins(folded: &str, words: &[&str]) -> bool {
    folded.chars().next().is_some_and(|first| FIRST_OF_NOTES.contains(&first)) && words.iter().any(|n| folded.starts_with(n))
}

/// True when a text ends as the names of firms do, or holds such an end before a bracket or a place.
pub(crate) fn has_form(name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let name = squeeze(name);
    let bare = name.split_once('(').map_or(name.as_str(), |(head, tail)| if head.is_empty() { tail } else { head });
    let latin = name.chars().filter(char::is_ascii_alphabetic).count() >= 4;
    let ends = |text: &str| text.chars().last().is_some_and(|c| LAST_OF_FORMS.contains(&c)) && FORMS.iter().any(|f| text.ends_with(f));
    latin || name.contains("公司") || ends(bare) || ends(&name) || ends(name.trim_end_matches(')'))
}

#[rustfmt::skip]
const TOTALS: &[&str] = &[
    "合计", "总计", "小计", "共计", "累计", "总和", "汇总", "合计数", "总数", "总合计", "平均", "平均值", "平均数", "均值", "本页小计", "本页合计", "本表合计", "全部合计", "最大值",
    "最小值", "中位数", "TOTAL", "TOTALS", "SUM", "SUBTOTAL", "GRANDTOTAL", "AVERAGE", "MEAN", "ALL",
];

#[rustfmt::skip]
const NOTES: &[&str] = &[
    "注:", "注：", "注1", "注2", "注3", "注一", "注释", "注意", "备注:", "备注：", "备注1", "说明:", "说明：", "说明1", "填表说明", "填报说明", "填写说明", "编制说明", "指标说明", "指标解释",
    "数据来源", "资料来源", "信息来源", "来源:", "来源：", "数据截至", "数据截止", "数据更新", "数据说明", "统计口径", "统计时间", "截至", "截止", "制表", "填表", "填报", "编制", "审核", "复核",
    "审批", "签字", "签章", "签名", "盖章", "(盖章", "单位(盖章", "单位盖章", "单位负责人", "负责人:", "负责人：", "部门负责人", "分管领导", "联系人:", "联系人：", "联系电话", "联系方式", "咨询电话",
    "打印", "报送", "上报日期", "报表日期", "日期:", "日期：", "以下空白", "以上空白", "以上数据", "以上企业", "以上信息", "以上均", "以上名单", "以下为", "本表", "本名单", "本数据", "本报告", "免责",
    "声明:", "声明：", "版权", "导出", "查询时间", "查询条件", "查询日期", "更新时间", "更新日期", "生成时间", "下载时间", "附件", "附注", "附:", "附：", "温馨提示", "提示:", "提示：", "©", "※",
    "HTTP://", "HTTPS://", "WWW.", "NOTE:", "NOTES:", "NOTE：", "SOURCE:", "SOURCE：", "DATASOURCE", "REMARK", "UPDATED:", "PREPAREDBY", "DISCLAIMER", "COPYRIGHT", "---", "===", "***",
    "(以下无正文", "以下无正文", "-以下空白", "—以下空白",
];

#[rustfmt::skip]
const INSTRUCTIONS: &[&str] = &[
    "必填", "选填", "(必填", "(选填", "请填", "请输入", "请按", "请选择", "请以", "填写", "填营业执照", "按营业执照", "与营业执照", "营业执照全称", "营业执照上", "如:", "如：", "例:", "例：", "例如",
    "示例:", "示例：", "样例", "范例", "格式:", "格式：", "输入", "下拉选择", "文本格式", "数字格式", "XX", "××", "＊＊", "某某", "不超过", "限填", "字数", "REQUIRED", "OPTIONAL", "EXAMPLE", "E.G.",
];

/// What a row is, by its cleaned cells: `name` is what stands in the column of names, `headings` the header.
pub(crate) fn kind(cells: &[&str], name: &str, headings: &[String]) -> Row {
    let filled: Vec<(usize, &str)> = cells.iter().enumerate().map(|(i, c)| (i, c.trim())).filter(|(_, c)| !c.is_empty()).collect();
    // The first cell that is no order number.
    let numeral = |c: &str| c.len() <= 6 && c.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let words = || filled.iter().filter(|(_, c)| !numeral(c));
    let Some((_, lead)) = words().next() else { return Row::Enterprise };
    let name = name.trim();
    let lead_folded = start_of(lead);
    let name_folded = if *lead == name { lead_folded.clone() } else { start_of(name) };
    for folded in [&lead_folded, &name_folded] {
        if is_total(folded) {
            return Row::Other("total");
        }
    }
    let few = words().count() <= 3;
    let firm = !name.is_empty() && has_form(name);
    for folded in [&lead_folded, &name_folded] {
        // 导出科技有限公司 is a firm; 数据来源：某某有限公司 is none.
        let spoken = !firm || lead.contains([':', '：']);
        if few && spoken && begins(folded, NOTES) {
            return Row::Other("note");
        }
        if is_page(folded) {
            return Row::Other("note");
        }
    }
    if begins(&name_folded, INSTRUCTIONS) && !(firm && name_folded.starts_with("如")) {
        return Row::Other("instruction");
    }
    if is_header_again(&filled, name, headings) {
        return Row::Other("header_again");
    }
    // A title stands alone in its row.
    let alone = words().count() == 1 || words().all(|(_, c)| c == lead);
    if alone
        && cells.len().max(headings.len()) > 1
        && !is_firm_alone(lead)
        && let Some(title) = section(lead)
    {
        return Row::Section(title);
    }
    Row::Enterprise
}

/// The head of a text, folded: what the lists of words are compared with.
fn start_of(text: &str) -> String {
    let head: String = text.chars().take(24).collect();
    squeeze(&head).replace('，', ",")
}

fn is_total(folded: &str) -> bool {
    let bare = folded.trim_end_matches([':', '：', '.', '。', ')']).trim_start_matches(['(', '★', '*', '#', '-', '—']);
    if TOTALS.contains(&bare) {
        return true;
    }
    // 合计(12家), 合计12家, 合计:12, 共12家企业.
    let after = ["合计", "总计", "小计", "共计", "累计", "本页小计", "共有", "共"].iter().find_map(|w| bare.strip_prefix(w));
    let Some(after) = after else { return false };
    let after = after.trim_start_matches(['(', ':', '：', ',', ' ']);
    let digits = after.bytes().take_while(|b| b.is_ascii_digit() || *b == b',' || *b == b'.').count();
    let unit = after[digits..].chars().next();
    digits > 0 && unit.is_none_or(|c| matches!(c, '家' | '户' | '个' | '条' | '项' | '人' | '万' | '亿' | '元' | ')' | '行' | '名' | '企'))
}

/// 第1页, 共3页; 1/3.
fn is_page(folded: &str) -> bool {
    let inner = folded.trim_start_matches(['-', '—', ' ']).strip_prefix(['第', '共']);
    inner.is_some_and(|i| {
        let digits = i.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && i[digits..].starts_with('页')
    })
}

/// True when most of a row says what the header says.
fn is_header_again(filled: &[(usize, &str)], name: &str, headings: &[String]) -> bool {
    let same = filled.iter().filter(|(at, cell)| headings.get(*at).is_some_and(|h| h == cell)).count();
    if same >= 1 && same * 2 > filled.len() {
        return true;
    }
    // Most names hold nothing that the heading of names is made of, and need no reading.
    let may =
        (4..=40).contains(&name.len()) && (name.contains(['名', '称']) || matches!(name, "单位" | "公司" | "企业") || name.is_ascii());
    let named = || may && heading::is_stem(name, Field::Name);
    // Another part of the list, its columns named a little otherwise.
    let others = || filled.iter().filter(|(_, c)| c.len() <= 60 && heading::read(c).is_some()).count();
    !has_form(name) && named() && (filled.len() == 1 || others() * 2 > filled.len())
}

/// A firm with nothing beside its name.
fn is_firm_alone(text: &str) -> bool {
    let bare = unmarked(text).unwrap_or(text);
    let folded = squeeze(bare);
    let title =
        ["企业", "集团", "中心", "基地", "园", "市场", "局", "处", "部", "室", "行", "所", "院"].iter().any(|t| folded.ends_with(t));
    (has_form(bare) && !title)
        || folded.contains("公司") && !folded.ends_with("公司名单")
        || personal::is_person(bare) && unmarked(text).is_none()
}

/// The title of a part, without its order mark; `None` when the text is none.
fn section(text: &str) -> Option<String> {
    let count = text.chars().count();
    if count > 40 {
        return None;
    }
    let plain = |t: &str| {
        let t = t.trim().trim_end_matches([':', '：']);
        let bare = t
            .split_once(['(', '（'])
            .filter(|(head, tail)| !head.is_empty() && (tail.contains('家') || tail.contains('个') || tail.contains('户')))
            .map_or(t, |(head, _)| head);
        bare.trim().to_owned()
    };
    if let Some(title) = unmarked(text) {
        return Some(plain(title)).filter(|t| !t.is_empty());
    }
    let title = plain(text);
    let ends = [
        "产业",
        "产业链",
        "链",
        "领域",
        "行业",
        "类",
        "板块",
        "片区",
        "园区",
        "开发区",
        "高新区",
        "新区",
        "街道",
        "镇",
        "乡",
        "名单",
        "批次",
        "批",
        "组",
        "部分",
        "梯队",
        "赛道",
        "环节",
        "方向",
        "上游",
        "中游",
        "下游",
        "省",
        "市",
        "区",
        "县",
        "企业",
        "项目",
        "产业集群",
        "集群",
    ];
    (count <= 24 && text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && ends.iter().any(|e| title.ends_with(e)))
        .then_some(title)
}

/// A text without the order mark before it (一、, （一）, 1. , 第一部分, ①, A.); `None` when there is none.
fn unmarked(text: &str) -> Option<&str> {
    let text = text.trim();
    let number = |c: &char| "一二三四五六七八九十百0123456789IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".contains(*c);
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        let length: usize = inner.chars().take_while(number).map(char::len_utf8).sum();
        let rest = inner[length..].strip_prefix([')', '）'])?;
        return (length > 0).then(|| rest.trim_start_matches(['、', '.', '．', ' ', ':', '：']).trim());
    }
    if let Some(c) = text.chars().next().filter(|c| ('①'..='⑳').contains(c) || ('㈠'..='㈩').contains(c)) {
        return Some(text[c.len_utf8()..].trim());
    }
    if let Some(inner) = text.strip_prefix('第') {
        let length: usize = inner.chars().take_while(number).map(char::len_utf8).sum();
        let rest = ["部分", "章", "类", "批", "篇", "组", "节"].iter().find_map(|w| inner[length..].strip_prefix(w))?;
        let rest = rest.trim_start_matches(['、', '.', ':', '：', ' ', '—', '-']).trim();
        return (length > 0).then_some(if rest.is_empty() { text } else { rest });
    }
    let length: usize = text.chars().take_while(number).map(char::len_utf8).sum();
    let rest = text[length..].strip_prefix(['、', '.', '．', ')', '）'])?;
    (length > 0 && !rest.starts_with(|c: char| c.is_ascii_digit())).then(|| rest.trim())
}

/// A name without the order number a list puts before it: `1、示例光电有限公司`.
pub(crate) fn unnumbered(name: &str) -> &str {
    if !name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '（') || ('①'..='⑳').contains(&c)) {
        return name;
    }
    unmarked(name).filter(|rest| has_form(rest) && rest.chars().count() >= 4).unwrap_or(name)
}
