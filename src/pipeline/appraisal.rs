//! 项目评审: whether a project is let in, by the thresholds of a zone, and what is not known yet.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::chain::Finding;
use crate::pipeline::appraisal_rules::{AppraisalRules, ProjectCriterion, ProjectTest};
use crate::pipeline::fact::{FactValue, ProjectFact};
use crate::pipeline::phases::Demand;
use crate::pipeline::project::{Project, ProjectKind};
use crate::rates::Rates;
use crate::scorecard::{FULL, WEIGHT_SUM, whole_shares};

/// What an appraisal comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 通过: nothing rules it out, every floor is reached, and so is the passing score, whatever is still not known.
    Passes,
    /// 有条件: nothing rules it out, and a floor or the passing score is missed for certain: to be decided on its own.
    Conditional,
    /// 否决: a veto holds.
    Vetoed,
    /// 暂不能评定: what is not known decides, or the rules have no passing score.
    Unknown,
}

impl Verdict {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Passes, Self::Conditional, Self::Vetoed, Self::Unknown];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passes => "passes",
            Self::Conditional => "conditional",
            Self::Vetoed => "vetoed",
            Self::Unknown => "unknown",
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Passes => ("通过", "passes"),
            Self::Conditional => ("未达标，须专题研究", "falls short; to be decided on its own"),
            Self::Vetoed => ("否决", "vetoed"),
            Self::Unknown => ("暂不能评定", "cannot be said yet"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A project, appraised.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Appraisal {
    /// Its number.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Id of the rules.
    pub rules: String,
    /// What it comes to.
    pub verdict: Verdict,
    /// The score in hundredths of a point, bonuses included; none while something that it rests on is not known.
    pub score: Option<u32>,
    /// The least that the score can be, whatever is still learned.
    pub low: u32,
    /// The most.
    pub high: u32,
    /// The share of the weight that rests on facts, 0 to 10 000.
    pub known: u32,
    /// The passing score; none where the rules only give points.
    pub passes_from: Option<u32>,
    /// Vetoes that apply to its kind.
    pub vetoes: Vec<Tested>,
    /// Floors that apply to its kind.
    pub floors: Vec<Tested>,
    /// Criteria that apply to its kind.
    pub criteria: Vec<Appraised>,
    /// Bonuses that apply to its kind.
    pub bonuses: Vec<Tested>,
    /// The fields to ask for.
    pub missing: Vec<Demand>,
    /// Why, in sentences.
    ///
    /// | code | error | meaning |
    /// |---|---|---|
    /// | `VETOED` | yes | a veto holds |
    /// | `UNDER_FLOOR` | yes | a floor is missed |
    /// | `SCORE_LOW` | yes | the score is under the passing score for certain |
    /// | `NO_PASSING_SCORE` | no | the rules only give points |
    /// | `FACT_MISSING` | no | a field that is not known, or cannot be used |
    pub reasons: Vec<Finding>,
}

/// A veto, a floor or a bonus, tested.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "TestedFact"))]
#[non_exhaustive]
pub struct Tested {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The fact.
    pub fact: ProjectFact,
    /// As the project has it.
    pub value: Option<FactValue>,
    /// The number it is held against.
    pub threshold: Option<f64>,
    /// Whether it holds; none where that is not known.
    pub holds: Option<bool>,
    /// What it adds, in hundredths of a point; nothing for a veto or a floor.
    pub points: u32,
    /// The fields that are wanting.
    pub missing: Vec<Demand>,
}

/// A criterion, and what a project gets for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "AppraisedCriterion"))]
#[non_exhaustive]
pub struct Appraised {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The most points, in hundredths: its weight among the criteria that apply, which sum to 10 000.
    pub weight: u32,
    /// The fact.
    pub fact: ProjectFact,
    /// As the project has it.
    pub value: Option<FactValue>,
    /// The number from which on it gets all points.
    pub threshold: Option<f64>,
    /// The share of the weight that it gets, 0 to 10 000; none where that is not known.
    pub points: Option<u16>,
    /// What it gets, in hundredths of a point; these add up to the score, bonuses apart, where all are known.
    pub gets: Option<u32>,
    /// The least share that it can get.
    pub low: u16,
    /// The most.
    pub high: u16,
    /// The fields that are wanting.
    pub missing: Vec<Demand>,
}

/// Whether a list of kinds, all when empty, has this one; none where the kind is not known.
fn applies(kinds: &[ProjectKind], kind: Option<ProjectKind>) -> Option<bool> {
    if kinds.is_empty() { Some(true) } else { kind.map(|kind| kinds.contains(&kind)) }
}

/// Fields that are wanting for a fact, and the kind where that decides whether the fact counts at all.
fn missing(fact: ProjectFact, kinds: &[ProjectKind], project: &Project, rates: &Rates) -> Vec<Demand> {
    let kind = applies(kinds, project.kind).is_none().then_some(Demand::Kind);
    kind.into_iter().chain(fact.missing(project, rates)).collect()
}

impl ProjectTest {
    /// None for one that is for other kinds of project.
    fn on(&self, points: u32, project: &Project, rates: &Rates) -> Option<Tested> {
        let applies = applies(&self.kinds, project.kind);
        if applies == Some(false) {
            return None;
        }
        let value = self.fact.value(project, rates);
        let holds = value.as_ref().map(|value| match value {
            FactValue::Word(word) => self.any_of.contains(word),
            FactValue::Flag(flag) => self.is == Some(*flag),
            FactValue::Number(x) => self.below.is_some_and(|least| *x < least) || self.above.is_some_and(|most| *x > most),
        });
        Some(Tested {
            id: self.id.clone(),
            zh: self.zh.clone(),
            en: self.en.clone(),
            fact: self.fact,
            // One that does not hold does not hold for any kind.
            holds: holds.filter(|holds| !holds || applies.is_some()),
            missing: if holds == Some(false) { Vec::new() } else { missing(self.fact, &self.kinds, project, rates) },
            value,
            threshold: self.below.or(self.above),
            points,
        })
    }
}

impl ProjectCriterion {
    fn on(&self, project: &Project, rates: &Rates) -> Option<Appraised> {
        let applies = applies(&self.kinds, project.kind);
        if applies == Some(false) {
            return None;
        }
        let value = self.fact.value(project, rates);
        let points = value.as_ref().and_then(|value| self.points(value)).filter(|_| applies.is_some());
        // Left out, the others weigh more: it could come to anything.
        let (low, high) = if applies.is_none() { (0, FULL) } else { points.map_or(self.value.bounds(), |points| (points, points)) };
        let mut missing = missing(self.fact, &self.kinds, project, rates);
        if points.is_none() && missing.is_empty() {
            // A word that the rules give no points for.
            missing.push(self.fact.fields().0);
        }
        Some(Appraised {
            id: self.id.clone(),
            zh: self.zh.clone(),
            en: self.en.clone(),
            weight: self.weight,
            fact: self.fact,
            value,
            threshold: self.full_at(),
            points,
            gets: None,
            low,
            high,
            missing,
        })
    }
}

/// Appraises a project by the thresholds of a zone; money of other currencies by rates.
///
/// With weight `w` and share of points `p`, 0 to 10 000, the score is Σ `w·p` ÷ Σ `w` over the criteria that apply to its kind, in whole hundredths
/// of a point, halves up, and bonuses that hold are added up to their most. What is not known is neither nought nor full: it leaves the score
/// between two bounds, and the verdict is one only where it is the same at both.
///
/// ```
/// use xiangma::Scorecard;
/// use xiangma::pipeline::{AppraisalRules, Demand, Project, Verdict, appraise};
///
/// let rates = Scorecard::attraction().rates;
/// let mut project: Project = serde_json::from_str(
///     r#"{"number": "1", "kind": "land_supply", "land": "150亩", "investment": {"amount": 6e8, "currency": "CNY"}, "policy_class": "encouraged",
///         "two_highs": false, "heavy_metals": false, "nitrogen_phosphorus": false, "high_voc": false}"#,
/// )?;
/// let rules = AppraisalRules::default();
/// let appraisal = appraise(&project, &rules, &rates);
/// assert_eq!(appraisal.verdict, Verdict::Unknown);
/// assert!(appraisal.missing.contains(&Demand::Tax));
/// // With 20 万元 a mu it stays under the floor of 30, whatever else is learned.
/// project.tax = serde_json::from_str(r#"{"amount": 3e7, "currency": "CNY"}"#)?;
/// assert_eq!(appraise(&project, &rules, &rates).verdict, Verdict::Conditional);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn appraise(project: &Project, rules: &AppraisalRules, rates: &Rates) -> Appraisal {
    let tested = |tests: &[ProjectTest]| tests.iter().filter_map(|test| test.on(0, project, rates)).collect::<Vec<Tested>>();
    let (vetoes, floors) = (tested(&rules.vetoes), tested(&rules.floors));
    let bonuses: Vec<Tested> = rules.bonuses.iter().filter_map(|bonus| bonus.when.on(bonus.points, project, rates)).collect();
    let mut criteria: Vec<Appraised> = rules.criteria.iter().filter_map(|criterion| criterion.on(project, rates)).collect();
    let added = |of: &dyn Fn(&Tested) -> bool| {
        let sum: u64 = bonuses.iter().filter(|b| of(b)).map(|b| u64::from(b.points)).sum();
        u32::try_from(sum).unwrap_or(u32::MAX).min(rules.most_bonus)
    };
    // Where no criterion is for its kind, the rules say nothing of it.
    let (fewest, most) =
        if criteria.is_empty() { (0, u32::from(FULL)) } else { (weighed(&criteria, |c| c.low), weighed(&criteria, |c| c.high)) };
    share_out(&mut criteria, fewest);
    let (low, high) = (fewest + added(&|b| b.holds == Some(true)), most + added(&|b| b.holds != Some(false)));
    let is_known = !criteria.is_empty() && criteria.iter().all(|c| c.points.is_some());
    let is_certain = is_known && bonuses.iter().all(|b| b.holds.is_some());
    let holds = |tests: &[Tested], wanted: Option<bool>| tests.iter().any(|test| test.holds == wanted);
    let verdict = if holds(&vetoes, Some(true)) {
        Verdict::Vetoed
    } else if holds(&vetoes, None) {
        Verdict::Unknown
    } else if holds(&floors, Some(true)) || rules.passes_from.is_some_and(|least| high < least) {
        Verdict::Conditional
    } else if holds(&floors, None) || rules.passes_from.is_none_or(|least| low < least) {
        Verdict::Unknown
    } else {
        Verdict::Passes
    };
    let mut appraisal = Appraisal {
        project: project.number.clone(),
        name: project.name.clone(),
        rules: rules.id.clone(),
        verdict,
        score: is_certain.then_some(low),
        low,
        high,
        known: criteria.iter().filter(|c| c.points.is_some()).map(|c| c.weight).sum(),
        passes_from: rules.passes_from,
        vetoes,
        floors,
        criteria,
        bonuses,
        missing: Vec::new(),
        reasons: Vec::new(),
    };
    appraisal.missing = appraisal.wanting();
    appraisal.reasons = appraisal.told();
    appraisal
}

