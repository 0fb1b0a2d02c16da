//! Passages: the ways from the beginning of a chain to its end, which of them the park has whole, and what would close the others.
//!
//! A chain of a few dozen links can have millions of passages, so they are counted along the edges, never walked one by one; only those
//! that are listed are walked.

use serde::{Deserialize, Serialize};

use crate::chain::Chain;
use crate::order::sort;
use crate::park::counts::{Counts, DEPTH, sorted, ways};

/// The passages (通路) of a chain in a park: the ways along `feeds` from a link that nothing feeds to one that feeds nothing.
///
/// A link is *filled* when a resident is believed to stand on it. A passage is *whole* when all its links are filled. Links that any downstream
/// firm falls into are no part of a passage, nor is a link without neighbours. Counts are exact up to 2⁶⁴ − 1, and never go beyond. All of it
/// is linear in the links and edges, but for [`best_pair`](Self::best_pair), which is linear for each link that is not filled.
///
/// ```
/// use xiangma::{Catalogue, Passages};
///
/// let catalogue = Catalogue::builtin();
/// let there = ["ic_design", "ic_fab"];
/// let passages = Passages::new(catalogue.chain("integrated_circuit")?, &|link| there.contains(&link));
/// assert!(passages.whole() < passages.total());
/// let best = passages.best_pair().ok_or("nothing to close")?;
/// assert!(best.closes >= passages.best_link().map_or(0, |one| one.closes));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Passages {
    ids: Vec<String>,
    filled: Vec<bool>,
    feeds: Vec<Vec<usize>>,
    fed_by: Vec<Vec<usize>>,
    /// Suppliers before those they supply.
    order: Vec<usize>,
    /// Per link and number of links that lack, how many ways from a beginning to it, itself counted.
    up: Counts,
    /// The same from it to an end.
    down: Counts,
    total: u64,
    /// Per link, all passages through it.
    through: Vec<u64>,
    /// By number of links that lack.
    lacking: [u64; DEPTH + 1],
}

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Passage {
    /// Id of its first link.
    pub from: String,
    /// Id of its last.
    pub to: String,
    /// Ids of all its links, in order.
    pub links: Vec<String>,
    /// Ids of those no resident stands on; none when it is whole.
    pub missing: Vec<String>,
}

impl Passage {
    /// True when all its links are filled.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Links that, filled together, close passages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Closing {
    /// Ids of the links: one, or two.
    pub links: Vec<String>,
    /// How many passages become whole.
    pub closes: u64,
}

impl Passages {
    /// The passages of a chain; `filled` tells by its id whether a resident stands on a link.
    pub fn new(chain: &Chain, filled: &dyn Fn(&str) -> bool) -> Self {
        let links: Vec<_> = chain.links.iter().filter(|l| !l.sink).collect();
        let at = crate::order::map(links.iter().enumerate().map(|(i, l)| (l.id.as_str(), i)));
        let feeds = links.iter().map(|l| {
            let mut to: Vec<usize> = l.feeds.iter().filter_map(|id| at.get(id.as_str()).copied()).collect();
            sort(&mut to, &Ord::cmp);
            to.dedup();
            to
        });
        let feeds: Vec<Vec<usize>> = feeds.collect();
        Self::of(links.iter().map(|l| l.id.clone()).collect(), links.iter().map(|l| filled(&l.id)).collect(), feeds)
    }

    /// Of links by their places: which are filled, and which places each feeds. Links that feed each other in a circle are on no passage.
    fn of(ids: Vec<String>, filled: Vec<bool>, feeds: Vec<Vec<usize>>) -> Self {
        let mut fed_by = vec![Vec::new(); ids.len()];
        for (from, all) in feeds.iter().enumerate() {
            for to in all {
                fed_by[*to].push(from);
            }
        }
        let order = sorted(&feeds, &fed_by);
        let up = ways(&order, &fed_by, &feeds, &filled);
        let backwards: Vec<usize> = order.iter().rev().copied().collect();
        let down = ways(&backwards, &feeds, &fed_by, &filled);
        let mut all = Self { ids, filled, feeds, fed_by, order, up, down, total: 0, through: Vec::new(), lacking: [0; DEPTH + 1] };
        let any = vec![true; all.ids.len()];
        let (to, on) = (ways(&all.order, &all.fed_by, &all.feeds, &any), ways(&backwards, &all.feeds, &all.fed_by, &any));
        all.through = to.iter().zip(&on).map(|(to, on)| to[0].saturating_mul(on[0])).collect();
        for end in (0..all.ids.len()).filter(|i| all.feeds[*i].is_empty()) {
            all.total = all.total.saturating_add(to[end][0]);
            for (sum, ways) in all.lacking.iter_mut().zip(&all.up[end]) {
                *sum = sum.saturating_add(*ways);
            }
        }
        all
    }

