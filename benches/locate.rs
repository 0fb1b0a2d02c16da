//! Enterprises located a second, one thread: `cargo bench --bench locate [FOLDER]`.
//!
//! With `--peers`, the same terms and scopes go to pyahocorasick in the same run (`pip install -r benches/peers/requirements.txt`).
//!
//! Reads the registration rows of `FOLDER` (`../shared/data/enterprise_registration` when left out; without it, made-up rows). Figures
//! come from one run: the median of seven rounds for matching alone, for locating, and for ten times as many rows.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use xiangma::{Catalogue, Chain, Enterprise, IntakeOptions, Link, Locator, Reader, intake};

fn rows(folder: &str) -> Vec<Enterprise> {
    let mut all = Vec::new();
    for file in ["dev_kw.csv", "dev_rand.csv"] {
        if let Some(table) = std::fs::read(format!("{folder}/{file}")).ok().and_then(|b| intake(&b, &IntakeOptions::new()).ok()) {
            all.extend(table.enterprises);
        }
    }
    if all.is_empty() {
        eprintln!("SKIPPED the real rows: {folder} is not there; made-up rows instead");
        let scope = "光学仪器、光学元件的研发、生产、销售；货物及技术的进出口业务；机械设备租赁（依法须经批准的项目，经相关部门批准后方可开展经营活动）";
        all = (0..17_000)
            .map(|i| Enterprise { name: format!("示例{i}有限公司"), scope: Some(scope.to_owned()), ..Enterprise::default() })
            .collect();
    }
    all
}

/// The median and the fastest of seven rounds, in seconds.
fn rounds(mut work: impl FnMut()) -> (f64, f64) {
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[3], times[0])
}

/// Every word of the catalogue.
fn all_words<'c>(chain: &'c Chain, link: &'c Link) -> impl Iterator<Item = &'c String> {
    let with = link.with.iter().flat_map(|w| &w.terms);
    chain.terms.iter().chain(&chain.traps).chain(&link.terms).chain(with).chain(&link.weak).chain(&link.exclude)
}

/// The same work by the peer, in the same run.
fn peers(all: &[Enterprise]) -> std::io::Result<()> {
    let folder = std::env::temp_dir().join("xiangma-bench");
    std::fs::create_dir_all(&folder)?;
    let (terms, scopes) = (folder.join("terms.txt"), folder.join("scopes.txt"));
    let words = Catalogue::builtin();
    let words: BTreeSet<String> = words.links().flat_map(|(c, l)| all_words(c, l)).map(|w| Locator::folded(w)).collect();
    std::fs::write(&terms, words.into_iter().collect::<Vec<_>>().join("\n"))?;
    let folded: Vec<String> = all.iter().map(|e| Locator::folded(e.scope.as_deref().unwrap_or("")).replace('\n', " ")).collect();
    std::fs::write(&scopes, folded.join("\n"))?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/locate.py");
    std::process::Command::new("python3").arg(script).arg(terms).arg(scopes).status().map(|_| ())
}

fn main() {
    let folder =
        std::env::args().skip(1).find(|a| !a.starts_with("--")).unwrap_or_else(|| "../shared/data/enterprise_registration".to_owned());
    let all = rows(&folder);
    let n = all.len() as f64;
    let bytes: usize = all.iter().map(|e| e.scope.as_deref().map_or(0, str::len)).sum();
    let build = Instant::now();
    let Ok(locator) = Locator::new(&Catalogue::builtin()) else { return };
    println!("catalogue made ready in {:.1} ms", build.elapsed().as_secs_f64() * 1e3);
    println!("{n} enterprises, {:.0} bytes of scope each on average", bytes as f64 / n);
    let (matching, matching_fast) = rounds(|| {
        black_box(all.iter().map(|e| locator.count_terms(e.scope.as_deref().unwrap_or(""))).sum::<usize>());
    });
    println!("| what | median | fastest | |\n|---|---|---|---|");
    let row = |what: &str, (median, fast): (f64, f64)| {
        println!("| {what} | {:.0} enterprises/s | {:.0} enterprises/s | {:.1} MB/s |", n / median, n / fast, bytes as f64 / median / 1e6);
    };
    row("matching of terms alone", (matching, matching_fast));
    let mut reader = Reader::default();
    let mut kept = 0;
    let locating = rounds(|| {
        kept = 0;
        for e in &all {
            let found = black_box(locator.locate_with(e, &mut reader));
            kept += found.iter().map(|m| size_of_val(m) + size_of_val(&*m.spans)).sum::<usize>();
        }
    });
    row("locating", locating);
    println!("| memory of the matches | {:.0} bytes an enterprise | | |", kept as f64 / n + size_of::<Vec<u8>>() as f64);
    let (_, ten) = rounds(|| {
        for _ in 0..10 {
            for e in &all {
                black_box(locator.locate_with(e, &mut reader));
            }
        }
    });
    println!("| ten times the rows, fastest rounds | {:.2} times the time | | |", ten / locating.1);
    if std::env::args().any(|a| a == "--peers")
        && let Err(why) = peers(&all)
    {
        eprintln!("SKIPPED the peer: {why}");
    }
}
