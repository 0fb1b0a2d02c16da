//! Measures locating against labelled sets: `cargo run --release --example evaluate_locate [FOLDER] [--misses]`.
//!
//! The folder holds `gold_links/dev.jsonl`, `gold_links/dev2.jsonl`, `gold_labels/dev.csv`, `listed_enterprise/dev.csv`,
//! `chain_kg/products_labelled_dev.csv` and `enterprise_registration/dev_kw.csv`, `dev_rand.csv`; without it only the made-up products are
//! measured, and that is said. Every figure on labels is cross-validated: an enterprise is judged by a model of confidence that was fitted
//! without it (`tests/data/confidence_folds.json`).
//!
//! `--misses` tells every miss on the standard error; `--labels FILE` measures a further file of labels; `--catalogue FOLDER` takes the
//! chains from a folder as they are now; `--brief` measures the labels alone. `--fit` fits the model of confidence on all labels and
//! writes `src/chain/catalogue/confidence.json` and the models of the folds.

mod fit;
mod gold;

use std::path::{Path, PathBuf};

use gold::{Failure, Figures, Gold, Ids};
use xiangma::{Catalogue, Enterprise, IntakeOptions, Locator, Match, Product, intake};

/// The short names of chains in the labels.
const CHAINS: [(&str, &str); 5] = [
    ("ic", "integrated_circuit"),
    ("opto", "optoelectronics"),
    ("newenergy", "new_energy"),
    ("newmat", "new_materials"),
    ("equip", "advanced_equipment"),
];

/// A file of labels, and what its ids mean.
struct Labels {
    set: String,
    golds: Vec<Gold>,
    ids: Ids,
}

fn main() -> Result<(), Failure> {
    let mut folder = PathBuf::from("../shared/data");
    let (mut misses, mut fitting, mut brief, mut more) = (false, false, false, Vec::new());
    let mut catalogue = Catalogue::builtin();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--misses" => misses = true,
            "--fit" => fitting = true,
            "--brief" => brief = true,
            "--labels" => more.extend(args.next()),
            "--catalogue" => catalogue = chains(Path::new(&args.next().ok_or("--catalogue needs a folder")?))?,
            _ => folder = PathBuf::from(arg),
        }
    }
    let locator = Locator::new(&catalogue)?;
    println!("| set | measure | value |\n|---|---|---|");
    if !fitting {
        products(&locator, misses)?;
    }
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return Ok(());
    }
    let (then, now) = (Ids::new(&catalogue), Ids::now(&catalogue));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/labels.jsonl");
    let mut files = vec![
        ("gold_links, 146 links".to_owned(), folder.join("gold_links/dev.jsonl"), &then),
        ("own labels".to_owned(), own, &then),
        ("gold_links, 163 links".to_owned(), folder.join("gold_links/dev2.jsonl"), &now),
    ];
    files.extend(more.into_iter().map(|file| (file.clone(), PathBuf::from(file), &now)));
    let mut sets = Vec::new();
    for (set, file, ids) in files {
        sets.push(Labels { set, golds: gold::read(&file, &folder)?, ids: ids.clone() });
    }
    if fitting {
        return fit::fit(&sets, &locator, Locator::signal_names());
    }
    labels(&sets, &locator, misses)?;
    if brief {
        return Ok(());
    }
    gold_labels(&folder, &locator)?;
    listed(&folder, &locator)?;
    registration(&folder, &locator, misses)
}

/// The chains of a folder, in the order of the built-in ones.
fn chains(folder: &Path) -> Result<Catalogue, Failure> {
    let mut all = Vec::new();
    for (_, chain) in CHAINS {
        let file = folder.join(format!("{chain}.json"));
        all.push(std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?);
    }
    Ok(Catalogue::from_json(&format!("[{}]", all.join(",")))?)
}

