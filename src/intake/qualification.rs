//! Official qualifications in a cell: titles read as words with negation, stage, level and term.

use crate::enterprise::{Date, Qualification};
use crate::text::squeeze;

/// What the items of a cell say: 专精特新（2022年）、高新技术企业（培育）、申请中：瞪羚.
const SEPARATORS: &[char] = &['、', ';', '；', ',', '，', '|', '\n', '/', '+', '。'];

/// Words before a title that take it away: not, not yet, wished for, potential.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "非", "未", "不", "没有", "无", "拟", "待", "申请", "申报", "争创", "创建", "准备", "计划", "目标", "冲刺", "潜在", "潜力", "种子", "培育", "培养",
    "后备", "储备", "候选", "预备", "苗子", "辅导", "入库", "意向", "撤销", "取消", "过期", "失效", "曾", "历史", "往年", "争取", "POTENTIAL", "CANDIDATE",
];
/// The same, where they stand directly before it: in 标准 and 原材料 they say nothing of the kind.
const DIRECTLY: &[&str] = &["准", "原", "原为", "原是", "原系", "NOT", "NON-"];
/// Words behind a title that take it away.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "培育", "培养", "入库", "申报", "申请", "候选", "后备", "储备", "种子", "潜力", "辅导", "苗子", "库", "未通过", "未认定", "未获", "未入选", "过期", "失效",
    "撤销", "取消", "注销", "不符合", "不是", "非", "否", "无", "没有", "×", "公示", "评审中", "认定中", "创建", "待", "未",
    "潜在", "拟", "争取", "冲刺", "已到期", "协会", "联盟", "促进会", "服务机构",
];
/// Of the words above, those that say no such thing in these words.
const HARMLESS: &[&str] = &[
    "无锡",
    "不限",
    "公示通过",
    "申报通过",
    "申报成功",
    "成功申报",
    "申报已通过",
    "申报获批",
    "申请通过",
    "申请已通过",
    "申请获批",
    "成功申请",
    "虚拟",
    "模拟",
    "已入库",
    "评价入库",
    "入库编号",
    "入库登记",
    "未过期",
    "未到期",
];

/// Titles as the field writes them.
fn titles(rung: Qualification) -> &'static [&'static str] {
    match rung {
        Qualification::SingleChampion => &["单项冠军", "SINGLECHAMPION", "SINGLE_CHAMPION"],
        Qualification::Unicorn => &["独角兽", "UNICORN"],
        Qualification::LittleGiant => &["小巨人", "LITTLEGIANT", "LITTLE_GIANT"],
        Qualification::Gazelle => &["瞪羚", "GAZELLE"],
        Qualification::Specialised => &["专精特新", "SPECIALISED", "SPECIALIZED"],
        Qualification::HighTech => {
            &["高新技术企业", "高新技术", "高新企业", "国家高新", "高企", "国高", "HIGHTECH", "HIGH_TECH", "HIGH-TECH"]
        }
        Qualification::TechSme => &["科技型中小", "科技中小", "科技型企业", "科小", "TECHSME", "TECH_SME"],
        Qualification::InnovativeSme => &["创新型中小", "创新中小", "INNOVATIVESME", "INNOVATIVE_SME"],
    }
}

/// True when a heading names a title, as the heading of a column of flags does.
pub(crate) fn names_title(text: &str) -> bool {
    Qualification::ALL.into_iter().any(|rung| titles(rung).iter().any(|t| text.contains(t)))
}

/// The qualifications a cell says are held, highest first. `as_of` judges terms (有效期至2023年): without it every term is running.
pub(crate) fn read(cell: &str, as_of: Option<Date>) -> Vec<Qualification> {
    let folded = squeeze(cell);
    let mut held: Vec<Qualification> = Vec::new();
    // 申请中：高新技术企业、专精特新: what stands before a colon counts for all that follows in the clause.
    let mut scope_denies = false;
    for clause in folded.split([';', '；', '\n', '|', '。']) {
        for item in items(clause) {
            let item = match item.split_once([':', '：']) {
                Some((head, tail)) if !names_title(head) => {
                    scope_denies = denies(head, BEFORE) || denies(head, BEHIND);
                    tail
                }
                _ => item,
            };
            for rung in of_item(item, as_of) {
                if !scope_denies && !held.contains(&rung) {
                    held.insert(held.partition_point(|h| *h < rung), rung);
                }
            }
        }
        scope_denies = false;
    }
    held
}

