//! How good learned chances are: `cargo run --release --all-features --example evaluate_learning`.
//!
//! Real tables are read at `../shared/data` and left out, and said to be, where they are not there; simulated leads have known chances.
//! Peers answer the same questions in `benches/peers/learn.py`.

use std::time::Instant;

use xiangma::learn::{Frame, TrainOptions, train};

/// A small generator of numbers that look random: the same on every platform.
struct Numbers(u64);

impl Numbers {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn read(name: &str, keep: &[&str]) -> Option<Frame> {
    let path = format!("{}/../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("SKIPPED {name}: it is not at ../shared/data");
        return None;
    };
    let mut frame = Frame::read(&bytes).ok()?;
    frame.add_enterprises(&bytes, keep).ok()?;
    Some(frame)
}

fn show(name: &str, frame: &Frame, options: &TrainOptions) -> Option<(f64, f64)> {
    let start = Instant::now();
    let (_, report) = train(frame, options).map_err(|e| eprintln!("{name}: {e}")).ok()?;
    let m = &report.folds;
    let lift = m.lift.get(1)?.lift;
    println!(
        "{name:<34} {:>6} rows {:>5} yes  AUC {:.4} ({:.3}–{:.3})  calibration {:.4}  log-loss {:.4}  lift 10 % {lift:.2}  {:.1} s",
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
        println!("{:<34} newest fifth: AUC {:.4}  calibration {:.4}", "", newest.auc, newest.calibration_error);
    }
    Some((m.auc, lift))
}

/// Leads with known chances: rising, up to a point, a hump, a region, a pair, and noise.
fn simulated(rows: usize, base: f64, seed: u64) -> (String, Vec<f64>) {
    let mut numbers = Numbers(seed);
    let mut text = "a,b,c,region,noise,y\n".to_owned();
    let mut chances = Vec::new();
    for _ in 0..rows {
        let (a, b, c, noise) = (numbers.normal(), numbers.normal(), numbers.normal(), numbers.normal());
        let region = (numbers.uniform() * 5.0) as usize;
        let odds = base + 0.8 * a + if b > 0.5 { 0.8 } else { 0.0 } - 0.5 * c * c + [0.0, 0.8, -0.6, 0.2, 0.4][region];
        let p = 1.0 / (1.0 + (-odds).exp());
        let yes = numbers.uniform() < p;
        text += &format!("{a:.3},{b:.3},{c:.3},R{region},{noise:.3},{}\n", if yes { "yes" } else { "no" });
        chances.push(p);
    }
    (text, chances)
}

fn main() -> Result<(), xiangma::Error> {
    if let Some(frame) = read("bank_marketing/dev.csv", &[]) {
        show("bank_marketing", &frame, &TrainOptions::new("y").exclude("duration").date("row_id"));
    }
    if let Some(frame) = read("leads_xeducation/dev.csv", &[]) {
        let options = TrainOptions::new("Converted");
        let (_, report) = train(&frame, &options)?;
        let named: Vec<&str> = report.leaks.iter().map(|l| l.column.as_str()).collect();
        println!("leads_xeducation: the leak screen names {}", named.join(", "));
        let left = ["Tags", "Lead Quality", "Last Notable Activity"].into_iter().fold(options, TrainOptions::exclude);
        show("leads_xeducation", &frame, &left);
    }
    let outcome = "listed_2019_06_to_2021_10";
    if let Some(frame) = read("ipo_outcome/dev.csv", &[outcome, "list_date", "sw_l3_name"]) {
        let options = TrainOptions::new(outcome).exclude("list_date").exclude("sw_l3_name");
        let repeats: Vec<(f64, f64)> = (1..=10).filter_map(|seed| show("ipo_outcome", &frame, &options.clone().seed(seed))).collect();
        let n = repeats.len().max(1) as f64;
        let (auc, lift) = repeats.iter().fold((0.0, 0.0), |(a, l), r| (a + r.0 / n, l + r.1 / n));
        println!("ipo_outcome, mean of {} repeats: AUC {auc:.4}, lift 10 % {lift:.2}", repeats.len());
    }
    println!("\nsimulated leads: mean distance of the stated to the true chance, and how many 90 % intervals hold it");
    for (name, base) in [("3 %", -3.9), ("10 %", -2.5), ("30 %", -0.9)] {
        for rows in [500, 2_000, 8_000] {
            let (mut off, mut held, mut all, mut refused) = (0.0, 0.0, 0.0, 0);
            for seed in 1..=10 {
                let (text, _) = simulated(rows, base, seed);
                let Ok((model, _)) = train(&Frame::read(text.as_bytes())?, &TrainOptions::new("y")) else {
                    refused += 1;
                    continue;
                };
                let (fresh, truth) = simulated(1_000, base, seed + 1_000);
                for (p, truth) in model.predict(&Frame::read(fresh.as_bytes())?).iter().zip(&truth) {
                    off += (p.probability - truth).abs();
                    held += f64::from(u8::from(p.low <= *truth && *truth <= p.high));
                    all += 1.0;
                }
            }
            println!("base {name:<5} {rows:>5} rows: {:.4}, {:.1} % held; refused {refused} of 10", off / all, 100.0 * held / all);
        }
    }
    Ok(())
}
