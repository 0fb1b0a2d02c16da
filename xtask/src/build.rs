//! WASM, the npm package, the page.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{root, run};
use crate::step::when_changed;
use crate::wasm;

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

/// The npm package, into `pkg/dist`.
pub fn package() -> Result<()> {
    npm("pkg")?;
    take_version()?;
    let (web, mini) = (wasm::web()?, wasm::mini()?);
    let inputs = ["pkg", "docs", "LICENSE-MIT", "LICENSE-APACHE", web, mini];
    let outputs = ["pkg/dist", "pkg/miniprogram_dist", "pkg/docs", "pkg/src/web", "pkg/LICENSE-MIT", "pkg/LICENSE-APACHE"];
    when_changed("package", &inputs, &[], &outputs, || {
        let (dist, src) = (root().join("pkg/dist"), root().join("pkg/src/web"));
        // What an earlier build left would travel along.
        for folder in [&dist, &src] {
            fs::remove_dir_all(folder).or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })?;
        }
        copy(web, &dist.join("web"), |_| true)?;
        copy(mini, &dist.join("mini"), |_| true)?;
        // The glue stands beside the sources while they are compiled, as it stands beside the result afterwards.
        copy(web, &src, |name| ["xiangma.js", "xiangma.d.ts"].contains(&name))?;
        let version = env!("CARGO_PKG_VERSION");
        fs::write(
            src.join("release.ts"),
            format!("/** The version of the package and of its engine. */\nexport const VERSION = \"{version}\";\n"),
        )?;
        run("pkg", "node", &["node_modules/typescript/bin/tsc", "-p", "."])?;
        run("pkg", "node", &["build/bundles.mjs"])
    })
}

/// Cargo.toml says the version; the npm package bears the same.
fn take_version() -> Result<()> {
    const KEY: &str = "\"version\": \"";
    let path = root().join("pkg/package.json");
    let text = fs::read_to_string(&path)?;
    let (before, rest) = text.split_once(KEY).context("pkg/package.json has no version")?;
    let (_, after) = rest.split_once('"').context("pkg/package.json breaks off in its version")?;
    let now = format!("{before}{KEY}{}\"{after}", env!("CARGO_PKG_VERSION"));
    if now == text { Ok(()) } else { Ok(fs::write(path, now)?) }
}

/// Copies files of a folder of the checkout into another.
fn copy(from: &str, to: &Path, takes: impl Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(root().join(from))? {
        let entry = entry?;
        if entry.file_type()?.is_file() && takes(&entry.file_name().to_string_lossy()) {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// The page, into `www/dist`.
pub fn page() -> Result<()> {
    package()?;
    npm("www")?;
    when_changed("page", &["www", "pkg/dist"], &[], &["www/dist"], || run("www", "npm", &["run", "build"]))
}
