//! Clocks: from an event to the first that qualifies after it, against a target.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::Date;
use crate::order::sort;
use crate::pipeline::clock::Target;
use crate::pipeline::phases::{Phases, is_for};
use crate::pipeline::project::{Project, ProjectKind};
use crate::pipeline::standing::{in_order, run};
use crate::pipeline::workdays::WorkCalendar;

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClockState {
    /// Stopped in time; or merely stopped, where there is no target.
    Met,
    /// Running, and still in time.
    Running,
    /// Stopped after its time.
    Late,
    /// Running past its time.
    Overdue,
    /// The project went back to the pool before it stopped.
    Returned,
}

impl ClockState {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Running => "running",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::Returned => "returned",
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Met => ("按时完成", "met"),
            Self::Running => ("进行中", "running"),
            Self::Late => ("超期完成", "late"),
            Self::Overdue => ("已超期", "overdue"),
            Self::Returned => ("已退库", "returned"),
        }
    }
}

/// A clock of a project, read on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "ClockReading"))]
#[non_exhaustive]
pub struct Reading<'a> {
    /// Id of the clock.
    pub clock: &'a str,
    /// Number of the project.
    pub project: &'a str,
    /// How it stands.
    pub state: ClockState,
    /// The day it started.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub from: Date,
    /// The last day in time.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub due: Option<Date>,
    /// Whether that rests on holidays that are not published yet.
    pub estimated: bool,
    /// When it stopped.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub ended: Option<Date>,
    /// Days until it stopped, or until today; the day it started does not count.
    pub days: i32,
    /// The same in working days; none where they are not known.
    pub working_days: Option<i32>,
    /// Of one that runs, the days until it is due, negative past them.
    pub days_left: Option<i32>,
}

impl Phases {
    /// The clocks of a project that have started, read on a day. Only those of the run that it is in count; for a project in the pool, those of the
    /// run that ended there.
    ///
    /// ```
    /// use xiangma::Date;
    /// use xiangma::pipeline::{ClockState, Event, Phases, Project, WorkCalendar};
    ///
    /// let mut project = Project::new("1");
    /// project.events = vec![Event::new(Date::constant(2026, 3, 2), "land"), Event::new(Date::constant(2026, 5, 23), "started")];
    /// let phases = Phases::default();
    /// let readings = phases.clocks_of(&project, Date::constant(2026, 11, 1), WorkCalendar::china());
    /// assert_eq!((readings[0].state, readings[0].days), (ClockState::Met, 82));
    /// ```
    pub fn clocks_of<'a>(&'a self, project: &'a Project, today: Date, calendar: &WorkCalendar) -> Vec<Reading<'a>> {
        let events = in_order(self, project, today);
        let run = run(self, &events);
        let returned = run.last().filter(|e| e.event == self.returned).map(|e| e.day);
        let started = self.clocks.iter().filter(|c| is_for(&c.kinds, project.kind)).filter_map(|clock| {
            let from = run.iter().find(|e| e.event == clock.from)?.day;
            let ended = run.iter().find(|e| e.day >= from && clock.to.contains(&e.event)).map(|e| e.day);
            let due = clock.target.and_then(|t| t.due(from, calendar));
            let until = ended.or(returned).unwrap_or(today);
            let in_time = |day: Date| due.is_none_or(|due| day <= due);
            let state = match (ended, returned) {
                (Some(day), _) if in_time(day) => ClockState::Met,
                (Some(_), _) => ClockState::Late,
                (None, Some(_)) => ClockState::Returned,
                (None, None) if in_time(today) => ClockState::Running,
                (None, None) => ClockState::Overdue,
            };
            let runs = matches!(state, ClockState::Running | ClockState::Overdue);
            Some(Reading {
                clock: &clock.id,
                project: &project.number,
                state,
                from,
                due,
                estimated: matches!(clock.target, Some(Target::WorkingDays(_))) && due.is_some_and(|day| calendar.is_estimated(day)),
                ended,
                days: days(from, until),
                working_days: calendar.since(until, from).ok(),
                days_left: due.filter(|_| runs).map(|due| days(today, due)),
            })
        });
        started.collect()
    }
}

/// Days of the calendar from one to another.
pub(super) fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// What many readings of one clock come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct ClockSummary {
    /// Stopped in time.
    pub met: u32,
    /// Running in time.
    pub running: u32,
    /// Stopped late.
    pub late: u32,
    /// Running late.
    pub overdue: u32,
    /// Of projects that went back to the pool.
    pub returned: u32,
    /// Of those that stopped or are overdue, the share that stopped in time, 0 to 1; none of none.
    pub in_time: Option<f64>,
    /// Days from start to stop, of those that stopped: the middle one.
    pub median_days: Option<f64>,
    /// Their mean.
    pub mean_days: Option<f64>,
    /// The least.
    pub best_days: Option<i32>,
    /// The most.
    pub worst_days: Option<i32>,
}

