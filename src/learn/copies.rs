//! Rows of one lead: written down again, or the same firm once more. All of them stand on one side of every fold, and say no more than one.

use std::collections::BTreeMap;

use crate::learn::frame::Frame;

/// Which rows are of one lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Leads {
    /// Of each row, the first row of its lead.
    pub of: Vec<usize>,
    /// Rows that are of the lead of an earlier one.
    pub again: usize,
}

/// By how many times rows with the same features must be more frequent than columns that had nothing to do with each other would make
/// them, and in how many of such pairs the outcome must be the same. Rows of few and coarse columns are the same by chance, and say as much
/// as any others.
const OFTEN: f64 = 10.0;
const AGREEING: f64 = 0.95;

/// Finds the leads of some rows: by credit code, by name, and by the cells of `features` where those are copies.
pub(crate) fn leads(frame: &Frame, rows: &[usize], features: &[&str], outcome: &[bool]) -> Leads {
    let mut of: Vec<usize> = (0..rows.len()).collect();
    for keys in frame.leads() {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            if let Some(key) = keys.get(*row).filter(|key| !key.is_empty()) {
                let earlier = *first.entry(key).or_insert(i);
                join(&mut of, earlier, i);
            }
        }
    }
    let columns: Vec<&[String]> = features.iter().filter_map(|f| frame.column(f).ok()).collect();
    for group in copies(&columns, rows, outcome) {
        group.iter().for_each(|i| join(&mut of, group[0], *i));
    }
    (0..of.len()).for_each(|i| of[i] = root(&mut of, i));
    let again = of.iter().enumerate().filter(|(i, first)| i != *first).count();
    Leads { of, again }
}

/// The first row of a lead, by way of those it was joined to; the way is halved for who asks next.
fn root(of: &mut [usize], mut i: usize) -> usize {
    while of[i] != i {
        of[i] = of[of[i]];
        i = of[i];
    }
    i
}

fn join(of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(of, a), root(of, b));
    of[a.max(b)] = a.min(b);
}

/// Groups of rows that have the same features, where that is no chance.
fn copies(columns: &[&[String]], rows: &[usize], outcome: &[bool]) -> Vec<Vec<usize>> {
    let n = rows.len() as f64;
    let mut same: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        same.entry(columns.iter().map(|column| column[*row].as_str()).collect()).or_default().push(i);
    }
    let groups: Vec<Vec<usize>> = same.into_values().filter(|group| group.len() > 1).collect();
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let seen: f64 = groups.iter().map(|group| pairs(group.len())).sum();
    // By how many pairs would agree in every column, were the columns independent.
    let by_chance = columns.iter().map(|column| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        rows.iter().for_each(|row| *counts.entry(&column[*row]).or_default() += 1);
        counts.values().map(|count| (*count as f64 / n) * (*count as f64 / n)).sum::<f64>()
    });
    let chance = pairs(rows.len()) * by_chance.product::<f64>();
    let agreeing = |group: &Vec<usize>| {
        let yes = group.iter().filter(|i| outcome[**i]).count();
        pairs(yes) + pairs(group.len() - yes)
    };
    let agree: f64 = groups.iter().map(agreeing).sum();
    if seen > OFTEN * chance && agree >= AGREEING * seen { groups } else { Vec::new() }
}
