//! A clock as data: what starts it, what stops it, and in what time.

use jiff::Span;
use serde::{Deserialize, Serialize};

use crate::enterprise::Date;
use crate::pipeline::project::ProjectKind;
use crate::pipeline::workdays::WorkCalendar;

/// A clock as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Clock {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The event that starts it; the first of a project's run counts.
    pub from: String,
    /// Any of these events stops it.
    pub to: Vec<String>,
    /// In what time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// For which kinds of project; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ProjectKind>,
}

/// How long a clock may run. The day it starts does not count; a month from the 31st ends with a shorter month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "ClockTarget"))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Days of the calendar.
    Days(u32),
    /// Working days.
    WorkingDays(u32),
    /// Months of the calendar.
    Months(u32),
}

impl Target {
    /// The last day in time; none beyond the days that are known.
    ///
    /// ```
    /// use xiangma::Date;
    /// use xiangma::pipeline::{Target, WorkCalendar};
    ///
    /// let due = |target: Target, from| target.due(from, WorkCalendar::china());
    /// assert_eq!(due(Target::Months(1), Date::constant(2026, 1, 31)), Some(Date::constant(2026, 2, 28)));
    /// assert_eq!(due(Target::WorkingDays(2), Date::constant(2026, 2, 13)), Some(Date::constant(2026, 2, 24)));
    /// ```
    pub fn due(self, from: Date, calendar: &WorkCalendar) -> Option<Date> {
        match self {
            Self::Days(n) => from.checked_add(Span::new().try_days(i64::from(n)).ok()?).ok(),
            Self::Months(n) => from.checked_add(Span::new().try_months(i64::from(n)).ok()?).ok(),
            Self::WorkingDays(n) => calendar.add(from, i32::try_from(n).ok()?).ok(),
        }
    }
}
