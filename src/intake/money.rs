//! Money as registers and people write it: `10,010.8000(万)`, `人民币500万元整`, `1亿5000万`, `伍佰万元整`, `USD 2 million`, `5()`.

use crate::enterprise::{Currency, Money};
use crate::intake::numeral::{self, Bound};
use crate::intake::told::{self, Of};
use crate::text::squeeze;

/// How a cell of money was understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MoneyReading {
    /// An amount.
    Ok(Money),
    /// The cell says nothing.
    Missing,
    /// A number without a unit: yuan and ten thousand yuan are both likely, so neither is assumed.
    AmbiguousUnit,
    /// Not an amount.
    Invalid,
}

/// Names of currencies, longest first, so that 澳大利亚元 is not read as a stray 澳 and 元.
#[rustfmt::skip]
const CURRENCIES: &[(&str, Currency)] = &[
    ("澳大利亚元", Currency::AUD), ("新加坡币", Currency::SGD), ("新加坡元", Currency::SGD), ("加拿大元", Currency::CAD), ("瑞士法郎", Currency::CHF),
    ("德国马克", Currency::DEM), ("西德马克", Currency::DEM), ("法国法郎", Currency::FRF), ("新台币元", Currency::TWD), ("人民币元", Currency::CNY),
    ("人民币", Currency::CNY), ("香港元", Currency::HKD), ("新台币", Currency::TWD), ("澳门元", Currency::MOP), ("澳门币", Currency::MOP),
    ("澳洲元", Currency::AUD), ("台币", Currency::TWD), ("台元", Currency::TWD), ("美元", Currency::USD), ("美金", Currency::USD),
    ("美圆", Currency::USD), ("港币", Currency::HKD), ("港元", Currency::HKD), ("港圆", Currency::HKD), ("欧元", Currency::EUR),
    ("欧圆", Currency::EUR), ("日元", Currency::JPY), ("日圆", Currency::JPY), ("日币", Currency::JPY), ("英镑", Currency::GBP),
    ("新元", Currency::SGD), ("新币", Currency::SGD), ("坡币", Currency::SGD), ("澳元", Currency::AUD), ("澳币", Currency::AUD),
    ("加元", Currency::CAD), ("加币", Currency::CAD), ("法郎", Currency::CHF), ("马克", Currency::DEM), ("韩元", Currency::KRW),
    ("韩圆", Currency::KRW), ("韩币", Currency::KRW), ("葡币", Currency::MOP),
    ("NT$", Currency::TWD), ("HK$", Currency::HKD), ("US$", Currency::USD), ("RMB", Currency::CNY), ("CNY", Currency::CNY), ("CNH", Currency::CNY),
    ("USD", Currency::USD), ("HKD", Currency::HKD), ("EUR", Currency::EUR), ("JPY", Currency::JPY), ("GBP", Currency::GBP), ("SGD", Currency::SGD),
    ("AUD", Currency::AUD), ("CAD", Currency::CAD), ("CHF", Currency::CHF), ("DEM", Currency::DEM), ("FRF", Currency::FRF), ("TWD", Currency::TWD),
    ("NTD", Currency::TWD), ("KRW", Currency::KRW), ("MOP", Currency::MOP), ("S$", Currency::SGD), ("A$", Currency::AUD), ("C$", Currency::CAD),
    ("¥", Currency::CNY), ("￥", Currency::CNY), ("$", Currency::USD), ("€", Currency::EUR), ("£", Currency::GBP), ("₩", Currency::KRW),
];

/// Scales in Latin letters, and the W that people type for 万.
const LATIN_SCALES: &[(&str, f64)] =
    &[("BILLION", 1e9), ("MILLION", 1e6), ("THOUSAND", 1e3), ("BN", 1e9), ("MIO", 1e6), ("MN", 1e6), ("W", 1e4), ("M", 1e6), ("K", 1e3)];

/// Words that change nothing.
const FILLERS: &[&str] = &["元", "圆", "块", "整", "正", "(", ")", "[", "]", "YUAN", "DOLLARS", "DOLLAR", ":", "单位", "计", "币种"];

/// Above this, in yuan, a heading's unit is not what the cell was written in: a hundred billion stands for a few dozen state groups.
pub(crate) const IMPLAUSIBLE: f64 = 1e11;