    /// How many passages there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many have all their links filled.
    pub fn whole(&self) -> u64 {
        self.lacking[0]
    }

    /// How many have at least one link that is not filled.
    pub fn broken(&self) -> u64 {
        self.total.saturating_sub(self.whole())
    }

    /// True when a resident stands on this link; false for a link that is not in the chain.
    pub fn is_filled(&self, link: &str) -> bool {
        self.place(link).is_some_and(|v| self.filled[v])
    }

    /// How many become whole when this link alone is filled; 0 for one that is filled already, and for a link that is not in the chain.
    pub fn closed_by(&self, link: &str) -> u64 {
        self.place(link).map_or(0, |v| self.closed(v))
    }

    /// How many are broken and pass through this link, filled or not.
    pub fn broken_through(&self, link: &str) -> u64 {
        let Some(v) = self.place(link) else { return 0 };
        // Of one that lacks, both are nothing.
        self.through[v].saturating_sub(self.up[v][0].saturating_mul(self.down[v][0]))
    }

    /// What filling this link is worth in passages: every broken passage through it, shared evenly among the links it lacks, so that the
    /// worths of all links add up to the broken passages. In millionths of a passage. (This is the Shapley value of the links in closing passages.)
    pub fn worth(&self, link: &str) -> u64 {
        let Some(v) = self.place(link).filter(|v| !self.filled[*v]) else { return 0 };
        let mut through = [0_u64; DEPTH + 1];
        // The link lacks on both sides of itself and is counted once.
        for (a, ups) in self.up[v].iter().enumerate().skip(1) {
            for (b, downs) in self.down[v].iter().enumerate().skip(1).take(DEPTH + 1 - a) {
                through[a + b - 1] = through[a + b - 1].saturating_add(ups.saturating_mul(*downs));
            }
        }
        through.iter().enumerate().skip(1).fold(0_u64, |sum, (lacking, n)| sum.saturating_add(n.saturating_mul(1_000_000) / lacking as u64))
    }

    /// The one link that closes the most passages; of several the first in the chain. None when no link alone closes one.
    pub fn best_link(&self) -> Option<Closing> {
        let (place, closes) = self.best_two()[0]?;
        Some(Closing { links: vec![self.ids[place].clone()], closes })
    }

    /// The same among some of the links, by their ids.
    pub fn best_link_among(&self, may: &dyn Fn(&str) -> bool) -> Option<Closing> {
        let open = (0..self.ids.len()).filter(|v| may(&self.ids[*v])).map(|v| (v, self.closed(v))).filter(|(_, closes)| *closes > 0);
        let (place, closes) = open.reduce(|best, one| if one.1 > best.1 { one } else { best })?;
        Some(Closing { links: vec![self.ids[place].clone()], closes })
    }

