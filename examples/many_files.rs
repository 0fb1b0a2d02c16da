//! Eight files, each read, located and assessed on a thread of its own, become one ranking.
//!
//! `cargo run --example many_files`

use std::error::Error;
use std::sync::Arc;
use std::thread;

use xiangma::{AssessOptions, Assessment, Catalogue, Date, Enterprise, IntakeOptions, Locator, Ranking, Scorecard, assess, intake};

type Shard = (Vec<Enterprise>, Assessment);

fn shard(file: &str, locator: &Locator, card: &Scorecard, options: &AssessOptions) -> Result<Shard, xiangma::Error> {
    let table = intake(file.as_bytes(), &IntakeOptions::new())?;
    let matches: Vec<_> = table.enterprises.iter().map(|e| locator.locate(e)).collect();
    let assessment = assess(card, options, &table.enterprises, &table.extra_columns, &matches, None, &[])?;
    Ok((table.enterprises, assessment))
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = (1..=8).map(|n| format!("企业名称,主营产品,参保人数\n第{n}示例光电有限公司,光模块,{}\n", n * 50)).collect();
    let (locator, card) = (Locator::new(&Catalogue::builtin())?, Scorecard::attraction());
    let options = AssessOptions::new(Date::constant(2026, 11, 1)).chains(["optoelectronics"]);
    let shards: Vec<Result<Shard, xiangma::Error>> = thread::scope(|scope| {
        let all: Vec<_> = files.iter().map(|file| scope.spawn(|| shard(file, &locator, &card, &options))).collect();
        all.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut shards = shards.into_iter();
    let (mut enterprises, mut all) = shards.next().ok_or("no file")??;
    for shard in shards {
        let (more, assessment) = shard?;
        enterprises.extend(more);
        all.append(assessment)?;
    }
    let ranking = Ranking::shared(Arc::new(all));
    for place in ranking.places().take(3) {
        println!("{} {} {}", place.rank, enterprises[place.row as usize].name, place.score.shown());
    }
    Ok(())
}
