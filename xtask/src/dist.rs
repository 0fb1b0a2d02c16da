//! What is handed to others, in one folder: the page for a server, with its manual, and as one file, the npm package, the wheel, the program, the
//! crate, and their sums.

use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::build;
use crate::command::{root, run};
use crate::docs;
use crate::python;

/// Makes all of it anew in `dist`.
pub fn all() -> Result<()> {
    build::page()?;
    let dist = root().join("dist");
    fs::remove_dir_all(&dist).or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })?;
    copy_tree(&root().join("www/dist"), &dist.join("page"))?;
    copy_tree(&docs::site("/manual/")?, &dist.join("page/manual"))?;
    tell_of_manual(&dist.join("page/index.html"))?;
    fs::copy(root().join("www/deploy/nginx.conf"), dist.join("page.nginx.conf"))?;
    run("www", "npm", &["run", "build:single"])?;
    fs::copy(root().join("www/dist-single/xiangma.html"), dist.join("xiangma.html"))?;
    run("pkg", "npm", &["pack", "--loglevel=error", "--pack-destination", "../dist"])?;
    python::release("dist")?;
    run("", "cargo", &["build", "--release", "--features", "cli", "--bin", "xiangma"])?;
    let program = format!("xiangma{}", std::env::consts::EXE_SUFFIX);
    fs::copy(target().join("release").join(&program), dist.join(&program))?;
    run("", "cargo", &["package", "--no-verify", "--allow-dirty", "-p", "xiangma"])?;
    let version = env!("CARGO_PKG_VERSION");
    fs::copy(target().join(format!("package/xiangma-{version}.crate")), dist.join(format!("xiangma-{version}.crate")))?;
    sums(&dist)
}

/// Tells the page that its manual stands beside it: it has no link to it else.
fn tell_of_manual(index: &Path) -> Result<()> {
    let html = fs::read_to_string(index)?;
    let told = html.replace(r#"<meta name="manual" content="" />"#, r#"<meta name="manual" content="./manual/" />"#);
    ensure!(told != html, "{}: no place to tell of the manual", index.display());
    Ok(fs::write(index, told)?)
}

/// Where cargo builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Writes `SHA256SUMS`, which `sha256sum --check` reads, and says what there is.
fn sums(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    files_of(dist, &mut files)?;
    files.sort();
    let mut text = String::new();
    for file in &files {
        let (bytes, name) = (fs::read(file)?, file.strip_prefix(dist)?.to_string_lossy().replace('\\', "/"));
        let mut sum = String::new();
        for byte in Sha256::digest(&bytes) {
            write!(sum, "{byte:02x}")?;
        }
        writeln!(text, "{sum}  {name}")?;
        println!("{:>12}  {name}", bytes.len());
    }
    fs::write(dist.join("SHA256SUMS"), text)?;
    Ok(())
}

fn files_of(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { files_of(&entry.path(), files)? } else { files.push(entry.path()) }
    }
    Ok(())
}
