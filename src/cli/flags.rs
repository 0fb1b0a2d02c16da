//! Flags that several verbs share.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use xiangma::{Catalogue, Date, Field, IntakeOptions, Label, Scorecard};

use super::failure::Failure;
use super::files;

/// Which chains.
#[derive(Debug, Args)]
#[group(id = "chain_flags")]
pub(super) struct Chains {
    /// Id of a target chain; may be repeated. All when left out.
    #[arg(long = "chain", value_name = "ID")]
    pub(super) ids: Vec<String>,
    /// A file of chains of your own, added to the built-in ones.
    #[arg(long = "chain-file", value_name = "FILE")]
    pub(super) own: Option<PathBuf>,
}

impl Chains {
    /// The built-in chains and one's own; those asked for are among them.
    pub(super) fn catalogue(&self) -> Result<Catalogue, Failure> {
        let mut catalogue = Catalogue::builtin();
        if let Some(path) = &self.own {
            catalogue = catalogue.with_json(&files::text(path)?).map_err(files::of(path))?;
        }
        for id in &self.ids {
            catalogue.chain(id)?;
        }
        Ok(catalogue)
    }

    /// Whether a chain is asked for.
    pub(super) fn takes(&self, id: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == id)
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.own.as_deref().into_iter()
    }
}

/// How a file is read, where the reading of its own accord is not what is wanted.
#[derive(Debug, Args)]
#[group(id = "reading_flags")]
pub(super) struct Reading {
    /// Read this sheet, hidden or not; may be repeated. All that are visible and have a header when left out.
    #[arg(long = "sheet", value_name = "NAME")]
    pub(super) sheets: Vec<String>,
    /// Read the column of this heading as a field (`name`, `credit_code`, `scope`, `products` …); may be repeated.
    #[arg(long = "map", value_name = "HEADING=FIELD", value_parser = mapped)]
    pub(super) map: Vec<(String, Field)>,
}

impl Reading {
    pub(super) fn options(&self) -> IntakeOptions {
        let options = self.sheets.iter().fold(IntakeOptions::new(), IntakeOptions::sheet);
        self.map.iter().fold(options, |options, (heading, field)| options.map(heading, *field))
    }
}

fn mapped(text: &str) -> Result<(String, Field), String> {
    let (heading, field) = text.rsplit_once('=').ok_or("a mapping is written as 客商=name")?;
    Ok((heading.to_owned(), field.trim().parse().map_err(|e: xiangma::Error| e.to_string())?))
}

/// What candidates are judged by.
#[derive(Debug, Args)]
pub(super) struct Judging {
    #[command(flatten)]
    pub(super) chains: Chains,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The file of resident firms.
    #[arg(long, value_name = "FILE")]
    pub(super) residents: Option<PathBuf>,
    /// A scorecard file, or a preset: attraction, `gaps_first`, `promising_first`, `anchors_first`.
    #[arg(long, value_name = "FILE|PRESET", default_value = "attraction")]
    pub(super) scorecard: String,
    /// The day to judge on, YYYY-MM-DD; today when left out.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Date>,
    /// A province or city within easy reach; may be repeated.
    #[arg(long = "region", value_name = "NAME")]
    pub(super) regions: Vec<String>,
}

impl Judging {
    /// The day to judge on: today where the program runs, when none is named.
    pub(super) fn day(&self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.residents.as_deref().into_iter().chain(self.chains.inputs()).chain(card_file(&self.scorecard))
    }
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as 2026-11-01".to_owned())
}

/// The file a scorecard is in; none for a preset.
pub(super) fn card_file(name: &str) -> Option<&Path> {
    Scorecard::presets().iter().all(|card| card.id != name).then(|| Path::new(name))
}

/// A scorecard by the name of a preset or of a file.
pub(super) fn card(name: &str) -> Result<Scorecard, Failure> {
    let presets = Scorecard::presets();
    let names = presets.iter().map(|c| c.id.clone()).collect::<Vec<_>>().join(", ");
    if let Some(preset) = presets.into_iter().find(|c| c.id == name) {
        return Ok(preset);
    }
    let path = Path::new(name);
    let text = files::text(path).map_err(|failure| match failure {
        Failure::Input { file, error } if error.kind() == std::io::ErrorKind::NotFound => {
            Failure::Argument(format!("--scorecard {file}: no such file, and no such preset; presets: {names}"))
        }
        other => other,
    })?;
    Scorecard::from_json(&text).map_err(files::of(path))
}

/// Where the result goes, and how it is written.
#[derive(Debug, Args)]
pub(super) struct Out {
    /// Form of the output: a table on a terminal, JSON Lines elsewhere, unless said.
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// Write to this file; its ending says the form, unless said.
    #[allow(clippy::struct_field_names, reason = "named as the option is")]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Language of reasons and headings.
    #[arg(long, value_enum, default_value = "zh")]
    pub(super) lang: Lang,
    /// No progress bar.
    #[arg(long)]
    pub(super) quiet: bool,
}

impl Out {
    /// How the output is written.
    pub(super) fn form(&self, on_terminal: bool) -> Format {
        let ending = self.out.as_ref().and_then(|p| p.extension()?.to_str()).map(str::to_ascii_lowercase);
        let by_name = ending.and_then(|ending| match ending.as_str() {
            "csv" => Some(Format::Csv),
            "xlsx" => Some(Format::Xlsx),
            "docx" => Some(Format::Docx),
            "jsonl" | "json" => Some(Format::Jsonl),
            _ => None,
        });
        self.format.or(by_name).unwrap_or(if on_terminal { Format::Table } else { Format::Jsonl })
    }

    /// Refuses before any work what cannot be written, or would be written over what is read.
    pub(super) fn check<'p>(&'p self, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
        self.check_with(inputs, None)
    }

    /// The same, for a verb that writes another file as well.
    pub(super) fn check_with<'p>(&'p self, inputs: impl IntoIterator<Item = &'p Path>, more: Option<&'p Path>) -> Result<(), Failure> {
        if let (true, Some((what, ending))) = (self.out.as_ref().is_none_or(|path| path.as_os_str() == "-"), self.form(false).file()) {
            return Err(Failure::Argument(format!("{what} needs a file to go to: add --out FILE.{ending}")));
        }
        let outputs: Vec<&Path> = self.out.as_deref().into_iter().chain(more).collect();
        files::apart(&inputs.into_iter().collect::<Vec<_>>(), &outputs)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Jsonl,
    Csv,
    Xlsx,
    Docx,
}

impl Format {
    /// Whether it is a file of its own and no text, and how messages call it.
    fn file(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Xlsx => Some(("a workbook", "xlsx")),
            Self::Docx => Some(("a document", "docx")),
            Self::Table | Self::Jsonl | Self::Csv => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    Zh,
    En,
}

impl Lang {
    pub(super) fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// A label in this language.
    pub(super) fn of(self, label: &Label) -> &str {
        self.pick(&label.zh, &label.en)
    }
}
