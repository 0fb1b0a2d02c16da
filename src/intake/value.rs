//! Dates, counts, flags, status, size and the other small values of a cell.

use crate::enterprise::{Date, Product, Qualification, Size, Status};
use crate::text::{is_blank, squeeze};

/// How a cell was understood.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading<T> {
    Ok(T),
    Missing,
    Bad,
}

/// Unwraps `="text"` and the quote a spreadsheet puts before text, and trims.
pub(crate) fn clean(cell: &str) -> &str {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}' || c == '\u{200b}');
    let cell = cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"')).unwrap_or(cell);
    cell.strip_prefix('\'').unwrap_or(cell).trim()
}

/// Reads a date: `2020-01-02`, `2020/1/2`, `2020.1.2`, `2020年1月2日`, `20200102`, an Excel serial, milliseconds since 1970, or
/// the first of a range.
pub(crate) fn date(cell: &str) -> Reading<Date> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let text = squeeze(cell);
    if let Some(date) = plain_number(&text).and_then(numeric_date) {
        return Reading::Ok(date);
    }
    let mut parts =
        text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(|p| p.get(..4).unwrap_or(p).parse::<i16>().unwrap_or(0));
    let (Some(year), month, day) = (parts.next(), parts.next().unwrap_or(1), parts.next()) else { return Reading::Bad };
    let day = match day {
        // "2020-01-0210:00:00" arises when the space before the time is squeezed out.
        Some(d) if d > 31 => d / 100,
        Some(d) => d,
        None => 1,
    };
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !(1850..=2200).contains(&year) {
        return Reading::Bad;
    }
    Date::new(year, month as i8, day as i8).map_or(Reading::Bad, Reading::Ok)
}

fn plain_number(text: &str) -> Option<f64> {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.').then(|| text.parse().ok()).flatten()
}

fn numeric_date(number: f64) -> Option<Date> {
    let days_since_1970 = match number {
        // Excel's day 1 is 1900-01-01 and it believes in 1900-02-29; day 25569 is 1970-01-01.
        n if (10_000.0..80_000.0).contains(&n) => n.floor() as i64 - 25_569,
        n if (18_500_101.0..=22_001_231.0).contains(&n) => {
            let n = n as i64;
            return Date::new((n / 10_000) as i16, (n / 100 % 100) as i8, (n % 100) as i8).ok();
        }
        n if (1e11..5e12).contains(&n) => (n / 86_400_000.0).floor() as i64,
        _ => return None,
    };
    Date::constant(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(24 * days_since_1970)).ok()
}

/// Reads a whole count such as `120`, `1,200人` or `50-99人` (the lower bound).
pub(crate) fn count(cell: &str) -> Reading<u32> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let text = squeeze(cell).replace(',', "");
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let fits = rest.is_empty() || ["人", "件", "项", "个", "名", "家"].contains(&rest) || rest.starts_with(['-', '~', '至', '.']);
    match digits.parse() {
        Ok(count) if fits => Reading::Ok(count),
        _ => Reading::Bad,
    }
}

/// Reads a number for an extra column a scorecard uses.
pub(crate) fn number(cell: &str) -> Option<f64> {
    let text = squeeze(cell).replace(',', "");
    let (text, scale) = match text.strip_suffix('%') {
        Some(text) => (text.to_owned(), 0.01),
        None => (text, 1.0),
    };
    let value: f64 = text.parse().ok()?;
    (value.is_finite()).then_some(value * scale)
}

/// Reads a flag.
pub(crate) fn flag(cell: &str) -> Option<bool> {
    match squeeze(cell).as_str() {
        "是" | "有" | "Y" | "YES" | "TRUE" | "1" | "√" | "✓" => Some(true),
        "否" | "无" | "N" | "NO" | "FALSE" | "0" | "×" => Some(false),
        _ => None,
    }
}

/// Reads 登记状态.
pub(crate) fn status(cell: &str) -> Reading<Status> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let has = |words: &[&str]| words.iter().any(|w| cell.contains(w));
    // 吊销,未注销 is a revoked licence: look for 吊销 before 注销.
    Reading::Ok(if has(&["吊销"]) {
        Status::Revoked
    } else if has(&["注销", "撤销", "除名"]) {
        Status::Deregistered
    } else if has(&["清算"]) {
        Status::Liquidation
    } else if has(&["停业", "歇业"]) {
        Status::Suspended
    } else if has(&["在业", "存续", "开业", "在营", "正常", "登记成立", "续存"]) {
        Status::Active
    } else if has(&["迁入", "迁出"]) {
        Status::Moved
    } else {
        match squeeze(cell).as_str() {
            "ACTIVE" | "OPEN" => Status::Active,
            "CLOSED" | "DISSOLVED" => Status::Deregistered,
            _ => return Reading::Bad,
        }
    })
}

/// Reads 企业规模: `M(中型)`, `大型`, `XS(微型)`.
pub(crate) fn size(cell: &str) -> Reading<Size> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let letter = squeeze(cell);
    let letter = letter.split('(').next().unwrap_or("");
    for (size, word, code) in [(Size::Micro, "微", "XS"), (Size::Small, "小", "S"), (Size::Medium, "中", "M"), (Size::Large, "大", "L")]
    {
        if cell.contains(word) || letter == code {
            return Reading::Ok(size);
        }
    }
    Reading::Bad
}

/// Every qualification a cell names, the highest first.
pub(crate) fn qualifications(cell: &str, into: &mut Vec<Qualification>) {
    for rung in Qualification::ALL {
        let named = rung.words().iter().any(|w| cell.contains(w));
        // 专精特新"小巨人" names the higher rung alone.
        let higher = rung == Qualification::Specialised && cell.contains("小巨人") && cell.matches("专精特新").count() < 2;
        if named && !higher && !into.contains(&rung) {
            into.insert(into.partition_point(|q| *q < rung), rung);
        }
    }
}

/// Reads `光模块:0.64|光器件:0.2`, or a plain list.
pub(crate) fn products(cell: &str) -> Vec<Product> {
    if is_blank(cell) {
        return Vec::new();
    }
    let separators: &[char] = if cell.contains('|') { &['|'] } else { &['、', ';', '；', ',', '，', '\n'] };
    cell.split(separators)
        .filter_map(|item| {
            let item = item.trim();
            let (name, share) = match item.rsplit_once([':', '：']) {
                Some((name, share)) => match number(share) {
                    // Shares of segments that offset each other are negative or above one in annual reports: keep the product.
                    Some(share) => (name.trim(), (0.0..=1.0).contains(&share).then_some(share)),
                    None => (item, None),
                },
                None => (item, None),
            };
            (!name.is_empty()).then(|| Product { name: name.to_owned(), share })
        })
        .collect()
}

/// Splits a cell of tags.
pub(crate) fn tags(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split(['、', ';', '；', ',', '，', '|', '\n', '/']).map(str::trim).filter(|t| !is_blank(t)).map(str::to_owned)
}
