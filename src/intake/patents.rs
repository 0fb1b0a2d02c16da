//! Numbers of patents: a count, or counts kind by kind, applied for and granted, beside what is no patent.

use crate::intake::Reading;
use crate::intake::value::{self, whole};
use crate::text::{is_blank, squeeze};

/// What is counted beside patents, and is none.
const OTHER: &[&str] = &["软著", "软件", "著作权", "商标", "版权", "域名", "布图", "标准", "论文", "新品种", "专有技术"];
/// Patents that are not granted.
const PENDING: &[&str] = &["申请", "在审", "实审", "审查", "受理", "公开", "公布", "申报", "待授权"];
const PART: &[&str] = &["其中", "含", "包括", "PCT"];
/// What a count may be called.
const KINDS: &[&str] = &["发明", "实用新型", "新型", "外观", "专利", "授权", "有效", "知识产权"];

/// Reads a number of patents: `30件`, `发明12件，实用新型30件`, `授权12件，申请30件`, `12件，其中发明3件`.
pub(crate) fn count(cell: &str) -> Reading<u32> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let kind_by_kind = sum(cell);
    match (kind_by_kind, value::plain_count(cell)) {
        (_, Some(count)) | (Some(count), None) => Reading::Ok(count),
        (None, None) => Reading::Bad,
    }
}

/// A count and what is said of it.
struct Item<'t> {
    count: u32,
    of: &'t str,
}

/// Adds the counts of kinds of patents.
fn sum(cell: &str) -> Option<u32> {
    let text = squeeze(cell).replace('，', ",");
    let items = items(&text)?;
    let says = |item: &Item<'_>, words: &[&str]| words.iter().any(|w| item.of.contains(w));
    let patents: Vec<&Item<'_>> = items.iter().filter(|i| !says(i, OTHER)).collect();
    // What was applied for holds what was granted.
    let granted: Vec<&&Item<'_>> = patents.iter().filter(|i| !says(i, PENDING)).collect();
    let part = granted.iter().position(|i| says(i, PART)).unwrap_or(granted.len());
    let sum = granted[..part].iter().try_fold(0_u32, |sum, i| sum.checked_add(i.count))?;
    (items.len() >= 2 && part > 0 && !granted.is_empty()).then_some(sum)
}

/// The counts of a text in their order, each with the words before it, or behind it.
fn items(text: &str) -> Option<Vec<Item<'_>>> {
    let mut items = Vec::new();
    let marks = |c: char| matches!(c, '、' | ';' | '；' | '/' | '+' | '|' | ':' | '：' | '(' | ')' | ',');
    let mut rest = text;
    while !rest.is_empty() {
        let from = rest.find(|c: char| c.is_ascii_digit())?;
        let before = rest[..from].trim_matches(marks);
        let tail = &rest[from..];
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        let mut to = digits;
        to += value::unit_length(&tail[to..]);
        let has_unit = to > digits;
        let count = whole(&tail[..to])?;
        let behind = &tail[to..];
        // 3项发明: the kind stands behind where nothing stands before.
        let kind = if before.is_empty() || before.ends_with(['共', '计']) { kind_at(behind) } else { 0 };
        let of = if kind > 0 { &behind[..kind] } else { before };
        // 1.一种光模块: titles of patents, and no counts.
        if before.chars().count() > 10 || !has_unit && of.is_empty() || of.contains("一种") {
            return None;
        }
        items.push(Item { count, of });
        rest = behind[kind..].trim_start_matches(marks);
        let ended = behind[kind..].is_empty() || behind[kind..].starts_with(marks) || has_unit || kind > 0;
        if !ended && !KINDS.iter().chain(OTHER).chain(PENDING).any(|w| rest.starts_with(w)) {
            return None;
        }
    }
    Some(items)
}

/// How long the name of a kind is that a text begins with.
fn kind_at(text: &str) -> usize {
    let mut length = 0;
    let words = || KINDS.iter().chain(OTHER).chain(PENDING);
    while let Some(word) = words().find(|w| text[length..].starts_with(**w)) {
        length += word.len();
    }
    length
}
