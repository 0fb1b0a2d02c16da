//! Columns that seem to know the outcome: written after it, or by it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::learn::frame::Frame;
use crate::learn::metrics::{measure_weighted, wilson};
use crate::learn::missing::is_missing;
use crate::order::sort;

/// A column under suspicion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leak {
    /// Its heading.
    pub column: String,
    /// How well it alone tells the outcome, on rows not used to learn from it, by weight: the area under the curve, 0.5 for nothing, 1 for
    /// all.
    pub auc: f64,
    /// The share of rows, 0 to 1, whose value all but settles the outcome: Wilson's 95 % interval of its share of outcomes lies over 0.9,
    /// or, where more than a fifth of all rows have the outcome, under 0.08.
    pub settled: f64,
    /// The first of these that holds. `settles`: alone it tells all (`auc` from 0.98 on). `dated_after`: over half of its cells are dates,
    /// and over one in twenty of them lies after that of the row. `named`: it tells much (`auc` over 0.65), and its heading speaks of what
    /// is written down during or after contact. `settles` again: alone it tells nearly everything (`auc` over 0.95), or its values settle
    /// the outcome for many rows (`settled` over 0.3).
    pub why: &'static str,
    /// Whether somebody has said that it was known beforehand. While nobody has, a column that is `dated_after` or `named`, or one that
    /// `settles` with an `auc` from 0.98 on, keeps the verdict from `use`.
    pub is_vouched_for: bool,
}

impl Leak {
    /// True when it keeps a model from being used.
    pub(crate) fn is_in_the_way(&self) -> bool {
        !self.is_vouched_for && (self.why != "settles" || self.auc >= TELLS_ALL)
    }
}

/// A column that alone rates so many pairs rightly hardly was known beforehand.
const TELLS_ALL: f64 = 0.98;

/// Words of headings for what is written down during or after contact.
const AFTER: [&str; 34] = [
    "last",
    "latest",
    "notable",
    "quality",
    "status",
    "stage",
    "tag",
    "result",
    "outcome",
    "next",
    "close",
    "won",
    "lost",
    "reason",
    "feedback",
    "duration",
    "follow",
    "qualified",
    "disposition",
    "converted",
    "结果",
    "状态",
    "阶段",
    "跟进",
    "意向",
    "反馈",
    "原因",
    "成交",
    "签约",
    "落地",
    "时长",
    "最近",
    "最后",
    "备注",
];

/// Screens every column but those excluded. A column named is a question to whoever keeps the table: was this known when the decision
/// was made?
pub(crate) fn screen(frame: &Frame, excluded: &[&str], vouched: &[String], told: &Told<'_>) -> Vec<Leak> {
    let columns = frame.headers().iter().zip(frame.columns()).filter(|(h, _)| !excluded.contains(&h.as_str()));
    let found = columns.filter_map(|(header, cells)| leak(header, cells, told));
    found.map(|leak| Leak { is_vouched_for: vouched.contains(&leak.column), ..leak }).collect()
}

/// What is known of the rows of a table beside its columns.
pub(crate) struct Told<'t> {
    pub outcomes: &'t [bool],
    pub weights: &'t [f64],
    pub dates: Option<&'t [Option<f64>]>,
}

fn leak(header: &str, cells: &[String], told: &Told<'_>) -> Option<Leak> {
    let Told { outcomes, weights, dates } = *told;
    let keys = values(cells);
    let distinct = keys.iter().collect::<std::collections::BTreeSet<_>>().len();
    // What is different in every row tells nothing that could be learned.
    if distinct < 2 || distinct * 2 > keys.len() {
        return None;
    }
    let rate = |rows: &dyn Fn(usize) -> bool| {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (i, key) in keys.iter().enumerate().filter(|(i, _)| rows(*i)) {
            let its = counts.entry(key).or_default();
            its.0 += usize::from(outcomes[i]);
            its.1 += 1;
        }
        counts
    };
    let base = outcomes.iter().filter(|o| **o).count() as f64 / outcomes.len() as f64;
    let halves = [rate(&|i| i % 2 == 1), rate(&|i| i % 2 == 0)];
    // Each half is told by the other, drawn to the base rate.
    let told = |i: usize| halves[i % 2].get(keys[i].as_str()).map_or(base, |(yes, n)| (*yes as f64 + 5.0 * base) / (*n as f64 + 5.0));
    let auc = measure_weighted(&(0..keys.len()).map(told).collect::<Vec<_>>(), outcomes, weights).auc;
    let settles = |(yes, n): &(usize, usize)| {
        let (low, high) = wilson(*yes, *n);
        // Rare outcomes are seldom everywhere: what settles them is a sure yes, or a sure no against a base rate that is none.
        low > 0.9 || high < 0.08 && base > 0.2
    };
    let settled = rate(&|_| true).values().filter(|c| settles(c)).map(|c| c.1).sum::<usize>() as f64 / keys.len() as f64;
    let name = header.to_lowercase();
    let is_named = AFTER.iter().any(|word| name.contains(word));
    let late = dates.is_some_and(|date| {
        let dated: Vec<(f64, f64)> = cells
            .iter()
            .zip(date)
            .filter_map(|(cell, date)| Some((crate::learn::features::number(cell).filter(|_| cell.contains(['-', '/', '年']))?, (*date)?)))
            .collect();
        dated.len() * 2 > cells.len() && dated.iter().filter(|(its, date)| its > date).count() * 20 > dated.len()
    });
    // What keeps the verdict from `use` is looked for first: no further sign makes a column less suspicious.
    let why = if auc >= TELLS_ALL {
        "settles"
    } else if late {
        "dated_after"
    } else if is_named && auc > 0.65 {
        "named"
    } else if auc > 0.95 || settled > 0.3 {
        "settles"
    } else {
        return None;
    };
    Some(Leak { column: header.to_owned(), auc, settled, why, is_vouched_for: false })
}

/// The cells as values to count: numbers of many values by twentieths.
fn values(cells: &[String]) -> Vec<String> {
    let numbers: Vec<Option<f64>> = cells.iter().map(|c| if is_missing(c) { None } else { crate::learn::features::number(c) }).collect();
    let mut known: Vec<f64> = numbers.iter().flatten().copied().collect();
    sort(&mut known, &f64::total_cmp);
    known.dedup();
    let filled = cells.iter().filter(|c| !is_missing(c)).count();
    if known.len() <= 40 || numbers.iter().flatten().count() * 20 < filled * 19 {
        return cells.iter().map(|c| if is_missing(c) { String::new() } else { c.clone() }).collect();
    }
    let mut all: Vec<f64> = numbers.iter().flatten().copied().collect();
    sort(&mut all, &f64::total_cmp);
    let place = |x: f64| all.partition_point(|y| *y <= x) * 20 / all.len();
    numbers.into_iter().map(|x| x.map_or_else(String::new, |x| place(x).to_string())).collect()
}
