//! Counts, flags, sizes, products and the other small values of a cell.

use std::borrow::Cow;

use crate::enterprise::{Product, Size};
use crate::intake::items;
use crate::intake::numeral::{self, Bound};
use crate::intake::told::{self, Of};
use crate::text::{is_blank, is_invisible, squeeze};

/// How a cell was understood.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading<T> {
    Ok(T),
    Missing,
    Bad,
}

/// A cell as a person sees it: without the `="…"` and the quote of spreadsheets, invisible characters, control characters, the marks of
/// a search hit (`<em>`), `_x000D_` and the entities of markup. Only what needs it is copied.
pub(crate) fn clean(cell: &str) -> Cow<'_, str> {
    if is_plain(cell.as_bytes()) {
        return Cow::Borrowed(cell);
    }
    let outer = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    let cell = cell.trim_matches(outer);
    let cell = cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"')).unwrap_or(cell);
    let cell = cell.strip_prefix('\'').unwrap_or(cell).trim_matches(outer);
    let bytes = cell.as_bytes();
    // Most cells hold nothing of the kind: three looks at bytes tell.
    let marked = memchr::memchr2(b'<', b'&', bytes).is_some() || memchr::memmem::find(bytes, b"_x00").is_some();
    let unseen = bytes.iter().any(|b| *b < 0x20 || *b == 0x7f) || has_invisible(bytes);
    if !marked && !unseen {
        return Cow::Borrowed(cell);
    }
    let mut text = if marked { unmarked(cell) } else { cell.to_owned() };
    // A tab within a cell parts words.
    if text.contains('\t') {
        text = text.replace('\t', " ");
    }
    text.retain(|c| c == '\n' || !(c.is_control() || is_invisible(c)));
    let trimmed = text.trim_matches(outer);
    if trimmed.len() == text.len() { Cow::Owned(text) } else { Cow::Owned(trimmed.to_owned()) }
}

/// True when the bytes of a cell tell that nothing in it wants cleaning, as those of most cells do. False says nothing.
fn is_plain(bytes: &[u8]) -> bool {
    let [first, ..] = bytes else { return true };
    // Chinese characters, and whole ones: neither spaces of any width nor marks.
    let han = |b: u8| matches!(b, 0xe4..=0xe9);
    let begins = han(*first) || first.is_ascii_graphic() && !matches!(first, b'=' | b'\'');
    let ends = match bytes {
        [.., last] if last.is_ascii_graphic() => true,
        [.., lead, second, third] => {
            *third >= 0x80 && (han(*lead) || (*lead, *second) == (0xef, 0xbc) || (*lead == 0xe3 && *third != 0x80))
        }
        _ => false,
    };
    if !begins || !ends {
        return false;
    }
    // Without a way out before the end and without counting, so that the bytes are looked at many at a time.
    let odd = |b: u8| matches!(b, 0..0x20 | 0x7f | b'<' | b'&' | b'_' | 0xc2);
    let unseen = |a: u8, b: u8| matches!((a, b), (0xe2, 0x80 | 0x81) | (0xef, 0xbb | 0xbf));
    let odds = bytes.iter().fold(false, |any, b| any | odd(*b));
    let pairs = bytes.iter().zip(&bytes[1..]).fold(false, |any, (a, b)| any | unseen(*a, *b));
    !(odds | pairs)
}

/// True when the bytes of a text hold the first bytes of an invisible character.
fn has_invisible(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = memchr::memchr3(0xe2, 0xef, 0xc2, rest) {
        let tail = rest.get(at..(at + 3).min(rest.len())).unwrap_or(&[]);
        match tail {
            [0xe2, 0x80 | 0x81, _] | [0xef, 0xbb, 0xbf] | [0xef, 0xbf, 0xb9..=0xbb] | [0xc2, 0x80..=0x9f | 0xad, ..] => return true,
            _ => rest = &rest[at + 1..],
        }
    }
    false
}

const ENTITIES: &[(&str, &str)] =
    &[("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&nbsp;", " "), ("&middot;", "·")];
const MARKS: &[&str] = &["em", "b", "i", "u", "font", "span", "strong", "mark", "p", "div", "a"];

