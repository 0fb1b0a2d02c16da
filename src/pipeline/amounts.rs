//! Amounts as people write them: a number and its unit, in the cell or in the heading over it.

use crate::enterprise::Currency;
use crate::intake::{MoneyReading, read_money};
use crate::text::squeeze;

/// A heading without what stands in brackets after it, folded, and the unit in them: 综合能耗（吨标准煤） is 综合能耗, and 吨标准煤.
pub(crate) fn parted(heading: &str) -> (String, Option<String>) {
    let folded = squeeze(heading);
    match folded.split_once('(') {
        Some((name, rest)) => (name.to_owned(), rest.strip_suffix(')').map(str::to_owned)),
        None => (folded, None),
    }
}

/// A cell as it is to be read: a bare number is in the unit of its heading.
pub(crate) fn with_unit(cell: &str, unit: Option<&str>) -> String {
    let is_bare = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    match unit {
        Some(unit) if is_bare => format!("{cell}{unit}"),
        _ => cell.to_owned(),
    }
}

/// Units, and how many of the first each is.
pub(crate) type Units = &'static [(&'static str, f64)];

/// Tonnes of standard coal; a bare number is in tonnes.
pub(crate) const COAL: Units = &[
    ("", 1.0),
    ("吨标准煤", 1.0),
    ("吨标煤", 1.0),
    ("吨", 1.0),
    ("TCE", 1.0),
    ("万吨标准煤", 10_000.0),
    ("万吨标煤", 10_000.0),
    ("万吨", 10_000.0),
    ("万TCE", 10_000.0),
];

/// Tonnes; a bare number is in tonnes.
pub(super) const TONNES: Units = &[("", 1.0), ("吨", 1.0), ("T", 1.0), ("千克", 0.001), ("公斤", 0.001), ("KG", 0.001)];

/// Ten thousand kWh. A bare number is in none.
pub(super) const POWER: Units =
    &[("万千瓦时", 1.0), ("万度", 1.0), ("万KWH", 1.0), ("千瓦时", 0.0001), ("度", 0.0001), ("KWH", 0.0001), ("亿千瓦时", 10_000.0)];

/// People.
pub(super) const PEOPLE: Units = &[("", 1.0), ("人", 1.0), ("名", 1.0)];

/// A number with one of these units; none for what is no number of them, or is under nought.
pub(crate) fn read_amount(text: &str, units: Units) -> Option<f64> {
    let folded = squeeze(text).replace(',', "");
    let end = folded.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(folded.len());
    let (number, unit) = folded.split_at_checked(end)?;
    let factor = units.iter().find(|(name, _)| *name == unit)?.1;
    number.parse::<f64>().ok().map(|n| n * factor).filter(|n| n.is_finite())
}

/// 万元 of yuan, under nought for a loss; none for other money, and for what names no unit.
pub(super) fn read_wan(text: &str) -> Option<f64> {
    let (sign, amount) = text.strip_prefix('-').map_or((1.0, text), |amount| (-1.0, amount));
    match read_money(amount, None) {
        MoneyReading::Ok(money) if money.currency == Currency::CNY => Some(sign * money.amount / 1e4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_units() {
        for (text, units, amount) in [
            ("3000", COAL, Some(3_000.0)),
            ("1.2 万吨标准煤", COAL, Some(12_000.0)),
            ("3,000tce", COAL, Some(3_000.0)),
            ("-3", COAL, None),
            ("3千克", COAL, None),
            ("500kg", TONNES, Some(0.5)),
            ("120", POWER, None),
            ("120万千瓦时", POWER, Some(120.0)),
            ("5000 度", POWER, Some(0.5)),
            ("35人", PEOPLE, Some(35.0)),
            ("人", PEOPLE, None),
            ("", COAL, None),
        ] {
            assert_eq!(read_amount(text, units), amount, "{text}");
        }
        for (text, wan) in
            [("1,200万元", Some(1_200.0)), ("-35.5万元", Some(-35.5)), ("1.5亿元", Some(15_000.0)), ("12", None), ("3万美元", None)]
        {
            assert_eq!(read_wan(text), wan, "{text}");
        }
        assert_eq!(parted("综合能耗（吨标准煤）"), ("综合能耗".to_owned(), Some("吨标准煤".to_owned())));
        assert_eq!(with_unit("1,200", Some("万元")), "1,200万元");
        assert_eq!(with_unit("2亿元", Some("万元")), "2亿元");
    }
}
