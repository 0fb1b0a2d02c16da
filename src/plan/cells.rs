//! Small tables that teams write: a header and rows of text.

use crate::error::{Error, Kind};
use crate::intake::decode;
use crate::text::{is_blank, squeeze};

/// A heading: the name of a column, and the words it is known by.
pub(super) type Heading = (&'static str, &'static [&'static str]);

/// A table: which column is which, and the rows that are not blank with the lines they begin on.
pub(super) struct Cells {
    columns: Vec<Option<usize>>,
    pub rows: Vec<(u32, Vec<String>)>,
}

/// A cell as words are compared: without spaces, in small letters.
pub(super) fn lower(cell: &str) -> String {
    squeeze(cell.trim_start_matches('\u{feff}')).to_lowercase()
}

impl Cells {
    /// CSV or tab-separated text in any usual encoding; the first so many headings are needed.
    ///
    /// # Errors
    ///
    /// `EMPTY_FILE`; `NO_HEADER`, naming the column that lacks; `NO_ROWS`; `LIMIT`.
    pub(super) fn read(bytes: &[u8], headings: &[Heading], needed: usize, most: usize) -> Result<Self, Error> {
        let (text, _, _) = decode(bytes);
        if text.trim().is_empty() {
            return Err(Kind::EmptyFile.into());
        }
        let separator = if text.lines().next().is_some_and(|first| first.contains('\t')) { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let mut records = reader.records().map_while(Result::ok);
        let header: Vec<String> = records.next().map(|row| row.iter().map(lower).collect()).unwrap_or_default();
        let mut columns = Vec::with_capacity(headings.len());
        for (at, (name, words)) in headings.iter().enumerate() {
            let column = header.iter().position(|cell| words.contains(&cell.as_str()));
            if column.is_none() && at < needed {
                let seen = header.join(", ");
                return Err(Error::from(Kind::NoColumn { seen }).at_column(words.first().copied().unwrap_or(name)));
            }
            columns.push(column);
        }
        let mut rows = Vec::new();
        for row in records {
            if row.iter().all(|c| is_blank(c.trim())) {
                continue;
            }
            if rows.len() == most {
                return Err(Kind::Limit { what: "the number of rows", found: most as u64 + 1, limit: most as u64 }.into());
            }
            let line = row.position().map_or(0, |p| p.line() as u32);
            rows.push((line, row.iter().map(|c| c.trim().to_owned()).collect()));
        }
        if rows.is_empty() { Err(Kind::NoRows.into()) } else { Ok(Self { columns, rows }) }
    }

    /// A cell by the place of its heading; none where it is blank or there is no such column.
    pub(super) fn cell<'r>(&self, row: &'r [String], heading: usize) -> Option<&'r str> {
        let cell = row.get(self.columns.get(heading).copied().flatten()?)?;
        Some(cell.as_str()).filter(|c| !is_blank(c))
    }
}

/// The parts of a cell that lists several: 集成电路、光电子.
pub(super) fn parts(cell: Option<&str>) -> Vec<String> {
    let parts = cell.unwrap_or("").split(['、', ',', '，', ';', '；', '|', '/']).map(str::trim);
    parts.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}
