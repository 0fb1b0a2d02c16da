//! Learning from outcomes, and applying what was learned.

use std::io::Write;
use std::path::Path;

use serde_json::json;
use xiangma::learn::{Conversion, Frame, TrainOptions, explore, measure};

use super::LearnArgs;
use super::run::{Failure, read_bytes, read_text};

/// A table, with the features of enterprises where it is of enterprises and they are asked for.
fn read(file: &Path, enterprises: bool, apart: &[&str]) -> Result<(Frame, bool), Failure> {
    let named = |error| Failure::Library { file: Some(file.display().to_string()), error };
    let bytes = read_bytes(file)?;
    let mut frame = Frame::read(&bytes).map_err(named)?;
    let added = enterprises && frame.add_enterprises(&bytes, apart).map_err(named)?;
    Ok((frame, added))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::File { path: path.display().to_string(), error })
}

pub(super) fn train(file: &Path, learn: LearnArgs, out: &Path, report_to: Option<&Path>) -> Result<(), Failure> {
    let named = [&learn.date, &learn.prior, &learn.weight, &learn.contacted];
    let apart: Vec<&str> = named.into_iter().flatten().chain([&learn.outcome]).chain(&learn.exclude).map(String::as_str).collect();
    let (frame, is_of_enterprises) = read(file, true, &apart)?;
    let mut options = TrainOptions::new(learn.outcome).seed(learn.seed);
    options = learn.positive.into_iter().fold(options, TrainOptions::positive);
    options = learn.exclude.into_iter().fold(options, TrainOptions::exclude);
    options = learn.rising.into_iter().fold(options, TrainOptions::rising);
    options = learn.falling.into_iter().fold(options, TrainOptions::falling);
    options = learn.date.into_iter().fold(options, TrainOptions::date);
    options = learn.prior.into_iter().fold(options, TrainOptions::prior);
    options = learn.weight.into_iter().fold(options, TrainOptions::weight);
    options = learn.contacted.into_iter().fold(options, TrainOptions::contacted);
    let (model, report) = xiangma::learn::train(&frame, &options)?;
    write(out, &(model.of_enterprises(is_of_enterprises).to_json() + "\n"))?;
    let text = serde_json::to_string_pretty(&report).map_err(|e| Failure::Output(e.to_string()))?;
    match report_to {
        Some(path) => write(path, &(text + "\n"))?,
        None => println!("{text}"),
    }
    for leak in &report.leaks {
        eprintln!(
            "note: `{}` may know the outcome ({}; alone AUC {:.2}): exclude it unless it was known beforehand",
            leak.column, leak.why, leak.auc
        );
    }
    if report.verdict != "use" {
        eprintln!("note: do not use this model: on rows it had not seen it does not beat what is known without it");
    }
    Ok(())
}

fn model(path: &Path) -> Result<Conversion, Failure> {
    let named = |error| Failure::Library { file: Some(path.display().to_string()), error };
    Conversion::from_json(&read_text(path)?).map_err(named)
}

/// How many rows to explore are named.
const TO_EXPLORE: usize = 20;

pub(super) fn predict(file: &Path, model_file: &Path, out: Option<&Path>, report: Option<&Path>) -> Result<(), Failure> {
    let model = model(model_file)?;
    let (frame, _) = read(file, model.is_of_enterprises, &model.apart())?;
    let predictions = model.predict(&frame);
    let drift = model.drift(&frame, &predictions);
    let changed: Vec<&str> = drift.features.iter().filter(|f| f.shift.state == "changed").map(|f| f.feature.as_str()).collect();
    if !changed.is_empty() {
        eprintln!("note: rows are no longer like those learned from, in {}", changed.join(", "));
    }
    if !drift.absent.is_empty() {
        eprintln!("note: not there, and taken as missing: {}", drift.absent.join(", "));
    }
    if model.verdict != "use" {
        eprintln!("note: on rows it had not seen this model did not beat what is known without it: do not use it");
    }
    if let Some(path) = report {
        let explore: Vec<_> = explore(&predictions, TO_EXPLORE)
            .into_iter()
            .map(|i| &predictions[i])
            .map(|p| json!({ "row": p.row, "probability": p.probability, "low": p.low, "high": p.high }))
            .collect();
        let text = serde_json::to_string_pretty(&json!({ "drift": drift, "explore": explore }));
        write(path, &(text.map_err(|e| Failure::Output(e.to_string()))? + "\n"))?;
    }
    let mut text = String::new();
    for prediction in predictions {
        text += &json!(prediction).to_string();
        text.push('\n');
    }
    match out {
        Some(path) => write(path, &text),
        None => std::io::stdout().write_all(text.as_bytes()).map_err(|e| Failure::Output(e.to_string())),
    }
}

pub(super) fn evaluate(file: &Path, model_file: &Path) -> Result<(), Failure> {
    let model = model(model_file)?;
    let (frame, _) = read(file, model.is_of_enterprises, &model.apart())?;
    let outcomes = model.outcomes(&frame)?;
    let (chances, seen): (Vec<f64>, Vec<bool>) =
        model.predict(&frame).iter().zip(outcomes).filter_map(|(p, outcome)| Some((p.probability, outcome?))).unzip();
    println!("{}", serde_json::to_string_pretty(&measure(&chances, &seen)).map_err(|e| Failure::Output(e.to_string()))?);
    Ok(())
}
