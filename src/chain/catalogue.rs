//! The catalogue: chains that hold together, built in and written by a team.

use crate::chain::check::{Finding, structure};
use crate::chain::format::{self, Chain, Link};
use crate::error::{Error, Kind};

// The files of `catalogue`, packed by `build.rs`.
const BUILTIN: [&str; 5] = [
    include_str!(concat!(env!("OUT_DIR"), "/integrated_circuit.json")),
    include_str!(concat!(env!("OUT_DIR"), "/optoelectronics.json")),
    include_str!(concat!(env!("OUT_DIR"), "/new_energy.json")),
    include_str!(concat!(env!("OUT_DIR"), "/new_materials.json")),
    include_str!(concat!(env!("OUT_DIR"), "/advanced_equipment.json")),
];

/// A set of chains that has been checked: ids are unique, edges lead somewhere, nothing feeds itself in a circle. It has 5,000 links and
/// 500,000 terms of all kinds at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    chains: Vec<Chain>,
}

impl Catalogue {
    /// The five chains that come with the library, of 163 links.
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
    /// `BAD_JSON` when the text does not parse; `BAD_CHAIN` when a key is unknown, missing or of another kind, and when the chains do not
    /// hold together: an id repeats, an edge leads nowhere, links feed each other in a circle, a term is empty or too short, or whatever
    /// else [`Finding::code`](crate::Finding::code) calls an error. [`check_chains`](crate::check_chains) lists every finding instead of
    /// stopping at the first.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let catalogue = Self { chains: format::parse(text)? };
        sound(structure(&catalogue.chains, &[]))?;
        Ok(catalogue)
    }

    /// Reads chains that may feed links of another catalogue, and adds them to it; a chain of the same id is replaced.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` or `BAD_CHAIN`, as [`from_json`](Self::from_json).
    pub fn with_json(self, text: &str) -> Result<Self, Error> {
        self.with(Self { chains: format::parse(text)? })
    }

    /// Adds the chains of another catalogue; a chain of the same id is replaced.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN`, as [`from_json`](Self::from_json), for all chains together: also where one that stays feeds a link that went.
    pub fn with(self, other: Self) -> Result<Self, Error> {
        let mut joined = self.beside(&other.chains);
        sound(structure(&other.chains, &joined.chains))?;
        joined.chains.extend(other.chains);
        Ok(joined)
    }

    /// What stays when chains come beside it: all but those whose place they take.
    pub(super) fn beside(mut self, chains: &[Chain]) -> Self {
        self.chains.retain(|c| chains.iter().all(|own| own.id != c.id));
        self
    }

    /// The same with these chains, which have been checked.
    pub(super) fn joined(mut self, chains: &[Chain]) -> Self {
        self.chains.extend_from_slice(chains);
        self
    }

    /// The chains, in the order in which they came.
    pub fn chains(&self) -> &[Chain] {
        &self.chains
    }

    /// The chain of an id.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN`, naming those there are, when there is no chain of the id.
    pub fn chain(&self, id: &str) -> Result<&Chain, Error> {
        self.chains.iter().find(|c| c.id == id).ok_or_else(|| {
            let known = self.chains.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ");
            Kind::UnknownChain { name: id.to_owned(), known }.into()
        })
    }

    /// The link of an id, with the chain it is written in.
    pub fn link(&self, id: &str) -> Option<(&Chain, &Link)> {
        self.links().find(|(_, l)| l.id == id)
    }

    /// Every link with its chain, in order.
    pub fn links(&self) -> impl Iterator<Item = (&Chain, &Link)> {
        self.chains.iter().flat_map(|c| c.links.iter().map(move |l| (c, l)))
    }
}

/// Refuses what has an error, with the first of them.
fn sound(findings: Vec<Finding>) -> Result<(), Error> {
    let Some(finding) = findings.into_iter().find(|f| f.is_error) else { return Ok(()) };
    let error = Error::from(Kind::BadChain(finding.en));
    Err(if finding.place.is_empty() { error } else { error.at_column(finding.place) })
}
