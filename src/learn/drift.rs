//! Whether today's rows are like those a model was learned from, and which of them would teach it most.

use serde::Serialize;

use crate::learn::frame::Frame;
use crate::learn::missing::is_missing;
use crate::learn::model::{Conversion, Prediction};
use crate::monitor::{stability_index, verdict};
use crate::order::sort;

/// How far rows have moved since a model was learned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// Rows looked at.
    pub rows: usize,
    /// The chances themselves, over ten groups that were of equal size when the model was learned.
    pub chances: Shift,
    /// Feature by feature, the most moved first, over up to eight coarser places and that of what is missing.
    pub features: Vec<FeatureDrift>,
    /// Columns the model looks at that the table does not have.
    pub absent: Vec<String>,
}

/// How far one distribution has moved.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shift {
    /// Population stability index: the sum over groups of (now − then) · ln(now / then), of shares, with half a row of the smaller table
    /// added to every group; 0 where either has none.
    pub psi: f64,
    /// What chance alone stays under in about nineteen of twenty cases, for n rows then, m now and g groups: (1/n + 1/m) times
    /// (g − 1 + 1.645 √(2 (g − 1))).
    pub by_chance: f64,
    /// `steady` under 0.1 or up to `by_chance`, else `moved` under 0.25, `shifted` from there on: the words of
    /// [`Stability::verdict`](crate::monitor::Stability::verdict).
    pub state: &'static str,
}

/// How far one feature has moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureDrift {
    /// Its column.
    pub feature: String,
    /// How far.
    pub shift: Shift,
    /// The share of rows in which it was missing when the model was learned, 0 to 1.
    pub missing_then: f64,
    /// The same today.
    pub missing_now: f64,
    /// Of the cells that are not missing, the share with a word that is no level of the model: new, or too rare when it was learned. 0 for
    /// numbers.
    pub unknown_words: f64,
}

impl Shift {
    fn between(then: &[usize], now: &[usize]) -> Self {
        let psi = stability_index(then, now);
        let (all_then, all_now) = (then.iter().sum::<usize>().max(1) as f64, now.iter().sum::<usize>().max(1) as f64);
        // It is about (1/n + 1/m) times a chi-square variable of one less than the groups.
        let free = then.iter().zip(now).filter(|(a, b)| **a + **b > 0).count().saturating_sub(1) as f64;
        let by_chance = (1.0 / all_then + 1.0 / all_now) * (free + 1.645 * (2.0 * free).sqrt());
        let state = if psi <= by_chance { "steady" } else { verdict(psi) };
        Self { psi, by_chance, state }
    }
}

impl Conversion {
    /// Compares a table with the one this model was learned from. `predictions` are those of the same table; without any the shift of the
    /// chances is 0 and `steady`, and says nothing.
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
            let (mut then, mut now) = (vec![0; groups], vec![0; groups]);
            term.seen.iter().zip(&merged).for_each(|(count, group)| then[*group] += count);
            let (mut missing, mut unknown) = (0, 0);
            for cell in cells {
                let place = cut.place(cell).0;
                now[merged[place]] += 1;
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
        sort(&mut features, &|a, b| b.shift.psi.total_cmp(&a.shift.psi).then_with(|| a.feature.cmp(&b.feature)));
        let mut now = vec![0; self.tenths.len() + 1];
        predictions.iter().for_each(|p| now[self.tenths.partition_point(|edge| *edge <= p.probability)] += 1);
        let part = |i: usize| (self.rows as u64 * i as u64 / now.len() as u64) as usize;
        let then: Vec<usize> = (0..now.len()).map(|i| part(i + 1) - part(i)).collect();
        Drift { rows: frame.rows(), chances: Shift::between(&then, &now), features, absent }
    }
}

/// Rows worth a visit for what they would teach: not among the best tenth by their chance, but perhaps in truth. Of each, `high` lies over
/// the chance that the best tenth begin with; those that reach furthest over it come first, at most `most` of them. Gives places in
/// `predictions`.
pub fn explore(predictions: &[Prediction], most: usize) -> Vec<usize> {
    let by = |of: fn(&Prediction) -> f64| move |a: &usize, b: &usize| of(&predictions[*b]).total_cmp(&of(&predictions[*a]));
    let mut found: Vec<usize> = (0..predictions.len()).collect();
    sort(&mut found, &by(|p| p.probability));
    let Some(last) = (found.len() / 10).max(1).checked_sub(1).and_then(|at| found.get(at)) else { return Vec::new() };
    let edge = predictions[*last].probability;
    found.retain(|i| predictions[*i].probability < edge && predictions[*i].high > edge);
    sort(&mut found, &by(|p| p.high));
    found.truncate(most);
    found
}
