//! What a file would be read as, before it is read: sheets, headings, guesses and examples, for a person to correct.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::intake::columns::Columns;
use crate::intake::sheet::{Sheet, Sink};
use crate::intake::{IntakeOptions, IntakeReport, SheetReport, format, header, heading, personal, report, value};
use crate::text::is_blank;

/// So many rows of each sheet are looked at.
const LOOKED_AT: usize = 60;
const EXAMPLES: usize = 3;

/// What a file would be read as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Preview {
    /// As in [`IntakeReport::format`].
    pub format: String,
    /// As in [`IntakeReport::encoding`].
    pub encoding: String,
    /// The sheets that would be read; one without a name for a file that is one table.
    pub sheets: Vec<SheetPreview>,
    /// Sheets that would not be read, each with why.
    pub others: Vec<SheetReport>,
}

/// A sheet as it would be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SheetPreview {
    /// Its name.
    pub name: Option<String>,
    /// The row of its header; 0 when none is found, and then the first row is shown as one.
    pub header_row: u32,
    /// Its columns.
    pub columns: Vec<ColumnPreview>,
}

/// A column as it would be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColumnPreview {
    /// Its heading.
    pub heading: String,
    /// What it would be read as: as in [`ColumnReport::role`](crate::ColumnReport::role).
    #[serde(rename = "as")]
    pub role: String,
    /// The first cells that say something, shortened; none of personal columns.
    pub examples: Vec<String>,
}

/// Looks at the first rows of every sheet and says how they would be read, so that a person may map headings
/// ([`IntakeOptions::map`]) and choose sheets ([`IntakeOptions::sheet`]) before the file is read. A file without a header is shown with
/// its first row as one.
///
/// # Errors
///
/// As [`intake`](crate::intake), but for `NO_HEADER` and `NO_ROWS`.
///
/// ```
/// let file = "客商,法人,干什么的\n示例光电有限公司,张三,光学镜头制造\n";
/// let seen = xiangma::preview(file.as_bytes(), &xiangma::IntakeOptions::new())?;
/// let columns = &seen.sheets[0].columns;
/// assert_eq!((columns[0].heading.as_str(), columns[0].examples[0].as_str()), ("客商", "示例光电有限公司"));
/// assert_eq!((columns[1].role.as_str(), columns[1].examples.len()), ("personal_dropped", 0));
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn preview(bytes: &[u8], options: &IntakeOptions) -> Result<Preview, Error> {
    let mut looking = Looking { options, sheets: Vec::new(), name: None, rows: Vec::new() };
    let mut file = IntakeReport::default();
    match format::read(bytes, options, &mut file, &mut looking) {
        Err(error) if error.code() != "CANCELLED" => return Err(error),
        _ => {}
    }
    looking.end();
    let IntakeReport { format, encoding, sheets, .. } = file;
    let others = sheets.into_iter().filter(|s| s.state != "read").collect();
    Ok(Preview { format, encoding, sheets: looking.sheets, others })
}

struct Looking<'o> {
    options: &'o IntakeOptions,
    sheets: Vec<SheetPreview>,
    name: Option<String>,
    rows: Vec<(u32, Vec<String>)>,
}

impl Looking<'_> {
    fn end(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return;
        }
        let cells: Vec<Vec<String>> = rows.iter().map(|r| r.1.iter().map(|c| value::clean(c).into_owned()).collect()).collect();
        let found = header::find(&cells, self.options);
        let header_row = found.as_ref().and_then(|h| rows.get(h.last)).map_or(0, |r| r.0);
        // Without a header the first row that is filled best stands for one.
        let header = found.unwrap_or_else(|| {
            let filled = |r: &Vec<String>| r.iter().filter(|c| !is_blank(c)).count();
            let most = cells.iter().take(header::SEARCHED).map(filled).max().unwrap_or(0);
            let first = cells.iter().position(|r| filled(r) == most).unwrap_or(0);
            let headings = cells.get(first).cloned().unwrap_or_default();
            let read = headings.iter().map(|h| heading::read(h)).collect();
            header::Header { first, last: first, headings, read, known: 0 }
        });
        let sample: Vec<Vec<&str>> = cells.iter().skip(header.last + 1).map(|r| r.iter().map(String::as_str).collect()).collect();
        let columns = Columns::new(&header, &sample, None, self.options, &mut Vec::new());
        let columns = columns.reports.into_iter().enumerate().map(|(index, column)| {
            let hidden = column.role == "personal_dropped" || personal::is_heading(&column.header);
            let cells = sample.iter().filter_map(|r| r.get(index)).filter(|c| !hidden && !is_blank(c));
            ColumnPreview {
                heading: column.header,
                role: column.role,
                examples: cells.take(EXAMPLES).map(|c| report::shorten(c)).collect(),
            }
        });
        self.sheets.push(SheetPreview { name: self.name.take(), header_row, columns: columns.collect() });
    }
}

impl Sink for Looking<'_> {
    fn sheet(&mut self, sheet: Sheet<'_>) {
        self.end();
        self.name = sheet.name.map(str::to_owned);
    }

    fn row(&mut self, number: u32, cells: &[&str]) -> Result<(), Error> {
        if self.rows.len() < LOOKED_AT {
            self.rows.push((number, cells.iter().map(|c| (*c).to_owned()).collect()));
        }
        Ok(())
    }

    fn share(&mut self, _: f64) -> bool {
        // One sheet of a workbook may be followed by others; plain text is not read to its end for sixty rows.
        self.name.is_some() || self.rows.len() < LOOKED_AT
    }
}
