//! One sorting for short lists of anything. The standard one is compiled anew for every type and comparison, and over all of them weighs
//! more than the ranking it serves; where a million rows are sorted it is used all the same.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The places from 0 in the order of a comparison; what it calls equal keeps its place.
pub(crate) fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    places
}

/// Sorts by a comparison; what it calls equal keeps its place.
pub(crate) fn sort<T>(items: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    let mut from = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    // Every circle of moves is walked once, each item swapped to its place.
    for start in 0..items.len() {
        let mut at = start;
        while from[at] != start {
            let next = from[at];
            items.swap(at, next);
            from[at] = at;
            at = next;
        }
        from[at] = at;
    }
}

/// Sorts by a key; what has equal ones keeps its place.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort(items, &|a, b| key(a).cmp(&key(b)));
}

/// A set. Collected directly, its items would be sorted first.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// A map of pairs, the last of equal keys kept. Collected directly, the pairs would be sorted first.
pub(crate) fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library(mut items in prop::collection::vec((0_u8..8, any::<u8>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            super::sort(&mut items, &|a, b| a.0.cmp(&b.0));
            prop_assert_eq!(items, expected);
        }
    }
}
