//! What became of a file: every row accounted for, every column named.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::is_identity_number;
use crate::intake::personal;
use crate::order::sort;

/// What intake did with a file. `rows == read + merged + rejected_rows + other_rows`.
///
/// Lists of rows are cut at [`IntakeOptions::max_listed`](crate::IntakeOptions::max_listed); the counts beside them are whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IntakeReport {
    /// `csv`, `tsv`, `xlsx`, `xls`, `xlsb`, `ods`, `html`, `xml` or `json`.
    pub format: String,
    /// The text encoding found.
    pub encoding: String,
    /// The sheet read, of a workbook; the first, where several were.
    pub sheet: Option<String>,
    /// Every sheet of a workbook (or list within JSON) and what became of it. Empty for one plain table.
    pub sheets: Vec<SheetReport>,
    /// Number of the (last) header row of the first sheet read.
    pub header_row: u32,
    /// Rows below the headers that hold anything.
    pub rows: u64,
    /// Enterprises kept.
    pub read: u64,
    /// Rows merged into another of the same enterprise.
    pub merged: u64,
    /// Rows merged: the row that went, and the row it went into.
    pub merges: Vec<Merge>,
    /// How many rows were rejected.
    pub rejected_rows: u64,
    /// Rows not read, each with its reason.
    pub rejected: Vec<Rejected>,
    /// How many rows are no enterprises: totals, notes, headers again, titles of parts, instructions.
    pub other_rows: u64,
    /// Rows that are no enterprises, each with its reason.
    pub others: Vec<Rejected>,
    /// Rows read whose names are doubtful.
    pub doubtful: Vec<Rejected>,
    /// Pairs of rows with one name and two credit codes: read as two, worth a look.
    pub same_names: Vec<Merge>,
    /// Rows with more or fewer cells than the header: read, but worth a look.
    pub ragged: Vec<u32>,
    /// How many rows are ragged.
    pub ragged_rows: u64,
    /// Lines whose quote was never closed, read without quoting.
    pub repaired_quotes: Vec<u32>,
    /// How many lines were so repaired.
    pub repaired_lines: u64,
    /// Characters that could not be decoded.
    pub unreadable_characters: u64,
    /// Cells dropped, or parts of them, since they hold a telephone number, an e-mail address or a person's identity number.
    pub personal_cells: u64,
    /// What each column was taken for; of several sheets one after another.
    pub columns: Vec<ColumnReport>,
    /// Per field: how many cells were understood, missing, or not understood, with examples of the last.
    pub values: BTreeMap<String, ValueReport>,
}

impl IntakeReport {
    /// Adds what became of further rows; each list holds at most so many.
    pub(crate) fn append(&mut self, mut more: Self, most: usize) {
        fn extend<T>(list: &mut Vec<T>, more: Vec<T>, most: usize) {
            let room = most.saturating_sub(list.len());
            list.extend(more.into_iter().take(room));
        }
        sort(&mut more.rejected, &|a, b| a.row.cmp(&b.row));
        extend(&mut self.rejected, more.rejected, most);
        extend(&mut self.others, more.others, most);
        extend(&mut self.doubtful, more.doubtful, most);
        extend(&mut self.ragged, more.ragged, most);
        self.rows += more.rows;
        self.rejected_rows += more.rejected_rows;
        self.other_rows += more.other_rows;
        self.ragged_rows += more.ragged_rows;
        self.personal_cells += more.personal_cells;
    }

    /// True when every row is accounted for: read, merged, rejected, or no enterprise.
    pub fn adds_up(&self) -> bool {
        self.rows == self.read + self.merged + self.rejected_rows + self.other_rows
    }
}

/// A sheet of a workbook, or a list within JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SheetReport {
    /// Its name.
    pub name: String,
    /// `read`, `hidden` (not asked for), `no_header`, `few_columns` (a name and nothing else, beside better sheets), `empty`, or
    /// `not_chosen`.
    pub state: String,
    /// The row of its header; 0 when none was found.
    pub header_row: u32,
    /// Its rows below the header that hold anything.
    pub rows: u64,
    /// What is added to the numbers of its rows, so that every row of the file has a number of its own.
    pub offset: u32,
}

/// A row merged into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Merge {
    /// The row that was merged.
    pub row: u32,
    /// The row that stays.
    pub into: u32,
    /// The name that went, where it was another: two names under one code.
    pub name: Option<String>,
}

/// A row that was not read, or is worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rejected {
    /// Its number.
    pub row: u32,
    /// Why. Of rejected rows: `no_name` (nothing in the name column), `shifted` (text of another column in the name column),
    /// `not_a_name` (digits or marks) or `not_matched` (the data service found no such enterprise). Of rows that are no enterprises:
    /// `total`, `note`, `header_again`, `section` or `instruction`. Of doubtful ones: `person` or `no_legal_form`.
    pub reason: String,
    /// The start of what stood there, without personal data.
    pub seen: String,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColumnReport {
    /// Its header.
    pub header: String,
    /// The field it was read as; for others `extra`, `unused`, `duplicate` (another column of the same field fills it; this one fills
    /// the gaps) or `personal_dropped`.
    #[serde(rename = "as")]
    pub role: String,
}

/// How the cells of a field were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Example {
    /// Its row.
    pub row: u32,
    /// Its text, shortened.
    pub cell: String,
    /// Why: `not_a_value`, `ambiguous_unit`, `check_character`, `lost_to_scientific_notation`, `old_number`, `personal`,
    /// `in_the_future`, `negative`, `implausible`.
    pub reason: String,
}

/// How many examples of what was not understood are kept.
const EXAMPLES: usize = 5;

impl ValueReport {
    pub(crate) fn not_understood(&mut self, row: u32, cell: &str, reason: &str) {
        self.not_understood += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example { row, cell: shorten(cell), reason: reason.to_owned() });
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

/// The first forty characters, personal numbers masked: a report is shown, stored and sent on.
pub(crate) fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    let cut = short.len() < text.len();
    if personal::cell(&short).is_some() || is_identity_number(&short) {
        "***".clone_into(&mut short);
    } else {
        short = masked(&short).unwrap_or(short);
    }
    if cut {
        short.push('…');
    }
    short
}

/// A text with its personal numbers masked; `None` when there are none.
pub(crate) fn masked(text: &str) -> Option<String> {
    let mut found = personal::inside(text);
    if found.is_empty() {
        return None;
    }
    sort(&mut found, &|a, b| a.start.cmp(&b.start));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in found {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str("***");
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    Some(out)
}
