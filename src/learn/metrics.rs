//! How good stated chances are, in figures a committee can read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::learn::keys::Keys;
use crate::order::sort;

/// How good chances are against what happened. Where rows have weights, all but the numbers of rows and events are by weight. Of no rows
/// the area is 0.5 with an interval from 0 to 1, there are no bins and no lift, and all else is 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// Rows looked at.
    pub rows: usize,
    /// Of them, with the outcome.
    pub events: usize,
    /// The area under the curve: the chance that one with the outcome is rated above one without, ties counted half. 0.5 is blind, 1 is
    /// perfect; 0.5 where only one outcome is there.
    pub auc: f64,
    /// Its 95 % interval, after DeLong (1988).
    pub auc_low: f64,
    /// See `auc_low`.
    pub auc_high: f64,
    /// Mean squared distance of the chance to 0 or 1.
    pub brier: f64,
    /// Mean of −ln of the chance given to what happened, which counts as 10⁻¹⁵ at the least.
    pub log_loss: f64,
    /// The same had everybody the base rate.
    pub base_log_loss: f64,
    /// Mean distance of the stated to the seen share, over the tenths of `bins`, by their weight.
    pub calibration_error: f64,
    /// Tenths of about equal weight, the lowest chances first; fewer than ten where there are fewer rows.
    pub bins: Vec<CalibrationBin>,
    /// The best rated 5, 10, 20 and 50 % of all rows, and how many times as many outcomes each holds as a blind choice.
    pub lift: Vec<Lift>,
}

/// One tenth of the rows, by stated chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// Rows.
    pub rows: usize,
    /// The mean chance stated, 0 to 1.
    pub stated: f64,
    /// The share with the outcome, 0 to 1.
    pub seen: f64,
    /// Its 95 % interval, after Wilson (1927); of rows with weights, for a sample of equal weights that would say as much.
    pub low: f64,
    /// See `low`.
    pub high: f64,
}

/// The best rated part.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lift {
    /// The share of all rows, 0 to 1; one row at the least. Ties at its edge count by their share.
    pub share: f64,
    /// The share of them with the outcome.
    pub precision: f64,
    /// That over the share of all rows with the outcome; 0 where none has it.
    pub lift: f64,
    /// The share of all outcomes that is found there; 0 where there are none.
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

/// Wilson's 95 % interval of a share (1927), from 0 to 1 for no rows; more events than rows count as all of them.
pub fn wilson(events: usize, rows: usize) -> (f64, f64) {
    if rows == 0 {
        return (0.0, 1.0);
    }
    interval(events.min(rows) as f64 / rows as f64, rows as f64)
}

