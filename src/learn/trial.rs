//! How a model is tried: on rows it has not seen.

use std::collections::BTreeSet;

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;

use crate::error::Error;
use crate::learn::calibration::chance;
use crate::learn::calibration::{Calibration, calibrate};
use crate::learn::metrics::{Metrics, measure_leads};
use crate::learn::sample::Sample;
use crate::order::{set, sort};

const FOLDS: usize = 5;

/// What models of four fifths say of the other fifth.
pub(super) struct Trial {
    /// The log-odds of every row, told by a model that has not seen it.
    pub odds: Vec<f64>,
    /// The fold of every row.
    folds: Vec<usize>,
}

impl Trial {
    /// Tries a sample on folds dealt with this seed.
    pub(super) fn run(sample: &Sample<'_>, seed: u64) -> Result<Self, Error> {
        let folds = folds(&sample.outcome, &sample.leads, seed);
        let mut odds = vec![0.0; folds.len()];
        for fold in 0..FOLDS {
            let (test, train): (Vec<usize>, Vec<usize>) = (0..folds.len()).partition(|i| folds[*i] == fold);
            let model = sample.learn(&train)?;
            test.iter().for_each(|i| odds[*i] = model.odds(sample, *i));
        }
        Ok(Self { odds, folds })
    }

    /// The chances, each fold calibrated by the others, as new rows will be.
    pub(super) fn chances(&self, sample: &Sample<'_>) -> Vec<f64> {
        let by_fold: Vec<Calibration> =
            (0..FOLDS).map(|fold| calibrate(&self.odds, &sample.outcome, &sample.weight, |i| self.folds[i] != fold)).collect();
        self.odds.iter().zip(&self.folds).map(|(odds, fold)| chance(by_fold[*fold].apply(*odds))).collect()
    }
}

/// The newest fifth, told by all before it but the leads that are in both, and the same rows told by the prior score alone; none where
/// either part has too few outcomes.
pub(super) fn newest(sample: &Sample<'_>, dates: &[Option<f64>], fewest: usize) -> Result<Option<[Metrics; 2]>, Error> {
    let mut dated: Vec<(f64, usize)> = dates.iter().enumerate().filter_map(|(i, date)| Some(((*date)?, i))).collect();
    sort(&mut dated, &|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let order: Vec<usize> = dated.into_iter().map(|d| d.1).collect();
    let (before, after) = order.split_at(order.len() * 4 / 5);
    let later: BTreeSet<usize> = set(after.iter().map(|i| sample.leads[*i]));
    let before: Vec<usize> = before.iter().copied().filter(|i| !later.contains(&sample.leads[*i])).collect();
    let enough = |rows: &[usize]| {
        let yes = rows.iter().filter(|i| sample.outcome[**i]).count();
        yes.min(rows.len() - yes) >= fewest
    };
    if !enough(&before) || !enough(after) {
        return Ok(None);
    }
    let model = sample.learn(&before)?;
    let outcomes: Vec<bool> = after.iter().map(|i| sample.outcome[*i]).collect();
    let weights: Vec<f64> = after.iter().map(|i| sample.weight[*i]).collect();
    let leads: Vec<usize> = after.iter().map(|i| sample.leads[*i]).collect();
    let measured = |odds: &dyn Fn(usize) -> f64| {
        let chances: Vec<f64> = after.iter().map(|i| chance(odds(*i))).collect();
        measure_leads(&chances, &outcomes, &weights, &leads)
    };
    Ok(Some([measured(&|i| model.odds(sample, i)), measured(&|i| sample.offset[i])]))
}

/// The fold of every row: leads by the outcome of their first row, each outcome dealt out evenly, in a seeded order; all rows of a lead
/// in one fold.
fn folds(outcome: &[bool], leads: &[usize], seed: u64) -> Vec<usize> {
    let mut generator = Pcg32::new(seed, 0x0a02_bdbf_7bb3_c0a7);
    let mut folds = vec![0; outcome.len()];
    for class in [true, false] {
        let mut its: Vec<usize> = (0..outcome.len()).filter(|i| outcome[*i] == class && leads[*i] == *i).collect();
        for i in (1..its.len()).rev() {
            let j = ((u64::from(generator.next_u32()) * (i as u64 + 1)) >> 32) as usize;
            its.swap(i, j);
        }
        its.into_iter().enumerate().for_each(|(at, i)| folds[i] = at % FOLDS);
    }
    leads.iter().map(|lead| folds[*lead]).collect()
}
