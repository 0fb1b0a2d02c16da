//! Dates as exports and people write them.

mod phrase;

use crate::enterprise::{Date, day};
use crate::intake::Reading;
use crate::text::{fold, is_blank};

/// Days between the two calendars of spreadsheets: those that begin in 1900 and those that begin in 1904.
#[cfg(feature = "xlsx")]
pub(crate) const DAYS_TO_1904: i32 = 1_462;

/// Reads a date: `2020-01-02`, `2020/1/2 0:00`, `2020.1`, `2020年1月2日`, `二〇二〇年一月二日`, `20200102`, `2-Jan-2020`, a serial of a
/// spreadsheet, seconds or milliseconds since 1970 (as of midnight in China), or the first of a range. Days that stand for an empty
/// cell in databases (1899-12-30, 1900-01-01, 1970-01-01 …) are missing.
///
/// `shift` is added to serials: the days of the calendar a workbook counts from.
pub(crate) fn date(cell: &str, shift: i32) -> Reading<Date> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    if let Some(day) = plain(cell.as_bytes()) {
        return if stands_for_nothing(day) { Reading::Missing } else { Reading::Ok(day) };
    }
    let folded = fold(cell);
    let text = folded.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '，' | '\'' | '"'));
    let read =
        number(text, shift).or_else(|| written(text)).or_else(|| phrase::date(text, &|text| number(text, shift).or_else(|| written(text))));
    match read {
        Some(Found::Day(day)) if !stands_for_nothing(day) => Reading::Ok(day),
        Some(_) => Reading::Missing,
        None => Reading::Bad,
    }
}