/// By what readings are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "ClocksBy"))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum By {
    /// All together.
    All,
    /// By project.
    Project,
    /// By the phase that the project is in.
    Phase,
    /// By officer; a project of two counts for each.
    Officer,
    /// By chain.
    Chain,
    /// By district.
    District,
    /// By kind of project.
    Kind,
}

/// The group of what is not known.
pub(super) const UNKNOWN: &str = "";

impl By {
    /// The groups that a project is in; an empty text stands for what is not known of it.
    pub(super) fn groups<'a>(self, phases: &'a Phases, project: &'a Project) -> Vec<&'a str> {
        let one = |name: &'a Option<String>| vec![name.as_deref().unwrap_or(UNKNOWN)];
        match self {
            Self::All => vec!["all"],
            Self::Project => vec![project.number.as_str()],
            Self::Phase => vec![phases.standing(project).phase.map_or(UNKNOWN, |p| p.id.as_str())],
            Self::Officer if project.officers.is_empty() => vec![UNKNOWN],
            Self::Officer => project.officers.iter().map(String::as_str).collect(),
            Self::Chain => one(&project.chain),
            Self::District => one(&project.district),
            Self::Kind => vec![project.kind.map_or(UNKNOWN, ProjectKind::as_str)],
        }
    }
}

/// The clocks of many projects, by clock and group.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{By, Event, Phases, Project, WorkCalendar, clocks};
///
/// let mut one = Project::new("1");
/// one.events = vec![Event::new(Date::constant(2026, 3, 2), "land"), Event::new(Date::constant(2026, 5, 7), "started")];
/// let mut two = Project::new("2");
/// two.events = vec![Event::new(Date::constant(2026, 3, 2), "land"), Event::new(Date::constant(2026, 6, 8), "started")];
/// let all = clocks(&[one, two], &Phases::default(), Date::constant(2026, 11, 1), WorkCalendar::china(), By::All);
/// let land = &all[&("land_to_construction".to_owned(), "all".to_owned())];
/// assert_eq!((land.best_days, land.mean_days, land.in_time), (Some(66), Some(82.0), Some(0.5)));
/// ```
pub fn clocks(
    projects: &[Project],
    phases: &Phases,
    today: Date,
    calendar: &WorkCalendar,
    by: By,
) -> BTreeMap<(String, String), ClockSummary> {
    let mut readings: BTreeMap<(&str, &str), Vec<(ClockState, i32)>> = BTreeMap::new();
    for project in projects {
        for reading in phases.clocks_of(project, today, calendar) {
            for group in by.groups(phases, project) {
                readings.entry((reading.clock, group)).or_default().push((reading.state, reading.days));
            }
        }
    }
    readings.into_iter().map(|((clock, group), all)| ((clock.to_owned(), group.to_owned()), summary(&all))).collect()
}

fn summary(readings: &[(ClockState, i32)]) -> ClockSummary {
    let count = |state| readings.iter().filter(|(s, _)| *s == state).count() as u32;
    let ended = readings.iter().filter(|(s, _)| matches!(s, ClockState::Met | ClockState::Late)).map(|(_, days)| *days);
    let days = Spread::of(ended.collect());
    let (met, late, overdue) = (count(ClockState::Met), count(ClockState::Late), count(ClockState::Overdue));
    let told = met + late + overdue;
    ClockSummary {
        met,
        running: count(ClockState::Running),
        late,
        overdue,
        returned: count(ClockState::Returned),
        in_time: (told > 0).then(|| f64::from(met) / f64::from(told)),
        median_days: days.median(),
        mean_days: days.mean(),
        best_days: days.0.first().copied(),
        worst_days: days.0.last().copied(),
    }
}

/// Numbers in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Spread(pub Vec<i32>);

impl Spread {
    pub(super) fn of(mut numbers: Vec<i32>) -> Self {
        sort(&mut numbers, &Ord::cmp);
        Self(numbers)
    }

    pub(super) fn mean(&self) -> Option<f64> {
        let sum: i64 = self.0.iter().map(|n| i64::from(*n)).sum();
        (!self.0.is_empty()).then(|| sum as f64 / self.0.len() as f64)
    }

    /// The middle one, or half the sum of the two in the middle.
    pub(super) fn median(&self) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let (a, b) = (self.0.get(last / 2)?, self.0.get(last.div_ceil(2))?);
        Some((i64::from(*a) + i64::from(*b)) as f64 / 2.0)
    }
}
