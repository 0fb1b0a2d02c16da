//! How a zone evaluates enterprises in production by what they give on their land, as data.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::chain::Finding;
use crate::error::Error;
use crate::pipeline::per_mu_figures::{Figure, PerMuFigures};
use crate::pipeline::rules_file::{other_format, read, sound};

/// 亩均论英雄: the items of an evaluation, each with the figure that gets its whole weight, and the shares of the grades. Strict JSON.
///
/// The defaults are the formulas that 台州市黄岩区 published; where theirs ends, in the grades, the shares are those of 天台县. A zone writes its
/// own, and [`check_per_mu`] says everything that is wrong with it.
///
/// ```
/// use xiangma::pipeline::PerMuRules;
///
/// let rules = PerMuRules::default();
/// assert_eq!((rules.items[0].base, rules.items[0].weight), (24.097, 30.0));
/// let text = serde_json::to_string(&rules)?;
/// assert_eq!(PerMuRules::from_json(&text)?, rules);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PerMuRules {
    /// `xiangma-per-mu`.
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
    /// What is evaluated.
    pub items: Vec<PerMuItem>,
    /// The grades, best first; their shares sum to 1,000.
    pub grades: Vec<PerMuGrade>,
}

/// An item: its points are its figure ÷ `base` × `weight`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PerMuItem {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Which figure.
    pub measure: Measure,
    /// The figure that gets the weight, over 0.
    pub base: f64,
    /// The points at the base, over 0.
    pub weight: f64,
    /// What it gets where the figure is not known.
    #[serde(default)]
    pub missing: MissingItem,
    /// The most points, as a multiple of the weight; without it there is no most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
}

/// What an item gets where its figure is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MissingItem {
    /// Nothing is supposed: the enterprise has no score.
    #[default]
    Unknown,
    /// The mean of the points of those whose figure is known, as 黄岩区 does for emissions.
    Mean,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerMuGrade {
    /// Its name.
    pub name: String,
    /// How many of a thousand get it.
    pub share: u32,
}

/// A figure of an enterprise in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Measure {
    /// 亩均税收, 万元/亩.
    TaxPerMu,
    /// 亩均增加值, 万元/亩.
    AddedValuePerMu,
    /// 亩均销售收入, 万元/亩.
    RevenuePerMu,
    /// 单位能耗增加值, 万元 per tonne of standard coal.
    AddedValuePerEnergy,
    /// 单位排放增加值, 万元 per tonne of the main pollutants.
    AddedValuePerEmission,
    /// 全员劳动生产率, 万元 per worker.
    LabourProductivity,
    /// 研发经费占主营业务收入比重, 0 to 1.
    ResearchShare,
    /// 单位用电税收, yuan per kWh.
    TaxPerPower,
}

impl Measure {
    /// What is divided by what.
    pub(super) fn figures(self) -> (Figure, Figure) {
        match self {
            Self::TaxPerMu => (Figure::Tax, Figure::Land),
            Self::AddedValuePerMu => (Figure::AddedValue, Figure::Land),
            Self::RevenuePerMu => (Figure::Revenue, Figure::Land),
            Self::AddedValuePerEnergy => (Figure::AddedValue, Figure::Energy),
            Self::AddedValuePerEmission => (Figure::AddedValue, Figure::Emissions),
            Self::LabourProductivity => (Figure::AddedValue, Figure::Staff),
            Self::ResearchShare => (Figure::Research, Figure::Revenue),
            Self::TaxPerPower => (Figure::Tax, Figure::Power),
        }
    }

    /// Of an enterprise; none where a figure is not known, or what it is divided by is nothing.
    pub fn of(self, figures: &PerMuFigures) -> Option<f64> {
        let (over, under) = self.figures();
        Some(figures.get(over)? / figures.get(under).filter(|under| *under > 0.0)?)
    }
}

/// What an error calls these rules.
const RULES: &str = "per_mu";
const FORMAT: &str = "xiangma-per-mu";
const VERSION: u32 = 1;
/// What the shares of the grades sum to.
const SHARES: u64 = 1_000;
/// The most items.
const MOST: usize = 64;

