//! Arguments, and what each subcommand does.

mod output;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads a spreadsheet of enterprises, finds where each stands on an industry chain, scores and ranks them, and says why.
///
/// Results go to the standard output, messages to the standard error. Exit codes: 0 done, 1 bad input, 2 bad arguments.
#[derive(Debug, Parser)]
#[command(name = "xiangma", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read a file and report what became of every row, column and value.
    Intake {
        /// The file: CSV, TSV, XLSX, JSON or JSON Lines.
        file: PathBuf,
        #[command(flatten)]
        out: Out,
    },
    /// Find where every enterprise stands on the chains.
    Locate {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        chains: Chains,
        #[command(flatten)]
        out: Out,
    },
    /// Say what the park has of a chain, and what it lacks.
    Diagnose {
        /// The file of resident firms.
        #[arg(long)]
        residents: PathBuf,
        #[command(flatten)]
        chains: Chains,
        #[command(flatten)]
        out: Out,
    },
    /// Answer cases of multi-criteria methods: a file of cases in, JSON Lines out.
    Mcdm {
        /// The file: JSON, a list of cases or `{"cases": [...]}`.
        file: PathBuf,
    },
    /// Rank the candidates, with reasons.
    Rank {
        /// The file of candidates.
        file: PathBuf,
        #[command(flatten)]
        run: RankArgs,
        /// How many to show, the best first.
        #[arg(long)]
        top: Option<usize>,
        #[command(flatten)]
        out: Out,
    },
    /// Explain one enterprise of the ranking in full.
    Explain {
        /// The file of candidates.
        file: PathBuf,
        /// Its name or credit code, or a part of the name.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        run: RankArgs,
        #[command(flatten)]
        out: Out,
    },
    /// List the chains and their links, or check a chain of your own.
    #[command(args_conflicts_with_subcommands = true)]
    Chains {
        #[command(subcommand)]
        check: Option<Check>,
        #[command(flatten)]
        chains: Chains,
        #[command(flatten)]
        out: Out,
    },
}

#[derive(Debug, Subcommand)]
enum Check {
    /// Say everything that is wrong, or will surprise, in a file of chains: orphan links, colliding terms, terms that hit nothing.
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

#[derive(Debug, Args)]
struct Chains {
    /// Id of a target chain; may be repeated. All when left out.
    #[arg(long = "chain", value_name = "ID")]
    ids: Vec<String>,
    /// A file of chains of your own, added to the built-in ones.
    #[arg(long = "chain-file", value_name = "FILE")]
    own: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct RankArgs {
    #[command(flatten)]
    chains: Chains,
    /// The file of resident firms.
    #[arg(long, value_name = "FILE")]
    residents: Option<PathBuf>,
    /// A scorecard file, or a preset: attraction, `gaps_first`, `promising_first`, `anchors_first`.
    #[arg(long, value_name = "FILE|PRESET", default_value = "attraction")]
    scorecard: String,
    /// The day to judge on, YYYY-MM-DD; today when left out.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A province or city within easy reach; may be repeated.
    #[arg(long = "region", value_name = "NAME")]
    regions: Vec<String>,
}

#[derive(Debug, Args)]
struct Out {
    /// Form of the output: a table on a terminal, JSON Lines elsewhere, unless said.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of reasons and headings.
    #[arg(long, value_enum, default_value = "zh")]
    lang: Lang,
    /// No progress bar.
    #[arg(long)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Jsonl,
    Csv,
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    Zh,
    En,
}

impl Lang {
    fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// Runs the command line.
pub(crate) fn run() -> ExitCode {
    match run::run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
