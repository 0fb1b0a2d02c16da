//! One sorting for all that applying a model has to sort: every other would weigh as much again on a page.

use std::cmp::Ordering;

/// The places from 0 in the order of a comparison, which says of no two that they are equal.
pub(crate) fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|a, b| compare(*a, *b));
    places
}
