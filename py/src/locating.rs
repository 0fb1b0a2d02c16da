//! Where enterprises stand on the chains.

use std::sync::{Arc, OnceLock};

use arrow_array::{BooleanArray, Int32Array, Int64Array, StringArray};
use pyo3::prelude::*;
use xiangma::{Catalogue, Enterprise, Error, Match};

use crate::arguments::{from_json, json, work};
use crate::error::{bad_argument, raised};
use crate::reader::{Reader, Taken, Taking};
use crate::table::{Columns, Table};

/// Chains, ready to be looked for.
#[derive(Debug)]
pub struct Known {
    pub catalogue: Catalogue,
    locator: xiangma::Locator,
    own: Option<String>,
}

/// The chains that come with the library, and those of a team beside them: JSON as a text, a dictionary or list, or
/// the path of a file. Making one takes some hundredths of a second: make it once and use it for many tables. It can
/// be pickled.
///
///     locator = xiangma.Locator(pathlib.Path("own_chain.json"))
#[pyclass(module = "xiangma", frozen, from_py_object)]
#[derive(Debug, Clone)]
pub struct Locator(pub Arc<Known>);

impl Known {
    fn new(own: Option<String>) -> Result<Self, Error> {
        let catalogue = match &own {
            Some(json) => Catalogue::builtin().with_json(json)?,
            None => Catalogue::builtin(),
        };
        let locator = xiangma::Locator::new(&catalogue)?;
        Ok(Self { catalogue, locator, own })
    }

    /// Where each enterprise stands.
    pub fn locate(&self, enterprises: &[Enterprise]) -> Vec<Vec<Match>> {
        use rayon::prelude::*;
        let some = |some: &[Enterprise]| {
            let mut reader = xiangma::Reader::default();
            some.iter().map(|e| self.locator.locate_with(e, &mut reader)).collect::<Vec<_>>()
        };
        enterprises.par_chunks(256).flat_map_iter(some).collect()
    }

    /// The chains asked for, which are there; all for none.
    pub fn chains(&self, chains: Option<Vec<String>>) -> PyResult<Vec<String>> {
        let chains = chains.filter(|c| !c.is_empty());
        let chains = chains.unwrap_or_else(|| self.catalogue.chains().iter().map(|c| c.id.clone()).collect());
        chains.iter().try_for_each(|id| self.catalogue.chain(id).map(drop)).map_err(|e| raised(&e))?;
        Ok(chains)
    }
}

/// The locator given, or that of the chains that come with the library, which is made once.
pub fn known(locator: Option<&Locator>) -> PyResult<Arc<Known>> {
    static BUILTIN: OnceLock<Arc<Known>> = OnceLock::new();
    if let Some(Locator(known)) = locator {
        return Ok(Arc::clone(known));
    }
    if let Some(known) = BUILTIN.get() {
        return Ok(Arc::clone(known));
    }
    let made = Arc::new(Known::new(None).map_err(|e| raised(&e))?);
    Ok(Arc::clone(BUILTIN.get_or_init(|| made)))
}

#[pymethods]
impl Locator {
    #[new]
    #[pyo3(signature = (chains=None))]
    fn new(chains: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(own) = chains.map(json).transpose()? else { return Ok(Self(known(None)?)) };
        Ok(Self(Arc::new(Known::new(Some(own)).map_err(|e| raised(&e))?)))
    }

    /// The chains and their links, as dictionaries.
    #[getter]
    fn chains<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let json = serde_json::to_string(self.0.catalogue.chains()).map_err(|e| bad_argument(e.to_string()))?;
        from_json(py, &json)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (Option<String>,)) {
        (slf.get_type().into_any(), (slf.get().0.own.clone(),))
    }
}

/// Finds where each enterprise of a table stands on the chains. What comes of it has a row a match, the best of each
/// enterprise first.
///
/// `row` names a column of whole numbers that tell the rows of the table apart; without it they are counted from 0.
/// With `merge=False` every row is located by itself, and rows of one enterprise are not joined. Near misses, of
/// which `believed` is false and `doubt` says why, are left out with `near_misses=False`.
///
///     xiangma.locate(df).to_polars()
#[pyfunction]
#[pyo3(signature = (table, *, locator=None, reader=None, row=None, merge=true, near_misses=true, threads=None))]
pub fn locate(
    table: &Bound<'_, PyAny>,
    locator: Option<&Locator>,
    reader: Option<&Reader>,
    row: Option<&str>,
    merge: bool,
    near_misses: bool,
    threads: Option<usize>,
) -> PyResult<Table> {
    let taken = Taking { reader, row, threads, apart: !merge, ..Taking::default() }.take(table)?;
    let known = known(locator)?;
    let Taken { intake, rows, .. } = &taken;
    let found = work(table.py(), threads, || Ok(known.locate(&intake.enterprises)))?;
    let all: Vec<(usize, usize, &Match)> = found
        .iter()
        .enumerate()
        .flat_map(|(at, its)| its.iter().filter(|m| near_misses || m.is_believed()).enumerate().map(move |(place, m)| (at, place, m)))
        .collect();
    let each = |of: &dyn Fn(usize, usize, &Match) -> Option<String>| -> StringArray { all.iter().map(|(e, p, m)| of(*e, *p, m)).collect() };
    let number = |of: fn(&Match) -> u8| -> Int32Array { all.iter().map(|(_, _, m)| i32::from(of(m))).collect::<Vec<_>>().into() };
    let words = |e: usize, m: &Match| m.spans.iter().map(|s| s.text(&intake.enterprises[e])).collect::<Vec<_>>().join("；");
    let mut columns = Columns::default();
    columns.push("row", all.iter().map(|(e, ..)| rows[*e]).collect::<Vec<_>>().into_iter().collect::<Int64Array>());
    columns.push("key", each(&|e, _, _| Some(intake.enterprises[e].key().to_string())));
    columns.push("name", each(&|e, _, _| Some(intake.enterprises[e].name.clone())));
    columns.push("place", Int32Array::from(all.iter().map(|(_, place, _)| *place as i32 + 1).collect::<Vec<_>>()));
    columns.push("chain", each(&|_, _, m| Some(m.chain.to_string())));
    columns.push("link", each(&|_, _, m| m.link.as_deref().map(str::to_owned)));
    columns.push("role", each(&|_, _, m| Some(m.role.as_str().to_owned())));
    columns.push("evidence", each(&|_, _, m| Some(m.evidence.as_str().to_owned())));
    columns.push("confidence", number(|m| m.confidence));
    columns.push("score", number(|m| m.score));
    columns.push("focus", number(|m| m.focus));
    columns.push("believed", BooleanArray::from(all.iter().map(|(_, _, m)| m.is_believed()).collect::<Vec<_>>()));
    columns.push("doubt", each(&|_, _, m| m.doubt.map(|d| d.as_str().to_owned())));
    columns.push("words", each(&|e, _, m| Some(words(e, m)).filter(|w| !w.is_empty())));
    columns.table([("xiangma.library".to_owned(), env!("CARGO_PKG_VERSION").to_owned())])
}
