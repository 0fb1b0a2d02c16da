//! Stochastic multicriteria acceptability: how often each of a shortlist takes each rank when the weights are drawn at random.

use crate::points::{Points, Sums, Weights};
use crate::rank::Ranking;
use crate::rank::draws::{Draws, TOTAL};

/// How weights are drawn.
///
/// | name | default | purpose | range |
/// |---|---|---|---|
/// | `seed` | 1 | the same seed, the same draws, on every platform | any |
/// | `spread` | 3 000 | the share of all weight that is drawn; the rest stays as it is | 0 to 10 000 |
///
/// With 3 000, each draw keeps seven tenths of the weights in force and draws how the rest is shared. With 10 000 weights are uniform over all there are (Dirichlet with parameters one): nothing is known of what people prefer. Criteria of weight zero stay out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawOptions {
    pub(super) seed: u64,
    pub(super) spread: u16,
}

impl DrawOptions {
    /// Three tenths of the weights anew, from seed 1.
    pub fn new() -> Self {
        Self { seed: 1, spread: 3_000 }
    }

    /// Another seed.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The share of all weight that is drawn, 0 to 10 000; more counts as 10 000.
    pub fn spread(mut self, spread: u16) -> Self {
        self.spread = spread.min(10_000);
        self
    }
}

impl Default for DrawOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// How often each of a shortlist takes each rank among the others, over draws of weights; equal scores share a rank. After Lahdelma and Salminen (SMAA-2, 2001).
///
/// Draws are whole numbers from a seeded generator, so every platform counts the same. Work comes in slices, so that a page can show
/// figures while they firm up.
///
/// ```
/// use xiangma::{Acceptability, Assessment, DrawOptions, Ranking, Scorecard};
///
/// let mut card = Scorecard::attraction();
/// card.criteria.truncate(2);
/// card.criteria[0].weight = 5_000;
/// card.criteria[1].weight = 5_000;
/// let points = [[10_000, 0], [0, 3_000]];
/// let assessment = Assessment::from_points(card, 2, |row, criterion| points[row][criterion])?;
/// let mut found = Acceptability::new(&Ranking::new(&assessment), &[0, 1], DrawOptions::new().spread(10_000));
/// found.draw(10_000);
/// // The first leads when its criterion has more than 3/13 of the weight.
/// assert!((found.share(0, 1) - 10.0 / 13.0).abs() < 0.02);
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Acceptability {
    rows: Vec<u32>,
    points: Points,
    /// By place among ties: the index of the row, those ruled out after all that are not.
    order: Vec<u32>,
    eligible: u32,
    weights: Draws,
    draws: u32,
    /// `counts[row · n + rank]`.
    counts: Vec<u32>,
    /// Of each row, the sum of the weights that made it first.
    firsts: Vec<Vec<u64>>,
    /// What the draw under way comes to.
    tiles: Vec<Sums>,
    sums: Vec<i32>,
    keys: Vec<u64>,
}

impl Acceptability {
    /// Nothing drawn yet, over some rows of a ranking; rows that are not there are left out, and so are rows named again.
    pub fn new(ranking: &Ranking<'_>, rows: &[u32], options: DrawOptions) -> Self {
        let assessment = ranking.assessment();
        let criteria = assessment.card().criteria.len();
        let mut seen = std::collections::HashSet::new();
        let rows: Vec<u32> = rows.iter().copied().filter(|r| (*r as usize) < assessment.rows() && seen.insert(*r)).collect();
        let mut points = Points::builder(criteria);
        for row in &rows {
            points.push((0..criteria).map(|c| assessment.points(c, *row as usize).unwrap_or(0)));
        }
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        order.sort_by_key(|i| {
            let row = rows[*i as usize] as usize;
            (assessment.ruled_out.contains(row), assessment.tie[row])
        });
        let eligible = rows.iter().filter(|r| assessment.allowed.contains(**r as usize)).count() as u32;
        let n = rows.len();
        Self {
            points: points.finish(),
            order,
            eligible,
            weights: Draws::new(ranking.weights(), options),
            draws: 0,
            counts: vec![0; n * n],
            firsts: vec![vec![0; criteria]; n],
            tiles: Vec::new(),
            sums: Vec::new(),
            keys: Vec::with_capacity(n),
            rows,
        }
    }

