//! Steps that are left out when nothing has changed: what goes in, and what came out last time, are known by their content.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::root;

/// Folders of what other steps make, or npm.
const GENERATED: [&str; 10] = [
    "node_modules",
    "__pycache__",
    "dist",
    "dist-single",
    "miniprogram_dist",
    "pkg/src/web",
    "pkg/docs",
    "pkg/LICENSE-MIT",
    "pkg/LICENSE-APACHE",
    "pkg/THIRD-PARTY.txt",
];

/// Runs a step, unless files and folders that go in, and those that come out, are as they were after it last ran.
pub fn when_changed(name: &str, inputs: &[&str], more: &[&[u8]], outputs: &[&str], work: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = root().join("target/xtask").join(format!("{name}.stamp"));
    // A change of the commands themselves changes what they make.
    let mut before = DefaultHasher::new();
    [inputs, &["xtask/src", "xtask/Cargo.toml"]].concat().iter().try_for_each(|path| take(&mut before, path, &GENERATED))?;
    more.iter().for_each(|bytes| before.write(bytes));
    let before = before.finish();
    let after = || -> Result<String> {
        let mut made = DefaultHasher::new();
        outputs.iter().try_for_each(|path| take(&mut made, path, &["node_modules"]))?;
        Ok(format!("{before:016x} {:016x}", made.finish()))
    };
    if fs::read_to_string(&stamp).is_ok_and(|last| after().is_ok_and(|now| now == last)) {
        eprintln!("▸ {name}: nothing has changed");
        return Ok(());
    }
    work()?;
    fs::create_dir_all(root().join("target/xtask"))?;
    Ok(fs::write(stamp, after()?)?)
}

/// Takes in a file or a folder of the checkout, but for folders left out.
fn take(hash: &mut DefaultHasher, path: &str, but: &[&str]) -> Result<()> {
    for file in files(&root().join(path), but)? {
        hash.write(file.strip_prefix(root()).unwrap_or(&file).to_string_lossy().as_bytes());
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        hash.write_usize(bytes.len());
        hash.write(&bytes);
    }
    Ok(())
}

/// All files of a folder, in order.
fn files(path: &Path, but: &[&str]) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .with_context(|| format!("reading {}", path.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    entries.sort_unstable();
    let kept = entries.iter().filter(|entry| !but.iter().any(|name| entry.ends_with(name)));
    Ok(kept.map(|entry| files(entry, but)).collect::<Result<Vec<_>>>()?.concat())
}
