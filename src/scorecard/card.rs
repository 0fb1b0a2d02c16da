//! The scorecard: criteria, weights, vetoes. JSON, versioned, strict.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};
use crate::rates::Rates;
use crate::scorecard::fact::{Asked, gives, words_of};
use crate::scorecard::points::MOST_INPUTS;
use crate::scorecard::value::FULL;
use crate::scorecard::{Value, whole_shares};

/// What the weights of a scorecard sum to.
pub const WEIGHT_SUM: u32 = 10_000;

/// A text in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// How enterprises are judged. Strict JSON: an unknown key is an error.
///
/// ```
/// let mut card = xiangma::Scorecard::attraction();
/// let text = card.to_json();
/// assert_eq!(xiangma::Scorecard::from_json(&text)?, card);
///
/// let wrong = text.replacen("\"weight\"", "\"wieght\"", 1);
/// assert_eq!(xiangma::Scorecard::from_json(&wrong).unwrap_err().code(), "BAD_SCORECARD");
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scorecard {
    /// `xiangma-scorecard`.
    pub format: String,
    /// Version of the format: 1.
    pub version: u32,
    /// Its id.
    pub id: String,
    /// Its own revision; rankings are comparable within one.
    pub revision: String,
    /// Its name.
    pub title: Label,
    /// Rates that turn foreign money into yuan.
    pub rates: Rates,
    /// Under this share of known weight (0 to 10 000) the grade is `ask`: more has to be asked about the enterprise before it is judged.
    pub coverage_floor: u16,
    /// Grades, best first, each from a score (0 to 10 000) up.
    pub grades: Vec<Grade>,
    /// The criteria, 1 to 64; their weights sum to 10 000.
    pub criteria: Vec<Criterion>,
    /// What rules an enterprise out, whatever its score; at most 64.
    #[serde(default)]
    pub vetoes: Vec<Veto>,
}

/// A grade and the score it begins at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// The least score, 0 to 10 000.
    pub from: u16,
}

/// A criterion (指标).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Label,
    /// Its weight, 0 to 10 000.
    pub weight: u32,
    /// How its inputs join.
    #[serde(default)]
    pub combine: Combine,
    /// What it looks at: 1 to 32 inputs.
    pub inputs: Vec<Input>,
}

/// How the inputs of a criterion join into its points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Combine {
    /// Their mean, by share.
    #[default]
    Mean,
    /// The first that is known.
    First,
    /// The best that is known.
    Best,
}

/// A fact and the value function it goes through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The fact: one of [`Scorecard::FACTS`], or `column:HEADER`.
    pub from: String,
    /// Its share in a mean, 1 to 10 000.
    #[serde(default = "one")]
    pub share: u32,
    /// Points while the fact is unknown, within what the value function can give.
    pub unknown: u16,
    /// The value function.
    pub value: Value,
}

fn one() -> u32 {
    1
}

/// What rules an enterprise out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Label,
    /// The fact.
    pub from: String,
    /// Words that rule out.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// A flag that rules out.
    #[serde(default)]
    pub is: Option<bool>,
    /// A number under this rules out.
    #[serde(default)]
    pub below: Option<f64>,
    /// A number over this rules out.
    #[serde(default)]
    pub above: Option<f64>,
}

impl Scorecard {
    /// The facts an input or a veto may name.
    pub const FACTS: [&str; 26] = [
        "chain.score",
        "chain.role",
        "chain.evidence",
        "link.focus",
        "link.standing",
        "park.need",
        "park.related",
        "capital",
        "registered_capital",
        "paid_in_capital",
        "paid_ratio",
        "revenue",
        "staff",
        "size",
        "age_years",
        "financing_date",
        "qualification",
        "listing",
        "patent_count",
        "status",
        "branch",
        "resident",
        "province",
        "city",
        "reach.target_region",
        "reach.introducer",
    ];

    /// The default card: chain fit first, then what the park needs, then strength, growth, reach and risk.
    pub fn attraction() -> Self {
        Self::preset(include_str!("cards/attraction.json"))
    }

