//! `xiangma ledger`: the one file of a team, a verb a file.

mod check;
mod history;
mod import;
mod join;
mod outcomes;
mod set;
mod undo;

use clap::{Args, Subcommand};

use crate::cli::failure::Failure;

/// Keep the one file of a team: leads, projects, events, visits and issues, with every change ever made.
#[derive(Debug, Args)]
pub(in crate::cli) struct Ledger {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Check(check::Check),
    Join(join::Join),
    History(history::History),
    Set(set::Set),
    Import(import::Import),
    Undo(undo::Undo),
    Outcomes(outcomes::Outcomes),
}

impl Ledger {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.verb {
            Verb::Check(verb) => verb.run(),
            Verb::Join(verb) => verb.run(),
            Verb::History(verb) => verb.run(),
            Verb::Set(verb) => verb.run(),
            Verb::Import(verb) => verb.run(),
            Verb::Undo(verb) => verb.run(),
            Verb::Outcomes(verb) => verb.run(),
        }
    }
}
