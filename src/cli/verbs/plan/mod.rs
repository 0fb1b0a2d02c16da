//! `xiangma plan`: what to do this month, a file for each part of it.

mod assign;
mod introduce;
mod review;
mod shortlist;
mod trips;

use std::path::Path;

use clap::{Args, Subcommand};
use xiangma::plan::Listed;

use crate::cli::failure::Failure;
use crate::cli::files;

/// Plan the month: whom to bring, through whom, on which trips, by whose hand, and what experts say.
#[derive(Debug, Args)]
pub(in crate::cli) struct Plan {
    #[command(subcommand)]
    part: Part,
}

#[derive(Debug, Subcommand)]
enum Part {
    Shortlist(shortlist::Shortlist),
    Introduce(introduce::Introduce),
    Trips(trips::Trips),
    Assign(assign::Assign),
    Sheets(review::Sheets),
    Review(review::Review),
}

impl Plan {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.part {
            Part::Shortlist(part) => part.run(),
            Part::Introduce(part) => part.run(),
            Part::Trips(part) => part.run(),
            Part::Assign(part) => part.run(),
            Part::Sheets(part) => part.run(),
            Part::Review(part) => part.run(),
        }
    }
}

/// A list: a table of enterprises, or what an earlier part wrote.
fn listed(file: &Path) -> Result<Vec<Listed>, Failure> {
    Listed::read(&files::bytes(file)?).map_err(files::of(file))
}
