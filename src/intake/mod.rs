//! Bytes to enterprises: formats, sheets, headers and cells by their grammar, rows of one enterprise joined, personal data left outside,
//! and a report that accounts for every row.

#[cfg(feature = "xlsx")]
mod big5;
#[cfg(feature = "xlsb")]
mod binary;
mod cell;
mod columns;
#[cfg(feature = "xlsx")]
mod compound;
mod date;
mod decode;
mod delimited;
mod distances;
mod field;
mod format;
mod gb18030;
mod header;
mod heading;
mod identity;
mod in_memory;
mod items;
mod json;
#[cfg(feature = "xlsx")]
mod markup;
mod merge;
mod money;
mod numeral;
#[cfg(feature = "xlsx")]
mod ods;
mod options;
mod patents;
pub(crate) mod personal;
mod preview;
mod qualification;
mod read_at;
mod reader;
mod report;
mod rows;
mod sheet;
mod status;
mod stream;
mod table;
mod told;
mod transcoded;
mod value;
#[cfg(feature = "xlsx")]
mod xls;
#[cfg(feature = "xlsx")]
mod xlsx;
#[cfg(feature = "xlsx")]
mod zipped;

pub use field::Field;
pub use in_memory::{CellReader, Cells, merge};
pub use money::{MoneyReading, read_money};
pub use options::IntakeOptions;
pub use preview::{ColumnPreview, Preview, SheetPreview, preview};
pub use read_at::ReadAt;
pub use report::{ColumnReport, Example, IntakeReport, Merge, Rejected, SheetReport, ValueReport};

pub(crate) use crate::enterprise::{CreditCode, Money};
pub(crate) use decode::decode;
pub(crate) use gb18030::gb2312_characters;
pub(crate) use header::find as find_header;
pub(crate) use heading::Means;
pub(crate) use identity::{Identities, Identity, Who};
pub(crate) use merge::{Keeper, Lists, long_lists, unite};
pub(crate) use stream::{Index, Streamed, changed, stream};
pub(crate) use value::{Reading, flag as read_flag, number as read_number};

use crate::enterprise::{Date, Enterprise};
use crate::error::Error;
use table::{Finished, Table};

/// What [`intake`] found in a file.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Intake {
    /// The enterprises, in the order of the file.
    pub enterprises: Vec<Enterprise>,
    /// What became of every row and column.
    pub report: IntakeReport,
    /// Headers of the columns the library does not know; a scorecard names them as `column:HEADER`.
    pub extra_columns: Vec<String>,
}

/// Reads a table of enterprises: CSV and its kin with any separator, text saved by Excel, JSON of any envelope and JSON Lines; with the
/// feature `xlsx` workbooks of Excel, WPS and LibreOffice (.xlsx, .xls, .et, .ods), tables of web pages and XML named `.xls`, zips of one
/// table, and text in Big5; with `xlsb` binary workbooks of the new kind.
///
/// The header is found wherever it stands, in one row or several. Every visible sheet with a header is read. Personal columns (legal
/// representatives, phones, e-mails, under whatever heading) are dropped. Rows of one enterprise, by credit code, else by name and
/// province, are joined: the fullest stays and takes what the others know.
///
/// # Errors
///
/// `EMPTY_FILE`, `NO_HEADER`, `NO_ROWS`, `BAD_WORKBOOK`, `PROTECTED`, `BAD_JSON`, `UNSUPPORTED_FORMAT`, `LIMIT`, or `BAD_ARGUMENT` for a
/// sheet that is not there. A cell that cannot be understood is not an error: the report counts it and shows examples.
///
/// # Example
///
/// ```
/// let file = "企业名称,注册资本,经营范围\n示例光电有限公司,500万美元,光学镜头制造\n";
/// let table = xiangma::intake(file.as_bytes(), &xiangma::IntakeOptions::new())?;
/// assert_eq!(table.enterprises[0].name, "示例光电有限公司");
/// assert_eq!(table.enterprises[0].registered_capital.map(|m| m.amount), Some(5_000_000.0));
/// assert_eq!(table.report.read, 1);
/// assert!(table.report.adds_up());
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn intake(bytes: &[u8], options: &IntakeOptions) -> Result<Intake, Error> {
    intake_while(bytes, options, &mut |_, _| true)
}

/// As [`intake`], and tells from time to time which share of the file is read, 0 to 1, and the enterprises so far. Only those that rows
/// still to come are merged into will change.
///
/// # Errors
///
/// As [`intake`].
pub fn intake_with(bytes: &[u8], options: &IntakeOptions, progress: &mut dyn FnMut(f64, &[Enterprise])) -> Result<Intake, Error> {
    intake_while(bytes, options, &mut |read, so_far| {
        progress(read, so_far);
        true
    })
}

/// As [`intake_with`], and stops where `progress` answers false.
///
/// # Errors
///
/// As [`intake`]; `CANCELLED` when stopped.
pub fn intake_while(bytes: &[u8], options: &IntakeOptions, progress: &mut dyn FnMut(f64, &[Enterprise]) -> bool) -> Result<Intake, Error> {
    let mut table = Table::new(options, merge::Merger::default(), progress);
    let mut file = IntakeReport::default();
    format::read(bytes, options, &mut file, &mut table)?;
    let Finished { keeper, report, extra, .. } = table.finish(file)?;
    Ok(Intake { enterprises: keeper.kept, report, extra_columns: extra })
}

/// Reads the rows of the first table of any file, its header among them, as they stand: what learns from tables looks for its own header.
pub(crate) fn read_rows(
    bytes: &[u8],
    options: &IntakeOptions,
    report: &mut IntakeReport,
    row: &mut dyn FnMut(u32, &[&str]),
) -> Result<(), Error> {
    struct First<'f> {
        row: &'f mut dyn FnMut(u32, &[&str]),
        sheets: usize,
    }
    impl sheet::Sink for First<'_> {
        fn sheet(&mut self, _: sheet::Sheet<'_>) {
            self.sheets += 1;
        }

        fn row(&mut self, number: u32, cells: &[&str]) -> Result<(), Error> {
            if self.sheets <= 1 {
                (self.row)(number, cells);
            }
            Ok(())
        }
    }
    format::read(bytes, options, report, &mut First { row, sheets: 0 })
}

/// Reads a date as a cell of a column of dates.
pub(crate) fn read_date(cell: &str) -> Reading<Date> {
    date::date(cell, 0)
}
