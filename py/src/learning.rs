//! Chances learned from outcomes.

use arrow_array::{Float64Array, Int64Array};
use pyo3::prelude::*;
use xiangma::learn::{Conversion, Frame, TrainOptions, train as learn};

use crate::arguments::{from_json, work};
use crate::cells::{ArrowCells, Given};
use crate::error::{bad_argument, raised};
use crate::table::{Columns, Table};

/// What was learned from outcomes: made by `train`, given to `predict`. It can be pickled, and kept as JSON, which
/// the command line and JavaScript read too.
#[pyclass(module = "xiangma", frozen)]
#[derive(Debug)]
pub struct Model(Conversion);

#[pymethods]
impl Model {
    /// As JSON, to be read again by `from_json`.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Reads what `to_json`, `xiangma train` or the npm package wrote.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        Conversion::from_json(text).map(Self).map_err(|e| raised(&e))
    }

    /// Whether it passed its trial: a model that did not gives no chances.
    #[getter]
    fn usable(&self) -> bool {
        self.0.is_usable()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(),)))
    }
}

/// A table as a file, which it is learned from as from any other: personal columns never get in.
fn file(table: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let given = Given::of(table)?;
    let cells = ArrowCells::new(&given)?;
    Ok(table.py().detach(|| cells.csv()))
}

/// Learns the chance of an outcome from a table of what became of leads; gives the model and the report of its trial.
///
/// `outcome` is the column of the outcome; `positive`, `negative` and `open` are its values that count, do not, and
/// are not known yet, asked for where it cannot be told. `known` are columns that were known beforehand, however much
/// they tell; `date` is a column that grows with time, by which the newest fifth is held out; `exclude` are no
/// features; with `rising` and `falling` numbers the chance may not fall, or rise; `prior` is a column of expert
/// scores, `weight` of weights of rows, `contacted` of who was contacted.
///
///     model, report = xiangma.train(leads, "结果", positive=["已落地"])
///     report["verdict"]
#[pyfunction]
#[pyo3(signature = (
    table, outcome, *, positive=None, negative=None, open=None, known=None, date=None, exclude=None, rising=None, falling=None, prior=None,
    weight=None, contacted=None, seed=1, threads=None
))]
#[allow(clippy::too_many_arguments, reason = "named in Python, and all but two have a default")]
pub fn train<'py>(
    table: &Bound<'py, PyAny>,
    outcome: String,
    positive: Option<Vec<String>>,
    negative: Option<Vec<String>>,
    open: Option<Vec<String>>,
    known: Option<Vec<String>>,
    date: Option<String>,
    exclude: Option<Vec<String>>,
    rising: Option<Vec<String>>,
    falling: Option<Vec<String>>,
    prior: Option<String>,
    weight: Option<String>,
    contacted: Option<String>,
    seed: u64,
    threads: Option<usize>,
) -> PyResult<(Model, Bound<'py, PyAny>)> {
    let some = Option::unwrap_or_default;
    let mut options = TrainOptions::new(outcome).seed(seed);
    options = some(positive).into_iter().fold(options, TrainOptions::positive);
    options = some(negative).into_iter().fold(options, TrainOptions::negative);
    options = some(open).into_iter().fold(options, TrainOptions::open);
    options = some(known).into_iter().fold(options, TrainOptions::known);
    options = some(exclude).into_iter().fold(options, TrainOptions::exclude);
    options = some(rising).into_iter().fold(options, TrainOptions::rising);
    options = some(falling).into_iter().fold(options, TrainOptions::falling);
    options = date.into_iter().fold(options, TrainOptions::date);
    options = prior.into_iter().fold(options, TrainOptions::prior);
    options = weight.into_iter().fold(options, TrainOptions::weight);
    options = contacted.into_iter().fold(options, TrainOptions::contacted);
    let bytes = file(table)?;
    let (model, report) = work(table.py(), threads, || {
        let (frame, is_of_enterprises) = Frame::read_with_enterprises(&bytes, true, &options.apart())?;
        let (model, report) = learn(&frame, &options)?;
        Ok((model.of_enterprises(is_of_enterprises), report))
    })?;
    let report = serde_json::to_string(&report).map_err(|e| bad_argument(e.to_string()))?;
    Ok((Model(model), from_json(table.py(), &report)?))
}

/// Gives the chance of every row of a table, with its interval, by a model that `train` made. A model that failed its
/// trial gives none, unless `anyway`.
///
/// Columns: `row` (counted from 0), `probability`, `low`, `high`.
///
///     xiangma.predict(new_leads, model).to_pandas()
#[pyfunction]
#[pyo3(signature = (table, model, *, anyway=false, threads=None))]
pub fn predict(table: &Bound<'_, PyAny>, model: &Model, anyway: bool, threads: Option<usize>) -> PyResult<Table> {
    let bytes = file(table)?;
    let told = work(table.py(), threads, || {
        let model = &model.0;
        let (frame, _) = Frame::read_with_enterprises(&bytes, model.is_of_enterprises, &model.apart())?;
        if anyway { Ok(model.predict_anyway(&frame)) } else { model.predict(&frame) }
    })?;
    let mut columns = Columns::default();
    columns.push("row", Int64Array::from(told.iter().map(|p| i64::from(p.row) - 2).collect::<Vec<_>>()));
    columns.push("probability", Float64Array::from(told.iter().map(|p| p.probability).collect::<Vec<_>>()));
    columns.push("low", Float64Array::from(told.iter().map(|p| p.low).collect::<Vec<_>>()));
    columns.push("high", Float64Array::from(told.iter().map(|p| p.high).collect::<Vec<_>>()));
    columns.table([("xiangma.library".to_owned(), env!("CARGO_PKG_VERSION").to_owned())])
}