/// The items of a clause. What stands in brackets is of the title before them, unless it names another.
fn items(clause: &str) -> Vec<&str> {
    let mut items: Vec<&str> = Vec::new();
    let mut from = 0;
    let mut open = None;
    for (at, c) in clause.char_indices() {
        match c {
            '(' if open.is_none() => open = Some(at),
            ')' => open = None,
            c if SEPARATORS.contains(&c) => {
                let rest = &clause[at + c.len_utf8()..];
                let inside = open.is_some() && rest.split_once(')').is_some_and(|(inner, _)| !names_title(inner));
                if !inside {
                    items.push(&clause[from..at]);
                    (from, open) = (at + c.len_utf8(), None);
                }
            }
            _ => {}
        }
    }
    items.push(&clause[from..]);
    items.retain(|i| !i.is_empty());
    items
}

/// True for a term that a cell of flags tells: 2023.12-2026.12, 至2027-10-31.
pub(crate) fn is_term(folded: &str) -> bool {
    let range = folded.starts_with('至') || folded.chars().filter(|c| matches!(c, '-' | '~' | '至' | '—')).count() % 2 == 1;
    let halves = folded.trim_start_matches('至').split(['~', '至', '—']);
    let whole = |text: &str| matches!(crate::intake::date::date(text, 0), crate::intake::Reading::Ok(_));
    let plain = folded.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '~' | '至' | '—' | '.' | '/' | '年' | '月' | '日'));
    let dashed = folded.split_once('-').is_some_and(|(a, b)| a.len() > 2 && b.len() > 2 && whole(a) && whole(b) && b.len() >= 4);
    plain && range && (dashed || folded.contains(['~', '至', '—']) && halves.into_iter().all(whole))
}

/// True for a batch, as lists of titles have them: 第四批, 2024年第三批, 首批.
pub(crate) fn is_batch(folded: &str) -> bool {
    let (_, rest) = crate::intake::told::year_before(folded);
    let rest = rest.trim_end_matches("次");
    let number = rest.strip_prefix('第').and_then(|r| r.strip_suffix('批'));
    rest == "首批" || number.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
}

/// The titles one item holds.
fn of_item(item: &str, as_of: Option<Date>) -> Vec<Qualification> {
    let mut held = Vec::new();
    // Short words that are titles where nothing but a remark stands beside them.
    let bare = item.split('(').next().unwrap_or(item);
    let short = match bare {
        "高新" => Some(Qualification::HighTech),
        "单冠" => Some(Qualification::SingleChampion),
        _ => None,
    };
    if let Some(rung) = short.filter(|_| !denies(&item[bare.len()..], BEHIND) && !expired(item, as_of)) {
        held.push(rung);
    }
    let low_level = ["市级", "区级", "县级", "园区级", "镇级"].iter().any(|l| item.contains(l));
    let provincial = ["省级", "自治区级", "省专精特新"].iter().any(|l| item.contains(l));
    for rung in Qualification::ALL {
        let Some((at, title)) = titles(rung).iter().find_map(|t| Some((item.find(t)?, *t))) else { continue };
        let (before, behind) = (&item[..at], &item[at + title.len()..]);
        // 科技型中小企业入库 is how that title is given.
        let entered = rung == Qualification::TechSme && behind.contains("入库") && !behind.contains("未");
        let away = denies(before, BEFORE) || DIRECTLY.iter().any(|w| before.ends_with(w)) || denies(behind, BEHIND);
        if (away && !entered) || expired(item, as_of) {
            continue;
        }
        let rung = match rung {
            // 科技小巨人 is another title, of cities and provinces.
            Qualification::LittleGiant if before.ends_with("科技") || before.ends_with("科技型") => continue,
            // 小巨人 of a province is the rung of 专精特新; of a city it is none.
            Qualification::LittleGiant if provincial && !item.contains("国家") => Qualification::Specialised,
            Qualification::LittleGiant | Qualification::Specialised | Qualification::SingleChampion if low_level => continue,
            Qualification::SingleChampion if provincial && !item.contains("国家") => continue,
            // 国家级专精特新 is the way people say little giant; 专精特新小巨人 names the higher rung alone.
            Qualification::Specialised
                if item.contains("小巨人") && !item.contains("科技小巨人") && item.matches("专精特新").count() < 2 =>
            {
                continue;
            }
            Qualification::Specialised if item.contains("国家级") => Qualification::LittleGiant,
            // 高新技术产业 and 高新技术开发区 are no title.
            Qualification::HighTech
                if behind.starts_with("产业")
                    || behind.starts_with("开发")
                    || behind.starts_with("园")
                    || behind.starts_with("产品")
                    || behind.starts_with('区') =>
            {
                continue;
            }
            rung => rung,
        };
        if !held.contains(&rung) {
            held.push(rung);
        }
    }
    held
}

