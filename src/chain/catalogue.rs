//! The catalogue of chains: JSON, one file a chain, the same format built in and written by a team.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::chain::check;
use crate::error::{Error, Kind};

/// An industry chain (产业链): links, and which feeds which.
///
/// The JSON is strict: an unknown key is an error. `docs/chains.md` tells how to write one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Stable id, such as `optoelectronics`.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Words that place an enterprise on the chain without naming a link.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Longer words that contain a term of the chain and mean something else.
    #[serde(default)]
    pub traps: Vec<String>,
    /// The links.
    pub links: Vec<Link>,
}

/// A link (环节) of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Stable id, unique over all chains.
    pub id: String,
    /// For a link that was split off: the id it came from, so that older results can still be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// One line on what the link is; empty for the chains that come with the library when its feature `definitions` is off.
    #[serde(default)]
    pub is: Definition,
    /// Upstream, midstream or downstream.
    pub stage: Stage,
    /// What the core actor of the link does.
    #[serde(default)]
    pub core: Core,
    /// A link any downstream firm falls into: it is named only where nothing finer fits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sink: bool,
    /// Chains it belongs to as well: cathode material is a battery's and a new material.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// A link beside the chain rather than on it: it counts less for how central an enterprise is to the chain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub peripheral: bool,
    /// Words that name the link's products, materials, processes or equipment.
    pub terms: Vec<String>,
    /// Words that name the link only where another word stands near them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Conditional>,
    /// Words that support and do not suffice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<String>,
    /// Words that rule the link out in the item where they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Words that rule the link out when they stand in a field (`name`, `scope`, `products`, …), wherever the term is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub exclude_in: BTreeMap<String, Vec<String>>,
    /// Links whose products, followed by "equipment" (设备, 装备, 机, 生产线), are products of this link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment_for: Vec<String>,
    /// Links whose products, followed by "material" (材料, 原料, 辅料), are products of this link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials_for: Vec<String>,
    /// Classes of GB/T 4754-2017, code and name.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Ids of the links it supplies, of this chain or another.
    #[serde(default)]
    pub feeds: Vec<String>,
}

/// One line in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Terms that need company: 硅片 is solar beside 光伏 and a chip maker's beside 半导体.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditional {
    /// The terms.
    pub terms: Vec<String>,
    /// Words one of which must stand anywhere in the enterprise's texts or name.
    pub near: Vec<String>,
}

/// Where a link stands along its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 上游.
    Upstream,
    /// 中游.
    Midstream,
    /// 下游.
    Downstream,
}

/// What the core actor of a link does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Core {
    /// Makes or develops: nearly every link.
    #[default]
    Make,
    /// Designs: chips without a fab, software.
    Develop,
    /// Operates: a power station, a charging network.
    Operate,
    /// Serves: testing, recycling.
    Serve,
}

// The files of `catalogue`, packed by `build.rs`.
const BUILTIN: [&str; 5] = [
    include_str!(concat!(env!("OUT_DIR"), "/integrated_circuit.json")),
    include_str!(concat!(env!("OUT_DIR"), "/optoelectronics.json")),
    include_str!(concat!(env!("OUT_DIR"), "/new_energy.json")),
    include_str!(concat!(env!("OUT_DIR"), "/new_materials.json")),
    include_str!(concat!(env!("OUT_DIR"), "/advanced_equipment.json")),
];

/// A set of chains that has been checked: ids are unique, edges lead somewhere, nothing feeds itself in a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    chains: Vec<Chain>,
}

impl Catalogue {
    /// The five chains that come with the library.
    ///
    /// ```
    /// let catalogue = xiangma::Catalogue::builtin();
    /// assert_eq!(catalogue.link("oc_module").map(|(_, link)| link.zh.as_str()), Some("光模块与光组件"));
    /// ```
    pub fn builtin() -> Self {
        let chains = BUILTIN.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
        Self { chains }
    }

    /// Reads chains a team wrote: one chain, or an array of chains.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` when the text does not parse; `BAD_CHAIN` when the chains do not hold together: an id repeats, an edge leads nowhere,
    /// links feed each other in a circle, a term is empty or too short. [`check_chains`](crate::check_chains) lists every finding
    /// instead of stopping at the first.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let catalogue = Self { chains: parse(text)? };
        catalogue.check(&BTreeSet::new())?;
        Ok(catalogue)
    }

    /// Reads chains that may feed links of another catalogue, and adds them to it; a chain of the same id is replaced.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` or `BAD_CHAIN`, as [`from_json`](Self::from_json).
    pub fn with_json(self, text: &str) -> Result<Self, Error> {
        self.with(Self { chains: parse(text)? })
    }

    /// Adds the chains of another catalogue; a chain of the same id is replaced.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN`, as [`from_json`](Self::from_json).
    pub fn with(mut self, other: Self) -> Result<Self, Error> {
        other.check(&self.ids())?;
        self.chains.retain(|c| other.chains.iter().all(|o| o.id != c.id));
        self.chains.extend(other.chains);
        self.check(&BTreeSet::new())?;
        Ok(self)
    }

    /// Chains as they are; joined to others they are checked.
    pub(super) fn of(chains: Vec<Chain>) -> Self {
        Self { chains }
    }

    /// The chains.
    pub fn chains(&self) -> &[Chain] {
        &self.chains
    }

    /// The chain of an id.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN`, naming those there are.
    pub fn chain(&self, id: &str) -> Result<&Chain, Error> {
        self.chains.iter().find(|c| c.id == id).ok_or_else(|| {
            let known = self.chains.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ");
            Kind::UnknownChain { name: id.to_owned(), known }.into()
        })
    }

    /// The link of an id, with its chain.
    pub fn link(&self, id: &str) -> Option<(&Chain, &Link)> {
        self.links().find(|(_, l)| l.id == id)
    }

    /// Every link with its chain, in order.
    pub fn links(&self) -> impl Iterator<Item = (&Chain, &Link)> {
        self.chains.iter().flat_map(|c| c.links.iter().map(move |l| (c, l)))
    }

    /// The ids of chains and links.
    pub(super) fn ids(&self) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        ids.extend(self.chains.iter().flat_map(|c| c.links.iter().map(|l| l.id.as_str()).chain([c.id.as_str()])));
        ids
    }

    /// Refuses what [`from_json`](Self::from_json) refuses.
    fn check(&self, elsewhere: &BTreeSet<&str>) -> Result<(), Error> {
        match check::structure(&self.chains, elsewhere).into_iter().find(|f| f.is_error) {
            Some(finding) => Err(Error::from(Kind::BadChain(finding.en)).at_column(finding.place)),
            None => Ok(()),
        }
    }
}

/// One chain, or an array of chains.
pub(super) fn parse(text: &str) -> Result<Vec<Chain>, Error> {
    let many = text.trim_start().starts_with('[');
    let read = if many { serde_json::from_str(text) } else { serde_json::from_str(text).map(|chain| vec![chain]) };
    read.map_err(|e| if e.is_data() { Kind::BadChain(e.to_string()) } else { Kind::BadJson(e.to_string()) }.into())
}
