//! `xiangma ledger check`.

use clap::Args;
use xiangma::ledger::{Ledger, Moment, Opened};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, text};
use crate::cli::team::Team;
use crate::cli::terminal::tell;

/// Say everything that is wrong with a ledger: its file, its records, its projects by their phases, and what two wrote differently.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma ledger check team.ledger --format table")]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    team: Team,
    #[command(flatten)]
    out: Out,
}

impl Check {
    /// Findings, errors first; the exit code tells whether there are any.
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, out } = self;
        out.check(team.inputs())?;
        let Opened { ledger, mut findings, .. } = Ledger::open(&files::bytes(&team.ledger)?).map_err(files::of(&team.ledger))?;
        findings.extend(ledger.findings(&team.rules.phases()?, team.rules.day(), Moment::now()));
        findings.sort_by_key(|f| !f.is_error);
        let lang = out.lang;
        let mut sink = Sink::new(&out, out.lang.pick(&["代码", "是否须改正", "位置", "说明"], &["code", "error", "place", "finding"]))?;
        for f in &findings {
            let is_error = if f.is_error { "yes" } else { "no" };
            sink.row(f, || vec![text(f.code), text(is_error), text(&f.place), text(lang.pick(&f.zh, &f.en))])?;
        }
        sink.finish()?;
        let (all, errors) = (findings.len(), findings.iter().filter(|f| f.is_error).count());
        let changes = ledger.changes().len();
        tell(&lang.pick(
            format!("{changes} 条改动，{all} 条发现，其中 {errors} 条须改正"),
            format!("{changes} changes, {all} findings, {errors} of them errors"),
        ));
        if errors > 0 { Err(Failure::Findings("BAD_LEDGER")) } else { Ok(()) }
    }
}
