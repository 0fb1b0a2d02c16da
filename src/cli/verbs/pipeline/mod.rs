//! `xiangma pipeline`: projects from intent to production, a verb a file.

mod clocks;
mod funnel;
mod portfolio;
mod schedule;
mod sheet;
mod status;
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
    Status(status::Status),
    Clocks(clocks::Clocks),
    Schedule(schedule::Schedule),
    Sheet(sheet::Sheet),
    Funnel(funnel::Funnel),
    Portfolio(portfolio::Portfolio),
    Workdays(workdays::Workdays),
}

impl Pipeline {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.verb {
            Verb::Status(verb) => verb.run(),
            Verb::Clocks(verb) => verb.run(),
            Verb::Schedule(verb) => verb.run(),
            Verb::Sheet(verb) => verb.run(),
            Verb::Funnel(verb) => verb.run(),
            Verb::Portfolio(verb) => verb.run(),
            Verb::Workdays(verb) => verb.run(),
        }
    }
}
