//! WASM, the npm package, the page.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::wasm;

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap_or_else(|_| PathBuf::from("."))
}

/// Runs a command in a folder of the checkout and shows it.
pub fn run(folder: &str, program: &str, args: &[&str]) -> Result<()> {
    eprintln!("▸ {program} {}", args.join(" "));
    let status =
        Command::new(program).args(args).current_dir(root().join(folder)).status().with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "{program} {} failed: {status}", args.join(" "));
    Ok(())
}

/// Installs a folder's npm packages from its lock file, when they are not there yet.
pub fn npm(folder: &str) -> Result<()> {
    let lock = root().join(folder).join("package-lock.json");
    let stamp = root().join(folder).join("node_modules/.package-lock.json");
    let time = |path: &Path| path.metadata().and_then(|m| m.modified()).ok();
    if time(&stamp).is_none() || time(&stamp) < time(&lock) {
        run(folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    }
    Ok(())
}

/// Installs a compilation target, where rustup is at hand.
pub fn target(name: &str) -> Result<()> {
    if Command::new("rustup").arg("--version").output().is_ok() { run("", "rustup", &["target", "add", name]) } else { Ok(()) }
}

/// The npm package, into `pkg/dist`.
pub fn package() -> Result<()> {
    npm("pkg")?;
    // What an earlier build left would travel along.
    std::fs::remove_dir_all(root().join("pkg/dist")).or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })?;
    wasm::web()?;
    wasm::mini()?;
    // The glue stands beside the sources while they are compiled, as it stands beside the result afterwards.
    let (dist, src) = (root().join("pkg/dist/web"), root().join("pkg/src/web"));
    std::fs::create_dir_all(&src)?;
    for file in ["xiangma.js", "xiangma.d.ts"] {
        std::fs::copy(dist.join(file), src.join(file))?;
    }
    let version = env!("CARGO_PKG_VERSION");
    std::fs::write(
        src.join("release.ts"),
        format!("/** The version of the package and of its engine. */\nexport const VERSION = \"{version}\";\n"),
    )?;
    let named: serde_json::Value = serde_json::from_slice(&std::fs::read(root().join("pkg/package.json"))?)?;
    ensure!(named["version"] == version, "pkg/package.json is of version {}, Cargo.toml of {version}", named["version"]);
    run("pkg", "node", &["node_modules/typescript/bin/tsc", "-p", "."])?;
    run("pkg", "node", &["build/bundles.mjs"])
}

/// The page, into `www/dist`.
pub fn page() -> Result<()> {
    package()?;
    npm("www")?;
    run("www", "npm", &["run", "build"])
}
