//! Measures locating against labelled sets: `cargo run --release --example evaluate_locate [FOLDER]`.
//!
//! The folder holds `gold_links/dev.jsonl`, `gold_labels/dev.csv` and `listed_enterprise/dev.csv`; without it, nothing is measured and
//! that is said. Add `--misses` to see what went wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use xiangma::{Catalogue, Enterprise, Evidence, IntakeOptions, Locator, Match, Role, intake};

/// A labelled enterprise of `gold_links`.
#[derive(Debug, Deserialize)]
struct Gold {
    name: String,
    scope: String,
    products: String,
    links: Vec<String>,
    ambiguous_ok: Vec<String>,
    role: String,
    fit: u8,
}

/// The short names of chains in the labels.
const CHAINS: [(&str, &str); 5] = [
    ("ic", "integrated_circuit"),
    ("opto", "optoelectronics"),
    ("newenergy", "new_energy"),
    ("newmat", "new_materials"),
    ("equip", "advanced_equipment"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut folder = PathBuf::from("../shared/data");
    let mut misses = false;
    for arg in std::env::args().skip(1) {
        if arg == "--misses" { misses = true } else { folder = PathBuf::from(arg) }
    }
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return Ok(());
    }
    let locator = Locator::new(&Catalogue::builtin())?;
    println!("| set | measure | value |\n|---|---|---|");
    gold_links(&folder, &locator, misses)?;
    gold_labels(&folder, &locator)?;
    listed(&folder, &locator)?;
    registration(&folder, &locator)
}

fn read(folder: &Path, file: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    std::fs::read(folder.join(file)).map_err(|e| format!("{file}: {e}").into())
}

fn firm(name: &str, scope: &str, products: &str) -> Result<Enterprise, xiangma::Error> {
    // Through intake, so that what is measured is what users get.
    let mut file = csv::Writer::from_writer(Vec::new());
    let _ = file.write_record(["企业名称", "经营范围", "主营产品"]);
    let _ = file.write_record([name, scope, products]);
    let table = intake(&file.into_inner().unwrap_or_default(), &IntakeOptions::new())?;
    Ok(table.enterprises.into_iter().next().unwrap_or_default())
}

fn gold_links(folder: &Path, locator: &Locator, misses: bool) -> Result<(), Box<dyn std::error::Error>> {
    let text = String::from_utf8(read(folder, "gold_links/dev.jsonl")?)?;
    let golds: Vec<Gold> = text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let (mut first, mut first_of) = (0, 0);
    let (mut tp, mut fp, mut fall) = (0, 0, 0);
    let (mut named, mut zeros) = (0, 0);
    let (mut role_right, mut role_of) = (0, 0);
    let mut bins: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
    for gold in &golds {
        let found = locator.locate(&firm(&gold.name, &gold.scope, &gold.products)?);
        let linked: Vec<&Match> = found.iter().filter(|m| m.link.is_some()).collect();
        let id = |m: &Match| m.link.clone().unwrap_or_default();
        let fine = |l: &String| gold.links.contains(l) || gold.ambiguous_ok.contains(l);
        let firm_links: Vec<&&Match> = linked.iter().filter(|m| m.evidence >= Evidence::Medium).collect();
        let best = linked.first();
        if gold.fit >= 2 && matches!(gold.role.as_str(), "maker" | "developer") {
            first_of += 1;
            let good = best.is_some_and(|m| fine(&id(m)));
            first += u32::from(good);
            if misses && !good {
                let shown: Vec<String> = linked.iter().take(4).map(|m| format!("{}:{}:{}", id(m), m.evidence.as_str(), m.score)).collect();
                eprintln!(
                    "FIRST {} | {} | {} | want {:?} | got {shown:?}",
                    gold.name,
                    short(&gold.scope),
                    short(&gold.products),
                    gold.links
                );
            }
        }
        if gold.fit >= 2 || gold.fit == 0 {
            let got: BTreeSet<String> = firm_links.iter().map(|m| id(m)).collect();
            let want: BTreeSet<String> = gold.links.iter().cloned().collect();
            tp += got.intersection(&want).count();
            fp += got.iter().filter(|l| !fine(l)).count();
            fall += want.difference(&got).count();
            if misses && (got.iter().any(|l| !fine(l)) || want.difference(&got).next().is_some()) {
                let extra: Vec<&String> = got.iter().filter(|l| !fine(l)).collect();
                eprintln!(
                    "PAIRS {} | {} | {} | missing {:?} | extra {extra:?}",
                    gold.name,
                    short(&gold.scope),
                    short(&gold.products),
                    want.difference(&got).collect::<Vec<_>>()
                );
            }
        }
        if gold.fit == 0 {
            zeros += 1;
            named += u32::from(!firm_links.is_empty());
        }
        if gold.role != "none"
            && !gold.links.is_empty()
            && let Some(m) = linked.iter().find(|m| gold.links.contains(&id(m)))
        {
            role_of += 1;
            role_right += u32::from(m.role.as_str() == gold.role);
            if misses && m.role.as_str() != gold.role {
                eprintln!("ROLE {} | {} | {} want {} got {}", gold.name, short(&gold.scope), id(m), gold.role, m.role.as_str());
            }
        }
        for m in &firm_links {
            let bin = bins.entry((m.score / 10).min(9)).or_default();
            bin.0 += 1;
            bin.1 += u32::from(fine(&id(m)));
        }
    }
    let share = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b.max(1));
    let (p, r) = (tp as f64 / (tp + fp).max(1) as f64, tp as f64 / (tp + fall).max(1) as f64);
    println!("| gold_links, maker or developer, fit ≥ 2 | first link acceptable | {:.1} % of {first_of} |", share(first, first_of));
    println!("| gold_links, fit ≥ 2 and 0 | F1 of pairs | {:.3} (precision {p:.3}, recall {r:.3}) |", 2.0 * p * r / (p + r));
    println!("| gold_links, fit 0 | any link named | {:.1} % of {zeros} |", share(named, zeros));
    println!("| gold_links | role of the best right link | {:.1} % of {role_of} |", share(role_right, role_of));
    for (bin, (n, good)) in bins {
        println!("| calibration | stated {}–{} | {:.0} % of {n} |", bin * 10, bin * 10 + 9, share(good, n));
    }
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().take(110).collect()
}

