//! The same model behind the traits of `linfa`, for tables of numbers.

use linfa::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, ArrayBase, Data, Ix2};

use crate::error::{Error, Kind};
use crate::learn::frame::Frame;
use crate::learn::sample::Sample;

impl From<linfa::Error> for Error {
    fn from(error: linfa::Error) -> Self {
        Kind::BadArgument(error.to_string()).into()
    }
}

/// Additive logistic regression as a `linfa` estimator: `true` is the outcome, whichever class is larger; weights of the dataset count;
/// NaN and the infinite are missing, not numbers like any other. Every column is a number, or a few codes, and is cut as
/// [`train`](crate::learn::train()) cuts it, but that a column that only counts the rows is kept. Nothing is tried or calibrated.
///
/// `fit` refuses outcomes of one class (`TOO_FEW_OUTCOMES`), and weights that are not one a row, finite and from zero up, not all of them
/// zero (`BAD_ARGUMENT`). `predict` says `true` for chances over one half.
///
/// ```
/// use linfa::Dataset;
/// use linfa::traits::{Fit, Predict};
/// use ndarray::{Array1, Array2};
/// use xiangma::learn::AdditiveLogistic;
///
/// let records = Array2::from_shape_fn((400, 1), |(r, _)| r as f64);
/// let targets = Array1::from_shape_fn(400, |r| r >= 320);
/// let model = AdditiveLogistic::new().fit(&Dataset::new(records.clone(), targets))?;
/// let chances = model.chances(&records);
/// assert!(chances[399] > 0.9 && chances[0] < 0.1 && model.predict(&records)[399]);
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AdditiveLogistic;

/// A fitted [`AdditiveLogistic`].
#[derive(Debug, Clone)]
pub struct FittedLogistic {
    learned: crate::learn::sample::Learned,
}

impl AdditiveLogistic {
    /// The estimator; its penalties are chosen by the data.
    pub fn new() -> Self {
        Self
    }
}

fn frame<D: Data<Elem = f64>>(records: &ArrayBase<D, Ix2>) -> Frame {
    let cell = |x: &f64| if x.is_finite() { format!("{x:?}") } else { String::new() };
    let headers = (0..records.ncols()).map(|c| c.to_string()).collect();
    let columns = records.columns().into_iter().map(|column| column.iter().map(cell).collect()).collect();
    // A column a heading, a cell a row: there is nothing to refuse.
    Frame::new(headers, columns, (1..=records.nrows() as u32).collect()).unwrap_or_default()
}

impl<D: Data<Elem = f64>> Fit<ArrayBase<D, Ix2>, Array1<bool>, Error> for AdditiveLogistic {
    type Object = FittedLogistic;

    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, Array1<bool>>) -> Result<FittedLogistic, Error> {
        let frame = frame(&dataset.records);
        let outcome = dataset.targets.to_vec();
        let yes = outcome.iter().filter(|o| **o).count();
        if yes == 0 || yes == outcome.len() {
            return Err(Kind::TooFewOutcomes { rows: outcome.len(), yes, no: outcome.len() - yes, needed: 1 }.into());
        }
        let weight = dataset.weights().map_or_else(|| vec![1.0; outcome.len()], |w| w.iter().map(|w| f64::from(*w)).collect());
        if weight.len() != outcome.len() || weight.iter().any(|w| !(w.is_finite() && *w >= 0.0)) || weight.iter().sum::<f64>() <= 0.0 {
            return Err(Kind::BadArgument("weights are one a row, from zero up, not all of them zero".to_owned()).into());
        }
        let sample = Sample::plain(&frame, outcome, weight);
        let learned = sample.learn(&(0..frame.rows()).collect::<Vec<_>>())?;
        Ok(FittedLogistic { learned })
    }
}

impl FittedLogistic {
    /// The chance of every row, 0 to 1. Columns are told by their number; those that are not there count as missing.
    pub fn chances<D: Data<Elem = f64>>(&self, records: &ArrayBase<D, Ix2>) -> Array1<f64> {
        let frame = frame(records);
        let rows = frame.rows();
        let sample = Sample::plain(&frame, vec![false; rows], vec![1.0; rows]);
        (0..rows).map(|i| crate::learn::calibration::chance(self.learned.odds(&sample, i))).collect()
    }

    /// Whether the last fit came to rest, and after how many steps of Newton's method.
    pub fn convergence(&self) -> (bool, usize) {
        (self.learned.fitted.converged, self.learned.fitted.iterations)
    }
}

impl<D: Data<Elem = f64>> PredictInplace<ArrayBase<D, Ix2>, Array1<bool>> for FittedLogistic {
    fn predict_inplace(&self, x: &ArrayBase<D, Ix2>, y: &mut Array1<bool>) {
        y.assign(&self.chances(x).mapv(|chance| chance > 0.5));
    }

    fn default_target(&self, x: &ArrayBase<D, Ix2>) -> Array1<bool> {
        Array1::from_elem(x.nrows(), false)
    }
}
