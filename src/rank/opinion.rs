//! Second opinions on a ranking: the same points and weights, by other methods.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};
use crate::mcdm::{
    Direction, Matrix, Normalization, Preference, Reversal, average_ranks, grid_key, promethee_ii, ranks, reversals, spearman, topsis,
    vikor, weighted_product,
};
use crate::order::sort_by_key;
use crate::rank::Ranking;
use crate::scorecard::FULL;

/// How points and weights become an order.
///
/// | method | formula | references |
/// |---|---|---|
/// | `weighted_sum` | the scorecard's own: Σ w · points | fixed |
/// | `weighted_product` | Π ((points + 1) / 10 001)^w: weakness anywhere costs more; one point more, so that a single zero is not the end | fixed |
/// | `topsis` | closeness to the best of the batch and distance from its worst, over Euclidean lengths | of the batch |
/// | `topsis_fixed` | the same to 10 000 and from 0 points | fixed |
/// | `vikor` | compromise of group utility and the worst single regret, v = ½ | of the batch |
/// | `vikor_fixed` | the same against 10 000 and 0 points | fixed |
/// | `promethee_ii` | net preference flow; a lead counts from 500 points and counts whole from 3 000 | of the batch |
///
/// With references of the batch, adding or removing an enterprise may reorder others; that is why these are second opinions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The scorecard's own sum.
    WeightedSum,
    /// Weighted product.
    WeightedProduct,
    /// TOPSIS.
    Topsis,
    /// TOPSIS with fixed references.
    TopsisFixed,
    /// VIKOR.
    Vikor,
    /// VIKOR with fixed references.
    VikorFixed,
    /// PROMETHEE II.
    #[serde(rename = "promethee_ii")]
    PrometheeII,
}

/// The table a method takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// One column: the scorecard's own sums.
    Sums,
    /// Points and one more, so that none is zero.
    OverZero,
    /// Points, with references from 0 to 10 000.
    Fixed,
    /// Points, with references of the batch.
    Batch,
}

impl Method {
    /// Every method, the scorecard's own first.
    pub const ALL: [Self; 7] =
        [Self::WeightedSum, Self::WeightedProduct, Self::TopsisFixed, Self::VikorFixed, Self::Topsis, Self::Vikor, Self::PrometheeII];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeightedSum => "weighted_sum",
            Self::WeightedProduct => "weighted_product",
            Self::Topsis => "topsis",
            Self::TopsisFixed => "topsis_fixed",
            Self::Vikor => "vikor",
            Self::VikorFixed => "vikor_fixed",
            Self::PrometheeII => "promethee_ii",
        }
    }

    /// The method of a name.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, with the names there are.
    pub fn named(name: &str) -> Result<Self, Error> {
        let known = || Self::ALL.map(Self::as_str).join(", ");
        Self::ALL
            .into_iter()
            .find(|m| m.as_str() == name)
            .ok_or_else(|| Kind::BadArgument(format!("`{name}` is no method; known: {}", known())).into())
    }

    /// True when its references are of the batch.
    pub fn is_relative(self) -> bool {
        matches!(self, Self::Topsis | Self::Vikor | Self::PrometheeII)
    }

    /// Scores of a table of points; greater is better, but for VIKOR.
    fn scores(self, table: &Matrix, weights: &[f64]) -> Result<Vec<f64>, Error> {
        Ok(match self {
            // A table of sums has one column.
            Self::WeightedSum => table.column(0).to_vec(),
            Self::WeightedProduct => weighted_product(table, weights, Normalization::Max)?,
            Self::Topsis => topsis(table, weights, Normalization::Vector)?,
            Self::TopsisFixed => topsis(table, weights, Normalization::MinMax)?,
            Self::Vikor | Self::VikorFixed => vikor(table, weights, 0.5)?.q,
            Self::PrometheeII => {
                let preference = Preference::Linear { q: 500.0, p: 3_000.0 };
                promethee_ii(table, weights, &vec![preference; weights.len()])?.net
            }
        })
    }

    fn takes(self) -> Takes {
        match self {
            Self::WeightedSum => Takes::Sums,
            Self::WeightedProduct => Takes::OverZero,
            Self::TopsisFixed | Self::VikorFixed => Takes::Fixed,
            Self::Topsis | Self::Vikor | Self::PrometheeII => Takes::Batch,
        }
    }

    fn higher_is_better(self) -> bool {
        !matches!(self, Self::Vikor | Self::VikorFixed)
    }
}

