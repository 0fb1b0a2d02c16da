//! The wheel, in a virtual environment of its own, with the libraries that its tests hand tables to.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command::{root, run, tests};
use crate::step::when_changed;

/// Of the checkout.
const VENV: &str = "target/xtask/venv";
const WHEEL: &str = "target/xtask/wheel";

/// Apache Spark, for those who ask for it: as a whole it is 450 MB, and takes minutes to install.
const SPARK: &str = "pyspark==4.1.0";

/// What the wheel is made of.
const SOURCES: &[&str] =
    &["Cargo.toml", "Cargo.lock", "build.rs", "src", "py/Cargo.toml", "py/pyproject.toml", "py/README.md", "py/src", "py/python"];

/// Form, types and behaviour; the cluster is Sail.
pub fn test() -> Result<()> {
    wheel()?;
    run("py", &program("ruff"), &["check", "--no-cache", "."])?;
    run("py", &program("ruff"), &["format", "--check", "--no-cache", "."])?;
    pytest(&program("python"), &[], &[])
}

/// The same, and what runs on a cluster once more on Apache Spark, which needs Java.
pub fn test_with_spark() -> Result<()> {
    test()?;
    let of = format!("{VENV}-spark");
    let pip = |args: &[&str]| {
        run("", &program_of(&of, "python"), &[&["-m", "pip", "install", "--quiet", "--disable-pip-version-check"], args].concat())
    };
    when_changed("venv-spark", &["py/requirements.txt"], &[SPARK.as_bytes()], &[&format!("{of}/pyvenv.cfg")], || {
        create(&of)?;
        // The two cannot stand beside each other: one is the other's client alone.
        let all = fs::read_to_string(root().join("py/requirements.txt"))?;
        let rest: Vec<&str> =
            all.lines().filter(|l| !l.starts_with('#') && !l.starts_with("pysail") && !l.starts_with("pyspark")).collect();
        pip(&[rest.as_slice(), &[SPARK]].concat())
    })?;
    let built = built()?.display().to_string();
    pip(&["--no-deps", "--force-reinstall", &built])?;
    pytest(&program_of(&of, "python"), &["tests/test_spark.py"], &[("XIANGMA_SPARK", "1")])
}

/// Runs tests of the wheel by a Python that has it.
fn pytest(python: &str, which: &[&str], set: &[(&str, &str)]) -> Result<()> {
    // Nothing is left in the checkout.
    let set = [set, &[("PYTHONDONTWRITEBYTECODE", "1")]].concat();
    tests("py", python, &[&["-m", "pytest", "-q", "-p", "no:cacheprovider"], which].concat(), &set)
}

/// Builds the wheel, where something has changed, and installs it.
fn wheel() -> Result<()> {
    venv()?;
    let rustc = Command::new("rustc").arg("-V").output().context("cannot start rustc")?.stdout;
    when_changed("wheel", SOURCES, &[&rustc], &[WHEEL], || {
        empty(WHEEL)?;
        build(&["--profile", "wheel"], WHEEL)?;
        let wheel = built()?.display().to_string();
        run("", &program("python"), &["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", &wheel])
    })
}

/// Builds a wheel into a folder of the checkout.
fn build(how: &[&str], folder: &str) -> Result<()> {
    run("", &program("maturin"), &[&["build", "-m", "py/Cargo.toml", "--out", folder], how].concat())
}

/// The wheel as it is handed out.
pub fn release(folder: &str) -> Result<()> {
    venv()?;
    build(&["--profile", "release"], folder)
}

/// The virtual environment, with the packages of the versions that are written down.
fn venv() -> Result<()> {
    when_changed("venv", &["py/requirements.txt"], &[], &[&format!("{VENV}/pyvenv.cfg")], || {
        create(VENV)?;
        // What was installed in the one before is to be installed anew.
        empty(WHEEL)?;
        run("", &program("python"), &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "py/requirements.txt"])
    })
}

fn create(folder: &str) -> Result<()> {
    empty(folder)?;
    run("", "python3", &["-m", "venv", folder]).context("tests of the wheel need Python 3.10 or later, with `venv`")
}

fn empty(folder: &str) -> Result<()> {
    fs::remove_dir_all(root().join(folder)).or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })?;
    Ok(())
}

fn program(name: &str) -> String {
    program_of(VENV, name)
}

fn program_of(folder: &str, name: &str) -> String {
    let within = if cfg!(windows) { "Scripts" } else { "bin" };
    root().join(folder).join(within).join(name).display().to_string()
}

/// The wheel that was built.
fn built() -> Result<PathBuf> {
    let mut wheels = Vec::new();
    for entry in fs::read_dir(root().join(WHEEL))? {
        wheels.push(entry?.path());
    }
    ensure!(wheels.len() == 1, "{} wheels in {WHEEL}", wheels.len());
    Ok(wheels.remove(0))
}
