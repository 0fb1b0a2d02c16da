//! Ranking measured: native, in Node and in Chromium, with vectors and without, beside the peers that are there; into `docs/benchmarks.md`.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::build::{npm, root, target};
use crate::test::chromium;

/// Runs everything once. Peers are left out, and said to be, where they are not installed.
pub fn all() -> Result<()> {
    target("wasm32-wasip1")?;
    let mut runs = vec![("native".to_owned(), cargo(&[], &[])?)];
    for (name, flags) in [("with vectors", "-C target-feature=+simd128"), ("plain", "")] {
        let folder = root().join(format!("target/bench-{}", name.replace(' ', "-")));
        let set = [
            ("RUSTFLAGS", flags.to_owned()),
            ("CARGO_TARGET_DIR", folder.display().to_string()),
            ("CARGO_TARGET_WASM32_WASIP1_RUNNER", format!("node --no-warnings {}", root().join("xtask/wasi.mjs").display())),
        ];
        let most = ["--no-default-features", "--target", "wasm32-wasip1"];
        runs.push((format!("WASM {name}, Node"), cargo(&most, &set)?));
        let file = newest(&folder.join("wasm32-wasip1/release/deps"))?;
        npm("www")?;
        let out =
            output(Command::new("node").arg("browser.mjs").arg(file).env("CHROMIUM", chromium()?).current_dir(root().join("benches")))?;
        runs.push((format!("WASM {name}, Chromium"), out));
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for (name, program, script) in [("peers, Python", python.as_str(), "rank.py"), ("peers, JavaScript", "node", "rank.mjs")] {
        match output(Command::new(program).arg(script).current_dir(root().join("benches/peers"))) {
            Ok(figures) => runs.push((name.to_owned(), figures)),
            Err(why) => eprintln!("SKIPPED {name}: {why:#}"),
        }
    }
    let machine = machine();
    let list: Vec<Value> = runs.iter().map(|(name, figures)| json!({ "run": name, "figures": figures })).collect();
    std::fs::write(
        root().join("docs/benchmarks.json"),
        serde_json::to_string_pretty(&json!({ "machine": machine, "runs": list }))? + "\n",
    )?;
    let text = report(&machine, &runs);
    std::fs::write(root().join("docs/benchmarks.md"), &text)?;
    println!("{text}");
    Ok(())
}

fn cargo(more: &[&str], set: &[(&str, String)]) -> Result<Value> {
    let mut command = Command::new("cargo");
    command.args(["bench", "-q", "--bench", "rank"]).args(more).args(["--", "--json"]).current_dir(root());
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

fn report(machine: &str, runs: &[(String, Value)]) -> String {
    let mut text = format!(
        "# Ranking, measured\n\nOne run of `cargo xtask bench` on {machine}. Twenty criteria; fastest of several rounds. \
         \"Of reading\" is the time beside reading the same points once, measured in the same run: nothing that weighs all points can be quicker.\n"
    );
    for (name, figures) in runs {
        text += &format!("\n## {name}\n\n| rows | what | ms | of reading |\n|---:|---|---:|---:|\n");
        for figure in figures.as_array().into_iter().flatten() {
            let ratio = figure["of_reading"].as_f64().map_or_else(|| "–".to_owned(), |r| format!("{r:.2}"));
            let ms = figure["ms"].as_f64().unwrap_or(f64::NAN);
            text += &format!("| {} | {} | {ms:.3} | {ratio} |\n", figure["rows"], figure["what"].as_str().unwrap_or(""));
        }
    }
    text += "\n## New weights and the best 100 of a million\n\n| by | ms | times ours (WASM with vectors, Node) |\n|---|---:|---:|\n";
    let find = |run: &str, what: &str| {
        let figures = runs.iter().find(|(name, _)| name == run).and_then(|(_, f)| f.as_array())?;
        figures.iter().find(|f| f["rows"] == 1_000_000 && f["what"] == what)?["ms"].as_f64()
    };
    const OURS: &str = "new weights and top 100";
    let ours = find("WASM with vectors, Node", OURS).unwrap_or(f64::NAN);
    for (name, figures) in runs {
        for figure in figures.as_array().into_iter().flatten().filter(|f| f["rows"] == 1_000_000) {
            let what = figure["what"].as_str().unwrap_or("");
            if name.starts_with("peers") || what == OURS {
                let by = if what == OURS { name } else { what };
                let ms = figure["ms"].as_f64().unwrap_or(f64::NAN);
                text += &format!("| {by} | {ms:.2} | {:.1} |\n", ms / ours);
            }
        }
    }
    text
}
