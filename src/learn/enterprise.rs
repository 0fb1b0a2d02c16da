//! Features of enterprises: what intake and locating make of a table, as columns beside its own.

use crate::chain::{Catalogue, Locator, Match, Reader};
use crate::enterprise::{Date, Enterprise};
use crate::error::Error;
use crate::intake::{IntakeOptions, intake};
use crate::learn::frame::Frame;
use crate::monitor::ownership;
use crate::scorecard::Scorecard;

impl Frame {
    /// Reads a table and, where it is of enterprises and they are asked for, [adds](Self::add_enterprises) their features; whether it did.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read) and [`add_enterprises`](Self::add_enterprises).
    pub fn read_with_enterprises(bytes: &[u8], enterprises: bool, apart: &[&str]) -> Result<(Self, bool), Error> {
        let mut frame = Self::read(bytes)?;
        let added = enterprises && frame.add_enterprises(bytes, apart)?;
        Ok((frame, added))
    }

    /// Adds what intake and locating make of the same file: `enterprise:capital`, `enterprise:chain.optoelectronics` and so on; columns that
    /// intake understood step aside. Columns `apart`, such as that of the outcome, stay as they are, and nothing is made of them. False, and
    /// nothing changed, for a table that is not of enterprises.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN`, as [`Locator::new`].
    pub fn add_enterprises(&mut self, bytes: &[u8], apart: &[&str]) -> Result<bool, Error> {
        let options = apart.iter().fold(IntakeOptions::new(), |options, column| options.ignore(*column));
        let Ok(table) = intake(bytes, &options) else { return Ok(false) };
        // A heading that happens to be known makes no table of enterprises.
        let told =
            |e: &Enterprise| e.scope.is_some() || e.registered_capital.is_some() || e.credit_code.is_some() || !e.products.is_empty();
        if table.enterprises.iter().filter(|e| told(e)).count() * 2 < table.enterprises.len() {
            return Ok(false);
        }
        let catalogue = Catalogue::builtin();
        let locator = Locator::new(&catalogue)?;
        let mut reader = Reader::default();
        let chains: Vec<&str> = catalogue.chains().iter().map(|c| c.id.as_str()).collect();
        let names: Vec<String> = NAMES.iter().map(|n| (*n).to_owned()).chain(chains.iter().map(|c| format!("chain.{c}"))).collect();
        let mut columns = vec![vec![String::new(); self.rows()]; names.len()];
        let place: std::collections::HashMap<u32, usize> = self.numbers.iter().enumerate().map(|(i, n)| (*n, i)).collect();
        // Merged rows are told by the row they were merged into.
        let rows = table.enterprises.iter().map(|e| (e.row, e));
        let merged = table.report.merges.iter().filter_map(|m| Some((m.row, table.enterprises.iter().find(|e| e.row == m.into)?)));
        let rates = Scorecard::attraction().rates;
        for (number, e) in rows.chain(merged) {
            let Some(row) = place.get(&number) else { continue };
            let matches = locator.locate_with(e, &mut reader);
            for (column, value) in columns.iter_mut().zip(values(e, &matches, &rates, &chains)) {
                column[*row] = value.unwrap_or_default();
            }
        }
        let understood = |header: &String| {
            let role = table.report.columns.iter().find(|c| c.header == *header).map_or("extra", |c| c.role.as_str());
            !matches!(role, "extra" | "unused" | "duplicate")
        };
        let kept: Vec<usize> =
            (0..self.headers.len()).filter(|i| apart.contains(&self.headers[*i].as_str()) || !understood(&self.headers[*i])).collect();
        self.columns = kept.iter().map(|i| std::mem::take(&mut self.columns[*i])).collect();
        self.headers = kept.iter().map(|i| self.headers[*i].clone()).collect();
        for (name, cells) in names.into_iter().zip(columns) {
            self.push(format!("enterprise:{name}"), cells);
        }
        Ok(true)
    }
}

/// What does not depend on the chains, in the order of [`values`].
const NAMES: [&str; 19] = [
    "capital",
    "paid_ratio",
    "established",
    "staff",
    "patents",
    "province",
    "city",
    "size",
    "ownership",
    "qualification",
    "listing",
    "role",
    "best",
    "links",
    "scope_length",
    "makes",
    "develops",
    "trades",
    "exports",
];

fn values(e: &Enterprise, matches: &[Match], rates: &crate::scorecard::Rates, chains: &[&str]) -> Vec<Option<String>> {
    let number = |x: f64| Some(format!("{x}"));
    let yuan = |m: Option<crate::intake::Money>| m.and_then(|m| rates.yuan(m)).filter(|y| *y > 0.0);
    let logarithm = |y: f64| number((libm::log10(y) * 1e4).round() / 1e4);
    let capital = yuan(e.registered_capital).or_else(|| yuan(e.paid_in_capital));
    let ratio = yuan(e.paid_in_capital).zip(yuan(e.registered_capital)).map(|(p, r)| (p / r).min(1.0));
    let days = |d: Date| (d.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as f64;
    let sure = |m: &&Match| m.doubt.is_none();
    let best = matches.iter().find(sure);
    let scope = e.scope.as_deref().unwrap_or("");
    let count = |words: &[&str]| words.iter().map(|w| scope.matches(w).count()).sum::<usize>() as f64;
    let told = |x: f64| if scope.is_empty() { None } else { number(x) };
    let mut values = vec![
        capital.and_then(logarithm),
        ratio.and_then(number),
        e.established.and_then(|d| number(days(d))),
        e.staff.and_then(|s| logarithm(f64::from(s) + 1.0)),
        e.patent_count.and_then(|p| logarithm(f64::from(p) + 1.0)),
        e.region.province.clone(),
        e.region.city.clone(),
        e.size.map(|s| s.as_str().to_owned()),
        ownership(e).map(|(id, _)| id),
        e.qualifications.first().map(|q| q.as_str().to_owned()),
        e.listing.clone(),
        best.map(|m| m.role.as_str().to_owned()).or_else(|| (!scope.is_empty()).then(|| "nowhere".to_owned())),
        told(best.map_or(0.0, |m| f64::from(m.score))),
        told(matches.iter().filter(sure).count() as f64),
        told(scope.chars().count() as f64),
        told(count(&["制造", "生产", "加工"])),
        told(count(&["研发", "研制", "开发", "设计"])),
        told(count(&["销售", "批发", "零售", "贸易"])),
        told(count(&["进出口", "出口"])),
    ];
    values.extend(
        chains.iter().map(|chain| told(matches.iter().filter(sure).find(|m| *m.chain == **chain).map_or(0.0, |m| f64::from(m.score)))),
    );
    values
}
