//! What is asked of a session at once.

use serde::{Deserialize, Serialize};

use crate::rank::Filter;
use crate::scorecard::Scorecard;

/// What a list is made by; [`Session::query`](crate::Session::query) takes over what is given, all of it or nothing, and
/// [`Session::view`](crate::Session::view) answers with the list.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `chains` | as it is | ids of the target chains; an empty list for all |
/// | `regions` | as it is | regions within reach |
/// | `scorecard` | as it is | the card; with it come its weights, unless others are given |
/// | `weights` | as they are | one weight per criterion, each 0 to 10 000 |
/// | `filter` | as it is | what narrows the list |
/// | `by` | the score | id of the criterion the list is ordered by |
/// | `from`, `count` | 0, 0 | the part of the list a [`View`](crate::View) holds |
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
    /// What narrows the list.
    pub filter: Option<Filter>,
    /// The criterion it is ordered by.
    pub by: Option<String>,
    /// The place from which on it is asked for, from 0.
    pub from: usize,
    /// How many places.
    pub count: usize,
}
