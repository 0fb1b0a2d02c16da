//! `xiangma chains`, and `xiangma chains check`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;
use xiangma::{IntakeOptions, Link, check_chains, intake};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{self, Out};
use crate::cli::output::{Sink, text};
use crate::cli::terminal::tell;

/// List the chains and their links, or check a chain of your own.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  xiangma chains --chain optoelectronics --format table\n  xiangma chains check own.json --on candidates.csv"
)]
pub(in crate::cli) struct Chains {
    #[command(subcommand)]
    check: Option<Check>,
    #[command(flatten)]
    target: flags::Chains,
    #[command(flatten)]
    out: Out,
}

#[derive(Debug, Subcommand)]
enum Check {
    /// Say everything that is wrong, or will surprise, in a file of chains: orphan links, colliding terms, terms that hit nothing.
    #[command(after_help = "Example:\n  xiangma chains check own.json --on candidates.csv")]
    Check {
        /// The file of chains (JSON).
        file: PathBuf,
        /// A table of enterprises, to find the terms and links that none of them meets.
        #[arg(long, value_name = "FILE")]
        on: Option<PathBuf>,
        #[command(flatten)]
        out: Out,
    },
}

#[derive(Serialize)]
struct Listed<'c> {
    chain: &'c str,
    #[serde(flatten)]
    link: &'c Link,
}

impl Chains {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self.check {
            Some(Check::Check { file, on, out }) => check(&file, on.as_deref(), &out),
            None => list(&self.target, &self.out),
        }
    }
}

fn list(chains: &flags::Chains, out: &Out) -> Result<(), Failure> {
    out.check(chains.inputs())?;
    let catalogue = chains.catalogue()?;
    let mut sink = Sink::new(
        out,
        out.lang
            .pick(&["产业链", "环节编号", "环节", "上中下游", "词语", "供给环节"], &["chain", "link", "name", "stage", "terms", "feeds"]),
    )?;
    for (chain, link) in catalogue.links().filter(|(c, _)| chains.takes(&c.id)) {
        sink.row(&Listed { chain: &chain.id, link }, || {
            vec![
                text(&chain.id),
                text(&link.id),
                text(out.lang.pick(&link.zh, &link.en)),
                text(link.stage.as_str()),
                text(link.terms.join("、")),
                text(link.feeds.join(" ")),
            ]
        })?;
    }
    sink.finish()
}

/// Findings, errors first; the exit code tells whether the file can be used.
fn check(file: &std::path::Path, on: Option<&std::path::Path>, out: &Out) -> Result<(), Failure> {
    out.check(on.into_iter().chain([file]))?;
    let table = on.map(|path| intake(&files::bytes(path)?, &IntakeOptions::new()).map_err(files::of(path))).transpose()?;
    let enterprises = table.map_or_else(Vec::new, |t| t.enterprises);
    let mut findings = check_chains(&files::text(file)?, &enterprises).map_err(files::of(file))?;
    findings.sort_by_key(|f| !f.is_error);
    let mut sink = Sink::new(out, out.lang.pick(&["代码", "是否须改正", "位置", "说明"], &["code", "error", "place", "finding"]))?;
    for f in &findings {
        let is_error = if f.is_error { "yes" } else { "no" };
        sink.row(f, || vec![text(f.code), text(is_error), text(&f.place), text(out.lang.pick(&f.zh, &f.en))])?;
    }
    sink.finish()?;
    let (all, errors) = (findings.len(), findings.iter().filter(|f| f.is_error).count());
    tell(&out.lang.pick(format!("{all} 条发现，其中 {errors} 条须改正"), format!("{all} findings, {errors} of them errors")));
    if errors > 0 { Err(Failure::Findings("BAD_CHAIN")) } else { Ok(()) }
}
