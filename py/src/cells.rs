//! Arrow columns as the cells of a table: texts are read where they lie, everything else is written down as a person
//! would.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Float64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{DataType, SchemaRef};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use xiangma::{Cells, IntakeReport};

use crate::error::{bad_argument, bad_column};

/// A table as Python hands it over.
pub struct Given {
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
}

impl Given {
    /// Takes any object with Arrow's interface.
    pub fn of(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        let given: AnyRecordBatch = table.extract().map_err(|e| {
            let its = table.get_type();
            let name = its.name().map_or_else(|_| "this".to_owned(), |n| n.to_string());
            bad_argument(format!(
                "a table is wanted that speaks Arrow (`__arrow_c_stream__` or `__arrow_c_array__`), such as those of Polars, DuckDB, pandas and \
                 pyarrow; `{name}` does not: {e}"
            ))
        })?;
        let reader = given.into_reader()?;
        let schema = reader.schema();
        // What feeds the stream may be Python itself: it is read while its lock is held.
        let batches = reader.collect::<Result<Vec<_>, _>>().map_err(|e| bad_argument(format!("the table cannot be read: {e}")))?;
        Ok(Self { schema, batches })
    }

    /// One of its columns as whole numbers without a gap; it is no column of the table any more, unless it stays.
    pub fn take_numbers(&mut self, name: &str, stays: bool) -> PyResult<Vec<i64>> {
        let at = self.schema.index_of(name).map_err(|_| {
            let all: Vec<&str> = self.schema.fields().iter().take(40).map(|f| f.name().as_str()).collect();
            bad_column(name, format!("there is no such column; there are {}", all.join(", ")))
        })?;
        let of = self.schema.field(at).data_type();
        if !of.is_integer() {
            return Err(bad_column(name, format!("the numbers of rows are whole numbers, and this column is of {of}")));
        }
        let mut numbers = Vec::new();
        for batch in &self.batches {
            let column = cast(batch.column(at), &DataType::Int64).map_err(|e| bad_column(name, e.to_string()))?;
            let column = column.as_primitive::<Int64Type>();
            if column.null_count() > 0 || column.values().iter().any(|n| *n < 0) {
                return Err(bad_column(name, "every row has a number of its own, 0 or more; some have none, or one below 0"));
            }
            numbers.extend_from_slice(column.values());
        }
        if stays {
            return Ok(numbers);
        }
        let rest: Vec<usize> = (0..self.schema.fields().len()).filter(|column| *column != at).collect();
        let project = |e: arrow_schema::ArrowError| bad_argument(e.to_string());
        self.batches = self.batches.iter().map(|b| b.project(&rest)).collect::<Result<_, _>>().map_err(project)?;
        self.schema = Arc::new(self.schema.project(&rest).map_err(project)?);
        Ok(numbers)
    }
}

/// The texts of a column.
enum Texts {
    Utf8(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    /// Of a type that no cell is of.
    None,
}

impl Texts {
    fn at(&self, row: usize) -> &str {
        match self {
            Self::Utf8(a) if a.is_valid(row) => a.value(row),
            Self::Large(a) if a.is_valid(row) => a.value(row),
            Self::View(a) if a.is_valid(row) => a.value(row),
            _ => "",
        }
    }
}

/// A table as cells.
pub struct ArrowCells {
    pub headings: Vec<String>,
    /// The first row of each batch, and its columns.
    parts: Vec<(usize, Vec<Texts>)>,
    rows: usize,
    /// Whether its rows are taken in another order.
    order: Option<Vec<u32>>,
    /// Columns that cannot be read, with their types.
    unread: Vec<(String, DataType)>,
}

impl ArrowCells {
    /// Reads texts, numbers, days and lists; a column of anything else is empty, and [checked](Self::check) once it
    /// is known what it is for.
    pub fn new(given: &Given) -> PyResult<Self> {
        let (mut parts, mut rows) = (Vec::new(), 0);
        for batch in given.batches.iter().filter(|b| b.num_rows() > 0) {
            let named = batch.columns().iter().zip(given.schema.fields());
            let texts = named.map(|(column, field)| texts(column).map_err(|e| bad_column(field.name(), e)));
            parts.push((rows, texts.collect::<PyResult<Vec<_>>>()?));
            rows += batch.num_rows();
        }
        let fields = given.schema.fields().iter();
        let unread = fields.clone().filter(|f| !is_read(f.data_type())).map(|f| (f.name().clone(), f.data_type().clone()));
        Ok(Self { headings: fields.map(|f| f.name().clone()).collect(), parts, rows, order: None, unread: unread.collect() })
    }

    /// Takes its rows in the order of these numbers, which are then in order.
    pub fn sort(&mut self, numbers: &mut Vec<i64>) {
        if numbers.is_sorted() {
            return;
        }
        let mut order: Vec<u32> = (0..self.rows as u32).collect();
        order.sort_by_key(|row| numbers[*row as usize]);
        *numbers = order.iter().map(|row| numbers[*row as usize]).collect();
        self.order = Some(order);
    }

