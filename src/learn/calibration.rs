//! From log-odds to chances that come true as often as they say: by how many outcomes there are to learn it from.

use serde::Serialize;

use crate::learn::keys::Keys;

/// Log-odds to chance.
pub(crate) fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

/// How log-odds become chances.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Calibration {
    /// As they are: there are too few outcomes (under 200 of either kind) to tell better.
    None,
    /// A line through the log-odds, fitted on rows not seen (Platt 1999).
    Platt {
        /// Added.
        shift: f64,
        /// Times the log-odds.
        scale: f64,
    },
    /// A line with bends at these knots, at most twenty, never falling; beyond the first and the last it goes on with the slope `scale`.
    Bent {
        /// Log-odds, rising.
        from: Vec<f64>,
        /// What they become.
        to: Vec<f64>,
        /// The slope beyond the knots.
        scale: f64,
    },
}

/// No log-odds are greater, nor a slope of them.
const GREATEST: f64 = 1e9;

fn is_slope(scale: f64) -> bool {
    scale > 0.0 && scale <= GREATEST
}

impl Calibration {
    /// Of the kinds the one whose key is there, or the word `none`.
    pub(crate) fn read(model: Keys<'_>, key: &'static str) -> Self {
        let keys = model.object(key);
        if keys.has("platt") {
            let line = keys.object("platt");
            Self::Platt { shift: line.number("shift"), scale: line.number("scale") }
        } else if keys.has("bent") {
            let bent = keys.object("bent");
            Self::Bent { from: bent.numbers("from"), to: bent.numbers("to"), scale: bent.number("scale") }
        } else {
            model.word(key, "none");
            Self::None
        }
    }

    pub(crate) fn apply(&self, odds: f64) -> f64 {
        match self {
            Self::None => odds,
            Self::Platt { shift, scale } => shift + scale * odds,
            Self::Bent { from, to, scale } => {
                let at = from.partition_point(|x| *x <= odds);
                match (at.checked_sub(1), from.get(at)) {
                    (None, None) => odds,
                    (None, Some(first)) => to[0] + (odds - first) * scale,
                    (Some(last), None) => to[last] + (odds - from[last]) * scale,
                    (Some(before), Some(next)) => {
                        let part = (odds - from[before]) / (next - from[before]);
                        to[before] + part * (to[at] - to[before])
                    }
                }
            }
        }
    }

    /// By what a feature's log-odds are multiplied where that is the same everywhere; else one.
    pub(crate) fn scale(&self) -> f64 {
        match self {
            Self::Platt { scale, .. } => *scale,
            Self::None | Self::Bent { .. } => 1.0,
        }
    }

    /// True when it can be applied: its numbers are of a size that gives numbers again.
    pub(crate) fn holds_together(&self) -> bool {
        match self {
            Self::None => true,
            Self::Platt { shift, scale } => shift.abs() <= GREATEST && is_slope(*scale),
            Self::Bent { from, to, scale } => {
                let rises = from.is_sorted_by(|a, b| a < b) && to.is_sorted() && !from.is_empty() && from.len() == to.len();
                rises && is_slope(*scale) && from.iter().chain(to).all(|x| x.abs() <= GREATEST)
            }
        }
    }
}

#[cfg(feature = "train")]
pub(crate) use fitting::calibrate;

#[cfg(feature = "train")]
mod fitting {
    use super::Calibration;
    use super::chance;
    use crate::learn::cholesky::{factor, solve};
    use crate::learn::isotonic::isotonic;
    use crate::order::sort;

    /// From so many outcomes of either kind on a line is fitted, and from so many on one with bends. With fewer outcomes what the fit gets
    /// wrong is more than what it mends.
    const ENOUGH_FOR_A_LINE: usize = 200;
    const ENOUGH_FOR_BENDS: usize = 1_000;
    const BENDS: usize = 20;

    /// How firmly it is believed that nothing needs to be shifted, scaled or bent, in curvature.
    const HELD: (f64, f64, f64) = (1.0, 4.0, 30.0);

