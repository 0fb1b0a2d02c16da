//! Introducers: the most credible ways from the park to a candidate, tie by tie.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use serde::{Deserialize, Serialize};

use crate::order::sort;
use crate::plan::ties::{Names, Tie, TieKind};

/// How many ways are given.
const WAYS: usize = 3;

/// What one tie more costs, so that of equal credibility the shorter way is the better.
const STEP: u64 = 1_000;

/// A way from the park to a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Introduction {
    /// Who, one after another: first one of the park, last the candidate.
    pub path: Vec<Introducer>,
    /// How far it can be relied on, 0 to 100: the product of the credibilities of its ties, rounded.
    pub credibility: u8,
    /// Whether one of its ties is of a person. Such a way is never written out unless that is asked for.
    pub personal: bool,
}

/// One on the way, and the tie to the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Introducer {
    /// The name, as the table first writes it.
    pub who: String,
    /// The kind of their tie to the one before; none for the first.
    pub tie: Option<TieKind>,
    /// Where that is known from.
    pub source: Option<String>,
    /// How far that tie can be relied on, 1 to 100.
    pub credibility: Option<u8>,
}

/// The ties of a park, ready for questions.
///
/// A way begins with one of the park (a resident, a fund, a person the team names), goes through others along ties, in either direction, and
/// ends with the candidate; nobody is on it twice, and no other of the park. Its credibility is the product of those of its ties; of equal
/// credibility the shorter comes first: each tie more lowers it by a thousandth. Of several ties between two the most credible counts.
///
/// ```
/// use xiangma::plan::{Introductions, Ties};
///
/// let table = "甲方,乙方,关系,来源,可信度\n\
///     示例园区光电,示例材料,供应,年报,90\n示例材料,示例目标,股东,工商登记,80\n示例园区光电,示例目标,供应,同事,60\n";
/// let park = Introductions::new(Ties::read(table.as_bytes())?.ties, ["示例园区光电"]);
/// let ways = park.to("示例目标");
/// assert_eq!(ways.iter().map(|w| w.credibility).collect::<Vec<_>>(), [72, 60]);
/// assert_eq!(ways[0].path[1].who, "示例材料");
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Introductions {
    names: Names,
    ties: Vec<Tie>,
    /// Whether each is of the park.
    own: Vec<bool>,
    /// Where the neighbours of each begin.
    starts: Vec<u32>,
    /// Neighbours: who, at what cost, by which tie.
    edges: Vec<(u32, u32, u32)>,
}

/// A way as numbers: its cost and who is on it.
type Way = (u64, Vec<u32>);

