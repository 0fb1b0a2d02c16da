//! How alike two rankings are.

use crate::order::sort;
/// Correlations of two rankings; 1 when they agree, those of Spearman and Kendall −1 when they are opposite. Those that divide by the
/// spread of a ranking are none where all of it is tied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlations {
    /// Spearman's: Pearson's correlation of the ranks.
    pub spearman: Option<f64>,
    /// Kendall's tau-a: pairs in the same order less those in opposite ones, over all pairs; ties count as neither.
    pub kendall_a: f64,
    /// Kendall's tau-b: corrected for ties.
    pub kendall_b: Option<f64>,
    /// Weighted Spearman: differences near the top weigh more (Dancelli and others, 2013),
    /// `1 − 6 Σ (x − y)² ((n − x + 1) + (n − y + 1)) / (n (n + 1) (n² − 1))`.
    pub weighted_spearman: f64,
    /// WS (Sałabun and Urbaniak, 2020): the first ranking is the reference, and its top weighs most,
    /// `1 − Σ 2⁻ˣ |x − y| / max(|x − 1|, |x − n|)`.
    pub ws: f64,
}

/// Compares two vectors of ranks, 1 the best. `None` when they are not of equal length, of fewer than two ranks, or hold a number that is
/// no rank: one outside 0 to 10⁹. In n log n.
///
/// ```
/// use xiangma::mcdm::correlate;
///
/// let found = correlate(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]).expect("ranks");
/// assert_eq!(found.spearman, Some(0.5));
/// assert!(correlate(&[1.0, 2.0], &[1.0]).is_none());
/// ```
pub fn correlate(x: &[f64], y: &[f64]) -> Option<Correlations> {
    let n = x.len();
    if n != y.len() || n < 2 || !x.iter().chain(y).all(|rank| is_rank(*rank)) {
        return None;
    }
    let size = n as f64;
    let pairs = || x.iter().zip(y).map(|(a, b)| (*a, *b));
    let (both, only_x, only_y) = concordance(x, y);
    let share = |of: f64, spread: f64| (only_x > 0.0 && only_y > 0.0).then(|| of / spread);
    let weighted: f64 = pairs().map(|(a, b)| (a - b) * (a - b) * ((size - a + 1.0) + (size - b + 1.0))).sum();
    let distances = pairs().map(|(a, b)| libm::exp2(-a) * (a - b).abs() / (a - 1.0).abs().max((a - size).abs()));
    Some(Correlations {
        spearman: spearman(x, y),
        kendall_a: both / (size * (size - 1.0) / 2.0),
        kendall_b: share(both, (only_x * only_y).sqrt()),
        weighted_spearman: 1.0 - 6.0 * weighted / (size * (size + 1.0) * (size * size - 1.0)),
        ws: 1.0 - distances.sum::<f64>(),
    })
}

/// Spearman's alone, in time that grows with the number of ranks.
pub(crate) fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    let size = x.len() as f64;
    let mean = |v: &[f64]| v.iter().sum::<f64>() / size;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let product: f64 = x.iter().zip(y).map(|(a, b)| (a - mean_x) * (b - mean_y)).sum();
    let square = |v: &[f64], m: f64| v.iter().map(|a| (a - m) * (a - m)).sum::<f64>();
    // What is all tied has no spread, though its mean is a last bit off.
    let spread = |v: &[f64]| v.iter().any(|a| *a != v[0]);
    (spread(x) && spread(y)).then(|| product / (square(x, mean_x) * square(y, mean_y)).sqrt())
}

/// True for what can be a place in an order.
pub(super) fn is_rank(x: f64) -> bool {
    (0.0..=1e9).contains(&x)
}

/// Concordant pairs less discordant ones; pairs untied in the first; pairs untied in the second. After Knight (1966): discordant pairs
/// are the exchanges that sorting by the second makes, once the pairs stand by the first.
fn concordance(x: &[f64], y: &[f64]) -> (f64, f64, f64) {
    let mut pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    sort(&mut pairs, &|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let in_groups = |sizes: &mut dyn Iterator<Item = usize>| sizes.map(|t| t as u64 * (t as u64 - 1) / 2).sum::<u64>();
    let tied_x = in_groups(&mut pairs.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len));
    let tied_both = in_groups(&mut pairs.chunk_by(|a, b| a == b).map(<[_]>::len));
    let mut second: Vec<f64> = pairs.into_iter().map(|p| p.1).collect();
    let discordant = sort_counting(&mut second);
    let tied_y = in_groups(&mut second.chunk_by(|a, b| a == b).map(<[_]>::len));
    let all = x.len() as u64 * (x.len() as u64 - 1) / 2;
    let untied = (all + tied_both - tied_x - tied_y) as f64;
    (untied - 2.0 * discordant as f64, (all - tied_x) as f64, (all - tied_y) as f64)
}

/// Sorts, and counts the pairs that stood the wrong way round.
fn sort_counting(values: &mut [f64]) -> u64 {
    if values.len() < 2 {
        return 0;
    }
    let (left, right) = values.split_at_mut(values.len() / 2);
    let mut count = sort_counting(left) + sort_counting(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut a, mut b) = (0, 0);
    while a < left.len() && b < right.len() {
        if left[a] <= right[b] {
            merged.push(left[a]);
            a += 1;
        } else {
            count += (left.len() - a) as u64;
            merged.push(right[b]);
            b += 1;
        }
    }
    merged.extend_from_slice(&left[a..]);
    merged.extend_from_slice(&right[b..]);
    values.copy_from_slice(&merged);
    count
}
