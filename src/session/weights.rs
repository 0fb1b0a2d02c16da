//! The weights a team wants, whatever the run at hand can know.

use crate::error::{Error, Kind};
use crate::rank::check_weights;
use crate::scorecard::{WEIGHT_SUM, whole_shares};

/// A weight each criterion, on a scale so fine that setting some aside and taking them back again loses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted(Vec<u64>);

/// Parts of a unit of weight.
const FINE: u64 = 1_000_000;

impl Wanted {
    pub(super) fn new(weights: &[u32]) -> Self {
        Self(weights.iter().map(|w| u64::from(*w) * FINE).collect())
    }

    /// Other weights. Those of criteria set aside keep their share of the whole where they are given as 0: a criterion that cannot be known
    /// is not one that does not count.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when there is not one weight per criterion, one is over 10 000, or those that count sum to 0 or over 200 000.
    pub(super) fn set(&self, weights: &[u32], is_aside: impl Fn(usize) -> bool) -> Result<Self, Error> {
        if weights.len() != self.0.len() {
            return Err(Kind::BadArgument(format!("{} weights for {} criteria", weights.len(), self.0.len())).into());
        }
        let counting: Vec<u32> = weights.iter().enumerate().map(|(c, w)| if is_aside(c) { 0 } else { *w }).collect();
        check_weights(weights)?;
        check_weights(&counting)?;
        let kept = |c: usize| is_aside(c) && weights[c] == 0;
        let whole: u128 = self.0.iter().map(|w| u128::from(*w)).sum();
        let aside: u128 = self.0.iter().enumerate().filter(|(c, _)| kept(*c)).map(|(_, w)| u128::from(*w)).sum();
        let given = weights.iter().map(|w| u128::from(*w) * u128::from(FINE)).sum::<u128>();
        let new = |(c, before): (usize, &u64)| match whole - aside {
            rest if kept(c) && rest > 0 => (u128::from(*before) * given / rest) as u64,
            _ if kept(c) => *before,
            _ => u64::from(weights[c]) * FINE,
        };
        Ok(Self(self.0.iter().enumerate().map(new).collect()))
    }

    /// As whole weights that sum to 10 000, those set aside at 0 and their weight shared among the others.
    pub(super) fn in_force(&self, is_aside: impl Fn(usize) -> bool) -> Vec<u32> {
        let counts: Vec<u128> = self.0.iter().enumerate().map(|(c, w)| if is_aside(c) { 0 } else { u128::from(*w) }).collect();
        if counts.iter().all(|w| *w == 0) {
            // Nothing that counts can be known: better all weights than none.
            return whole_shares(&self.0.iter().map(|w| u128::from(*w)).collect::<Vec<_>>(), WEIGHT_SUM);
        }
        whole_shares(&counts, WEIGHT_SUM)
    }
}