impl Default for PerMuRules {
    fn default() -> Self {
        Self::embedded().swap_remove(0)
    }
}

impl PerMuRules {
    /// Every set of rules that comes with the library, the default first.
    pub fn presets() -> Vec<Self> {
        Self::embedded()
    }

    fn embedded() -> Vec<Self> {
        #[allow(clippy::expect_used, reason = "an embedded constant that every test reads")]
        serde_json::from_str(include_str!("per_mu.json")).expect("the embedded rules are sound")
    }

    /// Reads rules that a zone wrote.
    ///
    /// # Errors
    ///
    /// `BAD_RULES`, with the first finding of [`check_per_mu`].
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let rules: Self = read(RULES, text)?;
        let findings = rules.findings();
        sound(RULES, rules, findings)
    }

    fn findings(&self) -> Vec<Finding> {
        let mut all: Vec<Finding> = other_format(&self.id, (&self.format, self.version), (FORMAT, VERSION)).into_iter().collect();
        let mut say =
            |code, place: &str, zh: String, en: String| all.push(Finding { code, is_error: true, place: place.to_owned(), zh, en });
        if self.items.is_empty() || self.items.len() > MOST {
            say("ITEM_COUNT", &self.id, format!("评价指标须有 1 至 {MOST} 项"), format!("there are 1 to {MOST} items"));
        }
        let own = std::iter::once((&self.id, &self.zh, &self.en));
        for (id, ..) in own
            .chain(self.items.iter().map(|i| (&i.id, &i.zh, &i.en)))
            .filter(|(id, zh, en)| [id, zh, en].iter().any(|text| text.trim().is_empty()))
        {
            say("NAME_EMPTY", id, "编号和中英文名称均须填写".to_owned(), "an id and a name in both languages must be there".to_owned());
        }
        for ids in [self.items.iter().map(|i| &i.id).collect::<Vec<_>>(), self.grades.iter().map(|g| &g.name).collect()] {
            let mut seen = BTreeSet::new();
            for id in ids.into_iter().filter(|id| id.is_empty() || !seen.insert(id.as_str())) {
                say("ID_TWICE", id, format!("编号“{id}”为空或重复"), format!("the id `{id}` is empty or stands twice"));
            }
        }
        let is_over_zero = |n: f64| n.is_finite() && n > 0.0;
        for item in self.items.iter().filter(|i| ![Some(i.base), Some(i.weight), i.most].into_iter().flatten().all(is_over_zero)) {
            let (zh, en) = ("基准值、权重和封顶倍数均须大于零", "the base, the weight and the most are over nought");
            say("OUT_OF_RANGE", &item.id, zh.to_owned(), en.to_owned());
        }
        let sum: u64 = self.grades.iter().map(|g| u64::from(g.share)).sum();
        if sum != SHARES {
            say(
                "SHARES",
                &self.id,
                format!("各等级比例合计为千分之 {sum}，应为千分之 {SHARES}"),
                format!("the shares of the grades sum to {sum}; they must sum to {SHARES}"),
            );
        }
        all
    }
}

/// Says everything that is wrong with a file of an evaluation; nothing when it can be used.
///
/// | code | meaning |
/// |---|---|
/// | `OTHER_FORMAT` | not a file of an evaluation, or of a later version |
/// | `ITEM_COUNT` | there is no item, or there are more than 64 |
/// | `ID_TWICE`, `NAME_EMPTY` | an id and a name must be there, and the id its own |
/// | `OUT_OF_RANGE` | a base, a weight or a most that is not over nought |
/// | `SHARES` | the shares of the grades do not sum to 1,000 |
///
/// # Errors
///
/// `BAD_RULES` when the text is no file of an evaluation at all.
///
/// ```
/// use xiangma::pipeline::{PerMuRules, check_per_mu};
///
/// let mut own = PerMuRules::default();
/// own.grades[0].share = 250;
/// assert_eq!(check_per_mu(&serde_json::to_string(&own)?)?[0].code, "SHARES");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_per_mu(text: &str) -> Result<Vec<Finding>, Error> {
    Ok(read::<PerMuRules>(RULES, text)?.findings())
}
