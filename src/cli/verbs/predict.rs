//! `xiangma predict`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::learn::{Conversion, Drift, Frame, Prediction, explore};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Draft, Place};
use crate::cli::output::{line, pretty};
use crate::cli::terminal::tell;

/// How many rows to explore are named.
const TO_EXPLORE: usize = 20;

/// Give the chance of every row of a table, as JSON Lines.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma predict new_leads.csv --model leads.model --out chances.jsonl --report drift.json")]
pub(in crate::cli) struct Predict {
    /// The table.
    file: PathBuf,
    /// The model.
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Give chances by a model that is not to be used, too.
    #[arg(long)]
    anyway: bool,
    /// Write to this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write to this file how the table differs from what was learned from, and which rows are worth a visit for what they would teach.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report<'p> {
    drift: &'p Drift,
    explore: Vec<Worth>,
}

#[derive(Serialize)]
struct Worth {
    row: u32,
    probability: f64,
    low: f64,
    high: f64,
}

impl Predict {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, model: path, anyway, out, report } = self;
        let outputs: Vec<_> = out.iter().chain(&report).map(PathBuf::as_path).collect();
        files::apart(&[&file, &path], &outputs)?;
        let model = Conversion::from_json(&files::text(&path)?).map_err(files::of(&path))?;
        let bytes = files::bytes(&file)?;
        let (frame, _) = Frame::read_with_enterprises(&bytes, model.is_of_enterprises, &model.apart()).map_err(files::of(&file))?;
        let told = if anyway { Ok(model.predict_anyway(&frame)) } else { model.predict(&frame) };
        if let Err(error) = &told {
            tell(&format!("note: {error}. --anyway gives them all the same"));
        }
        let predictions = told.unwrap_or_default();
        let drift = model.drift(&frame, &predictions);
        let mut place = Place::new(out.as_deref())?;
        for prediction in &predictions {
            place.text(&line(prediction)?)?;
        }
        // Both are whole before either is put in its place.
        let report = report.map(|path| write_report(&path, &drift, &predictions)).transpose()?;
        place.done()?;
        report.map_or(Ok(()), Draft::done)?;
        let changed: Vec<&str> = drift.features.iter().filter(|f| f.shift.state == "shifted").map(|f| f.feature.as_str()).collect();
        if !changed.is_empty() {
            tell(&format!("note: rows are no longer like those learned from, in {}", changed.join(", ")));
        }
        if !drift.absent.is_empty() {
            tell(&format!("note: not there, and taken as missing: {}", drift.absent.join(", ")));
        }
        Ok(())
    }
}

fn write_report(path: &std::path::Path, drift: &Drift, predictions: &[Prediction]) -> Result<Draft, Failure> {
    let named = explore(predictions, TO_EXPLORE).into_iter().filter_map(|i| predictions.get(i));
    let explore = named.map(|p| Worth { row: p.row, probability: p.probability, low: p.low, high: p.high }).collect();
    Draft::of(path, &pretty(&Report { drift, explore })?)
}
