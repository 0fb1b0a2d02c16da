//! Points and weights become an order.

mod acceptability;
mod contest;
mod draws;
mod facet;
mod firm;
mod opinion;
mod robustness;
mod weighing;

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::points::Selection;
use crate::scorecard::{Assessment, Scorecard, is_under};

pub use acceptability::{Acceptability, DrawOptions};
pub use facet::{Count, Facets, Filter, Stand};
pub(crate) use facet::{Facet, Tags};
pub use firm::{Flip, RankRange};
pub use opinion::{Consensus, Method, Opinion, Standing};
pub use robustness::{Contender, Firmness, Hold, Robustness};
pub(crate) use weighing::{Weighing, check_weights};

/// The order of a table of enterprises under given weights.
///
/// The score of an enterprise is the integer `Σ weight · points`; divided by the sum of the weights it lies between 0 and 10 000,
/// shown as 0.00 to 100.00. Equal scores share a rank and stand in the order of name, credit code,
/// then input row; enterprises under a veto stand after all others.
/// Nothing is normalised over the batch, so adding or removing an enterprise never reorders the rest.
///
/// # Example
///
/// ```
/// use xiangma::{AssessOptions, Enterprise, Ranking, Scorecard, assess};
///
/// let enterprises = [
///     Enterprise { name: "甲".to_owned(), staff: Some(40), ..Enterprise::default() },
///     Enterprise { name: "乙".to_owned(), staff: Some(400), ..Enterprise::default() },
/// ];
/// let options = AssessOptions::new(xiangma::Date::constant(2026, 11, 1));
/// let assessment = assess(&Scorecard::attraction(), &options, &enterprises, &[], &[vec![], vec![]], None, &[])?;
/// let ranking = Ranking::new(&assessment);
/// assert_eq!(ranking.top(1), [1]);
/// assert_eq!(ranking.rank_of(0), Some(2));
/// let score = ranking.score(1).ok_or("no such row")?;
/// assert!(score.low <= score.score && score.score <= score.high);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ranking<'a> {
    assessment: Held<'a>,
    weighing: Cow<'a, Weighing>,
}

/// What is ranked: somebody else's, or shared.
#[derive(Debug, Clone)]
enum Held<'a> {
    Borrowed(&'a Assessment),
    Shared(Arc<Assessment>),
}

impl Deref for Held<'_> {
    type Target = Assessment;

    fn deref(&self) -> &Assessment {
        match self {
            Self::Borrowed(assessment) => assessment,
            Self::Shared(assessment) => assessment,
        }
    }
}

/// A place in the order: its rank, the row that has it, and the score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// The rank, from 1; equal scores share one.
    pub rank: usize,
    /// The row of the table.
    pub row: u32,
    /// Its score.
    pub score: Score,
}

/// A score with what is unknown about it, each 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The score, each unknown fact at the value its criterion declares.
    pub score: f64,
    /// The least it could be.
    pub low: f64,
    /// The most it could be.
    pub high: f64,
    /// The share of weight backed by facts.
    pub coverage: f64,
    /// The same four in hundredths, rounded once from the whole numbers they are made of.
    hundredths: [u32; 4],
}

/// A [`Score`] as it is shown: every figure has two decimals and no more, so that all who print it print the same.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShownScore {
    /// The score.
    pub score: f64,
    /// The least it could be.
    pub low: f64,
    /// The most it could be.
    pub high: f64,
    /// The share of weight backed by facts.
    pub coverage: f64,
}

impl Score {
    /// Of sums of weights times points, and the sum of the weights.
    fn of(sums: [u64; 4], total: u64) -> Self {
        let total = total.max(1);
        let [score, low, high, coverage] = sums.map(|sum| sum as f64 / (total as f64 * 100.0));
        Self { score, low, high, coverage, hundredths: sums.map(|sum| ((2 * sum + total) / (2 * total)) as u32) }
    }

    /// The score as shown, with two decimals; half a hundredth goes up.
    pub fn shown(&self) -> String {
        format!("{}.{:02}", self.hundredths[0] / 100, self.hundredths[0] % 100)
    }

    /// All four figures as shown.
    pub fn rounded(&self) -> ShownScore {
        let [score, low, high, coverage] = self.hundredths.map(|h| f64::from(h) / 100.0);
        ShownScore { score, low, high, coverage }
    }
}

impl<'a> Ranking<'a> {
    /// Ranks with the weights of the assessment.
    pub fn new(assessment: &'a Assessment) -> Self {
        Self { assessment: Held::Borrowed(assessment), weighing: Cow::Owned(Weighing::new(assessment)) }
    }

