//! Second opinions: the methods of multi-criteria decision making, over tables of numbers.
//!
//! The scorecard's own sum has fixed references and never reorders; these methods look at the whole batch, which is why they are second
//! opinions. Numbers are `f64`, transcendental functions come from `libm`, and scores are rounded to 10⁻¹² before they are ranked, so
//! that every platform gives the same ranks. Rows, criteria and places in lists are counted from 0 in what is given back, from 1 in errors.

// Columns are constant when their ends are the same number, and not when they are nearly so.
#![allow(clippy::float_cmp)]

mod agreement;
mod ahp;
mod blend;
mod cases;
mod correlate;
mod elicit;
mod matrix;
mod methods;
mod panel;
mod promethee;
mod reversal;
mod weights;

pub use agreement::{Intraclass, concordance, intraclass};
pub use ahp::{Ahp, Judgements, Revision, ahp};
pub use blend::{Blend, blend};
pub use cases::run_cases;
pub use correlate::{Correlations, correlate};
pub use elicit::{order_weights, points_weights, whole_weights};
pub use matrix::{Direction, Matrix, Normalization, average_ranks};
pub use methods::{Vikor, topsis, vikor, weighted_product, weighted_sum};
pub use panel::{Disagreement, Expert, ExpertWeights, Panel, PanelWeights};
pub use promethee::{Flows, Preference, promethee_ii};
pub use reversal::{Reversal, reversals};
pub use weights::{DataWeights, critic, entropy, merec, standard_deviation};

pub(crate) use correlate::spearman;
pub(crate) use matrix::{grid_key, ranks};
