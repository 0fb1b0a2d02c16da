//! Any table, as columns of text: outcomes are learned from more than enterprises.

use crate::error::{Error, Kind};
use crate::intake::{IntakeOptions, IntakeReport, read_rows};

/// A table: a header, and a column of cells under each heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The headings.
    pub headers: Vec<String>,
    /// Column by column, a cell a row; empty for what is not there.
    pub columns: Vec<Vec<String>>,
    /// The number of each row in its file, as a spreadsheet counts.
    pub numbers: Vec<u32>,
}

impl Frame {
    /// Reads a table in any form [`intake`](crate::intake()) reads; the first row with two cells or more is the header.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake()); `BAD_ARGUMENT` for two columns of one name.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut frame = Self::default();
        let mut report = IntakeReport::default();
        read_rows(bytes, &IntakeOptions::new(), &mut report, &mut |number: u32, cells: &[&str]| {
            let filled = cells.iter().filter(|c| !c.trim().is_empty()).count();
            if frame.headers.is_empty() {
                if filled >= 2 {
                    frame.headers = cells.iter().map(|c| c.trim().trim_start_matches('\u{feff}').to_owned()).collect();
                    frame.columns = vec![Vec::new(); frame.headers.len()];
                }
            } else if filled > 0 {
                frame.numbers.push(number);
                for (i, column) in frame.columns.iter_mut().enumerate() {
                    column.push(cells.get(i).map_or("", |c| c.trim()).to_owned());
                }
            }
        })?;
        if frame.numbers.is_empty() {
            return Err(Kind::NoRows.into());
        }
        if let Some((_, twice)) = frame.headers.iter().enumerate().find(|(i, h)| !h.is_empty() && frame.headers[..*i].contains(h)) {
            return Err(Kind::BadArgument(format!("two columns are named `{twice}`")).into());
        }
        Ok(frame)
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.numbers.len()
    }

    /// The cells under a heading.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, with the headings there are.
    pub fn column(&self, name: &str) -> Result<&[String], Error> {
        let at = self.headers.iter().position(|h| h == name);
        at.map(|i| self.columns[i].as_slice())
            .ok_or_else(|| Kind::BadArgument(format!("there is no column `{name}`; there are: {}", self.headers.join(", "))).into())
    }

    /// The same table with some rows only, in the order given.
    pub fn select(&self, rows: &[usize]) -> Self {
        Self {
            headers: self.headers.clone(),
            columns: self.columns.iter().map(|c| rows.iter().map(|r| c[*r].clone()).collect()).collect(),
            numbers: rows.iter().map(|r| self.numbers[*r]).collect(),
        }
    }

    /// The fifth of the rows with the highest numbers under a heading, one row at the least; rows without a number are not among them.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a column that is not there, or without numbers.
    pub fn best_fifth(&self, column: &str) -> Result<Self, Error> {
        let cells = self.column(column)?;
        let mut numbers: Vec<(f64, usize)> =
            cells.iter().enumerate().filter_map(|(row, cell)| Some((crate::learn::features::number(cell)?, row))).collect();
        if numbers.is_empty() {
            return Err(Kind::BadArgument(format!("there are no numbers under `{column}`")).into());
        }
        numbers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        numbers.truncate((numbers.len() / 5).max(1));
        Ok(self.select(&numbers.into_iter().map(|n| n.1).collect::<Vec<_>>()))
    }

    /// Adds a column.
    pub(crate) fn push(&mut self, header: String, cells: Vec<String>) {
        self.headers.push(header);
        self.columns.push(cells);
    }
}

/// True for the ways in which exports say that nothing is known.
pub(crate) fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..cell.len()) else { return false };
    lower.copy_from_slice(cell.as_bytes());
    lower.make_ascii_lowercase();
    let words = ["", "-", "--", "na", "n/a", "nan", "null", "unknown", "select", "未知", "不详", "无数据"];
    words.iter().any(|word| word.as_bytes() == lower)
}
