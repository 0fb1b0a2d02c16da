//! What is asked of a session at once, and where its answer comes from.

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Definition};
use crate::enterprise::Enterprise;
use crate::park::Park;
use crate::scorecard::Scorecard;
use crate::text::sha256;

/// What a list is made by; [`Session::query`](crate::Session::query) takes over what is given, all of it or nothing.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `chains` | as it is | ids of the target chains; an empty list for all |
/// | `regions` | as it is | regions within reach |
/// | `scorecard` | as it is | the card; with it come its weights, unless others are given |
/// | `weights` | as they are | one weight per criterion, each 0 to 10 000 |
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Ids of the target chains.
    pub chains: Option<Vec<String>>,
    /// Regions within reach.
    pub regions: Option<Vec<String>>,
    /// The card.
    pub scorecard: Option<Scorecard>,
    /// One weight per criterion.
    pub weights: Option<Vec<u32>>,
}

/// All that a list depends on beside its enterprises: two lists compare where these are the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The day it was judged on, YYYY-MM-DD.
    pub as_of: String,
    /// Ids of the target chains.
    pub chains: Vec<String>,
    /// Regions within reach.
    pub regions: Vec<String>,
    /// SHA-256 of who the residents are and what the park has of each link; none without residents.
    pub residents: Option<String>,
    /// [`Ranking::signature`](crate::Ranking::signature): the card with the weights in force.
    pub scorecard: String,
    /// SHA-256 of the chains, without their definitions.
    pub catalogue: String,
    /// How points became an order.
    pub method: String,
    /// The version of the library.
    pub version: String,
}

/// SHA-256 of what a catalogue says, but for the definitions, which some builds are without.
pub(super) fn digest_of(catalogue: &Catalogue) -> String {
    let mut chains = catalogue.chains().to_vec();
    chains.iter_mut().flat_map(|c| &mut c.links).for_each(|link| link.is = Definition::default());
    sha256(&serde_json::to_string(&chains).unwrap_or_default())
}

/// SHA-256 of who is in a park and what it has; in whatever order they were read.
pub(super) fn digest_of_park(park: &Park, residents: &[Enterprise]) -> String {
    let mut keys: Vec<String> = residents.iter().map(|r| r.key().to_string()).collect();
    keys.sort();
    sha256(&serde_json::to_string(&(keys, &park.links)).unwrap_or_default())
}
