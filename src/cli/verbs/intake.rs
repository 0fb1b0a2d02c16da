//! `xiangma intake`.

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;
use xiangma::{IntakeOptions, intake};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, text};

/// Read a file and report what became of every row, column and value.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma intake candidates.xlsx --format table")]
pub(in crate::cli) struct Intake {
    /// The file: CSV, TSV, XLSX, JSON or JSON Lines.
    file: PathBuf,
    #[command(flatten)]
    out: Out,
}

impl Intake {
    pub(super) fn run(self) -> Result<(), Failure> {
        self.out.check([self.file.as_path()])?;
        let table = intake(&files::bytes(&self.file)?, &IntakeOptions::new()).map_err(files::of(&self.file))?;
        let mut sink = Sink::new(&self.out, &["field", "value"])?;
        sink.rows(&table.report, || {
            // A row for every field of the report, whatever fields it has.
            let fields = serde_json::to_value(&table.report).ok().and_then(|v| v.as_object().cloned()).unwrap_or_default();
            let shown = |v: Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            fields.into_iter().map(|(field, value)| vec![text(field), text(shown(value))]).collect::<Vec<_>>()
        })?;
        sink.finish()
    }
}
