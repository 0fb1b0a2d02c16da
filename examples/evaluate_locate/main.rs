//! Measures locating against labelled sets: `cargo run --release --example evaluate_locate [FOLDER] [--misses]`.
//!
//! The folder holds `gold_links/dev.jsonl`, `gold_links/dev2.jsonl`, `gold_labels/dev.csv`, `listed_enterprise/dev.csv` and
//! `enterprise_registration/dev_kw.csv`, `dev_rand.csv`; without it nothing is measured, and that is said. `--misses` tells every miss on
//! the standard error. With `--labels FILE` a further file of labels is measured; with `--fit` the model of confidence is fitted on all
//! labels but those of `dev2.jsonl`, which are kept for measuring, and printed.

mod fit;
mod gold;

use std::path::{Path, PathBuf};

use gold::{Failure, Figures, Ids};
use xiangma::{Catalogue, Enterprise, IntakeOptions, Locator, Match, intake};

/// The short names of chains in the labels.
const CHAINS: [(&str, &str); 5] = [
    ("ic", "integrated_circuit"),
    ("opto", "optoelectronics"),
    ("newenergy", "new_energy"),
    ("newmat", "new_materials"),
    ("equip", "advanced_equipment"),
];

fn main() -> Result<(), Failure> {
    let mut folder = PathBuf::from("../shared/data");
    let (mut misses, mut fitting, mut more) = (false, false, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--misses" => misses = true,
            "--fit" => fitting = true,
            "--labels" => more.extend(args.next()),
            _ => folder = PathBuf::from(arg),
        }
    }
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return Ok(());
    }
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue)?;
    let ids = Ids::new(&catalogue);
    let mut sets = vec![("gold_links".to_owned(), gold::read(&folder.join("gold_links/dev.jsonl"), &folder)?)];
    // Labels of the project's own, of rows that the folder may not have.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/labels.jsonl");
    match gold::read(&own, &folder) {
        Ok(golds) => sets.push(("own labels".to_owned(), golds)),
        Err(why) => eprintln!("SKIPPED the project's own labels: {why}"),
    }
    for path in more {
        sets.push((path.clone(), gold::read(Path::new(&path), &folder)?));
    }
    if fitting {
        let all: Vec<gold::Gold> = sets.into_iter().flat_map(|(_, g)| g).collect();
        return fit::fit(&all, &locator, &ids, Locator::signal_names());
    }
    println!("| set | measure | value |\n|---|---|---|");
    // Never fitted on, and labelled with the links there are now.
    let unseen = ("gold_links, unseen".to_owned(), gold::read(&folder.join("gold_links/dev2.jsonl"), &folder)?);
    let now = Ids::default();
    let sets = sets.iter().map(|(set, golds)| (set, golds, &ids)).chain([(&unseen.0, &unseen.1, &now)]);
    for (set, golds, ids) in sets {
        let mut figures = Figures::default();
        for g in golds {
            figures.add(g, &locator.locate(&g.enterprise), ids, &mut |miss| {
                if misses {
                    eprintln!("{miss}");
                }
            });
        }
        figures.print(set);
        figures.print_calibration(set);
        let scored: Vec<(f64, bool)> = golds.iter().map(|g| (fit(&locator.locate(&g.enterprise), None), g.fit >= 2)).collect();
        println!("| {set} | AUC of the best score for fit ≥ 2 | {:.3} of {} |", auc(&scored), scored.len());
    }
    gold_labels(&folder, &locator)?;
    listed(&folder, &locator)?;
    registration(&folder, &locator, misses)
}

fn read(folder: &Path, file: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(folder.join(file)).map_err(|e| format!("{file}: {e}").into())
}

/// Area under the curve, ties half.
fn auc(scored: &[(f64, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins, mut good, mut bad) = (0.0, 0.0, 0.0, 0.0);
    for group in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let right = group.iter().filter(|s| s.1).count() as f64;
        let wrong = group.len() as f64 - right;
        wins += right * (below + 0.5 * wrong);
        below += wrong;
        good += right;
        bad += wrong;
    }
    wins / (good * bad)
}

