//! How firm a selection is, enterprise by enterprise: everything a meeting asks of it in one table.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::rank::contest::Contest;
use crate::rank::{Consensus, DrawOptions, Ranking};

/// How firm a selection is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// How many are selected.
    pub k: usize,
    /// How many weights were drawn.
    pub draws: u32,
    /// Those selected, and the next after them: half as many again and five more; best first.
    pub rows: Vec<Firmness>,
    /// How many enterprises the weights were drawn over: all but those over whom `k` others stand whatever weights are drawn.
    pub contenders: usize,
    /// Those who are not among the rows and whom drawn weights select all the same: the most often selected first, `k` at most.
    pub others: Vec<Contender>,
    /// The other methods' opinions.
    pub consensus: Consensus,
}

/// An enterprise that is not selected, nor next to be, and that other weights would select.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Contender {
    /// The row.
    pub row: u32,
    /// Its rank.
    pub rank: usize,
    /// The share of drawn weights, 0 to 1, that make it first.
    pub first_share: f64,
    /// The share that have it selected.
    pub selected_share: f64,
}

/// How firm the place of one enterprise is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Firmness {
    /// The row.
    pub row: u32,
    /// Its rank.
    pub rank: usize,
    /// The best rank it can have, whatever is still unknown of anybody.
    pub best: usize,
    /// The worst.
    pub worst: usize,
    /// The share of drawn weights, 0 to 1, that make it first of all enterprises.
    pub first_share: f64,
    /// The share that have it among the best `k` of all enterprises.
    pub selected_share: f64,
    /// Its mean rank under drawn weights, among the contenders: up to `k` the rank among all, past that the best it can be.
    pub mean_rank: f64,
    /// The range of ranks that it keeps to nine times in ten: its best rank.
    pub rank_05: usize,
    /// The worst rank of that range.
    pub rank_95: usize,
    /// What one must believe to have it first: the mean of the weights that do, as shares by criterion; none when no draw did.
    pub central_weights: Option<Vec<f64>>,
    /// How many methods select it.
    pub votes: usize,
    /// While it is selected: the weights of each criterion, the others as they are, under which it stays so.
    pub holds: Vec<Hold>,
}

/// The weights of one criterion under which a selection holds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    /// Which criterion.
    pub criterion: usize,
    /// The least weight.
    pub from: u32,
    /// The greatest.
    pub to: u32,
    /// The least as a share of all weights, 0 to 100.
    pub from_share: f64,
    /// The greatest.
    pub to_share: f64,
}

impl Ranking<'_> {
    /// Says of the best `k`, and of those next after them, how firm their places are. Vetoed enterprises are no candidates.
    ///
    /// Weights are drawn over everybody who can be among the best `k` under any of them, so the shares are of all enterprises. The work
    /// grows with their number: few where weights move little, everybody where nobody is better than others on all criteria.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when nobody is left to rank, or `k` is zero.
    pub fn robustness(&self, k: usize, draws: u32, options: DrawOptions) -> Result<Robustness, Error> {
        let consensus = self.consensus(k)?;
        let k = consensus.k;
        let rows = self.top_of(self.assessment().eligible(), (k + k / 2 + 5).min(1_000));
        let ranges = self.rank_ranges(&rows);
        let ranks = self.ranks_of(&rows);
        let mut drawn = Contest::new(self, k, &rows, options);
        drawn.draw(draws);
        let total = self.weighing.total();
        let hold = |row: u32, (criterion, band): (usize, &[u32])| {
            let (from, to) = self.holds_in(band, row as usize, k, criterion)?;
            let others = total - u64::from(self.weights()[criterion]);
            let share = |w: u32| 100.0 * f64::from(w) / (others + u64::from(w)).max(1) as f64;
            Some(Hold { criterion, from, to, from_share: share(from), to_share: share(to) })
        };
        let weighed = (0..self.weights().len()).filter(|c| self.weights()[*c] > 0);
        let bands: Vec<(usize, Vec<u32>)> = weighed.map(|c| (c, self.band(k, c))).collect();
        let firm = |(i, (row, range)): (usize, (&u32, Option<super::RankRange>))| {
            let range = range?;
            Some(Firmness {
                row: *row,
                rank: ranks[i]?,
                best: range.best,
                worst: range.worst,
                first_share: drawn.first(i),
                selected_share: drawn.selected(i),
                mean_rank: drawn.mean_rank(i),
                rank_05: drawn.quantile(i, 0.05),
                rank_95: drawn.quantile(i, 0.95),
                central_weights: drawn.central_weights(i),
                votes: consensus.standings.iter().find(|s| s.row == *row).map_or(0, |s| s.votes),
                holds: if i < k { bands.iter().filter_map(|(c, band)| hold(*row, (*c, band))).collect() } else { Vec::new() },
            })
        };
        let beyond: Vec<usize> = drawn.others().into_iter().take(k).collect();
        let their_ranks = self.ranks_of(&beyond.iter().map(|i| drawn.rows[*i]).collect::<Vec<_>>());
        let other = |(i, rank): (&usize, Option<usize>)| {
            Some(Contender { row: drawn.rows[*i], rank: rank?, first_share: drawn.first(*i), selected_share: drawn.selected(*i) })
        };
        let others = beyond.iter().zip(their_ranks).filter_map(other).collect();
        let rows = rows.iter().zip(ranges).enumerate().filter_map(firm).collect();
        Ok(Robustness { k, draws, rows, contenders: drawn.rows.len(), others, consensus })
    }
}
