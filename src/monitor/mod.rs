//! Watching over rankings: whether the selected mirror the pool, and what changes from one list to the next.

mod balance;
mod basis;
mod edition;
mod movement;
mod stability;

pub(crate) use balance::ownership;
pub use balance::{Balance, GroupShare, balance};
pub use basis::{Basis, Unlike};
pub use edition::{Edition, Placed};
pub(crate) use movement::Same;
pub use movement::{CriterionDrift, Moved, Movement};
pub use stability::{Bin, Stability, stability};
pub(crate) use stability::{stability_index, verdict};
