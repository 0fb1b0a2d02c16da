//! PROMETHEE II in O(criteria · n log n): columns are sorted once, and what an alternative gains over all others is read from running
//! sums. After Calders and Van Assche (2018).

use crate::error::{Error, Kind};
use crate::mcdm::matrix::{Direction, Matrix};

/// How a difference `d` on a criterion becomes a preference, 0 to 1; none or a worse one gives 0. `q` is the difference not noticed, `p`
/// the one that decides, both in the units of the criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Preference {
    /// 1 when d > 0.
    Usual,
    /// 1 when d > q.
    UShape {
        /// Not noticed.
        q: f64,
    },
    /// d / p up to p, then 1.
    VShape {
        /// Decides.
        p: f64,
    },
    /// 0 up to q, ½ up to p, then 1.
    Level {
        /// Not noticed.
        q: f64,
        /// Decides.
        p: f64,
    },
    /// 0 up to q, (d − q) / (p − q) up to p, then 1.
    Linear {
        /// Not noticed.
        q: f64,
        /// Decides.
        p: f64,
    },
}

impl Preference {
    fn thresholds(self) -> (f64, f64) {
        match self {
            Self::Usual => (0.0, 0.0),
            Self::UShape { q } => (q, q),
            Self::VShape { p } => (0.0, p),
            Self::Level { q, p } | Self::Linear { q, p } => (q, p),
        }
    }
}

/// The flows, weights as shares of their sum: `plus` over others, `minus` of others over it, `net` their difference, by which one ranks.
/// All are 0 for a single alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// Mean preference over the others, 0 to 1.
    pub plus: Vec<f64>,
    /// Mean preference of the others, 0 to 1.
    pub minus: Vec<f64>,
    /// Their difference, −1 to 1; higher is better.
    pub net: Vec<f64>,
}

/// Net flows of every alternative, one preference function a criterion.
///
/// ```
/// use xiangma::mcdm::{Direction, Matrix, Preference, promethee_ii};
///
/// // Scale and price of three sites: more of the one is better, less of the other.
/// let table = Matrix::new(&[vec![80.0, 4.0], vec![60.0, 2.0], vec![40.0, 8.0]], &[Direction::Benefit, Direction::Cost])?;
/// let flows = promethee_ii(&table, &[1.0, 1.0], &[Preference::Usual, Preference::Usual])?;
/// // Nobody prefers the last on anything; the first two each win one criterion against each other.
/// assert_eq!(flows.net, [0.5, 0.5, -1.0]);
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT` for weights that are not one a criterion, from zero up to 1e100, or are all zero, for not one function a criterion, and,
/// naming the criterion, for thresholds that are not finite and 0 ≤ q ≤ p.
pub fn promethee_ii(table: &Matrix, weights: &[f64], preferences: &[Preference]) -> Result<Flows, Error> {
    let weights = table.checked(weights)?;
    if preferences.len() != table.columns.len() {
        return Err(Kind::BadArgument(format!("{} preference functions for {} criteria", preferences.len(), table.columns.len())).into());
    }
    let n = table.rows;
    let others = (n.max(2) - 1) as f64;
    let (mut plus, mut minus) = (vec![0.0; n], vec![0.0; n]);
    for (c, preference) in preferences.iter().enumerate() {
        let (q, p) = preference.thresholds();
        if !(q.is_finite() && p.is_finite() && 0.0 <= q && q <= p) {
            let what = format!("thresholds are 0 ≤ q ≤ p, not q {q} and p {p}");
            return Err(Error::from(Kind::BadArgument(what)).at_column((c + 1).to_string()));
        }
        let sign = if table.directions[c] == Direction::Benefit { 1.0 } else { -1.0 };
        let values: Vec<f64> = table.columns[c].iter().map(|x| sign * x).collect();
        let sorted = Sorted::new(&values);
        // Equals have equal flows, and in many rows of points most are equal to others.
        let mut distinct = sorted.values.clone();
        distinct.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let flows: Vec<(f64, f64)> = distinct
            .iter()
            .map(|x| (weights[c] * sorted.over(*x, *preference) / others, weights[c] * sorted.under(*x, *preference) / others))
            .collect();
        for (value, (plus, minus)) in values.iter().zip(plus.iter_mut().zip(&mut minus)) {
            let (more, less) = flows[distinct.partition_point(|x| x.total_cmp(value).is_lt())];
            *plus += more;
            *minus += less;
        }
    }
    let net = plus.iter().zip(&minus).map(|(plus, minus)| plus - minus).collect();
    Ok(Flows { plus, minus, net })
}

/// A column in order, with its running sums.
struct Sorted {
    values: Vec<f64>,
    /// `sums[b] - sums[a]`: of the values from a up to b, as differences from the middle one. Summed from the middle outwards, so that what
    /// lies far out drowns nothing nearer.
    sums: Vec<f64>,
    middle: f64,
}

impl Sorted {
    fn new(values: &[f64]) -> Self {
        let mut values = values.to_vec();
        values.sort_unstable_by(f64::total_cmp);
        let half = values.len() / 2;
        let middle = values[half];
        let mut sums = vec![0.0; values.len() + 1];
        (half..values.len()).for_each(|i| sums[i + 1] = sums[i] + (values[i] - middle));
        (0..half).rev().for_each(|i| sums[i] = sums[i + 1] - (values[i] - middle));
        Self { values, sums, middle }
    }

    /// Sum of preferences of a value over all others.
    fn over(&self, x: f64, preference: Preference) -> f64 {
        let (q, p) = preference.thresholds();
        // Those beaten by more than p, and by more than q.
        let far = self.values.partition_point(|v| x - v > p);
        let near = far.max(self.values.partition_point(|v| x - v > q));
        let range = self.sums[near] - self.sums[far];
        far as f64 + between(preference, (near - far) as f64, |count| count * (x - self.middle) - range)
    }

    /// Sum of preferences of all others over a value.
    fn under(&self, x: f64, preference: Preference) -> f64 {
        let (q, p) = preference.thresholds();
        let n = self.values.len();
        let far = self.values.partition_point(|v| v - x <= p);
        let near = far.min(self.values.partition_point(|v| v - x <= q));
        let range = self.sums[far] - self.sums[near];
        (n - far) as f64 + between(preference, (far - near) as f64, |count| range - count * (x - self.middle))
    }
}

/// What those between the thresholds add; `sum` gives the sum of their differences.
fn between(preference: Preference, count: f64, sum: impl Fn(f64) -> f64) -> f64 {
    if count == 0.0 {
        return 0.0;
    }
    match preference {
        Preference::Usual | Preference::UShape { .. } => 0.0,
        Preference::Level { .. } => 0.5 * count,
        Preference::VShape { p } => sum(count) / p,
        Preference::Linear { q, p } => (sum(count) - q * count) / (p - q),
    }
}
