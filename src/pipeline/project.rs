//! Projects, and what happened to them: dated events, visits, issues.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Date, EnterpriseKey, Money};
use crate::pipeline::Land;

/// What a project needs most, by which its gates and phases differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProjectKind {
    /// 供地类.
    LandSupply,
    /// 租赁类.
    Lease,
    /// 基金投资类.
    Fund,
    /// 增资扩产类, of a resident.
    Expansion,
}

impl ProjectKind {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::LandSupply, Self::Lease, Self::Fund, Self::Expansion];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LandSupply => "land_supply",
            Self::Lease => "lease",
            Self::Fund => "fund",
            Self::Expansion => "expansion",
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::LandSupply => ("供地类", "land supply"),
            Self::Lease => ("租赁类", "lease"),
            Self::Fund => ("基金投资类", "investment by fund"),
            Self::Expansion => ("增资扩产类", "expansion of a resident"),
        }
    }
}

/// Where the industry of a project stands in the state's catalogue for restructuring industry (产业结构调整指导目录).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PolicyClass {
    /// 鼓励类.
    Encouraged,
    /// 允许类.
    Allowed,
    /// 限制类.
    Restricted,
    /// 淘汰类.
    Eliminated,
}

impl PolicyClass {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Encouraged, Self::Allowed, Self::Restricted, Self::Eliminated];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encouraged => "encouraged",
            Self::Allowed => "allowed",
            Self::Restricted => "restricted",
            Self::Eliminated => "eliminated",
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Encouraged => ("鼓励类", "encouraged"),
            Self::Allowed => ("允许类", "allowed"),
            Self::Restricted => ("限制类", "restricted"),
            Self::Eliminated => ("淘汰类", "to be eliminated"),
        }
    }
}

impl fmt::Display for PolicyClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ProjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A project after contact. Everything but its number may be unknown, and unknown is not zero.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{Phases, Project};
///
/// let project: Project = serde_json::from_str(
///     r#"{"number": "2026-001", "name": "光模块产线", "kind": "land_supply", "land": "150亩",
///         "events": [{"day": "2026-03-02", "event": "intent"}]}"#,
/// )?;
/// let phases = Phases::default();
/// assert_eq!(phases.standing(&project).phase.map(|p| p.zh.as_str()), Some("意向"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Project {
    /// Its number, one of its own.
    pub number: String,
    /// 项目名称.
    pub name: String,
    /// The enterprise behind it.
    pub enterprise: Option<EnterpriseKey>,
    /// The name of an enterprise that is to be founded for it.
    pub founding: Option<String>,
    /// 项目类型.
    pub kind: Option<ProjectKind>,
    /// Id of the chain.
    pub chain: Option<String>,
    /// Id of the link.
    pub link: Option<String>,
    /// 片区 or 属地.
    pub district: Option<String>,
    /// 总投资.
    pub investment: Option<Money>,
    /// 税收, promised a year.
    pub tax: Option<Money>,
    /// 产值, promised a year.
    pub output: Option<Money>,
    /// 用地.
    pub land: Option<Land>,
    /// 能耗, in tonnes of standard coal equivalent a year.
    pub energy: Option<f64>,
    /// 就业人数.
    pub jobs: Option<u32>,
    /// 固定资产投资, a part of the investment.
    pub fixed_investment: Option<Money>,
    /// 营业收入, promised a year.
    pub revenue: Option<Money>,
    /// 工业增加值, promised a year.
    pub added_value: Option<Money>,
    /// 研发投入, promised a year.
    pub research: Option<Money>,
    /// 产业目录类别.
    pub policy_class: Option<PolicyClass>,
    /// 两高: whether it is one of the industries of high energy use and high emission.
    pub two_highs: Option<bool>,
    /// 重金属: whether it discharges heavy metals.
    pub heavy_metals: Option<bool>,
    /// 氮磷: whether its waste water carries nitrogen or phosphorus.
    pub nitrogen_phosphorus: Option<bool>,
    /// 高 VOCs: whether it emits much of volatile organic compounds.
    pub high_voc: Option<bool>,
    /// 计划投产日期: the day by which it is to be in production.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub target: Option<Date>,
    /// 标签: 152, 千项万亿 and the like.
    pub tags: Vec<String>,
    /// 引荐 by whom.
    pub introducer: Option<String>,
    /// 专员, who answer for it.
    pub officers: Vec<String>,
    /// 交办: who ordered it.
    pub ordered_by: Option<String>,
    /// 电话核实: whether somebody has spoken with the firm.
    pub contact_verified: Option<bool>,
    /// Documents by name; the documents themselves are not held.
    pub documents: Vec<Document>,
    /// What happened to it, in any order.
    pub events: Vec<Event>,
}

impl Project {
    /// A project of a number.
    pub fn new(number: impl Into<String>) -> Self {
        Self { number: number.into(), ..Self::default() }
    }
}

/// A document by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "ProjectDocument"))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub day: Option<Date>,
}

/// Something that happened to a project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "ProjectEvent"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub day: Date,
    /// What, by the id of the phases in force.
    pub event: String,
    /// More of it; the reason of a return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The record of a ledger that says it, as `event:…`, by which it is corrected or taken back; none where it came from elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

impl Event {
    /// An event of a day.
    ///
    /// ```
    /// use xiangma::Date;
    /// use xiangma::pipeline::Event;
    ///
    /// let event = Event::new(Date::constant(2026, 3, 2), "intent");
    /// assert_eq!((event.event.as_str(), event.note), ("intent", None));
    /// ```
    pub fn new(day: Date, event: impl Into<String>) -> Self {
        Self { day, event: event.into(), note: None, record: None }
    }
}

/// 走访: a visit to an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Visit {
    /// Its number, one of its own.
    pub number: String,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub day: Date,
    /// Whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<EnterpriseKey>,
    /// For which project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Who went.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<String>,
    /// 外出招商: the trip that it was part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<String>,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The record of a ledger that says it, as `visit:…`, by which it is corrected or taken back; none where it came from elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// 问题: something that an enterprise raised, until it is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Issue {
    /// Its number, one of its own.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// When it was raised.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub raised: Date,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<EnterpriseKey>,
    /// Of which project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// At which visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    /// When somebody was named to settle it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub assigned: Option<Date>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// When it is to be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub due: Option<Date>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub closed: Option<Date>,
    /// The record of a ledger that says it, as `issue:…`, by which it is corrected or taken back; none where it came from elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// Everything that figures are made from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Book {
    /// Projects, each number once.
    pub projects: Vec<Project>,
    /// Visits.
    pub visits: Vec<Visit>,
    /// Issues.
    pub issues: Vec<Issue>,
}

impl Book {
    /// The same as it was on a day: without what happened after it.
    pub fn as_of(mut self, day: Date) -> Self {
        let until = |d: &mut Option<Date>| *d = d.filter(|d| *d <= day);
        self.projects.iter_mut().for_each(|p| p.events.retain(|e| e.day <= day));
        self.visits.retain(|v| v.day <= day);
        self.issues.retain(|i| i.raised <= day);
        for issue in &mut self.issues {
            until(&mut issue.assigned);
            until(&mut issue.closed);
        }
        self
    }
}
