//! `xiangma pipeline due`.

use clap::Args;
use xiangma::pipeline::reminders;

use crate::cli::failure::Failure;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, text};
use crate::cli::team::Team;

/// Say what is due, or overdue: clocks of projects, issues with a day, issues that nobody was named for; the longest overdue first.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma pipeline due team.ledger --within 7 --format table")]
pub(in crate::cli) struct Due {
    #[command(flatten)]
    team: Team,
    /// Within how many days.
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    within: u32,
    #[command(flatten)]
    out: Out,
}

impl Due {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, within, out } = self;
        out.check(team.inputs())?;
        let lang = out.lang;
        let due = reminders(&team.book(lang)?, &team.rules.phases()?, team.rules.day(), within, &team.rules.calendar()?);
        let mut sink = Sink::new(&out, lang.pick(&["期限", "类别", "编号", "事项"], &["due", "kind", "about", "what"]))?;
        for reminder in &due {
            sink.row(reminder, || {
                let kind = match reminder.kind {
                    "clock" => lang.pick("时限", "clock"),
                    "issue" => lang.pick("问题办结", "issue"),
                    _ => lang.pick("问题交办", "issue unassigned"),
                };
                let day = reminder.due.to_string();
                vec![text(day), text(kind), text(&reminder.about), text(lang.pick(&reminder.zh, &reminder.en))]
            })?;
        }
        sink.finish()
    }
}
