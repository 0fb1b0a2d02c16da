//! A model as a file: what every feature adds, readable, versioned; and the chances it gives.

use std::cell::Cell;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Kind};
use crate::learn::calibration::Calibration;
use crate::learn::features::{Cut, Feature, bend};
use crate::learn::frame::Frame;
use crate::learn::keys::Keys;
use crate::learn::metrics::Metrics;
use crate::order::sort;

/// A learned chance that an outcome comes about.
///
/// The log-odds of a row are `intercept` plus what every feature adds for the place its cell falls in, plus, for numbers, `slope · x` and
/// `bend · (x² − 1) / √2`, where `x` is the cell less `mean` over `deviation` (at most 4 either way for the slope, 2 for the bend), plus
/// what pairs add; then calibrated. Its own version and a check sum guard the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversion {
    /// `xiangma-conversion`.
    pub format: String,
    /// Version of the format: 1.
    pub version: u32,
    /// The column of the outcome.
    pub outcome: String,
    /// Which of its values count as the outcome.
    pub positive: Vec<String>,
    /// Rows it was learned from.
    pub rows: usize,
    /// Of them, with the outcome.
    pub events: usize,
    /// Columns that are no features: the outcome, and what was named as something else or left out.
    pub apart: Vec<String>,
    /// True when features of intake and locating are added to the columns of the table.
    pub is_of_enterprises: bool,
    /// The column of an expert score, 0 to 100, from whose odds learning begins.
    pub prior: Option<String>,
    /// Log-odds before any feature speaks.
    pub intercept: f64,
    /// What every feature adds.
    pub terms: Vec<Term>,
    /// What pairs of features add beyond that.
    pub pairs: Vec<Pair>,
    /// How log-odds become chances.
    pub calibration: Calibration,
    /// How sure the model is of its parameters: the lower triangle of their covariance, row by row, in the order intercept, then of each
    /// term its places, its slope and its bend, then of each pair its cells.
    pub covariance: Vec<f32>,
    /// Nine chances that part the rows it was learned from, each told by a model that had not seen it, into ten equal groups.
    pub tenths: Vec<f64>,
    /// What was found out when it was tried on rows it had not seen.
    pub metrics: Metrics,
    /// `use`, or `do_not_use` when it did not beat the base rate.
    pub verdict: String,
    /// SHA-256 of the text before it.
    pub checksum: String,
}

/// What one feature adds to the log-odds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// The feature.
    pub feature: Feature,
    /// By place; the last for what is missing.
    pub adds: Vec<f64>,
    /// Rows in each place.
    pub seen: Vec<usize>,
    /// Of numbers: what a deviation more adds.
    pub slope: Option<f64>,
    /// Of numbers: what their hump or hollow adds, in units of `(x² − 1) / √2` for `x` deviations, at most two.
    pub bend: Option<f64>,
}

/// What two features add together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Which terms.
    pub of: [usize; 2],
    /// Of each term's places, which coarser one it belongs to.
    pub merged: [Vec<usize>; 2],
    /// By place of the first, then of the second.
    pub adds: Vec<f64>,
    /// True when `adds` is a trend: multiplied by how many deviations, at most two, the numbers among the two are from their means.
    pub is_trend: bool,
}

impl Pair {
    /// The cell of two places, each with its value on the straight line, and what it is multiplied by.
    pub(crate) fn at(&self, cuts: [&Cut; 2], [first, second]: [(usize, Option<f64>); 2]) -> (usize, f64) {
        let width = self.merged[1].iter().max().map_or(1, |m| m + 1);
        let cell = self.merged[0][first.0] * width + self.merged[1][second.0];
        (cell, if self.is_trend { cuts[0].trend(first.1) * cuts[1].trend(second.1) } else { 1.0 })
    }
}

/// The chance of one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// The number of the row in its file.
    pub row: u32,
    /// The chance.
    pub probability: f64,
    /// Its 90 % interval: what the data leave open of the model, not the luck of the single case.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// What every feature adds to the log-odds, the most telling first. With `base` they add up to them exactly.
    pub contributions: Vec<FeatureContribution>,
    /// The log-odds before any feature speaks.
    pub base: f64,
}

/// What one feature adds for one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureContribution {
    /// The heading, or two of them.
    pub feature: String,
    /// The cell.
    pub value: String,
    /// What it adds to the log-odds, calibrated.
    pub adds: f64,
}

