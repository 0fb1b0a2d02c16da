//! Measured: native, in Node and in Chromium, with vectors and without, beside the peers that are there; into `docs/benchmarks.md`.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::build::npm;
use crate::command::{self, root, target};
use crate::growth::{Line, draw};
use crate::test::chromium;

/// A program under `benches/`, and the scripts of peers that answer the same questions.
struct Set {
    name: &'static str,
    peers: &'static [(&'static str, &'static str)],
}

const SETS: [Set; 2] = [
    Set { name: "rank", peers: &[("peers, Python", "rank.py"), ("peers, JavaScript", "rank.mjs")] },
    Set { name: "methods", peers: &[("peers, Python", "methods.py")] },
];

/// What rankings are compared by.
const OURS: &str = "new weights and top 100";

/// One run of one program.
struct Run {
    set: String,
    name: String,
    figures: Value,
}

/// Chances learned, ours and those of other libraries on the same rows: a table, on the standard output. Takes an hour or more.
pub fn learning() -> Result<()> {
    command::run("", "cargo", &["build", "--release", "--features", "learn", "--example", "evaluate_learning"])?;
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let program = root().join("target/release/examples/evaluate_learning").display().to_string();
    command::run("benches/peers", &python, &["learn.py", &program, "../../../shared/data"])
}

/// Runs everything once, or one set, and keeps what was measured of the other. Peers are left out, and said to be, where they are not
/// installed.
pub fn run(only: Option<&str>) -> Result<()> {
    target("wasm32-wasip1")?;
    let json = root().join("docs/benchmarks.json");
    let mut runs = Vec::new();
    for set in &SETS {
        if only.is_none_or(|name| name == set.name) {
            runs.extend(measure(set)?);
        } else {
            runs.extend(kept(&json, set.name));
        }
    }
    let machine = machine();
    let list: Vec<Value> = runs.iter().map(|r| json!({ "set": r.set, "run": r.name, "figures": r.figures })).collect();
    std::fs::write(json, serde_json::to_string_pretty(&json!({ "machine": machine, "runs": list }))? + "\n")?;
    let text = report(&machine, &runs);
    std::fs::write(root().join("docs/benchmarks.md"), &text)?;
    let lines: Vec<Line<'_>> = runs.iter().filter(|r| r.set == "rank" && !r.name.starts_with("peers")).map(growing).collect();
    std::fs::write(root().join("docs/growth.svg"), draw(&format!("{OURS}: milliseconds by rows, twenty criteria"), &lines))?;
    println!("{text}");
    Ok(())
}

/// What was measured of a set before.
fn kept(json: &std::path::Path, set: &str) -> Vec<Run> {
    let before: Value = std::fs::read(json).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let runs = before["runs"].as_array().into_iter().flatten().filter(|r| r["set"].as_str().unwrap_or("rank") == set);
    runs.map(|r| Run { set: set.to_owned(), name: text(&r["run"]), figures: r["figures"].clone() }).collect()
}

