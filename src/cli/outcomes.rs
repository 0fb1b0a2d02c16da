//! Learning from outcomes, and applying what was learned.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use serde_json::json;
use xiangma::learn::{Conversion, Frame, Space, TrainOptions, explore, measure};
use xiangma::{IntakeOptions, intake};

use super::LearnArgs;
use super::run::{Failure, read_bytes, read_text};

/// A table, with the features of enterprises where it is of enterprises and they are asked for.
fn read(file: &Path, enterprises: bool, apart: &[&str]) -> Result<(Frame, bool), Failure> {
    let named = |error| Failure::Library { file: Some(file.display().to_string()), error };
    Frame::read_with_enterprises(&read_bytes(file)?, enterprises, apart).map_err(named)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::File { path: path.display().to_string(), error })
}

pub(super) fn train(file: &Path, learn: LearnArgs, out: &Path, report_to: Option<&Path>) -> Result<(), Failure> {
    let mut options = TrainOptions::new(learn.outcome).seed(learn.seed);
    options = learn.positive.into_iter().fold(options, TrainOptions::positive);
    options = learn.exclude.into_iter().fold(options, TrainOptions::exclude);
    options = learn.rising.into_iter().fold(options, TrainOptions::rising);
    options = learn.falling.into_iter().fold(options, TrainOptions::falling);
    options = learn.date.into_iter().fold(options, TrainOptions::date);
    options = learn.prior.into_iter().fold(options, TrainOptions::prior);
    options = learn.weight.into_iter().fold(options, TrainOptions::weight);
    options = learn.contacted.into_iter().fold(options, TrainOptions::contacted);
    let (frame, is_of_enterprises) = read(file, true, &options.apart())?;
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
    let changed: Vec<&str> = drift.features.iter().filter(|f| f.shift.state == "shifted").map(|f| f.feature.as_str()).collect();
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

/// The names of enterprises by the number of their row; none for a table of something else.
fn names(file: &Path) -> Result<HashMap<u32, String>, Failure> {
    let table = intake(&read_bytes(file)?, &IntakeOptions::new());
    Ok(table.map(|t| t.enterprises.into_iter().map(|e| (e.row, e.name)).collect()).unwrap_or_default())
}

pub(super) fn alike(file: &Path, residents: &Path, best: Option<&str>, exclude: &[String], top: usize) -> Result<(), Failure> {
    let apart: Vec<&str> = exclude.iter().map(String::as_str).chain(best).collect();
    let (frame, _) = read(file, true, &apart)?;
    let (theirs, _) = read(residents, true, &apart)?;
    let models = match best {
        None => theirs,
        Some(column) => theirs.best_fifth(column)?,
    };
    // Where a firm stands is no likeness: those next door are there already.
    let (place, mut apart) = (["enterprise:province", "enterprise:city"], apart);
    apart.extend(place);
    let space = Space::of(&frame, &apart)?;
    let (names, resident_names) = (names(file)?, names(residents)?);
    for found in space.nearest(&frame, &models, top) {
        let mut line = json!(found);
        line["name"] = json!(names.get(&found.row));
        line["to_name"] = json!(resident_names.get(&found.to));
        println!("{line}");
    }
    Ok(())
}

pub(super) fn segments(file: &Path, count: usize, exclude: &[String], seed: u64) -> Result<(), Failure> {
    let apart: Vec<&str> = exclude.iter().map(String::as_str).collect();
    let (frame, _) = read(file, true, &apart)?;
    let names = names(file)?;
    for segment in Space::of(&frame, &apart)?.segments(&frame, count, seed)? {
        let typical: Vec<&String> = segment.rows.iter().filter_map(|row| names.get(row)).take(5).collect();
        let mut line = json!(segment);
        line["typical"] = json!(typical);
        println!("{line}");
    }
    Ok(())
}
