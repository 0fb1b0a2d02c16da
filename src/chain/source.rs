//! The texts of an enterprise that say what it does.

use serde::{Deserialize, Serialize};

use crate::enterprise::Enterprise;

/// A text of an enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 主营产品.
    Products,
    /// 主营业务.
    MainBusiness,
    /// 经营范围.
    Scope,
    /// Titles of patents.
    Patents,
    /// Bids won (中标).
    Bids,
    /// 企业简介.
    Profile,
    /// 标签, 产业链节点.
    Tags,
    /// 企业名称.
    Name,
    /// 国标行业.
    Industry,
}

impl Source {
    /// Every source, the nine of them.
    pub const ALL: [Self; 9] =
        [Self::Products, Self::MainBusiness, Self::Scope, Self::Patents, Self::Bids, Self::Profile, Self::Tags, Self::Name, Self::Industry];

    /// The name used in JSON and in chain files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::MainBusiness => "main_business",
            Self::Scope => "scope",
            Self::Patents => "patents",
            Self::Bids => "bids",
            Self::Profile => "profile",
            Self::Tags => "tags",
            Self::Name => "name",
            Self::Industry => "industry",
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }

    /// The text of an enterprise at a source; `index` tells products and tags apart.
    pub(super) fn text(self, e: &Enterprise, index: u32) -> &str {
        match self {
            Self::Products => e.products.get(index as usize).map_or("", |p| p.name.as_str()),
            Self::MainBusiness => e.main_business.as_deref().unwrap_or(""),
            Self::Scope => e.scope.as_deref().unwrap_or(""),
            Self::Patents => e.patents.as_deref().unwrap_or(""),
            Self::Bids => e.bids.as_deref().unwrap_or(""),
            Self::Profile => e.profile.as_deref().unwrap_or(""),
            Self::Tags => e.tags.get(index as usize).map_or("", String::as_str),
            Self::Name => e.name.as_str(),
            Self::Industry => e.industry.as_deref().unwrap_or(""),
        }
    }

    /// Every text there is, with its source and index.
    pub(super) fn texts(e: &Enterprise) -> impl Iterator<Item = (Self, u32, &str)> {
        let products = e.products.iter().zip(0_u32..).map(|(p, i)| (Self::Products, i, p.name.as_str()));
        let tags = e.tags.iter().zip(0_u32..).map(|(t, i)| (Self::Tags, i, t.as_str()));
        let single = [Self::MainBusiness, Self::Scope, Self::Patents, Self::Bids, Self::Profile, Self::Name]
            .into_iter()
            .map(|source| (source, 0, source.text(e, 0)))
            .filter(|(_, _, text)| !text.is_empty());
        products.chain(tags).chain(single)
    }
}
