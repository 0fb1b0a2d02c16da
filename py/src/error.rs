//! The one error Python sees.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use xiangma::{Error, ErrorKind};

create_exception!(
    xiangma,
    XiangmaError,
    PyException,
    "What went wrong and what to do about it.\n\n`code` is stable, the same as in Rust and JavaScript; `row` and `column` say where, or are None."
);

/// The library's error, as Python sees it.
pub fn raised(error: &Error) -> PyErr {
    Python::attach(|py| {
        let raised = XiangmaError::new_err(error.to_string());
        let value = raised.value(py);
        // Attributes of a fresh exception can be set.
        let _ = value.setattr("code", error.code());
        let _ = value.setattr("row", error.row());
        let _ = value.setattr("column", error.column());
        raised
    })
}

/// An argument that is of no use, and why.
pub fn bad_argument(what: impl Into<String>) -> PyErr {
    raised(&ErrorKind::BadArgument(what.into()).into())
}

/// The same of a column.
pub fn bad_column(column: &str, what: impl Into<String>) -> PyErr {
    let error = bad_argument(format!("`{column}`: {}", what.into()));
    Python::attach(|py| {
        let _ = error.value(py).setattr("column", column);
    });
    error
}