    /// Ranks a table that is shared. Such a ranking borrows nothing: it may be kept, cloned and sent to other threads.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use xiangma::{Assessment, Ranking, Scorecard};
    ///
    /// let assessment = Arc::new(Assessment::from_points(Scorecard::attraction(), 3, |row, _| 1_000 * row as u16)?);
    /// let ranking = Ranking::shared(Arc::clone(&assessment));
    /// let best = std::thread::spawn(move || ranking.top(1)).join().unwrap_or_default();
    /// assert_eq!(best, [2]);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn shared(assessment: Arc<Assessment>) -> Ranking<'static> {
        let weighing = Weighing::new(&assessment);
        Ranking { assessment: Held::Shared(assessment), weighing: Cow::Owned(weighing) }
    }

    pub(crate) fn borrowed(assessment: &'a Assessment, weighing: &'a Weighing) -> Self {
        Self { assessment: Held::Borrowed(assessment), weighing: Cow::Borrowed(weighing) }
    }

    /// The table that is ranked.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The weights in force.
    pub fn weights(&self) -> &[u32] {
        &self.weighing.weights
    }

    /// The card with the weights in force, as whole weights that sum to 10 000.
    pub fn scorecard(&self) -> Scorecard {
        self.assessment.card.clone().with_weights(self.weights())
    }

    /// The signature of [that card](Self::scorecard): the card's own when no weight was moved. Scores and ranks of two rankings mean the same
    /// only under one signature.
    pub fn signature(&self) -> String {
        self.scorecard().signature()
    }

    pub(crate) fn sum(&self, row: usize) -> u32 {
        self.weighing.sum(&self.assessment, row)
    }

    /// Ranks again with new weights, each 0 to 10 000.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when there is not one weight per criterion, one is over 10 000, or they sum to 0 or over 200 000.
    pub fn set_weights(&mut self, weights: &[u32]) -> Result<(), Error> {
        self.weighing.to_mut().set(&self.assessment, weights)
    }

    /// Changes one weight, reading one column only. The others stay: scores are shares of the new sum.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, as [`set_weights`](Self::set_weights).
    pub fn set_weight(&mut self, criterion: usize, weight: u32) -> Result<(), Error> {
        self.weighing.to_mut().set_one(&self.assessment, criterion, weight)
    }

    /// The best `k` enterprises, best first, as indices into the table. No full sort is made for a few.
    pub fn top(&self, k: usize) -> Vec<u32> {
        self.weighing.top(&self.assessment, None, k)
    }

    /// The best `k` of the enterprises selected, best first.
    pub fn top_of(&self, rows: &Selection, k: usize) -> Vec<u32> {
        self.weighing.top(&self.assessment, Some(rows), k)
    }

    /// The best `k` of those selected by one criterion: the most points of it first, as many points by score, rows under a veto last.
    pub(crate) fn top_by(&self, rows: &Selection, criterion: usize, k: usize) -> Vec<u32> {
        let order = self.top_of(rows, usize::MAX);
        let points = |row: u32| self.assessment.points(criterion, row as usize).unwrap_or(0);
        let ruled_out = order.iter().position(|row| !self.assessment.allowed.contains(*row as usize)).unwrap_or(order.len());
        let (allowed, rest) = order.split_at(ruled_out);
        let by_points = |rows: &[u32]| {
            let mut rows = rows.to_vec();
            // Stable: those with as many points stay in the order of their scores.
            rows.sort_by_key(|row| std::cmp::Reverse(points(*row)));
            rows
        };
        let mut all = by_points(allowed);
        if all.len() < k {
            all.extend(by_points(rest));
        }
        all.truncate(k);
        all
    }

    /// How many scores of those selected lie in each of `bins` equal parts of 0 to 100; whom a veto rules out is not counted.
    pub(crate) fn histogram(&self, rows: &Selection, bins: usize) -> Vec<u32> {
        let mut counts = vec![0; bins];
        let most = self.weighing.total() * 10_000;
        for (row, sum) in self.weighing.sums(&self.assessment).enumerate() {
            if rows.contains(row) && self.assessment.allowed.contains(row) {
                let at = (u64::from(sum) * bins as u64 / most.max(1)) as usize;
                // 100 is of the last.
                if let Some(count) = counts.get_mut(at.min(bins.saturating_sub(1))) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// Those whose score is from `from` to `to`, both ends included, in whole points of 0 to 100.
    pub(crate) fn scored(&self, from: u8, to: u8) -> Selection {
        // A score is its sum over all weights, in hundredths.
        let point = self.weighing.total() * 100;
        let (least, most) = (u64::from(from) * point, u64::from(to) * point);
        let sums: Vec<u32> = self.weighing.sums(&self.assessment).collect();
        Selection::from_fn(sums.len(), |row| (least..=most).contains(&u64::from(sums[row])))
    }

    /// The whole order, best first: rank, row and score of each. Rows under a veto come last.
    ///
    /// ```
    /// use xiangma::{Assessment, Ranking, Scorecard};
    ///
    /// let assessment = Assessment::from_points(Scorecard::attraction(), 3, |row, _| if row == 0 { 100 } else { 900 })?;
    /// let ranking = Ranking::new(&assessment);
    /// let places: Vec<(usize, u32)> = ranking.places().map(|place| (place.rank, place.row)).collect();
    /// assert_eq!(places, [(1, 1), (1, 2), (3, 0)]);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let mut before: Option<(usize, u32, bool)> = None;
        self.top(self.assessment.rows()).into_iter().enumerate().filter_map(move |(at, row)| {
            let (sum, is_allowed) = (self.sum(row as usize), self.assessment.allowed.contains(row as usize));
            let rank = match before {
                Some((rank, its, allowed)) if (its, allowed) == (sum, is_allowed) => rank,
                _ => at + 1,
            };
            before = Some((rank, sum, is_allowed));
            Some(Place { rank, row, score: self.score(row as usize)? })
        })
    }

    /// The rank of one enterprise, from 1, by one scan: one more than those of a greater score. Equal scores share a rank (1, 1, 3).
    pub fn rank_of(&self, row: usize) -> Option<usize> {
        self.ranks_of(&[u32::try_from(row).ok()?])[0]
    }

    /// The ranks of several enterprises, by one scan for all of them.
    pub fn ranks_of(&self, rows: &[u32]) -> Vec<Option<usize>> {
        self.weighing.ranks_of(&self.assessment, rows)
    }

    /// The score of one enterprise.
    pub fn score(&self, row: usize) -> Option<Score> {
        if row >= self.assessment.rows() {
            return None;
        }
        let weights = self.weights();
        let gaps = self.assessment.unknowns.of(row);
        let of = |amount: fn(&crate::scorecard::Gap) -> u16| {
            gaps.iter().zip(weights).map(|(g, w)| u64::from(*w) * u64::from(amount(g))).sum::<u64>()
        };
        let sum = u64::from(self.weighing.sum(&self.assessment, row));
        Some(Score::of([sum, sum - of(|g| g.below), sum + of(|g| g.above), of(|g| g.known)], self.weighing.total()))
    }

    /// The grade of one enterprise; `ask` while too little is known of it, and nothing for one that is ruled out.
    pub fn grade(&self, row: usize) -> &str {
        if !self.assessment.allowed.contains(row) {
            return "";
        }
        let card = &self.assessment.card;
        let under = is_under(self.assessment.unknowns.of(row), self.weights(), card.coverage_floor);
        let rung = self.rung(self.weighing.sum(&self.assessment, row), under, self.weighing.total());
        card.grades.get(rung).map_or("ask", |g| g.name.as_str())
    }

    /// The place of a sum among the card's grades; one past them while too little is known.
    fn rung(&self, sum: u32, under: bool, total: u64) -> usize {
        let grades = &self.assessment.card.grades;
        let at = if under { None } else { grades.iter().position(|g| u64::from(sum) >= u64::from(g.from) * total) };
        at.unwrap_or(grades.len())
    }

    /// The grade of every enterprise, as a number in the order of the card's grades; one past them for `ask`, and none for who is ruled out.
    pub(crate) fn grades(&self) -> Vec<u16> {
        let under = self.assessment.unknowns.under(self.weights(), self.assessment.card.coverage_floor);
        let total = self.weighing.total();
        let rung = |(row, (sum, under)): (usize, (u32, bool))| {
            if self.assessment.allowed.contains(row) { self.rung(sum, under, total) as u16 } else { Facet::NONE }
        };
        self.weighing.sums(&self.assessment).zip(under).enumerate().map(rung).collect()
    }

    /// A digest of scores and order (FNV-1a, 64 bits): equal on every platform for equal input.
    pub fn digest(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut eat = |value: u32| {
            for byte in value.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        (0..self.assessment.rows()).for_each(|row| eat(self.weighing.sum(&self.assessment, row)));
        self.top(self.assessment.rows()).into_iter().for_each(&mut eat);
        hash
    }
}

/// A ranking may go to another thread, and be looked at from several.
const _: () = {
    const fn is_sent<T: Send + Sync>() {}
    is_sent::<Ranking<'static>>();
    is_sent::<Assessment>();
    is_sent::<Selection>();
};
