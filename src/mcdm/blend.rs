//! Weights of people and weights of data, joined, and where the two disagree.

use serde::Serialize;

use crate::error::{Error, Kind};
use crate::mcdm::{average_ranks, correlate, points_weights};
use crate::order::sort;

/// What joining comes to. Weights are shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blend {
    /// Joined.
    pub weights: Vec<f64>,
    /// The people's.
    pub expert: Vec<f64>,
    /// The data's.
    pub data: Vec<f64>,
    /// Half the sum of the absolute differences: the share of weight on which the two disagree, 0 to 1.
    pub distance: f64,
    /// Spearman's correlation of the two orders of importance, −1 to 1; none when one of them tells nothing apart, or of one criterion.
    pub spearman: Option<f64>,
    /// Criteria, from 0, by how far apart the two are, the farthest first.
    pub farthest: Vec<usize>,
}

/// Joins weights of people and of data: `(1 − share) · expert + share · data`, both as shares of their sums.
///
/// # Errors
///
/// `BAD_ARGUMENT` for a share outside 0 to 1, weights of different lengths, or weights as [`points_weights`] refuses them.
pub fn blend(expert: &[f64], data: &[f64], share: f64) -> Result<Blend, Error> {
    if !(0.0..=1.0).contains(&share) {
        return Err(Kind::BadArgument(format!("the share of the data's weights is 0 to 1, not {share}")).into());
    }
    if expert.len() != data.len() {
        return Err(Kind::BadArgument(format!("{} weights of people and {} of data", expert.len(), data.len())).into());
    }
    let (expert, data) = (points_weights(expert)?, points_weights(data)?);
    let apart = |c: usize| (expert[c] - data[c]).abs();
    let mut farthest: Vec<usize> = (0..expert.len()).collect();
    sort(&mut farthest, &|a, b| apart(*b).total_cmp(&apart(*a)).then(a.cmp(b)));
    let spearman = correlate(&average_ranks(&expert, true), &average_ranks(&data, true)).and_then(|c| c.spearman);
    Ok(Blend {
        weights: expert.iter().zip(&data).map(|(e, d)| (1.0 - share) * e + share * d).collect(),
        distance: (0..expert.len()).map(apart).sum::<f64>() / 2.0,
        spearman,
        farthest,
        expert,
        data,
    })
}
