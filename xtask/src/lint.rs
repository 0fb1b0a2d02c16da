//! Form and faults that a machine can see: rustfmt, Clippy and rustdoc for Rust, Biome for the rest.

use std::process::Command;

use anyhow::Result;

use crate::build::npm;
use crate::command::{root, run, run_with};

/// Checks everything, and changes nothing.
pub fn check() -> Result<()> {
    component("rustfmt")?;
    component("clippy")?;
    run("", "cargo", &["fmt", "--all", "--check"])?;
    biome(&["lint", "--diagnostic-level=error"])?;
    run("", "cargo", &["clippy", "--workspace", "--all-features", "--all-targets", "--", "-D", "warnings"])?;
    // What the mini-program has of it.
    run("", "cargo", &["clippy", "-p", "xiangma", "--no-default-features", "--", "-D", "warnings"])?;
    run_with("", "cargo", &["doc", "--workspace", "--no-deps", "--all-features"], &[("RUSTDOCFLAGS", "-D warnings")])
}

/// Brings everything into form.
pub fn write() -> Result<()> {
    component("rustfmt")?;
    run("", "cargo", &["fmt", "--all"])?;
    biome(&["format", "--write"])
}

/// Biome stands in a folder of its own, at the version of its lock file.
fn biome(args: &[&str]) -> Result<()> {
    npm("xtask/biome")?;
    let program = "xtask/biome/node_modules/@biomejs/biome/bin/biome";
    run("", "node", &[&[program], args].concat())
}

/// Installs a component of the toolchain, where it is not there and rustup is.
fn component(name: &str) -> Result<()> {
    let tool = if name == "clippy" { "cargo-clippy" } else { name };
    let there = Command::new(tool).arg("--version").current_dir(root()).output().is_ok_and(|out| out.status.success());
    if there { Ok(()) } else { run("", "rustup", &["component", "add", name]) }
}