impl Introductions {
    /// Of ties, and of those who are of the park.
    pub fn new<'n>(ties: Vec<Tie>, own: impl IntoIterator<Item = &'n str>) -> Self {
        let (names, pairs) = Names::of(&ties);
        let cost: Vec<u32> = (0..=100_u32).map(|c| cost(c as u8)).collect();
        let mut all: Vec<(u32, u32, u32, u32)> = Vec::with_capacity(2 * ties.len());
        for ((number, tie), (a, b)) in (0_u32..).zip(&ties).zip(pairs) {
            let c = cost.get(usize::from(tie.credibility.clamp(1, 100))).copied().unwrap_or(0);
            if a != b {
                all.extend([(a, b, c, number), (b, a, c, number)]);
            }
        }
        // The most credible of several between two; of equals the first.
        sort(&mut all, &Ord::cmp);
        all.dedup_by_key(|e| (e.0, e.1));
        let mut flags = vec![false; names.written.len()];
        own.into_iter().filter_map(|name| names.find(name)).for_each(|n| flags[n as usize] = true);
        let mut starts = vec![0_u32; names.written.len() + 1];
        all.iter().for_each(|e| starts[e.0 as usize + 1] += 1);
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Self { names, ties, own: flags, starts, edges: all.into_iter().map(|(_, to, c, tie)| (to, c, tie)).collect() }
    }

    /// How many of the park have a tie to anybody.
    pub fn own(&self) -> usize {
        self.own.iter().filter(|o| **o).count()
    }

    /// The three most credible ways to a candidate, the best first; fewer where there are fewer.
    pub fn to(&self, name: &str) -> Vec<Introduction> {
        let Some(target) = self.names.find(name).filter(|t| !self.own[*t as usize]) else { return Vec::new() };
        // From the target backwards: what is left from anywhere. With it a search towards the target goes straight.
        let rest = self.rest(target);
        let mut found: Vec<Way> = Vec::new();
        let mut waiting: BTreeSet<Way> = BTreeSet::new();
        waiting.extend(self.best(&[], &BTreeSet::new(), target, &rest));
        while let Some((cost, way)) = waiting.pop_first() {
            // Ways that leave this one at each of its places, and none that is found already.
            for at in 0..way.len() {
                let (root, taken) = (&way[..at], &found);
                let shares = |other: &[u32]| other.len() > at && other[..at] == *root;
                let barred = taken.iter().map(|w| &w.1).chain([&way]).filter(|w| shares(w)).map(|w| w[at]).collect();
                waiting.extend(self.best(root, &barred, target, &rest));
            }
            found.push((cost, way));
            if found.len() == WAYS {
                break;
            }
            // What will never be looked at.
            while waiting.len() > WAYS - found.len() {
                waiting.pop_last();
            }
        }
        found.iter().map(|(_, way)| self.told(way)).collect()
    }

    /// What is left from anybody to the target, those of the park only at the beginning.
    fn rest(&self, target: u32) -> Vec<u64> {
        let mut rest = vec![u64::MAX; self.own.len()];
        rest[target as usize] = 0;
        let mut heap = BinaryHeap::from([Reverse((0_u64, target))]);
        while let Some(Reverse((cost, at))) = heap.pop() {
            if cost > rest[at as usize] || self.own[at as usize] {
                continue;
            }
            for (to, c, _) in self.neighbours(at) {
                let through = cost + u64::from(*c);
                if through < rest[*to as usize] {
                    rest[*to as usize] = through;
                    heap.push(Reverse((through, *to)));
                }
            }
        }
        rest
    }

    fn neighbours(&self, at: u32) -> &[(u32, u32, u32)] {
        let from = self.starts[at as usize] as usize;
        &self.edges[from..self.starts[at as usize + 1] as usize]
    }

    /// The best way that begins with those of `root` and goes on to none of `barred`; of equal cost the shorter, then by numbers of names.
    fn best(&self, root: &[u32], barred: &BTreeSet<u32>, target: u32, rest: &[u64]) -> Option<Way> {
        let mut spent = 0;
        for two in root.windows(2) {
            spent += u64::from(self.neighbours(two[0]).iter().find(|e| e.0 == two[1])?.1);
        }
        // Towards the target by what is spent and what is left; the way behind is kept for each that is reached.
        let mut reached: std::collections::BTreeMap<u32, (u64, Option<u32>)> = std::collections::BTreeMap::new();
        let mut heap: BinaryHeap<Reverse<(u64, u64, u32)>> = BinaryHeap::new();
        let mut reach = |heap: &mut BinaryHeap<Reverse<(u64, u64, u32)>>, to: u32, cost: u64, from: Option<u32>| {
            let left = rest[to as usize];
            if left == u64::MAX || root.contains(&to) {
                return None;
            }
            let known = reached.get(&to).copied();
            if known.is_none_or(|k| (cost, from) < k) {
                reached.insert(to, (cost, from));
                heap.push(Reverse((cost + left, cost, to)));
            }
            known
        };
        match root.last() {
            None => {
                for (own, _) in (0_u32..).zip(&self.own).filter(|(n, own)| **own && !barred.contains(n)) {
                    reach(&mut heap, own, 0, None);
                }
            }
            Some(last) => {
                for (to, c, _) in self.neighbours(*last).iter().filter(|e| !barred.contains(&e.0) && !self.own[e.0 as usize]) {
                    reach(&mut heap, *to, spent + u64::from(*c), None);
                }
            }
        }
        let mut done: BTreeSet<u32> = BTreeSet::new();
        while let Some(Reverse((_, cost, at))) = heap.pop() {
            if !done.insert(at) {
                continue;
            }
            if at == target {
                break;
            }
            for (to, c, _) in self.neighbours(at).iter().filter(|e| !self.own[e.0 as usize]) {
                if !done.contains(to) {
                    reach(&mut heap, *to, cost + u64::from(*c), Some(at));
                }
            }
        }
        let (cost, _) = *reached.get(&target).filter(|_| done.contains(&target))?;
        let (mut way, mut at) = (vec![target], target);
        while let Some((_, Some(from))) = reached.get(&at) {
            way.push(*from);
            at = *from;
        }
        way.extend(root.iter().rev());
        way.reverse();
        Some((cost, way))
    }

    fn told(&self, way: &[u32]) -> Introduction {
        let name = |n: &u32| self.names.written.get(*n as usize).cloned().unwrap_or_default();
        let mut path: Vec<Introducer> =
            way.iter().take(1).map(|n| Introducer { who: name(n), tie: None, source: None, credibility: None }).collect();
        let (mut product, mut personal) = (1.0, false);
        for two in way.windows(2) {
            let edge = self.neighbours(two[0]).iter().find(|e| e.0 == two[1]);
            let Some(tie) = edge.and_then(|e| self.ties.get(e.2 as usize)) else { continue };
            product *= f64::from(tie.credibility.clamp(1, 100)) / 100.0;
            personal |= tie.personal;
            path.push(Introducer {
                who: name(&two[1]),
                tie: Some(tie.tie),
                source: Some(tie.source.clone()),
                credibility: Some(tie.credibility),
            });
        }
        Introduction { path, credibility: libm::round(product * 100.0) as u8, personal }
    }
}

/// The more credible the less: the logarithm in millionths, and a little for the step.
fn cost(credibility: u8) -> u32 {
    let c = f64::from(credibility.clamp(1, 100)) / 100.0;
    (libm::round(-libm::log(c) * 1e6) as u64 + STEP) as u32
}
