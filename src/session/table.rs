//! A table and where its enterprises stand, as far as they have been located: here, row after row, or elsewhere.

#[cfg(feature = "batches")]
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::OnceLock;

use crate::chain::{Locator, Match, Reader};
use crate::intake::Intake;
use crate::parallel::{Idle, parts};

/// Rows are located from the first on; those handed out to others are taken from the end. What was handed out and has not come back
/// when nothing else is left is located here after all: nothing waits for a worker that is gone.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub intake: Intake,
    /// Numbers of rows in the file, in order, with the place of the enterprise read from each; made when first asked for.
    by_number: OnceLock<Vec<(u32, u32)>>,
    /// Of each row; empty until it is located.
    matches: Vec<Vec<Match>>,
    /// Readers that are idle. Their buffers are large, and are kept: given back among the small lists of matches that stay, they would
    /// leave holes.
    readers: Idle<Reader>,
    /// The rows that nobody has.
    waiting: VecDeque<Range<usize>>,
    /// The rows that were handed out and are not back.
    out: Vec<Range<usize>>,
    /// Numbers of the rows that took something from others: handed out while the file was read, they may have been without it.
    #[cfg(feature = "batches")]
    merged: BTreeSet<u32>,
}

impl Table {
    pub(super) fn new(intake: Intake) -> Self {
        let mut table = Self { intake, ..Self::default() };
        table.forget();
        table
    }

    /// A table of which some rows, in their order, were handed out while it was read.
    #[cfg(feature = "batches")]
    pub(super) fn handed_out(intake: Intake, out: Vec<Range<usize>>) -> Self {
        let mut table = Self::new(intake);
        table.merged = table.intake.report.merges.iter().map(|m| m.into).collect();
        table.waiting.clear();
        let mut next = 0;
        for rows in &out {
            table.waiting.push_back(next..rows.start);
            next = rows.end;
        }
        table.waiting.push_back(next..table.matches.len());
        table.out = out;
        table
    }

    /// Everything is to be located anew.
    pub(super) fn forget(&mut self) {
        let rows = self.intake.enterprises.len();
        self.matches.clear();
        self.matches.resize_with(rows, Vec::new);
        self.waiting = std::iter::once(0..rows).collect();
        self.out.clear();
    }

    /// Of each row; of one that is not located yet, nothing.
    pub(super) fn matches(&self) -> &[Vec<Match>] {
        &self.matches
    }

    /// The place of the enterprise that was read from this row of the file.
    pub(super) fn row_at(&self, number: u32) -> Option<usize> {
        let by_number = self.by_number.get_or_init(|| {
            let mut all: Vec<(u32, u32)> = self.intake.enterprises.iter().map(|e| e.row).zip(0..).collect();
            all.sort_unstable();
            all
        });
        let at = by_number.partition_point(|(n, _)| *n < number);
        by_number.get(at).filter(|(n, _)| *n == number).map(|(_, place)| *place as usize)
    }

    /// How many rows are not located.
    pub(super) fn left(&self) -> usize {
        self.waiting.iter().chain(&self.out).map(Range::len).sum()
    }

    /// Locates up to `count` rows more.
    pub(super) fn locate(&mut self, locator: &Locator, count: usize) {
        let mut left = count;
        while left > 0 {
            let Some(rows) = self.waiting.pop_front().or_else(|| self.out.pop()) else { break };
            let end = rows.end.min(rows.start.saturating_add(left));
            if end < rows.end {
                self.waiting.push_front(end..rows.end);
            }
            left -= end - rows.start;
            let enterprises = &self.intake.enterprises[rows.start..end];
            let readers = &self.readers;
            let found = parts(enterprises.len(), 256, |part| {
                readers.lend(|reader| enterprises[part].iter().map(|e| locator.locate_with(e, reader)).collect::<Vec<_>>())
            });
            self.matches[rows.start..end].iter_mut().zip(found.into_iter().flatten()).for_each(|(its, found)| *its = found);
        }
    }

    /// Sets up to `count` rows aside for somebody else to locate.
    #[cfg(feature = "batches")]
    pub(super) fn set_aside(&mut self, count: usize) -> Option<Range<usize>> {
        while self.waiting.back().is_some_and(Range::is_empty) {
            self.waiting.pop_back();
        }
        let rest = self.waiting.back_mut().filter(|_| count > 0)?;
        let rows = rest.end.saturating_sub(count).max(rest.start)..rest.end;
        rest.end = rows.start;
        self.out.push(rows.clone());
        Some(rows)
    }

    /// Takes the matches of rows set aside; what is not, or no longer, is left as it is.
    #[cfg(feature = "batches")]
    pub(super) fn put_back(&mut self, locator: &Locator, rows: &Range<usize>, matches: Vec<Vec<Match>>) {
        let Some(at) = self.out.iter().position(|r| r == rows) else { return };
        self.out.remove(at);
        for (row, its) in rows.clone().zip(matches) {
            let enterprise = &self.intake.enterprises[row];
            self.matches[row] = if self.merged.contains(&enterprise.row) { locator.locate(enterprise) } else { its };
        }
    }
}
