//! `xiangma alike`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::learn::{self, Frame, Space};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Place};
use crate::cli::named::names;
use crate::cli::output::line;

/// Name the rows most like those that did best, as JSON Lines.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma alike candidates.csv --residents residents.csv --best 年度产值 --top 20")]
pub(in crate::cli) struct Alike {
    /// The table.
    file: PathBuf,
    /// The table of those that are there, such as residents.
    #[arg(long, value_name = "FILE")]
    residents: PathBuf,
    /// A column of theirs by which the best fifth is taken; all are, when left out.
    #[arg(long, value_name = "COLUMN")]
    best: Option<String>,
    /// A column that says nothing of likeness; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    exclude: Vec<String>,
    /// How many rows.
    #[arg(long, default_value_t = 50)]
    top: usize,
}

#[derive(Serialize)]
struct Line<'n> {
    name: Option<&'n String>,
    to_name: Option<&'n String>,
    #[serde(flatten)]
    alike: &'n learn::Alike,
}

impl Alike {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, residents, best, exclude, top } = self;
        files::apart(&[&file, &residents], &[])?;
        let mut apart: Vec<&str> = exclude.iter().chain(&best).map(String::as_str).collect();
        let (bytes, their_bytes) = (files::bytes(&file)?, files::bytes(&residents)?);
        let (frame, _) = Frame::read_with_enterprises(&bytes, true, &apart).map_err(files::of(&file))?;
        let (theirs, _) = Frame::read_with_enterprises(&their_bytes, true, &apart).map_err(files::of(&residents))?;
        let models = match &best {
            None => theirs,
            Some(column) => theirs.best_fifth(column)?,
        };
        // Where a firm stands is no likeness: those next door are there already.
        apart.extend(["enterprise:province", "enterprise:city"]);
        let space = Space::of(&frame, &apart)?;
        let (names, their_names) = (names(&bytes), names(&their_bytes));
        let mut place = Place::new(None)?;
        for alike in &space.nearest(&frame, &models, top)? {
            place.text(&line(&Line { name: names.get(&alike.row), to_name: their_names.get(&alike.to), alike })?)?;
        }
        place.done()
    }
}
