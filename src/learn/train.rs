//! From a table of outcomes to a model, with what there is to say about it.

use std::collections::BTreeMap;

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use serde::Serialize;

use crate::error::{Error, Kind};
use crate::learn::additive::{Block, Design, Fitted};
use crate::learn::cutting::cut;
use crate::learn::features::{Cut, Feature, LeftOut, number};
use crate::learn::frame::{Frame, is_missing};
use crate::learn::leaks::{Leak, screen};
use crate::learn::metrics::{Metrics, measure};
use crate::learn::model::{Calibration, Conversion, Pair, Term, chance, prior_odds};

/// Fewer of either outcome than this teach nothing that could be told from chance.
const FEWEST: usize = 10;

/// From so many on, chances are calibrated on rows not seen.
const ENOUGH_TO_CALIBRATE: usize = 50;

/// From so many on, pairs of features are tried; and at most so many are kept.
const ENOUGH_FOR_PAIRS: usize = 400;
const MOST_PAIRS: usize = 16;

const FOLDS: usize = 5;

/// How a model is learned.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `outcome` | required | the column of the outcome |
/// | `positive` | found | its values that count; asked for when they cannot be told |
/// | `date` | none | a column by which the newest fifth is held out for the trial |
/// | `exclude` | none | columns that are no features |
/// | `prior` | none | a column of expert scores, 0 to 100, from whose odds learning begins |
/// | `weight` | none | a column of weights of rows, over zero |
/// | `contacted` | none | a column of who was contacted: only those teach, weighted by how unlikely it was that they were |
/// | `seed` | 1 | of the folds |
#[derive(Debug, Clone, Default)]
pub struct TrainOptions {
    outcome: String,
    positive: Vec<String>,
    date: Option<String>,
    exclude: Vec<String>,
    prior: Option<String>,
    weight: Option<String>,
    contacted: Option<String>,
    seed: u64,
}

impl TrainOptions {
    /// Learns this outcome.
    pub fn new(outcome: impl Into<String>) -> Self {
        Self { outcome: outcome.into(), seed: 1, ..Self::default() }
    }

    /// A value of the outcome that counts; more than one may be named.
    pub fn positive(mut self, value: impl Into<String>) -> Self {
        self.positive.push(value.into());
        self
    }

    /// The column of dates, or of anything that grows with time.
    pub fn date(mut self, column: impl Into<String>) -> Self {
        self.date = Some(column.into());
        self
    }

    /// A column that is no feature.
    pub fn exclude(mut self, column: impl Into<String>) -> Self {
        self.exclude.push(column.into());
        self
    }

    /// The column of expert scores.
    pub fn prior(mut self, column: impl Into<String>) -> Self {
        self.prior = Some(column.into());
        self
    }

    /// The column of weights.
    pub fn weight(mut self, column: impl Into<String>) -> Self {
        self.weight = Some(column.into());
        self
    }

    /// The column of who was contacted.
    pub fn contacted(mut self, column: impl Into<String>) -> Self {
        self.contacted = Some(column.into());
        self
    }

    /// The seed of the folds.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
}

/// What there is to say of a model and of what it was learned from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrainReport {
    /// Rows used.
    pub rows: usize,
    /// Of them, with the outcome.
    pub events: usize,
    /// Rows whose outcome is missing.
    pub without_outcome: usize,
    /// Rows that were not contacted and so teach nothing.
    pub not_contacted: usize,
    /// The size of a sample of equal weights that would say as much.
    pub effective_rows: f64,
    /// Columns that are no features, and why.
    pub left_out: Vec<LeftOut>,
    /// Columns that seem to know the outcome. They are used unless excluded.
    pub leaks: Vec<Leak>,
    /// Steps of the last fit, and whether it came to rest.
    pub iterations: usize,
    /// See `iterations`.
    pub converged: bool,
    /// How many parameters' worth the data support.
    pub freedom: f64,
    /// How the model was tried: on five folds, each told by the others.
    pub folds: Metrics,
    /// And, with a date, on the newest fifth, told by all before it.
    pub newest: Option<Metrics>,
    /// The prior score alone, on the same rows as `folds`.
    pub prior: Option<Metrics>,
    /// `use` when it beats the base rate, and the prior score where there is one, on rows it had not seen; else `do_not_use`.
    pub verdict: &'static str,
}

