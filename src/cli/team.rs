//! The ledger of a team, and the day it is looked at.

use std::path::{Path, PathBuf};

use clap::Args;
use xiangma::Date;
use xiangma::ledger::{Ledger, Moment, Opened};
use xiangma::pipeline::{Book, Phases, WorkCalendar};

use super::failure::Failure;
use super::files::{self, Draft};
use super::flags::{self, Lang};
use super::lock::Lock;
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
    opened(path, &files::bytes(path)?, lang)
}

fn opened(path: &Path, bytes: &[u8], lang: Lang) -> Result<Ledger, Failure> {
    let Opened { ledger, findings, .. } = Ledger::open(bytes).map_err(files::of(path))?;
    for finding in findings {
        tell(&format!("note: {}: {}", files::named(path), lang.pick(&finding.zh, &finding.en)));
    }
    Ok(ledger)
}

/// Changes a ledger and writes it, with nobody else writing it meanwhile. Where there is none, a new one is made if it may be.
///
/// Whoever writes it without asking, as an editor or a page does, loses nothing either: what came into the file meanwhile is joined.
pub(super) fn rewrite<T>(
    path: &Path,
    may_be_new: bool,
    lang: Lang,
    change: impl FnOnce(&mut Ledger) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let _lock = Lock::of(path)?;
    let read = || if may_be_new && !path.exists() { Ok(None) } else { files::bytes(path).map(Some) };
    let before = read()?;
    let mut ledger = before.as_deref().map_or_else(|| Ok(Ledger::new()), |bytes| opened(path, bytes, lang))?;
    let done = change(&mut ledger)?;
    let now = read()?;
    if let Some(bytes) = now.filter(|now| before.as_ref() != Some(now)) {
        ledger.join(&opened(path, &bytes, lang)?);
    }
    Draft::of(path, &ledger.text())?.done()?;
    Ok(done)
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// An editor, or a page, does not ask whether it may write.
    #[test]
    fn what_came_into_the_file_meanwhile_is_joined() {
        let folder = std::env::temp_dir().join(format!("xiangma-rewrite-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("team.ledger");
        let at: Moment = "2026-03-02T01:00:00Z".parse().expect("a moment");
        let write = |ledger: &mut Ledger, number: &str| {
            let id = format!("project:{number}").parse().expect("a record");
            ledger.change(&id, [("name", number.into())], "示例甲", at).map(|_| ()).map_err(Failure::from)
        };
        rewrite(&path, true, Lang::Zh, |ledger| write(ledger, "1")).expect("written");
        rewrite(&path, false, Lang::Zh, |ledger| {
            let mut other = ledger.clone();
            write(&mut other, "2")?;
            fs::write(&path, other.text()).expect("written");
            write(ledger, "3")
        })
        .expect("written");
        let numbers: Vec<String> = open(&path, Lang::Zh).expect("a ledger").book().0.projects.into_iter().map(|p| p.number).collect();
        assert_eq!(numbers, ["1", "2", "3"]);
        assert!(rewrite(&folder.join("none.ledger"), false, Lang::Zh, |_| Ok(())).is_err());
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1, "no lock and no draft is left");
        fs::remove_dir_all(folder).expect("removed");
    }
}
