//! How often drawn weights have each enterprise among the best few: of all who can ever be there, not of today's best alone.

use crate::points::{Points, Sums, Weights};
use crate::rank::draws::Draws;
use crate::rank::{DrawOptions, Ranking};

/// Everybody who can be among the best `k` under some drawn weights, and how often each is.
pub(super) struct Contest {
    k: usize,
    /// Who takes part: first those whose ranks are told one by one, then all others.
    pub rows: Vec<u32>,
    told: usize,
    points: Points,
    draws: Draws,
    drawn: u32,
    /// Of each told, how many draws gave it each rank, from 1 at 0, as far as any did.
    counts: Vec<Vec<u32>>,
    /// Of each told, the sum of the weights that made it first.
    firsts: Vec<Vec<u64>>,
    /// Of everybody, how many draws had it first, and selected.
    first: Vec<u32>,
    selected: Vec<u32>,
}

impl Contest {
    /// Nothing drawn yet. `told` are rows under no veto, best first, at least `k` of them where there are so many.
    pub(super) fn new(ranking: &Ranking<'_>, k: usize, told: &[u32], options: DrawOptions) -> Self {
        let assessment = ranking.assessment();
        let criteria = assessment.card().criteria.len();
        let draws = Draws::new(ranking.weights(), options);
        let mut rows = told.to_vec();
        let others = can_reach(ranking, k, &draws);
        rows.extend(others.into_iter().filter(|row| !told.contains(row)));
        let mut points = Points::builder(criteria);
        for row in &rows {
            points.push((0..criteria).map(|c| assessment.points(c, *row as usize).unwrap_or(0)));
        }
        let n = rows.len();
        Self {
            k,
            told: told.len(),
            points: points.finish(),
            draws,
            drawn: 0,
            counts: vec![Vec::new(); told.len()],
            firsts: vec![vec![0; criteria]; told.len()],
            first: vec![0; n],
            selected: vec![0; n],
            rows,
        }
    }

    pub(super) fn draw(&mut self, count: u32) {
        let (mut tiles, mut sums): (Vec<Sums>, Vec<i32>) = (Vec::new(), Vec::new());
        let mut sorted: Vec<(i32, usize)> = Vec::new();
        let mut over: Vec<u32> = Vec::new();
        let mut high: Vec<i32> = Vec::new();
        for _ in 0..count {
            self.draws.next();
            self.points.fill_sums(&Weights::new(&self.draws.weights), &mut tiles);
            sums.clear();
            sums.extend(tiles.iter().copied().flat_map(Sums::each).take(self.rows.len()));
            sorted.clear();
            sorted.extend(sums[..self.told].iter().copied().zip(0..));
            sorted.sort_unstable();
            // Of those told, how many are under each sum: one more than a rank is counted where a sum is over theirs.
            over.clear();
            over.resize(sorted.len() + 1, 0);
            let least = sorted.first().map_or(i32::MAX, |s| s.0);
            // The k best of those told stand as high as the k best of all at most.
            let floor = sorted.len().checked_sub(self.k).map_or(i32::MIN, |at| sorted[at].0);
            high.clear();
            for sum in &sums {
                if *sum > least {
                    over[sorted.partition_point(|s| s.0 < *sum)] += 1;
                }
                if *sum >= floor {
                    high.push(*sum);
                }
            }
            high.sort_unstable_by(|a, b| b.cmp(a));
            let (Some(best), Some(last)) = (high.first().copied(), high.get(self.k - 1).or(high.last()).copied()) else { continue };
            for (i, sum) in sums.iter().enumerate().filter(|(_, sum)| **sum >= last) {
                self.selected[i] += 1;
                self.first[i] += u32::from(*sum == best);
            }
            let mut above = 0;
            for at in (0..sorted.len()).rev() {
                above += over[at + 1] as usize;
                let i = sorted[at].1;
                if self.counts[i].len() <= above {
                    self.counts[i].resize(above + 1, 0);
                }
                self.counts[i][above] += 1;
                if above == 0 {
                    self.firsts[i].iter_mut().zip(&self.draws.weights).for_each(|(sum, w)| *sum += u64::from(*w));
                }
            }
        }
        self.drawn += count;
    }

    fn over_draws(&self, count: u64) -> f64 {
        if self.drawn == 0 { 0.0 } else { count as f64 / f64::from(self.drawn) }
    }

    /// The share of draws that have it first.
    pub(super) fn first(&self, index: usize) -> f64 {
        self.over_draws(u64::from(self.first[index]))
    }

