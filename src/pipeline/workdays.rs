//! Working days in China: weekends, public holidays, and weekends that are worked in their place.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

use crate::enterprise::Date;
use crate::error::{Error, Kind};
use crate::order::sort_by_key;

/// How many working days there are, and whether that is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct WorkingDays {
    /// Days that are worked.
    pub working_days: u32,
    /// Whether a day counted lies past the last year that has been published.
    pub estimated: bool,
}

/// The working days of a country.
///
/// The one that comes with the library has the days off and the worked weekends of the State Council's notices from 2004 to 2026, and from then
/// to 2050 the days off by law, without the days that a notice will shift: those are *estimated*, and everything that rests on them says so. A
/// team adds the notice of a new year with [`with_json`](Self::with_json).
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::WorkCalendar;
///
/// let calendar = WorkCalendar::china();
/// // A Saturday that is worked, since the Spring Festival of 2026 is nine days long.
/// assert!(calendar.is_working(Date::constant(2026, 2, 14))?);
/// let count = calendar.count(Date::constant(2026, 2, 14), Date::constant(2026, 2, 28))?;
/// assert_eq!((count.working_days, count.estimated), (6, false));
/// assert_eq!(calendar.add(Date::constant(2026, 2, 13), 2)?, Date::constant(2026, 2, 24));
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    first: Date,
    /// Up to each day, itself included, how many are worked.
    worked: Vec<u32>,
    /// The days that are worked, by their number from the first.
    days: Vec<u32>,
    /// Of each year, whether it is estimated.
    estimated: Vec<bool>,
    years: Vec<Year>,
}

const FORMAT: &str = "xiangma-holidays";
const VERSION: u32 = 1;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "people read where the days come from")]
struct File {
    format: String,
    version: u32,
    source: String,
    licence: String,
    #[serde(default)]
    corrected: String,
    taken: Date,
    years: Vec<Year>,
}

/// A year as the file has it: days off, and weekends that are worked, as `10-01` or `10-01..10-07`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_field_names, reason = "as the file has it")]
struct Year {
    year: i16,
    #[serde(default)]
    estimated: bool,
    off: Vec<String>,
    worked: Vec<String>,
}

static CHINA: LazyLock<WorkCalendar> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "an embedded constant that every test reads")]
    WorkCalendar::from_json(include_str!("holidays.json")).expect("the embedded holidays are sound")
});

