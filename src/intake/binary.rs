//! Binary workbooks (.xls of Excel 95 to 2003 and WPS .et, .xlsb), read by calamine as a whole within a bound on the file's size.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetVisible, Xls, Xlsb};

use crate::error::{Error, Kind};
use crate::intake::date::DAYS_TO_1904;
use crate::intake::sheet::check;
use crate::intake::xlsx::{day, plain};
use crate::intake::zipped::bad;

/// A binary workbook is held whole while it is read.
const MOST_BYTES: u64 = 128 << 20;
/// Cells of one sheet, laid out from its first to its last corner.
const MOST_LAID_OUT: u64 = 20_000_000;

/// A sheet read.
pub(crate) struct Tab {
    pub name: String,
    pub hidden: bool,
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads every sheet, and the shift of the workbook's calendar.
pub(crate) fn read(bytes: &[u8], zipped: bool) -> Result<(Vec<Tab>, i32), Error> {
    check("the size of a binary workbook in bytes", bytes.len() as u64, MOST_BYTES)?;
    // The reader trusts numbers of the file: where it stumbles, the file is damaged.
    let read = catch_unwind(AssertUnwindSafe(|| if zipped { xlsb(bytes) } else { xls(bytes) }));
    read.unwrap_or_else(|_| Err(bad(&"its records contradict each other")))
}

fn xls(bytes: &[u8]) -> Result<(Vec<Tab>, i32), Error> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| match e {
        calamine::XlsError::Password => Kind::Protected.into(),
        e => bad(&e),
    })?;
    let shift = if book.has_1904_epoch() { DAYS_TO_1904 } else { 0 };
    let mut tabs = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let range = book.worksheet_range(&meta.name).map_err(|e| bad(&e))?;
        let mut rows = laid_out(&range, shift)?;
        for merge in book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default() {
            fill(&mut rows, merge.start, merge.end);
        }
        tabs.push(Tab { name: meta.name, hidden: meta.visible != SheetVisible::Visible, rows });
    }
    Ok((tabs, shift))
}

fn xlsb(bytes: &[u8]) -> Result<(Vec<Tab>, i32), Error> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|e| bad(&e))?;
    let mut tabs = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let range = book.worksheet_range(&meta.name).map_err(|e| bad(&e))?;
        tabs.push(Tab { name: meta.name.clone(), hidden: meta.visible != SheetVisible::Visible, rows: laid_out(&range, 0)? });
    }
    Ok((tabs, 0))
}

fn laid_out(range: &calamine::Range<Data>, shift: i32) -> Result<Vec<(u32, Vec<String>)>, Error> {
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
        row.extend(cells[..filled].iter().map(|c| text(c, shift)));
        rows.push((top + index as u32 + 1, row));
    }
    Ok(rows)
}

fn text(cell: &Data, shift: i32) -> String {
    match cell {
        Data::Float(f) => plain(*f, &f.to_string()),
        Data::DateTime(d) => {
            let serial = d.as_f64();
            let shown = (1.0..2_958_466.0).contains(&serial).then(|| day(serial, shift)).flatten();
            shown.unwrap_or_else(|| plain(serial, &serial.to_string()))
        }
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Fills a merged range downwards with the text of its first cell.
fn fill(rows: &mut [(u32, Vec<String>)], (top, left): (u32, u32), (bottom, _): (u32, u32)) {
    let at = |rows: &[(u32, Vec<String>)], row: u32| rows.binary_search_by_key(&row, |r| r.0).ok();
    let Some(text) = at(rows, top + 1).and_then(|i| rows[i].1.get(left as usize).cloned()).filter(|t| !t.is_empty()) else { return };
    for row in top + 2..=bottom.saturating_add(1).min(top.saturating_add(70_000)) {
        let Some(index) = at(rows, row) else { continue };
        let cells = &mut rows[index].1;
        if cells.len() <= left as usize {
            cells.resize(left as usize + 1, String::new());
        }
        if cells[left as usize].is_empty() {
            cells[left as usize].clone_from(&text);
        }
    }
}