/// Takes the marks of a hit, line breaks of markup, entities and `_x000D_` out of a text.
fn unmarked(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest[1..].find(['<', '>']).filter(|e| *e < 80 && rest.as_bytes()[e + 1] == b'>')
        {
            let inside = rest[1..=end].trim_start_matches('/');
            let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
            if name == "br" {
                text.push('\n');
            }
            if name == "br" || MARKS.contains(&&*name) {
                rest = &rest[end + 2..];
                continue;
            }
        } else if c == '&'
            && let Some((entity, plain)) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity))
        {
            text.push_str(plain);
            rest = &rest[entity.len()..];
            continue;
        } else if c == '_'
            && let Some(code) = rest.strip_prefix("_x").and_then(|r| r.get(..5)).filter(|r| r.ends_with('_'))
            && let Some(escaped) = u32::from_str_radix(&code[..4], 16).ok().and_then(char::from_u32)
        {
            if escaped == '\n' || !escaped.is_control() {
                text.push(escaped);
            }
            rest = &rest[7..];
            continue;
        }
        text.push(c);
        rest = &rest[c.len_utf8()..];
    }
    text
}

/// Units of counts.
const UNITS: &[&str] =
    &["人次", "余人", "人", "名", "位", "员工", "件", "项", "个", "家", "条", "份", "款", "套", "PEOPLE", "PERSONS", "STAFF"];

/// Reads a whole count: `120`, `1,200人`, `1.2万人`, `约200`, `500+`, `50-99人` (the lower bound), `一百二十`. What only says that there
/// are fewer (`少于50人`) is no count.
pub(crate) fn count(cell: &str) -> Reading<u32> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let read = |text: &str| whole(text);
    match plain_count(cell).or_else(|| told::figure(cell, Of::Column, &read)).or_else(|| told::by_sex(cell, &read)) {
        Some(count) => Reading::Ok(count),
        None => Reading::Bad,
    }
}

/// Reads a count that stands alone, but for a remark in brackets.
pub(crate) fn plain_count(cell: &str) -> Option<u32> {
    let mut text = squeeze(cell);
    if text.contains('，') {
        text = text.replace('，', ",");
    }
    // 120人(2023年报): a remark in brackets at the end.
    match text.rfind('(') {
        Some(open) if open > 0 && text.ends_with(')') => whole(&text[..open]),
        _ => whole(&text),
    }
}

/// How long the unit of a count is that a text begins with.
pub(crate) fn unit_length(text: &str) -> usize {
    UNITS.iter().find(|u| text.starts_with(**u)).map_or(0, |u| u.len())
}

pub(crate) fn whole(text: &str) -> Option<u32> {
    let (before, bare) = numeral::bound_before(text);
    let (number, mut rest) = numeral::leading(bare).or_else(|| numeral::bare(bare, bare.len() < text.len()))?;
    let unit = |rest: &mut &str| {
        let found = UNITS.iter().find(|u| rest.starts_with(**u));
        if let Some(unit) = found {
            *rest = &rest[unit.len()..];
        }
        found.is_some()
    };
    // 5W and 1.2K, as people type ten thousands and thousands.
    let letter = rest.starts_with(['W', 'K']) && (rest.len() == 1 || UNITS.iter().any(|u| rest[1..].starts_with(u)));
    let mut scale = match rest.as_bytes() {
        [b'W', ..] if letter => 1e4,
        [b'K', ..] if letter => 1e3,
        _ => 1.0,
    };
    if letter {
        rest = &rest[1..];
    }
    unit(&mut rest);
    if let Some(upper) = rest.strip_prefix(['-', '~', '至', '到', '—', '–', '～']) {
        let (upper_number, after) = numeral::leading(upper)?;
        // 1-2万人: the scale of the upper end is that of both.
        if upper_number.scaled && !number.scaled && number.value < upper_number.value / 1e3 {
            scale = if upper_number.value >= 1e4 { 1e4 } else { 1e3 };
        } else if upper_number.value < number.value {
            return None;
        }
        rest = after;
        unit(&mut rest);
    }
    let (after, rest) = numeral::bound_after(rest);
    if !rest.is_empty() || [before, after].contains(&Bound::AtMost) {
        return None;
    }
    let value = number.value * scale;
    (value >= 0.0 && value <= f64::from(u32::MAX) && value % 1.0 == 0.0).then_some(value as u32)
}

/// Reads a number for an extra column a scorecard uses: digits, a thousands mark, a percentage, 万 and 亿.
pub(crate) fn number(cell: &str) -> Option<f64> {
    let text = squeeze(cell).replace(',', "");
    let (text, scale) = match text.strip_suffix('%') {
        Some(text) => (text.to_owned(), 0.01),
        None => (text, 1.0),
    };
    if let Ok(value) = text.parse::<f64>() {
        return value.is_finite().then_some(value * scale).filter(|_| text.bytes().any(|b| b.is_ascii_digit()));
    }
    let (amount, rest) = numeral::leading(&text)?;
    (amount.scaled && rest.is_empty() && text.starts_with(|c: char| c.is_ascii_digit())).then_some(amount.value)
}