impl WorkCalendar {
    /// The calendar that comes with the library.
    pub fn china() -> &'static Self {
        &CHINA
    }

    /// Reads a calendar: JSON as that of `src/pipeline/holidays.json`, its years one after another.
    ///
    /// # Errors
    ///
    /// `BAD_RULES` when a key is unknown, a year is missing or stands twice, a day is none, or a day is both off and worked.
    ///
    /// ```
    /// use xiangma::pipeline::WorkCalendar;
    ///
    /// let year = r#"{"year": 2030, "off": ["01-01..01-40"], "worked": []}"#;
    /// let file = format!(
    ///     r#"{{"format": "xiangma-holidays", "version": 1, "source": "us", "licence": "own", "taken": "2029-12-01", "years": [{year}]}}"#
    /// );
    /// assert!(WorkCalendar::from_json(&file).unwrap_err().to_string().contains("01-01..01-40"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::of(years(text)?)
    }

    /// The same, with the years of a file in place of its own, or after them.
    ///
    /// # Errors
    ///
    /// `BAD_RULES`, as [`from_json`](Self::from_json).
    pub fn with_json(&self, text: &str) -> Result<Self, Error> {
        let more = years(text)?;
        let mut all: Vec<Year> = self.years.iter().filter(|y| more.iter().all(|m| m.year != y.year)).cloned().collect();
        all.extend(more);
        sort_by_key(&mut all, |y| y.year);
        Self::of(all)
    }

    fn of(years: Vec<Year>) -> Result<Self, Error> {
        let Some(first) = years.first().and_then(|y| Date::new(y.year, 1, 1).ok()) else { return Err(bad("there is no year in it")) };
        let (mut worked, mut days, mut estimated) = (Vec::new(), Vec::new(), Vec::new());
        for (year, expected) in years.iter().zip(first.year()..) {
            if year.year != expected {
                return Err(bad(format!("{expected} is missing, or {} stands twice: years follow one another", year.year)));
            }
            let new_year = Date::new(expected, 1, 1).map_err(|e| bad(e.to_string()))?;
            let mut said = vec![None; new_year.days_in_year() as usize];
            for (spans, is_worked) in [(&year.off, false), (&year.worked, true)] {
                for span in spans {
                    let (from, to) = read_span(expected, span)?;
                    for day in from..=to {
                        if said.get(day).copied().flatten().is_some_and(|before| before != is_worked) {
                            return Err(bad(format!("{expected}: a day of {span} is both off and worked")));
                        }
                        if let Some(place) = said.get_mut(day) {
                            *place = Some(is_worked);
                        }
                    }
                }
            }
            let before = new_year.weekday().to_monday_zero_offset() as usize;
            for (day, said) in said.into_iter().enumerate() {
                if said.unwrap_or((before + day) % 7 < Weekday::Saturday.to_monday_zero_offset() as usize) {
                    days.push(worked.len() as u32);
                }
                worked.push(days.len() as u32);
            }
            estimated.push(year.estimated);
        }
        Ok(Self { first, worked, days, estimated, years })
    }

    /// The first day it knows.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day it knows.
    pub fn last(&self) -> Date {
        self.on(self.worked.len().saturating_sub(1))
    }

    /// Whether a day lies in a year of which no notice has been published.
    ///
    /// ```
    /// # use xiangma::{Date, pipeline::WorkCalendar};
    /// assert!(!WorkCalendar::china().is_estimated(Date::constant(2026, 12, 31)));
    /// assert!(WorkCalendar::china().is_estimated(Date::constant(2027, 1, 1)));
    /// ```
    pub fn is_estimated(&self, day: Date) -> bool {
        let year = usize::try_from(day.year() - self.first.year()).ok();
        year.and_then(|y| self.estimated.get(y)).copied().unwrap_or(true)
    }

    /// Whether a day is worked.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a day of a year that the calendar does not know.
    pub fn is_working(&self, day: Date) -> Result<bool, Error> {
        let number = self.number(day)?;
        let before = number.checked_sub(1).and_then(|n| self.worked.get(n)).copied().unwrap_or(0);
        Ok(self.worked.get(number).copied().unwrap_or(0) > before)
    }

    /// The working days from a day to another, both counted, as spreadsheets count them.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the second day is before the first, or one is of a year that the calendar does not know.
    pub fn count(&self, from: Date, to: Date) -> Result<WorkingDays, Error> {
        if to < from {
            return Err(Kind::BadArgument(format!("{to} is before {from}: name the earlier day first")).into());
        }
        let before = self.through(from)? - u32::from(self.is_working(from)?);
        Ok(WorkingDays { working_days: self.through(to)? - before, estimated: self.is_estimated(to) })
    }

    /// The working days that have passed since a day, as terms are counted: the day itself does not count. Negative for an earlier day.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a day of a year that the calendar does not know.
    pub fn since(&self, day: Date, from: Date) -> Result<i32, Error> {
        Ok(self.through(day)? as i32 - self.through(from)? as i32)
    }

    /// The day that lies a number of working days after a day: 1 is the next working day. Before it where the number is negative; the day itself for 0.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when that is beyond the years that the calendar knows.
    pub fn add(&self, day: Date, working_days: i32) -> Result<Date, Error> {
        let through = i64::from(self.through(day)?);
        let place = match working_days {
            0 => return Ok(day),
            n if n > 0 => through + i64::from(n) - 1,
            // Of working days before a working day it is not one itself.
            n => through - i64::from(self.is_working(day)?) + i64::from(n),
        };
        u32::try_from(place + 1).ok().and_then(|k| self.nth(k)).ok_or_else(|| self.beyond(day))
    }

    /// Up to a day, itself included, how many days since the first are worked.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a day of a year that the calendar does not know.
    pub(crate) fn through(&self, day: Date) -> Result<u32, Error> {
        let number = self.number(day)?;
        self.worked.get(number).copied().ok_or_else(|| self.beyond(day))
    }

    /// The working day of a number, from 1.
    pub(crate) fn nth(&self, number: u32) -> Option<Date> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        Some(self.on(*self.days.get(place)? as usize))
    }

    fn on(&self, number: usize) -> Date {
        self.first.saturating_add((number as i64).days())
    }

    fn number(&self, day: Date) -> Result<usize, Error> {
        let number = (day - self.first).get_days();
        usize::try_from(number).ok().filter(|n| *n < self.worked.len()).ok_or_else(|| self.beyond(day))
    }

    #[cold]
    fn beyond(&self, day: Date) -> Error {
        let (first, last) = (self.first.year(), self.last().year());
        Kind::BadArgument(format!("working days are known from {first} to {last}; asked for {day} or days beside it")).into()
    }
}

fn years(text: &str) -> Result<Vec<Year>, Error> {
    let file: File = serde_json::from_str(text).map_err(|e| bad(e.to_string()))?;
    if file.format != FORMAT || file.version != VERSION {
        return Err(bad(format!("this is `{}` of version {}; expected `{FORMAT}` of version {VERSION}", file.format, file.version)));
    }
    Ok(file.years)
}

/// Days of a year, from 0, of `10-01` or `10-01..10-07`.
fn read_span(year: i16, span: &str) -> Result<(usize, usize), Error> {
    let day = |text: &str| format!("{year:04}-{text}").parse::<Date>().ok().map(|d| d.day_of_year() as usize - 1);
    let (from, to) = span.split_once("..").unwrap_or((span, span));
    match (day(from), day(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err(bad(format!("{year}: `{span}` is no day of it, nor days from one to a later one; write 10-01 or 10-01..10-07"))),
    }
}

#[cold]
fn bad(what: impl Into<String>) -> Error {
    Error::from(Kind::BadRules(what.into())).at_column("holidays")
}
