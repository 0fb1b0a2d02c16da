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

/// The numbers a method reckons with are zero, or of a size between these: squares, inverses and sums of any of them are numbers again.
pub(super) const LEAST: f64 = 1e-100;
/// See [`LEAST`].
pub(super) const MOST: f64 = 1e100;

/// What a number outside them is told.
const NO_NUMBER: &str = "is no number to reckon with: zero, or of a size from 1e-100 to 1e100";

/// True for a number to reckon with.
pub(super) fn is_plain(x: f64) -> bool {
    x == 0.0 || (LEAST..=MOST).contains(&x.abs())
}

/// Alternatives by criteria. All numbers are zero, or of a size from 1e-100 to 1e100.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) directions: Vec<Direction>,
    pub(super) rows: usize,
    /// The least and the greatest a criterion can be, where they are fixed and not of the batch.
    references: Option<Vec<(f64, f64)>>,
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
/// the others. `Max`, `Sum` and `Linear` divide by what has to be the best, or all of it, and so take no negative numbers; `Sum` and
/// `Linear` no zeros among costs.
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
    /// `BAD_ARGUMENT` for no rows, no columns, or not one direction a column; naming the row (from 1), for one of another length than the
    /// first; naming row and column, for numbers that are not finite, over 1e100 or under 1e-100 in size but not zero.
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
            if let Some(c) = row.iter().position(|x| !is_plain(*x)) {
                let error = Error::from(Kind::BadArgument(format!("{:?} {NO_NUMBER}", row[c])));
                return Err(error.at_row(r as u32 + 1).at_column((c + 1).to_string()));
            }
        }
        let columns = (0..first.len()).map(|c| rows.iter().map(|row| row[c]).collect()).collect();
        Ok(Self { columns, directions: directions.to_vec(), rows: rows.len(), references: None })
    }

    /// A table from its columns, which are kept as they are: for many rows.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); naming the column, for one of another length than the first.
    pub fn from_columns(columns: Vec<Vec<f64>>, directions: &[Direction]) -> Result<Self, Error> {
        let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
        let Some(rows) = columns.first().map(Vec::len) else { return bad("a table of no criteria".to_owned()) };
        if rows == 0 {
            return bad("a table of no alternatives".to_owned());
        }
        if directions.len() != columns.len() {
            return bad(format!("{} directions for {} criteria", directions.len(), columns.len()));
        }
        if let Some(c) = columns.iter().position(|column| column.len() != rows) {
            let what = format!("the column has {} numbers, the first one {rows}", columns[c].len());
            return Err(Error::from(Kind::BadArgument(what)).at_column((c + 1).to_string()));
        }
        let table = Self { columns, directions: directions.to_vec(), rows, references: None };
        for c in 0..table.columns.len() {
            table.refuse(c, |x| !is_plain(x), NO_NUMBER)?;
        }
        Ok(table)
    }

    /// The same table with fixed references: the least and the greatest each criterion can be. By-range normalisation, TOPSIS and VIKOR
    /// then look at these and not at the batch, so that adding or removing an alternative reorders nobody (for TOPSIS: Aires and
    /// Ferreira 2019).
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for not one pair a criterion; naming the criterion (from 1), for a pair that is not finite and rising; naming the
    /// cell, for a number outside them.
    pub fn with_references(mut self, references: &[(f64, f64)]) -> Result<Self, Error> {
        if references.len() != self.columns.len() {
            return Err(Kind::BadArgument(format!("{} references for {} criteria", references.len(), self.columns.len())).into());
        }
        for (c, (least, greatest)) in references.iter().enumerate() {
            if !(least.is_finite() && greatest.is_finite() && least < greatest) {
                let what = format!("references rise from the least to the greatest, not {least} to {greatest}");
                return Err(Error::from(Kind::BadArgument(what)).at_column((c + 1).to_string()));
            }
            self.refuse(c, |x| x < *least || x > *greatest, "is outside the references")?;
        }
        self.references = Some(references.to_vec());
        Ok(self)
    }

    /// True with fixed references.
    pub(super) fn is_fixed(&self) -> bool {
        self.references.is_some()
    }

    /// The least and the greatest of a criterion: fixed, or of the batch.
    pub(super) fn range(&self, c: usize) -> (f64, f64) {
        self.references.as_ref().map_or_else(|| ends(&self.columns[c]), |r| r[c])
    }

    /// How many alternatives.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many criteria.
    pub fn criteria(&self) -> usize {
        self.columns.len()
    }

    /// The numbers of one criterion.
    pub(crate) fn column(&self, c: usize) -> &[f64] {
        self.columns.get(c).map_or(&[], Vec::as_slice)
    }

    /// The table without one alternative.
    pub(super) fn without(&self, row: usize) -> Self {
        let columns = self.columns.iter().map(|c| c.iter().enumerate().filter(|(r, _)| *r != row).map(|(_, x)| *x).collect()).collect();
        Self { columns, rows: self.rows - 1, ..self.clone() }
    }

    /// The table with comparable columns, all of benefit, as columns: `[criterion][alternative]`.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, naming the cell, for what the kind cannot take: a negative number for `Max`, `Sum` and `Linear`, a zero among
    /// costs for the last two; and for any kind but `MinMax` when references are fixed.
    pub fn normalized(&self, kind: Normalization) -> Result<Vec<Vec<f64>>, Error> {
        self.takes(kind)?;
        Ok((0..self.columns.len()).map(|c| self.normal(c, kind)).collect())
    }

    /// Whether a kind can take every column, before work begins.
    pub(super) fn takes(&self, kind: Normalization) -> Result<(), Error> {
        if self.is_fixed() && kind != Normalization::MinMax {
            return Err(Kind::BadArgument("fixed references go with normalisation by range (minmax) only".to_owned()).into());
        }
        let takes_negatives = matches!(kind, Normalization::MinMax | Normalization::Vector);
        let inverts_costs = matches!(kind, Normalization::Sum | Normalization::Linear);
        for (c, direction) in self.directions.iter().enumerate().filter(|_| !takes_negatives) {
            if inverts_costs && *direction == Direction::Cost {
                self.refuse(c, |x| x <= 0.0, "costs must be over zero here")?;
            } else {
                self.refuse(c, |x| x < 0.0, "must not be negative here")?;
            }
        }
        Ok(())
    }

    /// One column made comparable, of a kind it [takes](Self::takes).
    pub(super) fn normal(&self, c: usize, kind: Normalization) -> Vec<f64> {
        let column = &self.columns[c];
        let cost = self.directions[c] == Direction::Cost;
        let (min, max) = self.range(c);
        match kind {
            Normalization::MinMax if cost => each(column, max - min, 1.0, |x| (max - x) / (max - min)),
            Normalization::MinMax => each(column, max - min, 1.0, |x| (x - min) / (max - min)),
            Normalization::Max if cost => each(column, max, 0.0, |x| 1.0 - x / max),
            Normalization::Linear if cost => each(column, 1.0, 0.0, |x| min / x),
            Normalization::Max | Normalization::Linear => each(column, max, 0.0, |x| x / max),
            Normalization::Sum if cost => {
                let sum: f64 = column.iter().map(|x| 1.0 / x).sum();
                each(column, sum, 0.0, |x| 1.0 / x / sum)
            }
            Normalization::Sum => {
                let sum: f64 = column.iter().sum();
                each(column, sum, 0.0, |x| x / sum)
            }
            Normalization::Vector => {
                let length = column.iter().map(|x| x * x).sum::<f64>().sqrt();
                each(column, length, 0.0, |x| if cost { 1.0 - x / length } else { x / length })
            }
        }
    }

    /// Names the first cell of a column that a method cannot take.
    pub(super) fn refuse(&self, c: usize, wrong: impl Fn(f64) -> bool, why: &str) -> Result<(), Error> {
        match self.columns[c].iter().position(|x| wrong(*x)) {
            None => Ok(()),
            Some(r) => {
                let error = Error::from(Kind::BadArgument(format!("{:?} {why}", self.columns[c][r])));
                Err(error.at_row(r as u32 + 1).at_column((c + 1).to_string()))
            }
        }
    }

    /// Weights, checked, as shares of their sum: a scorecard's ten thousandths and an expert's percents give the same scores.
    pub(super) fn checked(&self, weights: &[f64]) -> Result<Vec<f64>, Error> {
        if weights.len() != self.columns.len() {
            return Err(Kind::BadArgument(format!("{} weights for {} criteria", weights.len(), self.columns.len())).into());
        }
        if weights.iter().any(|w| !(is_plain(*w) && *w >= 0.0)) || weights.iter().all(|w| *w == 0.0) {
            return Err(Kind::BadArgument("weights are numbers from zero up to 1e100, not all of them zero".to_owned()).into());
        }
        Ok(shares(weights.to_vec()))
    }
}

