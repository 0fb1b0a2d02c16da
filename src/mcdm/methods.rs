//! Weighted sum, weighted product, TOPSIS and VIKOR.

use crate::error::{Error, Kind};
use crate::mcdm::matrix::{Direction, Matrix, Normalization, ends, grid};
use crate::order::sort;

/// `Σ w · n(x)`, weights as shares of their sum: higher is better.
///
/// # Errors
///
/// `BAD_ARGUMENT`, as [`Matrix::normalized`], or for weights that are not one a criterion, from zero up to 1e100, or are all zero.
pub fn weighted_sum(table: &Matrix, weights: &[f64], normalization: Normalization) -> Result<Vec<f64>, Error> {
    let weights = table.checked(weights)?;
    table.takes(normalization)?;
    let mut scores = vec![0.0; table.rows];
    for (c, weight) in weights.iter().enumerate() {
        for (score, x) in scores.iter_mut().zip(table.normal(c, normalization)) {
            *score += weight * x;
        }
    }
    Ok(scores)
}

/// `Π n(x)^w`, weights as shares of their sum: higher is better. A criterion of weight zero counts for nothing, and may have any numbers
/// that the normalisation takes.
///
/// # Errors
///
/// `BAD_ARGUMENT`, naming the cell, when a number of a criterion with a weight is zero or negative; otherwise as [`weighted_sum`].
pub fn weighted_product(table: &Matrix, weights: &[f64], normalization: Normalization) -> Result<Vec<f64>, Error> {
    let weights = table.checked(weights)?;
    for (c, share) in weights.iter().enumerate() {
        if *share > 0.0 {
            table.refuse(c, |x| x <= 0.0, "must be over zero for a product")?;
        }
    }
    table.takes(normalization)?;
    let mut scores = vec![1.0; table.rows];
    for (c, weight) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
        for (score, x) in scores.iter_mut().zip(table.normal(c, normalization)) {
            *score *= libm::pow(x, *weight);
        }
    }
    Ok(scores)
}

/// Closeness to the ideal, `d⁻ / (d⁺ + d⁻)`, by the Euclidean distances of w · n(x) to the worst and the best of each criterion, 0 to 1:
/// higher is better. Where all are alike, all are half way (0.5), unless references are fixed.
///
/// Hwang and Yoon (1981). References are of the batch, and adding an alternative may reorder the others, unless they are
/// [fixed](Matrix::with_references).
///
/// # Errors
///
/// As [`weighted_sum`].
pub fn topsis(table: &Matrix, weights: &[f64], normalization: Normalization) -> Result<Vec<f64>, Error> {
    let weights = table.checked(weights)?;
    table.takes(normalization)?;
    let (mut to_best, mut to_worst) = (vec![0.0; table.rows], vec![0.0; table.rows]);
    for (c, share) in weights.iter().enumerate() {
        let column = table.normal(c, normalization);
        let (worst, best) = if table.is_fixed() { (0.0, 1.0) } else { ends(&column) };
        let (worst, best) = (worst * share, best * share);
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
    /// Group utility: the sum over the criteria of the weighted distances to the best, `w · (best − x) / (best − worst)`, 0 to 1.
    pub s: Vec<f64>,
    /// Individual regret: the greatest of those distances.
    pub r: Vec<f64>,
    /// The compromise of both, `v · (s − s*) / (s⁻ − s*) + (1 − v) · (r − r*) / (r⁻ − r*)`, 0 to 1; `s*` and `s⁻`, `r*` and `r⁻` are the
    /// least and the greatest there are.
    pub q: Vec<f64>,
    /// Whether the first by `q` leads the second by at least 1 / (n − 1); true of a single alternative.
    pub acceptable_advantage: bool,
    /// Whether the first by `q` is first by `s` or by `r` as well, ties included.
    pub acceptable_stability: bool,
    /// The alternatives, from 0, none of which can be called better than the others, by `q`: the first alone where both conditions hold,
    /// the first two where only stability fails, and all that the first does not lead by 1 / (n − 1) where the advantage does.
    pub compromise: Vec<usize>,
}

/// Opricovic's compromise ranking, with `v` between group utility (1) and individual regret (0); 0.5 is usual. A constant column counts
/// for nothing, unless references are fixed. With [fixed references](Matrix::with_references) utility and regret are measured against the
/// worst there can be.
///
/// # Errors
///
/// `BAD_ARGUMENT` for weights that are not one a criterion, from zero up to 1e100, or are all zero, or a `v` outside 0 to 1.
pub fn vikor(table: &Matrix, weights: &[f64], v: f64) -> Result<Vikor, Error> {
    let weights = table.checked(weights)?;
    if !(0.0..=1.0).contains(&v) {
        return Err(Kind::BadArgument(format!("v is 0 to 1, not {v}")).into());
    }
    let (mut s, mut r) = (vec![0.0; table.rows], vec![0.0_f64; table.rows]);
    for (c, share) in weights.iter().enumerate() {
        let (min, max) = table.range(c);
        let (best, worst) = if table.directions[c] == Direction::Benefit { (max, min) } else { (min, max) };
        if best == worst {
            continue;
        }
        for (x, (s, r)) in table.columns[c].iter().zip(s.iter_mut().zip(&mut r)) {
            let distance = share * (best - x) / (best - worst);
            *s += distance;
            *r = r.max(distance);
        }
    }
    let (of_s, of_r) = if table.is_fixed() { ((0.0, weights.iter().sum()), (0.0, ends(&weights).1)) } else { (ends(&s), ends(&r)) };
    let unit = |x: f64, (least, most): (f64, f64)| if most == least { 0.0 } else { (x - least) / (most - least) };
    let q: Vec<f64> = s.iter().zip(&r).map(|(s, r)| v * unit(*s, of_s) + (1.0 - v) * unit(*r, of_r)).collect();
    let by_q = |a: &usize, b: &usize| grid(q[*a]).total_cmp(&grid(q[*b])).then(a.cmp(b));
    let first = (0..table.rows).min_by(by_q).unwrap_or(0);
    let second = (0..table.rows).filter(|row| *row != first).min_by(by_q);
    let step = if table.rows > 1 { 1.0 / (table.rows - 1) as f64 } else { 0.0 };
    let lead = |other: usize| grid(q[other] - q[first]) >= grid(step);
    let acceptable_advantage = second.is_none_or(lead);
    let least = |values: &[f64]| grid(values[first]) <= grid(ends(values).0);
    let acceptable_stability = least(&s) || least(&r);
    let compromise = match (acceptable_advantage, acceptable_stability) {
        (true, true) => vec![first],
        (true, false) => [first].into_iter().chain(second).collect(),
        _ => {
            let mut near: Vec<usize> = (0..table.rows).filter(|other| !lead(*other)).collect();
            sort(&mut near, &by_q);
            near
        }
    };
    Ok(Vikor { s, r, q, acceptable_advantage, acceptable_stability, compromise })
}