/// Rows ready to be learned from.
pub(super) struct Sample<'f> {
    frame: &'f Frame,
    /// Rows of the frame.
    rows: Vec<usize>,
    outcome: Vec<bool>,
    weight: Vec<f64>,
    offset: Vec<f64>,
    excluded: Vec<&'f str>,
    /// Whether numbers may only count the rows.
    identifiers: bool,
}

/// Learns a model from a table.
///
/// # Errors
///
/// `BAD_ARGUMENT` for a column that is not there; `AMBIGUOUS_OUTCOME`, with the values found, when it cannot be told which of them count;
/// `TOO_FEW_OUTCOMES` for one class only, or fewer than ten of either.
pub fn train(frame: &Frame, options: &TrainOptions) -> Result<(Conversion, TrainReport), Error> {
    let (outcomes, positive) = outcomes(frame.column(&options.outcome)?, &options.positive)?;
    let contacted = options.contacted.as_ref().map(|name| contacted(frame.column(name)?)).transpose()?;
    let known: Vec<usize> = (0..frame.rows()).filter(|r| outcomes[*r].is_some()).collect();
    let taught: Vec<usize> = known.iter().copied().filter(|r| contacted.as_ref().is_none_or(|c| c[*r])).collect();
    let outcome: Vec<bool> = taught.iter().map(|r| outcomes[*r] == Some(true)).collect();
    let events = outcome.iter().filter(|o| **o).count();
    let least = events.min(outcome.len() - events);
    if least < FEWEST {
        let (rows, no) = (outcome.len(), outcome.len() - events);
        return Err(Kind::TooFewOutcomes { rows, yes: events, no, needed: FEWEST }.into());
    }
    let mut excluded: Vec<&str> = options.exclude.iter().map(String::as_str).collect();
    for name in &options.exclude {
        frame.column(name)?;
    }
    excluded.push(&options.outcome);
    excluded.extend([&options.date, &options.prior, &options.weight, &options.contacted].into_iter().flatten().map(String::as_str));
    let mut weight = match &options.weight {
        None => vec![1.0; taught.len()],
        Some(name) => weights(frame, frame.column(name)?, &taught)?,
    };
    if let Some(contacted) = &contacted {
        let chances = propensity(frame, contacted, &excluded, options.seed)?;
        weight.iter_mut().zip(&taught).for_each(|(w, r)| *w /= chances[*r].max(0.05));
    }
    // Weights say how rows compare, not how many there are.
    let mean = weight.iter().sum::<f64>() / weight.len() as f64;
    weight.iter_mut().for_each(|w| *w /= mean);
    let effective_rows = weight.iter().sum::<f64>().powi(2) / weight.iter().map(|w| w * w).sum::<f64>();
    let offset = match &options.prior {
        None => vec![0.0; taught.len()],
        Some(name) => {
            let cells = frame.column(name)?;
            taught.iter().map(|r| prior_odds(&cells[*r])).collect()
        }
    };
    let dates: Option<Vec<Option<f64>>> = match &options.date {
        None => None,
        Some(name) => {
            let cells = frame.column(name)?;
            Some(taught.iter().map(|r| number(&cells[*r])).collect())
        }
    };
    let sample = Sample { frame, rows: taught, outcome, weight, offset, excluded, identifiers: true };
    let seen = frame.select(&sample.rows);
    let leaks = screen(&seen, &sample.excluded, &sample.outcome, dates.as_deref());

    let folds = folds(&sample.outcome, options.seed);
    let mut odds = vec![0.0; sample.rows.len()];
    for fold in 0..FOLDS {
        let part = |inside: bool| -> Vec<usize> { (0..folds.len()).filter(|i| (folds[*i] == fold) == inside).collect() };
        let (test, train) = (part(true), part(false));
        let model = sample.learn(&train)?;
        test.iter().for_each(|i| odds[*i] = model.odds(&sample, *i));
    }
    // Each fold is calibrated by the others, as new rows will be.
    let by_fold: Vec<Calibration> = (0..FOLDS).map(|fold| calibrate(&odds, &sample.outcome, |i| folds[i] != fold)).collect();
    let calibrated: Vec<f64> = odds.iter().zip(&folds).map(|(odds, fold)| chance(by_fold[*fold].apply(*odds))).collect();
    let tried = measure(&calibrated, &sample.outcome);
    let newest = match &dates {
        None => None,
        Some(dates) => sample.newest(dates)?,
    };
    let prior = options.prior.as_ref().map(|_| measure(&sample.offset.iter().map(|o| chance(*o)).collect::<Vec<_>>(), &sample.outcome));
    let all: Vec<usize> = (0..sample.rows.len()).collect();
    let learned = sample.learn(&all)?;
    let beats = |m: &Metrics| m.log_loss < m.base_log_loss && m.auc_low > 0.5 && prior.as_ref().is_none_or(|p| m.log_loss < p.log_loss);
    let verdict = if beats(newest.as_ref().unwrap_or(&tried)) && beats(&tried) { "use" } else { "do_not_use" };
    let report = TrainReport {
        rows: sample.rows.len(),
        events,
        without_outcome: frame.rows() - known.len(),
        not_contacted: known.len() - sample.rows.len(),
        effective_rows,
        left_out: learned.left_out.clone(),
        leaks,
        iterations: learned.fitted.iterations,
        converged: learned.fitted.converged,
        freedom: learned.fitted.freedom,
        folds: tried.clone(),
        newest,
        prior,
        verdict,
    };
    let model = Conversion {
        format: "xiangma-conversion".to_owned(),
        version: 1,
        outcome: options.outcome.clone(),
        positive,
        rows: sample.rows.len(),
        events,
        is_of_enterprises: false,
        prior: options.prior.clone(),
        intercept: learned.fitted.beta[0],
        terms: learned.terms(),
        pairs: learned.pairs_added(),
        calibration: calibrate(&odds, &sample.outcome, |_| true),
        covariance: learned.triangle(),
        metrics: tried,
        verdict: verdict.to_owned(),
        checksum: String::new(),
    };
    Ok((model.sealed(), report))
}

