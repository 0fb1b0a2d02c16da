//! The population-stability index: has a distribution moved?

use serde::Serialize;

use crate::order::sort;

/// How far a distribution has moved between two tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stability {
    /// `Σ (b − a) · ln(b / a)` over the bins, a and b the shares before and after: 0 when nothing moved. Under 0.1 is usually called
    /// steady, over 0.25 shifted.
    pub index: f64,
    /// The bins.
    pub bins: Vec<Bin>,
}

/// One bin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Its upper end; none for the last. Just under a value that many had before, and at that value, two bins end.
    pub to: Option<f64>,
    /// Whether the end itself is outside: the bin ends just under it.
    pub is_under: bool,
    /// How many before.
    pub before: usize,
    /// How many after.
    pub after: usize,
}

impl Stability {
    /// `steady`, `moved` or `shifted`.
    pub fn verdict(&self) -> &'static str {
        verdict(self.index)
    }
}

/// What an index is usually called.
pub(crate) fn verdict(index: f64) -> &'static str {
    match index {
        i if i < 0.1 => "steady",
        i if i < 0.25 => "moved",
        _ => "shifted",
    }
}

/// Compares two samples over the deciles of the first, fewer where it has fewer values. A value that a tenth or more had before has a bin
/// of its own, so that a fall from it is seen as well as a rise. Half a case of the smaller sample is added to every bin, so that an empty
/// one does not make the index infinite. Zero when either has no values. Values are finite; others count as the greatest.
///
/// ```
/// use xiangma::monitor::stability;
///
/// let before: Vec<f64> = (0..1000).map(f64::from).collect();
/// let after: Vec<f64> = before.iter().map(|x| x + 400.0).collect();
/// assert_eq!(stability(&before, &before).verdict(), "steady");
/// assert_eq!(stability(&before, &after).verdict(), "shifted");
/// assert_eq!(stability(&[100.0; 50], &[0.0; 50]).verdict(), "shifted");
/// ```
pub fn stability(before: &[f64], after: &[f64]) -> Stability {
    const BINS: usize = 10;
    if before.is_empty() || after.is_empty() {
        return Stability { index: 0.0, bins: Vec::new() };
    }
    let mut sorted = before.to_vec();
    sort(&mut sorted, &f64::total_cmp);
    let n = sorted.len();
    let mut ends: Vec<f64> = (1..BINS).map(|i| sorted[(n * i / BINS).min(n - 1)]).collect();
    ends.dedup();
    // How many had exactly this value.
    let had = |x: f64| sorted.partition_point(|y| *y <= x) - sorted.partition_point(|y| *y < x);
    let sides = |end: f64| [(had(end) * BINS >= n).then(|| end.next_down()), Some(end)];
    ends = ends.into_iter().flat_map(sides).flatten().collect();
    ends.dedup();
    let place = |x: f64| ends.partition_point(|end| *end < x);
    let count = |sample: &[f64]| {
        let mut counts = vec![0_usize; ends.len() + 1];
        sample.iter().for_each(|x| counts[place(*x)] += 1);
        counts
    };
    let (a, b) = (count(before), count(after));
    let bin = |i: usize| {
        // Where the next end is the next number, this one ends under it.
        let under = ends.get(i + 1).copied().filter(|next| ends[i].next_up().total_cmp(next).is_eq());
        Bin { to: under.or(ends.get(i).copied()), is_under: under.is_some(), before: a[i], after: b[i] }
    };
    let bins = (0..a.len()).map(bin).collect();
    Stability { index: stability_index(&a, &b), bins }
}

/// The index over counts by bin; see [`stability`]. Zero when either has none.
pub(crate) fn stability_index(before: &[usize], after: &[usize]) -> f64 {
    let (all_before, all_after) = (before.iter().sum::<usize>(), after.iter().sum::<usize>());
    if all_before == 0 || all_after == 0 {
        return 0.0;
    }
    let half = 0.5 / all_before.min(all_after) as f64;
    let share = |count: usize, of: usize| (count as f64 / of as f64 + half) / (1.0 + half * before.len() as f64);
    let part = |(in_before, in_after): (&usize, &usize)| {
        let (a, b) = (share(*in_before, all_before), share(*in_after, all_after));
        (b - a) * libm::log(b / a)
    };
    before.iter().zip(after).map(part).sum()
}