    /// Refuses columns that are wanted and cannot be read.
    pub fn check(&self, report: &IntakeReport) -> PyResult<()> {
        for (name, of) in &self.unread {
            let role = report.columns.iter().find(|c| c.header == *name).map_or("unused", |c| c.role.as_str());
            if !matches!(role, "unused" | "extra" | "duplicate" | "personal_dropped") {
                return Err(bad_column(name, format!("it is read as `{role}`, and cannot be: a column of {of} has no cells of text")));
            }
        }
        Ok(())
    }

    /// The first rows, as a sample that decides how columns are read.
    pub fn sample(&self, count: usize) -> Vec<Vec<String>> {
        let line = |row: usize| {
            let mut cells = Vec::new();
            self.row(row, &mut cells);
            cells.into_iter().map(str::to_owned).collect()
        };
        (0..self.rows.min(count)).map(line).collect()
    }

    /// The whole as a CSV file, a line a row.
    pub fn csv(&self) -> Vec<u8> {
        let mut file = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            for (at, cell) in cells.enumerate() {
                file.push_str(if at > 0 { ",\"" } else { "\"" });
                file.push_str(&cell.replace('"', "\"\"").replace(['\r', '\n'], " "));
                file.push('"');
            }
            file.push_str("\r\n");
        };
        line(&mut self.headings.iter().map(String::as_str));
        for row in 0..self.rows {
            let mut cells = Vec::new();
            self.row(row, &mut cells);
            line(&mut cells.into_iter());
        }
        file.into_bytes()
    }
}

impl Cells for ArrowCells {
    fn rows(&self) -> usize {
        self.rows
    }

    fn row<'t>(&'t self, row: usize, cells: &mut Vec<&'t str>) {
        let row = self.order.as_ref().map_or(row, |order| order[row] as usize);
        let part = self.parts.partition_point(|(first, _)| *first <= row).saturating_sub(1);
        if let Some((first, columns)) = self.parts.get(part) {
            cells.extend(columns.iter().map(|texts| texts.at(row - first)));
        }
    }
}

/// True for types that cells are written of.
fn is_read(of: &DataType) -> bool {
    match of {
        DataType::Dictionary(_, of) => is_read(of),
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            !item.data_type().is_nested() && is_read(item.data_type())
        }
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null | DataType::Boolean => true,
        other => other.is_numeric() || matches!(other, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..)),
    }
}

/// The texts of an array.
fn texts(array: &ArrayRef) -> Result<Texts, String> {
    let told = |e: arrow_schema::ArrowError| e.to_string();
    Ok(match array.data_type() {
        of if !is_read(of) => Texts::None,
        DataType::Null => Texts::None,
        DataType::Utf8 => Texts::Utf8(array.as_string::<i32>().clone()),
        DataType::LargeUtf8 => Texts::Large(array.as_string::<i64>().clone()),
        DataType::Utf8View => Texts::View(array.as_string_view().clone()),
        DataType::Dictionary(_, of) => texts(&cast(array, of).map_err(told)?)?,
        DataType::Boolean => {
            let words = array.as_boolean().iter().map(|flag| flag.map(|f| if f { "是" } else { "否" }));
            Texts::Utf8(words.collect())
        }
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let numbers = cast(array, &DataType::Float64).map_err(told)?;
            Texts::Utf8(figures(numbers.as_primitive()))
        }
        // Facts have days, and no hours.
        DataType::Timestamp(..) | DataType::Date64 => texts(&cast(array, &DataType::Date32).map_err(told)?)?,
        DataType::List(_) => joined(array.len(), |row| array.is_valid(row).then(|| array.as_list::<i32>().value(row)))?,
        DataType::LargeList(_) => joined(array.len(), |row| array.is_valid(row).then(|| array.as_list::<i64>().value(row)))?,
        DataType::FixedSizeList(..) => joined(array.len(), |row| array.is_valid(row).then(|| array.as_fixed_size_list().value(row)))?,
        of if can_cast_types(of, &DataType::Utf8) => texts(&cast(array, &DataType::Utf8).map_err(told)?)?,
        _ => Texts::None,
    })
}

/// Numbers as people write them: a whole one has no point, whatever pandas made of it, and what is no number is
/// nothing.
fn figures(numbers: &Float64Array) -> StringArray {
    let written = |x: f64| if x.fract() == 0.0 && x.abs() < 1e15 { format!("{}", x as i64) } else { format!("{x}") };
    numbers.iter().map(|x| x.filter(|x| x.is_finite()).map(written)).collect()
}

/// Lists as the cells of a file have them.
fn joined(rows: usize, list: impl Fn(usize) -> Option<ArrayRef>) -> Result<Texts, String> {
    let mut all = StringBuilder::new();
    for row in 0..rows {
        match list(row) {
            Some(items) => {
                let texts = texts(&items)?;
                let items: Vec<&str> = (0..items.len()).map(|at| texts.at(at)).filter(|t| !t.is_empty()).collect();
                all.append_value(items.join("|"));
            }
            None => all.append_null(),
        }
    }
    Ok(Texts::Utf8(all.finish()))
}