    /// The two links that together close the most passages, in the order of the chain; of several pairs the first. None when no two close more
    /// than one does.
    pub fn best_pair(&self) -> Option<Closing> {
        let mut best: Option<(u64, usize, usize)> = None;
        let mut consider = |closes: u64, a: usize, b: usize| {
            let (a, b) = (a.min(b), a.max(b));
            if closes > 0 && best.is_none_or(|(most, x, y)| closes > most || closes == most && (a, b) < (x, y)) {
                best = Some((closes, a, b));
            }
        };
        let closed: Vec<u64> = (0..self.ids.len()).map(|v| self.closed(v)).collect();
        let blank: Vec<usize> = (0..self.ids.len()).filter(|v| !self.filled[*v]).collect();
        // Two that close nothing together beyond what each closes: of those the best two.
        if let [Some((a, _)), Some((b, _))] = self.best_two() {
            consider(closed[a].saturating_add(closed[b]), a, b);
        }
        let mut between = vec![0_u64; self.ids.len()];
        for u in blank {
            between.fill(0);
            between[u] = self.up[u][1];
            for v in &self.order {
                let (v, ways) = (*v, between[*v]);
                if ways == 0 {
                    continue;
                }
                if v != u && !self.filled[v] {
                    let both = ways.saturating_mul(self.down[v][1]);
                    consider(closed[u].saturating_add(closed[v]).saturating_add(both), u, v);
                    // A third that lacks ends the way.
                    continue;
                }
                for to in &self.feeds[v] {
                    between[*to] = between[*to].saturating_add(ways);
                }
            }
        }
        let alone = self.best_two()[0].map_or(0, |(_, closes)| closes);
        let best = best.filter(|(closes, _, _)| *closes > alone);
        best.map(|(closes, a, b)| Closing { links: vec![self.ids[a].clone(), self.ids[b].clone()], closes })
    }

    /// The passages that lack the fewest links first, the whole before all, then in the order of the chain; at most so many. A passage that lacks
    /// more than 63 links is not listed.
    pub fn list(&self, most: usize) -> Vec<Passage> {
        // Bit k: a way to an end that lacks k links.
        let mut rest = vec![0_u64; self.ids.len()];
        for v in self.order.iter().rev() {
            let after = if self.feeds[*v].is_empty() { 1 } else { self.feeds[*v].iter().fold(0, |bits, to| bits | rest[*to]) };
            rest[*v] = after << usize::from(!self.filled[*v]);
        }
        let mut found = Vec::new();
        for lacking in 0..64 {
            for start in (0..self.ids.len()).filter(|v| self.fed_by[*v].is_empty() && !self.feeds[*v].is_empty()) {
                if self.walk(start, lacking, &rest, most, &mut found) {
                    return found;
                }
            }
        }
        found
    }

    /// Adds the passages from a link that lack exactly so many; true when there are enough.
    fn walk(&self, start: usize, lacking: u32, rest: &[u64], most: usize, found: &mut Vec<Passage>) -> bool {
        if found.len() >= most {
            return true;
        }
        if rest[start] >> lacking & 1 == 0 {
            return false;
        }
        // Links so far, each with the next neighbour to try and what may lack after it.
        let own = |v: usize| u32::from(!self.filled[v]);
        let mut way: Vec<(usize, usize, u32)> = vec![(start, 0, lacking - own(start))];
        while let Some((at, next, left)) = way.last_mut() {
            if self.feeds[*at].is_empty() {
                let links: Vec<usize> = way.iter().map(|(v, _, _)| *v).collect();
                found.push(self.passage(&links));
                if found.len() >= most {
                    return true;
                }
                way.pop();
                continue;
            }
            let (place, left) = (*next, *left);
            *next += 1;
            match self.feeds[*at].get(place) {
                None => _ = way.pop(),
                Some(to) if rest[*to] >> left & 1 == 1 => way.push((*to, 0, left - own(*to))),
                Some(_) => {}
            }
        }
        false
    }

    fn passage(&self, links: &[usize]) -> Passage {
        let id = |v: &usize| self.ids[*v].clone();
        Passage {
            from: links.first().map(id).unwrap_or_default(),
            to: links.last().map(id).unwrap_or_default(),
            links: links.iter().map(id).collect(),
            missing: links.iter().filter(|v| !self.filled[**v]).map(id).collect(),
        }
    }

    fn place(&self, link: &str) -> Option<usize> {
        self.ids.iter().position(|id| id == link)
    }

    fn closed(&self, v: usize) -> u64 {
        if self.filled[v] { 0 } else { self.up[v][1].saturating_mul(self.down[v][1]) }
    }

    /// The two links that alone close the most.
    fn best_two(&self) -> [Option<(usize, u64)>; 2] {
        let mut best = [None, None];
        for v in 0..self.ids.len() {
            let closes = self.closed(v);
            let beats = |other: Option<(usize, u64)>| closes > 0 && other.is_none_or(|(_, most)| closes > most);
            if beats(best[0]) {
                best = [Some((v, closes)), best[0]];
            } else if beats(best[1]) {
                best[1] = Some((v, closes));
            }
        }
        best
    }
}
