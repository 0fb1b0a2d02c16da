//! Every test there is.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::build::{self, run};

/// Rust, then the package, then the page in a real browser.
pub fn all() -> Result<()> {
    run("", "cargo", &["test", "--workspace", "--all-features"])?;
    promises_in_wasm()?;
    build::page()?;
    // Tools that only these tests need, each in a folder of its own.
    build::npm("pkg/tests/bundlers")?;
    build::npm("pkg/tests/miniprogram")?;
    let files = ["package", "objects", "workers", "types", "shipped", "miniprogram"].map(|name| format!("tests/{name}.test.mjs"));
    run("pkg", "node", &[&["--test"], files.each_ref().map(String::as_str).as_slice()].concat())?;
    let browser = chromium()?;
    // Playwright would otherwise look for a browser of its own.
    let status =
        Command::new("node").args(["--test", "tests/"]).env("CHROMIUM", &browser).current_dir(build::root().join("www")).status()?;
    ensure!(status.success(), "the page's tests failed");
    Ok(())
}

/// The same promises, compiled to WASM and run in Node: same cases, same properties, same digest.
fn promises_in_wasm() -> Result<()> {
    build::target("wasm32-wasip1")?;
    let runner = format!("node --no-warnings {}", build::root().join("xtask/wasi.mjs").display());
    let status = Command::new("cargo")
        .args(["test", "-p", "xiangma", "--target", "wasm32-wasip1", "--features", "cli", "--test", "promises"])
        .env("CARGO_TARGET_WASM32_WASIP1_RUNNER", runner)
        .current_dir(build::root())
        .status()?;
    ensure!(status.success(), "the promises failed in WASM");
    Ok(())
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
