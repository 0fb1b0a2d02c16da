//! What a list is worth, and how a list of much worth is found.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use serde::{Deserialize, Serialize};

use crate::order::sort;
use crate::plan::quota::{Full, Quota, Tier};

/// Somebody who may be on the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prospect {
    /// The score in hundredths of a point: 8640 for 86.40.
    pub score: u32,
    /// Links it stands on, the best first; the first is the one that quotas count.
    pub links: Vec<String>,
    /// Its province, or another place that quotas count.
    pub region: Option<String>,
    /// Leader, mid-tier or promising.
    pub tier: Tier,
}

/// What bringing somebody to a link is worth to the park.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Id of the link.
    pub link: String,
    /// In hundredths of a point, for the first there; the second is worth half of it, the third a quarter.
    pub value: u32,
}

/// What lists are valued by.
#[derive(Debug, Clone)]
pub(super) struct Value {
    scores: Vec<u32>,
    /// Per prospect, numbers of its links that are worth something.
    pub links: Vec<Vec<u32>>,
    /// Per link: its id, and what the first there is worth.
    pub gaps: Vec<(String, u32)>,
    /// Per prospect, the number of the limit on its link, its region and its tier.
    limits: Vec<[Option<u32>; 3]>,
    /// Per limit, what it is on and how many.
    most: Vec<Full>,
}

/// A list in the making.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub value: Value,
    pub inside: Vec<bool>,
    /// How many of the list stand on each link.
    pub on: Vec<u32>,
    /// How many of the list each limit counts.
    counted: Vec<u32>,
}

impl Value {
    pub(super) fn new(prospects: &[Prospect], gaps: &[Gap], quota: &Quota) -> Self {
        // Looked up only: their order decides nothing.
        let numbers: HashMap<&str, u32> = gaps.iter().map(|g| g.link.as_str()).zip(0..).collect();
        let mut limits: [HashMap<&str, Option<u32>>; 3] = Default::default();
        let mut most = Vec::new();
        let mut its = Vec::with_capacity(prospects.len());
        for p in prospects {
            let kinds = [p.links.first().map(String::as_str), p.region.as_deref(), Some(p.tier.as_str())];
            let mut own = [None; 3];
            for (kind, ((name, own), limits)) in kinds.into_iter().zip(&mut own).zip(&mut limits).enumerate() {
                let Some(name) = name else { continue };
                *own = *limits.entry(name).or_insert_with(|| {
                    most.push(quota.full(kind, name)?);
                    Some(most.len() as u32 - 1)
                });
            }
            its.push(own);
        }
        let links = prospects.iter().map(|p| {
            let mut links: Vec<u32> = p.links.iter().filter_map(|l| numbers.get(l.as_str()).copied()).collect();
            sort(&mut links, &Ord::cmp);
            links.dedup();
            links
        });
        Self {
            scores: prospects.iter().map(|p| p.score).collect(),
            links: links.collect(),
            gaps: gaps.iter().map(|g| (g.link.clone(), g.value)).collect(),
            limits: its,
            most,
        }
    }

    /// What the next on a link is worth where so many are.
    fn next(&self, link: u32, there: u32) -> u64 {
        u64::from(self.gaps[link as usize].1) >> there.min(63)
    }
}

impl State {
    pub(super) fn new(value: Value) -> Self {
        let (inside, on, counted) = (vec![false; value.scores.len()], vec![0; value.gaps.len()], vec![0; value.most.len()]);
        Self { value, inside, on, counted }
    }

    /// What one more adds, with another gone.
    pub(super) fn gain(&self, prospect: usize, without: Option<usize>) -> u64 {
        let gone = without.map_or(&[][..], |w| &self.value.links[w]);
        let there = |link: &u32| self.on[*link as usize] - u32::from(gone.contains(link));
        u64::from(self.value.scores[prospect]) + self.value.links[prospect].iter().map(|l| self.value.next(*l, there(l))).sum::<u64>()
    }

    /// What the list loses without one of it.
    pub(super) fn loss(&self, member: usize) -> u64 {
        self.gain(member, Some(member))
    }

    /// The quota that leaves no room for one more, with another gone.
    pub(super) fn full(&self, prospect: usize, without: Option<usize>) -> Option<&Full> {
        let free = |limit: u32| without.is_some_and(|w| self.value.limits[w].contains(&Some(limit)));
        let limits = self.value.limits[prospect].iter().flatten();
        limits.map(|l| (*l, &self.value.most[*l as usize])).find_map(|(limit, full)| {
            let counted = self.counted[limit as usize] - u32::from(free(limit));
            (counted >= full.most).then_some(full)
        })
    }

    pub(super) fn put(&mut self, prospect: usize, inside: bool) {
        self.inside[prospect] = inside;
        let step = |count: &mut u32| *count = if inside { *count + 1 } else { *count - 1 };
        self.value.links[prospect].iter().for_each(|l| step(&mut self.on[*l as usize]));
        self.value.limits[prospect].iter().flatten().for_each(|l| step(&mut self.counted[*l as usize]));
    }
}

/// Takes who adds the most, again and again. What one adds only falls, so that whoever was looked at last and is still first is the one.
pub(super) fn greedy(state: &mut State, open: &[usize], count: usize) {
    let mut heap: BinaryHeap<(u64, Reverse<usize>)> = open.iter().map(|p| (state.gain(*p, None), Reverse(*p))).collect();
    let mut left = count;
    while left > 0 {
        let Some((gain, Reverse(p))) = heap.pop() else { break };
        // What is full stays full.
        if state.full(p, None).is_some() {
            continue;
        }
        let now = state.gain(p, None);
        if now < gain {
            heap.push((now, Reverse(p)));
            continue;
        }
        state.put(p, true);
        left -= 1;
    }
}

/// Exchanges one for one as long as that is worth more, the best exchange first.
pub(super) fn exchange(state: &mut State, open: &[usize], must: &[bool]) {
    loop {
        let inside = (0..state.inside.len()).filter(|p| state.inside[*p] && !must[*p]);
        let mut members: Vec<(u64, usize)> = inside.map(|p| (state.loss(p), p)).collect();
        sort(&mut members, &Ord::cmp);
        let Some((least, _)) = members.first().copied() else { return };
        let mut best: Option<(u64, Reverse<usize>, usize)> = None;
        for p in open.iter().copied().filter(|p| !state.inside[*p]) {
            // More than this it never gains.
            let links = state.value.links[p].iter();
            let at_most: u64 = links.map(|l| state.value.next(*l, state.on[*l as usize].saturating_sub(1))).sum();
            let at_most = at_most + u64::from(state.value.scores[p]);
            let floor = best.map_or(0, |b| b.0);
            if at_most <= least + floor {
                continue;
            }
            // Those the list loses the least by come first: after the first that is worth too much all are.
            for (loses, out) in &members {
                if at_most <= loses + floor {
                    break;
                }
                let gains = state.gain(p, Some(*out));
                let better = gains > *loses && best.is_none_or(|b| (gains - loses, Reverse(p), *out) > b);
                if better && state.full(p, Some(*out)).is_none() {
                    best = Some((gains - loses, Reverse(p), *out));
                }
            }
        }
        let Some((_, Reverse(p), out)) = best else { return };
        state.put(out, false);
        state.put(p, true);
    }
}