/// The order by one method.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// Which.
    pub method: Method,
    /// Rows, best first: by score on a grid of 10⁻¹², then as the ranking orders ties; those under a veto after all others, in the order
    /// of the scorecard's sum.
    pub order: Vec<u32>,
    /// Of each row, what the method gave it; none under a veto: those are not in its batch.
    pub scores: Vec<Option<f64>>,
    /// Of each row, its rank from 1: rows of one score, on that grid, share the best of theirs.
    pub ranks: Vec<usize>,
    /// VIKOR's compromise set: the rows none of which can be called better than the others. Empty for other methods.
    pub compromise: Vec<u32>,
}

/// Where one enterprise stands by every method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The row.
    pub row: u32,
    /// Its rank by each method, in the order of [`Consensus::methods`].
    pub ranks: Vec<usize>,
    /// How many methods have it among the best `k`.
    pub votes: usize,
}

/// All methods side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consensus {
    /// How many count as the best.
    pub k: usize,
    /// The methods.
    pub methods: Vec<Method>,
    /// Of each, Spearman's correlation with the scorecard's own order; none where all are tied.
    pub agreement: Vec<Option<f64>>,
    /// Of each, the ways in which taking one enterprise of this list away reorders others of it; always none for fixed references.
    /// The list is that of `standings`, its first 200.
    pub reversals: Vec<Vec<Reversal>>,
    /// Everybody who is among the best `k` by any method: by most votes, then by the scorecard's own rank.
    pub standings: Vec<Standing>,
}

/// Shortlists up to this many are searched for reversals: the work grows with its cube.
const SEARCHED: usize = 200;

