//! `xiangma mcdm`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::files::{self, Place};
use crate::cli::output::line;

/// Answer cases of multi-criteria methods: a file of cases in, JSON Lines out.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma mcdm cases.json > answers.jsonl")]
pub(in crate::cli) struct Mcdm {
    /// The file: JSON, a list of cases or `{"cases": [...]}`.
    file: PathBuf,
}

impl Mcdm {
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut place = Place::new(None)?;
        for answer in xiangma::mcdm::run_cases(&files::text(&self.file)?).map_err(files::of(&self.file))? {
            place.text(&line(&answer)?)?;
        }
        place.done()
    }
}
