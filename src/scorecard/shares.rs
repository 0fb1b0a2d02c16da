//! Whole shares of a whole.

use crate::order::order;

/// Parts in whole numbers that sum to a whole, by largest remainder, the first of equal ones first; nothing but zeros where all parts are.
pub(crate) fn whole_shares(parts: &[u128], whole: u32) -> Vec<u32> {
    let total: u128 = parts.iter().sum();
    if total == 0 {
        return vec![0; parts.len()];
    }
    let scaled = |i: usize| parts[i] * u128::from(whole);
    let mut shares: Vec<u32> = (0..parts.len()).map(|i| (scaled(i) / total) as u32).collect();
    let missing = whole.saturating_sub(shares.iter().sum());
    let nearest = order(parts.len(), &|a, b| (scaled(b) % total).cmp(&(scaled(a) % total)));
    nearest.into_iter().take(missing as usize).for_each(|i| shares[i] += 1);
    shares
}
