//! What is handed to others, in one folder: the page for a server, with its manual, as a folder, a zip and one file, the npm package, the wheel, the
//! program, the crate; of each, whose work is in it; what is new; and the sums of all.

use std::fmt::Write;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::build;
use crate::command::{root, run};
use crate::docs;
use crate::notices;
use crate::parts::Bundle;
use crate::python;
use crate::sbom;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes all of it anew in `dist`.
pub fn all() -> Result<()> {
    build::page()?;
    let dist = root().join("dist");
    fs::remove_dir_all(&dist).or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })?;
    page(&dist)?;
    notices::write(Bundle::Package, &root().join("pkg/THIRD-PARTY.txt"))?;
    run("pkg", "npm", &["pack", "--loglevel=error", "--pack-destination", "../dist"])?;
    wheel(&dist)?;
    run("", "cargo", &["build", "--release", "--features", "cli", "--bin", "xiangma"])?;
    let program = format!("xiangma{}", std::env::consts::EXE_SUFFIX);
    fs::copy(target().join("release").join(&program), dist.join(&program))?;
    notices::write(Bundle::Program, &dist.join("xiangma.THIRD-PARTY.txt"))?;
    // Unpacked and built elsewhere, so that nothing is missing in it.
    run("", "cargo", &["package", "--allow-dirty", "-p", "xiangma"])?;
    fs::copy(target().join(format!("package/xiangma-{VERSION}.crate")), dist.join(format!("xiangma-{VERSION}.crate")))?;
    fs::create_dir_all(dist.join("sbom"))?;
    for (bundle, name) in Bundle::ALL {
        sbom::write(bundle, name, &dist.join("sbom").join(format!("{name}-{VERSION}.cdx.json")))?;
    }
    let changes = fs::read_to_string(root().join("CHANGELOG.md"))?;
    fs::write(dist.join("NOTES.md"), notes(&changes, VERSION).context("CHANGELOG.md has nothing to say of this version")?)?;
    sums(&dist)
}

/// The page: a folder for a server, the same as a zip, and one file.
fn page(dist: &Path) -> Result<()> {
    let page = dist.join("page");
    copy_tree(&root().join("www/dist"), &page)?;
    copy_tree(&docs::site("/manual/")?, &page.join("manual"))?;
    tell_of_manual(&page.join("index.html"))?;
    notices::write(Bundle::Page, &page.join("THIRD-PARTY.txt"))?;
    for name in ["nginx.conf", "Caddyfile"] {
        fs::copy(root().join("www/deploy").join(name), dist.join(format!("page.{name}")))?;
    }
    run("www", "npm", &["run", "build:single"])?;
    fs::copy(root().join("www/dist-single/xiangma.html"), dist.join("xiangma.html"))?;
    fs::copy(page.join("THIRD-PARTY.txt"), dist.join("xiangma.html.THIRD-PARTY.txt"))?;
    zipped(dist, &["page", "page.nginx.conf", "page.Caddyfile"], &dist.join(format!("xiangma-page-{VERSION}.zip")))
}

/// The wheel, with whose work is in it: beside the modules, where it is found when it is installed.
fn wheel(dist: &Path) -> Result<()> {
    let notice = root().join("py/python/xiangma/THIRD-PARTY.txt");
    notices::write(Bundle::Wheel, &notice)?;
    let built = python::release("dist");
    fs::remove_file(&notice)?;
    built?;
    for file in fs::read_dir(dist)? {
        let file = file?.path();
        if file.extension().is_some_and(|e| e == "whl") {
            let archive = ZipArchive::new(fs::File::open(&file)?)?;
            ensure!(
                archive.file_names().any(|n| n.is_ok_and(|n| n == "xiangma/THIRD-PARTY.txt")),
                "{} does not say whose work is in it",
                file.display()
            );
        }
    }
    Ok(())
}

