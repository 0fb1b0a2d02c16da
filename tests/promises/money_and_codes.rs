//! Every spelling of money and every credit code is understood as stated.

use xiangma::{CreditCode, MoneyReading, read_money};

use super::data::shared;

fn rows(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(bytes).into_records().map(|r| r.expect("the data set is a CSV")).collect()
}

#[test]
fn money_of_every_spelling() {
    let Some(bytes) = shared("capital_strings/capital_patterns.csv") else { return };
    let mut checked = 0;
    for row in rows(&bytes) {
        let (example, status) = (&row[2], &row[3]);
        let removed = example.contains("removed>");
        match (read_money(if removed { "电子产品销售" } else { example }, None), status) {
            (MoneyReading::Ok(money), "ok") => {
                assert_eq!(money.currency.code(), &row[4], "{example}");
                let expected: f64 = row[6].parse().expect("an amount");
                assert!((money.amount - expected).abs() < 1e-6, "{example}: {} and not {expected}", money.amount);
            }
            (MoneyReading::Missing, "missing") | (MoneyReading::AmbiguousUnit, "ambiguous_unit") | (MoneyReading::Invalid, "invalid") => {}
            (reading, _) => panic!("{example}: {reading:?}, expected {status}"),
        }
        checked += 1;
    }
    assert_eq!(checked, 80);
}

#[test]
fn money_by_hand() {
    for (cell, unit, amount) in [
        ("1亿人民币", None, 1e8),
        ("13,400万元", None, 1.34e8),
        ("222.2222万元人民币", None, 2_222_222.0),
        ("１００万元", None, 1e6),
        ("50 万人民币", None, 5e5),
        ("100", Some("万元"), 1e6),
        ("3百万元", None, 3e6),
    ] {
        let MoneyReading::Ok(money) = read_money(cell, unit) else { panic!("{cell}") };
        assert!((money.amount - amount).abs() < 1e-6, "{cell}: {}", money.amount);
    }
    assert_eq!(read_money("-5万元", None), MoneyReading::Invalid);
}

#[test]
fn credit_codes() {
    let Some(bytes) = shared("uscc/uscc_vectors_dev.csv") else { return };
    let all = rows(&bytes);
    let wrong: Vec<String> = all
        .iter()
        .filter(|row| CreditCode::parse(&row[0]).is_some() != (&row[1] == "1"))
        .map(|row| format!("{} {} {}", &row[0], &row[1], &row[2]))
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), all.len(), &wrong[..wrong.len().min(20)]);
}