impl Conversion {
    /// Reads a model.
    ///
    /// # Errors
    ///
    /// `BAD_MODEL` for what is no model, is of another version, does not hang together, or was changed since it was learned.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let bad = |what: String| Error::from(Kind::BadModel(what));
        let model = Self::read(text).map_err(bad)?;
        if sum(text) != model.checksum {
            return Err(bad("it was changed since it was learned; learn it anew".to_owned()));
        }
        let fits = |t: &Term| t.adds.len() == t.feature.cut.places();
        let p = model.parameters();
        let pairs = model.pairs.iter().all(|pair| {
            pair.of.iter().zip(&pair.merged).all(|(of, merged)| model.terms.get(*of).is_some_and(|t| merged.len() == t.adds.len()))
                && pair.adds.len() == pair.merged.iter().map(|m| m.iter().max().map_or(0, |x| x + 1)).product::<usize>()
        });
        if !model.terms.iter().all(fits) || !pairs || model.covariance.len() != p * (p + 1) / 2 || !model.calibration.holds_together() {
            return Err(bad("its parts do not hang together".to_owned()));
        }
        Ok(model)
    }

    fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let fault = Cell::new(None);
        let keys = Keys::new(&value, &fault);
        let (format, version) = (keys.text("format"), keys.count("version"));
        if fault.get().is_none() && (format != "xiangma-conversion" || version != 1) {
            return Err(format!("expected `xiangma-conversion` version 1, found `{format}` version {version}"));
        }
        let some = |keys: Keys<'_>, key| keys.has(key).then(|| keys.number(key));
        let term = |keys: Keys<'_>| Term {
            feature: Feature::read(keys.object("feature")),
            adds: keys.numbers("adds"),
            seen: keys.counts("seen"),
            slope: some(keys, "slope"),
            bend: some(keys, "bend"),
        };
        let pair = |keys: Keys<'_>| Pair {
            of: keys.two_counts("of"),
            merged: keys.two_lists_of_counts("merged"),
            adds: keys.numbers("adds"),
            is_trend: keys.flag("is_trend"),
        };
        let model = Self {
            format,
            version: version as u32,
            outcome: keys.text("outcome"),
            positive: keys.texts("positive"),
            rows: keys.count("rows"),
            events: keys.count("events"),
            apart: keys.texts("apart"),
            is_of_enterprises: keys.flag("is_of_enterprises"),
            prior: keys.has("prior").then(|| keys.text("prior")),
            intercept: keys.number("intercept"),
            terms: keys.objects("terms", &term),
            pairs: keys.objects("pairs", &pair),
            calibration: Calibration::read(keys, "calibration"),
            covariance: keys.numbers("covariance").into_iter().map(|v| v as f32).collect(),
            tenths: keys.numbers("tenths"),
            metrics: Metrics::read(keys.object("metrics")),
            verdict: keys.text("verdict"),
            checksum: keys.text("checksum"),
        };
        match fault.get() {
            Some(key) => Err(format!("its key `{key}` is missing or of another kind")),
            None => Ok(model),
        }
    }

    /// The model as JSON, as [`from_json`](Self::from_json) reads it.
    pub fn to_json(&self) -> String {
        crate::learn::written::lines(self)
    }

    /// Puts the check sum in.
    #[cfg(feature = "train")]
    pub(crate) fn sealed(mut self) -> Self {
        // What is written is what is read back.
        if let Ok(read) = Self::read(&self.to_json()) {
            self = read;
        }
        self.checksum = sum(&self.to_json());
        self
    }

    fn parameters(&self) -> usize {
        let terms: usize = self.terms.iter().map(|t| t.adds.len() + usize::from(t.slope.is_some()) + usize::from(t.bend.is_some())).sum();
        1 + terms + self.pairs.iter().map(|p| p.adds.len()).sum::<usize>()
    }

    /// The same model, told whether the features of enterprises are added to a table before it is read.
    #[cfg(feature = "train")]
    pub fn of_enterprises(mut self, is_of_enterprises: bool) -> Self {
        self.is_of_enterprises = is_of_enterprises;
        self.sealed()
    }

    /// The columns that are no features, nor is anything made of them.
    pub fn apart(&self) -> Vec<&str> {
        self.apart.iter().map(String::as_str).collect()
    }

    /// What happened in every row of a table; none where nothing is said.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a table without the column of the outcome.
    pub fn outcomes(&self, frame: &Frame) -> Result<Vec<Option<bool>>, Error> {
        let cells = frame.column(&self.outcome)?;
        Ok(cells.iter().map(|c| (!crate::learn::frame::is_missing(c)).then(|| self.positive.contains(c))).collect())
    }

    /// The chances of every row of a table. Columns it was learned from that are not there count as missing.
    pub fn predict(&self, frame: &Frame) -> Vec<Prediction> {
        let none = vec![String::new(); frame.rows()];
        let columns: Vec<&[String]> = self.terms.iter().map(|t| frame.column(&t.feature.column).unwrap_or(&none)).collect();
        let prior = self.prior.as_ref().map(|name| frame.column(name).unwrap_or(&none));
        (0..frame.rows()).map(|r| self.row(frame.numbers[r], &|t| columns[t][r].as_str(), prior.map(|p| p[r].as_str()))).collect()
    }

    fn row<'c>(&self, number: u32, cell: &dyn Fn(usize) -> &'c str, prior: Option<&str>) -> Prediction {
        let mut at: Vec<(usize, f64)> = vec![(0, 1.0)];
        let mut contributions = Vec::with_capacity(self.terms.len());
        let mut places: Vec<(usize, Option<f64>)> = Vec::with_capacity(self.terms.len());
        let mut from = 1;
        let mut odds = self.intercept + prior.map_or(0.0, prior_odds);
        let scale = self.calibration.scale();
        for (t, term) in self.terms.iter().enumerate() {
            let (place, line) = term.feature.cut.place(cell(t));
            let mut adds = term.adds[place];
            at.push((from + place, 1.0));
            from += term.adds.len();
            let lines = [(term.slope, line.unwrap_or(0.0)), (term.bend, line.map_or(0.0, bend))];
            for (by, x) in lines.into_iter().filter_map(|(by, x)| Some((by?, x))) {
                adds += by * x;
                at.push((from, x));
                from += 1;
            }
            places.push((place, line));
            odds += adds;
            contributions.push(FeatureContribution { feature: term.feature.column.clone(), value: cell(t).to_owned(), adds: adds * scale });
        }
        for pair in &self.pairs {
            let [a, b] = pair.of;
            let (its, x) = pair.at([&self.terms[a].feature.cut, &self.terms[b].feature.cut], [places[a], places[b]]);
            at.push((from + its, x));
            from += pair.adds.len();
            let adds = pair.adds[its] * x;
            odds += adds;
            let name = |i: usize| self.terms[pair.of[i]].feature.column.as_str();
            contributions.push(FeatureContribution {
                feature: format!("{} × {}", name(0), name(1)),
                value: format!("{} × {}", cell(pair.of[0]), cell(pair.of[1])),
                adds: adds * scale,
            });
        }
        let v = |i: usize, j: usize| f64::from(self.covariance[i.max(j) * (i.max(j) + 1) / 2 + i.min(j)]);
        let spread: f64 = at.iter().map(|(i, x)| at.iter().map(|(j, y)| x * y * v(*i, *j)).sum::<f64>()).sum();
        let half = 1.644_853_626_951_472 * spread.max(0.0).sqrt();
        let told = |odds: f64| self.calibration.apply(odds);
        // What calibration changes beyond a scale is told before any feature speaks, so that the parts add up.
        let base = told(odds) - contributions.iter().map(|c| c.adds).sum::<f64>();
        sort(&mut contributions, &|a, b| b.adds.abs().total_cmp(&a.adds.abs()).then_with(|| a.feature.cmp(&b.feature)));
        Prediction {
            row: number,
            probability: chance(told(odds)),
            low: chance(told(odds - half)),
            high: chance(told(odds + half)),
            contributions,
            base,
        }
    }
}

/// The check sum of a model's text: of all before the check sum itself.
fn sum(text: &str) -> String {
    crate::text::sha256(text.rfind("\"checksum\"").map_or(text, |at| &text[..at]))
}

/// Log-odds to chance.
pub(crate) fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

/// The log-odds of an expert score of 0 to 100; none for what is no number.
pub(crate) fn prior_odds(cell: &str) -> f64 {
    crate::learn::features::number(cell).map_or(0.0, |score| {
        let p = (score / 100.0).clamp(0.01, 0.99);
        libm::log(p / (1.0 - p))
    })
}
