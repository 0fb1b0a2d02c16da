//! Arguments, and what each subcommand does.

mod decide;
mod outcomes;
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
        /// Another method over the same points and weights, for a second opinion: weighted_product, topsis, topsis_fixed, vikor,
        /// vikor_fixed, promethee_ii. Scores stay the scorecard's; the order and `method_score` are the method's.
        #[arg(long, value_name = "METHOD", default_value = "weighted_sum")]
        method: String,
        #[command(flatten)]
        out: Out,
    },
    /// Say how firm the ranking is: ranks under unknown facts, other weights and other methods; who the selected are.
    Robustness {
        /// The file of candidates.
        file: PathBuf,
        #[command(flatten)]
        run: RankArgs,
        /// How many are selected.
        #[arg(long, default_value_t = 20)]
        top: usize,
        /// Draws of random weights.
        #[arg(long, default_value_t = 10_000)]
        draws: u32,
        /// Seed of the draws; the same seed gives the same figures everywhere.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Share of all weight that is drawn, in percent: 100 supposes nothing of the weights, 30 keeps seven tenths of each.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=100))]
        spread: u16,
        #[command(flatten)]
        out: Out,
    },
    /// Compare two lists made with one scorecard: who came, who went, what has drifted.
    Compare {
        /// The earlier list: a table of candidates, or the JSON Lines of `rank`.
        before: PathBuf,
        /// The later one.
        now: PathBuf,
        #[command(flatten)]
        run: RankArgs,
        /// How many are selected.
        #[arg(long, default_value_t = 20)]
        top: usize,
        #[command(flatten)]
        out: Out,
    },
    /// Turn what a panel said, or what the data hold, or both, into weights.
    Weigh {
        /// The panel: JSON, `xiangma-panel`.
        panel: Option<PathBuf>,
        /// A table of candidates whose points give weights.
        #[arg(long, value_name = "FILE")]
        on: Option<PathBuf>,
        /// How data give weights: entropy, critic, `standard_deviation`, merec.
        #[arg(long, value_name = "WAY", default_value = "entropy")]
        by: String,
        /// Share of the data's weights where both are given, in percent.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=100))]
        share: u16,
        /// Write the scorecard with these weights to this file.
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
        #[command(flatten)]
        run: RankArgs,
        #[command(flatten)]
        out: Out,
    },
    /// Print a scorecard as a document to sign, or say what is different in another.
    Scorecard {
        /// A scorecard file, or a preset.
        card: String,
        /// Another, to compare with.
        #[arg(long, value_name = "FILE|PRESET")]
        against: Option<String>,
        #[command(flatten)]
        out: Out,
    },
    /// Learn the chance of an outcome from a table of what became of leads.
    Train {
        /// The table.
        file: PathBuf,
        #[command(flatten)]
        learn: LearnArgs,
        /// Write the model to this file.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Write the report to this file; it is printed otherwise.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Give the chance of every row of a table, as JSON Lines.
    Predict {
        /// The table.
        file: PathBuf,
        /// The model.
        #[arg(long, value_name = "FILE")]
        model: PathBuf,
        /// Write to this file.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write to this file how the table differs from what was learned from, and which rows are worth a visit for what they would teach.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Say how good a model's chances are on a table whose outcomes are known.
    Evaluate {
        /// The table.
        file: PathBuf,
        /// The model.
        #[arg(long, value_name = "FILE")]
        model: PathBuf,
    },
    /// Name the rows most like those that did best, as JSON Lines.
    Alike {
        /// The table.
        file: PathBuf,
        /// The table of those that are there, such as residents.
        #[arg(long, value_name = "FILE")]
        residents: PathBuf,
        /// A column of theirs by which the best fifth is taken; all are, when left out.
        #[arg(long, value_name = "COLUMN")]
        best: Option<String>,
        /// A column that says nothing of likeness; may be repeated.
        #[arg(long, value_name = "COLUMN")]
        exclude: Vec<String>,
        /// How many rows.
        #[arg(long, default_value_t = 50)]
        top: usize,
    },
    /// Part a table into segments of rows that are alike, with what sets each apart, as JSON Lines.
    Segments {
        /// The table.
        file: PathBuf,
        /// How many.
        #[arg(long, default_value_t = 6)]
        count: usize,
        /// A column that says nothing of likeness; may be repeated.
        #[arg(long, value_name = "COLUMN")]
        exclude: Vec<String>,
        /// Seed of the first centres.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Explain one enterprise of the ranking in full.
    Explain {
        /// The file of candidates.
        file: PathBuf,
        /// Its name or credit code, or a part of the name.
        #[arg(long)]
        name: String,
        /// Say what sets it apart from this one, by name or credit code.
        #[arg(long, value_name = "NAME")]
        against: Option<String>,
        /// Say what would lift it into the best so many.
        #[arg(long, value_name = "K")]
        into: Option<usize>,
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
struct LearnArgs {
    /// The column of the outcome.
    #[arg(long, value_name = "COLUMN")]
    outcome: String,
    /// A value of it that counts; may be repeated. Asked for when it cannot be told.
    #[arg(long, value_name = "VALUE")]
    positive: Vec<String>,
    /// A column of dates, or of anything that grows with time: the newest fifth is held out.
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// A column that is no feature; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    exclude: Vec<String>,
    /// A column of numbers with which the chance may not fall; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    rising: Vec<String>,
    /// A column of numbers with which the chance may not rise; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    falling: Vec<String>,
    /// A column of expert scores, 0 to 100, from whose odds learning begins.
    #[arg(long, value_name = "COLUMN")]
    prior: Option<String>,
    /// A column of weights of rows.
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,
    /// A column of who was contacted: only those teach, corrected for how they were chosen.
    #[arg(long, value_name = "COLUMN")]
    contacted: Option<String>,
    /// Seed of the folds.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Args)]
struct Out {
    /// Form of the output: a table on a terminal, JSON Lines elsewhere, unless said.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file.
    #[allow(clippy::struct_field_names, reason = "named as the option is")]
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
