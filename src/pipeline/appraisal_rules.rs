//! The thresholds by which a zone lets projects in, as data: the file, and what is wrong with one that a zone wrote.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::chain::Finding;
use crate::error::Error;
use crate::pipeline::fact::{FactValue, Gives, ProjectFact};
use crate::pipeline::project::{PolicyClass, ProjectKind};
use crate::pipeline::rules_file::{other_format, read, sound};
use crate::scorecard::{FULL, Value, WEIGHT_SUM, interpolate};

/// 准入规则: what rules a project out, what it must reach, and what it gets points for. Strict JSON: an unknown key is an error.
///
/// Every published sheet has one shape: vetoes, points by figure up to a most for each, and a little on top. The default weighs as 团风县 does what
/// figures can decide, and says in its `note` which thresholds were published and which are only a beginning; a zone writes its own, and
/// [`check_appraisal`] says everything that is wrong with it.
///
/// ```
/// use xiangma::pipeline::AppraisalRules;
///
/// let rules = AppraisalRules::default();
/// assert_eq!(rules.floors[0].below, Some(300.0));
/// let text = serde_json::to_string(&rules)?.replace("\"below\":300.0", "\"below\":260");
/// assert_eq!(AppraisalRules::from_json(&text)?.floors[0].below, Some(260.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AppraisalRules {
    /// `xiangma-appraisal`.
    pub format: String,
    /// The version of the format, 1.
    pub version: u32,
    /// Its id, which a zone chooses.
    pub id: String,
    /// Its title in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Where the figures come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 一票否决: one that holds rules the project out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<ProjectTest>,
    /// 准入门槛: one that holds says that the project falls short, and has to be decided on its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<ProjectTest>,
    /// What gives points; the weights sum to 10 000, which is 100 points.
    pub criteria: Vec<ProjectCriterion>,
    /// 加分项: one that holds adds points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonuses: Vec<ProjectBonus>,
    /// The most that bonuses add together, in hundredths of a point.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub most_bonus: u32,
    /// 及格线: the least score, in hundredths of a point, bonuses included. Without it the rules give points, and let nobody in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passes_from: Option<u32>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// A test of a fact. It holds when one of the conditions that it has does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectTest {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The fact.
    pub fact: ProjectFact,
    /// It is one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<String>,
    /// It is this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<bool>,
    /// It is under this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// It is over this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
    /// For which kinds of project; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ProjectKind>,
}

/// What gives points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectCriterion {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The most points, in hundredths.
    pub weight: u32,
    /// The fact.
    pub fact: ProjectFact,
    /// How much of the weight it gets, 0 to 10 000: `linear`, `range`, `category` or `flag`, as in a scorecard.
    pub value: Value,
    /// For which kinds of project; for all when empty. What is left out for a kind counts neither for nor against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ProjectKind>,
}

/// What adds points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectBonus {
    /// How many, in hundredths.
    pub points: u32,
    /// When it holds.
    pub when: ProjectTest,
}

/// What an error calls these rules.
const RULES: &str = "appraisal";
const FORMAT: &str = "xiangma-appraisal";
const VERSION: u32 = 1;
/// The most criteria, vetoes, floors or bonuses.
const MOST: usize = 64;

impl Default for AppraisalRules {
    fn default() -> Self {
        Self::embedded().swap_remove(0)
    }
}

impl AppraisalRules {
    /// Every set of rules that comes with the library, the default first.
    pub fn presets() -> Vec<Self> {
        Self::embedded()
    }

    fn embedded() -> Vec<Self> {
        #[allow(clippy::expect_used, reason = "an embedded constant that every test reads")]
        serde_json::from_str(include_str!("appraisal.json")).expect("the embedded rules are sound")
    }