/// How central an enterprise is to a chain (any chain for none): the score of its best match there.
fn fit(matches: &[Match], chain: Option<&str>) -> f64 {
    let of_chain = matches.iter().filter(|m| chain.is_none_or(|c| *m.chain == *c));
    of_chain.map(|m| f64::from(m.score)).fold(0.0, f64::max)
}

fn gold_labels(folder: &Path, locator: &Locator) -> Result<(), Failure> {
    let table = intake(&read(folder, "gold_labels/dev.csv")?, &IntakeOptions::new())?;
    let column = |name: &str| table.extra_columns.iter().position(|c| c == name).ok_or_else(|| format!("no column {name}"));
    let label = column("gold_fit_0to3")?;
    let good = |e: &Enterprise| e.extra[label].as_deref().and_then(|f| f.parse::<u8>().ok()).is_some_and(|f| f >= 2);
    let scored: Vec<(f64, bool)> = table.enterprises.iter().map(|e| (fit(&locator.locate(e), None), good(e))).collect();
    println!("| gold_labels | AUC of the best score for fit ≥ 2 | {:.3} of {} |", auc(&scored), scored.len());
    Ok(())
}

fn listed(folder: &Path, locator: &Locator) -> Result<(), Failure> {
    let table = intake(&read(folder, "listed_enterprise/dev.csv")?, &IntakeOptions::new())?;
    let column = |name: &str| table.extra_columns.iter().position(|c| c == name).ok_or_else(|| format!("no column {name}"));
    let (core, partial, class) = (column("chains_core")?, column("chains_partial")?, column("sw_l3")?);
    let firms: Vec<&Enterprise> = table.enterprises.iter().filter(|e| e.extra[class].is_some()).collect();
    for (short, chain) in CHAINS {
        let truth =
            |e: &Enterprise| [core, partial].iter().any(|c| e.extra[*c].as_deref().is_some_and(|t| t.split(';').any(|x| x == short)));
        let mut values = [0.0; 2];
        for (value, products) in values.iter_mut().zip([true, false]) {
            let mut scored = Vec::new();
            for e in &firms {
                let mut e = (*e).clone();
                if !products {
                    e.products.clear();
                }
                scored.push((fit(&locator.locate(&e), Some(chain)), truth(&e)));
            }
            *value = auc(&scored);
        }
        println!("| listed_enterprise, {chain} | AUC, scope and products (scope alone) | {:.3} ({:.3}) |", values[0], values[1]);
    }
    Ok(())
}

fn registration(folder: &Path, locator: &Locator, misses: bool) -> Result<(), Failure> {
    let mut all = Vec::new();
    for file in ["enterprise_registration/dev_kw.csv", "enterprise_registration/dev_rand.csv"] {
        let table = intake(&read(folder, file)?, &IntakeOptions::new())?;
        let label = table.extra_columns.iter().position(|c| c == "name_weak_labels").ok_or("no weak labels")?;
        for mut e in table.enterprises {
            let label = e.extra[label].take().unwrap_or_default();
            let name = std::mem::replace(&mut e.name, "某某有限公司".to_owned());
            all.push((locator.locate(&e), label, name, e.scope.unwrap_or_default()));
        }
    }
    for (short, chain) in CHAINS {
        let of_chain = |l: &str| l.split(';').any(|x| x == short);
        let scored: Vec<(f64, bool)> =
            all.iter().filter(|(_, l, ..)| l.is_empty() || of_chain(l)).map(|(m, l, ..)| (fit(m, Some(chain)), !l.is_empty())).collect();
        println!("| registration rows, {chain} | AUC, name masked, weak label | {:.3} of {} |", auc(&scored), scored.len());
        if misses {
            for (m, l, name, scope) in all.iter().filter(|(_, l, ..)| of_chain(l)).step_by(23) {
                if fit(m, Some(chain)) < 10.0 {
                    eprintln!("REGISTRATION {chain} | {l} | {name} | {}", scope.chars().take(160).collect::<String>());
                }
            }
        }
    }
    Ok(())
}
