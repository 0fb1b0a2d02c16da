//! Shards of a table on several machines: rows with what brings those of one enterprise together, and those that have
//! come together, judged.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use pyo3::prelude::*;
use xiangma::{Enterprise, EnterpriseKey, Error, Intake, merge};

use crate::arguments::{day, work};
use crate::assessment::{Assessment, Judgement};
use crate::cells::Given;
use crate::diagnosis::Diagnosis;
use crate::error::{bad_argument, bad_column};
use crate::locating::Locator;
use crate::reader::{Reader, Taken, Taking};
use crate::table::{Columns, Table};

/// Reads the rows of a shard, each by itself, and tells of each what brings it together with others of its
/// enterprise: its name, as names are compared, and its code. `xiangma.spark` uses it.
///
/// Columns: `row`, `same_name`, `same_code`, `enterprise` (what was read, as JSON).
#[pyfunction]
#[pyo3(signature = (table, *, reader, row, as_of, threads=None))]
pub fn keyed(table: &Bound<'_, PyAny>, reader: &Reader, row: &str, as_of: &Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Table> {
    let as_of = Some(day(as_of)?);
    let taken = Taking { reader: Some(reader), row: Some(row), as_of, threads, apart: true }.take(table)?;
    let mut columns = Columns::default();
    columns.push("row", Int64Array::from(taken.rows));
    let mut enterprises = taken.intake.enterprises;
    let codes: StringArray = enterprises.iter().map(|e| e.credit_code.map(|c| c.to_string())).collect();
    let written = |e: &Enterprise| serde_json::to_string(e).map_err(|e| bad_argument(e.to_string()));
    let texts = enterprises.iter().map(written).collect::<PyResult<Vec<String>>>()?;
    let names = enterprises.iter_mut().map(|e| {
        e.credit_code = None;
        match e.key() {
            EnterpriseKey::Name(name, _) => Some(name),
            EnterpriseKey::Code(_) => None,
        }
    });
    columns.push("same_name", names.collect::<StringArray>());
    columns.push("same_code", codes);
    columns.push("enterprise", StringArray::from(texts));
    columns.table([])
}

/// Judges the rows of a shard that `keyed` read, once all rows of each enterprise are in it: they are joined in the
/// order of their numbers. `xiangma.spark` uses it.
#[pyfunction]
#[pyo3(signature = (
    table, card=None, diagnosis=None, *, as_of, chains=None, regions=None, locator=None, reader, threads=None
))]
#[allow(clippy::too_many_arguments, reason = "named in Python, and most have a default")]
pub fn judge(
    table: &Bound<'_, PyAny>,
    card: Option<&Bound<'_, PyAny>>,
    diagnosis: Option<&Diagnosis>,
    as_of: &Bound<'_, PyAny>,
    chains: Option<Vec<String>>,
    regions: Option<Vec<String>>,
    locator: Option<&Locator>,
    reader: &Reader,
    threads: Option<usize>,
) -> PyResult<Assessment> {
    let judgement = Judgement::new(card, diagnosis, day(as_of)?, chains, regions, locator)?;
    let extra = reader.extra_columns()?;
    let given = Given::of(table)?;
    let numbers = column(&given, "row", &DataType::Int64)?;
    let texts = column(&given, "enterprise", &DataType::Utf8)?;
    let judged = work(table.py(), threads, || {
        let mut rows: Vec<(i64, &str)> = Vec::new();
        for (numbers, texts) in numbers.iter().zip(&texts) {
            let (numbers, texts) = (numbers.as_primitive::<Int64Type>(), texts.as_string::<i32>());
            rows.extend((0..numbers.len()).map(|at| (numbers.value(at), texts.value(at))));
        }
        rows.sort_by_key(|(row, _)| *row);
        let enterprises = read(&rows)?;
        let mut intake: Intake = merge(enterprises);
        intake.extra_columns = extra;
        let numbers: Vec<i64> = rows.iter().map(|(row, _)| *row).collect();
        judgement.judge(Taken::new(intake, Some(&numbers)))
    })?;
    Ok(Assessment(judged))
}