/// The mean of the criteria by their weights, 0 to 10 000, halves up; nothing of none.
fn weighed(criteria: &[Appraised], of: impl Fn(&Appraised) -> u16) -> u32 {
    let weights: u64 = criteria.iter().map(|c| u64::from(c.weight)).sum();
    let sum: u64 = criteria.iter().map(|c| u64::from(c.weight) * u64::from(of(c))).sum();
    ((sum * 2 + weights).checked_div(weights * 2)).unwrap_or(0) as u32
}

/// Weights among those that apply, and what each gets of the least score: whole hundredths that add up.
fn share_out(criteria: &mut [Appraised], fewest: u32) {
    let parts = |of: &dyn Fn(&Appraised) -> u128| criteria.iter().map(of).collect::<Vec<u128>>();
    let weights = whole_shares(&parts(&|c| u128::from(c.weight)), WEIGHT_SUM);
    let gets = whole_shares(&parts(&|c| u128::from(c.weight) * u128::from(c.low)), fewest);
    for (criterion, (weight, gets)) in criteria.iter_mut().zip(weights.into_iter().zip(gets)) {
        criterion.weight = weight;
        criterion.gets = criterion.points.map(|_| gets);
    }
}

/// Hundredths of a point as points, halves and all.
fn points(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

impl Appraisal {
    /// The fields to ask for, each once, in the order of [`Demand`].
    fn wanting(&self) -> Vec<Demand> {
        let tests = self.vetoes.iter().chain(&self.floors).chain(&self.bonuses).flat_map(|t| &t.missing);
        let fields: BTreeSet<Demand> = tests.chain(self.criteria.iter().flat_map(|c| &c.missing)).copied().collect();
        fields.into_iter().collect()
    }

    fn told(&self) -> Vec<Finding> {
        let mut all = Vec::new();
        let mut say = |code, is_error, zh: String, en: String| all.push(Finding { code, is_error, place: self.project.clone(), zh, en });
        for veto in self.vetoes.iter().filter(|t| t.holds == Some(true)) {
            say("VETOED", true, format!("一票否决：{}", veto.zh), format!("ruled out: {}", veto.en));
        }
        for floor in self.floors.iter().filter(|t| t.holds == Some(true)) {
            let (zh, en) = floor.told();
            say("UNDER_FLOOR", true, zh, en);
        }
        match self.passes_from {
            Some(least) if self.high < least => {
                let (most, least) = (points(self.high), points(least));
                let (zh, en) = match self.score {
                    Some(_) => (format!("得分 {most}，低于及格线 {least}"), format!("the score is {most}, under {least}")),
                    None => (format!("得分至多 {most}，低于及格线 {least}"), format!("the score is {most} at most, under {least}")),
                };
                say("SCORE_LOW", true, zh, en);
            }
            Some(_) => {}
            None => {
                let (zh, en) = ("规则未设及格线，只计分，不作结论", "the rules have no passing score: they give points, and let nobody in");
                say("NO_PASSING_SCORE", false, zh.to_owned(), en.to_owned());
            }
        }
        for field in &self.missing {
            let (zh, en) = field.words();
            say("FACT_MISSING", false, format!("尚缺：{zh}"), format!("not known: {en}"));
        }
        all
    }
}

impl Tested {
    /// That it falls short, and by what.
    fn told(&self) -> (String, String) {
        let (Some(FactValue::Number(value)), Some(threshold)) = (&self.value, self.threshold) else {
            return (format!("未达门槛：{}", self.zh), format!("falls short: {}", self.en));
        };
        let (unit_zh, unit_en) = self.fact.unit();
        let (limit_zh, limit_en) = if *value < threshold { ("门槛", "the least") } else { ("上限", "the most") };
        let shown = |n: f64| FactValue::Number(n).to_string();
        let (value, threshold) = (shown(*value), shown(threshold));
        let in_unit = if unit_en.is_empty() { String::new() } else { format!(" (in {unit_en})") };
        (
            format!("{}：{value}{unit_zh}，{limit_zh}为 {threshold}{unit_zh}", self.zh),
            format!("{}: {value}, and {limit_en} is {threshold}{in_unit}", self.en),
        )
    }
}