    /// Draws so many more weights.
    pub fn draw(&mut self, count: u32) {
        for _ in 0..count {
            self.weights.next();
            self.rank();
        }
        self.draws += count;
    }

    /// Counts the ranks under the weights just drawn.
    fn rank(&mut self) {
        let n = self.rows.len();
        self.points.fill_sums(&Weights::new(&self.weights.weights), &mut self.tiles);
        self.sums.clear();
        self.sums.extend(self.tiles.iter().copied().flat_map(Sums::each));
        // Those ruled out last, then the greatest sum first, then the order of ties.
        self.keys.clear();
        self.keys.extend(self.order.iter().zip(0_u32..).map(|(i, place)| {
            let turned = i32::MAX as u32 - self.sums[*i as usize] as u32;
            u64::from(place >= self.eligible) << 63 | u64::from(turned) << 31 | u64::from(place)
        }));
        self.keys.sort_unstable();
        // Those of one sum share the first rank of them.
        let (mut rank, mut sum) = (0, None);
        for (place, key) in self.keys.iter().enumerate() {
            let i = self.order[(*key & 0x7fff_ffff) as usize] as usize;
            if sum.replace(key >> 31) != Some(key >> 31) {
                rank = place;
            }
            self.counts[i * n + rank] += 1;
            if rank == 0 {
                self.firsts[i].iter_mut().zip(&self.weights.weights).for_each(|(sum, w)| *sum += u64::from(*w));
            }
        }
    }

    /// The rows, in the order they were given.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// How many weights were drawn.
    pub fn draws(&self) -> u32 {
        self.draws
    }

    /// The share of draws, 0 to 1, in which the `index`-th row takes a rank, from 1, among the rows.
    pub fn share(&self, index: usize, rank: usize) -> f64 {
        let count = rank.checked_sub(1).and_then(|at| self.of(index).get(at));
        self.over_draws(u64::from(count.copied().unwrap_or(0)))
    }

    /// The share of draws in which it is among the best `k`.
    pub fn within(&self, index: usize, k: usize) -> f64 {
        self.over_draws(self.of(index).iter().take(k).map(|c| u64::from(*c)).sum())
    }

    /// Its mean rank.
    pub fn mean_rank(&self, index: usize) -> f64 {
        self.over_draws(self.of(index).iter().zip(1..).map(|(count, rank)| u64::from(*count) * rank).sum())
    }

    /// The best rank that a share of draws does not pass: with 0.05 and 0.95 a range it keeps to nine times in ten. Zero before any draw.
    pub fn quantile(&self, index: usize, share: f64) -> usize {
        let (mut sum, aim) = (0, share * f64::from(self.draws));
        let reached = self.of(index).iter().position(|count| {
            sum += count;
            f64::from(sum) >= aim
        });
        if self.draws == 0 { 0 } else { reached.map_or(self.rows.len(), |at| at + 1) }
    }

    /// The mean of the weights that make it first, as shares, a criterion each: what one must believe to prefer it. None when no draw
    /// made it first.
    pub fn central_weights(&self, index: usize) -> Option<Vec<f64>> {
        let firsts = self.of(index).first().copied().filter(|c| *c > 0)?;
        Some(self.firsts[index].iter().map(|sum| *sum as f64 / (f64::from(firsts) * f64::from(TOTAL))).collect())
    }

    fn of(&self, index: usize) -> &[u32] {
        self.counts.chunks(self.rows.len().max(1)).nth(index).unwrap_or(&[])
    }

    fn over_draws(&self, count: u64) -> f64 {
        if self.draws == 0 { 0.0 } else { count as f64 / f64::from(self.draws) }
    }
}
