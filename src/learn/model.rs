//! A model as a file: what every feature adds, readable, versioned; and the chances it gives.

use std::cell::Cell;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Kind};
use crate::learn::calibration::{Calibration, chance};
use crate::learn::features::{Cut, Feature, bend};
use crate::learn::frame::Frame;
use crate::learn::keys::Keys;
use crate::learn::metrics::Metrics;
use crate::learn::outcome::{Answer, Named};
use crate::order::sort;

/// A learned chance that an outcome comes about.
///
/// The log-odds of a row are `intercept`, plus those of its prior score where there is one, plus what every feature adds for the place its
/// cell falls in, plus, for numbers, `slope · x` and `bend · (x² − 1) / √2`, where `x` is the cell less `mean` over `deviation` (at most 4
/// either way for the slope, 2 for the bend), plus what pairs add; then calibrated. Its own version and a check sum guard the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conversion {
    /// `xiangma-conversion`.
    pub format: String,
    /// Version of the format: 2.
    pub version: u32,
    /// The column of the outcome.
    pub outcome: String,
    /// Which of its values count as the outcome.
    pub positive: Vec<String>,
    /// Which were named as counting as none.
    pub negative: Vec<String>,
    /// Which were named as open yet.
    pub open: Vec<String>,
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
    /// The log-odds of a score that is not there: the mean of those it was learned from. None without a prior score, and in a model
    /// learned before this was kept, which takes 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual_prior: Option<f64>,
    /// Log-odds before any feature speaks.
    pub intercept: f64,
    /// What every feature adds.
    pub terms: Vec<Term>,
    /// What pairs of features add beyond that.
    pub pairs: Vec<Pair>,
    /// How log-odds become chances.
    pub calibration: Calibration,
    /// How sure the model is of its parameters: the lower triangle of their covariance with its diagonal, row by row, to four digits, in
    /// the order intercept, then of each term its places, its slope and its bend, then of each pair its cells.
    pub covariance: Vec<f32>,
    /// Nine chances that part the rows it was learned from, each told by a model that had not seen it, into ten groups of equal weight.
    pub tenths: Vec<f64>,
    /// What was found out when it was tried on five folds, each by a model that had not seen it.
    pub metrics: Metrics,
    /// `use`; `check_leaks` when a column that it looks at seems to know the outcome and nobody vouched for it; `do_not_use` when it did
    /// not beat what is known without it.
    pub verdict: String,
    /// SHA-256, in lower-case hexadecimal digits, of the text of the file before this key.
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
    /// Of numbers: what a deviation more adds. None for words, and for numbers that may only rise or fall.
    pub slope: Option<f64>,
    /// Of numbers: what their hump or hollow adds, in units of `(x² − 1) / √2` for `x` deviations, at most two. None where `slope` is none.
    pub bend: Option<f64>,
}

/// What two features add together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Which terms, by their places in [`Conversion::terms`].
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
    /// The chance, 0 to 1.
    pub probability: f64,
    /// Its 90 % interval: what the data leave open of the model, not the luck of the single case.
    pub low: f64,
    /// See `low`.
    pub high: f64,
    /// What every feature, and every pair, adds to the log-odds, the most telling first. With `base` they add up to the log-odds of
    /// `probability`, but for rounding.
    pub contributions: Vec<FeatureContribution>,
    /// The log-odds before any feature speaks: the intercept, the prior score, and what calibration changes beyond a scale.
    pub base: f64,
}

/// What one feature adds for one row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureContribution {
    /// The heading, or two of them with ` × ` between.
    pub feature: String,
    /// The cell, or two of them with ` × ` between.
    pub value: String,
    /// What it adds to the log-odds, times the scale of [`Calibration::Platt`] where chances are calibrated so.
    pub adds: f64,
}

