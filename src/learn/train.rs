//! From a table of outcomes to a model, with what there is to say about it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Error, Kind};
use crate::learn::calibration::calibrate;
use crate::learn::features::{Cut, LeftOut, number};
use crate::learn::frame::{Frame, is_missing};
use crate::learn::leaks::{Leak, screen};
use crate::learn::metrics::{Metrics, measure};
use crate::learn::model::{Conversion, chance, prior_odds};
use crate::learn::options::TrainOptions;
use crate::learn::sample::{Learned, Sample};
use crate::learn::trial::{Trial, newest};

/// Fewer of either outcome than this teach nothing that could be told from chance.
const FEWEST: usize = 10;

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
    for name in &options.exclude {
        frame.column(name)?;
    }
    let excluded = options.apart();
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
    let sum = weight.iter().sum::<f64>();
    let effective_rows = sum * sum / weight.iter().map(|w| w * w).sum::<f64>();
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
    let rising = options.rising.iter().map(|column| (column.as_str(), 1.0));
    let directions = rising.chain(options.falling.iter().map(|column| (column.as_str(), -1.0))).collect();
    let sample = Sample { frame, rows: taught, outcome, weight, offset, excluded, directions, identifiers: true };
    let seen = frame.select(&sample.rows);
    let leaks = screen(&seen, &sample.excluded, &sample.outcome, dates.as_deref());
    let all: Vec<usize> = (0..sample.rows.len()).collect();
    let learned = sample.learn(&all)?;
    only_numbers_have_a_direction(frame, &sample, &learned)?;

    let trial = Trial::run(&sample, options.seed)?;
    let chances = trial.chances(&sample);
    let tried = measure(&chances, &sample.outcome);
    let newest = match &dates {
        None => None,
        Some(dates) => newest(&sample, dates, FEWEST)?,
    };
    let prior = options.prior.as_ref().map(|_| measure(&sample.offset.iter().map(|o| chance(*o)).collect::<Vec<_>>(), &sample.outcome));
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
        apart: sample.excluded.iter().map(|column| (*column).to_owned()).collect(),
        is_of_enterprises: false,
        prior: options.prior.clone(),
        intercept: learned.fitted.beta[0],
        terms: learned.terms(),
        pairs: learned.pairs_added(),
        calibration: calibrate(&trial.odds, &sample.outcome, &sample.weight, |_| true),
        covariance: learned.triangle(),
        tenths: tenths(chances),
        metrics: tried,
        verdict: verdict.to_owned(),
        checksum: String::new(),
    };
    Ok((model.sealed(), report))
}

/// Nine chances that part them into ten equal groups.
fn tenths(mut chances: Vec<f64>) -> Vec<f64> {
    chances.sort_by(f64::total_cmp);
    (1..10).map(|i| chances[chances.len() * i / 10]).collect()
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

/// What may only rise or fall has to be a number.
fn only_numbers_have_a_direction(frame: &Frame, sample: &Sample<'_>, learned: &Learned) -> Result<(), Error> {
    for (column, _) in &sample.directions {
        frame.column(column)?;
        let is_number = |f: &crate::learn::features::Feature| f.column == **column && matches!(f.cut, Cut::Number { .. });
        if !learned.features.iter().any(is_number) {
            return Err(Kind::BadArgument(format!("`{column}` is no column of numbers to learn from: it has no direction")).into());
        }
    }
    Ok(())
}

/// The chance of every row to be contacted, told by folds that do not hold it.
fn propensity(frame: &Frame, contacted: &[bool], excluded: &[&str], seed: u64) -> Result<Vec<f64>, Error> {
    let n = contacted.len();
    let yes = contacted.iter().filter(|c| **c).count();
    if yes.min(n - yes) < FEWEST {
        // Nearly all were contacted, or nearly none: nothing to learn, and nothing to correct.
        return Ok(vec![yes as f64 / n.max(1) as f64; n]);
    }
    let mut sample = Sample::plain(frame, contacted.to_vec(), vec![1.0; n]);
    sample.excluded = excluded.to_vec();
    sample.identifiers = true;
    Ok(Trial::run(&sample, seed)?.odds.into_iter().map(chance).collect())
}