/// The enterprises of some rows, numbered in their order.
fn read(rows: &[(i64, &str)]) -> Result<Vec<Enterprise>, Error> {
    use rayon::prelude::*;
    let one = |(at, (_, text)): (usize, &(i64, &str))| {
        let e: Enterprise = serde_json::from_str(text).map_err(|e| xiangma::ErrorKind::BadJson(e.to_string()))?;
        Ok(Enterprise { row: at as u32 + 2, ..e })
    };
    rows.par_iter().with_min_len(256).enumerate().map(one).collect()
}

/// A column by its name, batch by batch, without a gap.
fn column(given: &Given, name: &str, of: &DataType) -> PyResult<Vec<ArrayRef>> {
    let at = given.schema.index_of(name).map_err(|_| bad_column(name, "there is no such column"))?;
    let is_filled = |batch: &RecordBatch| batch.column(at).null_count() == 0;
    if !given.batches.iter().all(is_filled) {
        return Err(bad_column(name, "some rows have nothing in it"));
    }
    let cast = |batch: &RecordBatch| cast(batch.column(at), of).map_err(|e| bad_column(name, e.to_string()));
    given.batches.iter().map(cast).collect()
}

/// The digest of all scores and of the whole order, of the tables of an assessment's shards: the same as the `digest`
/// of one assessment of all rows. Columns `row`, `first`, `name`, `code`, `sum` and `ruled_out` are looked at, and
/// rows may come in any order.
#[pyfunction]
pub fn digest(table: &Bound<'_, PyAny>) -> PyResult<String> {
    let given = Given::of(table)?;
    let [rows, firsts] = [column(&given, "row", &DataType::Int64)?, column(&given, "first", &DataType::Int64)?];
    let (names, sums) = (column(&given, "name", &DataType::Utf8)?, column(&given, "sum", &DataType::Int32)?);
    let ruled_out = column(&given, "ruled_out", &DataType::Boolean)?;
    let at = given.schema.index_of("code").map_err(|_| bad_column("code", "there is no such column"))?;
    let mut all = Vec::new();
    for (part, batch) in given.batches.iter().enumerate() {
        let codes = cast(batch.column(at), &DataType::Utf8).map_err(|e| bad_column("code", e.to_string()))?;
        let (codes, names) = (codes.as_string::<i32>(), names[part].as_string::<i32>());
        let [rows, firsts] = [&rows, &firsts].map(|column| column[part].as_primitive::<Int64Type>());
        let (sums, ruled_out) = (sums[part].as_primitive::<Int32Type>(), ruled_out[part].as_boolean());
        all.extend((0..batch.num_rows()).map(|at| Line {
            first: firsts.value(at),
            is_ruled_out: ruled_out.value(at),
            sum: sums.value(at),
            name: names.value(at).to_owned(),
            code: codes.is_valid(at).then(|| codes.value(at).to_owned()),
            row: rows.value(at),
        }));
    }
    all.sort_by_key(|line| line.first);
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |value: u32| {
        for byte in value.to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    all.iter().for_each(|line| eat(line.sum as u32));
    let mut order: Vec<(u32, &Line)> = (0..).zip(&all).collect();
    order.sort_by(|(_, a), (_, b)| {
        let key = |l: &Line| (l.is_ruled_out, std::cmp::Reverse(l.sum));
        key(a).cmp(&key(b)).then_with(|| (&a.name, &a.code, a.row, a.first).cmp(&(&b.name, &b.code, b.row, b.first)))
    });
    order.iter().for_each(|(at, _)| eat(*at));
    Ok(format!("{hash:016x}"))
}

/// What decides where one stands.
struct Line {
    first: i64,
    is_ruled_out: bool,
    sum: i32,
    name: String,
    code: Option<String>,
    row: i64,
}