    /// Fits on rows not seen: `odds`, what happened, and what each row weighs; of the rows, those `used`.
    pub(crate) fn calibrate(odds: &[f64], outcome: &[bool], weight: &[f64], used: impl Fn(usize) -> bool) -> Calibration {
        let rows: Vec<usize> = (0..odds.len()).filter(|i| used(*i)).collect();
        let yes = rows.iter().filter(|i| outcome[**i]).count();
        let least = yes.min(rows.len() - yes);
        if least < ENOUGH_FOR_A_LINE {
            return Calibration::None;
        }
        // Platt's targets: no chance is certain.
        let (yes, no) = (yes as f64, (rows.len() - yes) as f64);
        let target = |i: usize| if outcome[i] { (yes + 1.0) / (yes + 2.0) } else { 1.0 / (no + 2.0) };
        let points: Vec<Point> = rows.iter().map(|i| Point { odds: odds[*i], target: target(*i), weight: weight[*i] }).collect();
        if least >= ENOUGH_FOR_BENDS
            && let Some(bent) = bent(&points)
        {
            return bent;
        }
        let Some(beta) = fit(&points, &[]) else { return Calibration::None };
        // Turned round, or nearly: there is nothing to calibrate.
        Calibration::Platt { shift: beta[0], scale: beta[1].max(0.05) }
    }

    struct Point {
        odds: f64,
        target: f64,
        weight: f64,
    }

    fn bent(points: &[Point]) -> Option<Calibration> {
        let mut sorted: Vec<f64> = points.iter().map(|p| p.odds).collect();
        sort(&mut sorted, &f64::total_cmp);
        let mut knots: Vec<f64> = (0..BENDS).map(|i| sorted[sorted.len() * (2 * i + 1) / (2 * BENDS)]).collect();
        knots.dedup();
        let inner = knots.get(1..knots.len().checked_sub(1)?)?;
        let beta = fit(points, inner)?;
        let scale = beta[1].max(0.05);
        let value = |x: f64| beta.iter().zip(basis(x, inner)).map(|(b, x)| b * x).sum::<f64>();
        let values: Vec<f64> = knots.iter().map(|x| value(*x)).collect();
        let (from, to) = isotonic(&knots, &values, &vec![1.0; knots.len()]).into_iter().unzip();
        Some(Calibration::Bent { from, to, scale })
    }

    /// One, the log-odds, and how far they lie beyond each bend.
    fn basis(odds: f64, bends: &[f64]) -> impl Iterator<Item = f64> {
        [1.0, odds].into_iter().chain(bends.iter().map(move |bend| (odds - bend).max(0.0)))
    }

    /// Logistic regression by Newton's method; held to changing nothing.
    fn fit(points: &[Point], bends: &[f64]) -> Option<Vec<f64>> {
        let p = 2 + bends.len();
        let usual = |i: usize| if i == 1 { 1.0 } else { 0.0 };
        let held = |i: usize| [HELD.0, HELD.1, HELD.2][i.min(2)];
        let mut beta: Vec<f64> = (0..p).map(usual).collect();
        for _ in 0..50 {
            let mut gradient: Vec<f64> = (0..p).map(|i| held(i) * (beta[i] - usual(i))).collect();
            let mut curvature = vec![0.0; p * p];
            (0..p).for_each(|i| curvature[i * p + i] = held(i));
            for point in points {
                let x: Vec<f64> = basis(point.odds, bends).collect();
                let mu = chance(beta.iter().zip(&x).map(|(b, x)| b * x).sum());
                let (off, curve) = (point.weight * (mu - point.target), point.weight * mu * (1.0 - mu));
                for i in 0..p {
                    gradient[i] += off * x[i];
                    for j in 0..=i {
                        curvature[i * p + j] += curve * x[i] * x[j];
                    }
                }
            }
            factor(&mut curvature, p)?;
            let step = solve(&curvature, &gradient, p);
            beta.iter_mut().zip(&step).for_each(|(b, s)| *b -= s);
            if step.iter().map(|s| s.abs()).sum::<f64>() < 1e-9 {
                return beta.iter().all(|b| b.is_finite()).then_some(beta);
            }
        }
        None
    }
}
