//! `xiangma pipeline workdays`.

use clap::Args;
use xiangma::Date;

use crate::cli::failure::Failure;
use crate::cli::flags::{self, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::team::Holidays;

/// Count the working days from a day to another, both counted: without weekends and public holidays, with the weekends that are worked.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma pipeline workdays 2026-02-14 2026-02-28")]
pub(in crate::cli) struct Workdays {
    /// The first day, YYYY-MM-DD.
    #[arg(value_parser = flags::day)]
    from: Date,
    /// The last day, YYYY-MM-DD.
    #[arg(value_parser = flags::day)]
    to: Date,
    #[command(flatten)]
    holidays: Holidays,
    #[command(flatten)]
    out: Out,
}

impl Workdays {
    pub(super) fn run(self) -> Result<(), Failure> {
        self.out.check(self.holidays.holidays_file.as_deref())?;
        let count = self.holidays.calendar()?.count(self.from, self.to)?;
        let lang = self.out.lang;
        let mut sink = Sink::new(&self.out, lang.pick(&["工作日", "是否估算"], &["working_days", "estimated"]))?;
        let estimated = if count.estimated { lang.pick("是", "yes") } else { lang.pick("否", "no") };
        sink.row(&count, || vec![number(count.working_days), text(estimated)])?;
        sink.finish()
    }
}
