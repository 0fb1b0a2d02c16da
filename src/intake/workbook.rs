//! Workbooks (XLSX), cell by cell: nothing is laid out as a dense rectangle, and nothing expands past its limit.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use crate::error::{Error, Kind};
use crate::intake::sheet::{Row, check};
use crate::intake::{IntakeOptions, IntakeReport, header};

/// Reads the first sheet that has a header, or the first that has cells.
pub(crate) fn read(bytes: &[u8], options: &IntakeOptions, report: &mut IntakeReport) -> Result<Vec<Row>, Error> {
    "xlsx".clone_into(&mut report.format);
    "UTF-8".clone_into(&mut report.encoding);
    check_expansion(bytes, options)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| bad(&e))?;
    let mut first = None;
    for name in book.sheet_names() {
        let rows = sheet(&mut book, &name, options)?;
        if header::find(rows.iter().map(|r| r.cells.as_slice())).is_some() {
            report.sheet = Some(name);
            return Ok(rows);
        }
        if first.is_none() && !rows.is_empty() {
            first = Some((name, rows));
        }
    }
    let (name, rows) = first.ok_or(Kind::EmptyFile)?;
    report.sheet = Some(name);
    Ok(rows)
}

fn bad(error: &impl std::fmt::Display) -> Error {
    Kind::BadWorkbook(error.to_string()).into()
}

/// Inflates every part into nothing and counts, because the sizes an archive declares may lie.
fn check_expansion(bytes: &[u8], options: &IntakeOptions) -> Result<(), Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| bad(&e))?;
    let mut left = options.max_expanded_bytes;
    let mut sink = vec![0; 1 << 16];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|e| bad(&e))?;
        loop {
            let n = part.read(&mut sink).map_err(|e| bad(&e))? as u64;
            if n == 0 {
                break;
            }
            if n > left {
                let (found, limit) = (options.max_expanded_bytes + 1, options.max_expanded_bytes);
                return Err(Kind::Limit { what: "the unzipped size of the workbook in bytes", found, limit }.into());
            }
            left -= n;
        }
    }
    Ok(())
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, options: &IntakeOptions) -> Result<Vec<Row>, Error> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|e| bad(&e))?;
    let mut rows: Vec<Row> = Vec::new();
    let mut cells = 0_u64;
    while let Some(cell) = reader.next_cell().map_err(|e| bad(&e))? {
        cells += 1;
        check("the number of cells", cells, options.max_cells)?;
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::SharedString(s) => (*s).to_owned(),
            DataRef::Float(f) => plain(*f),
            DataRef::Int(i) => i.to_string(),
            DataRef::Bool(b) => b.to_string(),
            DataRef::DateTime(d) => plain(d.as_f64()),
            DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
            DataRef::Error(e) => e.to_string(),
            DataRef::Empty => continue,
        };
        check("the number of columns", u64::from(column) + 1, options.max_columns)?;
        check("the length of a cell in bytes", text.len() as u64, options.max_cell_bytes)?;
        if rows.last().is_none_or(|r| r.number != row + 1) {
            check("the number of rows", rows.len() as u64 + 1, options.max_rows)?;
            rows.push(Row { number: row + 1, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            let column = column as usize;
            if last.cells.len() <= column {
                last.cells.resize(column + 1, String::new());
            }
            last.cells[column] = text;
        }
    }
    Ok(rows)
}

/// A number as a person would have typed it: 100, not 100.0, and never in powers of ten below 10^15.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { format!("{number}") }
}
