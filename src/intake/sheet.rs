//! Where rows come from and where they go: the one stream every format is read into.

use crate::error::{Error, Kind};

/// A sheet about to be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'s> {
    /// Its name; `None` for a file that is one table.
    pub name: Option<&'s str>,
    /// True where it is one of several: its name is a tag of its rows.
    pub several: bool,
    /// Added to serial numbers of days: the calendar of the workbook.
    pub day_shift: i32,
}

/// Where a record of a text begins, and what reading it depends on of those before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its first byte.
    pub at: u64,
    /// Lines before it.
    pub line: u32,
    /// Rows of a table are as wide as its first; what a torn quote swallows looks like them.
    pub width: u32,
}

/// Takes a row: its number and cells.
pub(crate) type EachRow<'r> = dyn FnMut(u32, &[&str]) + 'r;

/// Reads the rows of a part, by its place among the parts.
pub(crate) type ReadPart<'r> = dyn Fn(usize, &mut EachRow<'_>) + Sync + 'r;

/// Takes the rows of a file, one after another.
pub(crate) trait Sink {
    /// A sheet begins: what follows are its rows.
    fn sheet(&mut self, _sheet: Sheet<'_>) {}

    /// A row: its number and cells. An error ends the reading.
    fn row(&mut self, number: u32, cells: &[&str]) -> Result<(), Error>;

    /// Whether rows may come in parts from here on, to be read in any order.
    fn takes_parts(&self) -> bool {
        false
    }

    /// Takes parts of a sheet that follow one another, by where each begins; `read` reads the rows of one, by its place. `line` is the last
    /// line of all.
    fn parts(&mut self, parts: &[Mark], line: u32, read: &ReadPart<'_>) {
        let _ = (parts, line, read);
    }

    /// Is told from time to time which share of the file is read, 0 to 1; false ends the reading.
    fn share(&mut self, _read: f64) -> bool {
        true
    }
}

/// An empty row in the memory of another, whose cells may be gone: so that not every row asks for memory of its own.
pub(crate) fn emptied<'t>(mut row: Vec<&str>) -> Vec<&'t str> {
    row.clear();
    row.into_iter().map(|_| "").collect()
}

/// The share that is read is told once in so many rows.
pub(super) const STEP: u64 = 4096;

pub(crate) fn check(what: &'static str, found: u64, limit: u64) -> Result<(), Error> {
    if found > limit { Err(Kind::Limit { what, found, limit }.into()) } else { Ok(()) }
}
