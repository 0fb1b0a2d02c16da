//! What is unknown about each enterprise, kept once for all that know equally much.

use std::collections::HashMap;

/// How far the points of one criterion may be from what they are given as, and how much of it rests on facts (0 to 10 000).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Gap {
    pub below: u16,
    pub above: u16,
    pub known: u16,
}

/// The gaps of every row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unknowns {
    /// Of each row, which of `kinds`.
    of: Vec<u32>,
    /// Gaps on every criterion.
    kinds: Vec<Box<[Gap]>>,
}

/// Collects the gaps row by row.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    unknowns: Unknowns,
    seen: HashMap<Box<[Gap]>, u32>,
    /// The kind asked for last: of most lists nearly every row knows as much as the one before.
    last: u32,
}

impl Collector {
    pub(crate) fn push(&mut self, gaps: &[Gap]) {
        let kind = self.kind(gaps);
        self.unknowns.of.push(kind);
    }

    /// Puts others in the place of a row's.
    pub(crate) fn set(&mut self, row: usize, gaps: &[Gap]) {
        self.unknowns.of[row] = self.kind(gaps);
    }

    fn kind(&mut self, gaps: &[Gap]) -> u32 {
        if self.unknowns.kinds.get(self.last as usize).is_some_and(|its| **its == *gaps) {
            return self.last;
        }
        self.last = self.seen.get(gaps).copied().unwrap_or_else(|| {
            let kind = self.unknowns.kinds.len() as u32;
            self.unknowns.kinds.push(gaps.into());
            self.seen.insert(gaps.into(), kind);
            kind
        });
        self.last
    }

    pub(crate) fn finish(self) -> Unknowns {
        self.unknowns
    }
}

impl Collector {
    /// Adds the rows of others.
    pub(crate) fn append(&mut self, other: &Unknowns) {
        let ours: Vec<u32> = other.kinds.iter().map(|gaps| self.kind(gaps)).collect();
        self.unknowns.of.extend(other.of.iter().map(|kind| ours[*kind as usize]));
    }
}

impl Unknowns {
    /// Adds the rows of others.
    pub(crate) fn append(&mut self, other: &Self) {
        let seen = self.kinds.iter().enumerate().map(|(at, gaps)| (gaps.clone(), at as u32)).collect();
        let mut all = Collector { unknowns: std::mem::take(self), seen, last: 0 };
        all.append(other);
        *self = all.finish();
    }

    /// The gaps of one row on every criterion.
    pub(crate) fn of(&self, row: usize) -> &[Gap] {
        self.of.get(row).map_or(&[], |kind| &self.kinds[*kind as usize])
    }

    /// Which kind of gaps a row has.
    pub(crate) fn kind(&self, row: usize) -> usize {
        self.of.get(row).map_or(0, |kind| *kind as usize)
    }

    /// Of every kind, how far a sum may be below and above what it is given as.
    pub(crate) fn spans(&self, weights: &[u32]) -> Vec<(u32, u32)> {
        let over = |gaps: &[Gap], amount: fn(&Gap) -> u16| gaps.iter().zip(weights).map(|(g, w)| w * u32::from(amount(g))).sum();
        self.kinds.iter().map(|gaps| (over(gaps, |g| g.below), over(gaps, |g| g.above))).collect()
    }

    /// Of every row, whether the weight backed by facts is under a floor (0 to 10 000): asked once for all that know equally much.
    pub(crate) fn under<'s>(&'s self, weights: &'s [u32], floor: u16) -> impl Iterator<Item = bool> + 's {
        let kinds: Vec<bool> = self.kinds.iter().map(|gaps| is_under(gaps, weights, floor)).collect();
        self.of.iter().map(move |kind| kinds[*kind as usize])
    }
}

/// True when the weight backed by facts is under a floor.
pub(crate) fn is_under(gaps: &[Gap], weights: &[u32], floor: u16) -> bool {
    let known: u64 = gaps.iter().zip(weights).map(|(g, w)| u64::from(*w) * u64::from(g.known)).sum();
    let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
    known < u64::from(floor) * total
}
