//! How good stated chances are, in figures a committee can read.

use serde::Serialize;

use crate::learn::keys::Keys;

/// How good chances are against what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// Rows looked at.
    pub rows: usize,
    /// Of them, with the outcome.
    pub events: usize,
    /// The chance that one with the outcome is rated above one without: 0.5 is blind, 1 is perfect.
    pub auc: f64,
    /// Its 95 % interval, after DeLong (1988).
    pub auc_low: f64,
    /// See `auc_low`.
    pub auc_high: f64,
    /// Mean squared distance of the chance to 0 or 1.
    pub brier: f64,
    /// Mean of −ln of the chance given to what happened.
    pub log_loss: f64,
    /// The same had everybody the base rate.
    pub base_log_loss: f64,
    /// Mean distance of the stated to the seen share, over tenths of equal size.
    pub calibration_error: f64,
    /// Tenths of equal size, the lowest chances first.
    pub bins: Vec<CalibrationBin>,
    /// The best rated part of all rows, and how many times as many outcomes it holds as a blind choice.
    pub lift: Vec<Lift>,
}

/// One tenth of the rows, by stated chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// Rows.
    pub rows: usize,
    /// The mean chance stated.
    pub stated: f64,
    /// The share seen.
    pub seen: f64,
    /// Its 95 % interval, after Wilson (1927).
    pub low: f64,
    /// See `low`.
    pub high: f64,
}

/// The best rated part.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Lift {
    /// The share of all rows.
    pub share: f64,
    /// The share of them with the outcome.
    pub precision: f64,
    /// That over the share of all.
    pub lift: f64,
    /// The share of all outcomes that is found there.
    pub gain: f64,
}

impl Metrics {
    pub(crate) fn read(keys: Keys<'_>) -> Self {
        let bin = |keys: Keys<'_>| CalibrationBin {
            rows: keys.count("rows"),
            stated: keys.number("stated"),
            seen: keys.number("seen"),
            low: keys.number("low"),
            high: keys.number("high"),
        };
        let lift = |keys: Keys<'_>| Lift {
            share: keys.number("share"),
            precision: keys.number("precision"),
            lift: keys.number("lift"),
            gain: keys.number("gain"),
        };
        Self {
            rows: keys.count("rows"),
            events: keys.count("events"),
            auc: keys.number("auc"),
            auc_low: keys.number("auc_low"),
            auc_high: keys.number("auc_high"),
            brier: keys.number("brier"),
            log_loss: keys.number("log_loss"),
            base_log_loss: keys.number("base_log_loss"),
            calibration_error: keys.number("calibration_error"),
            bins: keys.objects("bins", &bin),
            lift: keys.objects("lift", &lift),
        }
    }
}

/// Wilson's 95 % interval of a share.
pub fn wilson(events: usize, rows: usize) -> (f64, f64) {
    if rows == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (rows as f64, 1.959_963_984_540_054);
    let p = events as f64 / n;
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The area under the curve with its standard error, after DeLong, by mid-ranks.
fn area(scores: &[f64], outcomes: &[bool]) -> (f64, f64) {
    let ranks = |pick: &dyn Fn(usize) -> bool| {
        let mut order: Vec<usize> = (0..scores.len()).filter(|i| pick(*i)).collect();
        order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        let mut ranks = vec![0.0; scores.len()];
        let mut before = 0;
        for group in order.chunk_by(|a, b| scores[*a].total_cmp(&scores[*b]).is_eq()) {
            let mean = before as f64 + (group.len() + 1) as f64 / 2.0;
            group.iter().for_each(|i| ranks[*i] = mean);
            before += group.len();
        }
        ranks
    };
    let (all, yes, no) = (ranks(&|_| true), ranks(&|i| outcomes[i]), ranks(&|i| !outcomes[i]));
    let m = outcomes.iter().filter(|o| **o).count() as f64;
    let n = outcomes.len() as f64 - m;
    if m == 0.0 || n == 0.0 {
        return (0.5, 0.5);
    }
    // How much of the others each one beats.
    let (mut of_yes, mut of_no) = (Vec::new(), Vec::new());
    for i in 0..scores.len() {
        if outcomes[i] {
            of_yes.push((all[i] - yes[i]) / n);
        } else {
            of_no.push(1.0 - (all[i] - no[i]) / m);
        }
    }
    let auc = of_yes.iter().sum::<f64>() / m;
    let spread = |v: &[f64]| if v.len() < 2 { 0.25 } else { v.iter().map(|x| (x - auc) * (x - auc)).sum::<f64>() / (v.len() - 1) as f64 };
    (auc, (spread(&of_yes) / m + spread(&of_no) / n).sqrt())
}

/// Measures chances against outcomes of the same rows.
pub fn measure(chances: &[f64], outcomes: &[bool]) -> Metrics {
    let rows = outcomes.len();
    let events = outcomes.iter().filter(|o| **o).count();
    let n = rows.max(1) as f64;
    let (auc, error) = area(chances, outcomes);
    let pairs = || chances.iter().zip(outcomes).map(|(c, o)| (*c, f64::from(u8::from(*o))));
    let loss = |chance: f64, outcome: f64| -libm::log(if outcome > 0.5 { chance } else { 1.0 - chance }.max(1e-15));
    let base = events as f64 / n;
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|a, b| chances[*a].total_cmp(&chances[*b]).then(a.cmp(b)));
    let bin = |i: usize| {
        let its = &order[rows * i / 10..rows * (i + 1) / 10];
        let yes = its.iter().filter(|r| outcomes[**r]).count();
        let (low, high) = wilson(yes, its.len());
        let size = its.len().max(1) as f64;
        CalibrationBin { rows: its.len(), stated: its.iter().map(|r| chances[*r]).sum::<f64>() / size, seen: yes as f64 / size, low, high }
    };
    let bins: Vec<CalibrationBin> = (0..10).map(bin).filter(|b| b.rows > 0).collect();
    let lift = |share: f64| {
        let count = ((n * share).round() as usize).clamp(1, rows.max(1));
        // A tie at the edge counts by its share, so that the order of rows decides nothing.
        let edge = order.len().checked_sub(count).map_or(f64::INFINITY, |i| chances[order[i]]);
        let over: Vec<usize> = order.iter().copied().filter(|r| chances[*r] > edge).collect();
        let level: Vec<usize> = order.iter().copied().filter(|r| chances[*r].total_cmp(&edge).is_eq()).collect();
        let yes = |rows: &[usize]| rows.iter().filter(|r| outcomes[**r]).count() as f64;
        let found = yes(&over) + yes(&level) * (count - over.len()) as f64 / level.len().max(1) as f64;
        let precision = found / count as f64;
        Lift {
            share,
            precision,
            lift: if events > 0 { precision / base } else { 0.0 },
            gain: if events > 0 { found / events as f64 } else { 0.0 },
        }
    };
    Metrics {
        rows,
        events,
        auc,
        auc_low: (auc - 1.959_963_984_540_054 * error).max(0.0),
        auc_high: (auc + 1.959_963_984_540_054 * error).min(1.0),
        brier: pairs().map(|(c, o)| (c - o) * (c - o)).sum::<f64>() / n,
        log_loss: pairs().map(|(c, o)| loss(c, o)).sum::<f64>() / n,
        base_log_loss: pairs().map(|(_, o)| loss(base, o)).sum::<f64>() / n,
        calibration_error: bins.iter().map(|b| (b.stated - b.seen).abs() * b.rows as f64).sum::<f64>() / n,
        lift: if rows == 0 { Vec::new() } else { [0.05, 0.1, 0.2, 0.5].map(lift).to_vec() },
        bins,
    }
}
