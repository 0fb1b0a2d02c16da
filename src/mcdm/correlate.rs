//! How alike two rankings are.

/// Correlations of two rankings; 1 when they agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlations {
    /// Spearman's: Pearson's correlation of the ranks.
    pub spearman: f64,
    /// Kendall's tau-a: ties count as neither.
    pub kendall_a: f64,
    /// Kendall's tau-b: corrected for ties.
    pub kendall_b: f64,
    /// Weighted Spearman: differences near the top weigh more (Dancelli and others, 2013).
    pub weighted_spearman: f64,
    /// WS (Sałabun and Urbaniak, 2020): the first ranking is the reference, and its top weighs most.
    pub ws: f64,
}

/// Compares two vectors of ranks of equal length, 1 the best; `None` when they are not, or of fewer than two.
pub fn correlate(x: &[f64], y: &[f64]) -> Option<Correlations> {
    let n = x.len();
    if n != y.len() || n < 2 {
        return None;
    }
    let size = n as f64;
    let pairs = || x.iter().zip(y).map(|(a, b)| (*a, *b));
    let mean = |v: &[f64]| v.iter().sum::<f64>() / size;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let product: f64 = pairs().map(|(a, b)| (a - mean_x) * (b - mean_y)).sum();
    let square = |v: &[f64], m: f64| v.iter().map(|a| (a - m) * (a - m)).sum::<f64>();
    let (mut both, mut only_x, mut only_y) = (0.0, 0.0, 0.0);
    for i in 0..n {
        for j in i + 1..n {
            let (dx, dy) = (x[i] - x[j], y[i] - y[j]);
            let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
            both += sign(dx) * sign(dy);
            only_x += sign(dx).abs();
            only_y += sign(dy).abs();
        }
    }
    let weighted: f64 = pairs().map(|(a, b)| (a - b) * (a - b) * ((size - a + 1.0) + (size - b + 1.0))).sum();
    let distances = pairs().map(|(a, b)| libm::exp2(-a) * (a - b).abs() / (a - 1.0).abs().max((a - size).abs()));
    Some(Correlations {
        spearman: product / (square(x, mean_x) * square(y, mean_y)).sqrt(),
        kendall_a: both / (size * (size - 1.0) / 2.0),
        kendall_b: both / (only_x * only_y).sqrt(),
        weighted_spearman: 1.0 - 6.0 * weighted / (size * (size + 1.0) * (size * size - 1.0)),
        ws: 1.0 - distances.sum::<f64>(),
    })
}
