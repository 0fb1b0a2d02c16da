//! Money as registers write it: `10,010.8000(万)`, `500万美元`, `1亿人民币`, `5()`.

use serde::Serialize;

use crate::text::squeeze;

/// An amount in the currency it was written in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Money {
    /// Units of the currency (not ten thousands).
    pub amount: f64,
    /// The currency.
    pub currency: Currency,
}

/// A currency by its ISO 4217 code. Money of before the euro is still found in old registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs, reason = "each variant is the ISO code itself")]
pub enum Currency {
    CNY,
    USD,
    HKD,
    EUR,
    JPY,
    GBP,
    SGD,
    AUD,
    CAD,
    CHF,
    DEM,
    FRF,
    TWD,
    KRW,
    MOP,
}

impl Currency {
    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CNY => "CNY",
            Self::USD => "USD",
            Self::HKD => "HKD",
            Self::EUR => "EUR",
            Self::JPY => "JPY",
            Self::GBP => "GBP",
            Self::SGD => "SGD",
            Self::AUD => "AUD",
            Self::CAD => "CAD",
            Self::CHF => "CHF",
            Self::DEM => "DEM",
            Self::FRF => "FRF",
            Self::TWD => "TWD",
            Self::KRW => "KRW",
            Self::MOP => "MOP",
        }
    }
}

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

// Longest first, so that 澳大利亚元 is not read as a stray 澳 and 元.
const CURRENCIES: &[(&str, Currency)] = &[
    ("澳大利亚元", Currency::AUD),
    ("新加坡元", Currency::SGD),
    ("加拿大元", Currency::CAD),
    ("瑞士法郎", Currency::CHF),
    ("德国马克", Currency::DEM),
    ("法国法郎", Currency::FRF),
    ("新台币元", Currency::TWD),
    ("人民币元", Currency::CNY),
    ("香港元", Currency::HKD),
    ("人民币", Currency::CNY),
    ("新台币", Currency::TWD),
    ("澳门元", Currency::MOP),
    ("台币", Currency::TWD),
    ("美元", Currency::USD),
    ("美金", Currency::USD),
    ("港币", Currency::HKD),
    ("港元", Currency::HKD),
    ("欧元", Currency::EUR),
    ("日元", Currency::JPY),
    ("日圆", Currency::JPY),
    ("英镑", Currency::GBP),
    ("新元", Currency::SGD),
    ("澳元", Currency::AUD),
    ("加元", Currency::CAD),
    ("法郎", Currency::CHF),
    ("韩元", Currency::KRW),
    ("韩币", Currency::KRW),
    ("RMB", Currency::CNY),
    ("CNY", Currency::CNY),
    ("USD", Currency::USD),
    ("HKD", Currency::HKD),
    ("EUR", Currency::EUR),
    ("JPY", Currency::JPY),
    ("GBP", Currency::GBP),
];

/// Reads a cell of money.
///
/// `unit` is the unit the column's header declares, such as `万元`, used when the cell has none.
///
/// ```
/// use xiangma::{Currency, MoneyReading, read_money};
///
/// let MoneyReading::Ok(money) = read_money("10,010.8000(万)", None) else { panic!() };
/// assert_eq!((money.amount, money.currency), (100_108_000.0, Currency::CNY));
/// assert_eq!(read_money("5()", None), MoneyReading::AmbiguousUnit);
/// assert_eq!(read_money("-", None), MoneyReading::Missing);
/// ```
pub fn read_money(cell: &str, unit: Option<&str>) -> MoneyReading {
    if crate::text::is_blank(cell) {
        return MoneyReading::Missing;
    }
    let text = squeeze(cell);
    let text = text.trim_start_matches(['¥', '￥']);
    let digits_end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))).unwrap_or(text.len());
    let (number, rest) = text.split_at(digits_end);
    let number: String = number.chars().filter(|c| *c != ',').collect();
    if number.is_empty() || number.starts_with('-') {
        return MoneyReading::Invalid;
    }
    let own: String = rest.chars().filter(|c| !matches!(c, '(' | ')')).collect();
    let unit_text = match (own.is_empty(), unit) {
        (true, Some(unit)) => squeeze(unit),
        (true, None) => {
            return if number.parse::<f64>().is_ok() { MoneyReading::AmbiguousUnit } else { MoneyReading::Invalid };
        }
        (false, _) => own,
    };
    let Some((power, currency)) = read_unit(&unit_text) else { return MoneyReading::Invalid };
    match scaled(&number, power) {
        Some(amount) => MoneyReading::Ok(Money { amount, currency }),
        None => MoneyReading::Invalid,
    }
}

/// A unit's power of ten and currency; `None` when anything is left over.
fn read_unit(unit: &str) -> Option<(u32, Currency)> {
    let mut rest = unit;
    let mut power = 0;
    let mut currency = None;
    while !rest.is_empty() {
        if let Some((word, found)) = CURRENCIES.iter().find(|(word, _)| rest.starts_with(word)) {
            if currency.is_some_and(|c| c != *found) {
                return None;
            }
            currency = Some(*found);
            rest = &rest[word.len()..];
            continue;
        }
        let c = rest.chars().next()?;
        match c {
            '亿' if power == 0 => power = 8,
            '万' if power == 0 => power = 4,
            '万' if matches!(power, 2 | 3) => power += 4,
            '千' if power == 0 => power = 3,
            '百' if power == 0 => power = 2,
            '元' => {}
            _ => return None,
        }
        rest = &rest[c.len_utf8()..];
    }
    Some((power, currency.unwrap_or(Currency::CNY)))
}

/// Multiplies by a power of ten by moving the decimal point in the text, so that 27,850.0875 万 is exactly 278,500,875.
fn scaled(number: &str, power: u32) -> Option<f64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.contains('.') || number.contains('-') {
        return None;
    }
    let moved: String = fraction.chars().chain(std::iter::repeat('0')).take(power as usize).collect();
    let left = fraction.get(power as usize..).unwrap_or("");
    format!("{whole}{moved}.{left}0").parse().ok()
}
