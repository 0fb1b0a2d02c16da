//! A table of alternatives (rows) by criteria (columns), checked before any method sees it.

use crate::error::{Error, Kind};

/// Whether more of a criterion is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Benefit,
    /// Less is better.
    Cost,
}

/// Alternatives by criteria. All numbers are finite.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) directions: Vec<Direction>,
    pub(super) rows: usize,
}

/// How the columns of a table are made comparable. `x` is a cell, the rest is of its column.
///
/// | kind | benefit | cost |
/// |---|---|---|
/// | `MinMax` | (x − min) / (max − min) | (max − x) / (max − min) |
/// | `Max` | x / max | 1 − x / max |
/// | `Sum` | x / Σx | (1/x) / Σ(1/x) |
/// | `Vector` | x / √Σx² | 1 − x / √Σx² |
/// | `Linear` | x / max | min / x |
///
/// A column whose divisor is zero tells nobody apart: it becomes ones for `MinMax` (a constant column, where all are best) and zeros for
/// the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Normalization {
    /// By range.
    MinMax,
    /// By the greatest.
    Max,
    /// By the sum.
    Sum,
    /// By the Euclidean length.
    Vector,
    /// By the best.
    Linear,
}

impl Matrix {
    /// A table from its rows.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, naming row and column (from 1), for rows of different lengths, no rows or no columns, and numbers that are not
    /// finite.
    pub fn new(rows: &[Vec<f64>], directions: &[Direction]) -> Result<Self, Error> {
        let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
        let Some(first) = rows.first() else { return bad("a table of no alternatives".to_owned()) };
        if first.is_empty() {
            return bad("a table of no criteria".to_owned());
        }
        if directions.len() != first.len() {
            return bad(format!("{} directions for {} criteria", directions.len(), first.len()));
        }
        for (r, row) in rows.iter().enumerate() {
            if row.len() != first.len() {
                let what = format!("the row has {} numbers, the first one {}", row.len(), first.len());
                return Err(Error::from(Kind::BadArgument(what)).at_row(r as u32 + 1));
            }
            if let Some(c) = row.iter().position(|x| !x.is_finite()) {
                let error = Error::from(Kind::BadArgument(format!("{} is no number to reckon with", row[c])));
                return Err(error.at_row(r as u32 + 1).at_column((c + 1).to_string()));
            }
        }
        let columns = (0..first.len()).map(|c| rows.iter().map(|row| row[c]).collect()).collect();
        Ok(Self { columns, directions: directions.to_vec(), rows: rows.len() })
    }

    /// The table with comparable columns, all of benefit, as columns.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, naming the cell, for what the kind cannot take: a negative number for `Sum` and `Linear`, a zero among costs for
    /// both.
    pub fn normalized(&self, kind: Normalization) -> Result<Vec<Vec<f64>>, Error> {
        let inverse = matches!(kind, Normalization::Sum | Normalization::Linear);
        let mut all = Vec::with_capacity(self.columns.len());
        for (c, (column, direction)) in self.columns.iter().zip(&self.directions).enumerate() {
            let cost = *direction == Direction::Cost;
            if inverse {
                self.refuse(
                    c,
                    |x| x < 0.0 || cost && x == 0.0,
                    if cost { "costs must be over zero here" } else { "must not be negative here" },
                )?;
            }
            let max = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let min = column.iter().copied().fold(f64::INFINITY, f64::min);
            let by = |divisor: f64, f: &dyn Fn(f64) -> f64| {
                let blank = if kind == Normalization::MinMax { 1.0 } else { 0.0 };
                column.iter().map(|x| if divisor == 0.0 { blank } else { f(*x) }).collect::<Vec<f64>>()
            };
            all.push(match kind {
                Normalization::MinMax if cost => by(max - min, &|x| (max - x) / (max - min)),
                Normalization::MinMax => by(max - min, &|x| (x - min) / (max - min)),
                Normalization::Max if cost => by(max, &|x| 1.0 - x / max),
                Normalization::Max | Normalization::Linear if !cost => by(max, &|x| x / max),
                Normalization::Sum if cost => {
                    let sum: f64 = column.iter().map(|x| 1.0 / x).sum();
                    by(sum, &|x| 1.0 / x / sum)
                }
                Normalization::Sum => {
                    let sum: f64 = column.iter().sum();
                    by(sum, &|x| x / sum)
                }
                Normalization::Vector => {
                    let length = column.iter().map(|x| x * x).sum::<f64>().sqrt();
                    by(length, &|x| if cost { 1.0 - x / length } else { x / length })
                }
                Normalization::Linear | Normalization::Max => by(1.0, &|x| min / x),
            });
        }
        Ok(all)
    }

    /// Names the first cell of a column that a method cannot take.
    pub(super) fn refuse(&self, c: usize, wrong: impl Fn(f64) -> bool, why: &str) -> Result<(), Error> {
        match self.columns[c].iter().position(|x| wrong(*x)) {
            None => Ok(()),
            Some(r) => {
                let error = Error::from(Kind::BadArgument(format!("{} {why}", self.columns[c][r])));
                Err(error.at_row(r as u32 + 1).at_column((c + 1).to_string()))
            }
        }
    }

    /// Weights, checked, and taken as they are: what does not sum to one gives scores on another scale, in the same order.
    pub(super) fn checked(&self, weights: &[f64]) -> Result<Vec<f64>, Error> {
        if weights.len() != self.columns.len() {
            return Err(Kind::BadArgument(format!("{} weights for {} criteria", weights.len(), self.columns.len())).into());
        }
        let sum: f64 = weights.iter().sum();
        if weights.iter().any(|w| !w.is_finite() || *w < 0.0) || sum <= 0.0 {
            return Err(Kind::BadArgument("weights are numbers from zero up, not all of them zero".to_owned()).into());
        }
        Ok(weights.to_vec())
    }
}

/// A score on the grid on which scores are compared.
pub(super) fn grid(score: f64) -> f64 {
    libm::round(score * 1e12)
}

/// Ranks from 1, equal scores sharing their mean. Scores are compared on a grid of 10⁻¹².
pub fn average_ranks(scores: &[f64], higher_is_better: bool) -> Vec<f64> {
    let sign = if higher_is_better { -1.0 } else { 1.0 };
    // Whole numbers: they are equal or they are not.
    let key = |i: &usize| sign * grid(scores[*i]);
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| key(a).total_cmp(&key(b)));
    let mut ranks = vec![0.0; scores.len()];
    let mut before = 0;
    for group in order.chunk_by(|a, b| key(a).total_cmp(&key(b)).is_eq()) {
        let mean = before as f64 + (group.len() + 1) as f64 / 2.0;
        for i in group {
            ranks[*i] = mean;
        }
        before += group.len();
    }
    ranks
}