fn denies(text: &str, words: &[&str]) -> bool {
    let mut text = text.to_owned();
    for harmless in HARMLESS {
        text = text.replace(harmless, "");
    }
    words.iter().any(|w| text.contains(w))
}

/// True when an item names a term that ended before the day: 有效期至2023-12-31, 有效期2020-2023年, 2023年到期.
fn expired(item: &str, as_of: Option<Date>) -> bool {
    let Some(as_of) = as_of else { return false };
    // GR201932001234: the number of a certificate of 高新技术企业 holds its year, and it is good for three.
    let certificate = ["GR", "GF", "GS"].iter().find_map(|w| item.split_once(w)).map(|(_, after)| after);
    let of = certificate.filter(|c| c.bytes().take_while(u8::is_ascii_digit).count() >= 8).and_then(|c| c[..4].parse::<i16>().ok());
    if of.is_some_and(|year| (2008..=2100).contains(&year) && as_of.year() > year + 3) {
        return true;
    }
    if !["有效", "到期", "截止", "截至", "届满"].iter().any(|w| item.contains(w)) {
        return false;
    }
    // The last day, or year, that is named is the end.
    let digits = |c: char| c.is_ascii_digit();
    let mut end = None;
    let mut rest = item;
    while let Some(from) = rest.find(digits) {
        let text = &rest[from..];
        let run = text.bytes().take_while(u8::is_ascii_digit).count();
        if run == 4 || run == 8 {
            let to = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日'))).unwrap_or(text.len());
            let year: i16 = text[..4].parse().unwrap_or(0);
            let last_of_year = Date::new(year, 12, 31).ok();
            // A range of years, 2020-2023: the second begins behind the dash.
            let whole = text[..to].trim_end_matches(['-', '/', '.']);
            end = match crate::intake::date::date(whole, 0) {
                crate::intake::Reading::Ok(day) if whole.len() > "2023年".len() => Some(day),
                _ => last_of_year,
            }
            .filter(|_| (1990..=2100).contains(&year))
            .or(end);
        }
        rest = &text[run..];
    }
    // 有效期三年: counted from the day named.
    let years = item.split_once("有效期").map_or(0, |(_, term)| {
        let term = term.trim_start_matches(['为', ':', '：']);
        let n = term
            .chars()
            .next()
            .and_then(|c| "一二三四五六七八九".chars().position(|d| d == c).map(|p| p as i16 + 1).or(c.to_digit(10).map(|d| d as i16)));
        n.filter(|_| term.chars().nth(1) == Some('年')).unwrap_or(0)
    });
    end.and_then(|end| Date::new(end.year().saturating_add(years), end.month(), end.day().min(28)).ok().filter(|_| years > 0).or(Some(end)))
        .is_some_and(|end| end < as_of)
}
