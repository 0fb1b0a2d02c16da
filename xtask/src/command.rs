//! Commands, in folders of the checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap_or_else(|_| PathBuf::from("."))
}

/// Runs a command in a folder of the checkout and shows it.
pub fn run(folder: &str, program: &str, args: &[&str]) -> Result<()> {
    run_with(folder, program, args, &[])
}

/// The same, with variables of the environment.
pub fn run_with(folder: &str, program: &str, args: &[&str], set: &[(&str, &str)]) -> Result<()> {
    eprintln!("▸ {program} {}", args.join(" "));
    let mut command = Command::new(program);
    command.args(args).envs(set.iter().copied()).current_dir(root().join(folder));
    let status = command.status().with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "{program} {} failed: {status}", args.join(" "));
    Ok(())
}

/// Installs a compilation target, where rustup is at hand.
pub fn target(name: &str) -> Result<()> {
    if Command::new("rustup").arg("--version").output().is_ok() { run("", "rustup", &["target", "add", name]) } else { Ok(()) }
}