impl Ranking<'_> {
    /// The order by another method, over all that are under no veto.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when nobody is left to rank.
    pub fn opinion(&self, method: Method) -> Result<Opinion, Error> {
        let assessment = self.assessment();
        let rows: Vec<u32> = assessment.eligible().rows().collect();
        let (found, compromise) = self.scores_of(method, &rows)?;
        let higher = method.higher_is_better();
        let mut keys: Vec<(u64, u32, u32)> =
            rows.iter().zip(&found).map(|(row, s)| (grid_key(*s, higher), assessment.tie[*row as usize], *row)).collect();
        keys.sort_unstable();
        let mut ranks = vec![0; assessment.rows()];
        let mut rank = 0;
        for (place, (score, _, row)) in keys.iter().enumerate() {
            if place == 0 || keys[place - 1].0 != *score {
                rank = place + 1;
            }
            ranks[*row as usize] = rank;
        }
        let mut order: Vec<u32> = keys.into_iter().map(|k| k.2).collect();
        let out = self.top_of(&assessment.ruled_out, usize::MAX);
        out.iter().zip(self.ranks_of(&out)).for_each(|(row, rank)| ranks[*row as usize] = rank.unwrap_or(0));
        order.extend(out);
        let mut scores = vec![None; assessment.rows()];
        rows.iter().zip(found).for_each(|(row, s)| scores[*row as usize] = Some(s));
        Ok(Opinion { method, order, scores, ranks, compromise })
    }

    /// Every method side by side: who is among the best `k` by all of them, and who by one only.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when nobody is left to rank, or `k` is zero.
    pub fn consensus(&self, k: usize) -> Result<Consensus, Error> {
        if k == 0 {
            return Err(Kind::BadArgument("the best none are nobody".to_owned()).into());
        }
        let methods = Method::ALL.to_vec();
        let eligible: Vec<u32> = self.assessment().eligible().rows().collect();
        let k = k.min(eligible.len());
        let (mut places, mut agreement, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for alike in methods.chunk_by(|a, b| a.takes() == b.takes()) {
            let table = self.table(alike[0], &eligible)?;
            for method in alike {
                let (scores, higher) = (method.scores(&table, &self.shares())?, method.higher_is_better());
                places.push(ranks(&scores, higher, |before, _| before + 1));
                let mean = average_ranks(&scores, higher);
                if own.is_empty() {
                    own.clone_from(&mean);
                }
                agreement.push(spearman(&own, &mean));
            }
        }
        let mut standings: Vec<Standing> = eligible
            .iter()
            .enumerate()
            .map(|(i, row)| (i, *row, places.iter().filter(|p: &&Vec<usize>| p[i] <= k).count()))
            .filter(|(_, _, votes)| *votes > 0)
            .map(|(i, row, votes)| Standing { row, votes, ranks: places.iter().map(|p| p[i]).collect() })
            .collect();
        sort_by_key(&mut standings, |s| (std::cmp::Reverse(s.votes), s.ranks[0], self.assessment().tie[s.row as usize]));
        let shortlist: Vec<u32> = standings.iter().map(|s| s.row).take(SEARCHED).collect();
        let mut reversed = Vec::new();
        for method in &methods {
            reversed.push(if method.is_relative() { self.reversals_of(*method, &shortlist)? } else { Vec::new() });
        }
        Ok(Consensus { k, methods, agreement, reversals: reversed, standings })
    }

    /// The points of all that are under no veto, for weights from data: a table of benefits, 0 to 10 000, one column a criterion.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when nobody is left.
    pub fn points_table(&self) -> Result<Matrix, Error> {
        self.table(Method::Topsis, &self.assessment().eligible().rows().collect::<Vec<_>>())
    }

    /// The ways in which taking one of these rows away reorders others of them.
    fn reversals_of(&self, method: Method, rows: &[u32]) -> Result<Vec<Reversal>, Error> {
        if rows.len() < 3 {
            return Ok(Vec::new());
        }
        let weights = self.shares();
        let sign = if method.higher_is_better() { 1.0 } else { -1.0 };
        let found =
            reversals(&self.table(method, rows)?, |table| Ok(method.scores(table, &weights)?.into_iter().map(|s| sign * s).collect()))?;
        let row = |i: u32| rows[i as usize];
        Ok(found.into_iter().map(|r| Reversal { removed: row(r.removed), above: row(r.above), below: row(r.below), ..r }).collect())
    }

    fn scores_of(&self, method: Method, rows: &[u32]) -> Result<(Vec<f64>, Vec<u32>), Error> {
        let (table, weights) = (self.table(method, rows)?, self.shares());
        if matches!(method, Method::Vikor | Method::VikorFixed) {
            let found = vikor(&table, &weights, 0.5)?;
            return Ok((found.q, found.compromise.into_iter().map(|i| rows[i]).collect()));
        }
        Ok((method.scores(&table, &weights)?, Vec::new()))
    }

    /// The weights in force, as shares.
    fn shares(&self) -> Vec<f64> {
        let total = self.weighing.total() as f64;
        self.weights().iter().map(|w| f64::from(*w) / total).collect()
    }

    /// The points of some rows as a method takes them.
    fn table(&self, method: Method, rows: &[u32]) -> Result<Matrix, Error> {
        let assessment = self.assessment();
        let points = |c: usize, more: f64| {
            rows.iter().map(|row| f64::from(assessment.points(c, *row as usize).unwrap_or(0)) + more).collect::<Vec<_>>()
        };
        let criteria = self.weights().len();
        let all = |more: f64| (0..criteria).map(|c| points(c, more)).collect();
        let columns = match method.takes() {
            Takes::Sums => vec![rows.iter().map(|row| f64::from(self.weighing.sum(assessment, *row as usize))).collect()],
            Takes::OverZero => all(1.0),
            Takes::Fixed | Takes::Batch => all(0.0),
        };
        let table = Matrix::from_columns(columns, &vec![Direction::Benefit; if method.takes() == Takes::Sums { 1 } else { criteria }])?;
        if method.takes() == Takes::Fixed { table.with_references(&vec![(0.0, f64::from(FULL)); criteria]) } else { Ok(table) }
    }
}
