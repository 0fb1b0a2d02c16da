//! `xiangma locate`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::{Enterprise, Locator, Match, MatchView, Reader, intake};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Chains, Out, Reading};
use crate::cli::output::{Sink, number, text};

/// Find where every enterprise stands on the chains.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma locate candidates.csv --chain optoelectronics --out located.csv")]
pub(in crate::cli) struct Locate {
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Located<'e> {
    row: u32,
    name: &'e str,
    credit_code: Option<xiangma::CreditCode>,
    matches: Vec<Found<'e>>,
}

#[derive(Serialize)]
struct Found<'e> {
    #[serde(flatten)]
    view: MatchView<'e>,
    /// Links split off later still say where they came from.
    from: Option<&'e str>,
}

impl Locate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, chains, reading, out } = self;
        out.check(chains.inputs().chain([file.as_path()]))?;
        let catalogue = chains.catalogue()?;
        let table = intake(&files::bytes(&file)?, &reading.options()).map_err(files::of(&file))?;
        let locator = Locator::new(&catalogue)?;
        let mut reader = Reader::default();
        let link = |m: &Match| m.link.as_deref().and_then(|id| catalogue.link(id)).map(|(_, link)| link);
        let header = ["row", "name", "chain", "link", "role", "evidence", "confidence", "score", "words", "doubt"];
        let mut sink = Sink::new(&out, &header)?;
        for e in &table.enterprises {
            let mut found = locator.locate_with(e, &mut reader);
            found.retain(|m| chains.takes(&m.chain));
            let view = |m| Found { view: Match::view(m, e), from: link(m).and_then(|l| l.from.as_deref()) };
            let Enterprise { row, name, credit_code, .. } = e;
            let record = Located { row: *row, name, credit_code: *credit_code, matches: found.iter().map(view).collect() };
            sink.row(&record, || {
                let mut cells = vec![number(*row), text(name)];
                if let Some(m) = found.first() {
                    cells.extend([
                        text(&*m.chain),
                        text(link(m).map_or("", |l| out.lang.pick(&l.zh, &l.en))),
                        text(m.role.as_str()),
                        text(m.evidence.as_str()),
                        number(m.confidence),
                        number(m.score),
                        text(m.spans.first().map_or("", |s| s.text(e))),
                        text(m.doubt.map_or("", |d| out.lang.pick(d.words().0, d.words().1))),
                    ]);
                }
                cells
            })?;
        }
        sink.finish()
    }
}
