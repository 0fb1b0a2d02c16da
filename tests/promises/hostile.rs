//! Nothing that anybody hands in breaks the library: every input that fuzzing began with, or that once broke something.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

#[path = "../hostile/mod.rs"]
mod targets;

use targets::{TARGETS, run};

fn of_checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())).map(|f| f.expect("a file").path()).collect();
    files.sort();
    files
}

#[test]
fn every_input_is_kept_without_breaking_anything() {
    let mut broke = Vec::new();
    for (target, _) in TARGETS {
        let inputs = files(&of_checkout("tests/data/hostile").join(target));
        assert!(!inputs.is_empty(), "{target} has no inputs");
        for input in inputs {
            let data = fs::read(&input).expect("reads");
            // In WASM a panic ends the program; it says what broke, and the same run natively which file did.
            if catch_unwind(|| run(target, &data)).is_err() {
                broke.push(format!("{target}: {}", input.file_name().unwrap_or_default().display()));
            }
        }
    }
    assert!(broke.is_empty(), "broken by:\n{}", broke.join("\n"));
}

#[test]
fn every_target_is_fuzzed() {
    let programs = files(&of_checkout("fuzz/fuzz_targets"));
    let names: Vec<String> = programs.iter().filter_map(|p| Some(p.file_stem()?.to_string_lossy().into_owned())).collect();
    assert_eq!(names, TARGETS.map(|(name, _)| name));
    let manifest = fs::read_to_string(of_checkout("fuzz/Cargo.toml")).expect("reads");
    assert!(names.iter().all(|name| manifest.contains(&format!("name = \"{name}\""))));
}