#[rustfmt::skip]
const YES: &[&str] = &[
    "是", "是的", "有", "已有", "对", "真", "Y", "YES", "T", "TRUE", "1", "1.0", "√", "✓", "✔", "☑", "■", "●", "√√", "V", "已认定", "认定",
    "已获得", "获得", "已获评", "获评", "已获批", "获批", "已取得", "取得", "具备", "具有", "属于", "符合", "有效", "在有效期内", "有效期内", "通过", "已通过",
    "已通过认定", "入选", "已入选", "拥有", "已上榜", "上榜", "OK", "✅", "持证", "有证", "未过期", "未到期", "复审通过", "复核通过", "通过复审", "通过复核",
    "已复审", "已复核", "重新认定",
];
#[rustfmt::skip]
const NO: &[&str] = &[
    "否", "不是", "没有", "无", "非", "未", "不", "假", "N", "NO", "F", "FALSE", "0", "0.0", "×", "✗", "✘", "X", "□", "○", "☐", "未认定", "未获得",
    "未获评", "未取得", "不具备", "不属于", "不符合", "未通过", "未入选", "已过期", "过期", "已失效", "失效", "无效", "已撤销", "撤销", "已取消", "取消", "已注销", "❌", "❎",
    "已到期", "到期", "已过有效期", "超过有效期", "证书过期", "复审未通过", "未复审",
    "申报中", "申请中", "拟申报", "拟申请", "培育", "培育中", "培育库", "待认定", "待申报", "未申报", "无此项", "暂无", "不适用",
];

/// Reads a flag.
pub(crate) fn flag(cell: &str) -> Option<bool> {
    let text = squeeze(cell);
    let text = text.trim_end_matches(['。', '.', ';', '\u{fe0f}']);
    if YES.contains(&text) {
        Some(true)
    } else if NO.contains(&text) {
        Some(false)
    } else if text.contains('是') && text.contains('否') {
        boxes(text)
    } else {
        None
    }
}