    /// "Fill the gaps first": the weights lean to need.
    pub fn gaps_first() -> Self {
        Self::attraction().weighed("gaps_first", "补链优先", "Fill the gaps first", [2200, 2800, 900, 900, 900, 800, 500, 600, 400])
    }

    /// "Promising firms first": the weights lean to growth and innovation.
    pub fn promising_first() -> Self {
        Self::attraction().weighed(
            "promising_first",
            "潜力企业优先",
            "Promising firms first",
            [2500, 1000, 400, 500, 1500, 2100, 1300, 400, 300],
        )
    }

    /// "Anchors first": the weights lean to scale and qualification.
    pub fn anchors_first() -> Self {
        Self::attraction().weighed("anchors_first", "链主优先", "Anchors first", [2500, 1100, 500, 2600, 1500, 400, 700, 400, 300])
    }

    /// Every card that comes with the library, the default first.
    pub fn presets() -> Vec<Self> {
        vec![Self::attraction(), Self::gaps_first(), Self::promising_first(), Self::anchors_first()]
    }

    fn preset(text: &str) -> Self {
        #[allow(clippy::expect_used, reason = "an embedded constant that every test reads")]
        Self::from_json(text).expect("the embedded scorecard is valid")
    }

    fn weighed(mut self, id: &str, zh: &str, en: &str, weights: [u32; 9]) -> Self {
        id.clone_into(&mut self.id);
        self.title = Label { zh: zh.to_owned(), en: en.to_owned() };
        for (criterion, weight) in self.criteria.iter_mut().zip(weights) {
            criterion.weight = weight;
        }
        self
    }

