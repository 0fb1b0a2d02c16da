//! What an appraisal looks at in a project: amounts, and amounts on a mu, on a worker or on a tonne of coal.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pipeline::phases::Demand;
use crate::pipeline::project::Project;
use crate::rates::Rates;

/// A fact of a project. Amounts are in 万元 (ten thousand yuan), land in 亩, energy in tonnes of standard coal, as zones write their thresholds.
///
/// ```
/// use xiangma::Scorecard;
/// use xiangma::pipeline::{Project, ProjectFact};
///
/// let project: Project = serde_json::from_str(r#"{"number": "1", "land": "150亩", "investment": {"amount": 4.5e8, "currency": "CNY"}}"#)?;
/// let rates = Scorecard::attraction().rates;
/// assert_eq!(ProjectFact::InvestmentPerMu.number(&project, &rates), Some(300.0));
/// assert_eq!(ProjectFact::TaxPerMu.number(&project, &rates), None);
/// assert_eq!(ProjectFact::TaxPerMu.unit(), ("万元/亩", "10,000 yuan a mu"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProjectFact {
    /// 总投资, 万元.
    Investment,
    /// 固定资产投资, 万元.
    FixedInvestment,
    /// 年税收, 万元.
    Tax,
    /// 年产值, 万元.
    Output,
    /// 年营业收入, 万元.
    Revenue,
    /// 年工业增加值, 万元.
    AddedValue,
    /// 年研发投入, 万元.
    Research,
    /// 用地面积, 亩.
    Land,
    /// 年综合能耗, tonnes of standard coal.
    Energy,
    /// 就业人数.
    Jobs,
    /// 亩均投资: investment ÷ land.
    InvestmentPerMu,
    /// 固定资产投资强度: investment in fixed assets ÷ land.
    FixedInvestmentPerMu,
    /// 亩均税收: tax a year ÷ land.
    TaxPerMu,
    /// 亩均产值: output a year ÷ land.
    OutputPerMu,
    /// 亩均增加值: value added a year ÷ land.
    AddedValuePerMu,
    /// 单位产值能耗: energy a year ÷ output a year, tonnes per 万元.
    EnergyPerOutput,
    /// 单位能耗增加值: value added a year ÷ energy a year, 万元 per tonne.
    AddedValuePerEnergy,
    /// 全员劳动生产率: value added a year ÷ jobs, 万元 per worker.
    LabourProductivity,
    /// 研发投入强度: research ÷ revenue of a year, 0 to 1.
    ResearchShare,
    /// 产业目录类别, a word.
    PolicyClass,
    /// Id of the chain, a word.
    Chain,
    /// Id of the link, a word.
    Link,
    /// 是否两高, yes or no.
    TwoHighs,
    /// 是否排放重金属, yes or no.
    HeavyMetals,
    /// 是否排放氮磷废水, yes or no.
    NitrogenPhosphorus,
    /// 是否高挥发性有机物排放, yes or no.
    HighVoc,
}

/// What kind of answer a fact gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    Number,
    Word,
    Flag,
}

/// A fact as a project has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum FactValue {
    /// Yes or no.
    Flag(bool),
    /// A number, in the unit of its fact.
    Number(f64),
    /// A word.
    Word(String),
}

impl fmt::Display for FactValue {
    /// Numbers to four decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(n) => write!(f, "{}", libm::round(n * 1e4) / 1e4),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// Figures are looked at to six decimals: 90.3 万元 on 3 亩 is 30.1 万元/亩, not a last bit less.
fn six_decimals(x: f64) -> f64 {
    if x.abs() < 1e9 { libm::round(x * 1e6) / 1e6 } else { x }
}

impl ProjectFact {
    /// Every one.
    pub const ALL: [Self; 26] = [
        Self::Investment,
        Self::FixedInvestment,
        Self::Tax,
        Self::Output,
        Self::Revenue,
        Self::AddedValue,
        Self::Research,
        Self::Land,
        Self::Energy,
        Self::Jobs,
        Self::InvestmentPerMu,
        Self::FixedInvestmentPerMu,
        Self::TaxPerMu,
        Self::OutputPerMu,
        Self::AddedValuePerMu,
        Self::EnergyPerOutput,
        Self::AddedValuePerEnergy,
        Self::LabourProductivity,
        Self::ResearchShare,
        Self::PolicyClass,
        Self::Chain,
        Self::Link,
        Self::TwoHighs,
        Self::HeavyMetals,
        Self::NitrogenPhosphorus,
        Self::HighVoc,
    ];