    /// Reads rules that a zone wrote.
    ///
    /// # Errors
    ///
    /// `BAD_RULES`, with the first finding of [`check_appraisal`].
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let rules: Self = read(RULES, text)?;
        let findings = rules.findings();
        sound(RULES, rules, findings)
    }

    fn tests(&self) -> impl Iterator<Item = &ProjectTest> {
        self.vetoes.iter().chain(&self.floors).chain(self.bonuses.iter().map(|b| &b.when))
    }

    fn findings(&self) -> Vec<Finding> {
        let mut all: Vec<Finding> = other_format(&self.id, (&self.format, self.version), (FORMAT, VERSION)).into_iter().collect();
        let mut say =
            |code, place: &str, zh: String, en: String| all.push(Finding { code, is_error: true, place: place.to_owned(), zh, en });
        if self.criteria.is_empty() || self.criteria.len().max(self.tests().count()) > MOST {
            let (zh, en) = (format!("评分项须有 1 至 {MOST} 项"), format!("there are 1 to {MOST} criteria, and as many tests at most"));
            say("CRITERIA_COUNT", &self.id, zh, en);
        }
        let sum: u64 = self.criteria.iter().map(|c| u64::from(c.weight)).sum();
        if sum != u64::from(WEIGHT_SUM) {
            say(
                "WEIGHTS",
                &self.id,
                format!("权重合计为 {sum}，应为 {WEIGHT_SUM}"),
                format!("the weights sum to {sum}; they must sum to {WEIGHT_SUM}"),
            );
        }
        if self.passes_from.is_some_and(|least| least > WEIGHT_SUM + self.most_bonus) || self.most_bonus > WEIGHT_SUM {
            say(
                "OUT_OF_RANGE",
                &self.id,
                "及格线高于可得的最高分，或加分上限超过 100 分".to_owned(),
                "no project can reach the passing score, or bonuses add more than 100 points".to_owned(),
            );
        }
        let own = std::iter::once((&self.id, &self.zh, &self.en));
        let named = self.tests().map(|t| (&t.id, &t.zh, &t.en)).chain(self.criteria.iter().map(|c| (&c.id, &c.zh, &c.en)));
        for (id, ..) in own.chain(named).filter(|(id, zh, en)| [id, zh, en].iter().any(|text| text.trim().is_empty())) {
            say("NAME_EMPTY", id, "编号和中英文名称均须填写".to_owned(), "an id and a name in both languages must be there".to_owned());
        }
        for ids in [self.tests().map(|t| &t.id).collect::<Vec<_>>(), self.criteria.iter().map(|c| &c.id).collect()] {
            let mut seen = BTreeSet::new();
            for id in ids.into_iter().filter(|id| !seen.insert(id.as_str())) {
                say("ID_TWICE", id, format!("编号“{id}”重复"), format!("the id `{id}` stands twice"));
            }
        }
        for test in self.tests() {
            if let Some((zh, en)) = test.fault() {
                say("TEST_BAD", &test.id, zh, en);
            }
        }
        for criterion in &self.criteria {
            if let Some((zh, en)) = criterion.fault() {
                say("VALUE_BAD", &criterion.id, zh, en);
            }
        }
        all
    }
}

impl ProjectTest {
    /// What is wrong with it: a test that can never hold is a slip of the pen.
    fn fault(&self) -> Option<(String, String)> {
        let conditions = [
            (Gives::Word, !self.any_of.is_empty()),
            (Gives::Flag, self.is.is_some()),
            (Gives::Number, self.below.is_some() || self.above.is_some()),
        ];
        let gives = self.fact.gives();
        if conditions.iter().any(|(kind, has)| *has != (*kind == gives)) {
            return Some((
                "条件与指标不符：词用 any_of，是否用 is，数字用 below 或 above".to_owned(),
                "its conditions do not fit its fact: a word has `any_of`, a yes or no `is`, a number `below` or `above`".to_owned(),
            ));
        }
        if self.below.or(self.above).is_some_and(f64::is_nan) {
            return Some(("数字无效".to_owned(), "a limit is not a number".to_owned()));
        }
        unknown_word(self.fact, self.any_of.iter())
    }
}

