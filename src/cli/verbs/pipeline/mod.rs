//! `xiangma pipeline`: projects from intent to production, a verb a file.

mod appraise;
mod clocks;
mod due;
mod funnel;
mod per_mu;
mod portfolio;
mod rules;
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
    Appraise(appraise::Appraise),
    PerMu(per_mu::PerMu),
    Due(due::Due),
    Workdays(workdays::Workdays),
    Rules(rules::Rules),
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
            Verb::Appraise(verb) => verb.run(),
            Verb::PerMu(verb) => verb.run(),
            Verb::Due(verb) => verb.run(),
            Verb::Workdays(verb) => verb.run(),
            Verb::Rules(verb) => verb.run(),
        }
    }
}
