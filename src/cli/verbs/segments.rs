//! `xiangma segments`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::learn::{Frame, Segment, Space};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Place};
use crate::cli::named::names;
use crate::cli::output::line;

/// Part a table into segments of rows that are alike, with what sets each apart, as JSON Lines.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma segments candidates.csv --count 6 --exclude 备注")]
pub(in crate::cli) struct Segments {
    /// The table.
    file: PathBuf,
    /// How many.
    #[arg(long, default_value_t = 6)]
    count: usize,
    /// A column that says nothing of likeness; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    exclude: Vec<String>,
    /// Seed of the first centres.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Serialize)]
struct Line<'n> {
    #[serde(flatten)]
    segment: &'n Segment,
    /// Names of the most typical rows.
    typical: Vec<&'n String>,
}

impl Segments {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, count, exclude, seed } = self;
        let apart: Vec<&str> = exclude.iter().map(String::as_str).collect();
        let bytes = files::bytes(&file)?;
        let (frame, _) = Frame::read_with_enterprises(&bytes, true, &apart).map_err(files::of(&file))?;
        let names = names(&bytes);
        let mut place = Place::new(None)?;
        for segment in &Space::of(&frame, &apart)?.segments(&frame, count, seed)? {
            let typical = segment.rows.iter().filter_map(|row| names.get(row)).take(5).collect();
            place.text(&line(&Line { segment, typical })?)?;
        }
        place.done()
    }
}