    /// The fields that it is made of: one, or one over another.
    pub fn fields(self) -> (Demand, Option<Demand>) {
        match self {
            Self::Investment => (Demand::Investment, None),
            Self::FixedInvestment => (Demand::FixedInvestment, None),
            Self::Tax => (Demand::Tax, None),
            Self::Output => (Demand::Output, None),
            Self::Revenue => (Demand::Revenue, None),
            Self::AddedValue => (Demand::AddedValue, None),
            Self::Research => (Demand::Research, None),
            Self::Land => (Demand::Land, None),
            Self::Energy => (Demand::Energy, None),
            Self::Jobs => (Demand::Jobs, None),
            Self::InvestmentPerMu => (Demand::Investment, Some(Demand::Land)),
            Self::FixedInvestmentPerMu => (Demand::FixedInvestment, Some(Demand::Land)),
            Self::TaxPerMu => (Demand::Tax, Some(Demand::Land)),
            Self::OutputPerMu => (Demand::Output, Some(Demand::Land)),
            Self::AddedValuePerMu => (Demand::AddedValue, Some(Demand::Land)),
            Self::EnergyPerOutput => (Demand::Energy, Some(Demand::Output)),
            Self::AddedValuePerEnergy => (Demand::AddedValue, Some(Demand::Energy)),
            Self::LabourProductivity => (Demand::AddedValue, Some(Demand::Jobs)),
            Self::ResearchShare => (Demand::Research, Some(Demand::Revenue)),
            Self::PolicyClass => (Demand::PolicyClass, None),
            Self::Chain => (Demand::Chain, None),
            Self::Link => (Demand::Link, None),
            Self::TwoHighs => (Demand::TwoHighs, None),
            Self::HeavyMetals => (Demand::HeavyMetals, None),
            Self::NitrogenPhosphorus => (Demand::NitrogenPhosphorus, None),
            Self::HighVoc => (Demand::HighVoc, None),
        }
    }

    /// Its unit in Chinese and English; empty for words and flags.
    pub fn unit(self) -> (&'static str, &'static str) {
        match self {
            Self::Investment | Self::FixedInvestment | Self::Tax | Self::Output | Self::Revenue | Self::AddedValue | Self::Research => {
                ("万元", "10,000 yuan")
            }
            Self::Land => ("亩", "mu"),
            Self::Energy => ("吨标准煤", "tonnes of standard coal"),
            Self::Jobs => ("人", "jobs"),
            Self::InvestmentPerMu | Self::FixedInvestmentPerMu | Self::TaxPerMu | Self::OutputPerMu | Self::AddedValuePerMu => {
                ("万元/亩", "10,000 yuan a mu")
            }
            Self::EnergyPerOutput => ("吨标准煤/万元", "tonnes of standard coal per 10,000 yuan"),
            Self::AddedValuePerEnergy => ("万元/吨标准煤", "10,000 yuan per tonne of standard coal"),
            Self::LabourProductivity => ("万元/人", "10,000 yuan per worker"),
            Self::ResearchShare
            | Self::PolicyClass
            | Self::Chain
            | Self::Link
            | Self::TwoHighs
            | Self::HeavyMetals
            | Self::NitrogenPhosphorus
            | Self::HighVoc => ("", ""),
        }
    }

    /// A number of a project, rounded to six decimals; none where a field that it is made of is not known, or money of a currency without a rate,
    /// or what it is divided by is nothing.
    pub fn number(self, project: &Project, rates: &Rates) -> Option<f64> {
        let (over, under) = self.fields();
        let over = amount(over, project, rates)?;
        let Some(under) = under else { return Some(six_decimals(over)) };
        Some(six_decimals(over / amount(under, project, rates).filter(|under| *under > 0.0)?))
    }

    /// As a project has it.
    pub fn value(self, project: &Project, rates: &Rates) -> Option<FactValue> {
        Some(match self {
            Self::PolicyClass => FactValue::Word(project.policy_class?.as_str().to_owned()),
            Self::Chain => FactValue::Word(project.chain.clone()?),
            Self::Link => FactValue::Word(project.link.clone()?),
            Self::TwoHighs => FactValue::Flag(project.two_highs?),
            Self::HeavyMetals => FactValue::Flag(project.heavy_metals?),
            Self::NitrogenPhosphorus => FactValue::Flag(project.nitrogen_phosphorus?),
            Self::HighVoc => FactValue::Flag(project.high_voc?),
            _ => FactValue::Number(self.number(project, rates)?),
        })
    }

    /// The fields that are wanting for it; empty where it is known. An amount that cannot be used, as one without a rate, is wanting too.
    pub fn missing(self, project: &Project, rates: &Rates) -> Vec<Demand> {
        if self.value(project, rates).is_some() {
            return Vec::new();
        }
        let (over, under) = self.fields();
        if self.gives() != Gives::Number {
            return vec![over];
        }
        let over = Some(over).filter(|over| amount(*over, project, rates).is_none());
        let under = under.filter(|under| amount(*under, project, rates).is_none_or(|amount| amount <= 0.0));
        over.into_iter().chain(under).collect()
    }

    pub(super) fn gives(self) -> Gives {
        match self {
            Self::PolicyClass | Self::Chain | Self::Link => Gives::Word,
            Self::TwoHighs | Self::HeavyMetals | Self::NitrogenPhosphorus | Self::HighVoc => Gives::Flag,
            _ => Gives::Number,
        }
    }
}

/// A field as a number: money in 万元.
fn amount(field: Demand, project: &Project, rates: &Rates) -> Option<f64> {
    let money = match field {
        Demand::Investment => project.investment,
        Demand::FixedInvestment => project.fixed_investment,
        Demand::Tax => project.tax,
        Demand::Output => project.output,
        Demand::Revenue => project.revenue,
        Demand::AddedValue => project.added_value,
        Demand::Research => project.research,
        Demand::Land => return project.land.map(crate::pipeline::Land::mu),
        Demand::Energy => return project.energy.filter(|tonnes| tonnes.is_finite()),
        Demand::Jobs => return project.jobs.map(f64::from),
        _ => None,
    };
    rates.yuan(money?).map(|yuan| yuan / 1e4).filter(|amount| amount.is_finite())
}
