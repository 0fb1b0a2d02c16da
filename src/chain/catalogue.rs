//! The catalogue of chains: JSON, one file a chain, the same format built in and written by a team.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};

/// An industry chain (产业链): links, and which feeds which.
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
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Upstream, midstream or downstream.
    pub stage: Stage,
    /// What the core actor of the link does.
    #[serde(default)]
    pub core: Core,
    /// A link any downstream firm falls into: never more than weak evidence.
    #[serde(default)]
    pub sink: bool,
    /// Words that name the link's products, materials, processes or equipment.
    pub terms: Vec<String>,
    /// Words that support and do not suffice.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Words that rule the link out in the item where they stand.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Classes of GB/T 4754-2017, code and name.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Ids of the links it supplies, of this chain or another.
    #[serde(default)]
    pub feeds: Vec<String>,
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
    /// Operates: a power station, a charging network.
    Operate,
    /// Serves: testing, recycling.
    Serve,
}

const BUILTIN: [&str; 5] = [
    include_str!("catalogue/integrated_circuit.json"),
    include_str!("catalogue/optoelectronics.json"),
    include_str!("catalogue/new_energy.json"),
    include_str!("catalogue/new_materials.json"),
    include_str!("catalogue/advanced_equipment.json"),
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
    /// `BAD_JSON` when the text does not parse; `BAD_CHAIN` when an id repeats, an edge leads nowhere, links feed each other in a
    /// circle, a term is empty or a single character.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum File {
            Many(Vec<serde_json::Value>),
            One(serde_json::Value),
        }
        let bad = |e: serde_json::Error| Error::from(Kind::BadJson(e.to_string()));
        let values = match serde_json::from_str(text).map_err(bad)? {
            File::Many(values) => values,
            File::One(value) => vec![value],
        };
        let chains: Result<Vec<Chain>, _> = values.into_iter().map(serde_json::from_value).collect();
        let chains = chains.map_err(|e| Error::from(Kind::BadChain(e.to_string())))?;
        let catalogue = Self { chains };
        catalogue.check()?;
        Ok(catalogue)
    }

    /// Adds the chains of another catalogue; a chain of the same id is replaced.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN`, as [`from_json`](Self::from_json).
    pub fn with(mut self, other: Self) -> Result<Self, Error> {
        self.chains.retain(|c| other.chains.iter().all(|o| o.id != c.id));
        self.chains.extend(other.chains);
        self.check()?;
        Ok(self)
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

    /// Checks what [`from_json`](Self::from_json) promises.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let bad = |link: &str, what: String| Err(Error::from(Kind::BadChain(what)).at_column(link));
        if self.chains.is_empty() {
            return Err(Kind::BadChain("there is no chain in it".to_owned()).into());
        }
        let mut ids = BTreeSet::new();
        for chain in &self.chains {
            if chain.links.is_empty() || !ids.insert(chain.id.as_str()) {
                return bad(&chain.id, "a chain needs links, and an id of its own".to_owned());
            }
        }
        let known: BTreeSet<&str> = self.links().map(|(_, l)| l.id.as_str()).collect();
        for (_, link) in self.links() {
            if !ids.insert(&link.id) {
                return bad(&link.id, "the id is used twice".to_owned());
            }
            if let Some(to) = link.feeds.iter().find(|to| !known.contains(to.as_str())) {
                return bad(&link.id, format!("it feeds `{to}`, and there is no such link"));
            }
            if link.terms.is_empty() {
                return bad(&link.id, "it has no terms".to_owned());
            }
            if let Some(term) = link.terms.iter().find(|t| t.trim().chars().count() < 2) {
                return bad(&link.id, format!("the term `{term}` is too short to mean anything alone; put it among the weak ones"));
            }
            if link.weak.iter().chain(&link.exclude).any(|t| t.trim().is_empty()) {
                return bad(&link.id, "a term is empty".to_owned());
            }
        }
        match self.cycle() {
            Some(id) => bad(&id, "it feeds itself through other links".to_owned()),
            None => Ok(()),
        }
    }

    /// A link on a circle of edges, if there is one: links without suppliers are taken away until none is left to take.
    fn cycle(&self) -> Option<String> {
        let mut suppliers: BTreeMap<&str, usize> = self.links().map(|(_, l)| (l.id.as_str(), 0)).collect();
        for (_, link) in self.links() {
            for to in &link.feeds {
                *suppliers.entry(to).or_default() += 1;
            }
        }
        let mut free: Vec<&str> = suppliers.iter().filter(|(_, n)| **n == 0).map(|(id, _)| *id).collect();
        while let Some(id) = free.pop() {
            suppliers.remove(id);
            for to in self.link(id).into_iter().flat_map(|(_, l)| &l.feeds) {
                if let Some(n) = suppliers.get_mut(to.as_str()) {
                    *n -= 1;
                    if *n == 0 {
                        free.push(to);
                    }
                }
            }
        }
        suppliers.keys().next().map(|id| (*id).to_owned())
    }
}
