//! Locating in several workers: batches go out, and come back.

use std::ops::Range;

use super::{Session, Table};
use crate::chain::{Ticket, pack, unpack};
use crate::enterprise::Enterprise;
use crate::error::Error;
use crate::intake::{IntakeOptions, IntakeReport, intake_with};

impl Session {
    /// Hands out up to `count` candidates, from the last on, to be located by a [`Locator`](crate::Locator) elsewhere, while
    /// [`locate`](Self::locate) goes on from the first; none when nobody waits.
    ///
    /// ```
    /// use xiangma::{Catalogue, Date, Locator, Session};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// session.load_candidates("企业名称,主营产品\n示例光电有限公司,光模块\n示例商贸有限公司,钢材销售\n".as_bytes())?;
    /// let elsewhere = Locator::new(&Catalogue::builtin())?;
    /// while let Some(batch) = session.hand_out(2_000) {
    ///     session.take_back(&elsewhere.locate_batch(&batch)?)?;
    /// }
    /// assert_eq!(session.matches(0)[0].link.as_deref(), Some("oc_module"));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn hand_out(&mut self, count: usize) -> Option<Vec<u8>> {
        let rows = self.candidates.set_aside(count)?;
        Some(batch(self.tables, &rows, &self.candidates.intake.enterprises))
    }

    /// Reads the file of candidates as [`load_candidates`](Self::load_candidates) does, and hands a share of them out, 0 to 1, while it
    /// still reads: whoever locates them need not wait for the rest.
    ///
    /// `each` is told from time to time which share of the file is read, and is given a batch where there is one.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake()). Then the batches handed out are of no table: taking them back changes nothing.
    pub fn load_and_hand_out(
        &mut self,
        bytes: &[u8],
        share: f64,
        each: &mut dyn FnMut(f64, Option<Vec<u8>>),
    ) -> Result<&IntakeReport, Error> {
        // Counted before anything is read: no batch of a file that fails is ever taken for one of the next.
        self.tables = self.tables.wrapping_add(1);
        let (mut out, mut seen): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
        let mut watch = |read: f64, enterprises: &[Enterprise]| {
            let count = ((enterprises.len() - seen) as f64 * share.clamp(0.0, 1.0)) as usize;
            seen = enterprises.len();
            let rows = seen - count..seen;
            each(read, (count > 0).then(|| batch(self.tables, &rows, enterprises)));
            out.extend((count > 0).then_some(rows));
        };
        let table = intake_with(bytes, &IntakeOptions::new().as_of(self.as_of), &mut watch)?;
        self.candidates = Table::handed_out(table, out);
        self.assessed = None;
        Ok(&self.candidates.intake.report)
    }

    /// Takes back a batch that was located. One of a table that is gone, or that was located here in the meantime, changes nothing.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the bytes are not what [`Locator::locate_batch`](crate::Locator::locate_batch) gives.
    pub fn take_back(&mut self, located: &[u8]) -> Result<(), Error> {
        let (ticket, matches) = unpack(located)?;
        if ticket.table == self.tables {
            let first = ticket.first as usize;
            self.candidates.put_back(&self.locator, &(first..first + ticket.count as usize), matches);
        }
        Ok(())
    }
}

fn batch(table: u32, rows: &Range<usize>, enterprises: &[Enterprise]) -> Vec<u8> {
    // A table has fewer rows than a u32 counts.
    let ticket = Ticket { table, first: rows.start as u32, count: rows.len() as u32 };
    pack(ticket, &enterprises[rows.clone()])
}
