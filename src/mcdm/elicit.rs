//! Weights from people without comparing pairs: points, swings, an order.

use crate::error::{Error, Kind};
use crate::mcdm::matrix::{is_plain, shares};
use crate::order::{sort, sort_by_key};

/// Weights from points given at will, as shares of their sum; for swings, where the criterion whose change from worst to best matters
/// most gets 100 and the others in proportion (von Winterfeldt and Edwards 1986), too.
///
/// # Errors
///
/// `BAD_ARGUMENT`, naming the criterion (from 1), for points that are negative, not finite, over 1e100 or under 1e-100 but not zero; for
/// none, or all of them zero.
pub fn points_weights(points: &[f64]) -> Result<Vec<f64>, Error> {
    if let Some(c) = points.iter().position(|p| !is_plain(*p) || *p < 0.0) {
        let error = Error::from(Kind::BadArgument(format!("points are numbers from zero up to 1e100, not {:?}", points[c])));
        return Err(error.at_column((c + 1).to_string()));
    }
    if points.iter().sum::<f64>() <= 0.0 {
        return Err(Kind::BadArgument("points are given to one criterion at least".to_owned()).into());
    }
    Ok(shares(points.to_vec()))
}

/// Weights from an order of importance alone: rank-order centroids, `w(k) = 1/n · Σ 1/i for i = k..n` (Barron 1992), the middle of all
/// weights that keep the order. `places` is each criterion's place, the least the most important; only their order counts. Criteria in the
/// same place have the mean of the weights they take up.
///
/// ```
/// let weights = xiangma::mcdm::order_weights(&[2, 1, 3])?;
/// assert!((weights[1] - 11.0 / 18.0).abs() < 1e-12 && (weights[2] - 2.0 / 18.0).abs() < 1e-12);
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT` for no criteria.
pub fn order_weights(places: &[u32]) -> Result<Vec<f64>, Error> {
    let n = places.len();
    if n == 0 {
        return Err(Kind::BadArgument("an order of no criteria".to_owned()).into());
    }
    let mut order: Vec<usize> = (0..n).collect();
    sort_by_key(&mut order, |c| places[*c]);
    // Centroids from the last place up, then shared within a place.
    let mut centroids = vec![0.0; n];
    let mut sum = 0.0;
    for k in (0..n).rev() {
        sum += 1.0 / (k + 1) as f64;
        centroids[k] = sum / n as f64;
    }
    let mut weights = vec![0.0; n];
    let mut from = 0;
    for group in order.chunk_by(|a, b| places[*a] == places[*b]) {
        let its = centroids[from..from + group.len()].iter().sum::<f64>() / group.len() as f64;
        group.iter().for_each(|c| weights[*c] = its);
        from += group.len();
    }
    Ok(weights)
}

/// Whole weights that sum to 10 000, by largest remainder, of equal ones the first: what a scorecard holds. The same on every platform for
/// the same shares.
///
/// # Errors
///
/// As [`points_weights`].
pub fn whole_weights(weights: &[f64]) -> Result<Vec<u32>, Error> {
    const SUM: f64 = 10_000.0;
    let exact: Vec<f64> = points_weights(weights)?.into_iter().map(|w| w * SUM).collect();
    let mut whole: Vec<u32> = exact.iter().map(|w| libm::floor(*w) as u32).collect();
    // Remainders on a grid, so that the last bit of a product decides nothing.
    let remainder = |c: usize| libm::round((exact[c] - libm::floor(exact[c])) * 1e9) as u64;
    let mut order: Vec<usize> = (0..exact.len()).collect();
    sort(&mut order, &|a, b| remainder(*b).cmp(&remainder(*a)).then(a.cmp(b)));
    let missing = SUM as u32 - whole.iter().sum::<u32>().min(SUM as u32);
    order.into_iter().cycle().take(missing as usize).for_each(|c| whole[c] += 1);
    Ok(whole)
}
