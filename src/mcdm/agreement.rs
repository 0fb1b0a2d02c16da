//! How far several people who judged the same things agree.

use crate::mcdm::average_ranks;
use crate::order::sort;

/// Kendall's coefficient of concordance (W) of the orders in which several people put the same things, corrected for ties: 1 when all
/// agree, 0 when none do. `W = 12 S / (m² (n³ − n) − m Σ (t³ − t))` for m people and n things; S sums the squared distances of the things'
/// sums of ranks from their mean, t are the sizes of the ties. Marks, not ranks, are taken, the higher the better; one slice for each
/// person. None for fewer than two people or things, when nobody tells the things apart, or when the slices are not of one length.
///
/// ```
/// use xiangma::mcdm::concordance;
///
/// assert_eq!(concordance(&[&[3.0, 2.0, 1.0], &[9.0, 5.0, 4.0]]), Some(1.0));
/// assert_eq!(concordance(&[&[3.0, 2.0, 1.0], &[1.0, 2.0, 3.0]]), Some(0.0));
/// assert_eq!(concordance(&[&[1.0, 1.0], &[2.0, 2.0]]), None);
/// ```
pub fn concordance(marks: &[&[f64]]) -> Option<f64> {
    let (m, n) = (marks.len() as f64, marks.first()?.len());
    if marks.len() < 2 || n < 2 || marks.iter().any(|its| its.len() != n) {
        return None;
    }
    let ranks: Vec<Vec<f64>> = marks.iter().map(|its| average_ranks(its, true)).collect();
    let mean = m * (n as f64 + 1.0) / 2.0;
    let spread: f64 = (0..n).map(|c| ranks.iter().map(|r| r[c]).sum::<f64>() - mean).map(|d| d * d).sum();
    let cubic = |n: usize| {
        let n = n as f64;
        n * n * n - n
    };
    let ties: f64 = ranks
        .iter()
        .map(|r| {
            let mut sorted = r.clone();
            sort(&mut sorted, &f64::total_cmp);
            sorted.chunk_by(|a, b| a == b).map(|g| cubic(g.len())).sum::<f64>()
        })
        .sum();
    let most = m * m * cubic(n) - m * ties;
    (most > 0.0).then(|| 12.0 * spread / most)
}

/// Intraclass correlations of marks that the same people gave to the same things, both drawn at random from many (two-way random effects,
/// absolute agreement; Shrout and Fleiss, 1979). 1 when all agree; under 0 when marks of one thing are further apart than those of
/// different things.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Intraclass {
    /// ICC(2,1): how far the marks of one person can be relied on, `(B − E) / (B + (k − 1) E + k (J − E) / n)`. B, J and E are the mean
    /// squares of n things, of k people, and of the residual.
    pub single: f64,
    /// ICC(2,k): how far the mean of them all can, `(B − E) / (B + (J − E) / n)`.
    pub average: f64,
    /// The mean square of what neither things nor people explain.
    pub residual: f64,
}

/// ICC(2,1) and ICC(2,k) of marks, one slice for each person, in the order of the things. None for fewer than two people or things, when
/// the slices are not of one length, or where a formula would divide by zero, as when all marks are the same.
///
/// ```
/// use xiangma::mcdm::intraclass;
///
/// // Six things, four people: the example of Shrout and Fleiss, who give 0.29 and 0.62.
/// let marks: [&[f64]; 4] =
///     [&[9.0, 6.0, 8.0, 7.0, 10.0, 6.0], &[2.0, 1.0, 4.0, 1.0, 5.0, 2.0], &[5.0, 3.0, 6.0, 2.0, 6.0, 4.0], &[8.0, 2.0, 8.0, 6.0, 9.0, 7.0]];
/// let found = intraclass(&marks).ok_or("too few")?;
/// assert_eq!((format!("{:.2}", found.single), format!("{:.2}", found.average)), ("0.29".into(), "0.62".into()));
/// # Ok::<(), &str>(())
/// ```
pub fn intraclass(marks: &[&[f64]]) -> Option<Intraclass> {
    let (k, n) = (marks.len(), marks.first()?.len());
    if k < 2 || n < 2 || marks.iter().any(|its| its.len() != n) {
        return None;
    }
    let (people, things) = (k as f64, n as f64);
    let all = marks.iter().flat_map(|its| its.iter()).sum::<f64>() / (people * things);
    let of_thing: Vec<f64> = (0..n).map(|i| marks.iter().map(|its| its[i]).sum::<f64>() / people).collect();
    let of_person: Vec<f64> = marks.iter().map(|its| its.iter().sum::<f64>() / things).collect();
    let square = |means: &[f64]| means.iter().map(|m| (m - all) * (m - all)).sum::<f64>();
    let between_things = people * square(&of_thing) / (things - 1.0);
    let between_people = things * square(&of_person) / (people - 1.0);
    let left = marks.iter().zip(&of_person).flat_map(|(its, own)| its.iter().zip(&of_thing).map(move |(x, thing)| x - own - thing + all));
    let residual = left.map(|d| d * d).sum::<f64>() / ((things - 1.0) * (people - 1.0));
    let single = between_things + (people - 1.0) * residual + people * (between_people - residual) / things;
    let average = between_things + (between_people - residual) / things;
    let explained = between_things - residual;
    (single != 0.0 && average != 0.0).then(|| Intraclass { single: explained / single, average: explained / average, residual })
}
