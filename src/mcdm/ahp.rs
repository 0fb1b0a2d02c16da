//! The analytic hierarchy process: weights from pairwise judgements, how consistent they are, and which one to look at again.

use crate::error::{Error, Kind};
use crate::mcdm::matrix::shares;

/// Saaty's random index for 1 to 10 criteria (1980); for more, Tummala and Ling (1998).
const RANDOM_INDEX: [f64; 15] = [0.0, 0.0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831];

/// Judgements above this ratio are usually looked at again.
const ACCEPTABLE: f64 = 0.1;

/// More criteria than anybody compares pair by pair.
const MOST: usize = 100;

/// A judgement is no greater than this, nor smaller than its inverse: Saaty's scale goes from 1/9 to 9.
const GREATEST: f64 = 1e6;

/// A weight under this is taken as this, so that the ratio of any two is a number.
const FAINTEST: f64 = 1e-120;

/// Pairwise judgements, checked: how many times as important one criterion is as another. Some may be open.
///
/// ```
/// use xiangma::mcdm::{Judgements, ahp};
///
/// // Growth is 3 times as important as risk and 5 times as reach; nobody was asked about the other pair.
/// let judgements = Judgements::new(&[
///     vec![None, Some(3.0), Some(5.0)],
///     vec![None, None, None],
///     vec![None, None, None],
/// ])?;
/// let weights = ahp(&judgements).weights;
/// assert!((weights[0] / weights[1] - 3.0).abs() < 1e-9 && (weights[0] / weights[2] - 5.0).abs() < 1e-9);
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Judgements {
    rows: Vec<Vec<Option<f64>>>,
}

impl Judgements {
    /// Judgements row by row: `rows[i][j]` says how many times as important criterion i is as j. `None` is open; one of a pair is
    /// enough, and the diagonal may be left out.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, naming the entry (from 1), for a matrix that is not square, not between 1e-6 and 1e6, or not reciprocal within 1 %;
    /// for judgements that do not link a criterion with the first, directly or through others; and for none at all. `LIMIT` for over 100
    /// criteria.
    pub fn new(rows: &[Vec<Option<f64>>]) -> Result<Self, Error> {
        let n = rows.len();
        let bad = |what: String, r: usize, c: usize| {
            Err(Error::from(Kind::BadArgument(what)).at_row(r as u32 + 1).at_column((c + 1).to_string()))
        };
        if n == 0 {
            return Err(Kind::BadArgument("no judgements".to_owned()).into());
        }
        if n > MOST {
            return Err(Kind::Limit { what: "the number of criteria compared in pairs", found: n as u64, limit: MOST as u64 }.into());
        }
        for (r, row) in rows.iter().enumerate() {
            if row.len() != n {
                return bad(format!("{} judgements in a row of a matrix of {n}", row.len()), r, row.len().min(n - 1));
            }
            if let Some((c, x)) = row.iter().enumerate().find_map(|(c, x)| x.filter(|x| !is_judgement(*x)).map(|x| (c, x))) {
                return bad(format!("a judgement is over zero, from 1e-6 to 1e6, not {x:?}"), r, c);
            }
        }
        let mut judgements = Self { rows: rows.to_vec() };
        for r in 0..n {
            for c in 0..n {
                let its = match (rows[r][c], rows[c][r]) {
                    (Some(x), Some(other)) if (x * other - 1.0).abs() > 0.01 => {
                        return bad(format!("{x} one way and {other} the other: they must be each other's inverse"), r, c);
                    }
                    (None, None) if r == c => Some(1.0),
                    (None, Some(other)) => Some(1.0 / other),
                    (its, _) => its,
                };
                judgements.rows[r][c] = its;
            }
        }
        if let Some(lone) = judgements.apart() {
            return bad("nothing links this criterion to the first one: one more judgement is needed".to_owned(), lone, 0);
        }
        Ok(judgements)
    }

