//! Whether today's rows are like those a model was learned from, and which of them would teach it most.

use serde::Serialize;

use crate::learn::frame::{Frame, is_missing};
use crate::learn::model::{Conversion, Prediction};
use crate::order::order;

/// How far rows have moved since a model was learned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// Rows looked at.
    pub rows: usize,
    /// The chances themselves.
    pub chances: Shift,
    /// Feature by feature, the most moved first.
    pub features: Vec<FeatureDrift>,
    /// Columns the model looks at that the table does not have.
    pub absent: Vec<String>,
}

/// How far one distribution has moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shift {
    /// Population stability index: the sum over groups of (now − then) · ln(now / then).
    pub psi: f64,
    /// What chance alone stays under in nineteen of twenty cases, for so many rows.
    pub by_chance: f64,
    /// `steady` under 0.1 or what chance can do, `moved` under 0.25, `changed` from there on.
    pub state: &'static str,
}

/// How far one feature has moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureDrift {
    /// Its column.
    pub feature: String,
    /// How far.
    pub shift: Shift,
    /// The share of rows in which it was missing when the model was learned.
    pub missing_then: f64,
    /// The same today.
    pub missing_now: f64,
    /// The share of rows with a word the model has not met.
    pub unknown_words: f64,
}

impl Shift {
    fn between(then: &[f64], now: &[f64]) -> Self {
        let groups: Vec<(f64, f64)> = then.iter().zip(now).map(|(a, b)| (*a, *b)).filter(|(a, b)| a + b > 0.0).collect();
        let (all_then, all_now) = groups.iter().fold((0.0, 0.0), |(a, b), g| (a + g.0, b + g.1));
        if all_then <= 0.0 || all_now <= 0.0 {
            return Self { psi: 0.0, by_chance: 0.0, state: "steady" };
        }
        // Half a row in every group, so that none is empty.
        let share = |count: f64, all: f64| (count + 0.5) / (all + 0.5 * groups.len() as f64);
        let psi = groups
            .iter()
            .map(|(then, now)| (share(*then, all_then), share(*now, all_now)))
            .map(|(then, now)| (now - then) * libm::log(now / then))
            .sum();
        // It is about (1/n + 1/m) times a chi-square variable of one less than the groups.
        let free = (groups.len() - 1) as f64;
        let by_chance = (1.0 / all_then + 1.0 / all_now) * (free + 1.645 * (2.0 * free).sqrt());
        let state = if psi < 0.1 || psi <= by_chance {
            "steady"
        } else if psi < 0.25 {
            "moved"
        } else {
            "changed"
        };
        Self { psi, by_chance, state }
    }
}

impl Conversion {
    /// Compares a table with the one this model was learned from. `predictions` are those of the same table.
    pub fn drift(&self, frame: &Frame, predictions: &[Prediction]) -> Drift {
        let mut features: Vec<FeatureDrift> = Vec::new();
        let mut absent = Vec::new();
        for term in &self.terms {
            let column = &term.feature.column;
            let Ok(cells) = frame.column(column) else {
                absent.push(column.clone());
                continue;
            };
            let cut = &term.feature.cut;
            let merged = cut.merged(&term.seen);
            let groups = merged.iter().max().map_or(1, |m| m + 1);
            let (mut then, mut now) = (vec![0.0; groups], vec![0.0; groups]);
            term.seen.iter().zip(&merged).for_each(|(count, group)| then[*group] += *count as f64);
            let (mut missing, mut unknown) = (0, 0);
            for cell in cells {
                let place = cut.place(cell).0;
                now[merged[place]] += 1.0;
                missing += usize::from(place + 1 == cut.places());
                unknown += usize::from(cut.is_unknown_word(cell));
            }
            let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
            features.push(FeatureDrift {
                feature: column.clone(),
                shift: Shift::between(&then, &now),
                missing_then: share(term.seen.last().copied().unwrap_or(0), term.seen.iter().sum()),
                missing_now: share(missing, cells.len()),
                unknown_words: share(unknown, cells.iter().filter(|c| !is_missing(c)).count()),
            });
        }
        let moved = |i: usize| (&features[i].feature, features[i].shift.psi);
        let most = order(features.len(), &|a, b| moved(b).1.total_cmp(&moved(a).1).then_with(|| moved(a).0.cmp(moved(b).0)));
        let features = most.into_iter().map(|i| features[i].clone()).collect();
        let mut now = vec![0.0; self.tenths.len() + 1];
        predictions.iter().for_each(|p| now[self.tenths.partition_point(|edge| *edge <= p.probability)] += 1.0);
        let then = vec![self.rows as f64 / now.len() as f64; now.len()];
        Drift { rows: frame.rows(), chances: Shift::between(&then, &now), features, absent }
    }
}

/// Rows worth a visit for what they would teach: not among the best tenth by their chance, but perhaps in truth. Of each, `high` lies over the
/// chance that the best tenth begin with; those that reach furthest over it come first, at most `most` of them. Gives places in `predictions`.
pub fn explore(predictions: &[Prediction], most: usize) -> Vec<usize> {
    let count = predictions.len();
    let rising = order(count, &|a, b| predictions[a].probability.total_cmp(&predictions[b].probability).then(a.cmp(&b)));
    let Some(edge) = count.checked_sub((count / 10).max(1)).map(|i| predictions[rising[i]].probability) else { return Vec::new() };
    let found: Vec<usize> = (0..count).filter(|i| predictions[*i].probability < edge && predictions[*i].high > edge).collect();
    let high = |at: usize| predictions[found[at]].high;
    let furthest = order(found.len(), &|a, b| high(b).total_cmp(&high(a)).then(a.cmp(&b)));
    furthest.into_iter().take(most).map(|at| found[at]).collect()
}
