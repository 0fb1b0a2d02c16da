//! How the columns of a table are read, and tables read by it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::StringArray;
use arrow_schema::Schema;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use xiangma::{CellReader, Date, Enterprise, Field, Intake, IntakeOptions, intake};

use crate::arguments::{day, work};
use crate::cells::{ArrowCells, Given};
use crate::error::{bad_argument, bad_column, raised};
use crate::table::{Columns, Table};

/// Decides once what each column of a table is, so that its parts are read alike wherever they are: by the headings,
/// and by the first 239 rows of the sample. It can be pickled; cells of personal columns are not kept in it.
///
///     reader = xiangma.Reader(df, map={"客商": "name"}, ignore=["备注"])
///     reader.columns        # [("客商", "name"), ("主营产品", "products"), …]
///     xiangma.rank(df, reader=reader, as_of="2026-11-01")
#[pyclass(module = "xiangma", frozen, from_py_object)]
#[derive(Debug, Clone)]
pub struct Reader(Reading);

/// What decides.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    headings: Vec<String>,
    sample: Vec<Vec<String>>,
    options: IntakeOptions,
    is_dated: bool,
}

/// What was read of a table.
#[derive(Debug, Clone)]
pub struct Taken {
    pub intake: Intake,
    /// Of each enterprise, the number of the row that stays of those that tell of it, and of the first of them.
    pub rows: Vec<i64>,
    pub firsts: Vec<i64>,
}

#[pymethods]
impl Reader {
    #[new]
    #[pyo3(signature = (sample, *, map=None, ignore=None, as_of=None))]
    fn new(
        sample: &Bound<'_, PyAny>,
        map: Option<BTreeMap<String, String>>,
        ignore: Option<Vec<String>>,
        as_of: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut options = options(map, ignore)?;
        if let Some(day) = as_of.map(day).transpose()? {
            options = options.as_of(day);
        }
        let cells = ArrowCells::new(&Given::of(sample)?)?;
        let (headings, sample) = (cells.headings.clone(), cells.sample(CellReader::SAMPLE));
        let mut reading = Reading { headings, sample, options, is_dated: as_of.is_some() };
        let report = reading.empty()?.report;
        cells.check(&report)?;
        // What is personal travels nowhere.
        let personal: Vec<&str> = report.columns.iter().filter(|c| c.role == "personal_dropped").map(|c| c.header.as_str()).collect();
        for (at, heading) in reading.headings.iter().enumerate() {
            let is_alone = reading.headings.iter().filter(|h| *h == heading).count() == 1;
            if is_alone && personal.contains(&heading.as_str()) {
                reading.options = reading.options.ignore(heading.clone());
                reading.sample.iter_mut().filter_map(|row| row.get_mut(at)).for_each(String::clear);
            }
        }
        Ok(Self(reading))
    }

    /// Headings and what each is read as: the name of a field, `extra` for what the library does not know and keeps,
    /// `unused`, `duplicate` or `personal_dropped`.
    #[getter]
    fn columns(&self) -> PyResult<Vec<(String, String)>> {
        Ok(self.0.empty()?.report.columns.into_iter().map(|c| (c.header, c.role)).collect())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json()?,)))
    }

    /// As JSON, to be read again by `from_json`.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&self.0).map_err(|e| bad_argument(e.to_string()))
    }

    /// Reads what `to_json` wrote.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        serde_json::from_str(text).map(Self).map_err(|e| bad_argument(format!("this is no reader, or one of another version: {e}")))
    }

    fn __repr__(&self) -> PyResult<String> {
        let columns = self.columns()?.into_iter().map(|(heading, role)| format!("{heading}: {role}")).collect::<Vec<_>>();
        Ok(format!("xiangma.Reader({})", columns.join(", ")))
    }
}

impl Reading {
    fn cells(&self, as_of: Option<Date>) -> CellReader {
        let options = match as_of {
            Some(day) if !self.is_dated => self.options.clone().as_of(day),
            _ => self.options.clone(),
        };
        CellReader::new(self.headings.iter().cloned(), &options).sample(self.sample.clone())
    }

    /// What comes of a table without rows: how its columns are read.
    fn empty(&self) -> PyResult<Intake> {
        self.cells(None).read(&Vec::new()).map_err(|e| raised(&e))
    }

    /// A table with its columns in the order of the headings.
    fn arranged(&self, given: Given) -> PyResult<Given> {
        if given.schema.fields().iter().map(|f| f.name()).eq(self.headings.iter()) {
            return Ok(given);
        }
        let at = |heading: &String| {
            let there = given.schema.fields().iter().map(|f| f.name().as_str()).take(40).collect::<Vec<_>>().join(", ");
            given
                .schema
                .index_of(heading)
                .map_err(|_| bad_column(heading, format!("this column was in the sample, and is missing from the table; it has {there}")))
        };
        let places = self.headings.iter().map(at).collect::<PyResult<Vec<usize>>>()?;
        let refused = |e: arrow_schema::ArrowError| bad_argument(e.to_string());
        let schema: Schema = given.schema.project(&places).map_err(refused)?;
        let batches = given.batches.iter().map(|b| b.project(&places)).collect::<Result<_, _>>().map_err(refused)?;
        Ok(Given { schema: Arc::new(schema), batches })
    }
}

impl Reader {
    /// Headings of the columns that the library does not know.
    pub fn extra_columns(&self) -> PyResult<Vec<String>> {
        Ok(self.0.empty()?.extra_columns)
    }
}

