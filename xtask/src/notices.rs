//! The licences of all work of others in a bundle, with their texts, each text once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::parts::{self, Bundle, Part};

/// Writes `THIRD-PARTY.txt` of a bundle.
pub fn write(bundle: Bundle, to: &Path) -> Result<()> {
    let parts = parts::of(bundle)?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut out = String::from(
        "xiangma has work of others in it, which is theirs and under their licences: first a list, then the texts of the licences, each with those \
         it is of.\n\n",
    );
    for part in &parts {
        let what = if part.is_data { ", data" } else { "" };
        out += &format!("{} {} ({}{what})\n", part.name, part.version, part.licence);
        let found = licences(part)?;
        if found.is_empty() && !part.is_data {
            let none = format!("No text of a licence comes with it; its manifest says {}.\n", part.licence);
            texts.entry(none).or_default().push(format!("{} {}", part.name, part.version));
        }
        for text in found {
            texts.entry(text).or_default().push(format!("{} {}", part.name, part.version));
        }
    }
    for (text, of) in texts {
        out += &format!("\n{}\n{}\n\n{}\n", "-".repeat(80), of.join(", "), text.trim());
    }
    fs::write(to, out).with_context(|| to.display().to_string())
}

/// The texts that come with a part. Where it may be had under MIT, that one; what else it must be told, always.
fn licences(part: &Part) -> Result<Vec<String>> {
    let Some(folder) = part.folder.as_ref().filter(|folder| folder.is_dir()) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        let is_one = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"].iter().any(|start| name.starts_with(start));
        // As Rust itself has them.
        if (is_one || name == "MIT.TXT") && entry.file_type()?.is_file() {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    let chosen = part.licence.split(" OR ").any(|one| one.trim() == "MIT") && files.iter().any(|(name, _)| name.contains("MIT"));
    files.retain(|(name, _)| !chosen || name.contains("MIT") || name.starts_with("NOTICE") || name.starts_with("COPYRIGHT"));
    files.iter().map(|(_, path)| Ok(String::from_utf8_lossy(&fs::read(path)?).replace("\r\n", "\n"))).collect()
}
