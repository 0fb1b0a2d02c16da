//! The command line: a verb a file, what verbs share beside them.
//!
//! Each stands on those before it: `terminal`, `failure`, `files`, `flags`, `output`, `sitting`, `editions`, `ranked`, `lock`, `team`, `verbs`; a verb on no other
//! verb.

mod balance;
mod document;
mod editions;
mod failure;
mod files;
mod flags;
mod lock;
mod named;
mod output;
mod ranked;
mod sitting;
mod team;
mod terminal;
mod verbs;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use verbs::Verb;

/// Reads a spreadsheet of enterprises, finds where each stands on an industry chain, scores and ranks them, and says why.
///
/// Results go to the standard output, messages to the standard error. A file named `-` is the standard input. A file to write is written
/// beside its place and moved there when it is whole. Exit codes: 0 done, 1 bad input, 2 bad arguments.
#[derive(Debug, Parser)]
#[command(name = "xiangma", version)]
struct Cli {
    /// How many threads work; all there are when left out. The same comes of it whatever their number.
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..=512))]
    threads: Option<u16>,
    #[command(subcommand)]
    verb: Verb,
}

/// The stack of a thread, as a program's first has it.
const STACK: usize = 8 << 20;

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    let Cli { threads, verb } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(refusal) => return usage(&refusal),
    };
    // All of it runs on one of the threads, so that no more than those are at work; 0 is as many as there are.
    let threads = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0).into()).stack_size(STACK).build();
    let work = move || verb.run(&Cli::command());
    // Where they cannot be had, the work is done all the same.
    let done = match threads {
        Ok(threads) => threads.install(work),
        Err(_) => work(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(message) = failure.message() {
                terminal::tell(&message);
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Help, the version, or arguments that cannot be understood, which may hold anything.
fn usage(refusal: &clap::Error) -> ExitCode {
    if refusal.use_stderr() {
        refusal.render().to_string().lines().for_each(terminal::tell);
    } else {
        // A reader that has seen enough is no matter.
        let _ = refusal.print();
    }
    ExitCode::from(u8::try_from(refusal.exit_code()).unwrap_or(2))
}
