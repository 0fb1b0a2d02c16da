//! What a ledger has records of.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::enterprise::{EnterpriseKey, fold_name, region};
use crate::error::{Error, Kind};

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordKind {
    /// 线索, by the key of its enterprise.
    Lead,
    /// 项目, by its number.
    Project,
    /// What happened to a project.
    Event,
    /// 走访, by its number.
    Visit,
    /// 问题, by its number.
    Issue,
}

impl RecordKind {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Lead, Self::Project, Self::Event, Self::Visit, Self::Issue];

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Project => "project",
            Self::Event => "event",
            Self::Visit => "visit",
            Self::Issue => "issue",
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Lead => ("线索", "lead"),
            Self::Project => ("项目", "project"),
            Self::Event => ("事件", "event"),
            Self::Visit => ("走访", "visit"),
            Self::Issue => ("问题", "issue"),
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which record: its kind and what it is known by. Written `project:2026-001`.
///
/// ```
/// use xiangma::ledger::{RecordId, RecordKind};
///
/// let id: RecordId = "lead:示例光电有限责任公司|湖北省".parse()?;
/// assert_eq!((id.kind, id.name.as_str()), (RecordKind::Lead, "示例光电有限公司|湖北"));
/// assert_eq!(id.to_string(), "lead:示例光电有限公司|湖北");
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
#[non_exhaustive]
pub struct RecordId {
    /// What it is.
    pub kind: RecordKind,
    /// What it is known by.
    pub name: String,
}

/// An enterprise as intake names it, however somebody wrote its name and province: 示例（武汉）有限责任公司|湖北省 is 示例武汉有限公司|湖北.
pub(super) fn canonical(text: &str) -> EnterpriseKey {
    match text.parse() {
        Ok(EnterpriseKey::Name(name, province)) => {
            let province = region::read(&province, true).province.map_or(province.trim(), |(short, _)| short).to_owned();
            EnterpriseKey::Name(fold_name(&name), province)
        }
        Ok(code) => code,
        Err(never) => match never {},
    }
}

/// Characters of a name at most.
const MOST: usize = 300;

impl RecordId {
    /// A record of a kind.
    ///
    /// # Errors
    ///
    /// `BAD_LEDGER` when the name is empty or longer than 300 characters.
    pub fn new(kind: RecordKind, name: impl Into<String>) -> Result<Self, Error> {
        let name = name.into();
        if name.trim().is_empty() || name.chars().count() > MOST {
            return Err(Kind::BadLedger(format!("a {kind} needs a name of 1 to {MOST} characters")).into());
        }
        if kind == RecordKind::Lead {
            return Ok(Self { kind, name: canonical(&name).to_string() });
        }
        Ok(Self { kind, name })
    }
}

impl FromStr for RecordId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts = text.split_once(':').and_then(|(kind, name)| Some((RecordKind::ALL.into_iter().find(|k| k.as_str() == kind)?, name)));
        let Some((kind, name)) = parts else {
            let known = RecordKind::ALL.map(RecordKind::as_str).join(", ");
            return Err(Kind::BadLedger(format!("`{text}` names no record; write KIND:NAME with one of {known}")).into());
        };
        Self::new(kind, name)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.name)
    }
}

impl Serialize for RecordId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How far a lead has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeadStatus {
    /// 未联系.
    #[default]
    Uncontacted,
    /// 已约.
    Appointed,
    /// 已访.
    Visited,
    /// 在谈.
    InTalks,
    /// 签约.
    Signed,
    /// 放弃.
    GivenUp,
}

impl LeadStatus {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Uncontacted, Self::Appointed, Self::Visited, Self::InTalks, Self::Signed, Self::GivenUp];

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Uncontacted => ("未联系", "not contacted"),
            Self::Appointed => ("已约", "appointed"),
            Self::Visited => ("已访", "visited"),
            Self::InTalks => ("在谈", "in talks"),
            Self::Signed => ("签约", "signed"),
            Self::GivenUp => ("放弃", "given up"),
        }
    }
}