/// What happened in every row, and the values that count.
fn outcomes(cells: &[String], positive: &[String]) -> Result<(Vec<Option<bool>>, Vec<String>), Error> {
    const YES: [&str; 16] =
        ["yes", "y", "1", "1.0", "true", "t", "won", "converted", "是", "成功", "签约", "已签约", "落地", "已落地", "成交", "转化"];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cells.iter().filter(|c| !is_missing(c)).for_each(|c| *counts.entry(c).or_default() += 1);
    let shown = || counts.iter().take(12).map(|(value, n)| format!("{value} ({n})")).collect::<Vec<_>>().join(", ");
    let positive = if positive.is_empty() {
        let found: Vec<&str> = counts.keys().copied().filter(|v| YES.contains(&v.to_lowercase().as_str())).collect();
        match (counts.len(), found.as_slice()) {
            (2, [one]) => vec![(*one).to_owned()],
            // One class only: told as such, whichever it is.
            (0 | 1, _) => found.iter().map(|v| (*v).to_owned()).collect(),
            _ => {
                return Err(Kind::AmbiguousOutcome(shown()).into());
            }
        }
    } else {
        if let Some(absent) = positive.iter().find(|v| !counts.contains_key(v.as_str())) {
            return Err(Kind::AmbiguousOutcome(format!("no `{absent}` among: {}", shown())).into());
        }
        positive.to_vec()
    };
    let read = |cell: &String| (!is_missing(cell)).then(|| positive.contains(cell));
    Ok((cells.iter().map(read).collect(), positive))
}

fn contacted(cells: &[String]) -> Result<Vec<bool>, Error> {
    let (flags, _) = outcomes(cells, &[])?;
    Ok(flags.into_iter().map(|f| f == Some(true)).collect())
}

fn weights(frame: &Frame, cells: &[String], rows: &[usize]) -> Result<Vec<f64>, Error> {
    let read = |r: &usize| match number(&cells[*r]).filter(|w| *w > 0.0) {
        Some(weight) => Ok(weight),
        None => Err(Error::from(Kind::BadArgument(format!("a weight is over zero, not `{}`", cells[*r]))).at_row(frame.numbers[*r])),
    };
    rows.iter().map(read).collect()
}

/// The chance of every row to be contacted, told by folds that do not hold it.
fn propensity(frame: &Frame, contacted: &[bool], excluded: &[&str], seed: u64) -> Result<Vec<f64>, Error> {
    let n = contacted.len();
    let sample = Sample {
        frame,
        rows: (0..n).collect(),
        outcome: contacted.to_vec(),
        weight: vec![1.0; n],
        offset: vec![0.0; n],
        excluded: excluded.to_vec(),
        identifiers: true,
    };
    let yes = contacted.iter().filter(|c| **c).count();
    if yes.min(n - yes) < FEWEST {
        // Nearly all were contacted, or nearly none: nothing to learn, and nothing to correct.
        return Ok(vec![yes as f64 / n.max(1) as f64; n]);
    }
    let folds = folds(contacted, seed);
    let mut chances = vec![0.0; n];
    for fold in 0..FOLDS {
        let train: Vec<usize> = (0..n).filter(|i| folds[*i] != fold).collect();
        let model = sample.learn(&train)?;
        (0..n).filter(|i| folds[*i] == fold).for_each(|i| chances[i] = chance(model.odds(&sample, i)));
    }
    Ok(chances)
}

