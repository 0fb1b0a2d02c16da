//! The hot path: weights and points become the best few, a rank, or a full order.

use crate::error::{Error, Kind};
use crate::points::{Selection, Sums, Weights, reach_sums};
use crate::scorecard::Assessment;

/// The most a single weight may be.
pub(super) const MAX_WEIGHT: u32 = 10_000;

/// The most the weights may sum to, so that sums of products fit 31 bits.
const MAX_TOTAL: u32 = 200_000;

/// Weights in force over a table: a ranking without its table, for who must own it apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighing {
    pub weights: Vec<u32>,
    pairs: Weights,
    /// The sum of every row, once single weights are moved; empty before. New weights as a whole are quicker to weigh than to store.
    sums: Vec<Sums>,
}

/// Greater is better, and no two rows of a table are equal.
pub(super) fn key(assessment: &Assessment, row: u32, sum: i32) -> u64 {
    u64::from(sum as u32) << 32 | u64::from(u32::MAX - assessment.tie[row as usize])
}

impl Weighing {
    pub(crate) fn new(assessment: &Assessment) -> Self {
        let weights = assessment.weights.clone();
        let pairs = Weights::new(&weights);
        Self { weights, pairs, sums: Vec::new() }
    }

    pub(crate) fn set(&mut self, assessment: &Assessment, weights: &[u32]) -> Result<(), Error> {
        if weights.len() != assessment.points.criteria() {
            return Err(Kind::BadArgument(format!("{} weights for {} criteria", weights.len(), assessment.points.criteria())).into());
        }
        check_weights(weights)?;
        let mut moved = (0..weights.len()).filter(|c| weights[*c] != self.weights[*c]);
        match (moved.next(), moved.next()) {
            (None, _) => {}
            (Some(criterion), None) => self.move_one(assessment, criterion, weights[criterion]),
            _ => {
                self.weights = weights.to_vec();
                self.pairs = Weights::new(weights);
                self.sums = Vec::new();
            }
        }
        Ok(())
    }

    pub(crate) fn set_one(&mut self, assessment: &Assessment, criterion: usize, weight: u32) -> Result<(), Error> {
        let Some(before) = self.weights.get(criterion) else {
            return Err(Kind::BadArgument(format!("there is no criterion {criterion}")).into());
        };
        let before = *before;
        self.weights[criterion] = weight;
        let checked = check_weights(&self.weights);
        self.weights[criterion] = before;
        checked?;
        self.move_one(assessment, criterion, weight);
        Ok(())
    }

    fn move_one(&mut self, assessment: &Assessment, criterion: usize, weight: u32) {
        let before = std::mem::replace(&mut self.weights[criterion], weight);
        self.pairs = Weights::new(&self.weights);
        if self.sums.is_empty() {
            self.sums = assessment.points.all_sums(&self.pairs);
        } else {
            assessment.points.move_one(&mut self.sums, criterion, weight as i32 - before as i32);
        }
    }

    pub(crate) fn total(&self) -> u64 {
        self.weights.iter().map(|w| u64::from(*w)).sum()
    }

    pub(crate) fn sum(&self, assessment: &Assessment, row: usize) -> u32 {
        assessment.points.sum(&self.weights, row)
    }

    /// The sum of every row.
    pub(crate) fn sums(&self, assessment: &Assessment) -> impl Iterator<Item = u32> {
        let kept = self.sums.iter().copied();
        let made = if self.sums.is_empty() { assessment.points.all_sums(&self.pairs) } else { Vec::new() };
        kept.chain(made).flat_map(Sums::each).take(assessment.rows()).map(|sum| sum as u32)
    }

    /// Calls back with the selected rows whose sum reaches a floor, which the callback raises.
    #[inline]
    fn reach(&self, assessment: &Assessment, rows: &Selection, floor: i32, each: impl FnMut(u32, i32) -> i32) {
        if self.sums.is_empty() {
            assessment.points.reach(&self.pairs, rows, floor, each);
        } else {
            reach_sums(&self.sums, rows, floor, each);
        }
    }

    /// The best `k` of the rows selected, best first.
    fn best(&self, assessment: &Assessment, rows: &Selection, k: usize) -> Vec<u32> {
        if k == 0 {
            return Vec::new();
        }
        // A buffer of the best so far, cut back to k when it is full; below its least key nothing enters.
        let room = (4 * k).max(256).min(rows.len());
        let mut best: Vec<u64> = Vec::with_capacity(room + 1);
        let mut least = 0;
        self.reach(assessment, rows, 0, |row, sum| {
            let key = key(assessment, row, sum);
            if key >= least {
                best.push(key);
                if best.len() > room && room > k {
                    best.select_nth_unstable_by(k - 1, |a, b| b.cmp(a));
                    best.truncate(k);
                    least = best[k - 1];
                }
            }
            (least >> 32) as i32
        });
        best.sort_unstable_by(|a, b| b.cmp(a));
        best.truncate(k);
        best.into_iter().map(|key| assessment.by_tie[(u32::MAX - key as u32) as usize]).collect()
    }

