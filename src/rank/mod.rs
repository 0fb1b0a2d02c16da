//! Points and weights become an order.

use std::borrow::Cow;

use crate::error::{Error, Kind};
use crate::scorecard::Assessment;

/// The most a single weight may be.
const MAX_WEIGHT: u32 = 10_000;

/// The order of a table of enterprises under given weights.
///
/// The score of an enterprise is the integer `Σ weight · points`; divided by the sum of the weights it lies between 0 and 10 000,
/// shown as 0.00 to 100.00. Equal scores stand in the order of name, then input row; enterprises under a veto stand after all others.
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
    assessment: &'a Assessment,
    sums: Cow<'a, Sums>,
}

/// Weights and the sums they give: a ranking without its table, for who must own it apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    pub weights: Vec<u32>,
    pub sums: Vec<u32>,
}

/// A score with what is unknown about it, each 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The score, each unknown fact at the value its criterion declares.
    pub score: f64,
    /// The least it could be.
    pub low: f64,
    /// The most it could be.
    pub high: f64,
    /// The share of weight backed by facts.
    pub coverage: f64,
}

impl Score {
    /// The score as shown, with two decimals.
    pub fn shown(&self) -> String {
        format!("{:.2}", self.score)
    }
}

impl Sums {
    pub(crate) fn new(assessment: &Assessment) -> Self {
        let mut sums = Self { weights: assessment.weights.clone(), sums: Vec::new() };
        sums.refresh(assessment);
        sums
    }

    fn refresh(&mut self, assessment: &Assessment) {
        self.sums.clear();
        self.sums.resize(assessment.rows, 0);
        for (column, weight) in assessment.points.iter().zip(&self.weights) {
            if *weight > 0 {
                self.sums.iter_mut().zip(column).for_each(|(sum, points)| *sum += weight * u32::from(*points));
            }
        }
    }

    pub(crate) fn set(&mut self, assessment: &Assessment, weights: &[u32]) -> Result<(), Error> {
        if weights.len() != assessment.points.len() {
            return Err(Kind::BadArgument(format!("{} weights for {} criteria", weights.len(), assessment.points.len())).into());
        }
        check(weights)?;
        self.weights = weights.to_vec();
        self.refresh(assessment);
        Ok(())
    }

    pub(crate) fn set_one(&mut self, assessment: &Assessment, criterion: usize, weight: u32) -> Result<(), Error> {
        let Some(column) = assessment.points.get(criterion) else {
            return Err(Kind::BadArgument(format!("there is no criterion {criterion}")).into());
        };
        let mut weights = self.weights.clone();
        let before = std::mem::replace(&mut weights[criterion], weight);
        check(&weights)?;
        self.weights = weights;
        // Wrapping: the difference may be negative, the new sum never is.
        let difference = weight.wrapping_sub(before);
        self.sums.iter_mut().zip(column).for_each(|(sum, points)| *sum = sum.wrapping_add(difference.wrapping_mul(u32::from(*points))));
        Ok(())
    }

    fn total(&self) -> u64 {
        self.weights.iter().map(|w| u64::from(*w)).sum()
    }

    /// Greater is better, and no two rows are equal.
    fn key(&self, assessment: &Assessment, row: usize) -> u64 {
        let allowed = u64::from(assessment.vetoes[row] == 0);
        allowed << 63 | u64::from(self.sums[row]) << 31 | u64::from((1 << 31) - 1 - assessment.tie[row])
    }

    pub(crate) fn top(&self, assessment: &Assessment, k: usize) -> Vec<u32> {
        let n = self.sums.len();
        let k = k.min(n);
        if k == 0 {
            return Vec::new();
        }
        // A buffer of the best so far, cut back to k when it is full; below its least key nothing enters.
        let mut best: Vec<(u64, u32)> = Vec::with_capacity(4 * k + 1);
        let mut threshold = 0;
        for row in 0..n {
            let key = self.key(assessment, row);
            if key < threshold {
                continue;
            }
            best.push((key, row as u32));
            if best.len() > 4 * k {
                best.select_nth_unstable_by(k - 1, |a, b| b.cmp(a));
                best.truncate(k);
                threshold = best[k - 1].0;
            }
        }
        best.sort_unstable_by(|a, b| b.cmp(a));
        best.truncate(k);
        best.into_iter().map(|(_, row)| row).collect()
    }

    pub(crate) fn rank_of(&self, assessment: &Assessment, row: usize) -> Option<usize> {
        (row < self.sums.len()).then(|| {
            let key = self.key(assessment, row);
            1 + (0..self.sums.len()).filter(|other| self.key(assessment, *other) > key).count()
        })
    }