    /// Judgements none of which is open.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn full(rows: &[Vec<f64>]) -> Result<Self, Error> {
        Self::new(&rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect::<Vec<_>>())
    }

    /// The geometric mean of the judgements of several people (Aczél and Saaty 1983), each with a weight of their own, over those who
    /// judged the pair; a pair is open when nobody did.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); also for judgements on different numbers of criteria, or nobody, and for weights that are not between 1e-6
    /// and 1e6.
    pub fn mean(people: &[(&Self, f64)]) -> Result<Self, Error> {
        let n = people.first().map_or(0, |(j, _)| j.len());
        if people.iter().any(|(j, _)| j.len() != n) {
            return Err(Kind::BadArgument("all members of a panel judge the same criteria".to_owned()).into());
        }
        if let Some((_, weight)) = people.iter().find(|(_, weight)| !is_judgement(*weight)) {
            return Err(Kind::BadArgument(format!("importance is over zero, from 1e-6 to 1e6, not {weight:?}")).into());
        }
        let mean = |r: usize, c: usize| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (judgements, its) in people {
                if let Some(x) = judgements.rows[r][c] {
                    sum += its * libm::log(x);
                    weight += its;
                }
            }
            // A mean lies between what was said, but for the last bit.
            (weight > 0.0).then(|| libm::exp(sum / weight).clamp(1.0 / GREATEST, GREATEST))
        };
        // Half of the entries: the other half are their inverses.
        Self::new(&(0..n).map(|r| (0..n).map(|c| if c > r { mean(r, c) } else { None }).collect()).collect::<Vec<_>>())
    }

    /// How many criteria.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Never true: judgements are of one criterion or more.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many pairs nobody judged.
    pub fn open(&self) -> usize {
        self.rows.iter().enumerate().map(|(r, row)| row[r + 1..].iter().filter(|x| x.is_none()).count()).sum()
    }

    /// A criterion that no chain of judgements links to the first.
    fn apart(&self) -> Option<usize> {
        let mut linked = vec![false; self.len()];
        let mut waiting = vec![0];
        while let Some(r) = waiting.pop() {
            if !std::mem::replace(&mut linked[r], true) {
                waiting.extend((0..self.len()).filter(|c| self.rows[r][*c].is_some()));
            }
        }
        linked.iter().position(|l| !l)
    }

    fn with(&self, r: usize, c: usize, x: Option<f64>) -> Self {
        let mut other = self.clone();
        (other.rows[r][c], other.rows[c][r]) = (x, x.map(|x| 1.0 / x));
        other
    }

    /// The principal eigenvector, as shares, and its eigenvalue, by repeated multiplication. Open judgements as Harker (1987) has them:
    /// nothing in their place, and one more on the diagonal for each.
    fn principal(&self) -> (Vec<f64>, f64) {
        let n = self.len();
        let open: Vec<f64> = self.rows.iter().map(|row| row.iter().filter(|x| x.is_none()).count() as f64).collect();
        let mut vector = vec![1.0 / n as f64; n];
        let mut lambda = n as f64;
        for _ in 0..10_000 {
            let times = |(r, row): (usize, &Vec<Option<f64>>)| {
                row.iter().zip(&vector).map(|(a, v)| a.map_or(0.0, |a| a * v)).sum::<f64>() + open[r] * vector[r]
            };
            let next: Vec<f64> = self.rows.iter().enumerate().map(times).collect();
            lambda = next.iter().sum();
            let next: Vec<f64> = next.into_iter().map(|x| x / lambda).collect();
            let moved = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            vector = next;
            if moved < 1e-16 {
                break;
            }
        }
        (vector.into_iter().map(|x| x.max(FAINTEST)).collect(), lambda)
    }

    /// (λ − n) / (n − 1) over the random index, scaled for open judgements by 1 − 2 m / ((n − 1) (n − 2)) (Ágoston and Csató 2022).
    fn ratio(&self, lambda: f64) -> Option<f64> {
        let n = self.len();
        let random = RANDOM_INDEX.get(n.checked_sub(1)?)?;
        let open = if n > 2 { 2.0 * self.open() as f64 / ((n - 1) * (n - 2)) as f64 } else { 0.0 };
        let random = random * (1.0 - open);
        // As few judgements as link all criteria cannot contradict each other.
        Some(if random <= 1e-9 { 0.0 } else { (lambda - n as f64) / (n - 1) as f64 / random })
    }
}

/// True for what can be said of a pair, and of how much an expert's word counts beside another's.
pub(super) fn is_judgement(x: f64) -> bool {
    (1.0 / GREATEST..=GREATEST).contains(&x)
}

/// Weights from a matrix of pairwise judgements.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// The principal eigenvector, as shares of its sum.
    pub weights: Vec<f64>,
    /// The geometric means of the rows, as shares of their sum; open judgements at what the eigenvector says of them.
    pub geometric: Vec<f64>,
    /// The principal eigenvalue.
    pub lambda_max: f64,
    /// (λ − n) / (n − 1) for n criteria; 0 for one.
    pub consistency_index: f64,
    /// The index over the random index, by Saaty (1980) to 10 criteria and by Tummala and Ling (1998) to 15; none for more. With m open
    /// judgements the random index is taken times 1 − 2 m / ((n − 1) (n − 2)) (Ágoston and Csató 2022). 0 where so few judgements cannot
    /// contradict each other. Under 0.1 is usually called consistent.
    pub consistency_ratio: Option<f64>,
    /// The single judgement whose change helps most, where the ratio is over 0.1, and where the others link all criteria without it.
    pub revise: Option<Revision>,
}

/// A judgement to look at again.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Revision {
    /// The criterion judged, from 0.
    pub row: usize,
    /// The one it was compared with, a later one, from 0.
    pub column: usize,
    /// What was said: how many times as important the first is as the second.
    pub from: f64,
    /// What the other judgements imply.
    pub to: f64,
    /// The consistency ratio with that instead.
    pub ratio: f64,
}

/// Derives weights from judgements, after Saaty (1980); open ones as Harker (1987) has them.
pub fn ahp(judgements: &Judgements) -> Ahp {
    let n = judgements.len();
    let (weights, lambda_max) = judgements.principal();
    let said = |r: usize, c: usize| judgements.rows[r][c].unwrap_or(weights[r] / weights[c]);
    let mean = |r: usize| libm::exp((0..n).map(|c| libm::log(said(r, c))).sum::<f64>() / n as f64);
    let geometric = shares((0..n).map(mean).collect());
    let consistency_ratio = judgements.ratio(lambda_max);
    let revise = consistency_ratio.filter(|r| *r > ACCEPTABLE).and_then(|_| {
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        let tried = pairs.filter_map(|(row, column)| {
            let from = judgements.rows[row][column]?;
            // With the judgement left open, what do the others say of the two?
            let open = judgements.with(row, column, None);
            if open.apart().is_some() {
                return None;
            }
            let (implied, _) = open.principal();
            let to = implied[row] / implied[column];
            let changed = judgements.with(row, column, Some(to));
            let ratio = changed.ratio(changed.principal().1).unwrap_or(0.0);
            Some(Revision { row, column, from, to, ratio })
        });
        tried.min_by(|a, b| a.ratio.total_cmp(&b.ratio))
    });
    let consistency_index = if n > 1 { (lambda_max - n as f64) / (n - 1) as f64 } else { 0.0 };
    Ahp { weights, geometric, lambda_max, consistency_index, consistency_ratio, revise }
}
