//! Watching over rankings: whether the selected mirror the pool, and what changes from one list to the next.

mod balance;
mod edition;
mod stability;

pub(crate) use balance::ownership;
pub use balance::{Balance, GroupShare, balance};
pub use edition::{CriterionDrift, Edition, Moved, Movement, Placed};
pub use stability::{Bin, Stability, stability};
pub(crate) use stability::{stability_index, verdict};