    /// The share of draws that have it among the best `k`.
    pub(super) fn selected(&self, index: usize) -> f64 {
        self.over_draws(u64::from(self.selected[index]))
    }

    /// Everybody whose ranks are not told and whom some draw selected: the most often first.
    pub(super) fn others(&self) -> Vec<usize> {
        let mut others: Vec<usize> = (self.told..self.rows.len()).filter(|i| self.selected[*i] > 0).collect();
        others.sort_by_key(|i| (std::cmp::Reverse((self.selected[*i], self.first[*i])), *i));
        others
    }

    /// The mean rank of one told.
    pub(super) fn mean_rank(&self, index: usize) -> f64 {
        self.over_draws(self.counts[index].iter().zip(1..).map(|(count, rank)| u64::from(*count) * rank).sum())
    }

    /// The best rank that a share of draws does not pass.
    pub(super) fn quantile(&self, index: usize, share: f64) -> usize {
        let (mut sum, aim) = (0, share * f64::from(self.drawn));
        let reached = self.counts[index].iter().position(|count| {
            sum += count;
            f64::from(sum) >= aim
        });
        reached.map_or(self.counts[index].len(), |at| at + 1)
    }

    /// The mean of the weights that make it first, as shares.
    pub(super) fn central_weights(&self, index: usize) -> Option<Vec<f64>> {
        let count = Some(self.first[index]).filter(|c| *c > 0)?;
        let whole = f64::from(count) * f64::from(super::draws::TOTAL);
        Some(self.firsts[index].iter().map(|sum| *sum as f64 / whole).collect())
    }
}

/// Groups of guards larger than this are not looked for among those a single bound let through.
const LOOKED_AT: usize = 20_000;

/// Everybody under no veto but those over whom `k` others stand whatever weights are drawn: at the ends of what can be drawn, and so between
/// them, no lower, and at one end higher. Who is let through without need costs time and changes nothing.
fn can_reach(ranking: &Ranking<'_>, k: usize, draws: &Draws) -> Vec<u32> {
    let assessment = ranking.assessment();
    let rows: Vec<u32> = assessment.eligible().rows().collect();
    if rows.len() <= k {
        return rows;
    }
    let width = draws.kept.len();
    // The sum of each where all that is given out falls to one criterion.
    let mut ends: Vec<u32> = Vec::with_capacity(rows.len() * width);
    for row in &rows {
        let point = |c: usize| u32::from(assessment.points(c, *row as usize).unwrap_or(0));
        let stays: u32 = draws.kept.iter().map(|(c, w)| w * point(*c)).sum();
        ends.extend(draws.kept.iter().map(|(c, _)| stays + draws.given * point(*c)));
    }
    let of = |i: usize| &ends[i * width..(i + 1) * width];
    let best_by = |key: &dyn Fn(usize) -> u64, count: usize| {
        let mut all: Vec<(u64, usize)> = (0..rows.len()).map(|i| (key(i), i)).collect();
        let at = count.min(all.len()) - 1;
        all.select_nth_unstable_by(at, |a, b| b.cmp(a));
        all.truncate(at + 1);
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.into_iter().map(|(_, i)| i).collect::<Vec<usize>>()
    };
    let whole = |i: usize| of(i).iter().map(|e| u64::from(*e)).sum::<u64>();
    let weakest = |i: usize| of(i).iter().copied().min().map_or(0, u64::from);
    // One bound for a whole group: what stands under the lowest of k guards at every end stands under all of them.
    let bounds: Vec<Vec<u32>> = [best_by(&whole, k), best_by(&weakest, k)]
        .iter()
        .map(|guards| (0..width).map(|c| guards.iter().map(|g| of(*g)[c]).min().unwrap_or(0)).collect())
        .collect();
    let under = |i: usize, bound: &[u32]| {
        let ends = of(i);
        ends.iter().zip(bound).all(|(e, b)| e <= b) && ends.iter().zip(bound).any(|(e, b)| e < b)
    };
    let mut left: Vec<usize> = (0..rows.len()).filter(|i| !bounds.iter().any(|b| under(*i, b))).collect();
    if left.len() <= LOOKED_AT {
        let guards = best_by(&whole, 4 * k + 20);
        left.retain(|i| guards.iter().filter(|g| under(*i, of(**g))).take(k).count() < k);
    }
    left.into_iter().map(|i| rows[i]).collect()
}
