//! Days told in words, and as programs print them: rewritten to the plain forms, which are read as ever.

use super::{Found, day_of};

/// What may stand before a day: 成立于2015年3月8日, 成立日期：2015-03-08, 自2015年3月8日起.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "成立", "注册", "设立", "登记", "始建", "创立", "创建", "创办", "开业", "组建", "建厂", "建", "日期", "时间", "公元", "融资", "完成", "自", "从", "于",
    ":", "：", " ",
];

/// Chinese numerals of cheques and their plain forms.
const CHEQUE: &[(char, char)] = &[
    ('壹', '一'),
    ('贰', '二'),
    ('叁', '三'),
    ('肆', '四'),
    ('伍', '五'),
    ('陆', '六'),
    ('柒', '七'),
    ('捌', '八'),
    ('玖', '九'),
    ('拾', '十'),
];

/// Reads a day told in words. `plain` reads the plain forms.
pub(super) fn date(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    if text.len() > 80 {
        return None;
    }
    printed(text, plain)
        .or_else(|| of_the_republic(text, plain))
        .or_else(|| part_of_year(text))
        .or_else(|| oracle(text, plain))
        .or_else(|| other_marks(text, plain))
        .or_else(|| short_year(text, plain))
        .or_else(|| cheque(text, plain))
        .or_else(|| first_of_two(text, plain))
        .or_else(|| after_words(text, plain))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// `/Date(1425744000000)/`, `ISODate("…")`, `datetime.date(2015, 3, 8)`, `Sun, 08 Mar 2015 …`, `20150308T000000`.
fn printed(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let name = |c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '/' | '_');
    if let Some((head, rest)) = text.trim_matches('/').split_once('(')
        && !head.is_empty()
        && head.chars().all(name)
        && head.contains(['D', 'T'])
    {
        let inner = rest.trim_end_matches(['/', ')', ' ']).trim_matches(['"', '\'']);
        // A zone behind milliseconds says where they were shown, and changes nothing.
        let inner = inner.split_once('+').filter(|(n, _)| n.len() == digits(n)).map_or(inner, |(n, _)| n);
        return plain(inner).or_else(|| other_marks(inner, plain));
    }
    for day in ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] {
        if let Some(rest) = text.strip_prefix(day) {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            return plain(rest.trim_start_matches([',', ' ']));
        }
    }
    let count = digits(text);
    (count == 8 && text[8..].starts_with('T') && digits(&text[9..]) >= 4).then(|| plain(&text[..8]))?
}

/// Years counted from 1912, as they are in Taiwan: 民国104年3月8日.
fn of_the_republic(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let rest = text.strip_prefix("中华").unwrap_or(text).strip_prefix("民国")?.trim_start();
    let count = digits(rest);
    let (year, rest) = rest.split_at(count);
    let year: i64 = year.parse().ok().filter(|y| (1..=200).contains(y))?;
    plain(&format!("{}{rest}", year + 1911))
}

/// The first day of a part of a year: 2015年上半年, 2015年第二季度, 2015Q3, 2015年初.
fn part_of_year(text: &str) -> Option<Found> {
    if digits(text) != 4 {
        return None;
    }
    let (year, rest) = text.split_at(4);
    let year: i64 = year.parse().ok().filter(|y| (1850..=2200).contains(y))?;
    let rest = rest.trim_start_matches(['年', ' ', '-', '第']);
    let quarter = |c: char| match c {
        '1' | '一' => Some(1),
        '2' | '二' => Some(4),
        '3' | '三' => Some(7),
        '4' | '四' => Some(10),
        _ => None,
    };
    let month = match rest {
        "上半年" | "H1" | "初" | "年初" | "底" | "年底" | "末" | "年末" => 1,
        "下半年" | "H2" => 7,
        rest => {
            let number = rest.strip_suffix("季度").or_else(|| rest.strip_prefix('Q'))?;
            let mut chars = number.chars();
            let month = quarter(chars.next()?)?;
            chars.next().is_none().then_some(month)?
        }
    };
    day_of(year, month, 1)
}

/// `08-3月 -15`, as Oracle prints a day in Chinese.
fn oracle(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let mut parts = text.split('-').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?.strip_suffix('月')?, parts.next()?);
    let numbers = [day, month, year].iter().all(|p| digits(p) == p.len() && !p.is_empty());
    if !numbers || parts.next().is_some() || day.len() > 2 {
        return None;
    }
    let year = match year.len() {
        2 if year <= "30" => format!("20{year}"),
        2 => format!("19{year}"),
        _ => year.to_owned(),
    };
    plain(&format!("{year}-{month}-{day}"))
}

/// Three numbers with other marks between: 2015。3。8, 2015、3、8, 2015 03 08.
fn other_marks(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let marks = |c: char| matches!(c, '。' | '、' | ',' | '，' | '.' | '/' | '-') || c.is_whitespace();
    let parts: Vec<&str> = text.split(marks).filter(|p| !p.is_empty()).collect();
    match parts[..] {
        [y, m, d] if y.len() == 4 && [y, m, d].iter().all(|p| digits(p) == p.len()) && m.len() <= 2 && d.len() <= 2 => {
            plain(&format!("{y}-{m}-{d}"))
        }
        _ => None,
    }
}

/// 08年5月: two figures of a year, with its month.
fn short_year(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let (year, rest) = text.split_at_checked(2).filter(|_| digits(text) == 2)?;
    let month = rest.strip_prefix('年')?.strip_suffix('月')?;
    if digits(month) != month.len() {
        return None;
    }
    plain(&format!("{}{year}-{month}", if year <= "30" { 20 } else { 19 }))
}

fn cheque(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let to_plain = |c: char| CHEQUE.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    let changed: String = text.chars().map(to_plain).collect();
    (changed != text).then(|| plain(&changed))?
}

/// 2015年3月8日，2018年更名: the first, where what follows is a remark and no other day.
fn first_of_two(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let (head, tail) = text.split_once([',', '，', ';', '；'])?;
    let remark = tail.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && plain(tail.trim()).is_none();
    remark.then(|| plain(head.trim()))?
}

fn after_words(text: &str, plain: &dyn Fn(&str) -> Option<Found>) -> Option<Found> {
    let mut rest = text;
    while let Some(word) = BEFORE.iter().find(|w| rest.starts_with(**w)) {
        rest = &rest[word.len()..];
    }
    (rest.len() < text.len()).then(|| plain(rest))?
}
