//! What a park needs on a link, and what it does about it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};

/// What a park should do about a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// 补链: nobody is there, and links beside it are in the park.
    Fill,
    /// 延链: nobody is there, one step beyond a strong link.
    Extend,
    /// 强链: somebody is there, thin or promising.
    Strengthen,
    /// 建链: the park has nothing of the chain near it.
    Establish,
    /// The link is strong.
    None,
}

impl Need {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Extend => "extend",
            Self::Strengthen => "strengthen",
            Self::Establish => "establish",
            Self::None => "none",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Fill => ("补链", "fill"),
            Self::Extend => ("延链", "extend"),
            Self::Strengthen => ("强链", "strengthen"),
            Self::Establish => ("建链", "establish"),
            Self::None => ("已强", "strong already"),
        }
    }
}

/// What a park does about a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Strategy {
    /// 补链: bring who is missing between links that are there.
    Fill,
    /// 强链: make more of who is there.
    Strengthen,
    /// 延链: one step on from a strong link.
    Extend,
    /// 建链: begin a chain of which there is little or nothing.
    Establish,
    /// Nothing now.
    Leave,
}

impl Strategy {
    /// Every strategy.
    pub const ALL: [Self; 5] = [Self::Fill, Self::Strengthen, Self::Extend, Self::Establish, Self::Leave];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Strengthen => "strengthen",
            Self::Extend => "extend",
            Self::Establish => "establish",
            Self::Leave => "leave",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Fill => ("补链", "fill"),
            Self::Strengthen => ("强链", "strengthen"),
            Self::Extend => ("延链", "extend"),
            Self::Establish => ("建链", "establish"),
            Self::Leave => ("暂缓", "leave"),
        }
    }
}

impl std::fmt::Display for Strategy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Strategy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|strategy| strategy.as_str() == text);
        let wrong = || Kind::BadArgument(format!("`{text}` is no strategy: fill, strengthen, extend, establish or leave")).into();
        found.ok_or_else(wrong)
    }
}
