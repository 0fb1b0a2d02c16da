//! The command line: the library's verbs, one subcommand each.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
