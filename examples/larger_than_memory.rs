//! Ranks a file of any length and keeps points and keys alone: it is read some thousand lines at a time, and its texts are dropped.
//!
//! `cargo run --example larger_than_memory`

use std::collections::HashSet;
use std::error::Error;
use std::io::{BufRead, BufReader, Cursor};

use xiangma::{AssessOptions, Assessment, Catalogue, Date, EnterpriseKey, IntakeOptions, Locator, Ranking, Scorecard, assess, intake};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let long: Vec<String> = (0..5_000).map(|n| format!("第{n}示例光电有限公司,光模块,{}", n % 700)).collect();
    let mut lines = BufReader::new(Cursor::new(long.join("\n"))).lines();
    let (locator, card) = (Locator::new(&Catalogue::builtin())?, Scorecard::attraction());
    let options = AssessOptions::new(Date::constant(2026, 11, 1));
    let (mut all, mut keys, mut seen) = (None::<Assessment>, Vec::<EnterpriseKey>::new(), HashSet::new());
    loop {
        let some: Vec<String> = lines.by_ref().take(1_000).collect::<Result<_, _>>()?;
        if some.is_empty() {
            break;
        }
        let part = format!("企业名称,主营产品,参保人数\n{}", some.join("\n"));
        let mut table = intake(part.as_bytes(), &IntakeOptions::new())?;
        table.enterprises.retain(|e| seen.insert(e.key()));
        let matches: Vec<_> = table.enterprises.iter().map(|e| locator.locate(e)).collect();
        let part = assess(&card, &options, &table.enterprises, &table.extra_columns, &matches, None, &[])?;
        keys.extend(table.enterprises.iter().map(xiangma::Enterprise::key));
        match &mut all {
            None => all = Some(part),
            Some(all) => all.append(part)?,
        }
    }
    let all = all.ok_or("an empty file")?;
    for place in Ranking::new(&all).places().take(3) {
        println!("{} {} {}", place.rank, keys[place.row as usize], place.score.shown());
    }
    Ok(())
}
