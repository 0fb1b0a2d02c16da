//! Names for the rows of a table that is of enterprises.

use std::collections::HashMap;

use xiangma::{IntakeOptions, intake};

/// The names of enterprises by the number of their row; none for a table of something else.
pub(super) fn names(bytes: &[u8]) -> HashMap<u32, String> {
    let table = intake(bytes, &IntakeOptions::new());
    table.map(|t| t.enterprises.into_iter().map(|e| (e.row, e.name)).collect()).unwrap_or_default()
}