/// Area under the curve, ties half.
fn auc(scored: &[(f64, bool)]) -> f64 {
    let (mut wins, mut pairs) = (0.0, 0.0);
    for (a, _) in scored.iter().filter(|s| s.1) {
        for (b, _) in scored.iter().filter(|s| !s.1) {
            pairs += 1.0;
            wins += if a > b {
                1.0
            } else if (a - b).abs() < 1e-12 {
                0.5
            } else {
                0.0
            };
        }
    }
    wins / pairs
}

/// How central an enterprise is to a chain (any chain for none), as the default scorecard would see it.
fn fit(matches: &[Match], chain: Option<&str>) -> f64 {
    let weight = |m: &Match| match m.role {
        Role::Maker | Role::Developer => 1.0,
        Role::Operator => 0.7,
        _ => 0.5,
    };
    let of_chain = matches.iter().filter(|m| chain.is_none_or(|c| m.chain == c));
    of_chain.map(|m| f64::from(m.score) * weight(m) * if m.evidence == Evidence::Weak { 0.6 } else { 1.0 }).fold(0.0, f64::max)
}

fn gold_labels(folder: &Path, locator: &Locator) -> Result<(), Box<dyn std::error::Error>> {
    let bytes = read(folder, "gold_labels/dev.csv")?;
    let table = intake(&bytes, &IntakeOptions::new())?;
    let column = |name: &str| table.extra_columns.iter().position(|c| c == name).ok_or_else(|| format!("no column {name}"));
    let label = column("gold_fit_0to3")?;
    let scored: Vec<(f64, bool)> = table
        .enterprises
        .iter()
        .map(|e| (fit(&locator.locate(e), None), e.extra[label].as_deref().and_then(|f| f.parse::<u8>().ok()).is_some_and(|f| f >= 2)))
        .collect();
    println!("| gold_labels | AUC for fit ≥ 2 | {:.3} |", auc(&scored));
    Ok(())
}

fn listed(folder: &Path, locator: &Locator) -> Result<(), Box<dyn std::error::Error>> {
    let table = intake(&read(folder, "listed_enterprise/dev.csv")?, &IntakeOptions::new())?;
    let column = |name: &str| table.extra_columns.iter().position(|c| c == name).ok_or_else(|| format!("no column {name}"));
    let (core, partial, class) = (column("chains_core")?, column("chains_partial")?, column("sw_l3")?);
    let firms: Vec<&Enterprise> = table.enterprises.iter().filter(|e| e.extra[class].is_some()).collect();
    for (short, chain) in CHAINS {
        let truth =
            |e: &Enterprise| [core, partial].iter().any(|c| e.extra[*c].as_deref().is_some_and(|t| t.split(';').any(|x| x == short)));
        let mut values = [0.0; 2];
        for (value, products) in values.iter_mut().zip([true, false]) {
            let scored: Vec<(f64, bool)> = firms
                .iter()
                .map(|e| {
                    let mut e = (*e).clone();
                    if !products {
                        e.products.clear();
                    }
                    (fit(&locator.locate(&e), Some(chain)), truth(&e))
                })
                .collect();
            *value = auc(&scored);
        }
        println!("| listed_enterprise, {chain} | AUC scope and products (scope alone) | {:.3} ({:.3}) |", values[0], values[1]);
    }
    Ok(())
}

fn registration(folder: &Path, locator: &Locator) -> Result<(), Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    for file in ["enterprise_registration/dev_kw.csv", "enterprise_registration/dev_rand.csv"] {
        let table = intake(&read(folder, file)?, &IntakeOptions::new())?;
        let label = table.extra_columns.iter().position(|c| c == "name_weak_labels").ok_or("no weak labels")?;
        for mut e in table.enterprises {
            let label = e.extra[label].take().unwrap_or_default();
            e.name = "某某有限公司".to_owned();
            all.push((locator.locate(&e), label));
        }
    }
    for (short, chain) in CHAINS {
        let scored: Vec<(f64, bool)> = all
            .iter()
            .filter(|(_, l)| l.is_empty() || l.split(';').any(|x| x == short))
            .map(|(m, l)| (fit(m, Some(chain)), !l.is_empty()))
            .collect();
        println!("| registration rows, {chain} | AUC, name masked, weak label | {:.3} |", auc(&scored));
    }
    Ok(())
}
