//! Cells: money, days, codes, places, areas, and whatever else a column may hold.

use xiangma::ledger::{Moment, RecordId, RecordKind, read_field};
use xiangma::pipeline::Land;
use xiangma::plan::place_named;
use xiangma::{CellReader, CreditCode, Enterprise, EnterpriseKey, Field, IntakeOptions, MoneyReading, Region, read_money};

use super::DAY;
use super::cursor::Cursor;

/// A cell is understood or not; what is understood is finite, within bounds, and survives being written.
pub(super) fn values(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    // Plain text is a cell as it is; anything else is put together.
    let plain = std::str::from_utf8(data).ok().filter(|text| text.starts_with(|c: char| !c.is_ascii() || c.is_ascii_digit()));
    let mut rows: Vec<Vec<String>> = Vec::new();
    match plain {
        Some(text) => rows.push(vec![text.to_owned(); HEADINGS.len()]),
        None => {
            while !cursor.is_done() && rows.len() < 8 {
                rows.push(HEADINGS.map(|_| cursor.text()).to_vec());
            }
        }
    }
    for cell in rows.iter().flatten().take(64) {
        alone(cell);
    }
    let reader = CellReader::new(HEADINGS, &IntakeOptions::new().as_of(DAY));
    let Ok(table) = reader.read(&rows) else { return };
    assert!(table.report.adds_up(), "rows that nothing tells of");
    for e in &table.enterprises {
        let money = [e.registered_capital, e.paid_in_capital, e.revenue];
        assert!(money.into_iter().flatten().all(|m| m.amount.is_finite() && m.amount >= 0.0), "{money:?}");
        assert!(e.products.iter().all(|p| p.share.is_none_or(|s| (0.0..=1.0).contains(&s))), "{:?}", e.products);
        assert!(e.established.is_none_or(|day| day <= DAY), "{:?}", e.established);
        let text = serde_json::to_string(e).expect("is written");
        assert_eq!(serde_json::from_str::<Enterprise>(&text).expect("is read back"), *e);
        e.cells();
    }
}

const HEADINGS: [&str; 20] = [
    "企业名称",
    "统一社会信用代码",
    "登记状态",
    "成立日期",
    "注册资本（万元）",
    "实缴资本",
    "营业收入",
    "参保人数",
    "企业规模",
    "所属省份",
    "所属城市",
    "注册地址",
    "主营产品",
    "专利数量",
    "企业资质",
    "融资日期",
    "股东信息",
    "营收（亿元）",
    "小巨人",
    "备注",
];

/// What was read, written as a table, is read back as the same.
pub(super) fn written(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    let mut rows: Vec<Vec<String>> = Vec::new();
    while !cursor.is_done() && rows.len() < 8 {
        // A name that nobody doubts: of doubtful ones the rows around decide.
        let mut row = Enterprise::COLUMNS.map(|_| cursor.text()).to_vec();
        "示例光电有限公司".clone_into(&mut row[0]);
        rows.push(row);
    }
    let reader = CellReader::new(Enterprise::COLUMNS, &IntakeOptions::new().as_of(DAY));
    let Ok(table) = reader.read_apart(&rows) else { return };
    for e in table.enterprises {
        let again = reader.read_apart(&vec![e.cells().to_vec()]).map(|table| table.enterprises);
        let Ok([again]) = again.as_deref() else { panic!("{e:?} is read back as {again:?}") };
        assert_eq!(*again, Enterprise { row: again.row, extra: again.extra.clone(), ..e });
    }
}

fn alone(cell: &str) {
    for unit in [None, Some("万元"), Some("亿美元"), Some(cell)] {
        if let MoneyReading::Ok(money) = read_money(cell, unit) {
            assert!(money.amount.is_finite() && money.amount >= 0.0, "{money:?}");
            let written = format!("{}{}", money.amount, money.currency.code());
            assert_eq!(read_money(&written, None), MoneyReading::Ok(money), "`{written}`");
        }
    }
    if let Some(code) = CreditCode::parse(cell) {
        assert_eq!(CreditCode::parse(code.as_str()), Some(code));
        code.division();
    }
    let Ok(key) = cell.parse::<EnterpriseKey>();
    let Ok(again) = key.to_string().parse::<EnterpriseKey>();
    assert_eq!(again, key, "a key that is another when it is read back");
    Region::is_province(cell);
    Region { province: Some(cell.to_owned()), ..Region::default() }.is_within(cell);
    place_named(cell);
    if let Ok(land) = cell.parse::<Land>() {
        assert!(land.mu().is_finite() && land.mu() >= 0.0, "{land:?}");
        assert_eq!(land.to_string().parse::<Land>().ok(), Some(land), "`{land}`");
    }
    let _ = (cell.parse::<Field>(), cell.parse::<RecordId>(), cell.parse::<Moment>());
    for (kind, field) in
        [(RecordKind::Project, "investment"), (RecordKind::Project, "documents"), (RecordKind::Lead, "status"), (RecordKind::Issue, cell)]
    {
        let _ = read_field(kind, field, cell);
    }
}
