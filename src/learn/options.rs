//! How a model is learned.

use serde::Deserialize;

/// How a model is learned.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `outcome` | required | the column of the outcome |
/// | `positive` | found | its values that count; asked for (`AMBIGUOUS_OUTCOME`) when they cannot be told |
/// | `negative` | found | its values that count as none; asked for when they cannot be told |
/// | `open` | found | its values that are open yet: such rows teach nothing |
/// | `known` | none | columns that were known beforehand: however much they tell, they do not keep the verdict from `use` |
/// | `date` | none | a column by which the newest fifth is held out for the trial |
/// | `exclude` | none | columns that are no features |
/// | `rising` | none | columns of numbers with which the chance may not fall |
/// | `falling` | none | columns of numbers with which the chance may not rise |
/// | `prior` | none | a column of expert scores, 0 to 100, from whose odds learning begins |
/// | `weight` | none | a column of weights of rows, over zero; only how they compare counts |
/// | `contacted` | none | a column of who was contacted: only those teach, weighted by one over the chance that they were, 20 at most |
/// | `seed` | 1 | of the folds |
///
/// Values are named as they stand in the cells. Where `positive` is not named, every value that is not named as `negative` or `open` has to
/// be understood by its words, and one alone may say yes. A score under 1 is taken as 1, over 99 as 99; what is no number has the mean of
/// the log-odds of those that are. An unknown key is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainOptions {
    pub(super) outcome: String,
    pub(super) positive: Vec<String>,
    pub(super) negative: Vec<String>,
    pub(super) open: Vec<String>,
    pub(super) known: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) exclude: Vec<String>,
    pub(super) rising: Vec<String>,
    pub(super) falling: Vec<String>,
    pub(super) prior: Option<String>,
    pub(super) weight: Option<String>,
    pub(super) contacted: Option<String>,
    pub(super) seed: u64,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            outcome: String::new(),
            positive: Vec::new(),
            negative: Vec::new(),
            open: Vec::new(),
            known: Vec::new(),
            date: None,
            exclude: Vec::new(),
            rising: Vec::new(),
            falling: Vec::new(),
            prior: None,
            weight: None,
            contacted: None,
            seed: 1,
        }
    }
}

impl TrainOptions {
    /// Learns this outcome.
    pub fn new(outcome: impl Into<String>) -> Self {
        Self { outcome: outcome.into(), ..Self::default() }
    }

    /// A value of the outcome that counts, as it stands in the cells; more than one may be named.
    pub fn positive(mut self, value: impl Into<String>) -> Self {
        self.positive.push(value.into());
        self
    }

    /// A value of the outcome that counts as none.
    pub fn negative(mut self, value: impl Into<String>) -> Self {
        self.negative.push(value.into());
        self
    }

    /// A value of the outcome that is open yet.
    pub fn open(mut self, value: impl Into<String>) -> Self {
        self.open.push(value.into());
        self
    }

    /// A column that was known when the decision was made: however much it tells, it does not keep the verdict from `use`.
    pub fn known(mut self, column: impl Into<String>) -> Self {
        self.known.push(column.into());
        self
    }

    /// The column of dates, or of anything that grows with time. It is no feature; rows without a date take no part in the newest fifth.
    pub fn date(mut self, column: impl Into<String>) -> Self {
        self.date = Some(column.into());
        self
    }

    /// A column that is no feature.
    pub fn exclude(mut self, column: impl Into<String>) -> Self {
        self.exclude.push(column.into());
        self
    }

    /// A column of numbers: the more, the higher the chance or the same. It is given no pairs.
    pub fn rising(mut self, column: impl Into<String>) -> Self {
        self.rising.push(column.into());
        self
    }

    /// A column of numbers: the more, the lower the chance or the same. It is given no pairs.
    pub fn falling(mut self, column: impl Into<String>) -> Self {
        self.falling.push(column.into());
        self
    }

    /// The column of expert scores, 0 to 100. It is no feature.
    pub fn prior(mut self, column: impl Into<String>) -> Self {
        self.prior = Some(column.into());
        self
    }

    /// The column of weights, over zero. It is no feature.
    pub fn weight(mut self, column: impl Into<String>) -> Self {
        self.weight = Some(column.into());
        self
    }

    /// The column of who was contacted: yes or no, or words such as 已联系 and 未联系; an empty cell is no. It is no feature.
    pub fn contacted(mut self, column: impl Into<String>) -> Self {
        self.contacted = Some(column.into());
        self
    }

    /// The seed of the folds.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The columns that are no features, nor is anything made of them: what was left out, the outcome, and what has another role.
    pub fn apart(&self) -> Vec<&str> {
        let roles = [&self.date, &self.prior, &self.weight, &self.contacted].into_iter().flatten();
        self.exclude.iter().chain([&self.outcome]).chain(roles).map(String::as_str).collect()
    }
}
