//! From a table of outcomes to a model, with what there is to say about it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::error::{Error, Kind};
use crate::learn::calibration::{calibrate, chance};
use crate::learn::copies::leads;
use crate::learn::features::{Cut, LeftOut, number};
use crate::learn::frame::Frame;
use crate::learn::leaks::{Leak, Told, screen};
use crate::learn::metrics::{Metrics, measure_leads};
use crate::learn::missing::is_missing;
use crate::learn::model::{Conversion, VERSION, prior_odds};
use crate::learn::options::TrainOptions;
use crate::learn::outcome::{Answer, Named, answer, values as values_shown};
use crate::learn::sample::{Learned, Sample};
use crate::learn::trial::{Trial, newest};
use crate::order::{set, sort};

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
    /// Rows whose outcome is open yet, by what stands there, with how many rows: they teach nothing.
    pub open_outcomes: Vec<(String, usize)>,
    /// Rows that are of the lead of an earlier one: of its credit code, its name, or its copy. In the trial all rows of a lead stand on one
    /// side.
    pub duplicate_rows: usize,
    /// Rows that have an outcome, but were not contacted and so teach nothing.
    pub not_contacted: usize,
    /// The size of a sample of equal weights that would say as much: (Σw)² / Σw² (Kish 1965).
    pub effective_rows: f64,
    /// Columns that are no features, and why.
    pub left_out: Vec<LeftOut>,
    /// Columns that seem to know the outcome. They are used unless excluded; which of them keep the model from being used unless vouched
    /// for, [`Leak::is_vouched_for`] tells.
    pub leaks: Vec<Leak>,
    /// Steps of Newton's method in the last fit, over all updates of its penalties.
    pub iterations: usize,
    /// Whether that fit came to rest.
    pub converged: bool,
    /// How many parameters' worth the data support (effective degrees of freedom), the intercept included.
    pub freedom: f64,
    /// How the model was tried: on five folds, each told by a model of the others, and calibrated by what was told of the others.
    pub folds: Metrics,
    /// And, with a date, on the newest fifth of the rows that have one, told, without calibration, by all before it but rows of leads that
    /// are in both; none without a date, or where either of the two has fewer than ten of either outcome.
    pub newest: Option<Metrics>,
    /// The prior score alone, on the same rows as `folds`.
    pub prior: Option<Metrics>,
    /// `use` when it beats the base rate, and the prior score where there is one, on rows it had not seen, and none of `leaks` keeps it
    /// from that; `check_leaks` when it does and one of them keeps it; else `do_not_use`. It beats them when its log-loss is less than
    /// theirs on the same rows and the 95 % interval of its area under the curve lies over one half, in `folds` and in `newest` where there
    /// is one. Only a model to `use` gives chances.
    pub verdict: &'static str,
}