/// How a table is taken.
#[derive(Default)]
pub struct Taking<'a> {
    pub reader: Option<&'a Reader>,
    /// The column of the numbers of its rows.
    pub row: Option<&'a str>,
    pub as_of: Option<Date>,
    pub threads: Option<usize>,
    /// Whether every row stands alone.
    pub apart: bool,
}

impl Taking<'_> {
    /// Takes a table in.
    pub fn take(&self, table: &Bound<'_, PyAny>) -> PyResult<Taken> {
        let mut given = Given::of(table)?;
        // A sample may have had the column too: then it is read as it was there.
        let stays = |name: &str| self.reader.is_some_and(|reader| reader.0.headings.iter().any(|h| h == name));
        let mut numbers = self.row.map(|name| given.take_numbers(name, stays(name))).transpose()?;
        if let Some(reader) = self.reader {
            given = reader.0.arranged(given)?;
        }
        let mut cells = ArrowCells::new(&given)?;
        if let Some(numbers) = &mut numbers {
            cells.sort(numbers);
        }
        let reader = if let Some(reader) = self.reader {
            reader.0.cells(self.as_of)
        } else {
            let options = self.as_of.into_iter().fold(IntakeOptions::new(), IntakeOptions::as_of);
            CellReader::new(cells.headings.iter().cloned(), &options)
        };
        let apart = self.apart;
        let intake = work(table.py(), self.threads, || if apart { reader.read_apart(&cells) } else { reader.read(&cells) })?;
        cells.check(&intake.report)?;
        Ok(Taken::new(intake, numbers.as_deref()))
    }
}

impl Taken {
    /// What was read, with the numbers that rows have by themselves; the place in the table, from 0, where there are
    /// none.
    pub fn new(mut intake: Intake, numbers: Option<&[i64]>) -> Self {
        // Whose number stays depends on which row is the fullest; the place in the list is that of the first.
        let mut first: HashMap<u32, u32> = HashMap::new();
        for merge in &intake.report.merges {
            let of = |row: u32| first.get(&row).copied().unwrap_or(row);
            let least = of(merge.row).min(of(merge.into));
            first.insert(merge.into, least);
        }
        let number = |row: u32| {
            let at = i64::from(row) - 2;
            numbers.map_or(at, |n| n.get(at as usize).copied().unwrap_or(at))
        };
        let rows: Vec<i64> = intake.enterprises.iter().map(|e| number(e.row)).collect();
        let firsts = intake.enterprises.iter().map(|e| number(first.get(&e.row).copied().unwrap_or(e.row))).collect();
        // Numbers decide between namesakes of one score: those of the whole table, where they are numbers of rows.
        if numbers.is_some() && rows.iter().all(|n| *n < i64::from(u32::MAX) - 2) {
            intake.enterprises.iter_mut().zip(&rows).for_each(|(e, n)| e.row = *n as u32 + 2);
        }
        Self { intake, rows, firsts }
    }
}

fn options(map: Option<BTreeMap<String, String>>, ignore: Option<Vec<String>>) -> PyResult<IntakeOptions> {
    let mut options = ignore.unwrap_or_default().into_iter().fold(IntakeOptions::new(), IntakeOptions::ignore);
    for (heading, field) in map.unwrap_or_default() {
        let field: Field = field.parse().map_err(|e| raised(&e))?;
        options = options.map(&heading, field);
    }
    Ok(options)
}

/// Reads a file of enterprises: CSV of any kind, workbooks, JSON and the other formats of `docs/tables.md`; a path,
/// or its bytes. What comes of it has a row an enterprise, under headings that `locate`, `assess` and `rank` read
/// back; `.report` says what became of every row and column of the file.
///
///     table = xiangma.read_file("candidates.xlsx", sheets=["2026"], map={"客商": "name"})
#[pyfunction]
#[pyo3(signature = (file, *, sheets=None, map=None, ignore=None, as_of=None, threads=None))]
pub fn read_file(
    py: Python<'_>,
    file: &Bound<'_, PyAny>,
    sheets: Option<Vec<String>>,
    map: Option<BTreeMap<String, String>>,
    ignore: Option<Vec<String>>,
    as_of: Option<&Bound<'_, PyAny>>,
    threads: Option<usize>,
) -> PyResult<Table> {
    let mut options = sheets.unwrap_or_default().into_iter().fold(options(map, ignore)?, IntakeOptions::sheet);
    if let Some(day) = as_of.map(day).transpose()? {
        options = options.as_of(day);
    }
    let bytes = match file.extract::<Vec<u8>>() {
        Ok(bytes) if !file.is_instance_of::<pyo3::types::PyString>() => bytes,
        _ => {
            let path = file.str()?.to_string();
            std::fs::read(&path).map_err(|e| raised(&xiangma::ErrorKind::Unreadable(format!("{path}: {e}")).into()))?
        }
    };
    let table = work(py, threads, || intake(&bytes, &options))?;
    let report = serde_json::to_string(&table.report).map_err(|e| bad_argument(e.to_string()))?;
    let mut columns = Columns::default();
    let cells: Vec<[String; 28]> = table.enterprises.iter().map(Enterprise::cells).collect();
    let filled = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    for (at, heading) in Enterprise::COLUMNS.into_iter().enumerate() {
        columns.push(heading, cells.iter().map(|row| filled(&row[at])).collect::<StringArray>());
    }
    for (at, heading) in table.extra_columns.iter().enumerate() {
        let values = table.enterprises.iter().map(|e| e.extra.get(at).cloned().flatten());
        columns.push(heading, values.collect::<StringArray>());
    }
    Ok(Table { report: Some(report), ..columns.table([])? })
}
