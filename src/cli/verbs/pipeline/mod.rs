//! `xiangma pipeline`: projects from intent to production, a verb a file.

mod workdays;

use clap::{Args, Subcommand};

use crate::cli::failure::Failure;

/// Follow projects from intent to production.
#[derive(Debug, Args)]
pub(in crate::cli) struct Pipeline {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Workdays(workdays::Workdays),
}

impl Pipeline {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.verb {
            Verb::Workdays(verb) => verb.run(),
        }
    }
}