    pub(crate) fn score(&self, assessment: &Assessment, row: usize) -> Option<Score> {
        let total = self.total().max(1) as f64;
        let of = |columns: &[Vec<u16>]| {
            let sum: u64 = columns.iter().zip(&self.weights).map(|(c, w)| u64::from(*w) * u64::from(c[row])).sum();
            sum as f64 / (total * 100.0)
        };
        (row < self.sums.len()).then(|| Score {
            score: f64::from(self.sums[row]) / (total * 100.0),
            low: of(&assessment.low),
            high: of(&assessment.high),
            coverage: of(&assessment.known),
        })
    }

    pub(crate) fn grade<'c>(&self, assessment: &'c Assessment, row: usize) -> &'c str {
        let Some(score) = self.score(assessment, row) else { return "" };
        let card = &assessment.card;
        if score.coverage * 100.0 < f64::from(card.coverage_floor) {
            return "ask";
        }
        card.grades.iter().find(|g| score.score * 100.0 >= f64::from(g.from)).map_or("", |g| g.name.as_str())
    }
}

/// Weights whose sums of products fit 32 bits: 10 000 points × a total weight of at most 400 000.
fn check(weights: &[u32]) -> Result<(), Error> {
    if let Some(weight) = weights.iter().find(|w| **w > MAX_WEIGHT) {
        return Err(Kind::BadArgument(format!("a weight of {weight} is over {MAX_WEIGHT}")).into());
    }
    let total: u32 = weights.iter().sum();
    if total == 0 || total > 200_000 {
        return Err(Kind::BadArgument(format!("the weights sum to {total}; they must sum to something between 1 and 200000")).into());
    }
    Ok(())
}

impl<'a> Ranking<'a> {
    /// Ranks with the weights of the assessment.
    pub fn new(assessment: &'a Assessment) -> Self {
        Self { assessment, sums: Cow::Owned(Sums::new(assessment)) }
    }

    pub(crate) fn borrowed(assessment: &'a Assessment, sums: &'a Sums) -> Self {
        Self { assessment, sums: Cow::Borrowed(sums) }
    }

    /// The table that is ranked.
    pub fn assessment(&self) -> &'a Assessment {
        self.assessment
    }

    /// The weights in force.
    pub fn weights(&self) -> &[u32] {
        &self.sums.weights
    }

    /// Ranks again with new weights, each 0 to 10 000.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when there is not one weight per criterion, one is over 10 000, or they sum to 0 or over 200 000.
    pub fn set_weights(&mut self, weights: &[u32]) -> Result<(), Error> {
        self.sums.to_mut().set(self.assessment, weights)
    }

    /// Changes one weight, reading one column only. The others stay: scores are shares of the new sum.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, as [`set_weights`](Self::set_weights).
    pub fn set_weight(&mut self, criterion: usize, weight: u32) -> Result<(), Error> {
        self.sums.to_mut().set_one(self.assessment, criterion, weight)
    }

    /// The best `k` enterprises, best first, as indices into the table. No full sort is made.
    pub fn top(&self, k: usize) -> Vec<u32> {
        self.sums.top(self.assessment, k)
    }

    /// The rank of one enterprise, from 1, by one scan.
    pub fn rank_of(&self, row: usize) -> Option<usize> {
        self.sums.rank_of(self.assessment, row)
    }

    /// The ranks of several enterprises, by one scan for all of them.
    pub fn ranks_of(&self, rows: &[u32]) -> Vec<Option<usize>> {
        let n = self.sums.sums.len();
        let key = |row: usize| self.sums.key(self.assessment, row);
        let mut asked: Vec<u64> = rows.iter().filter(|r| (**r as usize) < n).map(|r| key(*r as usize)).collect();
        asked.sort_unstable();
        // Per asked key, how many keys lie above it and not above the next.
        let mut above = vec![0_usize; asked.len() + 1];
        (0..n).for_each(|row| above[asked.partition_point(|a| *a < key(row))] += 1);
        for at in (0..asked.len()).rev() {
            above[at] += above[at + 1];
        }
        let rank = |row: u32| asked.binary_search(&key(row as usize)).ok().map(|at| 1 + above[at + 1]);
        rows.iter().map(|row| if (*row as usize) < n { rank(*row) } else { None }).collect()
    }

    /// The score of one enterprise.
    pub fn score(&self, row: usize) -> Option<Score> {
        self.sums.score(self.assessment, row)
    }

    /// The grade of one enterprise; `ask` while too little is known of it.
    pub fn grade(&self, row: usize) -> &'a str {
        self.sums.grade(self.assessment, row)
    }

    /// A digest of scores and order (FNV-1a, 64 bits): equal on every platform for equal input.
    pub fn digest(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut eat = |value: u32| {
            for byte in value.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        self.sums.sums.iter().for_each(|s| eat(*s));
        self.top(self.sums.sums.len()).into_iter().for_each(&mut eat);
        hash
    }
}
