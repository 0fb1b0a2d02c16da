//! A chain as it is drawn: links in layers, and the edges that do not follow from others.

use serde::{Deserialize, Serialize};

use crate::chain::{Chain, Stage};
use crate::order::sort;

/// A chain as data for drawing.
///
/// ```
/// use xiangma::{Catalogue, ChainMap};
///
/// let catalogue = Catalogue::builtin();
/// let map = ChainMap::new(catalogue.chain("optoelectronics")?);
/// let drawn = map.edges.iter().filter(|e| e.drawn).count();
/// assert!(drawn < map.edges.len());
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChainMap {
    /// Id of the chain.
    pub chain: String,
    /// Its links, in the order of the chain.
    pub nodes: Vec<MapNode>,
    /// Which feeds which, within the chain, in the order of the chain.
    pub edges: Vec<MapEdge>,
}

/// A link on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MapNode {
    /// Id of the link.
    pub link: String,
    /// The band it stands in.
    pub stage: Stage,
    /// Its layer within the band, from 0: one more than the last of those of its band that feed it.
    pub layer: u32,
}

/// An edge on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MapEdge {
    /// Id of the link that feeds.
    pub from: String,
    /// Id of the link that is fed.
    pub to: String,
    /// Whether it is drawn: false where a longer way leads from one to the other (transitive reduction).
    pub drawn: bool,
    /// Whether it goes against the stages, from downstream up.
    pub backward: bool,
}

impl ChainMap {
    /// The map of a chain. Links that feed each other in a circle, which a catalogue refuses, stand in layer 0, and their edges are all drawn.
    pub fn new(chain: &Chain) -> Self {
        let links = &chain.links;
        let at = crate::order::map(links.iter().enumerate().map(|(i, l)| (l.id.as_str(), i)));
        let to = |i: usize| links[i].feeds.iter().filter_map(|id| at.get(id.as_str()).copied());
        let mut feeds: Vec<Vec<usize>> = (0..links.len()).map(|i| to(i).collect()).collect();
        feeds.iter_mut().for_each(|to| {
            sort(to, &Ord::cmp);
            to.dedup();
        });
        let mut fed_by = vec![Vec::new(); links.len()];
        for (from, all) in feeds.iter().enumerate() {
            all.iter().for_each(|to| fed_by[*to].push(from));
        }
        let order = super::counts::sorted(&feeds, &fed_by);
        let mut layers = vec![0_u32; links.len()];
        // Per link, whom it reaches by any way: those it feeds, and whom they reach.
        let words = links.len().div_ceil(64);
        let mut reach = vec![vec![0_u64; words]; links.len()];
        for v in order.iter().rev() {
            let mut all = vec![0_u64; words];
            for to in &feeds[*v] {
                all[to / 64] |= 1 << (to % 64);
                all.iter_mut().zip(&reach[*to]).for_each(|(mine, theirs)| *mine |= theirs);
            }
            reach[*v] = all;
        }
        for v in &order {
            let same = fed_by[*v].iter().filter(|from| links[**from].stage == links[*v].stage);
            layers[*v] = same.map(|from| layers[*from] + 1).max().unwrap_or(0);
        }
        let band = |stage: Stage| match stage {
            Stage::Upstream => 0,
            Stage::Midstream => 1,
            Stage::Downstream => 2,
        };
        let mut edges = Vec::new();
        for (from, all) in feeds.iter().enumerate() {
            for to in all {
                let told = |by: &usize| by != to && reach[*by][to / 64] >> (to % 64) & 1 == 1;
                let backward = band(links[from].stage) > band(links[*to].stage);
                edges.push(MapEdge { from: links[from].id.clone(), to: links[*to].id.clone(), drawn: !all.iter().any(told), backward });
            }
        }
        let node = |(link, layer): (&crate::chain::Link, u32)| MapNode { link: link.id.clone(), stage: link.stage, layer };
        Self { chain: chain.id.clone(), nodes: links.iter().zip(layers).map(node).collect(), edges }
    }
}
