//! Weighted sum, weighted product, TOPSIS and VIKOR.

use crate::error::Error;
use crate::mcdm::matrix::{Direction, Matrix, Normalization, grid};

/// `Σ w · n(x)`: higher is better.
///
/// # Errors
///
/// `BAD_ARGUMENT`, as [`Matrix::normalized`], or for weights that are negative or all zero.
pub fn weighted_sum(table: &Matrix, weights: &[f64], normalization: Normalization) -> Result<Vec<f64>, Error> {
    let weights = table.checked(weights)?;
    let columns = table.normalized(normalization)?;
    Ok((0..table.rows).map(|r| columns.iter().zip(&weights).map(|(c, w)| w * c[r]).sum()).collect())
}

/// `Π n(x)^w`: higher is better. A criterion of weight zero counts for nothing, whatever its numbers.
///
/// # Errors
///
/// `BAD_ARGUMENT`, naming the cell, when a number is zero or negative; otherwise as [`weighted_sum`].
pub fn weighted_product(table: &Matrix, weights: &[f64], normalization: Normalization) -> Result<Vec<f64>, Error> {
    let weights = table.checked(weights)?;
    for (c, share) in weights.iter().enumerate() {
        if *share > 0.0 {
            table.refuse(c, |x| x <= 0.0, "must be over zero for a product")?;
        }
    }
    let columns = table.normalized(normalization)?;
    let factors = |r: usize| columns.iter().zip(&weights).filter(|(_, w)| **w > 0.0).map(move |(c, w)| libm::pow(c[r], *w));
    Ok((0..table.rows).map(|r| factors(r).product()).collect())
}

/// Closeness to the ideal, `d⁻ / (d⁺ + d⁻)` by Euclidean distance: higher is better. Where all are alike, all are half way.
///
/// Hwang and Yoon (1981). References are of the batch: adding an alternative may reorder the others.
///
/// # Errors
///
/// As [`weighted_sum`].
pub fn topsis(table: &Matrix, weights: &[f64], normalization: Normalization) -> Result<Vec<f64>, Error> {
    let weights = table.checked(weights)?;
    let columns = table.normalized(normalization)?;
    let (mut to_best, mut to_worst) = (vec![0.0; table.rows], vec![0.0; table.rows]);
    for (column, share) in columns.iter().zip(&weights) {
        let best = column.iter().copied().fold(f64::NEG_INFINITY, f64::max) * share;
        let worst = column.iter().copied().fold(f64::INFINITY, f64::min) * share;
        for (x, (up, down)) in column.iter().zip(to_best.iter_mut().zip(&mut to_worst)) {
            let value = x * share;
            *up += (value - best) * (value - best);
            *down += (value - worst) * (value - worst);
        }
    }
    let closeness = |(up, down): (f64, f64)| {
        let (up, down) = (up.sqrt(), down.sqrt());
        if up + down == 0.0 { 0.5 } else { down / (up + down) }
    };
    Ok(to_best.into_iter().zip(to_worst).map(closeness).collect())
}

/// What VIKOR gives: lower is better in all three.
#[derive(Debug, Clone, PartialEq)]
pub struct Vikor {
    /// Group utility: the weighted distance to the best.
    pub s: Vec<f64>,
    /// Individual regret: the greatest of those distances.
    pub r: Vec<f64>,
    /// The compromise of both.
    pub q: Vec<f64>,
    /// Whether the first leads the second by at least 1 / (n − 1).
    pub acceptable_advantage: bool,
    /// Whether the first is first by `s` or by `r` as well.
    pub acceptable_stability: bool,
    /// The alternatives none of which can be called better than the others, by `q`.
    pub compromise: Vec<usize>,
}

/// Opricovic's compromise ranking, with `v` between group utility (1) and individual regret (0); 0.5 is usual. A constant column counts
/// for nothing.
///
/// # Errors
///
/// `BAD_ARGUMENT` for weights that are negative or all zero.
pub fn vikor(table: &Matrix, weights: &[f64], v: f64) -> Result<Vikor, Error> {
    let weights = table.checked(weights)?;
    let (mut s, mut r) = (vec![0.0; table.rows], vec![0.0_f64; table.rows]);
    for ((column, direction), share) in table.columns.iter().zip(&table.directions).zip(&weights) {
        let max = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let min = column.iter().copied().fold(f64::INFINITY, f64::min);
        let (best, worst) = if *direction == Direction::Benefit { (max, min) } else { (min, max) };
        if best == worst {
            continue;
        }
        for (x, (s, r)) in column.iter().zip(s.iter_mut().zip(&mut r)) {
            let distance = share * (best - x) / (best - worst);
            *s += distance;
            *r = r.max(distance);
        }
    }
    let unit = |values: &[f64]| {
        let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let min = values.iter().copied().fold(f64::INFINITY, f64::min);
        values.iter().map(|x| if max == min { 0.0 } else { (x - min) / (max - min) }).collect::<Vec<f64>>()
    };
    let q: Vec<f64> = unit(&s).iter().zip(unit(&r)).map(|(s, r)| v * s + (1.0 - v) * r).collect();
    let mut order: Vec<usize> = (0..table.rows).collect();
    order.sort_by(|a, b| grid(q[*a]).total_cmp(&grid(q[*b])).then(a.cmp(b)));
    let first = order[0];
    let step = if table.rows > 1 { 1.0 / (table.rows - 1) as f64 } else { 0.0 };
    let lead = |other: usize| grid(q[other] - q[first]) >= grid(step);
    let acceptable_advantage = order.get(1).is_none_or(|second| lead(*second));
    let least = |values: &[f64]| values.iter().all(|x| grid(values[first]) <= grid(*x));
    let acceptable_stability = least(&s) || least(&r);
    let compromise = match (acceptable_advantage, acceptable_stability) {
        (true, true) => vec![first],
        (true, false) => order.iter().copied().take(2).collect(),
        _ => order.iter().copied().filter(|other| !lead(*other)).collect(),
    };
    Ok(Vikor { s, r, q, acceptable_advantage, acceptable_stability, compromise })
}