/// Learns a model from a table.
///
/// # Errors
///
/// `BAD_ARGUMENT` for a column that is not there, for one that may only rise or fall and is none of numbers to learn from, and, naming the
/// row, for a weight that is not over zero; `AMBIGUOUS_OUTCOME`, with the values found, when it cannot be told which of them count, when a
/// value named is not among them, or when it cannot be told who was contacted; `TOO_FEW_OUTCOMES` for one class only, or fewer than ten of
/// either.
#[allow(clippy::too_many_lines, reason = "one step of learning after another, each a line or two")]
pub fn train(frame: &Frame, options: &TrainOptions) -> Result<(Conversion, TrainReport), Error> {
    let cells = frame.column(&options.outcome)?;
    let told_of = |column: &str| {
        let column = column.to_owned();
        move |error: Error| error.at_column(column)
    };
    let named = Named { positive: &options.positive, negative: &options.negative, open: &options.open };
    let positive =
        if options.positive.is_empty() { found(cells, &named).map_err(told_of(&options.outcome))? } else { options.positive.clone() };
    for named in [&positive, &options.negative, &options.open].into_iter().flatten() {
        if !cells.contains(named) {
            let values = values_shown(cells, &|_| false);
            return Err(Error::from(Kind::AmbiguousOutcome(format!("no `{named}` among: {values}"))).at_column(&*options.outcome));
        }
    }
    let named = Named { positive: &positive, ..named };
    let answers = named.answers(cells).map_err(told_of(&options.outcome))?;
    let mut open_outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let open = cells.iter().zip(&answers).filter(|(_, answer)| **answer == Some(Answer::Open));
    open.for_each(|(cell, _)| *open_outcomes.entry(cell.clone()).or_default() += 1);
    let contacted = options.contacted.as_ref().map(|name| contacted(frame.column(name)?).map_err(told_of(name))).transpose()?;
    let known: Vec<usize> = (0..frame.rows()).filter(|r| answers[*r].is_some_and(|a| a != Answer::Open)).collect();
    let taught: Vec<usize> = known.iter().copied().filter(|r| contacted.as_ref().is_none_or(|c| c[*r])).collect();
    let outcome: Vec<bool> = taught.iter().map(|r| answers[*r] == Some(Answer::Yes)).collect();
    let events = outcome.iter().filter(|o| **o).count();
    let least = events.min(outcome.len() - events);
    if least < FEWEST {
        let (rows, no) = (outcome.len(), outcome.len() - events);
        return Err(Kind::TooFewOutcomes { rows, yes: events, no, needed: FEWEST }.into());
    }
    for name in options.exclude.iter().chain(&options.known) {
        // A personal column is left out, whoever names it.
        if !frame.personal().contains(name) {
            frame.column(name)?;
        }
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
    let (offset, usual_prior) = match &options.prior {
        None => (vec![0.0; taught.len()], None),
        Some(name) => {
            let cells = frame.column(name)?;
            let odds: Vec<Option<f64>> = taught.iter().map(|r| prior_odds(&cells[*r])).collect();
            let usual = usual(&odds, &weight);
            (odds.into_iter().map(|odds| odds.unwrap_or(usual)).collect(), Some(usual))
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
    let all: Vec<usize> = (0..taught.len()).collect();
    let mut sample = Sample { frame, rows: taught, outcome, weight, offset, leads: all.clone(), excluded, directions, identifiers: true };
    let told = Told { outcomes: &sample.outcome, weights: &sample.weight, dates: dates.as_deref() };
    let leaks = screen(&frame.select(&sample.rows), &sample.excluded, &options.known, &told);
    let learned = sample.learn(&all)?;
    only_numbers_have_a_direction(frame, &sample, &learned)?;

    let features: Vec<&str> = learned.features.iter().map(|f| f.column.as_str()).collect();
    let leads = leads(frame, &sample.rows, &features, &sample.outcome);
    sample.leads = leads.of;
    let trial = Trial::run(&sample, options.seed)?;
    let measured = |chances: &[f64]| measure_leads(chances, &sample.outcome, &sample.weight, &sample.leads);
    let chances = trial.chances(&sample);
    let tried = measured(&chances);
    let newest = match &dates {
        None => None,
        Some(dates) => newest(&sample, dates, FEWEST)?,
    };
    let prior = options.prior.as_ref().map(|_| measured(&sample.offset.iter().map(|o| chance(*o)).collect::<Vec<_>>()));
    // Each is compared with the prior score on its own rows.
    let beats = |m: &Metrics, prior: Option<&Metrics>| {
        m.log_loss < m.base_log_loss && m.auc_low > 0.5 && prior.is_none_or(|p| m.log_loss < p.log_loss)
    };
    let beats_both = beats(&tried, prior.as_ref()) && newest.as_ref().is_none_or(|[told, its]| beats(told, prior.as_ref().map(|_| its)));
    let verdict = if !beats_both {
        "do_not_use"
    } else if leaks.iter().any(Leak::is_in_the_way) {
        "check_leaks"
    } else {
        "use"
    };
    let report = TrainReport {
        rows: sample.rows.len(),
        events,
        without_outcome: answers.iter().filter(|a| a.is_none()).count(),
        open_outcomes: open_outcomes.into_iter().collect(),
        duplicate_rows: leads.again,
        not_contacted: known.len() - sample.rows.len(),
        effective_rows,
        left_out: learned.left_out.clone(),
        leaks,
        iterations: learned.fitted.iterations,
        converged: learned.fitted.converged,
        freedom: learned.fitted.freedom,
        folds: tried.clone(),
        newest: newest.map(|[told, _]| told),
        prior,
        verdict,
    };
    let model = Conversion {
        format: "xiangma-conversion".to_owned(),
        version: VERSION,
        outcome: options.outcome.clone(),
        positive,
        negative: options.negative.clone(),
        open: options.open.clone(),
        rows: sample.rows.len(),
        events,
        apart: sample.excluded.iter().map(|column| (*column).to_owned()).collect(),
        is_of_enterprises: false,
        prior: options.prior.clone(),
        usual_prior,
        intercept: learned.fitted.beta[0],
        terms: learned.terms(),
        pairs: learned.pairs_added(),
        calibration: calibrate(&trial.odds, &sample.outcome, &sample.weight, |_| true),
        covariance: learned.triangle(),
        tenths: tenths(&chances, &sample.weight),
        metrics: tried,
        verdict: verdict.to_owned(),
        checksum: String::new(),
    };
    Ok((model.sealed(), report))
}

/// The mean of the log-odds that are known, by weight; nought where none is. What is not known then leaves a row where others stand.
fn usual(odds: &[Option<f64>], weights: &[f64]) -> f64 {
    let known = || odds.iter().zip(weights).filter_map(|(odds, weight)| Some(((*odds)?, *weight)));
    let all: f64 = known().map(|(_, weight)| weight).sum();
    if all > 0.0 { known().map(|(odds, weight)| odds * weight).sum::<f64>() / all } else { 0.0 }
}

/// Nine chances that part them into ten groups of equal weight.
fn tenths(chances: &[f64], weights: &[f64]) -> Vec<f64> {
    let mut rows: Vec<(f64, f64)> = chances.iter().copied().zip(weights.iter().copied()).collect();
    sort(&mut rows, &|a, b| a.0.total_cmp(&b.0));
    let all: f64 = rows.iter().map(|r| r.1).sum();
    let edge = |tenth: usize| {
        let mut under = 0.0;
        let at = rows.iter().position(|r| {
            under += r.1;
            under > all * tenth as f64 / 10.0
        });
        at.or(rows.len().checked_sub(1)).map_or(0.0, |at| rows[at].0)
    };
    (1..10).map(edge).collect()
}

/// Of two values, or more, the one that counts, where one alone says yes and all others are named or understood.
fn found(cells: &[String], named: &Named<'_>) -> Result<Vec<String>, Error> {
    let values: BTreeSet<&String> = set(cells.iter().filter(|c| !is_missing(c)));
    let yes: Vec<String> = values.iter().filter(|v| named.says(v) == Some(Answer::Yes)).map(|v| (*v).clone()).collect();
    let in_question = |cell: &str| named.says(cell).is_none_or(|a| a == Answer::Yes);
    if yes.len() > 1 || values.iter().any(|v| named.says(v).is_none()) {
        return Err(Kind::AmbiguousOutcome(values_shown(cells, &in_question)).into());
    }
    Ok(yes)
}

/// Who was contacted: yes, or what begins as what is done does.
fn contacted(cells: &[String]) -> Result<Vec<bool>, Error> {
    let is_done = |cell: &String| match answer(cell) {
        _ if is_missing(cell) => Some(false),
        Some(Answer::Yes) => Some(true),
        Some(Answer::No) => Some(false),
        // Of contact, not yet is no; what goes on has begun.
        Some(Answer::Open) | None => {
            let word = cell.trim();
            if word.starts_with('已') || word.ends_with('过') || word.ends_with('中') || word.eq_ignore_ascii_case("contacted") {
                Some(true)
            } else if word.starts_with(['未', '没', '待', '尚', '暂', '拟']) {
                Some(false)
            } else {
                None
            }
        }
    };
    let flags: Option<Vec<bool>> = cells.iter().map(is_done).collect();
    flags.ok_or_else(|| Kind::AmbiguousOutcome(values_shown(cells, &|cell| is_done(&cell.to_owned()).is_none())).into())
}

fn weights(frame: &Frame, cells: &[String], rows: &[usize]) -> Result<Vec<f64>, Error> {
    let read = |r: &usize| match number(&cells[*r]).filter(|w| *w > 0.0) {
        Some(weight) => Ok(weight),
        None => Err(Error::from(Kind::BadArgument(format!("a weight is over zero, not `{}`", cells[*r]))).at_row(frame.numbers()[*r])),
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
