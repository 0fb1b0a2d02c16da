//! `xiangma intake`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::Value;
use xiangma::{intake, preview};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Out, Reading};
use crate::cli::output::{Sink, text};

/// Read a file and report what became of every row, column and value.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  xiangma intake candidates.xlsx --format table\n  xiangma intake candidates.xlsx --preview --sheet 名单 --map 客商=name"
)]
pub(in crate::cli) struct Intake {
    /// The file: CSV, TSV, XLSX, JSON or JSON Lines.
    file: PathBuf,
    /// Look at the first rows alone, and say how they would be read: sheets, headings, fields and examples.
    #[arg(long)]
    preview: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    out: Out,
}

impl Intake {
    pub(super) fn run(self) -> Result<(), Failure> {
        self.out.check([self.file.as_path()])?;
        let (bytes, options) = (files::bytes(&self.file)?, self.reading.options());
        if self.preview {
            return self.show(&preview(&bytes, &options).map_err(files::of(&self.file))?);
        }
        self.show(&intake(&bytes, &options).map_err(files::of(&self.file))?.report)
    }

    /// A row for every field of a report, whatever fields it has.
    fn show(&self, report: &impl Serialize) -> Result<(), Failure> {
        let mut sink = Sink::new(&self.out, &["field", "value"])?;
        sink.rows(report, || {
            let fields = serde_json::to_value(report).ok().and_then(|v| v.as_object().cloned()).unwrap_or_default();
            let shown = |v: Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            fields.into_iter().map(|(field, value)| vec![text(field), text(shown(value))]).collect::<Vec<_>>()
        })?;
        sink.finish()
    }
}