/// Reads a cell of money.
///
/// `unit` is the unit the column's heading declares, such as `万元`, used when the cell has none. A cell that names a currency and no
/// scale (`500美元` under 万元) takes the heading's scale; one in plain 元 does not.
///
/// ```
/// use xiangma::{Currency, MoneyReading, read_money};
///
/// let MoneyReading::Ok(money) = read_money("10,010.8000(万)", None) else { panic!() };
/// assert_eq!((money.amount, money.currency), (100_108_000.0, Currency::CNY));
/// let MoneyReading::Ok(money) = read_money("人民币伍佰万元整", None) else { panic!() };
/// assert_eq!(money.amount, 5_000_000.0);
/// assert_eq!(read_money("5()", None), MoneyReading::AmbiguousUnit);
/// assert_eq!(read_money("-", None), MoneyReading::Missing);
/// ```
///
/// Of a cell that tells several figures, the one that counts: the subscribed of `认缴1000万元，实缴300万元`, the latest of several years, the
/// last of what it became. Two that differ for no reason given are no amount.
pub fn read_money(cell: &str, unit: Option<&str>) -> MoneyReading {
    read_money_of(cell, unit, Of::Subscribed)
}

/// As [`read_money`], of a column that is of something else.
pub(crate) fn read_money_of(cell: &str, unit: Option<&str>, of: Of) -> MoneyReading {
    if crate::text::is_blank(cell) {
        return MoneyReading::Missing;
    }
    let mut text = squeeze(cell);
    if text.contains('，') {
        text = text.replace('，', ",");
    }
    // (1,234.56) is how accounts write a loss.
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    if inner.is_some_and(|t| t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) && told::classes(&text) == text) {
        return MoneyReading::Invalid;
    }
    let lines = || cell.lines().filter(|line| reading(amount(&squeeze(line), None)).is_some()).count();
    if let Some(reading) = reading(amount(&text, unit))
        && !(cell.contains('\n') && lines() > 1)
    {
        return reading;
    }
    told::figure(cell, of, &|text| reading(amount(text, unit))).unwrap_or(MoneyReading::Invalid)
}

fn reading(read: Option<Read>) -> Option<MoneyReading> {
    match read? {
        Read::Amount(money) => money.amount.is_finite().then_some(MoneyReading::Ok(money)),
        Read::Ambiguous => Some(MoneyReading::AmbiguousUnit),
    }
}

enum Read {
    Amount(Money),
    Ambiguous,
}

/// What stands around a number: a currency, a scale, plain units.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    currency: Option<Currency>,
    /// A scale in Latin letters.
    latin: Option<f64>,
    /// 元 or 圆 stood alone.
    plain: bool,
    /// 万, 亿 … where no number is directly before them: `10,010.8000(万)`.
    power: u32,
}

fn amount(text: &str, unit: Option<&str>) -> Option<Read> {
    // 人民币(万元)1000: the unit stands before the figure.
    if let Some((first, rest)) = unit_first(text) {
        return amount(rest, Some(first));
    }
    let (bound, after) = numeral::bound_before(text);
    let mut around = Around::default();
    let rest = around.take(after, false);
    // The words of a bound may follow the currency: 人民币约500万.
    let (second, last) = numeral::bound_before(rest);
    let bounded = after.len() < text.len() || last.len() < rest.len();
    let (number, rest) = numeral::leading(last).or_else(|| numeral::bare(last, bounded))?;
    if number.value < 0.0 {
        return None;
    }
    let rest = around.take(rest, true);
    let (after, rest) = numeral::bound_after(rest);
    let mut rest = around.take(rest, true);
    if [bound, second, after].contains(&Bound::AtMost) {
        return None;
    }
    let mut scaled = number.scaled;
    // A range: the lower end, by the units of the upper where it has none of its own.
    if let Some(upper) = rest.strip_prefix(['-', '~', '至', '到', '—', '–', '～']) {
        let (upper_number, tail) = numeral::leading(around.take(upper, false))?;
        let tail = around.take(tail, true);
        if !scaled && around.power == 0 && upper_number.scaled {
            let factor = power_of(&upper[..upper.len() - tail.len()]);
            return finish(number.value * libm::pow(10.0, f64::from(factor)), true, around, unit);
        }
        rest = tail;
        scaled |= upper_number.scaled;
    }
    if !rest.is_empty() {
        return None;
    }
    finish(number.value, scaled, around, unit)
}

