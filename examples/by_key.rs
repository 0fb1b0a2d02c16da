//! Explains an enterprise that is known by its key alone, as a ledger or last month's list keeps it.
//!
//! `cargo run --example by_key`

use std::error::Error;

use xiangma::{Date, EnterpriseKey, Session};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let file = "企业名称,所属省份,主营产品,参保人数\n示例（苏州）光电有限责任公司,江苏,光模块,120\n示例商贸有限公司,浙江,钢材,8\n";
    let mut session = Session::new(Date::constant(2026, 11, 1))?;
    session.load_candidates(file.as_bytes())?;
    session.target(&["optoelectronics".to_owned()], &[])?;
    session.assess()?;
    let key: EnterpriseKey = "示例苏州光电有限公司|江苏".parse()?;
    let row = session.row_of(&key).ok_or("not in this month's file")?;
    for reason in session.explain(row).ok_or("no such row")?.reasons {
        println!("{}", reason.en);
    }
    Ok(())
}
