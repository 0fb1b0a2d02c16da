//! Tests that had nothing to test, because data they need are not there. They pass, and are named at the end.

use std::fs;
use std::path::PathBuf;

use crate::command::root;

/// Where tests write what they skip, a line each.
fn file() -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root().join("target"), PathBuf::from);
    target.join("tmp/skipped.txt")
}

/// Forgets what was skipped before.
pub fn forget() {
    // There may be none.
    let _ = fs::remove_file(file());
}

/// Names what was skipped, each once.
pub fn tell() {
    let text = fs::read_to_string(file()).unwrap_or_default();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    match lines.len() {
        0 => println!("skipped: none"),
        count => {
            println!("skipped: {count}, which need the shared data set at ../shared/data");
            lines.iter().for_each(|line| println!("  {line}"));
        }
    }
}
