//! What became of a file: every row accounted for, every column named.

use std::collections::BTreeMap;

use serde::Serialize;

/// What intake did with a file. `rows == read + merged + rejected.len()`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct IntakeReport {
    /// `csv`, `tsv`, `xlsx` or `json`.
    pub format: String,
    /// The text encoding found.
    pub encoding: String,
    /// The sheet read, of a workbook.
    pub sheet: Option<String>,
    /// Number of the header row.
    pub header_row: u32,
    /// Rows below the header that hold anything.
    pub rows: u64,
    /// Enterprises kept.
    pub read: u64,
    /// Rows merged into another with the same credit code.
    pub merged: u64,
    /// Rows merged: the row that went, and the row it went into.
    pub merges: Vec<Merge>,
    /// Rows not read, each with its reason.
    pub rejected: Vec<Rejected>,
    /// Rows with more or fewer cells than the header: read, but worth a look.
    pub ragged: Vec<u32>,
    /// Lines whose quote was never closed, read without quoting.
    pub repaired_quotes: Vec<u32>,
    /// Characters that could not be decoded.
    pub unreadable_characters: u64,
    /// What each column was taken for.
    pub columns: Vec<ColumnReport>,
    /// Per field: how many cells were understood, missing, or not understood, with examples of the last.
    pub values: BTreeMap<String, ValueReport>,
}

/// A row merged into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Merge {
    /// The row that was merged.
    pub row: u32,
    /// The row that stays.
    pub into: u32,
}

/// A row that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Its number.
    pub row: u32,
    /// Why: `no_name` (nothing in the name column), `shifted` (text of another column in the name column) or `not_matched` (the data
    /// service found no such enterprise).
    pub reason: String,
    /// The start of what stood there.
    pub seen: String,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReport {
    /// Its header.
    pub header: String,
    /// The field it was read as; for others `extra`, `unused`, `duplicate` or `personal_dropped`.
    #[serde(rename = "as")]
    pub role: String,
}

/// How the cells of a field were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ValueReport {
    /// Cells understood.
    pub understood: u64,
    /// Cells that say nothing.
    pub missing: u64,
    /// Cells not understood, kept out of every score.
    pub not_understood: u64,
    /// Up to five of them.
    pub examples: Vec<Example>,
}

/// A cell that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Its row.
    pub row: u32,
    /// Its text, shortened.
    pub cell: String,
    /// Why: `not_a_value`, `ambiguous_unit`, `check_character`, `lost_to_scientific_notation`, `old_number`, `in_the_future`, `negative`, `implausible`.
    pub reason: &'static str,
}

/// How many examples of what was not understood are kept.
const EXAMPLES: usize = 5;

impl ValueReport {
    pub(crate) fn not_understood(&mut self, row: u32, cell: &str, reason: &'static str) {
        self.not_understood += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example { row, cell: shorten(cell), reason });
        }
    }

    /// Adds the count of another column of the same field.
    pub(crate) fn add(&mut self, other: Self) {
        self.understood += other.understood;
        self.missing += other.missing;
        self.not_understood += other.not_understood;
        self.examples.extend(other.examples);
        self.examples.truncate(EXAMPLES);
    }
}

/// The first forty characters.
pub(crate) fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
