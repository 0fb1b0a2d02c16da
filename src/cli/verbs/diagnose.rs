//! `xiangma diagnose`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::{IntakeOptions, LinkState, Locator, Match, Park, Reader, Scorecard, intake};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Chains, Out};
use crate::cli::output::{Sink, number, text};

/// Say what the park has of a chain, and what it lacks.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma diagnose --residents residents.csv --chain optoelectronics")]
pub(in crate::cli) struct Diagnose {
    /// The file of resident firms.
    #[arg(long)]
    residents: PathBuf,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Named<'s> {
    name: &'s str,
    #[serde(flatten)]
    state: &'s LinkState,
}

impl Diagnose {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { residents, chains, out } = self;
        out.check(chains.inputs().chain([residents.as_path()]))?;
        let catalogue = chains.catalogue()?;
        let table = intake(&files::bytes(&residents)?, &IntakeOptions::new()).map_err(files::of(&residents))?;
        let (locator, mut reader) = (Locator::new(&catalogue)?, Reader::default());
        let matches: Vec<Vec<Match>> = table.enterprises.iter().map(|e| locator.locate_with(e, &mut reader)).collect();
        let ids: Vec<String> = catalogue.chains().iter().map(|c| c.id.clone()).filter(|id| chains.takes(id)).collect();
        let park = Park::diagnose(&catalogue, &ids, &table.enterprises, &matches, &Scorecard::attraction().rates)?;
        let mut sink = Sink::new(&out, &["chain", "link", "name", "stage", "residents", "coverage", "need", "examples"])?;
        for state in &park.links {
            let name = catalogue.link(&state.link).map_or("", |(_, l)| out.lang.pick(&l.zh, &l.en));
            sink.row(&Named { name, state }, || {
                vec![
                    text(&state.chain),
                    text(&state.link),
                    text(name),
                    text(state.stage.as_str()),
                    number(state.residents),
                    number(state.coverage),
                    text(state.need.as_str()),
                    text(state.examples.join("、")),
                ]
            })?;
        }
        sink.finish()
    }
}
