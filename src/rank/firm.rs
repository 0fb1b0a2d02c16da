//! How firm a rank is: against what is not known, and against other weights. All of it exact, in whole numbers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use crate::points::Selection;
use crate::rank::Ranking;
use crate::rank::weighing::MAX_WEIGHT;

/// The ranks an enterprise can take, from 1, whatever its own and everybody else's unknown facts turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankRange {
    /// With all that is unknown for it and against the others.
    pub best: usize,
    /// With all that is unknown against it and for the others.
    pub worst: usize,
}

/// Where two enterprises change places as one weight moves and the others stay.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// Which criterion.
    pub criterion: usize,
    /// The weight at which their scores are level.
    pub weight: f64,
    /// The same as a share of all weights, 0 to 100; the others keep their proportions.
    pub share: f64,
    /// The share in force.
    pub now: f64,
}

impl Ranking<'_> {
    /// The ranks that enterprises can take given what is unknown: each criterion of each enterprise anywhere between the fewest and the
    /// most points it could have. One scan for all of them; vetoes are taken as they stand.
    pub fn rank_ranges(&self, rows: &[u32]) -> Vec<Option<RankRange>> {
        let assessment = self.assessment();
        let spans = assessment.unknowns.spans(self.weights());
        let sums: Vec<u32> = self.weighing.sums(assessment).collect();
        // The sums of a row at its fewest and at its most points.
        let keys = |row: u32| {
            let (below, above) = spans[assessment.unknowns.kind(row as usize)];
            let sum = sums[row as usize];
            (sum - below, sum + above)
        };
        let mut ranges = vec![None; rows.len()];
        for (class, ahead) in [(&assessment.allowed, 0), (&assessment.ruled_out, assessment.allowed.count())] {
            let asked: Vec<usize> = (0..rows.len()).filter(|i| class.contains(rows[*i] as usize)).collect();
            if asked.is_empty() {
                continue;
            }
            let sorted = |pick: fn((u32, u32)) -> u32| {
                let mut all: Vec<u32> = asked.iter().map(|i| pick(keys(rows[*i]))).collect();
                all.sort_unstable();
                all
            };
            let (low, high) = (sorted(|k| k.0), sorted(|k| k.1));
            // Of each place among the keys asked for: how many rows are surely, and how many may be, over those before it.
            let (mut surely, mut maybe) = (vec![0_usize; high.len() + 1], vec![0_usize; low.len() + 1]);
            for row in class.rows() {
                let (its_low, its_high) = keys(row);
                surely[high.partition_point(|k| *k < its_low)] += 1;
                maybe[low.partition_point(|k| *k < its_high)] += 1;
            }
            for at in (0..high.len()).rev() {
                surely[at] += surely[at + 1];
                maybe[at] += maybe[at + 1];
            }
            for i in asked {
                let (its_low, its_high) = keys(rows[i]);
                let over = |counts: &[usize], sorted: &[u32], key: u32| counts[sorted.partition_point(|k| *k <= key)];
                let itself = usize::from(its_high > its_low);
                ranges[i] = Some(RankRange {
                    best: ahead + 1 + over(&surely, &high, its_high),
                    worst: ahead + 1 + over(&maybe, &low, its_low) - itself,
                });
            }
        }
        ranges
    }

    /// The rank of one enterprise at every weight of a criterion, 0 to 10 000, the other weights as they are: one scan. Empty for a row
    /// or a criterion that is not there.
    ///
    /// ```
    /// # use xiangma::{Assessment, Ranking, Scorecard};
    /// # let mut card = Scorecard::attraction();
    /// # card.criteria.truncate(2);
    /// # card.criteria[0].weight = 6_000;
    /// # card.criteria[1].weight = 4_000;
    /// let points = [[8_000, 2_000], [5_000, 6_000]];
    /// let assessment = Assessment::from_points(card, 2, |row, criterion| points[row][criterion])?;
    /// let ranks = Ranking::new(&assessment).ranks_along(0, 1);
    /// // 6 000 · 3 000 against w · 4 000: the first leads up to 4 500, where the two are level and share the rank.
    /// assert_eq!((ranks[4_500], ranks[4_501]), (1, 2));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn ranks_along(&self, row: usize, criterion: usize) -> Vec<u32> {
        let (class, _) = self.class(row);
        let sums = self.weighing.sums(self.assessment());
        self.ranks_among(row, criterion, sums.enumerate().filter(|(other, _)| class.contains(*other)))
    }

    /// The same among some of its class, each with its sum.
    fn ranks_among(&self, row: usize, criterion: usize, others: impl Iterator<Item = (usize, u32)>) -> Vec<u32> {
        let assessment = self.assessment();
        let (Some(weight), Some(own)) = (self.weights().get(criterion), assessment.points(criterion, row)) else { return Vec::new() };
        let (weight, own) = (i64::from(*weight), i64::from(own));
        let own_sum = i64::from(self.weighing.sum(assessment, row));
        let (_, ahead) = self.class(row);
        // Of each weight: how many more stand ahead there than just before it.
        let steps = MAX_WEIGHT as usize + 1;
        let mut changes = vec![0_i32; steps + 1];
        changes[0] = ahead as i32 + 1;
        for (other, sum) in others.filter(|(other, _)| *other != row) {
            // The lead of the other at weight w is `rest + w · more`; a lead of nothing shares the rank.
            let more = i64::from(assessment.points(criterion, other).unwrap_or(0)) - own;
            let rest = i64::from(sum) - own_sum - weight * more;
            let need = 1 - rest;
            let (from, to) = match more {
                0 => (if need <= 0 { 0 } else { steps as i64 }, steps as i64),
                1.. => (need.div_euclid(more) + i64::from(need.rem_euclid(more) > 0), steps as i64),
                _ => (0, (-need).div_euclid(-more) + 1),
            };
            let (from, to) = (from.clamp(0, steps as i64) as usize, to.clamp(0, steps as i64) as usize);
            if from < to {
                changes[from] += 1;
                changes[to] -= 1;
            }
        }
        let mut rank = 0;
        let mut ranks: Vec<u32> = changes[..steps]
            .iter()
            .map(|change| {
                rank += change;
                rank as u32
            })
            .collect();
        // All weights may not be nothing.
        if self.weighing.total() == weight as u64 {
            ranks[0] = ranks[1];
        }
        ranks
    }

    /// The weights of a criterion, from least to greatest, under which an enterprise stays within the best `k`, with fewer than `k` of a greater score,
    /// while the other weights stay as they are: exact, ties included. `None` when it is not there now.
    ///
    /// ```
    /// # use xiangma::{Assessment, Ranking, Scorecard};
    /// # let mut card = Scorecard::attraction();
    /// # card.criteria.truncate(2);
    /// # card.criteria[0].weight = 6_000;
    /// # card.criteria[1].weight = 4_000;
    /// # let points = [[8_000, 2_000], [5_000, 6_000]];
    /// # let assessment = Assessment::from_points(card, 2, |row, criterion| points[row][criterion])?;
    /// let ranking = Ranking::new(&assessment);
    /// let first = ranking.top(1)[0] as usize;
    /// assert_eq!(ranking.holds(first, 1, 1), Some((0, 4_500)));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn holds(&self, row: usize, k: usize, criterion: usize) -> Option<(u32, u32)> {
        self.held(&self.ranks_along(row, criterion), k, criterion)
    }

    /// The same, of one under no veto, told by those of the [band](Self::band) of `k` alone.
    pub(super) fn holds_in(&self, band: &[u32], row: usize, k: usize, criterion: usize) -> Option<(u32, u32)> {
        let others = band.iter().map(|other| (*other as usize, self.weighing.sum(self.assessment(), *other as usize)));
        self.held(&self.ranks_among(row, criterion, others), k, criterion)
    }

    /// Those under no veto who can be among the best `k` at some weight of a criterion, the others as they are: all but those whom `k`
    /// others match on that criterion and on the rest. Where `k` or more stand ahead of somebody, `k` of this band do: whoever is not of it
    /// has `k` ahead who stand no lower.
    pub(super) fn band(&self, k: usize, criterion: usize) -> Vec<u32> {
        let assessment = self.assessment();
        let weight = i64::from(self.weights()[criterion]);
        let mut rows: Vec<(Reverse<u16>, u32)> =
            assessment.eligible().rows().map(|row| (Reverse(assessment.points(criterion, row as usize).unwrap_or(0)), row)).collect();
        rows.sort_unstable();
        let mut band = Vec::new();
        // The best `k` of the rest so far, the least of them on top.
        let mut best = BinaryHeap::with_capacity(k + 1);
        for (Reverse(points), row) in rows {
            let rest = i64::from(self.weighing.sum(assessment, row as usize)) - weight * i64::from(points);
            if best.len() == k && best.peek().is_some_and(|Reverse(least)| *least >= rest) {
                continue;
            }
            band.push(row);
            best.push(Reverse(rest));
            if best.len() > k {
                best.pop();
            }
        }
        band
    }

    /// Around the weight in force, the weights at which a rank is `k` at most.
    fn held(&self, ranks: &[u32], k: usize, criterion: usize) -> Option<(u32, u32)> {
        let now = *self.weights().get(criterion)? as usize;
        let within = |w: &usize| ranks[*w] as usize <= k;
        if ranks.is_empty() || !within(&now) {
            return None;
        }
        let least = (0..=now).rev().take_while(within).last()?;
        let greatest = (now..ranks.len()).take_while(within).last()?;
        // All weights may not be nothing.
        let least = if least == 0 && self.weighing.total() == now as u64 { 1 } else { least };
        Some((least as u32, greatest as u32))
    }

    /// Where two enterprises change places as the weight of a criterion moves, in closed form: with `D` the difference of their sums,
    /// `m` of their points there and `w` the weight in force, at `w − D / m`. `None` where no weight makes them level.
    pub fn flip(&self, a: usize, b: usize, criterion: usize) -> Option<Flip> {
        let assessment = self.assessment();
        let points = |row: usize| assessment.points(criterion, row).map(i64::from);
        let weight = i64::from(*self.weights().get(criterion)?);
        let more = points(a)? - points(b)?;
        let lead = i64::from(self.weighing.sum(assessment, a)) - i64::from(self.weighing.sum(assessment, b));
        let others = self.weighing.total() as i64 - weight;
        // What the others leave between the two, and this criterion must make good.
        let rest = lead - weight * more;
        if more == 0 || others == 0 || rest != 0 && (rest > 0) == (more > 0) {
            return None;
        }
        let (rest, more) = (rest.abs(), more.abs());
        Some(Flip {
            criterion,
            weight: rest as f64 / more as f64,
            share: 100.0 * rest as f64 / (rest + more * others) as f64,
            now: 100.0 * weight as f64 / self.weighing.total() as f64,
        })
    }

    /// The class of a row, and how many stand ahead of all of it.
    fn class(&self, row: usize) -> (&Selection, usize) {
        let assessment = self.assessment();
        if assessment.allowed.contains(row) { (&assessment.allowed, 0) } else { (&assessment.ruled_out, assessment.allowed.count()) }
    }
}
