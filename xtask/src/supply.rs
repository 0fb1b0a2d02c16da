//! What others' work is asked before it is handed on: its licences, where it is from, and what is known against it.

use std::fs;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::command::{root, run};
use crate::notices;
use crate::parts::{self, Bundle};
use crate::sbom;

/// Folders with a lock file of npm.
const LOCKS: [&str; 7] = ["pkg", "www", "docs/site", "xtask/biome", "pkg/tests/bundlers", "pkg/tests/miniprogram", "pkg/tests/runtimes"];

/// Checks everything, and writes notices and bills of materials into `target/xtask/supply`.
pub fn check() -> Result<()> {
    let mut unasked = Vec::new();
    cargo(&mut unasked)?;
    npm(&mut unasked)?;
    let folder = root().join("target/xtask/supply");
    fs::create_dir_all(&folder)?;
    let allowed = allowed()?;
    for (bundle, name) in Bundle::ALL {
        for part in parts::of(bundle)? {
            ensure!(
                may_be_used(&part.licence, &allowed),
                "{} {} is under `{}`, which deny.toml does not allow",
                part.name,
                part.version,
                part.licence
            );
        }
        notices::write(bundle, &folder.join(format!("{name}.THIRD-PARTY.txt")))?;
        sbom::write(bundle, name, &folder.join(format!("{name}.cdx.json")))?;
    }
    println!("licences, sources: in order; notices and bills of materials: {}", folder.display());
    unasked.iter().for_each(|what| println!("NOT ASKED: {what}"));
    Ok(())
}

/// Crates, by cargo-deny.
fn cargo(unasked: &mut Vec<&'static str>) -> Result<()> {
    let has = |args: &[&str]| Command::new("cargo").args(args).current_dir(root()).output().is_ok_and(|output| output.status.success());
    if !has(&["deny", "--version"]) {
        run("", "cargo", &["install", "--locked", "cargo-deny"])?;
    }
    run("", "cargo", &["deny", "--log-level", "error", "check", "licenses", "bans", "sources"])?;
    // Advisories are in a repository of their own, which not every machine reaches.
    if has(&["deny", "fetch", "db"]) {
        run("", "cargo", &["deny", "--log-level", "error", "check", "--disable-fetch", "advisories"])
    } else {
        unasked.push("advisories on crates: their database is not within reach of this machine");
        Ok(())
    }
}

/// npm packages, by what is known against those in each lock file; of what is bundled, anything counts, of tools what is grave.
fn npm(unasked: &mut Vec<&'static str>) -> Result<()> {
    for folder in LOCKS {
        let output = Command::new("npm").args(["audit", "--package-lock-only", "--json"]).current_dir(root().join(folder)).output()?;
        let Some(found) = serde_json::from_slice::<serde_json::Value>(&output.stdout).ok().filter(|said| said["metadata"].is_object())
        else {
            unasked.push("advisories on npm packages: the registry in use does not answer `npm audit`");
            break;
        };
        let counts = &found["metadata"]["vulnerabilities"];
        println!("npm audit, {folder}: {counts}");
        let is_bundled = ["pkg", "www"].contains(&folder);
        let grave = ["critical", "high", "moderate", "low"].into_iter().take(if is_bundled { 4 } else { 2 });
        let count: u64 = grave.filter_map(|level| counts[level].as_u64()).sum();
        if count > 0 {
            println!("WARNING: {count} npm packages of {folder} have something known against them; `npm audit` there says what");
        }
    }
    Ok(())
}

/// The licences in deny.toml, which npm packages are held to as well.
fn allowed() -> Result<Vec<String>> {
    let text = fs::read_to_string(root().join("deny.toml"))?;
    let list = text.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Whether an expression is met by what is allowed.
fn may_be_used(expression: &str, allowed: &[String]) -> bool {
    let plain = expression.replace(['(', ')'], "");
    let is_allowed = |licence: &str| allowed.iter().any(|a| a == licence.trim());
    if expression.contains(") AND ") || expression.contains(" AND (") {
        // A choice within: all of it is to be allowed.
        return plain.split(" AND ").all(|part| part.split(" OR ").any(is_allowed));
    }
    plain.split(" OR ").any(|one| one.split(" AND ").all(is_allowed))
}

#[cfg(test)]
mod tests {
    use super::{allowed, may_be_used};

    #[test]
    fn an_expression_is_met_or_not() {
        let allowed = allowed().expect("deny.toml");
        let may = |expression: &str| may_be_used(expression, &allowed);
        assert!(["MIT", "MIT OR GPL-3.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "MIT AND BSD-3-Clause"].into_iter().all(may));
        assert!(!["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND GPL-2.0"].into_iter().any(may));
    }
}