/// The fold of every row: each outcome dealt out evenly, in a seeded order.
fn folds(outcome: &[bool], seed: u64) -> Vec<usize> {
    let mut generator = Pcg32::new(seed, 0xa02b_dbf7_bb3c_0a7);
    let mut folds = vec![0; outcome.len()];
    for class in [true, false] {
        let mut its: Vec<usize> = (0..outcome.len()).filter(|i| outcome[*i] == class).collect();
        for i in (1..its.len()).rev() {
            let j = ((u64::from(generator.next_u32()) * (i as u64 + 1)) >> 32) as usize;
            its.swap(i, j);
        }
        its.into_iter().enumerate().for_each(|(at, i)| folds[i] = at % FOLDS);
    }
    folds
}

/// Platt's line on rows not seen, with his smoothed targets; drawn to leaving the log-odds as they are.
fn calibrate(odds: &[f64], outcome: &[bool], used: impl Fn(usize) -> bool) -> Calibration {
    let rows: Vec<usize> = (0..odds.len()).filter(|i| used(*i)).collect();
    let yes = rows.iter().filter(|i| outcome[**i]).count() as f64;
    let no = rows.len() as f64 - yes;
    if yes.min(no) < ENOUGH_TO_CALIBRATE as f64 {
        return Calibration::None;
    }
    let target = |i: usize| if outcome[i] { (yes + 1.0) / (yes + 2.0) } else { 1.0 / (no + 2.0) };
    // Worth of the belief that nothing needs to be changed, in curvature.
    let (held_shift, held_scale) = (1.0, 4.0);
    let (mut shift, mut scale) = (0.0, 1.0);
    for _ in 0..50 {
        let (mut g, mut h) = ([held_shift * shift, held_scale * (scale - 1.0)], [held_shift, 0.0, held_scale]);
        for i in &rows {
            let mu = chance(shift + scale * odds[*i]);
            let (off, curve) = (mu - target(*i), mu * (1.0 - mu));
            g[0] += off;
            g[1] += off * odds[*i];
            h[0] += curve;
            h[1] += curve * odds[*i];
            h[2] += curve * odds[*i] * odds[*i];
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        let step = [(h[2] * g[0] - h[1] * g[1]) / determinant, (h[0] * g[1] - h[1] * g[0]) / determinant];
        shift -= step[0];
        scale -= step[1];
        if step[0].abs() + step[1].abs() < 1e-10 {
            break;
        }
    }
    // Turned round, or nearly: there is nothing to calibrate.
    if scale > 0.05 { Calibration::Platt { shift, scale } } else { Calibration::Platt { shift, scale: 0.05 } }
}

/// A fitted model, with what its features are.
#[derive(Debug, Clone)]
pub(super) struct Learned {
    features: Vec<Feature>,
    left_out: Vec<LeftOut>,
    /// Where each feature's parameters begin, and where its slope is.
    starts: Vec<(usize, Option<usize>)>,
    pairs: Vec<Pair>,
    pair_starts: Vec<usize>,
    seen: Vec<Vec<usize>>,
    fitted: Fitted,
}

impl<'f> Sample<'f> {
    /// All rows of a table, every column a feature, nothing known beforehand.
    pub(super) fn plain(frame: &'f Frame, outcome: Vec<bool>, weight: Vec<f64>) -> Self {
        let n = outcome.len();
        Self { frame, rows: (0..n).collect(), outcome, weight, offset: vec![0.0; n], excluded: Vec::new(), identifiers: false }
    }

    /// Learns from some of the rows.
    pub(super) fn learn(&self, train: &[usize]) -> Result<Learned, Error> {
        let rows: Vec<usize> = train.iter().map(|i| self.rows[*i]).collect();
        let events = train.iter().filter(|i| self.outcome[**i]).count();
        let least = events.min(train.len() - events);
        let (features, left_out) = cut(&self.frame.select(&rows), &self.excluded, least, self.identifiers);
        let places = self.places(&features, &rows);
        let mut design = Design {
            outcome: train.iter().map(|i| self.outcome[*i]).collect(),
            weight: train.iter().map(|i| self.weight[*i]).collect(),
            offset: train.iter().map(|i| self.offset[*i]).collect(),
            hot: vec![Vec::new(); train.len()],
            lines: vec![Vec::new(); train.len()],
            ..Design::default()
        };
        let mut next = 1;
        let mut starts = Vec::new();
        let mut seen = Vec::new();
        for (f, feature) in features.iter().enumerate() {
            let is_number = matches!(feature.cut, Cut::Number { .. });
            let count = feature.cut.places();
            design.blocks.push(Block { from: next, to: next + count, is_ordered: is_number, family: if is_number { 1 } else { 2 } });
            let slope = is_number.then_some(next + count);
            let mut counts = vec![0; count];
            for (r, (place, line)) in places[f].iter().enumerate() {
                design.hot[r].push((next + place) as u32);
                counts[*place] += 1;
                if let (Some(slope), Some(x)) = (slope, line) {
                    design.lines[r].push((slope as u32, *x));
                }
            }
            if let Some(slope) = slope {
                design.blocks.push(Block { from: slope, to: slope + 1, is_ordered: false, family: 0 });
            }
            starts.push((next, slope));
            seen.push(counts);
            next += count + usize::from(is_number);
        }
        design.parameters = next;
        let mut fitted = design.fit()?;
        let mut pairs = Vec::new();
        let mut pair_starts = Vec::new();
        if least >= ENOUGH_FOR_PAIRS {
            pairs = likely_pairs(&design, &fitted, &features, &places, &seen);
            for pair in &pairs {
                let from = design.parameters;
                for r in 0..design.rows() {
                    let cell = pair.cell(places[pair.of[0]][r].0, places[pair.of[1]][r].0);
                    design.hot[r].push((from + cell) as u32);
                }
                design.blocks.push(Block { from, to: from + pair.adds.len(), is_ordered: false, family: 3 });
                design.parameters += pair.adds.len();
                pair_starts.push(from);
            }
            if !pairs.is_empty() {
                fitted = design.fit()?;
            }
        }
        Ok(Learned { features, left_out, starts, pairs, pair_starts, seen, fitted })
    }

    /// Where every row falls in every feature.
    fn places(&self, features: &[Feature], rows: &[usize]) -> Vec<Vec<(usize, Option<f64>)>> {
        let none = Vec::new();
        let of = |feature: &Feature| {
            let cells = self.frame.column(&feature.column).unwrap_or(&none);
            rows.iter().map(|r| feature.cut.place(cells.get(*r).map_or("", String::as_str))).collect()
        };
        features.iter().map(of).collect()
    }

    /// The newest fifth, told by all before it.
    fn newest(&self, dates: &[Option<f64>]) -> Result<Option<Metrics>, Error> {
        let mut order: Vec<usize> = (0..dates.len()).filter(|i| dates[*i].is_some()).collect();
        order.sort_by(|a, b| dates[*a].unwrap_or(0.0).total_cmp(&dates[*b].unwrap_or(0.0)).then(a.cmp(b)));
        let (before, after) = order.split_at(order.len() * 4 / 5);
        let enough = |rows: &[usize]| {
            let yes = rows.iter().filter(|i| self.outcome[**i]).count();
            yes.min(rows.len() - yes) >= FEWEST
        };
        if !enough(before) || !enough(after) {
            return Ok(None);
        }
        let model = self.learn(before)?;
        let chances: Vec<f64> = after.iter().map(|i| chance(model.odds(self, *i))).collect();
        Ok(Some(measure(&chances, &after.iter().map(|i| self.outcome[*i]).collect::<Vec<_>>())))
    }
}

impl Learned {
    /// Whether the fit came to rest, and after how many steps.
    pub(super) fn convergence(&self) -> (bool, usize) {
        (self.fitted.converged, self.fitted.iterations)
    }

    /// The log-odds of a row of the sample.
    pub(super) fn odds(&self, sample: &Sample<'_>, i: usize) -> f64 {
        let beta = &self.fitted.beta;
        let mut odds = beta[0] + sample.offset[i];
        let mut places = Vec::with_capacity(self.features.len());
        for (feature, (start, slope)) in self.features.iter().zip(&self.starts) {
            let cell = sample.frame.column(&feature.column).map_or("", |c| c[sample.rows[i]].as_str());
            let (place, line) = feature.cut.place(cell);
            odds += beta[start + place] + slope.map_or(0.0, |s| beta[s] * line.unwrap_or(0.0));
            places.push(place);
        }
        for (pair, start) in self.pairs.iter().zip(&self.pair_starts) {
            odds += beta[start + pair.cell(places[pair.of[0]], places[pair.of[1]])];
        }
        odds
    }

    fn terms(&self) -> Vec<Term> {
        let beta = &self.fitted.beta;
        let of = |(f, feature): (usize, &Feature)| {
            let (start, slope) = self.starts[f];
            Term {
                adds: beta[start..start + feature.cut.places()].to_vec(),
                slope: slope.map(|s| beta[s]),
                seen: self.seen[f].clone(),
                feature: feature.clone(),
            }
        };
        self.features.iter().enumerate().map(of).collect()
    }

    fn pairs_added(&self) -> Vec<Pair> {
        let added =
            |(pair, start): (&Pair, &usize)| Pair { adds: self.fitted.beta[*start..start + pair.adds.len()].to_vec(), ..pair.clone() };
        self.pairs.iter().zip(&self.pair_starts).map(added).collect()
    }

    /// The lower triangle of the covariance.
    fn triangle(&self) -> Vec<f32> {
        let p = self.fitted.beta.len();
        // Four digits are more than an interval can use.
        let short = |x: f64| format!("{x:.3e}").parse::<f32>().unwrap_or(0.0);
        (0..p).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| short(self.fitted.covariance[i * p + j])).collect()
    }
}