impl ProjectCriterion {
    fn fault(&self) -> Option<(String, String)> {
        let (gives, words) = match &self.value {
            Value::Linear { .. } | Value::Range { .. } => (Gives::Number, None),
            Value::Category { points, .. } => (Gives::Word, Some(points.keys())),
            Value::Flag { .. } => (Gives::Flag, None),
            Value::Percentile { .. } | Value::Freshness { .. } => {
                let (zh, en) = ("只能用 linear、range、category 或 flag", "use `linear`, `range`, `category` or `flag`");
                return Some((zh.to_owned(), en.to_owned()));
            }
        };
        if gives != self.fact.gives() {
            return Some(("分值函数与指标不符".to_owned(), "its value function does not fit its fact".to_owned()));
        }
        if let Some(fault) = self.value.fault() {
            let zh = "分值函数有误：数值须递增，区间不得为空，分值须在 0 至 10000 之间";
            return Some((zh.to_owned(), format!("the value function: {fault}")));
        }
        unknown_word(self.fact, words.into_iter().flatten())
    }

    /// The share of its weight that a fact gets, 0 to 10 000; none for a word that it does not know.
    pub(super) fn points(&self, value: &FactValue) -> Option<u16> {
        let points = match (&self.value, value) {
            (Value::Linear { knots }, FactValue::Number(x)) => interpolate(knots, *x),
            (Value::Range { min, max, inside, outside }, FactValue::Number(x)) => {
                if (*min..=*max).contains(x) {
                    *inside
                } else {
                    *outside
                }
            }
            (Value::Category { points, other }, FactValue::Word(word)) => return points.get(word).copied().or(*other),
            (Value::Flag { yes, no }, FactValue::Flag(flag)) => {
                if *flag {
                    *yes
                } else {
                    *no
                }
            }
            _ => return None,
        };
        Some(points.min(FULL))
    }

    /// From which number on it gets the most it can; none where a number decides nothing.
    pub(super) fn full_at(&self) -> Option<f64> {
        match &self.value {
            Value::Linear { knots } => {
                let most = knots.iter().map(|k| k.1).max()?;
                let first = knots.iter().position(|k| k.1 == most)?;
                // Where fewer are better, up to which number it gets them.
                let at = if first == 0 { knots.iter().take_while(|k| k.1 == most).last() } else { knots.get(first) };
                at.map(|k| k.0)
            }
            Value::Range { min, max, inside, outside } if inside > outside => Some(if min.is_finite() { *min } else { *max }),
            _ => None,
        }
    }
}

/// A word that a fact never says.
fn unknown_word<'w>(fact: ProjectFact, mut words: impl Iterator<Item = &'w String>) -> Option<(String, String)> {
    if fact != ProjectFact::PolicyClass {
        return None;
    }
    let known = PolicyClass::ALL.map(PolicyClass::as_str);
    let word = words.find(|word| !known.contains(&word.as_str()))?;
    let list = known.join(", ");
    Some((format!("没有“{word}”这一类；有：{list}"), format!("there is no class `{word}`; there are {list}")))
}

/// Says everything that is wrong with a file of thresholds; nothing when it can be used.
///
/// | code | meaning |
/// |---|---|
/// | `OTHER_FORMAT` | not a file of thresholds, or of a later version |
/// | `CRITERIA_COUNT` | there is no criterion, or there are more than 64 of something |
/// | `WEIGHTS` | the weights do not sum to 10 000 |
/// | `OUT_OF_RANGE` | nobody can reach the passing score |
/// | `ID_TWICE`, `NAME_EMPTY` | an id and a name must be there, and the id its own |
/// | `TEST_BAD` | a veto, a floor or a bonus whose conditions do not fit its fact |
/// | `VALUE_BAD` | a criterion whose value function does not fit its fact, or is wrong in itself |
///
/// # Errors
///
/// `BAD_RULES` when the text is no file of thresholds at all: a key is unknown or missing, or a word is not one of those known.
///
/// ```
/// use xiangma::pipeline::{AppraisalRules, check_appraisal};
///
/// let mut own = AppraisalRules::default();
/// own.criteria[0].weight += 100;
/// let text = serde_json::to_string(&own)?;
/// assert_eq!(check_appraisal(&text)?[0].code, "WEIGHTS");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_appraisal(text: &str) -> Result<Vec<Finding>, Error> {
    Ok(read::<AppraisalRules>(RULES, text)?.findings())
}
