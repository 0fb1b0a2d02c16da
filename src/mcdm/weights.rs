//! Weights from the data themselves.

use crate::error::{Error, Kind};
use crate::mcdm::matrix::{Direction, Matrix, Normalization, ends, shares};

/// How data give weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataWeights {
    /// [`entropy`].
    Entropy,
    /// [`critic`], costs turned round first.
    Critic,
    /// [`standard_deviation`].
    StandardDeviation,
    /// [`merec`].
    Merec,
}

impl DataWeights {
    /// The way of a name: `entropy`, `critic`, `standard_deviation`, `merec`.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, with the names there are.
    pub fn named(name: &str) -> Result<Self, Error> {
        Ok(match name {
            "entropy" => Self::Entropy,
            "critic" => Self::Critic,
            "standard_deviation" => Self::StandardDeviation,
            "merec" => Self::Merec,
            other => {
                let known = "entropy, critic, standard_deviation, merec";
                return Err(Kind::BadArgument(format!("`{other}` gives no weights; known: {known}")).into());
            }
        })
    }

    /// The weights of a table, as shares of 1.
    ///
    /// # Errors
    ///
    /// As the function of the name.
    pub fn of(self, table: &Matrix) -> Result<Vec<f64>, Error> {
        Ok(match self {
            Self::Entropy => entropy(table)?,
            Self::Critic => critic(table, true),
            Self::StandardDeviation => standard_deviation(table),
            Self::Merec => merec(table)?,
        })
    }
}

/// By Shannon's entropy of each column's shares, `1 + Σ p ln p / ln n` with `p = x / Σx` over n rows: what spreads widely weighs much, a
/// constant column nothing. Zeros are taken (0 · ln 0 = 0). As shares of 1; equal ones where all columns are constant.
///
/// ```
/// use xiangma::mcdm::{Direction, Matrix, entropy};
///
/// // Scale and price of three sites: more of the one is better, less of the other.
/// let table = Matrix::new(&[vec![80.0, 4.0], vec![60.0, 2.0], vec![40.0, 8.0]], &[Direction::Benefit, Direction::Cost])?;
/// let weights = entropy(&table)?;
/// // Prices spread more widely.
/// assert!(weights[1] > weights[0] && (weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT`, naming the cell, for negative numbers.
pub fn entropy(table: &Matrix) -> Result<Vec<f64>, Error> {
    let mut degrees = Vec::with_capacity(table.columns.len());
    for (c, column) in table.columns.iter().enumerate() {
        table.refuse(c, |x| x < 0.0, "must not be negative for entropy")?;
        let sum: f64 = column.iter().sum();
        let term = |x: &f64| if *x > 0.0 { x / sum * libm::log(x / sum) } else { 0.0 };
        let most = libm::log(table.rows as f64);
        // Nearly equal shares may come out a last bit under nothing.
        degrees.push(if is_constant(column) { 0.0 } else { (1.0 + column.iter().map(term).sum::<f64>() / most).max(0.0) });
    }
    Ok(shares(degrees))
}

fn is_constant(column: &[f64]) -> bool {
    column.iter().all(|x| *x == column[0])
}

/// Of a constant column nothing, though its mean is a last bit off.
fn deviation(column: &[f64]) -> f64 {
    if is_constant(column) {
        return 0.0;
    }
    let mean = column.iter().sum::<f64>() / column.len() as f64;
    (column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / column.len() as f64).sqrt()
}

/// Standard deviation (over n) of each column as it stands: spread alone. Columns in different units are to be normalised first. As shares
/// of 1; equal ones where all columns are constant.
pub fn standard_deviation(table: &Matrix) -> Vec<f64> {
    shares(table.columns.iter().map(|c| deviation(c)).collect())
}

