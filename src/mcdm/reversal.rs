//! Rank reversal: does taking an alternative away reorder the others?

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::mcdm::matrix::{Matrix, grid};

/// Taking one alternative away turned others round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversal {
    /// Who was taken away: a row, from 0, as in the two below.
    pub removed: u32,
    /// How many pairs of others turned round.
    pub pairs: u32,
    /// One of them: who stood above before, and below after,
    pub above: u32,
    /// and who the other way round.
    pub below: u32,
}

/// Takes every alternative away in turn and compares the order of the others: those whose going turns a pair round, in their order.
/// `scores` is greater for the better; who ties before or after turns nobody round. None for fewer than three alternatives. The work grows
/// with the cube of the alternatives.
///
/// ```
/// use xiangma::mcdm::{Direction, Matrix, Normalization, reversals, weighted_sum};
///
/// let rows = [vec![7.0, 7.0], vec![5.0, 9.0], vec![8.0, 7.0], vec![7.0, 3.0]];
/// let table = Matrix::new(&rows, &[Direction::Benefit; 2])?;
/// let by_range = |t: &Matrix| weighted_sum(t, &[0.5, 0.5], Normalization::MinMax);
/// // The last sets the scale of the second criterion; without it the first two change places.
/// let found = reversals(&table, by_range)?;
/// assert!(found.iter().any(|r| (r.removed, r.above, r.below) == (3, 0, 1)));
/// // With fixed references nobody's going changes anything.
/// let fixed = table.with_references(&[(0.0, 10.0), (0.0, 10.0)])?;
/// assert!(reversals(&fixed, by_range)?.is_empty());
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// As the method that gives the scores.
pub fn reversals(table: &Matrix, scores: impl Fn(&Matrix) -> Result<Vec<f64>, Error>) -> Result<Vec<Reversal>, Error> {
    let whole: Vec<f64> = scores(table)?.into_iter().map(grid).collect();
    let mut found = Vec::new();
    for removed in 0..if table.rows() > 2 { table.rows() } else { 0 } {
        let mut part: Vec<f64> = scores(&table.without(removed))?.into_iter().map(grid).collect();
        part.insert(removed, f64::NAN);
        let (mut pairs, mut one) = (0, None);
        for above in 0..whole.len() {
            for below in 0..whole.len() {
                if whole[above] > whole[below] && part[above] < part[below] {
                    pairs += 1;
                    one.get_or_insert((above, below));
                }
            }
        }
        if let Some((above, below)) = one {
            found.push(Reversal { removed: removed as u32, pairs, above: above as u32, below: below as u32 });
        }
    }
    Ok(found)
}
