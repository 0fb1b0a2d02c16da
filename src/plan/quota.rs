//! How many of a kind a shortlist may hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Enterprise, Qualification, Size};
use crate::error::{Error, Kind};

/// Which rung an enterprise stands on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 龙头: a large enterprise, or a champion in its product (制造业单项冠军).
    Leader,
    /// 腰部: neither a leader nor promising, and a medium enterprise or a high-technology one.
    MidTier,
    /// 潜力股: not a leader, and a unicorn, a gazelle, or specialised and new (专精特新, 小巨人).
    Promising,
    /// None of them, or nothing is known that would tell.
    #[default]
    Other,
}

impl Tier {
    /// Every tier.
    pub const ALL: [Self; 4] = [Self::Leader, Self::MidTier, Self::Promising, Self::Other];

    /// By the facts of an enterprise: its size and its qualifications.
    ///
    /// ```
    /// use xiangma::{Enterprise, Qualification, Size, plan::Tier};
    ///
    /// let mut e = Enterprise { qualifications: vec![Qualification::LittleGiant], ..Enterprise::default() };
    /// assert_eq!(Tier::of(&e), Tier::Promising);
    /// e.size = Some(Size::Large);
    /// assert_eq!(Tier::of(&e), Tier::Leader);
    /// ```
    pub fn of(e: &Enterprise) -> Self {
        let has = |q: Qualification| e.qualifications.contains(&q);
        let promising = [Qualification::Unicorn, Qualification::LittleGiant, Qualification::Gazelle, Qualification::Specialised];
        if e.size == Some(Size::Large) || has(Qualification::SingleChampion) {
            Self::Leader
        } else if promising.into_iter().any(has) {
            Self::Promising
        } else if e.size == Some(Size::Medium) || has(Qualification::HighTech) {
            Self::MidTier
        } else {
            Self::Other
        }
    }

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::MidTier => "mid_tier",
            Self::Promising => "promising",
            Self::Other => "other",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Leader => ("龙头企业", "leader"),
            Self::MidTier => ("腰部企业", "mid-tier"),
            Self::Promising => ("潜力企业", "promising"),
            Self::Other => ("其他", "other"),
        }
    }
}

/// How many of a kind a shortlist may hold at most; what is not named is not limited. Strict JSON.
///
/// ```
/// let quota = xiangma::plan::Quota::from_json(r#"{ "each_link": 3, "links": { "ic_package": 5 }, "tiers": { "leader": 4 } }"#)?;
/// assert_eq!((quota.links["ic_package"], quota.each_link), (5, Some(3)));
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Quota {
    /// By link: how many enterprises whose best link that is.
    pub links: BTreeMap<String, u32>,
    /// Of any link that is not named.
    pub each_link: Option<u32>,
    /// By region.
    pub regions: BTreeMap<String, u32>,
    /// Of any region that is not named.
    pub each_region: Option<u32>,
    /// By tier.
    pub tiers: BTreeMap<Tier, u32>,
}

/// A limit that has been reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "QuotaFull"))]
#[non_exhaustive]
pub struct Full {
    /// `link`, `region` or `tier`.
    pub of: &'static str,
    /// Which.
    pub name: String,
    /// How many there may be.
    pub most: u32,
}

impl Quota {
    /// Reads a quota.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` for what does not parse, and for an unknown key.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|e| Kind::BadJson(e.to_string()).into())
    }

    /// The limit on a kind: 0 links, 1 regions, 2 tiers.
    pub(super) fn full(&self, kind: usize, name: &str) -> Option<Full> {
        let (of, most) = match kind {
            0 => ("link", self.links.get(name).copied().or(self.each_link)),
            1 => ("region", self.regions.get(name).copied().or(self.each_region)),
            _ => ("tier", Tier::ALL.into_iter().find(|t| t.as_str() == name).and_then(|t| self.tiers.get(&t).copied())),
        };
        Some(Full { of, name: name.to_owned(), most: most? })
    }
}
