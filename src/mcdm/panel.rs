//! A panel of experts: each in their own way, one set of weights, and where they disagree.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};
use crate::mcdm::ahp::is_judgement;
use crate::mcdm::{Judgements, Revision, ahp, concordance, order_weights, points_weights};

/// What a panel was asked and what it said. Strict JSON: an unknown key is an error.
///
/// ```
/// use xiangma::mcdm::Panel;
///
/// let panel = Panel::from_json(r#"{
///   "format": "xiangma-panel", "version": 1,
///   "criteria": ["growth", "scale", "risk"],
///   "experts": [
///     { "name": "甲", "pairs": [[1, 3, 5], [null, 1, 2], [null, null, 1]] },
///     { "name": "乙", "points": [50, 30, 20] },
///     { "name": "丙", "order": [1, 3, 2], "importance": 2 }
///   ]
/// }"#)?;
/// let found = panel.weigh()?;
/// assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// assert_eq!(found.experts[1].weights, [0.5, 0.3, 0.2]);
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// `xiangma-panel`.
    pub format: String,
    /// Version of the format: 1.
    pub version: u32,
    /// Ids of the criteria, in the order of all that follows.
    pub criteria: Vec<String>,
    /// Who was asked.
    pub experts: Vec<Expert>,
}

/// What one expert said, in one of four ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// Who.
    pub name: String,
    /// How much their word counts beside the others', 1e-6 to 1e6; 1 when left out.
    #[serde(default = "one")]
    pub importance: f64,
    /// Comparisons of pairs, a row a criterion, as [`Judgements::new`] has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Vec<Vec<Option<f64>>>>,
    /// Points given at will, from zero up, as [`points_weights`] has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<f64>>,
    /// Swings: 100 for the criterion whose change from worst to best matters most, the others in proportion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swings: Option<Vec<f64>>,
    /// The place of each criterion in order of importance, 1 the most important; equal places are allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<u32>>,
}

fn one() -> f64 {
    1.0
}

/// What a panel comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelWeights {
    /// Ids of the criteria.
    pub criteria: Vec<String>,
    /// The weights, as shares.
    pub weights: Vec<f64>,
    /// How they were joined, by importance: `judgements` (the geometric mean of every comparison, when all compared pairs) or `weights`
    /// (the mean of everybody's weights).
    pub joined: &'static str,
    /// The consistency ratio of the joined comparisons; none where `joined` is `weights`, or of more than 15 criteria.
    pub consistency_ratio: Option<f64>,
    /// Expert by expert, in their order.
    pub experts: Vec<ExpertWeights>,
    /// Criterion by criterion, in their order: where they disagree. Importance does not count here, nor in `concordance`.
    pub disagreement: Vec<Disagreement>,
    /// Kendall's coefficient of concordance of the orders of importance, corrected for ties: 1 when all agree, 0 when none do. None for
    /// fewer than two experts or criteria, or when nobody tells the criteria apart.
    pub concordance: Option<f64>,
}

/// What one expert comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExpertWeights {
    /// Who.
    pub name: String,
    /// Their weights, as shares.
    pub weights: Vec<f64>,
    /// Of comparisons: how consistent; none for more than 15 criteria.
    pub consistency_ratio: Option<f64>,
    /// Of comparisons: how many pairs were left open; 0 for other ways.
    pub open: usize,
    /// Of comparisons over a ratio of 0.1: the one to look at again.
    pub revise: Option<Revision>,
}

/// How far apart the experts are on one criterion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// The least weight given, as a share.
    pub least: f64,
    /// By whom; the first of several.
    pub least_by: String,
    /// The most.
    pub most: f64,
    /// By whom; the first of several.
    pub most_by: String,
    /// The standard deviation (over n) of the weights the experts give, as shares.
    pub deviation: f64,
}