/// 2020-01-02 and 2020/01/02, as most dates are written.
fn plain(cell: &[u8]) -> Option<Date> {
    let [y @ .., m, _, _, d, _, _] = cell else { return None };
    if y.len() != 4 || m != d || !matches!(m, b'-' | b'/') {
        return None;
    }
    let number = |part: &[u8]| part.iter().try_fold(0_i16, |n, b| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0')));
    let (year, month, day) = (number(y)?, number(&cell[5..7])?, number(&cell[8..])?);
    Date::new(year, month as i8, day as i8).ok()
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Found {
    Day(Date),
    /// A day zero of some program.
    Nothing,
}

/// Days that programs write where they know none.
fn stands_for_nothing(day: Date) -> bool {
    let (y, m, d) = (day.year(), day.month(), day.day());
    !(1850..=2200).contains(&y) || matches!((y, m, d), (1899 | 1969, 12, 31) | (1899, 12, 30) | (1900 | 1970 | 1904, 1, 1))
}

fn day_of(year: i64, month: i64, day: i64) -> Option<Found> {
    if month == 0 && day == 0 || (year, month, day) == (1900, 1, 0) {
        return Some(Found::Nothing);
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Found::Day)
}

fn since_1970(days: i64) -> Option<Found> {
    day::from_number(days).map(Found::Day)
}

/// A cell of digits alone.
fn number(text: &str, shift: i32) -> Option<Found> {
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') || text.bytes().filter(|b| *b == b'.').count() > 1 {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let n: i64 = whole.parse().ok()?;
    let plain = fraction.bytes().all(|b| b == b'0');
    match whole.len() {
        // 2015.3 is a month, 2015.03.08 has two points and is none of these; 42071.5 is a serial with a time.
        4 if plain && (1850..=2200).contains(&n) => day_of(n, 1, 1),
        4 if (1..=2).contains(&fraction.len()) && (1850..=2200).contains(&n) => day_of(n, fraction.parse().ok()?, 1),
        6 if plain => day_of(n / 100, n % 100, 1).filter(|_| (1850..=2200).contains(&(n / 100))),
        8 if plain => day_of(n / 10_000, n / 100 % 100, n % 100),
        14 if plain => day_of(n / 10_000_000_000, n / 100_000_000 % 100, n / 1_000_000 % 100),
        // A serial: day 1 is 1900-01-01, and 1900 is believed to have been a leap year; day 25569 is 1970-01-01.
        1 if plain && n <= 1 => Some(Found::Nothing),
        5 if (10_000..80_000).contains(&n) => since_1970(n + i64::from(shift) - 25_569),
        // Seconds and milliseconds count from midnight UTC; the day they mean is the one in China.
        10 if plain => since_1970((n + 8 * 3_600).div_euclid(86_400)),
        // 201503081030: a day and a time. As milliseconds it would be of the first half of 1976.
        12 if plain
            && (1..=12).contains(&(n / 1_000_000 % 100))
            && n / 100 % 100 < 24
            && n % 100 < 60
            && (1900..=2100).contains(&(n / 100_000_000)) =>
        {
            day_of(n / 100_000_000, n / 1_000_000 % 100, n / 10_000 % 100)
        }
        12 | 13 if plain => since_1970((n / 1_000 + 8 * 3_600).div_euclid(86_400)),
        _ => None,
    }
}

/// A day written with its parts.
fn written(text: &str) -> Option<Found> {
    let (parts, rest) = parts(text)?;
    let rest = rest.trim_start();
    if !tail_is_fine(rest) {
        return None;
    }
    let (year, month, number) = parts;
    match (day_of(year, month, number)?, offset(rest)) {
        (Found::Day(date), Some((hours, minutes))) => {
            // A moment with its zone: the day it is in China.
            since_1970(day::number(date) + (hours * 60 + minutes).div_euclid(24 * 60))
        }
        (found, None) => Some(found),
        (Found::Nothing, _) => Some(Found::Nothing),
    }
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Year, month and day, and what follows them.
fn parts(text: &str) -> Option<((i64, i64, i64), &str)> {
    let mut numbers: Vec<(i64, usize)> = Vec::new();
    let mut named_month = None;
    let mut rest = text;
    while numbers.len() < 3 {
        if let Some((value, length, after)) = whole_number(rest) {
            numbers.push((value, length));
            rest = after;
        } else if let Some((month, after)) = month_name(rest).filter(|_| named_month.is_none() && numbers.len() < 2) {
            named_month = Some(numbers.len());
            numbers.push((month, 2));
            rest = after;
        } else {
            return None;
        }
        // What parts a number from the next; a time or a range begins with none of these.
        let before = rest;
        let mark = rest.chars().next();
        let spaced = rest.trim_start();
        match spaced.chars().next() {
            Some(c @ ('年' | '月' | '日' | '号')) => {
                rest = spaced[c.len_utf8()..].trim_start();
                if matches!(c, '日' | '号') || (c == '月' && !rest.starts_with(|c: char| c.is_ascii_digit() || numeral(c).is_some())) {
                    break;
                }
                if c == '年' && rest.starts_with(['度', '份']) {
                    rest = &rest['度'.len_utf8()..];
                }
                if rest.is_empty() {
                    break;
                }
            }
            Some(c @ ('-' | '/' | '.' | '\\' | '–' | '—' | '_')) if numbers.len() < 3 => {
                let after = &spaced[c.len_utf8()..];
                // A range of years or days parts with a doubled mark or with spaces.
                if !after.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric()) || after.starts_with(c) {
                    rest = before;
                    break;
                }
                rest = after.trim_start();
            }
            Some(',') if named_month.is_some() && numbers.len() < 3 => rest = spaced[1..].trim_start(),
            Some(c) if mark.is_some_and(char::is_whitespace) && numbers.len() < 3 && named_month.is_some() && c.is_ascii_alphanumeric() => {
                rest = spaced;
            }
            Some(c) if mark.is_some_and(char::is_whitespace) && numbers.len() == 1 && c.is_ascii_alphabetic() => rest = spaced,
            Some(c) if numbers.len() < 3 && mark.is_some_and(char::is_alphabetic) && c.is_ascii_alphabetic() && named_month.is_none() => {}
            _ => break,
        }
    }
    let at = |i: usize| numbers.get(i).copied();
    let year = |(value, length): (i64, usize)| match length {
        4 => Some(value).filter(|y| *y == 0 || *y == 1 || (1700..=2999).contains(y) || *y == 9999),
        2 if value <= 30 => Some(2000 + value),
        2 => Some(1900 + value),
        _ => None,
    };
    let (y, m, d) = match (at(0)?, at(1), at(2), named_month) {
        // Mar 8, 2015 and 8-Mar-2015.
        (month, Some(day), Some(last), Some(0)) => (year(last)?, month.0, day.0),
        (day, Some(month), Some(last), Some(1)) if day.1 <= 2 => (year(last)?, month.0, day.0),
        (first, Some(month), day, Some(1)) if first.1 == 4 => (year(first)?, month.0, day.map_or(1, |d| d.0)),
        (month, Some(last), None, Some(0)) if last.1 == 4 => (year(last)?, month.0, 1),
        (first, month, day, None) if first.1 == 4 => {
            if month.is_some_and(|m| m.1 > 2) || day.is_some_and(|d| d.1 > 2) {
                return None;
            }
            (year(first)?, month.map_or(1, |m| m.0), day.map_or(1, |d| d.0))
        }
        // 8/3/2015: which is the month cannot be told unless one is over twelve.
        (first, Some(second), Some(last), None) if last.1 == 4 && first.1 <= 2 && second.1 <= 2 => match (first.0, second.0) {
            (d @ 13.., m @ ..=12) | (m @ ..=12, d @ 13..) => (year(last)?, m, d),
            (a, b) if a == b => (year(last)?, a, b),
            _ => return None,
        },
        // 15-03-08 and 98年5月1日.
        (first, Some(month), Some(day), None) if first.1 == 2 && month.1 <= 2 && day.1 <= 2 => (year(first)?, month.0, day.0),
        _ => return None,
    };
    Some(((y, m, d), rest))
}

fn numeral(c: char) -> Option<i64> {
    "〇一二三四五六七八九".chars().position(|d| d == c).map(|p| p as i64).or(match c {
        '零' | '○' | 'O' | '0' => Some(0),
        '元' => Some(1),
        _ => None,
    })
}

/// A run of digits, or of Chinese numerals: its value, how many digits it has, and what follows.
fn whole_number(text: &str) -> Option<(i64, usize, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count > 0 {
        return (count <= 4).then(|| Some((text[..count].parse().ok()?, count, &text[count..])))?;
    }
    let is = |c: &char| *c == '十' || "〇零○一二三四五六七八九O0".contains(*c);
    let run: Vec<char> = text.chars().take_while(is).take(5).collect();
    // 二O一五 and 二0一五 are typed so; a letter or a digit alone begins no numeral.
    if run.first().is_none_or(|c| matches!(c, 'O' | '0')) {
        return None;
    }
    let after = &text[run.iter().map(|c| c.len_utf8()).sum::<usize>()..];
    if let Some(ten) = run.iter().position(|c| *c == '十') {
        let tens = if ten == 0 { 1 } else { numeral(run[0])? };
        let ones = run.get(ten + 1).map_or(Some(0), |c| numeral(*c))?;
        return (ten <= 1 && run.len() <= ten + 2).then_some((tens * 10 + ones, 2, after));
    }
    let value = run.iter().try_fold(0, |n, c| Some(n * 10 + numeral(*c)?))?;
    Some((value, if run.len() == 4 { 4 } else { 2 }, after))
}

fn month_name(text: &str) -> Option<(i64, &str)> {
    let month = MONTHS.iter().position(|m| text.starts_with(m))?;
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    ((3..=9).contains(&letters)).then(|| (month as i64 + 1, text[letters..].trim_start_matches('.')))
}

/// What may follow a day: nothing, a time, the end of a range, a weekday, a remark in brackets.
fn tail_is_fine(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['T', ' ']);
    if rest.is_empty()
        || rest.starts_with(['(', '至', '到', '~', '起', '止', '前', '后'])
        || rest.starts_with("--")
        || rest.starts_with("—")
    {
        return true;
    }
    if rest.starts_with('-') || rest.starts_with('–') {
        // A range: another day follows.
        return parts(rest.trim_start_matches(['-', '–', ' '])).is_some() || rest.contains("长期") || rest.contains("无固定");
    }
    for word in [
        "星期", "周", "上午", "下午", "AM", "PM", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "成立", "设立", "注册", "登记", "完成",
        "上旬", "中旬", "下旬", "初", "底", "末", "份",
    ] {
        if rest.starts_with(word) {
            return true;
        }
    }
    clock(rest).is_some()
}

/// A time of day: `0:00`, `10:30:05.123`, `10时30分`; gives what follows it, or `None` when there is none.
fn clock(text: &str) -> Option<(i64, i64, &str)> {
    let text = text.trim_start_matches(['T', ' ']);
    let hour = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&hour) {
        return None;
    }
    let hours: i64 = text[..hour].parse().ok()?;
    let after = &text[hour..];
    let Some(mark) = after.chars().next().filter(|c| matches!(c, ':' | '：' | '时' | '点')) else {
        // 1996-4-7 0: the hour alone.
        return (after.is_empty() && hours <= 24).then_some((hours, 0, ""));
    };
    let after = &after[mark.len_utf8()..];
    let minute = after.bytes().take_while(u8::is_ascii_digit).count().min(2);
    let minutes: i64 = after[..minute].parse().unwrap_or(0);
    if hours > 24 || minutes > 59 {
        return None;
    }
    let rest = after[minute..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '：' | '.' | '分' | '秒'));
    Some((hours, minutes, rest.trim_start()))
}

/// Of a time with a zone, what to add to the day's midnight to be in China: hours and minutes.
fn offset(rest: &str) -> Option<(i64, i64)> {
    let (hours, minutes, zone) = clock(rest)?;
    let zone = zone.trim();
    if matches!(zone, "Z" | "UTC" | "GMT") || zone.starts_with("Z(") {
        return Some((hours + 8, minutes));
    }
    let zone = zone.strip_prefix("GMT").or_else(|| zone.strip_prefix("UTC")).unwrap_or(zone);
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(char::is_ascii_digit).take(4).collect();
    let (h, m): (i64, i64) = (digits.get(..2)?.parse().ok()?, digits.get(2..).and_then(|m| m.parse().ok()).unwrap_or(0));
    Some((hours + 8 - sign * h, minutes - sign * m))
}
