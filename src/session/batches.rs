//! Locating in several workers: batches go out, and come back.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use super::{Session, Table};
use crate::chain::{Ticket, other_chains, pack, sound, unpack};
use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
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
        Some(batch(self.ticket(), &rows, &self.candidates.intake.enterprises))
    }

    /// Reads the file of candidates as [`open`](Self::open) does, and hands a share of them out, 0 to 1, while it
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
        options: &IntakeOptions,
        share: f64,
        each: &mut dyn FnMut(f64, Option<Vec<u8>>),
    ) -> Result<&IntakeReport, Error> {
        // Counted before anything is read: no batch of a file that fails is ever taken for one of the next.
        self.tables = self.tables.wrapping_add(1);
        let ticket = self.ticket();
        let (mut out, mut seen): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
        let mut watch = |read: f64, enterprises: &[Enterprise]| {
            let count = ((enterprises.len() - seen) as f64 * share.clamp(0.0, 1.0)) as usize;
            seen = enterprises.len();
            let rows = seen - count..seen;
            each(read, (count > 0).then(|| batch(ticket, &rows, enterprises)));
            out.extend((count > 0).then_some(rows));
        };
        let table = intake_with(bytes, &self.dated(options), &mut watch)?;
        self.candidates = Table::handed_out(table, out);
        self.assessed = None;
        Ok(&self.candidates.intake.report)
    }

    /// Takes back a batch that was located. One of a table that is gone, or that was located here in the meantime, changes nothing.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the bytes are not what [`Locator::locate_batch`](crate::Locator::locate_batch) gives, or are of another session.
    pub fn take_back(&mut self, located: &[u8]) -> Result<(), Error> {
        let (ticket, matches) = unpack(located)?;
        if ticket.session != self.number {
            let words = "the batch is of another session; give it back to the one that handed it out";
            return Err(Kind::BadArgument(words.to_owned()).into());
        }
        if ticket.table != self.tables {
            return Ok(());
        }
        if ticket.catalogue != self.locator.digest() {
            return Err(other_chains());
        }
        sound(&matches, &self.catalogue)?;
        let first = ticket.first as usize;
        let end = first.saturating_add(ticket.count as usize);
        self.candidates.put_back(&self.locator, &(first..end), matches);
        Ok(())
    }

    /// For a batch of the table there is; its rows are told when it is packed.
    fn ticket(&self) -> Ticket {
        Ticket { session: self.number, catalogue: self.locator.digest(), table: self.tables, first: 0, count: 0 }
    }
}

/// The number of the next session of this process.
pub(super) fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn batch(ticket: Ticket, rows: &Range<usize>, enterprises: &[Enterprise]) -> Vec<u8> {
    // A table has fewer rows than a u32 counts.
    let ticket = Ticket { first: rows.start as u32, count: rows.len() as u32, ..ticket };
    pack(ticket, &enterprises[rows.clone()])
}
