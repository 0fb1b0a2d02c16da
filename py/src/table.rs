//! Arrow tables on their way out.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::error::bad_argument;

/// A table of results, for any library that takes Arrow: `polars.DataFrame(t)`, `pyarrow.table(t)`,
/// `pandas.DataFrame.from_arrow(t)`, `duckdb.sql("from t")` once it is one of those. `t.to_dict()` needs none of
/// them.
#[pyclass(module = "xiangma", frozen)]
#[derive(Debug)]
pub struct Table {
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
    /// What became of the rows of a file, as JSON.
    pub report: Option<String>,
}

/// The columns of a table in the making.
#[derive(Default)]
pub struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    /// Adds a column.
    pub fn push(&mut self, name: impl Into<String>, array: impl Array + 'static) {
        let array: ArrayRef = Arc::new(array);
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
    }

    /// The table, with words on where it came from.
    pub fn table(self, metadata: impl IntoIterator<Item = (String, String)>) -> PyResult<Table> {
        let schema = Arc::new(Schema::new_with_metadata(self.fields, metadata.into_iter().collect()));
        let batch = RecordBatch::try_new(Arc::clone(&schema), self.arrays).map_err(|e| bad_argument(e.to_string()))?;
        Ok(Table { schema, batches: vec![batch], report: None })
    }
}

impl Table {
    /// Hands itself to a function of another library.
    fn given_to(slf: &Bound<'_, Self>, module: &str, function: &[&str]) -> PyResult<Py<PyAny>> {
        let mut callee = slf.py().import(module)?.into_any();
        for name in function {
            callee = callee.getattr(*name)?;
        }
        Ok(callee.call1((slf,))?.unbind())
    }
}

#[pymethods]
impl Table {
    /// Arrow's C stream, which other libraries read it through.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let field = Field::new_struct("", self.schema.fields().clone(), false).with_metadata(self.schema.metadata().clone());
        let arrays: Vec<_> = self.batches.iter().map(|batch| Ok(Arc::new(StructArray::from(batch.clone())) as ArrayRef)).collect();
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, field.into())), requested_schema)?)
    }

    /// Arrow's C schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    /// How many rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("xiangma.Table({} rows: {})", self.__len__(), self.column_names().join(", "))
    }

    /// The names of the columns, in order.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// What it came from: the signatures of the card and of the diagnosis, the day, the chains, the version of the
    /// library.
    #[getter]
    fn metadata(&self) -> std::collections::HashMap<String, String> {
        self.schema.metadata().clone()
    }

    /// What became of every row and column of a file that was read; None for other tables.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.report.as_deref().map(|json| crate::arguments::from_json(py, json)).transpose()
    }

    /// As a dictionary of lists, a column each.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (at, field) in self.schema.fields().iter().enumerate() {
            let values = PyList::empty(py);
            for batch in &self.batches {
                put(&values, batch.column(at))?;
            }
            all.set_item(field.name(), values)?;
        }
        Ok(all)
    }

    /// As a `pandas.DataFrame`.
    fn to_pandas(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Self::given_to(slf, "pandas", &["DataFrame", "from_arrow"])
    }

    /// As a `polars.DataFrame`.
    fn to_polars(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Self::given_to(slf, "polars", &["DataFrame"])
    }

    /// As a `pyarrow.Table`.
    fn to_pyarrow(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Self::given_to(slf, "pyarrow", &["table"])
    }
}

/// Puts the values of an array into a list; of the types that results have.
fn put(values: &Bound<'_, PyList>, array: &ArrayRef) -> PyResult<()> {
    match array.data_type() {
        DataType::Int32 => array.as_primitive::<Int32Type>().iter().try_for_each(|v| values.append(v)),
        DataType::Int64 => array.as_primitive::<Int64Type>().iter().try_for_each(|v| values.append(v)),
        DataType::Float64 => array.as_primitive::<Float64Type>().iter().try_for_each(|v| values.append(v)),
        DataType::Boolean => array.as_boolean().iter().try_for_each(|v| values.append(v)),
        DataType::Dictionary(..) => {
            let plain = arrow_cast::cast(array, &DataType::Utf8).map_err(|e| bad_argument(e.to_string()))?;
            put(values, &plain)
        }
        _ => array.as_string::<i32>().iter().try_for_each(|v| values.append(v)),
    }
}
