//! `xiangma completions`.

use clap::Args;
use clap_complete::Shell;

use crate::cli::failure::Failure;
use crate::cli::files::Place;

/// Print what makes a shell complete the arguments of this program.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma completions bash > ~/.local/share/bash-completion/completions/xiangma")]
pub(in crate::cli) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, program: &clap::Command) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program.clone(), "xiangma", &mut script);
        let mut place = Place::new(None)?;
        place.text(&String::from_utf8_lossy(&script))?;
        place.done()
    }
}