/// CRITIC, after Diakoulaki, Mavrotas and Papayannakis (1995): spread times conflict, `σ · Σ (1 − r)`. `directed` turns costs round first,
/// as the paper does; several libraries do not. σ and Pearson's r are of the columns normalised by range. A constant column weighs nothing
/// and takes no part in the others' conflict. As shares of 1; equal ones for all where nothing conflicts, as when fewer than two columns
/// vary. Time grows with the square of the criteria.
///
/// ```
/// use xiangma::mcdm::{Direction, Matrix, critic};
///
/// // Scale and price of three sites: more of the one is better, less of the other.
/// let table = Matrix::new(&[vec![80.0, 4.0], vec![60.0, 2.0], vec![40.0, 8.0]], &[Direction::Benefit, Direction::Cost])?;
/// let weights = critic(&table, true);
/// assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn critic(table: &Matrix, directed: bool) -> Vec<f64> {
    let turned = |c: usize| !directed && table.directions[c] == Direction::Cost;
    let normal = |c: usize| {
        let column = table.normal(c, Normalization::MinMax);
        if turned(c) { column.into_iter().map(|x| 1.0 - x).collect() } else { column }
    };
    let columns: Vec<Vec<f64>> = (0..table.columns.len()).map(normal).collect();
    let deviations: Vec<f64> = columns.iter().map(|c| deviation(c)).collect();
    let means: Vec<f64> = columns.iter().map(|c| c.iter().sum::<f64>() / c.len() as f64).collect();
    let correlation = |a: usize, b: usize| {
        let products = columns[a].iter().zip(&columns[b]).map(|(x, y)| (x - means[a]) * (y - means[b]));
        products.sum::<f64>() / table.rows as f64 / (deviations[a] * deviations[b])
    };
    let varies = |c: &usize| deviations[*c] > 0.0;
    let information = |c: usize| {
        let conflict: f64 = (0..columns.len()).filter(varies).filter(|other| *other != c).map(|other| 1.0 - correlation(c, other)).sum();
        if varies(&c) { deviations[c] * conflict } else { 0.0 }
    };
    shares((0..columns.len()).map(information).collect())
}

/// MEREC, after Keshavarz-Ghorabaee and others (2021): how much the whole changes when a criterion is taken away, `Σ |S′ − S|` over the
/// rows, with `S = ln(1 + 1/m · Σ |ln n(x)|)` over m criteria; n(x) is min / x for benefits and x / max for costs, S′ leaves the criterion
/// out of the sum. As shares of 1; equal ones where all columns are constant.
///
/// ```
/// use xiangma::mcdm::{Direction, Matrix, merec};
///
/// // Scale and price of three sites: more of the one is better, less of the other.
/// let table = Matrix::new(&[vec![80.0, 4.0], vec![60.0, 2.0], vec![40.0, 8.0]], &[Direction::Benefit, Direction::Cost])?;
/// let weights = merec(&table)?;
/// assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT`, naming the cell, for numbers that are zero or negative.
pub fn merec(table: &Matrix) -> Result<Vec<f64>, Error> {
    let mut logs = Vec::with_capacity(table.columns.len());
    for (c, (column, direction)) in table.columns.iter().zip(&table.directions).enumerate() {
        table.refuse(c, |x| x <= 0.0, "must be over zero for MEREC")?;
        let (min, max) = ends(column);
        let part = |x: &f64| libm::fabs(libm::log(if *direction == Direction::Benefit { min / x } else { x / max }));
        logs.push(column.iter().map(part).collect::<Vec<f64>>());
    }
    let m = logs.len() as f64;
    let whole = |sum: f64| libm::log(1.0 + sum / m);
    let sums: Vec<f64> = (0..table.rows).map(|r| logs.iter().map(|l| l[r]).sum()).collect();
    let effect = |column: &Vec<f64>| column.iter().zip(&sums).map(|(part, sum)| libm::fabs(whole(sum - part) - whole(*sum))).sum();
    Ok(shares(logs.iter().map(effect).collect()))
}