/// Measures the labels, each enterprise by the model of the fold it took no part in.
fn labels(sets: &[Labels], locator: &Locator, misses: bool) -> Result<(), Failure> {
    let folds = gold::folds(locator)?;
    let mut all = Figures::default();
    for Labels { set, golds, ids } in sets {
        let mut figures = Figures::default();
        let mut scored = Vec::new();
        for g in golds {
            let found = folds[g.fold(folds.len() as u64)].locate(&g.enterprise);
            figures.add(g, &found, ids, &mut |miss| {
                if misses {
                    eprintln!("{miss}");
                }
            });
            scored.push((fit(&found, None), g.fit >= 2));
        }
        figures.print(set);
        println!("| {set} | AUC of the best score for fit ≥ 2 | {:.3} of {} |", auc(&scored), scored.len());
        all.join(&figures);
    }
    all.print("all labels");
    all.print_calibration("all labels");
    Ok(())
}

/// A product of today, made up, and the link it belongs to.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    product: String,
    link: String,
    /// Links a reader would accept as well.
    #[serde(default)]
    or: Vec<String>,
}

/// Measures the products of today: a maker whose scope names one, and a maker whose product it is.
fn products(locator: &Locator, misses: bool) -> Result<(), Failure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/products_2026.jsonl");
    let made: Vec<Made> = std::fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    for by_scope in [true, false] {
        let mut right = 0;
        for m in &made {
            let mut e = Enterprise { name: "示例有限公司".to_owned(), ..Enterprise::default() };
            if by_scope {
                e.scope = Some(format!("{}的研发、生产、销售", m.product));
            } else {
                e.products.push(Product { name: m.product.clone(), share: Some(0.8) });
            }
            let found = locator.locate(&e);
            let best = found.iter().find(|m| m.is_believed()).and_then(|m| m.link.as_deref());
            let good = best.is_some_and(|l| l == m.link || m.or.iter().any(|o| o == l));
            right += usize::from(good);
            if misses && !good {
                let got: Vec<String> = found
                    .iter()
                    .take(4)
                    .map(|m| format!("{}:{:?}:{}", m.link.as_deref().unwrap_or(&m.chain), m.doubt, m.confidence))
                    .collect();
                eprintln!("MADE {} | {} | want {} {:?} | got {got:?}", if by_scope { "scope" } else { "product" }, m.product, m.link, m.or);
            }
        }
        let by = if by_scope { "scope" } else { "product" };
        let n = made.len();
        println!("| products of 2026, by {by} | right link, believed and first | {:.1} % of {n} |", 100.0 * right as f64 / n as f64);
    }
    Ok(())
}

fn read(folder: &Path, file: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(folder.join(file)).map_err(|e| format!("{file}: {e}").into())
}

/// A cell of a column the library does not know.
fn extra(e: &Enterprise, column: usize) -> Option<&str> {
    e.extra.get(column)?.as_deref()
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
    let good = |e: &Enterprise| extra(e, label).and_then(|f| f.parse::<u8>().ok()).is_some_and(|f| f >= 2);
    let scored: Vec<(f64, bool)> = table.enterprises.iter().map(|e| (fit(&locator.locate(e), None), good(e))).collect();
    println!("| gold_labels | AUC of the best score for fit ≥ 2 | {:.3} of {} |", auc(&scored), scored.len());
    Ok(())
}

fn listed(folder: &Path, locator: &Locator) -> Result<(), Failure> {
    let table = intake(&read(folder, "listed_enterprise/dev.csv")?, &IntakeOptions::new())?;
    let column = |name: &str| table.extra_columns.iter().position(|c| c == name).ok_or_else(|| format!("no column {name}"));
    let (core, partial, class) = (column("chains_core")?, column("chains_partial")?, column("sw_l3")?);
    let firms: Vec<&Enterprise> = table.enterprises.iter().filter(|e| extra(e, class).is_some()).collect();
    for (short, chain) in CHAINS {
        let truth = |e: &Enterprise| [core, partial].iter().any(|c| extra(e, *c).is_some_and(|t| t.split(';').any(|x| x == short)));
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
            let label = extra(&e, label).unwrap_or_default().to_owned();
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
