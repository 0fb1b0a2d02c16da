//! The border to Python: Arrow tables in, Arrow tables out, and nothing that a native test could miss.

mod arguments;
mod assessment;
mod cells;
mod diagnosis;
mod error;
mod learning;
mod listed;
mod locating;
mod reader;
mod shards;
mod table;

use pyo3::prelude::*;

/// What `xiangma` is made of; see there.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arguments::{card_json, presets};
    #[pymodule_export]
    use super::assessment::{Assessment, assess, explain, rank};
    #[pymodule_export]
    use super::diagnosis::{Diagnosis, diagnose};
    #[pymodule_export]
    use super::error::XiangmaError;
    #[pymodule_export]
    use super::learning::{Model, predict, train};
    #[pymodule_export]
    use super::locating::{Locator, locate};
    #[pymodule_export]
    use super::reader::{Reader, read_file};
    #[pymodule_export]
    use super::shards::{digest, judge, keyed};
    #[pymodule_export]
    use super::table::Table;

    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
