//! Second opinions: the methods of multi-criteria decision making, over tables of numbers.
//!
//! The scorecard's own sum has fixed references and never reorders; these methods look at the whole batch, which is why they are second
//! opinions. Numbers are `f64`, transcendental functions come from `libm`, and scores are rounded to 10⁻¹² before they are ranked, so
//! that every platform gives the same ranks.

// Columns are constant when their ends are the same number, and not when they are nearly so.
#![allow(clippy::float_cmp)]

mod ahp;
mod cases;
mod correlate;
mod matrix;
mod methods;
mod promethee;
mod weights;

pub use ahp::{Ahp, Revision, ahp};
pub use cases::run_cases;
pub use correlate::{Correlations, correlate};
pub use matrix::{Direction, Matrix, Normalization, average_ranks};
pub use methods::{Vikor, topsis, vikor, weighted_product, weighted_sum};
pub use promethee::{Flows, Preference, promethee_ii};
pub use weights::{critic, entropy, merec, standard_deviation};