fn measure(set: &Set) -> Result<Vec<Run>> {
    let named = |name: String, figures| Run { set: set.name.to_owned(), name, figures };
    let mut runs = vec![named("native".to_owned(), cargo(set.name, &[], &[])?)];
    for (name, flags) in [("with vectors", "-C target-feature=+simd128"), ("plain", "")] {
        let folder = root().join(format!("target/bench-{}", name.replace(' ', "-")));
        let environment = [
            ("RUSTFLAGS", flags.to_owned()),
            ("CARGO_TARGET_DIR", folder.display().to_string()),
            ("CARGO_TARGET_WASM32_WASIP1_RUNNER", format!("node --no-warnings {}", root().join("xtask/wasi.mjs").display())),
        ];
        let most = ["--no-default-features", "--target", "wasm32-wasip1"];
        runs.push(named(format!("WASM {name}, Node"), cargo(set.name, &most, &environment)?));
        if set.name == "methods" {
            // Numbers with a point: the two builds differ little, and so do Node and Chromium.
            break;
        }
        let file = newest(&folder.join("wasm32-wasip1/release/deps"))?;
        npm("www")?;
        let out =
            output(Command::new("node").arg("browser.mjs").arg(file).env("CHROMIUM", chromium()?).current_dir(root().join("benches")))?;
        runs.push(named(format!("WASM {name}, Chromium"), out));
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (name, script) in set.peers {
        let program = if std::path::Path::new(script).extension().is_some_and(|e| e == "py") { python.as_str() } else { "node" };
        match output(Command::new(program).arg(script).current_dir(root().join("benches/peers"))) {
            Ok(figures) => runs.push(named((*name).to_owned(), figures)),
            Err(why) => eprintln!("SKIPPED {name}, {script}: {why:#}"),
        }
    }
    Ok(runs)
}

fn cargo(bench: &str, more: &[&str], set: &[(&str, String)]) -> Result<Value> {
    let mut command = Command::new("cargo");
    command.args(["bench", "-q", "--bench", bench]).args(more).args(["--", "--json"]).current_dir(root());
    output(command.envs(set.iter().map(|(k, v)| (*k, v))))
}

/// Runs a program and reads the list it prints last.
fn output(command: &mut Command) -> Result<Value> {
    let out = command.stderr(std::process::Stdio::inherit()).output().with_context(|| format!("cannot start {command:?}"))?;
    let text = String::from_utf8(out.stdout)?;
    let list = text.lines().rev().find(|l| l.starts_with('[')).with_context(|| format!("{command:?} printed no figures"))?;
    Ok(serde_json::from_str(list)?)
}

/// The program Cargo made last.
fn newest(folder: &std::path::Path) -> Result<std::path::PathBuf> {
    let files = std::fs::read_dir(folder)?.filter_map(|f| Some(f.ok()?.path()));
    let programs = files
        .filter(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with("rank-")) && f.extension().is_some_and(|e| e == "wasm"));
    programs.max_by_key(|f| f.metadata().and_then(|m| m.modified()).ok()).context("no program of the bench")
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu =
        info.lines().find_map(|l| l.strip_prefix("model name")).map_or("unknown processor", |l| l.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let version = |program: &str| {
        Command::new(program)
            .arg("--version")
            .output()
            .map_or_else(|_| String::new(), |o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
    };
    format!("{cpu}, {cores} cores; {}; Node {}", version("rustc"), version("node"))
}

fn report(machine: &str, runs: &[Run]) -> String {
    let mut text = format!(
        "# Measured\n\nOne run of `cargo xtask bench` on {machine}. Twenty criteria unless said; fastest of several rounds.\n\n\
         # Ranking\n\n\"Of reading\" is the time divided by that of reading the same points once, in the same run. Under 1.00 not all \
         points were read: blocks of rows that cannot reach the best are skipped, and a moved weight reads its own columns \
         only.\n\n![{OURS}, by rows](growth.svg)\n"
    );
    let of = |set: &'static str| runs.iter().filter(move |r| r.set == set);
    for Run { name, figures, .. } in of("rank") {
        text += &format!("\n## {name}\n\n| rows | what | ms | of reading |\n|---:|---|---:|---:|\n");
        for figure in figures.as_array().into_iter().flatten() {
            let ratio = figure["of_reading"].as_f64().map_or_else(|| "–".to_owned(), |r| format!("{r:.2}"));
            let ms = figure["ms"].as_f64().unwrap_or(f64::NAN);
            text += &format!("| {} | {} | {ms:.3} | {ratio} |\n", figure["rows"], figure["what"].as_str().unwrap_or(""));
        }
    }
    text += "\n## New weights and the best 100 of a million\n\n| by | ms | times ours (WASM with vectors, Node) |\n|---|---:|---:|\n";
    let million = |r: &'static str| of("rank").find(move |run| run.name == r).and_then(|run| find(&run.figures, 1_000_000, OURS));
    let ours = million("WASM with vectors, Node").unwrap_or(f64::NAN);
    for Run { name, figures, .. } in of("rank") {
        for figure in figures.as_array().into_iter().flatten().filter(|f| f["rows"] == 1_000_000) {
            let what = figure["what"].as_str().unwrap_or("");
            if name.starts_with("peers") || what == OURS {
                let by = if what == OURS { name } else { what };
                let ms = figure["ms"].as_f64().unwrap_or(f64::NAN);
                text += &format!("| {by} | {ms:.2} | {:.1} |\n", ms / ours);
            }
        }
    }
    text +=
        "\n# Methods\n\nMilliseconds; in brackets, how many times the native figure.\n\n| rows | what | native | WASM with vectors, Node |";
    let mut methods: Vec<&Run> = of("methods").collect();
    let native = methods.iter().position(|r| r.name == "native").map(|i| methods.remove(i));
    let peers: Vec<&Value> =
        methods.iter().filter(|r| r.name.starts_with("peers")).filter_map(|r| r.figures.as_array()).flatten().collect();
    let mut names: Vec<&str> = peers.iter().filter_map(|f| f["by"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.iter().for_each(|name| text += &format!(" {name} |"));
    text += &format!("\n|---:|---|---:|---:|{}\n", "---:|".repeat(names.len()));
    for figure in native.iter().filter_map(|r| r.figures.as_array()).flatten() {
        let (rows, what, ms) = (&figure["rows"], figure["what"].as_str().unwrap_or(""), figure["ms"].as_f64().unwrap_or(f64::NAN));
        let beside = |other: Option<f64>| other.map_or_else(|| "–".to_owned(), |other| format!("{other:.2} (×{:.1})", other / ms));
        let wasm = methods.iter().find(|r| r.name.starts_with("WASM")).and_then(|r| find(&r.figures, rows.as_u64()?, what));
        text += &format!("| {rows} | {what} | {ms:.2} | {} |", beside(wasm));
        for name in &names {
            let its = peers.iter().find(|f| f["by"] == *name && f["rows"] == *rows && f["what"] == what).and_then(|f| f["ms"].as_f64());
            text += &format!(" {} |", beside(its));
        }
        text += "\n";
    }
    text
}

/// How the time of a new ranking grows with the rows.
fn growing(run: &Run) -> Line<'_> {
    let its = run.figures.as_array().into_iter().flatten().filter(|f| f["what"] == OURS);
    Line { name: &run.name, points: its.filter_map(|f| Some((f["rows"].as_u64()?, f["ms"].as_f64()?))).collect() }
}

/// The milliseconds of one figure.
fn find(figures: &Value, rows: u64, what: &str) -> Option<f64> {
    figures.as_array()?.iter().find(|f| f["rows"] == rows && f["what"] == what)?["ms"].as_f64()
}
