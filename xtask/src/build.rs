//! WASM, the npm package, the page.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

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
        run(folder, "npm", &["ci", "--no-audit", "--no-fund"])?;
    }
    Ok(())
}

/// Installs a compilation target, where rustup is at hand.
pub fn target(name: &str) -> Result<()> {
    if Command::new("rustup").arg("--version").output().is_ok() { run("", "rustup", &["target", "add", name]) } else { Ok(()) }
}

/// The WASM and its glue, into `pkg/dist/web`.
fn wasm() -> Result<()> {
    target("wasm32-unknown-unknown")?;
    run("", "cargo", &["build", "--lib", "-p", "xiangma", "--profile", "wasm", "--target", "wasm32-unknown-unknown"])?;
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root().join("target"), PathBuf::from);
    let out = root().join("pkg/dist/web");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(target.join("wasm32-unknown-unknown/wasm/xiangma.wasm")).typescript(true).web(true)?;
    bindgen.generate(&out)?;
    // Features are named: "all" would emit encodings that runtimes of today refuse.
    let features =
        ["bulk-memory", "bulk-memory-opt", "mutable-globals", "sign-ext", "nontrapping-float-to-int", "reference-types", "multivalue"];
    let features: Vec<String> = features.iter().map(|f| format!("--enable-{f}")).collect();
    let file = out.join("xiangma_bg.wasm").display().to_string();
    let mut args = vec!["node_modules/binaryen/bin/wasm-opt", file.as_str(), "-O3", "-o", file.as_str()];
    args.extend(features.iter().map(String::as_str));
    run("pkg", "node", &args)
}

/// The npm package, into `pkg/dist`.
pub fn package() -> Result<()> {
    npm("pkg")?;
    wasm()?;
    // The glue stands beside the sources while they are compiled, as it stands beside the result afterwards.
    let (dist, src) = (root().join("pkg/dist/web"), root().join("pkg/src/web"));
    std::fs::create_dir_all(&src)?;
    for file in ["xiangma.js", "xiangma.d.ts"] {
        std::fs::copy(dist.join(file), src.join(file))?;
    }
    run("pkg", "node", &["node_modules/typescript/bin/tsc", "-p", "."])
}

/// The page, into `www/dist`.
pub fn page() -> Result<()> {
    package()?;
    npm("www")?;
    run("www", "npm", &["run", "build"])
}
