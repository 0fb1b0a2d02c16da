//! Makes `src/scorecard/standing.json`: registered capital by quantiles, for each link, from registration rows and listed firms.
//!
//! `cargo run --release --example make_standing DATA > src/scorecard/standing.json`, where DATA holds
//! `enterprise_registration/dev_kw.csv`, `enterprise_registration/dev_rand.csv` and `listed_enterprise/dev.csv`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

use xiangma::{Catalogue, IntakeOptions, Locator, Rates, Scorecard, intake};

/// Each file, and how many enterprises of the country one of its rows stands for.
const FILES: [(&str, f64); 3] =
    [("enterprise_registration/dev_kw.csv", 1.6), ("enterprise_registration/dev_rand.csv", 200.0), ("listed_enterprise/dev.csv", 2.0)];

/// The shares of enterprises told. Leaders are told apart above the last hundredth.
const PERCENT: [f64; 12] = [10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.9, 99.99, 100.0];

/// A link of fewer rows leans on its chain, as if it had so many more of the chain's.
const LEAN: f64 = 30.0;

/// One row cannot speak for more than this share of a link: of the random rows each stands for two hundred.
const HEAVIEST: f64 = 0.05;

/// More than this no single enterprise has: a slip of a unit.
const MOST_YUAN: f64 = 2e11;

/// Capital in ten thousand yuan, and what it weighs.
type Rows = Vec<(f64, f64)>;

fn total(rows: &Rows) -> f64 {
    rows.iter().map(|r| r.1).sum()
}

/// The rows of a link with those of its chain behind them.
fn leaning(own: &Rows, chain: &Rows) -> Rows {
    let share = LEAN / (LEAN + own.len() as f64);
    let (own_total, chain_total) = (total(own).max(1e-9), total(chain).max(1e-9));
    let own = own.iter().map(|(wan, weight)| (*wan, (1.0 - share) * (weight / own_total).min(HEAVIEST)));
    own.chain(chain.iter().map(|(wan, weight)| (*wan, share * weight / chain_total))).collect()
}

fn quantiles(mut rows: Rows) -> Vec<f64> {
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (whole, mut sum, mut at) = (total(&rows), 0.0, 0);
    let mut told = Vec::new();
    for percent in PERCENT {
        while at + 1 < rows.len() && sum + rows[at].1 < whole * percent / 100.0 {
            sum += rows[at].1;
            at += 1;
        }
        told.push((rows.get(at).map_or(1.0, |r| r.0) * 100.0).round() / 100.0);
    }
    told
}

fn main() -> Result<(), Box<dyn Error>> {
    let data = PathBuf::from(std::env::args().nth(1).ok_or("say where the data are")?);
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue)?;
    let rates: Rates = Scorecard::attraction().rates;
    let mut all: Rows = Vec::new();
    let mut chains: BTreeMap<String, Rows> = BTreeMap::new();
    let mut links: BTreeMap<String, Rows> = BTreeMap::new();
    for (file, weight) in FILES {
        for enterprise in intake(&std::fs::read(data.join(file))?, &IntakeOptions::new())?.enterprises {
            let yuan = enterprise.registered_capital.and_then(|money| rates.yuan(money));
            let Some(yuan) = yuan.filter(|yuan| (1.0..=MOST_YUAN).contains(yuan)) else { continue };
            let row = (yuan / 10_000.0, weight);
            all.push(row);
            // A listed firm is on several links; the one it is strongest at speaks for it.
            let Some(place) = locator.locate(&enterprise).into_iter().find(|m| m.is_believed() && m.link.is_some()) else { continue };
            chains.entry(place.chain.to_string()).or_default().push(row);
            links.entry(place.link.as_deref().unwrap_or_default().to_owned()).or_default().push(row);
        }
    }
    let none = Rows::new();
    let mut capital: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (chain, link) in catalogue.links() {
        let own = links.get(&link.id).unwrap_or(&none);
        capital.insert(&link.id, quantiles(leaning(own, chains.get(&chain.id).unwrap_or(&all))));
    }
    capital.insert("", quantiles(all.clone()));
    println!("{{");
    println!("\"as_of\": \"2019-04\",");
    println!("\"source\": \"registered capital of {} enterprises of the register and the stock exchanges\",", all.len());
    println!("\"percent\": {},", serde_json::to_string(&PERCENT)?);
    println!("\"capital\": {{");
    let rows: Vec<String> = capital.iter().map(|(id, known)| format!("\"{id}\": {}", written(known))).collect();
    println!("{}", rows.join(",\n"));
    println!("}}\n}}");
    Ok(())
}

/// Whole numbers without a decimal point.
fn written(numbers: &[f64]) -> String {
    format!("[{}]", numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(", "))
}
