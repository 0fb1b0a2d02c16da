//! Compares this month's list with the last one: who came, who went, who moved.
//!
//! `cargo run --example months`

use std::error::Error;

use xiangma::monitor::Edition;
use xiangma::{Date, Session};

fn list(file: &str) -> Result<Edition, Box<dyn Error>> {
    let mut session = Session::new(Date::constant(2026, 11, 1))?;
    session.load_candidates(file.as_bytes())?;
    session.assess()?;
    Ok(session.edition().ok_or("no list")?)
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let before = list("企业名称,主营产品,参保人数\n甲光电有限公司,光模块,300\n乙光电有限公司,光模块,200\n丙光电有限公司,光模块,100\n")?;
    // Kept as text from month to month.
    let before = Edition::from_jsonl(&before.to_jsonl())?;
    let now = list("企业名称,主营产品,参保人数\n甲光电有限公司,光模块,300\n丁光电有限公司,光模块,250\n丙光电有限公司,光模块,100\n")?;
    println!("{}", serde_json::to_string_pretty(&now.movement(&before, 2)?)?);
    Ok(())
}
