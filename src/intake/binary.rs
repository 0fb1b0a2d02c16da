//! Binary workbooks of the new kind (.xlsb), read by calamine as a whole within a bound on the file's size.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetVisible, Xlsb};

use crate::error::Error;
use crate::intake::sheet::check;
use crate::intake::xls::Tab;
use crate::intake::xlsx::{day_of, plain};
use crate::intake::zipped::bad;

/// A binary workbook is held whole while it is read.
const MOST_BYTES: u64 = 64 << 20;
/// Cells of one sheet, laid out from its first to its last corner.
const MOST_LAID_OUT: u64 = 4_000_000;

/// Reads every sheet.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Tab>, Error> {
    check("the size of a binary workbook in bytes", bytes.len() as u64, MOST_BYTES)?;
    // The reader trusts numbers of the file: where it stumbles, the file is damaged.
    catch_unwind(AssertUnwindSafe(|| tabs(bytes))).unwrap_or_else(|_| Err(bad(&"its records contradict each other")))
}

fn tabs(bytes: &[u8]) -> Result<Vec<Tab>, Error> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|e| bad(&e))?;
    let mut tabs = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let range = book.worksheet_range(&meta.name).map_err(|e| bad(&e))?;
        tabs.push(Tab { name: meta.name.clone(), hidden: meta.visible != SheetVisible::Visible, rows: laid_out(&range)? });
    }
    Ok(tabs)
}

fn laid_out(range: &calamine::Range<Data>) -> Result<Vec<(u32, Vec<String>)>, Error> {
    let (height, width) = range.get_size();
    check("the number of cells", (height as u64).saturating_mul(width as u64), MOST_LAID_OUT)?;
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut rows = Vec::new();
    for (index, cells) in range.rows().enumerate() {
        let filled = cells.iter().rposition(|c| !matches!(c, Data::Empty)).map_or(0, |i| i + 1);
        if filled == 0 {
            continue;
        }
        let mut row = vec![String::new(); left as usize];
        row.extend(cells[..filled].iter().map(text));
        rows.push((top + index as u32 + 1, row));
    }
    Ok(rows)
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Float(f) => plain(*f, &f.to_string()),
        Data::DateTime(d) => {
            let serial = d.as_f64();
            let shown = (1.0..2_958_466.0).contains(&serial).then(|| day_of(serial, 0)).flatten();
            shown.unwrap_or_else(|| plain(serial, &serial.to_string()))
        }
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}
