//! Every test there is.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, run};

/// Rust, then the package, then the page in a real browser.
pub fn all() -> Result<()> {
    run("", "cargo", &["test", "--workspace", "--all-features"])?;
    build::page()?;
    run("pkg", "node", &["--test", "tests/"])?;
    let browser = chromium()?;
    // The page's tests drive this browser; Playwright would otherwise look for one of its own.
    // Safe: no other thread runs yet.
    let status =
        Command::new("node").args(["--test", "tests/"]).env("CHROMIUM", &browser).current_dir(build::root().join("www")).status()?;
    if !status.success() {
        bail!("the page's tests failed");
    }
    Ok(())
}

/// A Chromium: the one named by `CHROMIUM`, one on the machine, or, on Debian as root, one installed now.
fn chromium() -> Result<String> {
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
