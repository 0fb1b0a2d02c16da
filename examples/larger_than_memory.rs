//! Ranks a file of any length where it lies: points, names and keys stay in memory, and of the best the texts are read again.
//!
//! `cargo run --example larger_than_memory`

use std::error::Error;
use std::fs::{self, File};

use xiangma::{Date, IntakeOptions, Session};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("candidates-{}.csv", std::process::id()));
    let rows: Vec<String> = (0..5_000).map(|n| format!("第{n}示例光电有限公司,光模块,{}", n % 700)).collect();
    fs::write(&path, format!("企业名称,主营产品,参保人数\n{}\n", rows.join("\n")))?;

    let mut session = Session::new(Date::constant(2026, 11, 1))?;
    session.target(&["optoelectronics".to_owned()], &[])?;
    let mut told = 0.0;
    let mut progress = |read| {
        told = read;
        true
    };
    let roll = session.stream(File::open(&path)?, &IntakeOptions::new(), &mut progress)?.ok_or("no delimited text")?;
    let ranking = roll.ranking();
    for place in ranking.places().take(3) {
        let (enterprise, matches) = &roll.read(&[place.row])?[0];
        let why = roll.explain(place.row as usize, enterprise, matches).ok_or("no such row")?;
        println!("{} {} {}: {}", place.rank, enterprise.name, place.score.shown(), why.reasons[0].en);
    }
    fs::remove_file(path)?;
    Ok(())
}
