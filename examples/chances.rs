//! Learns from what became of earlier leads, and tells the chance of new ones.
//!
//! `cargo run --features train --example chances`

use std::error::Error;

use xiangma::learn::{Frame, TrainOptions, train};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let row = |n: usize| {
        let (large, near) = (n.is_multiple_of(3), n.is_multiple_of(4));
        let landed = (n * 37) % 100 < if large { 55 } else { 12 } + if near { 25 } else { 0 };
        let (staff, city, result) =
            (if large { 500 + n } else { 20 + n % 90 }, if near { "苏州" } else { "成都" }, if landed { "落地" } else { "未落地" });
        format!("第{n}示例有限公司,{staff},{city},{result}\n")
    };
    let leads: String = std::iter::once("企业名称,人数,城市,结果\n".to_owned()).chain((0..600).map(row)).collect();
    let (model, report) = train(&Frame::read(leads.as_bytes())?, &TrainOptions::new("结果"))?;
    println!("{}: AUC {:.2} on rows it had not seen", report.verdict, report.folds.auc);
    let new = Frame::read("企业名称,人数,城市,结果\n甲有限公司,900,苏州,\n乙有限公司,30,成都,\n".as_bytes())?;
    for (row, chance) in model.predict(&new)?.iter().enumerate() {
        println!("row {row}: {:.2} ({:.2} to {:.2})", chance.probability, chance.low, chance.high);
    }
    Ok(())
}