impl Conversion {
    /// Reads a model.
    ///
    /// # Errors
    ///
    /// `BAD_MODEL` for what is no model, is of another version, does not hang together, or was changed since it was learned: after the
    /// check sum and the bracket that closes it only white space may stand.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let bad = |what: String| Error::from(Kind::BadModel(what));
        let model = Self::read(text).map_err(bad)?;
        let sealed = text.rsplit_once(SEAL).map(|(before, after)| (sum(before), after.trim_end()));
        if sealed.is_none_or(|(sum, after)| sum != model.checksum || after != format!(": \"{sum}\"\n}}")) {
            return Err(bad("it was changed since it was learned; learn it anew".to_owned()));
        }
        match model.apart_in() {
            Some(part) => Err(bad(format!("its parts do not hang together, at `{part}`"))),
            None => Ok(model),
        }
    }

    /// The first part that does not fit the others, or whose numbers are out of all bounds. What passes can be applied to any table.
    fn apart_in(&self) -> Option<&'static str> {
        let plain = |x: f64| x.abs() <= GREATEST;
        let all_plain = |list: &[f64]| list.iter().all(|x| plain(*x));
        let term = |t: &Term| {
            let places = t.feature.cut.places();
            let seen = t.seen.iter().try_fold(0_usize, |sum, n| sum.checked_add(*n));
            t.feature.cut.holds_together()
                && t.adds.len() == places
                && t.seen.len() == places
                && seen == Some(self.rows)
                && all_plain(&t.adds)
                && [t.slope, t.bend].into_iter().flatten().all(plain)
        };
        let pair = |pair: &Pair| {
            let [first, second] = pair.of;
            let (Some(first), Some(second)) = (self.terms.get(first), self.terms.get(second)) else { return false };
            // What a place is merged into is one of no more places.
            let merged = |(merged, t): (&Vec<usize>, &Term)| merged.len() == t.adds.len() && merged.iter().all(|m| *m < merged.len());
            let cells = pair.merged.iter().try_fold(1_usize, |product, merged| product.checked_mul(merged.iter().max()?.checked_add(1)?));
            pair.merged.iter().zip([first, second]).all(merged) && cells == Some(pair.adds.len()) && all_plain(&pair.adds)
        };
        let p = self.parameters();
        let triangle = p.checked_add(1).and_then(|next| p.checked_mul(next)).map(|twice| twice / 2);
        let covariance = triangle == Some(self.covariance.len()) && self.covariance.iter().all(|v| plain(f64::from(*v)));
        let tenths = self.tenths.len() == 9 && self.tenths.is_sorted() && self.tenths.iter().all(|t| (0.0..=1.0).contains(t));
        let parts = [
            ("rows", u32::try_from(self.rows).is_ok() && self.events <= self.rows),
            ("usual_prior", self.usual_prior.is_none_or(plain)),
            ("intercept", plain(self.intercept)),
            ("terms", self.terms.iter().all(term)),
            ("pairs", self.pairs.iter().all(pair)),
            ("calibration", self.calibration.holds_together()),
            ("covariance", covariance),
            ("tenths", tenths),
            ("verdict", VERDICTS.contains(&self.verdict.as_str())),
        ];
        parts.into_iter().find(|(_, holds)| !holds).map(|(part, _)| part)
    }

    fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let fault = Cell::new(None);
        let keys = Keys::new(&value, &fault);
        let (format, version) = (keys.text("format"), keys.count("version"));
        if fault.get().is_none() && (format != "xiangma-conversion" || version != VERSION as usize) {
            return Err(format!("expected `xiangma-conversion` version {VERSION}, found `{format}` version {version}; learn it anew"));
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
            negative: keys.texts("negative"),
            open: keys.texts("open"),
            rows: keys.count("rows"),
            events: keys.count("events"),
            apart: keys.texts("apart"),
            is_of_enterprises: keys.flag("is_of_enterprises"),
            prior: keys.has("prior").then(|| keys.text("prior")),
            usual_prior: some(keys, "usual_prior"),
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
        self.checksum = self.to_json().rsplit_once(SEAL).map(|(before, _)| sum(before)).unwrap_or_default();
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

    /// What happened in every row of a table; none where nothing is said, or it is open yet.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a table without the column of the outcome; `AMBIGUOUS_OUTCOME` for values not known as yes, no or open, among
    /// them one that says yes and is not in `positive`.
    pub fn outcomes(&self, frame: &Frame) -> Result<Vec<Option<bool>>, Error> {
        let named = Named { positive: &self.positive, negative: &self.negative, open: &self.open };
        let answers = named.answers(frame.column(&self.outcome)?).map_err(|e| e.at_column(&*self.outcome))?;
        Ok(answers.into_iter().map(|a| a.filter(|a| *a != Answer::Open).map(|a| a == Answer::Yes)).collect())
    }

    /// True when the model stood its trial, and no column that it looks at seems to know the outcome.
    pub fn is_usable(&self) -> bool {
        self.verdict == "use"
    }

    /// The chances of every row of a table, in its order. Columns it was learned from that are not there count as missing. For a model
    /// [of enterprises](Self::is_of_enterprises) the table is read by [`Frame::read_with_enterprises`].
    ///
    /// # Errors
    ///
    /// `FAILED_MODEL` for a model whose verdict is not `use`: what it says would be taken for knowledge.
    /// [`predict_anyway`](Self::predict_anyway) tells it all the same.
    pub fn predict(&self, frame: &Frame) -> Result<Vec<Prediction>, Error> {
        if self.is_usable() { Ok(self.predict_anyway(frame)) } else { Err(Kind::FailedModel(self.verdict.clone()).into()) }
    }

    /// As [`predict`](Self::predict), whatever the verdict.
    pub fn predict_anyway(&self, frame: &Frame) -> Vec<Prediction> {
        let none = vec![String::new(); frame.rows()];
        let columns: Vec<&[String]> = self.terms.iter().map(|t| frame.column(&t.feature.column).unwrap_or(&none)).collect();
        let prior = self.prior.as_ref().map(|name| frame.column(name).unwrap_or(&none));
        (0..frame.rows()).map(|r| self.row(frame.numbers()[r], &|t| columns[t][r].as_str(), prior.map(|p| p[r].as_str()))).collect()
    }

    fn row<'c>(&self, number: u32, cell: &dyn Fn(usize) -> &'c str, prior: Option<&str>) -> Prediction {
        let mut at: Vec<(usize, f64)> = vec![(0, 1.0)];
        let mut contributions = Vec::with_capacity(self.terms.len());
        let mut places: Vec<(usize, Option<f64>)> = Vec::with_capacity(self.terms.len());
        let mut from = 1;
        let mut odds = self.intercept + prior.map_or(0.0, |cell| prior_odds(cell).or(self.usual_prior).unwrap_or(0.0));
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

/// The version of the format.
pub(crate) const VERSION: u32 = 2;

/// What can be said of a model.
const VERDICTS: [&str; 3] = ["use", "check_leaks", "do_not_use"];

/// No log-odds, and no variance of any, are greater: far over what can be learned, and far under what sums could not hold.
const GREATEST: f64 = 1e9;

/// The last key. The check sum is of all before it.
const SEAL: &str = "\"checksum\"";

fn sum(before: &str) -> String {
    crate::text::sha256(before)
}

/// The log-odds of an expert score of 0 to 100; none for what is no number.
pub(crate) fn prior_odds(cell: &str) -> Option<f64> {
    crate::learn::features::number(cell).map(|score| {
        let p = (score / 100.0).clamp(0.01, 0.99);
        libm::log(p / (1.0 - p))
    })
}
