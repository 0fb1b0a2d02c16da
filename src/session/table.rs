//! A table and where its enterprises stand, as far as they have been located: here, row after row, or elsewhere, from the end.

use std::ops::Range;

use crate::chain::{Locator, Match, Reader};
use crate::intake::Intake;

/// Rows are located from the first on; those handed out to others are taken from the end. What was handed out and has not come back
/// when the two meet is located here after all: nothing waits for a worker that is gone.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub intake: Intake,
    /// Of each row; empty until it is located.
    matches: Vec<Vec<Match>>,
    /// The rows that nobody has.
    waiting: Range<usize>,
    /// The rows that were handed out and are not back.
    out: Vec<Range<usize>>,
}

impl Table {
    pub(super) fn new(intake: Intake) -> Self {
        let mut table = Self { intake, ..Self::default() };
        table.forget();
        table
    }

    /// Everything is to be located anew.
    pub(super) fn forget(&mut self) {
        let rows = self.intake.enterprises.len();
        self.matches.clear();
        self.matches.resize_with(rows, Vec::new);
        self.waiting = 0..rows;
        self.out.clear();
    }

    /// Of each row; of one that is not located yet, nothing.
    pub(super) fn matches(&self) -> &[Vec<Match>] {
        &self.matches
    }

    /// How many rows are not located.
    pub(super) fn left(&self) -> usize {
        self.waiting.len() + self.out.iter().map(Range::len).sum::<usize>()
    }

    /// Locates up to `count` rows more.
    pub(super) fn locate(&mut self, locator: &Locator, count: usize) {
        if self.waiting.is_empty()
            && let Some(late) = self.out.pop()
        {
            self.waiting = late;
        }
        let rows = self.waiting.start..self.waiting.end.min(self.waiting.start.saturating_add(count));
        self.waiting.start = rows.end;
        let mut reader = Reader::default();
        for row in rows {
            self.matches[row] = locator.locate_with(&self.intake.enterprises[row], &mut reader);
        }
    }

    /// Sets up to `count` rows aside for somebody else to locate.
    #[cfg(feature = "batches")]
    pub(super) fn set_aside(&mut self, count: usize) -> Option<Range<usize>> {
        let rows = self.waiting.end.saturating_sub(count).max(self.waiting.start)..self.waiting.end;
        if rows.is_empty() {
            return None;
        }
        self.waiting.end = rows.start;
        self.out.push(rows.clone());
        Some(rows)
    }

    /// Takes the matches of rows set aside; what is not, or no longer, is left as it is.
    #[cfg(feature = "batches")]
    pub(super) fn put_back(&mut self, rows: &Range<usize>, matches: Vec<Vec<Match>>) {
        if let Some(at) = self.out.iter().position(|r| r == rows) {
            self.out.swap_remove(at);
            for (row, its) in rows.clone().zip(matches) {
                self.matches[row] = its;
            }
        }
    }
}
