//! Commands, in folders of the checkout.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};

/// How many lines of a command that failed are told again where the run ends.
const LAST: usize = 60;

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
    let status = in_folder(folder, program, args, set).status().with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "{program} {} failed: {status}", args.join(" "));
    Ok(())
}

/// The same for tests: the error of a run that failed holds its last lines, for what is printed after it may be long.
pub fn tests(folder: &str, program: &str, args: &[&str], set: &[(&str, &str)]) -> Result<()> {
    eprintln!("▸ {program} {}", args.join(" "));
    let mut child = in_folder(folder, program, args, set)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    let last = Mutex::new(VecDeque::with_capacity(LAST));
    let (out, err) = (child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(|| out.map(|pipe| pass_on(pipe, std::io::stdout(), &last)));
        scope.spawn(|| err.map(|pipe| pass_on(pipe, std::io::stderr(), &last)));
    });
    let status = child.wait()?;
    let last: Vec<String> = last.into_inner().unwrap_or_default().into();
    ensure!(status.success(), "{program} {} failed: {status}; its last lines:\n{}", args.join(" "), last.join("\n"));
    Ok(())
}

fn in_folder(folder: &str, program: &str, args: &[&str], set: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    command.args(args).envs(set.iter().copied()).current_dir(root().join(folder));
    command
}

/// Shows lines as they come, and keeps the last that say more than that a test passed.
fn pass_on(from: impl Read, mut to: impl Write, last: &Mutex<VecDeque<String>>) {
    for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
        let _ = to.write_all(&line).and_then(|()| to.write_all(b"\n"));
        let line = String::from_utf8_lossy(&line).into_owned();
        if line.trim().is_empty() || line.ends_with("... ok") || line.trim_start().starts_with('✔') {
            continue;
        }
        if let Ok(mut last) = last.lock() {
            if last.len() == LAST {
                last.pop_front();
            }
            last.push_back(line);
        }
    }
}

/// Installs a compilation target, where rustup is at hand.
pub fn target(name: &str) -> Result<()> {
    if Command::new("rustup").arg("--version").output().is_ok() { run("", "rustup", &["target", "add", name]) } else { Ok(()) }
}
