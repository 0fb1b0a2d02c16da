//! Isotonic regression: the nearest values that never fall.

use crate::order::sort;
/// The weighted least-squares fit to `y` that never falls as `x` rises, as knots `(x, fit)` in rising order of `x`, one for each different
/// `x`, by pooling adjacent violators. Points of the same `x` are pooled first; the order of the points does not matter. Points whose
/// weight is not over zero, or whose `x` or `y` is not finite, are left out.
///
/// # Panics
///
/// Never; of slices of unequal length the shortest counts.
pub fn isotonic(x: &[f64], y: &[f64], weight: &[f64]) -> Vec<(f64, f64)> {
    struct Pool {
        /// Which distinct values of x, by how many.
        values: usize,
        mean: f64,
        weight: f64,
    }
    let mut points: Vec<(f64, f64, f64)> = x
        .iter()
        .zip(y)
        .zip(weight)
        .map(|((x, y), w)| (*x, *y, *w))
        .filter(|(x, y, w)| *w > 0.0 && x.is_finite() && y.is_finite())
        .collect();
    // The whole of a point orders it, so that sums do not depend on the order given.
    sort(&mut points, &|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    let mut knots: Vec<f64> = Vec::new();
    let mut pools: Vec<Pool> = Vec::new();
    #[allow(clippy::float_cmp, reason = "equal means the same number, not nearly so")]
    let groups = points.chunk_by(|a, b| a.0 == b.0);
    for group in groups {
        let weight: f64 = group.iter().map(|p| p.2).sum();
        knots.push(group[0].0);
        let mut pool = Pool { values: 1, mean: group.iter().map(|p| p.1 * p.2).sum::<f64>() / weight, weight };
        while let Some(before) = pools.pop_if(|before| before.mean >= pool.mean) {
            let weight = before.weight + pool.weight;
            pool = Pool {
                values: before.values + pool.values,
                mean: (before.mean * before.weight + pool.mean * pool.weight) / weight,
                weight,
            };
        }
        pools.push(pool);
    }
    let levels = pools.iter().flat_map(|p| std::iter::repeat_n(p.mean, p.values));
    knots.into_iter().zip(levels).collect()
}
