//! Every check and test there is.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::build;
use crate::command::{root, run, run_with, target, tests};
use crate::{docs, lint, skipped};

pub type Part = fn() -> Result<()>;

/// Names what failed once more at its end.
const NODE: [&str; 2] = ["--test", "--test-reporter=spec"];

/// Form and faults, Rust, Rust in WASM, the wheel, the package, the page in a real browser, and the manual.
pub fn all(python: Part) -> Result<()> {
    skipped::forget();
    let parts: [(&str, Part); 8] = [
        ("lint", lint::check),
        ("Rust", rust),
        ("Rust in WASM", promises_in_wasm),
        ("Python", python),
        ("build", build::page),
        ("package", package),
        ("page", page),
        ("docs", site),
    ];
    let (mut times, mut failed) = (Vec::new(), Vec::new());
    // One part that fails hides nothing of the others.
    for (name, part) in parts {
        let start = Instant::now();
        if let Err(why) = part() {
            failed.push(format!("{name}: {why}"));
        }
        times.push(format!("{name} {} s", start.elapsed().as_secs()));
    }
    println!("\ntook: {}", times.join(", "));
    skipped::tell();
    ensure!(failed.is_empty(), "failed: {}", failed.join("; "));
    Ok(())
}

/// Writes the transcripts of the command line, the types of what crosses to JavaScript, and the sample's list and digest, anew from what is printed now.
pub fn rewrite() -> Result<()> {
    let rewrite = [("XIANGMA_REWRITE", "1")];
    run_with("", "cargo", &["test", "--features", "cli", "--test", "command_line"], &rewrite)?;
    run_with("", "cargo", &["test", "--all-features", "--test", "types"], &rewrite)?;
    run_with("", "cargo", &["test", "--all-features", "--test", "promises", "sample"], &rewrite)
}

fn rust() -> Result<()> {
    tests("", "cargo", &["test", "-p", "xiangma", "--all-features"], &[])?;
    // As it runs: its dependencies, which are those of a compiler, are not compiled again for tests.
    tests("", "cargo", &["test", "-p", "xtask", "--profile", "dev"], &[])
}

/// The same promises, compiled to WASM and run in Node: same cases, same properties, same digest.
fn promises_in_wasm() -> Result<()> {
    target("wasm32-wasip1")?;
    let runner = format!("node --no-warnings {}", root().join("xtask/wasi.mjs").display());
    tests(
        "",
        "cargo",
        &["test", "-p", "xiangma", "--target", "wasm32-wasip1", "--features", "learn,batches", "--test", "promises"],
        &[("CARGO_TARGET_WASM32_WASIP1_RUNNER", &runner)],
    )
}

fn package() -> Result<()> {
    // Tools that only these tests need, each in a folder of its own.
    build::npm("pkg/tests/bundlers")?;
    build::npm("pkg/tests/miniprogram")?;
    build::npm("pkg/tests/runtimes")?;
    let files = ["package", "objects", "workers", "types", "team", "shipped", "miniprogram", "frameworks", "runtimes"]
        .map(|name| format!("tests/{name}.test.mjs"));
    tests("pkg", "node", &[&NODE, files.each_ref().map(String::as_str).as_slice()].concat(), &[])
}

fn page() -> Result<()> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(crate::command::root().join("www/tests"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            files.push(format!("tests/{name}"));
        }
    }
    files.sort();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    // Playwright would otherwise look for a browser of its own.
    tests("www", "node", &[&NODE, files.as_slice()].concat(), &[("CHROMIUM", &chromium()?)])
}

/// The manual, and where its links lead.
fn site() -> Result<()> {
    docs::site("/").map(drop)
}

/// A Chromium: the one named by `CHROMIUM`, one on the machine, or, on Debian as root, one installed now.
pub fn chromium() -> Result<String> {
    let named = std::env::var("CHROMIUM").ok();
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];
    let mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    let found = || usual.into_iter().chain([mac]).find(|p| Path::new(p).exists()).map(str::to_owned);
    if let Some(path) = named.or_else(found) {
        return Ok(path);
    }
    if Path::new("/etc/debian_version").exists() {
        run("", "apt-get", &["update", "-qq"])?;
        run("", "apt-get", &["install", "-y", "-qq", "chromium", "fonts-noto-cjk"])?;
    }
    match found() {
        Some(path) => Ok(path),
        None => bail!("no Chromium found: install one, or name it in the variable CHROMIUM"),
    }
}