/// The pairs of features that would add most beyond what each adds alone: by the score test on a coarse grid.
fn likely_pairs(
    design: &Design,
    fitted: &Fitted,
    features: &[Feature],
    places: &[Vec<(usize, Option<f64>)>],
    seen: &[Vec<usize>],
) -> Vec<Pair> {
    let merged: Vec<Vec<usize>> = features.iter().zip(seen).map(|(f, seen)| merge(&f.cut, seen)).collect();
    let residual: Vec<(f64, f64)> = (0..design.rows())
        .map(|r| {
            let mu = chance(design.eta(r, &fitted.beta));
            (design.weight[r] * (f64::from(u8::from(design.outcome[r])) - mu), design.weight[r] * mu * (1.0 - mu))
        })
        .collect();
    let mut found: Vec<(f64, Pair)> = Vec::new();
    for a in 0..features.len() {
        for b in a + 1..features.len() {
            let width = |f: usize| merged[f].iter().max().map_or(1, |m| m + 1);
            let pair = Pair { of: [a, b], merged: [merged[a].clone(), merged[b].clone()], adds: vec![0.0; width(a) * width(b)] };
            let mut cells = vec![(0.0, 0.0); pair.adds.len()];
            for (r, (off, curve)) in residual.iter().enumerate() {
                let cell = &mut cells[pair.cell(places[a][r].0, places[b][r].0)];
                cell.0 += off;
                cell.1 += curve;
            }
            // Each cell's gain by one step from nothing, less what chance would give.
            let gain: f64 = cells.iter().filter(|c| c.1 > 0.5).map(|(off, curve)| off * off / (curve + 2.0) - curve / (curve + 2.0)).sum();
            let noise = (2.0 * cells.iter().filter(|c| c.1 > 0.5).count() as f64).sqrt();
            if gain > 1.0 * noise {
                found.push((gain, pair));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.of.cmp(&b.1.of)));
    found.into_iter().take(MOST_PAIRS).map(|f| f.1).collect()
}

/// Coarser places, six or so: neighbouring bins of about equal size, the most frequent levels; what is missing stays apart.
fn merge(cut: &Cut, seen: &[usize]) -> Vec<usize> {
    const PLACES: usize = 8;
    let last = seen.len() - 1;
    let mut merged = vec![0; seen.len()];
    match cut {
        Cut::Number { .. } => {
            let total: usize = seen[..last].iter().sum::<usize>().max(1);
            let mut before = 0;
            for (place, count) in seen[..last].iter().enumerate() {
                merged[place] = ((before + count / 2) * PLACES / total).min(PLACES - 1);
                before += count;
            }
        }
        Cut::Category { .. } => {
            for (place, to) in merged[..last].iter_mut().enumerate() {
                *to = place.min(PLACES - 1);
            }
        }
    }
    // Numbered without gaps, in order.
    let mut names: Vec<usize> = merged[..last].to_vec();
    names.sort_unstable();
    names.dedup();
    for place in &mut merged[..last] {
        *place = names.binary_search(place).unwrap_or(0);
    }
    merged[last] = names.len();
    merged
}
