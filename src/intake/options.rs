//! What is read, and how much at most.

use crate::enterprise::Date;

/// Limits and choices of [`intake`](crate::intake()).
///
/// | name | default | purpose |
/// |---|---|---|
/// | `as_of` | none | dates after it are reported as not understood |
/// | `ignore` | none | headings of columns to leave unread, but for the name |
/// | `max_bytes` | 2 GiB | size of the file |
/// | `max_expanded_bytes` | 4 GiB | size of a workbook once unzipped |
/// | `max_rows` | 5 000 000 | rows, the header included |
/// | `max_columns` | 1 000 | columns |
/// | `max_cells` | 200 000 000 | cells of a workbook's sheet |
/// | `max_cell_bytes` | 500 000 | length of one cell |
///
/// # Errors
///
/// Passing a limit is an error of code `LIMIT`.
#[derive(Debug, Clone)]
pub struct IntakeOptions {
    pub(crate) as_of: Option<Date>,
    pub(crate) ignore: Vec<String>,
    pub(crate) max_bytes: u64,
    pub(crate) max_expanded_bytes: u64,
    pub(crate) max_rows: u64,
    pub(crate) max_columns: u64,
    pub(crate) max_cells: u64,
    pub(crate) max_cell_bytes: u64,
}

impl Default for IntakeOptions {
    fn default() -> Self {
        Self {
            as_of: None,
            ignore: Vec::new(),
            max_bytes: 2 << 30,
            max_expanded_bytes: 4 << 30,
            max_rows: 5_000_000,
            max_columns: 1_000,
            max_cells: 200_000_000,
            max_cell_bytes: 500_000,
        }
    }
}

impl IntakeOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// The day the table is judged on: later dates are not believed.
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// Leaves the column under this heading unread; the name is read always.
    pub fn ignore(mut self, heading: impl Into<String>) -> Self {
        self.ignore.push(heading.into());
        self
    }

    /// The most bytes a file may have.
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// The most bytes a workbook may unzip to.
    pub fn max_expanded_bytes(mut self, bytes: u64) -> Self {
        self.max_expanded_bytes = bytes;
        self
    }

    /// The most rows.
    pub fn max_rows(mut self, rows: u64) -> Self {
        self.max_rows = rows;
        self
    }

    /// The most columns.
    pub fn max_columns(mut self, columns: u64) -> Self {
        self.max_columns = columns;
        self
    }

    /// The most cells in a sheet of a workbook.
    pub fn max_cells(mut self, cells: u64) -> Self {
        self.max_cells = cells;
        self
    }

    /// The longest cell, in bytes.
    pub fn max_cell_bytes(mut self, bytes: u64) -> Self {
        self.max_cell_bytes = bytes;
        self
    }
}