impl Panel {
    /// Reads a panel.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` for what does not parse or has an unknown key; `BAD_ARGUMENT` for another format or version, no criteria, no experts, or
    /// a criterion that stands twice. What each expert said is looked at by [`weigh`](Self::weigh).
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let panel: Self = serde_json::from_str(text).map_err(|e| Error::from(Kind::BadJson(e.to_string())))?;
        panel.check()?;
        Ok(panel)
    }

    fn check(&self) -> Result<(), Error> {
        let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
        if self.format != "xiangma-panel" || self.version != 1 {
            return bad(format!("expected `xiangma-panel` version 1, found `{}` version {}", self.format, self.version));
        }
        if self.criteria.is_empty() || self.experts.is_empty() {
            return bad("a panel has criteria and experts".to_owned());
        }
        if let Some((_, id)) = self.criteria.iter().enumerate().find(|(i, id)| self.criteria[..*i].contains(id)) {
            return bad(format!("the criterion `{id}` stands twice"));
        }
        Ok(())
    }

    /// Weighs what everybody said.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` as [`from_json`](Self::from_json), and, naming the expert, when one said nothing, or in two ways, or of another
    /// number of criteria, or has an importance outside 1e-6 to 1e6; otherwise as [`Judgements::new`], [`points_weights`] and
    /// [`order_weights`].
    pub fn weigh(&self) -> Result<PanelWeights, Error> {
        self.check()?;
        let mut experts = Vec::with_capacity(self.experts.len());
        let mut judgements = Vec::new();
        for expert in &self.experts {
            let (weights, pairs) = expert.weigh(self.criteria.len()).map_err(|e| e.told_of(&expert.name))?;
            judgements.extend(pairs.map(|pairs| (pairs, expert.importance)));
            experts.push(weights);
        }
        let all_in_pairs = judgements.len() == experts.len();
        let (weights, consistency_ratio) = if all_in_pairs {
            let people: Vec<(&Judgements, f64)> = judgements.iter().map(|(pairs, importance)| (pairs, *importance)).collect();
            let joined = ahp(&Judgements::mean(&people)?);
            (joined.weights, joined.consistency_ratio)
        } else {
            let of = |c: usize| experts.iter().zip(&self.experts).map(|(its, expert)| its.weights[c] * expert.importance).sum();
            (points_weights(&(0..self.criteria.len()).map(of).collect::<Vec<f64>>())?, None)
        };
        Ok(PanelWeights {
            criteria: self.criteria.clone(),
            weights,
            joined: if all_in_pairs { "judgements" } else { "weights" },
            consistency_ratio,
            disagreement: (0..self.criteria.len()).map(|c| disagreement(&experts, c)).collect(),
            concordance: concordance(&experts.iter().map(|e| e.weights.as_slice()).collect::<Vec<_>>()),
            experts,
        })
    }
}

impl Expert {
    fn weigh(&self, criteria: usize) -> Result<(ExpertWeights, Option<Judgements>), Error> {
        let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
        if !is_judgement(self.importance) {
            return bad(format!("importance is over zero, from 1e-6 to 1e6, not {:?}", self.importance));
        }
        let lengths = [
            self.pairs.as_ref().map(Vec::len),
            self.points.as_ref().map(Vec::len),
            self.swings.as_ref().map(Vec::len),
            self.order.as_ref().map(Vec::len),
        ];
        let said: Vec<usize> = lengths.into_iter().flatten().collect();
        if said.len() != 1 {
            return bad("an expert gives one of: pairs, points, swings, order".to_owned());
        }
        if said[0] != criteria {
            return bad(format!("{} entries for {criteria} criteria", said[0]));
        }
        let named = |weights| ExpertWeights { name: self.name.clone(), weights, consistency_ratio: None, open: 0, revise: None };
        if let Some(pairs) = &self.pairs {
            let judgements = Judgements::new(pairs)?;
            let found = ahp(&judgements);
            let weights = ExpertWeights {
                consistency_ratio: found.consistency_ratio,
                open: judgements.open(),
                revise: found.revise,
                ..named(found.weights)
            };
            return Ok((weights, Some(judgements)));
        }
        let weights = match (&self.points, &self.swings, &self.order) {
            (Some(points), _, _) | (_, Some(points), _) => points_weights(points)?,
            (_, _, order) => order_weights(order.as_deref().unwrap_or(&[]))?,
        };
        Ok((named(weights), None))
    }
}

fn disagreement(experts: &[ExpertWeights], c: usize) -> Disagreement {
    let by_weight = |a: &&ExpertWeights, b: &&ExpertWeights| a.weights[c].total_cmp(&b.weights[c]);
    let of = |e: Option<&ExpertWeights>| e.map_or((0.0, String::new()), |e| (e.weights[c], e.name.clone()));
    let (least, least_by) = of(experts.iter().min_by(by_weight));
    // The first of several, from either end.
    let (most, most_by) = of(experts.iter().rev().max_by(by_weight));
    let n = experts.len() as f64;
    let mean = experts.iter().map(|e| e.weights[c]).sum::<f64>() / n;
    let deviation = (experts.iter().map(|e| (e.weights[c] - mean) * (e.weights[c] - mean)).sum::<f64>() / n).sqrt();
    Disagreement { least, least_by, most, most_by, deviation }
}