/// Zips files and folders of a folder; the same bytes for the same files, since no time is written.
fn zipped(of: &Path, names: &[&str], to: &Path) -> Result<()> {
    let mut files = Vec::new();
    for name in names {
        let path = of.join(name);
        if path.is_dir() { files_of(&path, &mut files)? } else { files.push(path) }
    }
    files.sort();
    let mut zip = ZipWriter::new(fs::File::create(to)?);
    for file in files {
        let name = file.strip_prefix(of)?.to_string_lossy().replace('\\', "/");
        zip.start_file(name, SimpleFileOptions::default().unix_permissions(0o644))?;
        zip.write_all(&fs::read(&file)?)?;
    }
    zip.finish()?;
    Ok(())
}

/// What the changelog says of a version; of one that has no heading yet, what is unreleased.
fn notes(changes: &str, version: &str) -> Option<String> {
    let section = |heading: &str| {
        let (_, rest) = changes.split_once(&format!("\n## {heading}"))?;
        let rest = rest.split_once('\n')?.1;
        let text = rest.split_once("\n## ").map_or(rest, |(text, _)| text).trim();
        (!text.is_empty()).then(|| format!("# xiangma {version}\n\n{text}\n"))
    };
    section(version).or_else(|| section("Unreleased"))
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{notes, zipped};
    use crate::command::root;

    #[test]
    fn a_zip_of_the_same_files_is_the_same_bytes() {
        let folder = std::env::temp_dir().join(format!("xiangma-zip-{}", std::process::id()));
        fs::create_dir_all(folder.join("page/assets")).expect("a folder");
        for (name, text) in [("page/index.html", "x"), ("page/assets/a.js", "y"), ("page.nginx.conf", "z"), ("other", "not asked for")] {
            fs::write(folder.join(name), text).expect("written");
        }
        let [one, two] = ["one.zip", "two.zip"].map(|name| {
            zipped(&folder, &["page", "page.nginx.conf"], &folder.join(name)).expect("zipped");
            fs::read(folder.join(name)).expect("reads")
        });
        let archive = zip::ZipArchive::new(std::io::Cursor::new(&one)).expect("a zip");
        let names: Vec<String> = archive.file_names().map(|n| n.expect("a name").into_owned()).collect();
        fs::remove_dir_all(&folder).expect("removed");
        assert!(one == two);
        assert_eq!(names.len(), 3);
        assert!(["page/index.html", "page/assets/a.js", "page.nginx.conf"].iter().all(|name| names.iter().any(|n| n == name)), "{names:?}");
    }

    #[test]
    fn every_server_says_the_same_of_what_the_page_may_do() {
        let text = |name: &str| std::fs::read_to_string(root().join("www/deploy").join(name)).expect("a sample");
        let (nginx, caddy) = (text("nginx.conf"), text("Caddyfile"));
        let policy = nginx.split('"').find(|part| part.starts_with("default-src")).expect("a policy");
        assert!(caddy.contains(policy));
        for header in
            ["nosniff", "no-referrer", "camera=(), microphone=(), geolocation=()", "public, max-age=31536000, immutable", "no-cache"]
        {
            assert!(nginx.contains(header) && caddy.contains(header), "{header}");
        }
    }

    #[test]
    fn notes_are_what_the_changelog_says_of_a_version() {
        let changes =
            "# Changelog\n\n## Unreleased\n\nNew.\n\n## 0.2.0 - 2026-12-01\n\nOld.\n\n### Fixed\n\n- One.\n\n## 0.1.0\n\nOlder.\n";
        assert_eq!(notes(changes, "0.2.0").as_deref(), Some("# xiangma 0.2.0\n\nOld.\n\n### Fixed\n\n- One.\n"));
        assert_eq!(notes(changes, "0.3.0").as_deref(), Some("# xiangma 0.3.0\n\nNew.\n"));
        assert_eq!(notes("# Changelog\n\n## Unreleased\n\n", "1.0.0"), None);
    }
}
