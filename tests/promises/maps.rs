//! A chain as it is drawn: nothing told twice, nothing lost.

use std::collections::{BTreeMap, BTreeSet};

use xiangma::{Catalogue, ChainMap};

/// Whom each reaches along edges, walked.
fn reached<'m>(edges: &[(&'m str, &'m str)]) -> BTreeMap<&'m str, BTreeSet<&'m str>> {
    let mut all = BTreeMap::new();
    for (from, _) in edges {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*from]);
        while let Some(at) = open.pop() {
            open.extend(edges.iter().filter(|(a, b)| *a == at && seen.insert(*b)).map(|(_, b)| *b));
        }
        all.insert(*from, seen);
    }
    all
}

#[test]
fn what_is_drawn_says_as_much_as_all_and_no_edge_of_it_is_needless() {
    let catalogue = Catalogue::builtin();
    for chain in catalogue.chains() {
        let map = ChainMap::new(chain);
        assert_eq!(map.nodes.len(), chain.links.len());
        let pairs = |drawn: bool| -> Vec<(&str, &str)> {
            map.edges.iter().filter(|e| e.drawn || !drawn).map(|e| (e.from.as_str(), e.to.as_str())).collect()
        };
        let (all, drawn) = (pairs(false), pairs(true));
        let own = |id: &str| chain.links.iter().any(|l| l.id == id);
        let feeds: usize = chain.links.iter().map(|l| l.feeds.iter().filter(|to| own(to)).count()).sum();
        assert_eq!(all.len(), feeds, "{}: every edge within the chain", chain.id);
        assert_eq!(reached(&all), reached(&drawn), "{}", chain.id);
        for edge in &drawn {
            let others: Vec<_> = drawn.iter().copied().filter(|e| e != edge).collect();
            assert_ne!(reached(&others).get(edge.0), reached(&drawn).get(edge.0), "{}: {edge:?}", chain.id);
        }
        assert!(drawn.len() < all.len(), "{}: {} of {}", chain.id, drawn.len(), all.len());
        // Within a band nobody stands before those who feed them.
        let node = |id: &str| map.nodes.iter().find(|n| n.link == id).expect("a node");
        for (from, to) in &all {
            let (a, b) = (node(from), node(to));
            assert!(a.stage != b.stage || a.layer < b.layer, "{from} to {to}");
        }
    }
}