    /// Reads a scorecard.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD`, naming the key, criterion or veto at fault.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let card: Self = serde_json::from_str(text).map_err(|e| {
            let line = u32::try_from(e.line()).ok().filter(|l| *l > 0);
            let error = Error::from(Kind::BadScorecard(e.to_string()));
            line.map_or(error.clone(), |l| error.at_row(l))
        })?;
        card.check()?;
        Ok(card)
    }

    /// The card as JSON, as [`from_json`](Self::from_json) reads it.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The weights of the criteria, in order.
    pub fn weights(&self) -> Vec<u32> {
        self.criteria.iter().map(|c| c.weight).collect()
    }

    /// The card with other weights, brought to a sum of 10 000 by largest remainders; as it is where they do not fit.
    pub(crate) fn with_weights(mut self, weights: &[u32]) -> Self {
        let parts: Vec<u128> = weights.iter().map(|w| u128::from(*w)).collect();
        if parts.len() != self.criteria.len() || parts.iter().all(|p| *p == 0) {
            return self;
        }
        let whole = whole_shares(&parts, WEIGHT_SUM);
        self.criteria.iter_mut().zip(whole).for_each(|(criterion, weight)| criterion.weight = weight);
        self
    }

    /// Checks every rule of a scorecard.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD`, naming the first fault.
    pub fn check(&self) -> Result<(), Error> {
        let bad = |at: &str, what: String| Err(Error::from(Kind::BadScorecard(what)).at_column(at));
        if self.format != "xiangma-scorecard" || self.version != 1 {
            return bad("format", format!("expected `xiangma-scorecard` version 1, found `{}` version {}", self.format, self.version));
        }
        if self.criteria.is_empty() || self.criteria.len() > 64 {
            return bad("criteria", format!("a card has 1 to 64 criteria, this one {}", self.criteria.len()));
        }
        let sum: u64 = self.criteria.iter().map(|c| u64::from(c.weight)).sum();
        if sum != u64::from(WEIGHT_SUM) {
            return bad("weight", format!("the weights sum to {sum}; they must sum to {WEIGHT_SUM}"));
        }
        if self.grades.windows(2).any(|w| w[0].from <= w[1].from) || self.grades.last().is_none_or(|g| g.from != 0) {
            return bad("grades", "grades fall from the best to one that begins at 0".to_owned());
        }
        let names = |i: usize| self.grades[..i].iter().any(|g| g.name == self.grades[i].name);
        if let Some(i) = (0..self.grades.len()).find(|i| self.grades[*i].name.is_empty() || self.grades[*i].name == "ask" || names(*i)) {
            return bad("grades", format!("`{}`: every grade has a name of its own, and `ask` is taken", self.grades[i].name));
        }
        if let Some(grade) = self.grades.iter().find(|g| g.from > FULL) {
            return bad("grades", format!("`{}` begins at {}, and no score is over {FULL}", grade.name, grade.from));
        }
        if self.coverage_floor > FULL {
            return bad("coverage_floor", format!("{} is over {FULL}: everybody would be asked about", self.coverage_floor));
        }
        self.rates.check()?;
        for (index, criterion) in self.criteria.iter().enumerate() {
            let id = &criterion.id;
            if id.is_empty() || self.criteria[..index].iter().any(|c| c.id == *id) {
                return bad(id, "every criterion has an id of its own".to_owned());
            }
            if criterion.inputs.is_empty() || criterion.inputs.len() > MOST_INPUTS {
                return bad(id, format!("a criterion looks at 1 to {MOST_INPUTS} facts, this one at {}", criterion.inputs.len()));
            }
            for input in &criterion.inputs {
                if !known(&input.from) {
                    return bad(id, format!("`{}` is no fact; known: {}, column:HEADER", input.from, Self::FACTS.join(", ")));
                }
                if !(1..=u32::from(FULL)).contains(&input.share) {
                    return bad(id, format!("the share of `{}` is {}; it lies between 1 and {FULL}", input.from, input.share));
                }
                if let Some(fault) = fits(&input.from, input.value.asks()) {
                    return bad(id, fault);
                }
                if let Value::Category { points, .. } = &input.value
                    && let Some(fault) = points.keys().find_map(|word| says(&input.from, word))
                {
                    return bad(id, fault);
                }
                if let Some(fault) = input.value.fault() {
                    return bad(id, format!("the value function of `{}`: {fault}", input.from));
                }
                let (low, high) = input.value.bounds();
                if !(low..=high).contains(&input.unknown) {
                    return bad(id, format!("unknown is {} points, outside the {low} to {high} `{}` can give", input.unknown, input.from));
                }
            }
        }
        if self.vetoes.len() > MOST_VETOES {
            return bad("vetoes", format!("a card has at most {MOST_VETOES} vetoes, this one {}", self.vetoes.len()));
        }
        for (index, veto) in self.vetoes.iter().enumerate() {
            let id = &veto.id;
            if id.is_empty() || self.vetoes[..index].iter().any(|v| v.id == *id) {
                return bad(id, "every veto has an id of its own".to_owned());
            }
            if !known(&veto.from) || veto.asks().next().is_none() {
                return bad(id, format!("a veto names a fact (found `{}`) and a test: any_of, is, below or above", veto.from));
            }
            let faults = veto.asks().filter_map(|asked| fits(&veto.from, asked));
            if let Some(fault) = faults.chain(veto.any_of.iter().filter_map(|word| says(&veto.from, word))).next() {
                return bad(id, fault);
            }
        }
        Ok(())
    }
}
impl Veto {
    /// What its tests ask for.
    pub(crate) fn asks(&self) -> impl Iterator<Item = Asked> {
        let word = (!self.any_of.is_empty()).then_some(Asked::Word);
        let flag = self.is.map(|_| Asked::Flag);
        let number = self.below.or(self.above).map(|_| Asked::Number);
        word.into_iter().chain(flag).chain(number)
    }
}

/// The most vetoes a card has: a bit each of 64.
const MOST_VETOES: usize = 64;

/// What is wrong with asking this of a fact: a test that can never hold is a slip of the pen.
fn fits(fact: &str, asked: Asked) -> Option<String> {
    let gives = gives(fact).filter(|gives| *gives != asked)?;
    Some(format!("`{fact}` is a {}, and it is judged as a {}", gives.as_str(), asked.as_str()))
}

/// What is wrong with a word that a fact never says.
fn says(fact: &str, word: &str) -> Option<String> {
    let words = words_of(fact).filter(|words| !words.contains(&word))?;
    Some(format!("`{fact}` is never `{word}`; it is one of: {}", words.join(", ")))
}

fn known(fact: &str) -> bool {
    Scorecard::FACTS.contains(&fact) || fact.strip_prefix("column:").is_some_and(|h| !h.is_empty())
}
