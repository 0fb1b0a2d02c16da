//! Locating in several workers: batches go out, and come back.

use super::Session;
use crate::chain::{Ticket, pack, unpack};
use crate::error::Error;

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
        // A table has fewer rows than a u32 counts.
        let ticket = Ticket { table: self.tables, first: rows.start as u32, count: rows.len() as u32 };
        Some(pack(ticket, &self.candidates.intake.enterprises[rows]))
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
            self.candidates.put_back(&(first..first + ticket.count as usize), matches);
        }
        Ok(())
    }
}
