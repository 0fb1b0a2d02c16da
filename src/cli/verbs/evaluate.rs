//! `xiangma evaluate`.

use std::path::PathBuf;

use clap::Args;
use xiangma::learn::{Conversion, Frame, measure};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Place};
use crate::cli::output::pretty;

/// Say how good a model's chances are on a table whose outcomes are known.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma evaluate later_leads.csv --model leads.model")]
pub(in crate::cli) struct Evaluate {
    /// The table.
    file: PathBuf,
    /// The model.
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
}

impl Evaluate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, model: path } = self;
        files::apart(&[&file, &path], &[])?;
        let model = Conversion::from_json(&files::text(&path)?).map_err(files::of(&path))?;
        let bytes = files::bytes(&file)?;
        let (frame, _) = Frame::read_with_enterprises(&bytes, model.is_of_enterprises, &model.apart()).map_err(files::of(&file))?;
        let outcomes = model.outcomes(&frame)?;
        let (chances, seen): (Vec<f64>, Vec<bool>) =
            model.predict_anyway(&frame).iter().zip(outcomes).filter_map(|(p, outcome)| Some((p.probability, outcome?))).unzip();
        let mut place = Place::new(None)?;
        place.text(&pretty(&measure(&chances, &seen))?)?;
        place.done()
    }
}
