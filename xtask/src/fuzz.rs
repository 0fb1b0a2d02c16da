//! Fuzzing: the programs of `fuzz/fuzz_targets`, one after another, on whatever inputs there are already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{root, run};

/// Where inputs are kept that the tests run too.
const KEPT: &str = "tests/data/hostile";

/// Files that are good to begin with, and are elsewhere for another reason.
const MORE: [(&str, &[&str]); 3] = [
    ("intake", &["tests/data/intake/layouts", "tests/command_line/files/small.csv", "tests/command_line/files/hostile.csv"]),
    ("chains", &["tests/data/tea_chain.json"]),
    ("ledger", &["tests/command_line/files/by_hand.ledger", "tests/command_line/files/cut_off.ledger"]),
];

/// Longer inputs are slow, and find little that shorter ones do not.
const LONGEST: &str = "-max_len=8192";

/// Runs every target, or one, for so many minutes each; an input that breaks something is kept among those of the tests.
pub fn all(mut args: impl Iterator<Item = String>) -> Result<()> {
    let (mut minutes, mut only) = (2.0_f64, None);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--minutes" => minutes = args.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0.0).context("--minutes takes a number")?,
            name => only = Some(name.to_owned()),
        }
    }
    let mut names: Vec<String> = files(&root().join("fuzz/fuzz_targets"))?
        .iter()
        .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    if let Some(only) = only {
        ensure!(names.contains(&only), "there is no target {only}; there are {}", names.join(", "));
        names = vec![only];
    }
    if Command::new("cargo-fuzz").arg("--version").stdout(Stdio::null()).status().is_err() {
        run("", "cargo", &["install", "--locked", "cargo-fuzz"])?;
    }
    let mut lines = Vec::new();
    let mut broke = Vec::new();
    for name in &names {
        let (executed, found) = target(name, (minutes * 60.0) as u64)?;
        lines.push(format!("{name:<12} {executed:>12} executions, {} inputs that broke it", found.len()));
        broke.extend(found);
    }
    lines.iter().for_each(|line| println!("{line}"));
    if broke.is_empty() { Ok(()) } else { bail!("kept for the tests, and to be mended:\n{}", broke.join("\n")) }
}

/// Runs one target; how often it ran, and what broke it.
fn target(name: &str, seconds: u64) -> Result<(u64, Vec<String>)> {
    let corpus = root().join("fuzz/corpus").join(name);
    fs::create_dir_all(&corpus)?;
    let kept = root().join(KEPT).join(name);
    fs::create_dir_all(&kept)?;
    for path in MORE.iter().filter(|(of, _)| *of == name).flat_map(|(_, paths)| *paths) {
        for file in files(&root().join(path))? {
            fs::copy(&file, corpus.join(file.file_name().unwrap_or_default()))?;
        }
    }
    let artifacts = root().join("fuzz/artifacts").join(name);
    let before = files(&artifacts).unwrap_or_default();
    eprintln!("▸ fuzzing {name} for {seconds} s");
    // The library has no unsafe code of its own: what is looked for are panics, sums that overflow, promises that are broken, hours and gigabytes.
    let program = Command::new("cargo")
        .args(["fuzz", "run", "--sanitizer", "none", "--debug-assertions", name])
        .args([corpus.as_path(), kept.as_path()])
        .args(["--", &format!("-max_total_time={seconds}"), "-timeout=20", "-rss_limit_mb=3000", LONGEST, "-print_final_stats=1"])
        .current_dir(root())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo fuzz")?;
    let output = program.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let executed = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok());
    let new: Vec<PathBuf> = files(&artifacts).unwrap_or_default().into_iter().filter(|file| !before.contains(file)).collect();
    if executed.is_none() || !output.status.success() {
        let last: Vec<&str> = said.lines().rev().take(40).collect();
        last.iter().rev().for_each(|line| eprintln!("{line}"));
        ensure!(!new.is_empty(), "cargo fuzz run {name} failed");
    }
    let mut found = Vec::new();
    for file in new {
        let short = file.file_name().unwrap_or_default().to_string_lossy().chars().take(20).collect::<String>();
        fs::copy(&file, kept.join(&short))?;
        found.push(format!("{KEPT}/{name}/{short}"));
    }
    Ok((executed.unwrap_or(0), found))
}

/// A file, or the files of a folder in order.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    Ok(files)
}
