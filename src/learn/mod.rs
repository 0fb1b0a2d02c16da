//! Learning from outcomes: the chance that a lead comes to something, or an honest refusal.
//!
//! ```
//! # #[cfg(feature = "train")] {
//! use xiangma::learn::{Frame, TrainOptions, train};
//!
//! let mut text = "city,staff,landed\n".to_owned();
//! for i in 0..200 {
//!     let landed = if (i * 7 + i / 3) % 10 < if i % 4 == 0 { 7 } else { 2 } { "yes" } else { "no" };
//!     text += &format!("{},{},{landed}\n", ["A", "B", "C", "D"][i % 4], i * 13 % 90);
//! }
//! let frame = Frame::read(text.as_bytes())?;
//! let (model, report) = train(&frame, &TrainOptions::new("landed"))?;
//! assert_eq!(report.verdict, "use");
//! let chances = model.predict(&frame)?;
//! assert!(chances[0].probability > 0.5 && chances[1].probability < 0.4);
//! # }
//! # Ok::<(), xiangma::Error>(())
//! ```

#[cfg(feature = "train")]
mod additive;
#[cfg(feature = "learn")]
mod alike;
mod calibration;
#[cfg(feature = "train")]
mod cholesky;
#[cfg(feature = "train")]
mod copies;
#[cfg(feature = "train")]
mod cutting;
mod drift;
mod enterprise;
#[cfg(feature = "learn")]
mod estimator;
mod features;
mod frame;
mod isotonic;
mod keys;
#[cfg(feature = "train")]
mod leaks;
mod metrics;
mod missing;
mod model;
#[cfg(feature = "train")]
mod options;
mod outcome;
#[cfg(feature = "train")]
mod pairs;
#[cfg(feature = "train")]
mod sample;
#[cfg(feature = "train")]
mod train;
#[cfg(feature = "train")]
mod trial;
mod written;

#[cfg(feature = "learn")]
pub use alike::{Alike, Segment, Space, Trait};
pub use calibration::Calibration;
pub use drift::{Drift, FeatureDrift, Shift, explore};
#[cfg(feature = "learn")]
pub use estimator::{AdditiveLogistic, FittedLogistic};
pub use features::{Cut, Feature, LeftOut};
pub use frame::Frame;
pub use isotonic::isotonic;
#[cfg(feature = "train")]
pub use leaks::Leak;
pub use metrics::{CalibrationBin, Lift, Metrics, measure, measure_weighted, wilson};
pub use model::{Conversion, FeatureContribution, Pair, Prediction, Term};
#[cfg(feature = "train")]
pub use options::TrainOptions;
#[cfg(feature = "train")]
pub use train::{TrainReport, train};
