//! `xiangma ledger import`.

use std::path::PathBuf;

use clap::Args;
use xiangma::learn::Frame;
use xiangma::pipeline::Phases;

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Chains, Out};
use crate::cli::output::{Sink, text};
use crate::cli::team::{Who, rewrite};
use crate::cli::terminal::tell;

/// Take in projects from the spreadsheet that a zone keeps, by its headings. The ledger is made when there is none.
///
/// A project that is there already is changed where the table says something else; an empty cell changes nothing. Dates under the name of a
/// phase or an event (签约日期) are events. What was not taken in is listed.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma ledger import team.ledger projects.xlsx --by 李 --format table")]
pub(in crate::cli) struct Import {
    /// The ledger of the team.
    ledger: PathBuf,
    /// The table of projects.
    table: PathBuf,
    #[command(flatten)]
    who: Who,
    /// A file of phases, gates and clocks of your own.
    #[arg(long = "phases", value_name = "FILE")]
    phases_file: Option<PathBuf>,
    /// A file of chains of your own, added to the built-in ones.
    #[arg(long = "chain-file", value_name = "FILE")]
    chain_file: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

impl Import {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { ledger: path, table, who, phases_file, chain_file, out } = self;
        let rules = phases_file.as_deref().into_iter().chain(chain_file.as_deref());
        out.check_with(rules.chain([table.as_path()]), Some(&path))?;
        let phases = match &phases_file {
            Some(path) => Phases::from_json(&files::text(path)?).map_err(files::of(path))?,
            None => Phases::default(),
        };
        let catalogue = Chains { ids: Vec::new(), own: chain_file }.catalogue()?;
        let frame = Frame::read(&files::bytes(&table)?).map_err(files::of(&table))?;
        let imported = rewrite(&path, true, out.lang, |ledger| {
            ledger.import_projects(&frame, (&phases, &catalogue), &who.by, who.now()).map_err(files::of(&table))
        })?;
        let lang = out.lang;
        let mut sink = Sink::new(&out, out.lang.pick(&["代码", "是否须改正", "位置", "说明"], &["code", "error", "place", "finding"]))?;
        for f in &imported.findings {
            let is_error = if f.is_error { "yes" } else { "no" };
            sink.row(f, || vec![text(f.code), text(is_error), text(&f.place), text(lang.pick(&f.zh, &f.en))])?;
        }
        sink.finish()?;
        let (new, changed, same, events) = (imported.new, imported.changed, imported.same, imported.events);
        tell(&lang.pick(
            format!("新增项目 {new} 个，更新 {changed} 个，未变 {same} 个；新增事件 {events} 条"),
            format!("{new} projects new, {changed} changed, {same} as they were; {events} events new"),
        ));
        Ok(())
    }
}