/// Reads the boxes of a form: `☑是 □否`, `是√ 否□`. `None` when none is ticked, or both.
fn boxes(text: &str) -> Option<bool> {
    let mark = |c: char| match c {
        '☑' | '■' | '√' | '✓' | '✔' | '●' | '☒' | '✅' => Some(true),
        '□' | '☐' | '○' | '◯' | '〇' => Some(false),
        _ => None,
    };
    let chars: Vec<char> = text.chars().filter(|c| matches!(c, '是' | '否') || mark(*c).is_some()).collect();
    let before = chars.first().is_some_and(|c| mark(*c).is_some());
    let ticked = |word: char| {
        let at = chars.iter().position(|c| *c == word)?;
        let of = if before { at.checked_sub(1)? } else { at + 1 };
        chars.get(of).and_then(|c| mark(*c))
    };
    match (ticked('是').unwrap_or(false), ticked('否').unwrap_or(false)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// What a flag says before its remark: `是（2023年）`, `否（申报中）`, `√/2022`; and the remark.
pub(crate) fn flag_with_remark(folded: &str) -> Option<(bool, &str)> {
    let at = folded.find(['(', ',', '，', ';', '；', '/', '、'])?;
    let yes = flag(&folded[..at]).filter(|_| !(folded.contains('是') && folded.contains('否')))?;
    Some((yes, &folded[at..]))
}

/// Reads 企业规模: `M(中型)`, `大型`, `XS(微型)`, `中型企业`. A band of staff is no size class.
pub(crate) fn size(cell: &str) -> Reading<Size> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let text = squeeze(cell);
    let sizes = [(Size::Micro, "微", "XS"), (Size::Small, "小", "S"), (Size::Medium, "中", "M"), (Size::Large, "大", "L")];
    let english = [(Size::Micro, "MICRO"), (Size::Small, "SMALL"), (Size::Medium, "MEDIUM"), (Size::Large, "LARGE")];
    let one = |part: &str| {
        let part = part.trim_end_matches("ENTERPRISE").trim_end_matches("-SIZED");
        if let Some((size, _)) = english.iter().find(|(_, word)| part == *word) {
            return Some(*size);
        }
        // 大型一档 and 大一型 are rungs of older bands.
        let part = part.trim_end_matches(['一', '二']).trim_end_matches("一档").trim_end_matches("二档");
        let part = part.trim_end_matches("企业").trim_end_matches("规模").trim_end_matches('型').trim_end_matches(['一', '二']);
        let head = ["规上", "属于", "工业", "特", "超", "为"];
        let part = head.iter().fold(part, |part, word| part.trim_start_matches(word));
        sizes.into_iter().find(|(_, word, code)| part == *word || part == *code).map(|(size, ..)| size)
    };
    let found: Vec<Size> = text.split(['(', ')', '/', '-', ':']).filter(|p| !p.is_empty()).filter_map(one).collect();
    match found.as_slice() {
        [first, rest @ ..] if rest.iter().all(|s| s == first) => Reading::Ok(*first),
        _ => Reading::Bad,
    }
}

/// Reads `光模块:0.64|光器件:0.2`, `光模块（64%）`, `光模块占64%`, or a plain list.
pub(crate) fn products(cell: &str) -> Vec<Product> {
    if is_blank(cell) {
        return Vec::new();
    }
    let marks: &[char] = if cell.contains('|') { &['|'] } else { &['、', ';', '；', ',', '，'] };
    let items = items::items(unheaded(cell), marks);
    // 64% behind a name is its share where every name has one and they add up to no more than all; alone it may be how pure it is.
    let bare: Option<Vec<(&str, f64)>> = items.iter().map(|item| bare_share(item)).collect();
    let bare = bare.filter(|of| {
        let said = items.iter().any(|item| item.contains('占'));
        (of.len() > 1 || said) && of.iter().map(|(_, share)| share).sum::<f64>() <= 1.01
    });
    if let Some(of) = bare {
        return of.into_iter().map(|(name, share)| Product { name: name.to_owned(), share: Some(share) }).collect();
    }
    let product = |item: &str| {
        let split = item.rsplit_once([':', '：']).or_else(|| {
            let inner = item.strip_suffix(['%', '％', ')', '）'])?;
            let (name, share) = inner.rsplit_once(['(', '（'])?;
            share.trim_end().ends_with(['%', '％']).then_some((name, share))
        });
        let (name, share) = match split {
            Some((name, share)) => match number(share.trim().trim_start_matches(['占', '比', '约'])) {
                // Shares of segments that offset each other are negative or above one in annual reports: keep the product.
                Some(share) => (name.trim(), (0.0..=1.0).contains(&share).then_some(share)),
                None => (item, None),
            },
            None => (item, None),
        };
        (!is_blank(name)).then(|| Product { name: name.to_owned(), share })
    };
    items.into_iter().filter_map(product).collect()
}

/// `光模块64%`, `光模块占64%`: the name and the share.
fn bare_share(item: &str) -> Option<(&str, f64)> {
    let inner = item.strip_suffix(['%', '％'])?;
    let at =
        inner.rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map(|at| at + inner[at..].chars().next().map_or(0, char::len_utf8))?;
    let (name, digits) = inner.split_at(at);
    let name = name.trim_end_matches(['占', '比', '约', ' ', '为']);
    let share: f64 = digits.parse().ok()?;
    (!name.is_empty() && !name.ends_with(['(', '（', ':', '：']) && (0.0..=100.0).contains(&share)).then_some((name, share / 100.0))
}

/// A list without the words that say what it is of: 主营产品：, 主要产品有, 主要生产.
fn unheaded(cell: &str) -> &str {
    let cell = cell.trim();
    let head = ["主营产品", "主要产品", "主导产品", "核心产品", "产品"].iter().find_map(|w| cell.strip_prefix(w));
    let said =
        head.and_then(|rest| ["主要有", "主要包括", "包括", "包含", "有", "为", ":", "："].iter().find_map(|w| rest.strip_prefix(w)));
    let made = || ["主要生产", "专业生产", "主营:", "主营："].iter().find_map(|w| cell.strip_prefix(w));
    let rest = said.or_else(made).map(|rest| rest.trim_start_matches([':', '：', ' ']));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(cell)
}

/// Splits a cell of tags.
pub(crate) fn tags(cell: &str) -> impl Iterator<Item = String> + '_ {
    let items = items::items(cell, &['、', ';', '；', ',', '，', '|', '/']);
    items.into_iter().filter(|t| !is_blank(t)).map(str::to_owned)
}
