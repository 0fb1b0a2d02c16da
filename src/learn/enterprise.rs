//! Features of enterprises: what intake and locating make of a table, as columns beside its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::chain::{Catalogue, Locator, Match, Reader};
use crate::enterprise::{Date, Enterprise, Size};
use crate::error::Error;
use crate::intake::{IntakeOptions, Money, intake};
use crate::learn::frame::Frame;
use crate::monitor::ownership;
use crate::order::set;
use crate::rates::Rates;
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

    /// Adds what intake and locating make of the same file: `enterprise:capital`, `enterprise:chain.optoelectronics` and so on; columns
    /// that intake understood step aside. Columns `apart`, such as that of the outcome, stay as they are, and nothing is made of them.
    /// False, and nothing changed, for a table that is not of enterprises: one that intake refuses, or under half of whose enterprises have
    /// a scope, a registered capital, a credit code or products.
    ///
    /// | feature | what it is |
    /// |---|---|
    /// | `province`, `city`, `size`, `ownership`, `listing` | words |
    /// | `qualification` | the highest of its titles |
    /// | `role` | what it does at the best match believed; `nowhere` for a scope without one |
    /// | `capital` | log₁₀ of yuan, of the registered capital, or of the paid-in where that is not told |
    /// | `paid_ratio` | paid-in over registered capital, at most 1 |
    /// | `established` | days since 1970-01-01 |
    /// | `staff`, `patents` | log₁₀ of one more than the number |
    /// | `best`, `chain.ID` | the score of the best match believed, and of the best on a chain, 0 to 100; 0 without one |
    /// | `links` | how many different links it is believed to stand on; a chain without a link counts as one |
    /// | `scope_length` | characters of the scope |
    /// | `makes`, `develops`, `trades`, `exports` | how often the scope has words for it |
    ///
    /// Without a scope `best`, `chain.ID` and what stands below them are empty.
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
        let names = WORDS.iter().chain(&NUMBERS).map(|n| format!("enterprise:{n}"));
        let names: Vec<String> = names.chain(chains.iter().map(|c| format!("enterprise:chain.{c}"))).collect();
        let mut columns = vec![vec![String::new(); self.rows()]; names.len()];
        // Merged rows are told by the row that stays in the end: the last merges first, each finds where its own goes.
        let mut stays: BTreeMap<u32, u32> = BTreeMap::new();
        for merge in table.report.merges.iter().rev() {
            let last = stays.get(&merge.into).copied().unwrap_or(merge.into);
            stays.insert(merge.row, last);
        }
        let mut rows: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, number) in self.numbers().iter().enumerate() {
            rows.entry(stays.get(number).copied().unwrap_or(*number)).or_default().push(at);
        }
        let rates = Scorecard::attraction().rates;
        for e in &table.enterprises {
            let Some(its) = rows.get(&e.row) else { continue };
            let matches = locator.locate_with(e, &mut reader);
            let sure: Vec<&Match> = matches.iter().filter(|m| m.is_believed()).collect();
            let numbers = numbers(e, &sure, &rates, &chains).into_iter().map(|number| number.map(|x| format!("{x}")));
            for (column, value) in columns.iter_mut().zip(words(e, sure.first().copied()).into_iter().chain(numbers)) {
                let value = value.unwrap_or_default();
                its.iter().for_each(|at| column[*at].clone_from(&value));
            }
        }
        let understood = |header: &str| {
            let role = table.report.columns.iter().find(|c| c.header == header).map_or("extra", |c| c.role.as_str());
            !matches!(role, "extra" | "unused" | "duplicate")
        };
        self.exchange(&|header| apart.contains(&header) || !understood(header), names.into_iter().zip(columns));
        Ok(true)
    }
}

/// What is told in words, in the order of [`words`].
const WORDS: [&str; 7] = ["province", "city", "size", "ownership", "qualification", "listing", "role"];

/// What is told in numbers and does not depend on the chains, in the order of [`numbers`].
const NUMBERS: [&str; 12] =
    ["capital", "paid_ratio", "established", "staff", "patents", "best", "links", "scope_length", "makes", "develops", "trades", "exports"];

fn words(e: &Enterprise, best: Option<&Match>) -> [Option<String>; WORDS.len()] {
    let nowhere = e.scope.as_deref().filter(|scope| !scope.is_empty()).map(|_| "nowhere");
    let owned = |word: Option<&str>| word.map(str::to_owned);
    [
        e.region.province.clone(),
        e.region.city.clone(),
        owned(e.size.map(Size::as_str)),
        ownership(e).map(|(id, _)| id),
        owned(e.qualifications.first().map(|q| q.as_str())),
        e.listing.clone(),
        owned(best.map(|m| m.role.as_str()).or(nowhere)),
    ]
}

fn numbers(e: &Enterprise, sure: &[&Match], rates: &Rates, chains: &[&str]) -> Vec<Option<f64>> {
    let yuan = |money: Option<Money>| money.and_then(|m| rates.yuan(m)).filter(|y| *y > 0.0);
    let (registered, paid) = (yuan(e.registered_capital), yuan(e.paid_in_capital));
    let days = |d: Date| (d.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as f64;
    let score = |m: Option<&&Match>| m.map_or(0.0, |m| f64::from(m.score));
    let scope = e.scope.as_deref().unwrap_or("");
    let count = |words: &[&str]| words.iter().map(|w| scope.matches(w).count()).sum::<usize>() as f64;
    let logarithms = [registered.or(paid), e.staff.map(|s| f64::from(s) + 1.0), e.patent_count.map(|p| f64::from(p) + 1.0)];
    let [capital, staff, patents] = logarithms.map(|y| y.map(|y| (libm::log10(y) * 1e4).round() / 1e4));
    let mut numbers = vec![capital, paid.zip(registered).map(|(p, r)| (p / r).min(1.0)), e.established.map(days), staff, patents];
    // A scope that is not there says nothing of what it does not say.
    let told = |x: f64| (!scope.is_empty()).then_some(x);
    // A link that chains share is one.
    let links: BTreeSet<&str> = set(sure.iter().map(|m| m.link.as_deref().unwrap_or(&m.chain)));
    numbers.extend([score(sure.first()), links.len() as f64, scope.chars().count() as f64].map(told));
    let verbs: [&[&str]; 4] =
        [&["制造", "生产", "加工"], &["研发", "研制", "开发", "设计"], &["销售", "批发", "零售", "贸易"], &["进出口", "出口"]];
    numbers.extend(verbs.map(|words| told(count(words))));
    numbers.extend(chains.iter().map(|chain| told(score(sure.iter().find(|m| *m.chain == **chain)))));
    numbers
}
