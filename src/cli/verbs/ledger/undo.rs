//! `xiangma ledger undo`.

use std::path::PathBuf;

use clap::Args;
use xiangma::ledger::ChangeId;

use crate::cli::failure::Failure;
use crate::cli::flags::Lang;
use crate::cli::output::{line, print};
use crate::cli::team::{Who, rewrite};
use crate::cli::terminal::tell;

/// Take a change back: fields that nobody has written since get what they had before.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma ledger undo team.ledger 0123456789abcdef0123 --by 李")]
pub(in crate::cli) struct Undo {
    /// The ledger of the team.
    ledger: PathBuf,
    /// The change, by the id that `history` shows.
    change: ChangeId,
    #[command(flatten)]
    who: Who,
}

impl Undo {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { ledger: path, change, who } = self;
        let undone = rewrite(&path, false, Lang::Zh, |ledger| Ok(ledger.undo(change, &who.by, who.now())?))?;
        if !undone.kept.is_empty() {
            tell(&format!("note: written since, and kept: {}", undone.kept.join(", ")));
        }
        print(&line(&undone.change)?)
    }
}
