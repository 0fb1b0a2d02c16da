//! What is asked of a session at once.

use serde::{Deserialize, Serialize};

use crate::scorecard::Scorecard;

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
