//! `xiangma man`.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::files::Place;

/// Print the manual page of the program, or of a verb.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma man rank > xiangma-rank.1")]
pub(in crate::cli) struct Man {
    /// The verb.
    verb: Option<String>,
}

impl Man {
    pub(super) fn run(self, program: &clap::Command) -> Result<(), Failure> {
        let mut program = program.clone();
        program.build();
        let page = match self.verb {
            None => program,
            Some(verb) => {
                let found = program.find_subcommand(&verb).cloned();
                found.ok_or_else(|| Failure::Argument(format!("`{verb}` is no verb; `xiangma --help` lists them")))?
            }
        };
        let page = clap_mangen::Man::new(page.version(env!("CARGO_PKG_VERSION")));
        let mut text = Vec::new();
        let mut place = Place::new(None)?;
        page.render(&mut text).map_err(|e| place.failed(&e))?;
        place.text(&String::from_utf8_lossy(&text))?;
        place.done()
    }
}
