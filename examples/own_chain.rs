//! Finds enterprises on a chain of one's own.
//!
//! `cargo run --example own_chain`

use std::error::Error;

use xiangma::{Catalogue, Enterprise, Locator};

const CHAIN: &str = include_str!("../tests/data/tea_chain.json");

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    for finding in xiangma::check_chains(CHAIN, &[])? {
        eprintln!("{}: {}", finding.place, finding.en);
    }
    let catalogue = Catalogue::builtin().with_json(CHAIN)?;
    let locator = Locator::new(&catalogue)?;
    let firm =
        Enterprise { name: "示例茶业有限公司".to_owned(), scope: Some("茶饮料的生产".to_owned()), ..Enterprise::default() };
    for place in locator.locate(&firm).iter().filter(|m| m.is_believed()) {
        println!("{} {:?}: {:?}, {} % sure", place.chain, place.link, place.role, place.confidence);
    }
    Ok(())
}
