//! Lists as they were given out, from what was kept or made anew.

use std::path::Path;

use serde::Deserialize;
use xiangma::monitor::Edition;

use super::failure::Failure;
use super::files;
use super::flags::{Judging, Out};
use super::sitting::Sitting;

/// An edition from an export of `rank`, or from a table ranked here and now.
pub(super) fn edition(file: &Path, judging: &Judging, out: &Out) -> Result<(Edition, Option<Sitting>), Failure> {
    let bytes = files::bytes(file)?;
    if is_export(&bytes) {
        return Ok((Edition::from_jsonl(&String::from_utf8_lossy(&bytes)).map_err(files::of(file))?, None));
    }
    let sitting = Sitting::of(file, bytes, judging, out)?;
    let edition = sitting.session.edition().unwrap_or_default();
    Ok((edition, Some(sitting)))
}

/// Whether a file is an edition that was kept, or what `rank` writes: its first line says what each criterion gave.
fn is_export(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum First {
        Ranked {
            #[serde(rename = "contributions")]
            _contributions: Vec<serde::de::IgnoredAny>,
        },
        Kept {
            format: String,
        },
    }
    let line = bytes.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default();
    match serde_json::from_slice(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)) {
        Ok(First::Ranked { .. }) => true,
        Ok(First::Kept { format }) => format == "xiangma-edition",
        Err(_) => false,
    }
}
