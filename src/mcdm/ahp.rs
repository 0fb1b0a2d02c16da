//! The analytic hierarchy process: weights from pairwise judgements, how consistent they are, and which one to look at again.

use crate::error::{Error, Kind};

/// Saaty's random index for 1 to 10 criteria (1980); for more, Tummala and Ling (1998).
const RANDOM_INDEX: [f64; 15] = [0.0, 0.0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831];

/// Judgements above this ratio are usually looked at again.
const ACCEPTABLE: f64 = 0.1;

/// Weights from a matrix of pairwise judgements.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// The principal eigenvector, as shares of its sum.
    pub weights: Vec<f64>,
    /// The geometric means of the rows, as shares of their sum.
    pub geometric: Vec<f64>,
    /// The principal eigenvalue.
    pub lambda_max: f64,
    /// (λ − n) / (n − 1).
    pub consistency_index: f64,
    /// The index over Saaty's random index; none for more than 15 criteria. Below 0.1 is usually called consistent.
    pub consistency_ratio: Option<f64>,
    /// The single judgement whose change helps most, where the ratio is over 0.1.
    pub revise: Option<Revision>,
}

/// A judgement to look at again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Revision {
    /// The criterion judged, from 0.
    pub row: usize,
    /// The one it was compared with.
    pub column: usize,
    /// What was said.
    pub from: f64,
    /// What the other judgements imply.
    pub to: f64,
    /// The ratio with that instead.
    pub ratio: f64,
}

/// Derives weights from judgements: `judgements[i][j]` says how many times as important criterion i is as j.
///
/// # Errors
///
/// `BAD_ARGUMENT`, naming the entry, for a matrix that is not square, not positive, or not reciprocal within 1 %.
pub fn ahp(judgements: &[Vec<f64>]) -> Result<Ahp, Error> {
    check(judgements)?;
    let n = judgements.len();
    let (weights, lambda_max) = principal(judgements);
    let means: Vec<f64> = judgements.iter().map(|row| libm::exp(row.iter().map(|x| libm::log(*x)).sum::<f64>() / n as f64)).collect();
    let sum: f64 = means.iter().sum();
    let ratio = |lambda: f64| ratio(lambda, n);
    let consistency_ratio = ratio(lambda_max);
    let revise = consistency_ratio.filter(|r| *r > ACCEPTABLE).and_then(|_| {
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        let tried = pairs.map(|(row, column)| {
            let mut other = judgements.to_vec();
            // With the judgement left open, what do the others say of the two?
            (other[row][column], other[column][row]) = (0.0, 0.0);
            other[row][row] += 1.0;
            other[column][column] += 1.0;
            let (implied, _) = principal(&other);
            let to = implied[row] / implied[column];
            let mut changed = judgements.to_vec();
            (changed[row][column], changed[column][row]) = (to, 1.0 / to);
            let ratio = ratio(principal(&changed).1).unwrap_or(0.0);
            Revision { row, column, from: judgements[row][column], to, ratio }
        });
        tried.min_by(|a, b| a.ratio.total_cmp(&b.ratio))
    });
    Ok(Ahp {
        weights,
        geometric: means.into_iter().map(|m| m / sum).collect(),
        lambda_max,
        consistency_index: if n > 1 { (lambda_max - n as f64) / (n - 1) as f64 } else { 0.0 },
        consistency_ratio,
        revise,
    })
}

fn ratio(lambda: f64, n: usize) -> Option<f64> {
    let random = RANDOM_INDEX.get(n.checked_sub(1)?)?;
    Some(if *random == 0.0 { 0.0 } else { (lambda - n as f64) / (n - 1) as f64 / random })
}

fn check(judgements: &[Vec<f64>]) -> Result<(), Error> {
    let n = judgements.len();
    let bad =
        |what: String, r: usize, c: usize| Err(Error::from(Kind::BadArgument(what)).at_row(r as u32 + 1).at_column((c + 1).to_string()));
    if n == 0 {
        return Err(Kind::BadArgument("no judgements".to_owned()).into());
    }
    for (r, row) in judgements.iter().enumerate() {
        if row.len() != n {
            return bad(format!("{} judgements in a row of a matrix of {n}", row.len()), r, row.len().min(n - 1));
        }
        for (c, x) in row.iter().enumerate() {
            if !(x.is_finite() && *x > 0.0) {
                return bad(format!("a judgement is over zero, not {x}"), r, c);
            }
            let other = judgements[c].get(r).copied().unwrap_or(f64::NAN);
            if (x * other - 1.0).abs() > 0.01 {
                return bad(format!("{x} one way and {other} the other: they must be each other's inverse"), r, c);
            }
        }
    }
    Ok(())
}

/// The principal eigenvector, as shares, and its eigenvalue, by repeated multiplication.
fn principal(matrix: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let n = matrix.len();
    let mut vector = vec![1.0 / n as f64; n];
    let mut lambda = n as f64;
    for _ in 0..10_000 {
        let next: Vec<f64> = matrix.iter().map(|row| row.iter().zip(&vector).map(|(a, v)| a * v).sum()).collect();
        lambda = next.iter().sum();
        let next: Vec<f64> = next.into_iter().map(|x| x / lambda).collect();
        let moved = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        vector = next;
        if moved < 1e-16 {
            break;
        }
    }
    (vector, lambda)
}