    /// The best `k` of the rows selected; those under a veto after all others.
    pub(crate) fn top(&self, assessment: &Assessment, rows: Option<&Selection>, k: usize) -> Vec<u32> {
        let within = |class: &Selection| {
            rows.map(|rows| {
                let mut class = class.clone();
                class.and(rows);
                class
            })
        };
        let k = k.min(rows.map_or(assessment.rows(), Selection::count));
        let few = |class: &Selection, k: usize| {
            let within = within(class);
            let class = within.as_ref().unwrap_or(class);
            // Half of a large table and more is better sorted whole.
            if k > 10_000 && k > class.len() / 4 { self.sorted(assessment, class, k) } else { self.best(assessment, class, k) }
        };
        let mut top = few(&assessment.allowed, k);
        if top.len() < k {
            top.extend(few(&assessment.ruled_out, k - top.len()));
        }
        top
    }

    /// The rows selected in order, best first: a radix sort by sum over the order of ties.
    fn sorted(&self, assessment: &Assessment, rows: &Selection, k: usize) -> Vec<u32> {
        const BITS: u32 = 11;
        let mut sums = vec![0_u32; rows.len()];
        self.reach(assessment, rows, 0, |row, sum| {
            sums[row as usize] = sum as u32;
            0
        });
        // The sum turned over, so that the order falls, and the row beside it.
        let packed = |row: &u32| u64::from(!sums[*row as usize]) << 32 | u64::from(*row);
        let selected = assessment.by_tie.iter().filter(|row| rows.contains(**row as usize));
        let mut order: Vec<u64> = selected.map(packed).collect();
        let mut other = vec![0; order.len()];
        for pass in 0..3 {
            let digit = |packed: u64| (packed >> (32 + BITS * pass)) as usize & ((1 << BITS) - 1);
            let mut starts = vec![0_u32; 1 << BITS];
            order.iter().for_each(|packed| starts[digit(*packed)] += 1);
            let mut sum = 0;
            for start in &mut starts {
                sum += std::mem::replace(start, sum);
            }
            for packed in &order {
                let at = &mut starts[digit(*packed)];
                other[*at as usize] = *packed;
                *at += 1;
            }
            std::mem::swap(&mut order, &mut other);
        }
        order.into_iter().take(k).map(|packed| packed as u32).collect()
    }

    /// The ranks of several rows, by one scan for all of them; rows of one score share theirs.
    pub(crate) fn ranks_of(&self, assessment: &Assessment, rows: &[u32]) -> Vec<Option<usize>> {
        let mut ranks = vec![None; rows.len()];
        let ahead = assessment.allowed.count();
        for (class, ahead) in [(&assessment.allowed, 0), (&assessment.ruled_out, ahead)] {
            let mut asked: Vec<u64> = Vec::new();
            let of_class = |row: u32| class.contains(row as usize);
            // A row stands with the first of its score.
            let key_of = |row: u32| key(assessment, row, self.sum(assessment, row as usize) as i32) | u64::from(u32::MAX);
            asked.extend(rows.iter().filter(|r| of_class(**r)).map(|r| key_of(*r)));
            asked.sort_unstable();
            let Some(least) = asked.first().copied() else { continue };
            // Of each key asked for: how many keys lie over it and not over the next.
            let mut over = vec![0_usize; asked.len() + 1];
            let floor = (least >> 32) as i32;
            self.reach(assessment, class, floor, |row, sum| {
                let key = key(assessment, row, sum);
                over[asked.partition_point(|a| *a < key)] += 1;
                floor
            });
            for at in (0..asked.len()).rev() {
                over[at] += over[at + 1];
            }
            for (rank, row) in ranks.iter_mut().zip(rows).filter(|(_, row)| of_class(**row)) {
                *rank = asked.binary_search(&key_of(*row)).ok().map(|at| ahead + 1 + over[at + 1]);
            }
        }
        ranks
    }
}

/// Weights whose sums of products fit 31 bits.
pub(crate) fn check_weights(weights: &[u32]) -> Result<(), Error> {
    if let Some(weight) = weights.iter().find(|w| **w > MAX_WEIGHT) {
        return Err(Kind::BadArgument(format!("a weight of {weight} is over {MAX_WEIGHT}")).into());
    }
    let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
    if total == 0 || total > u64::from(MAX_TOTAL) {
        return Err(Kind::BadArgument(format!("the weights sum to {total}; they must sum to something between 1 and {MAX_TOTAL}")).into());
    }
    Ok(())
}