/// A unit with a scale that a text begins with, and the digits behind it.
fn unit_first(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (first, rest) = text.split_at(at);
    let mut around = Around::default();
    // 元 or a bracket ends a unit: 万1000 is none.
    let is_unit = first.ends_with(['元', '圆', ')', ':', '：']) && around.take(&first.replace('：', ":"), true).is_empty();
    (is_unit && around.power > 0).then_some((first, rest))
}

/// The power of ten of the scale that a text holds: 万 in `1000万元`.
fn power_of(text: &str) -> u32 {
    text.chars()
        .map(|c| match c {
            '亿' => 8,
            '万' => 4,
            '千' | '仟' => 3,
            '百' | '佰' => 2,
            _ => 0,
        })
        .sum()
}

fn finish(value: f64, scaled: bool, around: Around, unit: Option<&str>) -> Option<Read> {
    let own = exactly(value * around.latin.unwrap_or(1.0), around.power);
    let whole = scaled || around.latin.is_some() || around.power > 0;
    let declared = unit.map(squeeze).and_then(|u| declared(&u));
    let currency = around.currency.or_else(|| declared.and_then(|d| d.0)).unwrap_or(Currency::CNY);
    let money = |amount: f64| Some(Read::Amount(Money { amount, currency }));
    if whole || (around.plain && around.currency.is_none()) {
        return money(own);
    }
    let lifted = declared.map(|(_, power)| exactly(value, power));
    match lifted {
        Some(lifted) if around.currency.is_none() => money(lifted),
        // A whole amount in a named currency under a heading of 万元 would be a slip of a unit where it cannot be.
        Some(lifted) if lifted * currency.rough_yuan() <= IMPLAUSIBLE || own * currency.rough_yuan() > IMPLAUSIBLE => money(lifted),
        Some(_) => money(own),
        None if around.currency.is_some() || around.plain => money(own),
        None => Some(Read::Ambiguous),
    }
}

/// Whole numbers up to this are all doubles.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value times a power of ten as its decimal text moved, so that no digit is lost.
fn exactly(value: f64, power: u32) -> f64 {
    if power == 0 {
        return value;
    }
    // A whole number that stays one.
    let whole = value * 10_u64.checked_pow(power).map_or(f64::INFINITY, |p| p as f64);
    if value % 1.0 == 0.0 && whole.abs() < EXACT {
        return whole;
    }
    numeral::shifted(&format!("{value}"), power).unwrap_or(value)
}

/// The currency and the power of ten a heading's unit declares; `None` when it declares neither money nor a scale.
fn declared(unit: &str) -> Option<(Option<Currency>, u32)> {
    let mut around = Around::default();
    let rest = around.take(unit, true);
    (rest.is_empty() && (around.power > 0 || around.plain || around.currency.is_some())).then_some((around.currency, around.power))
}

impl Around {
    /// Takes currencies, fillers and (behind a number) scales off the head; gives what is left.
    fn take<'t>(&mut self, text: &'t str, behind: bool) -> &'t str {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = first.len_utf8();
            // Most of what stands around a number is one of these, and is told by itself.
            match first {
                '0'..='9' => break,
                '(' | ')' | '[' | ']' | ':' | '整' | '正' | '计' => rest = &rest[length..],
                '元' | '圆' | '块' => {
                    self.plain = true;
                    rest = &rest[length..];
                }
                '亿' | '万' | '千' | '百' if behind => {
                    self.power += power_of(&rest[..length]);
                    rest = &rest[length..];
                }
                _ => match self.word(rest, behind) {
                    Some(after) => rest = after,
                    None => break,
                },
            }
        }
        rest
    }

    /// Takes a currency, a scale in Latin letters or a word that changes nothing off the head.
    fn word<'t>(&mut self, rest: &'t str, behind: bool) -> Option<&'t str> {
        if let Some((word, currency)) = CURRENCIES.iter().find(|(word, _)| rest.starts_with(word)) {
            // Two currencies are no amount, but ¥ before and 人民币 after are one.
            if self.currency.is_some_and(|c| c != *currency) {
                return None;
            }
            self.currency = Some(*currency);
            return Some(&rest[word.len()..]);
        }
        if let Some(word) = FILLERS.iter().find(|w| rest.starts_with(**w)) {
            self.plain |= *word == "YUAN";
            return Some(&rest[word.len()..]);
        }
        let (word, factor) = LATIN_SCALES.iter().find(|(w, _)| behind && self.latin.is_none() && rest.starts_with(w))?;
        self.latin = Some(*factor);
        Some(&rest[word.len()..])
    }
}
