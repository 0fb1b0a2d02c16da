//! Arguments as Python has them.

use pyo3::prelude::*;
use pyo3::types::PyString;
use xiangma::{Date, Scorecard};

use crate::error::{bad_argument, raised};

/// The value that a JSON text stands for.
pub fn from_json<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (json,))
}

/// JSON: a text as it is, what is in the file of a `pathlib.Path`, or a value as JSON.
pub fn json(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = value.cast::<PyString>() {
        return text.extract();
    }
    if value.hasattr("__fspath__")? {
        return text_of(&value.str()?.to_string());
    }
    value.py().import("json")?.call_method1("dumps", (value,))?.extract()
}

fn text_of(path: &str) -> PyResult<String> {
    std::fs::read_to_string(path).map_err(|e| bad_argument(format!("{path}: {e}")))
}

/// A day: a `datetime.date`, or a text written YYYY-MM-DD.
pub fn day(value: &Bound<'_, PyAny>) -> PyResult<Date> {
    let text = value.str()?.to_string();
    // A `datetime` has hours behind its day.
    let day = text.get(..10).filter(|_| text.len() == 10 || text.as_bytes().get(10) == Some(&b' '));
    day.and_then(|day| day.parse().ok()).ok_or_else(|| bad_argument(format!("as_of: `{text}` is no date, nor a text written YYYY-MM-DD")))
}

/// A scorecard: the name of a preset, JSON as a text, a dictionary, or the path of a file.
pub fn card(value: Option<&Bound<'_, PyAny>>) -> PyResult<Scorecard> {
    let Some(value) = value else { return Ok(Scorecard::attraction()) };
    let text = json(value)?;
    if text.trim_start().starts_with('{') {
        return Scorecard::from_json(&text).map_err(|e| raised(&e));
    }
    let presets = Scorecard::presets();
    let names = presets.iter().map(|c| c.id.clone()).collect::<Vec<_>>().join(", ");
    let known = presets.into_iter().find(|c| c.id == text);
    known.ok_or_else(|| bad_argument(format!("card: `{text}` is neither a preset ({names}), nor JSON, nor a pathlib.Path of a file")))
}

/// A scorecard as the JSON text that is kept, printed and signed: of a preset, a dictionary, a text or the path of a
/// file.
#[pyfunction]
#[pyo3(signature = (card=None))]
pub fn card_json(card: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
    Ok(self::card(card)?.to_json())
}

/// The ids of the scorecards that come with the library.
#[pyfunction]
pub fn presets() -> Vec<String> {
    Scorecard::presets().into_iter().map(|c| c.id).collect()
}

/// The language of what is said: True for Chinese.
pub fn is_chinese(lang: &str) -> PyResult<bool> {
    match lang {
        "zh" => Ok(true),
        "en" => Ok(false),
        _ => Err(bad_argument(format!("lang: `{lang}` is neither `zh` nor `en`"))),
    }
}

/// Works without Python's lock, on so many threads; on those of the whole process for none.
pub fn work<T: Send>(py: Python<'_>, threads: Option<usize>, work: impl FnOnce() -> Result<T, xiangma::Error> + Send) -> PyResult<T> {
    let done = py.detach(|| match threads {
        None => Ok(work()),
        Some(count) => rayon::ThreadPoolBuilder::new().num_threads(count).build().map(|pool| pool.install(work)),
    });
    done.map_err(|e| bad_argument(format!("threads: {e}")))?.map_err(|e| raised(&e))
}
