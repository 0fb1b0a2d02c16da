//! How good learned chances are.
//!
//! `cargo run --release --all-features --example evaluate_learning` tries models on the real tables at `../shared/data`, which are left out,
//! and said to be, where they are not there. With `answer` it answers questions of `benches/peers/learn.py`, which asks other libraries
//! the same: `cargo xtask bench learn`.

use std::io::{BufRead, Write};
use std::time::Instant;

use serde_json::{Value, json};
use xiangma::Error;
use xiangma::learn::{Frame, TrainOptions, train};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::args().nth(1).as_deref() != Some("answer") {
        return Ok(tables()?);
    }
    for line in std::io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| question[key].as_str();
        let answer = match (text("features"), text("train"), text("test"), text("outcome"), text("out")) {
            (Some(file), .., Some(out)) => features(file, &question["keep"], out)?,
            (_, Some(taught), Some(told), Some(outcome), _) => {
                let options = TrainOptions::new(outcome);
                let options = text("contacted").into_iter().fold(options, TrainOptions::contacted);
                match train(&Frame::read(&std::fs::read(taught)?)?, &options) {
                    Err(error) => json!({ "refused": error.to_string() }),
                    Ok((model, _)) => {
                        let told = model.predict_anyway(&Frame::read(&std::fs::read(told)?)?);
                        json!({ "chances": told.iter().map(|p| [p.probability, p.low, p.high]).collect::<Vec<_>>() })
                    }
                }
            }
            _ => return Err(format!("what is asked: {question}").into()),
        };
        println!("{answer}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

/// Writes a table with the features of enterprises, so that all learn from the same.
fn features(file: &str, keep: &Value, out: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let keep: Vec<&str> = keep.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let bytes = std::fs::read(file)?;
    let (frame, added) = Frame::read_with_enterprises(&bytes, true, &keep)?;
    let mut writer = csv::Writer::from_path(out)?;
    writer.write_record(frame.headers())?;
    for row in 0..frame.rows() {
        writer.write_record(frame.columns().iter().map(|c| c[row].as_str()))?;
    }
    writer.flush()?;
    Ok(json!({ "added": added }))
}

fn tables() -> Result<(), Error> {
    if let Some(frame) = read("bank_marketing/dev.csv", &[])? {
        show("bank_marketing", &frame, &TrainOptions::new("y").exclude("duration").date("row_id"))?;
    }
    if let Some(frame) = read("leads_xeducation/dev.csv", &[])? {
        let options = TrainOptions::new("Converted");
        let (_, report) = train(&frame, &options)?;
        let named: Vec<&str> = report.leaks.iter().map(|l| l.column.as_str()).collect();
        println!("leads_xeducation: the leak screen names {}", named.join(", "));
        let left = ["Tags", "Lead Quality", "Last Notable Activity"].into_iter().fold(options, TrainOptions::exclude);
        show("leads_xeducation", &frame, &left)?;
    }
    let outcome = "listed_2019_06_to_2021_10";
    if let Some(frame) = read("ipo_outcome/dev.csv", &[outcome, "list_date", "sw_l3_name"])? {
        let options = TrainOptions::new(outcome).exclude("list_date").exclude("sw_l3_name");
        let repeats = (1..=10).map(|seed| show("ipo_outcome", &frame, &options.clone().seed(seed))).collect::<Result<Vec<_>, _>>()?;
        let n = repeats.len() as f64;
        let (auc, lift) = repeats.iter().fold((0.0, 0.0), |(a, l), r| (a + r.0 / n, l + r.1 / n));
        println!("ipo_outcome, mean of {n} dealings of folds: AUC {auc:.4}, lift 10 % {lift:.2}");
    }
    Ok(())
}

fn read(name: &str, keep: &[&str]) -> Result<Option<Frame>, Error> {
    let path = format!("{}/../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("SKIPPED {name}: it is not at ../shared/data");
        return Ok(None);
    };
    Ok(Some(Frame::read_with_enterprises(&bytes, true, keep)?.0))
}

/// Trains and prints; the area under the curve and the lift of the best tenth.
fn show(name: &str, frame: &Frame, options: &TrainOptions) -> Result<(f64, f64), Error> {
    let start = Instant::now();
    let (_, report) = train(frame, options)?;
    let m = &report.folds;
    let lift = m.lift.get(1).map_or(0.0, |l| l.lift);
    println!(
        "{name:<18} {:>6} rows {:>5} yes  AUC {:.4} ({:.3}–{:.3})  calibration {:.4}  log-loss {:.4}  lift 10 % {lift:.2}  {:.1} s",
        m.rows,
        m.events,
        m.auc,
        m.auc_low,
        m.auc_high,
        m.calibration_error,
        m.log_loss,
        start.elapsed().as_secs_f64()
    );
    if let Some(newest) = &report.newest {
        println!("{:<18} newest fifth: AUC {:.4}  calibration {:.4}", "", newest.auc, newest.calibration_error);
    }
    Ok((m.auc, lift))
}
