//! `xiangma train`.

use std::path::PathBuf;

use clap::Args;
use xiangma::learn::{Frame, TrainOptions, train};

use crate::cli::failure::Failure;
use crate::cli::files::{self, Draft, Place};
use crate::cli::output::pretty;
use crate::cli::terminal::tell;

/// Learn the chance of an outcome from a table of what became of leads.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma train leads.csv --outcome 结果 --positive 已落地 --out leads.model --report report.json")]
pub(in crate::cli) struct Train {
    /// The table.
    file: PathBuf,
    #[command(flatten)]
    learn: Learn,
    /// Write the model to this file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Write the report to this file; it is printed otherwise.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Learn {
    /// The column of the outcome.
    #[arg(long, value_name = "COLUMN")]
    outcome: String,
    /// A value of it that counts; may be repeated. Asked for when it cannot be told.
    #[arg(long, value_name = "VALUE")]
    positive: Vec<String>,
    /// A value of it that counts as none; may be repeated. Asked for when it cannot be told.
    #[arg(long, value_name = "VALUE")]
    negative: Vec<String>,
    /// A value of it that is open yet; may be repeated. Such rows teach nothing.
    #[arg(long, value_name = "VALUE")]
    open: Vec<String>,
    /// A column that was known beforehand, however much it tells; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    known: Vec<String>,
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

impl Learn {
    fn options(self) -> TrainOptions {
        let mut options = TrainOptions::new(self.outcome).seed(self.seed);
        options = self.positive.into_iter().fold(options, TrainOptions::positive);
        options = self.negative.into_iter().fold(options, TrainOptions::negative);
        options = self.open.into_iter().fold(options, TrainOptions::open);
        options = self.known.into_iter().fold(options, TrainOptions::known);
        options = self.exclude.into_iter().fold(options, TrainOptions::exclude);
        options = self.rising.into_iter().fold(options, TrainOptions::rising);
        options = self.falling.into_iter().fold(options, TrainOptions::falling);
        options = self.date.into_iter().fold(options, TrainOptions::date);
        options = self.prior.into_iter().fold(options, TrainOptions::prior);
        options = self.weight.into_iter().fold(options, TrainOptions::weight);
        self.contacted.into_iter().fold(options, TrainOptions::contacted)
    }
}

impl Train {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, learn, out, report: report_to } = self;
        let outputs: Vec<_> = std::iter::once(&out).chain(&report_to).map(PathBuf::as_path).collect();
        files::apart(&[&file], &outputs)?;
        let options = learn.options();
        let (frame, is_of_enterprises) =
            Frame::read_with_enterprises(&files::bytes(&file)?, true, &options.apart()).map_err(files::of(&file))?;
        let (model, report) = train(&frame, &options).map_err(files::of(&file))?;
        // Both are whole before either is put in its place: a model goes with its report.
        let mut place = Place::new(Some(&out))?;
        place.text(&(model.of_enterprises(is_of_enterprises).to_json() + "\n"))?;
        let text = pretty(&report)?;
        let beside = report_to.map(|path| Draft::of(&path, &text)).transpose()?;
        place.done()?;
        if let Some(beside) = beside {
            beside.done()?;
        } else {
            let mut standard = Place::new(None)?;
            standard.text(&text)?;
            standard.done()?;
        }
        for leak in &report.leaks {
            tell(&format!(
                "note: `{}` may know the outcome ({}; alone AUC {:.2}): exclude it unless it was known beforehand",
                leak.column, leak.why, leak.auc
            ));
        }
        match report.verdict {
            "use" => {}
            "check_leaks" => tell("note: this model gives no chances before the columns named are excluded, or vouched for with --known"),
            _ => tell("note: do not use this model: on rows it had not seen it does not beat what is known without it"),
        }
        Ok(())
    }
}