/// Shares of a sum; equal ones where nothing tells the criteria apart.
pub(super) fn shares(values: Vec<f64>) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    let n = values.len() as f64;
    values.into_iter().map(|v| if sum > 0.0 { v / sum } else { 1.0 / n }).collect()
}

/// The least and the greatest.
pub(super) fn ends(column: &[f64]) -> (f64, f64) {
    column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)))
}

/// Every number through a function; a blank for all where its divisor is zero.
fn each(column: &[f64], divisor: f64, blank: f64, f: impl Fn(f64) -> f64) -> Vec<f64> {
    if divisor == 0.0 { vec![blank; column.len()] } else { column.iter().map(|x| f(*x)).collect() }
}

/// A score on the grid on which scores are compared.
pub(crate) fn grid(score: f64) -> f64 {
    libm::round(score * 1e12)
}

/// Scores on that grid as whole numbers, the best score the least of them: equal or not, and soon sorted.
pub(crate) fn grid_key(score: f64, higher_is_better: bool) -> u64 {
    // Nought has two signs and is one number.
    let bits = (grid(score) + 0.0).to_bits();
    // Of negative numbers the greater bits are of the lesser number.
    let rising = if bits >> 63 == 0 { bits | 1 << 63 } else { !bits };
    if higher_is_better { !rising } else { rising }
}

/// Ranks from 1, the best, equal scores sharing their mean. Scores are compared on a grid of 10⁻¹².
///
/// ```
/// assert_eq!(xiangma::mcdm::average_ranks(&[0.9, 0.5, 0.9], true), [1.5, 3.0, 1.5]);
/// ```
pub fn average_ranks(scores: &[f64], higher_is_better: bool) -> Vec<f64> {
    ranks(scores, higher_is_better, |before, group| before as f64 + (group + 1) as f64 / 2.0)
}

/// Ranks by a rule for equal scores, which is told how many stand before them and how many they are.
pub(crate) fn ranks<R: Copy + Default>(scores: &[f64], higher_is_better: bool, rule: fn(usize, usize) -> R) -> Vec<R> {
    let mut order: Vec<(u64, usize)> = scores.iter().enumerate().map(|(i, s)| (grid_key(*s, higher_is_better), i)).collect();
    order.sort_unstable();
    let mut ranks = vec![R::default(); scores.len()];
    let mut before = 0;
    for group in order.chunk_by(|a, b| a.0 == b.0) {
        let rank = rule(before, group.len());
        for (_, i) in group {
            ranks[*i] = rank;
        }
        before += group.len();
    }
    ranks
}
