//! The site of documentation: the pages of `docs`, in Chinese and English, made by VitePress.

use anyhow::Result;

use crate::build::{self, npm};
use crate::command::{root, run_with};
use crate::step::when_changed;
use crate::test;

/// Where it is made.
const SITE: &str = "target/xtask/site";

/// What its pages are made of: those of `docs`, and the rules they show.
const SOURCES: [&str; 6] = [
    "docs",
    "src/park/diagnosis.json",
    "src/pipeline/appraisal.json",
    "src/pipeline/per_mu.json",
    "src/pipeline/phases.json",
    "src/pipeline/tasks.json",
];

/// Builds the site for a place on its server, `/` or `/manual/`, and follows its links; gives its folder.
pub fn site(base: &str) -> Result<std::path::PathBuf> {
    npm("docs/site")?;
    when_changed("site", &SOURCES, &[base.as_bytes()], &[SITE], || {
        run_with("docs/site", "npm", &["run", "build"], &[("SITE_BASE", base), ("VITE_CJS_IGNORE_WARNING", "1")])
    })?;
    Ok(root().join(SITE))
}

/// Takes the pictures of the manual anew, from the page as it is now.
pub fn pictures() -> Result<()> {
    build::page()?;
    run_with("www", "node", &["tests/manual.mjs", "../docs/pictures"], &[("CHROMIUM", &test::chromium()?)])
}
