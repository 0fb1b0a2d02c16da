//! The ledger of a team, and the day it is looked at.

use std::path::{Path, PathBuf};

use clap::Args;
use xiangma::Date;
use xiangma::ledger::{Ledger, Moment, Opened};
use xiangma::pipeline::{Book, Phases, WorkCalendar};

use super::failure::Failure;
use super::files;
use super::flags::{self, Lang};
use super::terminal::tell;

/// A ledger, and what it is looked at with.
#[derive(Debug, Args)]
pub(super) struct Team {
    /// The ledger of the team.
    pub(super) ledger: PathBuf,
    #[command(flatten)]
    pub(super) rules: Rules,
}

/// The rules of a zone.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// A file of phases, gates and clocks of your own.
    #[arg(long = "phases", value_name = "FILE")]
    phases_file: Option<PathBuf>,
    #[command(flatten)]
    holidays: Holidays,
    /// The day to look at it, YYYY-MM-DD; today when left out.
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    as_of: Option<Date>,
}

impl Rules {
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.phases_file.as_deref().into_iter().chain(self.holidays.holidays_file.as_deref())
    }

    pub(super) fn phases(&self) -> Result<Phases, Failure> {
        match &self.phases_file {
            Some(path) => Phases::from_json(&files::text(path)?).map_err(files::of(path)),
            None => Ok(Phases::default()),
        }
    }

    pub(super) fn calendar(&self) -> Result<WorkCalendar, Failure> {
        self.holidays.calendar()
    }

    /// Today where the program runs, when no day is named.
    pub(super) fn day(&self) -> Date {
        self.as_of.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
    }
}

/// Which days are worked.
#[derive(Debug, Args)]
pub(super) struct Holidays {
    /// A file of holidays of years that the program does not know yet, or in place of those that it knows.
    #[arg(long = "holidays", value_name = "FILE")]
    pub(super) holidays_file: Option<PathBuf>,
}

impl Holidays {
    pub(super) fn calendar(&self) -> Result<WorkCalendar, Failure> {
        let china = WorkCalendar::china();
        match &self.holidays_file {
            Some(path) => china.with_json(&files::text(path)?).map_err(files::of(path)),
            None => Ok(china.clone()),
        }
    }
}

/// Who writes, and when.
#[derive(Debug, Args)]
pub(super) struct Who {
    /// Who writes.
    #[arg(long, value_name = "NAME")]
    pub(super) by: String,
    /// When, as 2026-03-02T09:00:00+08:00; now when left out.
    #[arg(long, value_name = "MOMENT")]
    at: Option<Moment>,
}

impl Who {
    pub(super) fn now(&self) -> Moment {
        self.at.unwrap_or_else(Moment::now)
    }
}

/// Opens a ledger, and says what is odd about its file.
pub(super) fn open(path: &Path, lang: Lang) -> Result<Ledger, Failure> {
    let Opened { ledger, findings, .. } = Ledger::open(&files::bytes(path)?).map_err(files::of(path))?;
    for finding in findings {
        tell(&format!("note: {}: {}", files::named(path), lang.pick(&finding.zh, &finding.en)));
    }
    Ok(ledger)
}

impl Team {
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        std::iter::once(self.ledger.as_path()).chain(self.rules.inputs())
    }

    /// The projects, visits and issues as they were on the day; records that are none are said.
    pub(super) fn book(&self, lang: Lang) -> Result<Book, Failure> {
        let (book, findings) = open(&self.ledger, lang)?.book();
        for finding in findings {
            tell(&format!("note: {}", lang.pick(&finding.zh, &finding.en)));
        }
        Ok(book.as_of(self.rules.day()))
    }
}