/// Wilson's interval of a share seen in so many rows, which weights may make a fraction.
fn interval(share: f64, rows: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054;
    let middle = (share + z * z / (2.0 * rows)) / (1.0 + z * z / rows);
    let half = z / (1.0 + z * z / rows) * (share * (1.0 - share) / rows + z * z / (4.0 * rows * rows)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// A row that is measured.
#[derive(Debug, Clone, Copy)]
struct Told {
    chance: f64,
    outcome: bool,
    weight: f64,
    /// Rows of one lead are one observation.
    lead: usize,
}

/// The area under the curve with its standard error, after DeLong, by weight; rows of one lead are taken together. `rows` rise by chance.
fn area(rows: &[Told]) -> (f64, f64) {
    let total = |outcome: bool| rows.iter().filter(|r| r.outcome == outcome).map(|r| r.weight).sum::<f64>();
    let (yes, no) = (total(true), total(false));
    if yes <= 0.0 || no <= 0.0 {
        return (0.5, 0.5);
    }
    // Of each row, how much of the other outcome's weight it beats.
    let mut beaten = Vec::with_capacity(rows.len());
    let (mut yes_under, mut no_under) = (0.0, 0.0);
    for level in rows.chunk_by(|a, b| a.chance.total_cmp(&b.chance).is_eq()) {
        let its = |outcome: bool| level.iter().filter(|r| r.outcome == outcome).map(|r| r.weight).sum::<f64>();
        let (its_yes, its_no) = (its(true), its(false));
        beaten.extend(level.iter().map(
            |r| {
                if r.outcome { (no_under + its_no / 2.0) / no } else { 1.0 - (yes_under + its_yes / 2.0) / yes }
            },
        ));
        (yes_under, no_under) = (yes_under + its_yes, no_under + its_no);
    }
    let auc = rows.iter().zip(&beaten).filter(|(r, _)| r.outcome).map(|(r, b)| r.weight * b).sum::<f64>() / yes;
    let variance = |outcome: bool, weight: f64| {
        let mut off: BTreeMap<usize, f64> = BTreeMap::new();
        let its = rows.iter().zip(&beaten).filter(|(r, _)| r.outcome == outcome);
        its.for_each(|(r, b)| *off.entry(r.lead).or_default() += r.weight * (b - auc) / weight);
        let many = off.len() as f64;
        if off.len() < 2 { 0.25 } else { off.values().map(|x| x * x).sum::<f64>() * many / (many - 1.0) }
    };
    (auc, (variance(true, yes) + variance(false, no)).sqrt())
}

/// Measures chances against outcomes of the same rows. Of slices of unequal length the shortest counts; NaN counts as one half, and what
/// lies outside 0 to 1 as the nearer of the two.
pub fn measure(chances: &[f64], outcomes: &[bool]) -> Metrics {
    let leads: Vec<usize> = (0..chances.len()).collect();
    measure_leads(chances, outcomes, &vec![1.0; chances.len()], &leads)
}

/// The same for rows of different weight: every figure is of the population that the weights stand for. Weights are finite and from zero
/// up; other rows are left out.
pub fn measure_weighted(chances: &[f64], outcomes: &[bool], weights: &[f64]) -> Metrics {
    let leads: Vec<usize> = (0..chances.len()).collect();
    measure_leads(chances, outcomes, weights, &leads)
}

/// The same, where rows may be of one lead: they say no more than one.
pub(crate) fn measure_leads(chances: &[f64], outcomes: &[bool], weights: &[f64], leads: &[usize]) -> Metrics {
    let told = chances.iter().zip(outcomes).zip(weights.iter().zip(leads)).map(|((chance, outcome), (weight, lead))| Told {
        chance: if chance.is_nan() { 0.5 } else { chance.clamp(0.0, 1.0) },
        outcome: *outcome,
        weight: *weight,
        lead: *lead,
    });
    let mut rows: Vec<Told> = told.filter(|r| r.weight.is_finite() && r.weight >= 0.0).collect();
    sort(&mut rows, &|a, b| a.chance.total_cmp(&b.chance));
    let all: f64 = rows.iter().map(|r| r.weight).sum();
    let of = |rows: &[Told]| rows.iter().filter(|r| r.outcome).map(|r| r.weight).sum::<f64>();
    let happened = of(&rows);
    let mean = |f: &dyn Fn(&Told) -> f64| if all > 0.0 { rows.iter().map(|r| r.weight * f(r)).sum::<f64>() / all } else { 0.0 };
    let loss = |chance: f64, outcome: bool| -libm::log(if outcome { chance } else { 1.0 - chance }.max(1e-15));
    let off = |r: &Told| r.chance - f64::from(u8::from(r.outcome));
    let base = if all > 0.0 { happened / all } else { 0.0 };
    let (auc, error) = area(&rows);
    let bins = tenths(&rows, all);
    Metrics {
        rows: rows.len(),
        events: rows.iter().filter(|r| r.outcome).count(),
        auc,
        auc_low: (auc - 1.959_963_984_540_054 * error).max(0.0),
        auc_high: (auc + 1.959_963_984_540_054 * error).min(1.0),
        brier: mean(&|r| off(r) * off(r)),
        log_loss: mean(&|r| loss(r.chance, r.outcome)),
        base_log_loss: mean(&|r| loss(base, r.outcome)),
        calibration_error: bins.iter().map(|(bin, weight)| (bin.stated - bin.seen).abs() * weight).sum::<f64>()
            / all.max(f64::MIN_POSITIVE),
        lift: if happened > 0.0 { [0.05, 0.1, 0.2, 0.5].map(|share| lift(&rows, share, all, happened)).to_vec() } else { no_lift(&rows) },
        bins: bins.into_iter().map(|bin| bin.0).collect(),
    }
}

/// Tenths of equal weight, with the weight of each. `rows` rise by chance.
fn tenths(rows: &[Told], all: f64) -> Vec<(CalibrationBin, f64)> {
    let mut under = 0.0;
    let tenth = |weight: f64| (libm::ceil(10.0 * weight / all) as usize).clamp(1, 10) - 1;
    let places: Vec<usize> = rows
        .iter()
        .map(|r| {
            under += r.weight;
            tenth(under)
        })
        .collect();
    let bin = |its: &[Told]| {
        let weight: f64 = its.iter().map(|r| r.weight).sum();
        let squares: f64 = its.iter().map(|r| r.weight * r.weight).sum();
        let mean = |f: &dyn Fn(&Told) -> f64| its.iter().map(|r| r.weight * f(r)).sum::<f64>() / weight;
        let seen = mean(&|r| f64::from(u8::from(r.outcome)));
        let (low, high) = interval(seen, weight * weight / squares);
        (CalibrationBin { rows: its.len(), stated: mean(&|r| r.chance), seen, low, high }, weight)
    };
    let at: Vec<usize> = (0..rows.len()).collect();
    let groups = at.chunk_by(|a, b| places[*a] == places[*b]).map(|group| &rows[group[0]..=group[group.len() - 1]]);
    groups.filter(|its| its.iter().any(|r| r.weight > 0.0)).map(bin).collect()
}

/// The best rated part, by weight. A tie at the edge counts by its share, so that the order of rows decides nothing.
fn lift(rows: &[Told], share: f64, all: f64, happened: f64) -> Lift {
    let n = rows.len() as f64;
    let wanted = all * (n * share).round().clamp(1.0, n) / n;
    let (mut taken, mut found) = (0.0, 0.0);
    for level in rows.chunk_by(|a, b| a.chance.total_cmp(&b.chance).is_eq()).rev() {
        let weight: f64 = level.iter().map(|r| r.weight).sum();
        let part = if weight > 0.0 { ((wanted - taken) / weight).min(1.0) } else { 0.0 };
        found += part * level.iter().filter(|r| r.outcome).map(|r| r.weight).sum::<f64>();
        taken += part * weight;
        if taken >= wanted {
            break;
        }
    }
    let precision = found / wanted;
    Lift { share, precision, lift: precision * all / happened, gain: found / happened }
}

/// Where nothing happened, no part holds more of it than another.
fn no_lift(rows: &[Told]) -> Vec<Lift> {
    let none = |share| Lift { share, precision: 0.0, lift: 0.0, gain: 0.0 };
    if rows.is_empty() { Vec::new() } else { [0.05, 0.1, 0.2, 0.5].map(none).to_vec() }
}
