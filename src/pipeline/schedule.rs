//! 倒排工期: from a target day back over the tasks, and from today forward to what is possible.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::Serialize;

use crate::enterprise::Date;
use crate::error::{Error, Kind};
use crate::pipeline::phases::{Phases, is_for};
use crate::pipeline::project::{Project, ProjectKind};
use crate::pipeline::standing::{in_order, run};
use crate::pipeline::tasks::Tasks;
use crate::pipeline::workdays::WorkCalendar;

/// How a task stands against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TaskState {
    /// It is done.
    Done,
    /// Its latest day has passed, and it is not done.
    Overdue,
    /// Too late: the target cannot be kept unless it takes less time than planned.
    Late,
    /// Critical: each day it loses delays the target by a day.
    Critical,
    /// It has days to spare.
    Ahead,
}

impl TaskState {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::Late => "late",
            Self::Critical => "critical",
            Self::Ahead => "ahead",
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Done => ("已完成", "done"),
            Self::Overdue => ("已逾期", "overdue"),
            Self::Late => ("已滞后", "late"),
            Self::Critical => ("关键", "critical"),
            Self::Ahead => ("有余量", "ahead"),
        }
    }
}

/// A task in a schedule. A milestone starts and ends on the day on which what is before it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Scheduled {
    /// Id of the task.
    pub task: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// How many working days it takes.
    pub days: u32,
    /// How it stands.
    pub state: TaskState,
    /// When it was done.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub done: Option<Date>,
    /// The first day on which it can begin; of one that is done, none.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub earliest_start: Option<Date>,
    /// The day on which it then ends.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub earliest_end: Option<Date>,
    /// The last day on which it may begin.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub latest_start: Date,
    /// The last day on which it may end.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub latest_end: Date,
    /// Working days to spare; negative for those that are missing.
    pub slack: i32,
    /// Whether one of its days rests on holidays that are not published yet.
    pub estimated: bool,
}

/// A schedule: the tasks in an order in which they can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Schedule {
    /// The day by which all is to be done.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub target: Date,
    /// The day it was made on.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub today: Date,
    /// The first day by which all can be done.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub possible: Date,
    /// Working days to spare until the target; negative for those that are missing.
    pub slack: i32,
    /// Whether a day of it rests on holidays that are not published yet.
    pub estimated: bool,
    /// The tasks.
    pub tasks: Vec<Scheduled>,
}

/// What a meeting talks about, every half month: tasks by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct HalfMonth {
    /// Its first and last day.
    #[cfg_attr(feature = "types", ts(type = "[string, string] | null"))]
    pub days: Option<(Date, Date)>,
    /// Done in it.
    pub done: Vec<String>,
    /// To be done in it at the latest.
    pub due: Vec<String>,
    /// To begin in it at the latest, and due after it.
    pub to_begin: Vec<String>,
    /// Overdue, or too late for the target.
    pub late: Vec<String>,
    /// To begin or to end in the half month after it.
    pub next: Vec<String>,
}

/// The half month of a day: its 1st to 15th, or from its 16th on.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::half_month;
///
/// let day = |d| Date::constant(2028, 2, d);
/// assert_eq!(half_month(day(15)), (day(1), day(15)));
/// assert_eq!(half_month(day(16)), (day(16), day(29)));
/// ```
pub fn half_month(day: Date) -> (Date, Date) {
    let middle = day.first_of_month().saturating_add(14.days());
    if day <= middle { (day.first_of_month(), middle) } else { (middle.saturating_add(1.day()), day.last_of_month()) }
}

impl Tasks {
    /// Schedules the tasks back from a target, and forward from today. `done` tells when tasks were done, by their ids.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use xiangma::Date;
    /// use xiangma::pipeline::{Tasks, WorkCalendar};
    ///
    /// let tasks = Tasks::of([("permit", 5, &[][..]), ("build", 20, &["permit"]), ("order", 3, &[])])?;
    /// let (target, today) = (Date::constant(2026, 3, 31), Date::constant(2026, 2, 2));
    /// let schedule = tasks.schedule(target, today, &BTreeMap::new(), WorkCalendar::china())?;
    /// let build = schedule.task("build").ok_or("no task")?;
    /// // Twenty working days back from the end of March; thirteen to spare, without the Spring Festival.
    /// assert_eq!((build.latest_start, build.slack), (Date::constant(2026, 3, 4), 13));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the target is before today and something is left to do, a task that is done is none of these or was done after today, or
    /// the schedule leaves the years that the calendar knows.
    pub fn schedule(&self, target: Date, today: Date, done: &BTreeMap<String, Date>, calendar: &WorkCalendar) -> Result<Schedule, Error> {
        self.schedule_for(None, target, today, done, calendar)
    }

    /// Schedules the tasks of a project. Those whose event has happened, since it last came back from the pool, are done; so is all that had to be
    /// done before them, at the latest on the same day.
    ///
    /// # Errors
    ///
    /// As [`schedule`](Self::schedule).
    pub fn schedule_of(
        &self,
        project: &Project,
        phases: &Phases,
        target: Date,
        today: Date,
        calendar: &WorkCalendar,
    ) -> Result<Schedule, Error> {
        let events = in_order(phases, project, today);
        let run = run(phases, &events);
        let day = |event: &str| run.iter().find(|e| e.event == event).map(|e| e.day);
        let before = self.before();
        let mut done: Vec<Option<Date>> = self.tasks.iter().map(|t| day(t.event.as_deref()?)).collect();
        let mut implied: Vec<Option<Date>> = vec![None; done.len()];
        for at in Self::order(&before).into_iter().rev() {
            done[at] = done[at].or(implied[at]);
            if let Some(day) = done[at] {
                before[at].iter().for_each(|b| implied[*b] = Some(implied[*b].map_or(day, |known| known.min(day))));
            }
        }
        let done = self.tasks.iter().zip(done).filter_map(|(t, day)| Some((t.id.clone(), day?))).collect();
        self.schedule_for(project.kind, target, today, &done, calendar).map_err(|e| e.told_of(&project.number))
    }

    fn schedule_for(
        &self,
        kind: Option<ProjectKind>,
        target: Date,
        today: Date,
        done: &BTreeMap<String, Date>,
        calendar: &WorkCalendar,
    ) -> Result<Schedule, Error> {
        for (id, day) in done {
            if self.tasks.iter().all(|t| t.id != *id) {
                return Err(Kind::BadArgument(format!("`{id}` is none of the tasks")).into());
            }
            if *day > today {
                return Err(Kind::BadArgument(format!("`{id}` is said to be done on {day}, after today, {today}")).into());
            }
        }
        let is_its = |at: usize| self.tasks.get(at).is_some_and(|t| is_for(&t.kinds, kind));
        let done_on: Vec<Option<Date>> = self.tasks.iter().map(|t| done.get(&t.id).copied()).collect();
        if target < today && (0..self.tasks.len()).any(|at| is_its(at) && done_on[at].is_none()) {
            return Err(Kind::BadArgument(format!("the target {target} is before today, {today}: name a day to come")).into());
        }
        let span = Span::new(self, &is_its, &done_on, (target, today), calendar)?;
        let mut tasks = Vec::new();
        for at in span.order.iter().copied().filter(|at| is_its(*at)) {
            tasks.push(self.scheduled(at, &span, done_on[at], today, calendar)?);
        }
        let end = (0..self.tasks.len()).filter(|at| is_its(*at)).map(|at| span.earliest[at].1).max().unwrap_or(span.now);
        // When nothing is left to do, all was done on the last of its days.
        let possible = match tasks.iter().map(|t| t.done).collect::<Option<Vec<Date>>>() {
            Some(days) => days.into_iter().max().unwrap_or(today),
            None => span.day(end.max(span.now), calendar)?.max(today),
        };
        let estimated = tasks.iter().any(|t| t.estimated) || calendar.is_estimated(target);
        Ok(Schedule { target, today, possible, slack: (span.target - end) as i32, estimated, tasks })
    }

    fn scheduled(&self, at: usize, span: &Span, done: Option<Date>, today: Date, calendar: &WorkCalendar) -> Result<Scheduled, Error> {
        let task = &self.tasks[at];
        let ((earliest_start, earliest_end), (latest_start, latest_end)) = (span.earliest[at], span.latest[at]);
        let is_milestone = task.days == 0;
        let latest = (span.day(latest_start + i64::from(!is_milestone), calendar)?, span.day(latest_end, calendar)?);
        let earliest = if done.is_some() {
            None
        } else if is_milestone {
            let day = if earliest_end > span.now { span.day(earliest_end, calendar)? } else { today };
            Some((day, day))
        } else {
            Some((span.day(earliest_start + 1, calendar)?, span.day(earliest_end, calendar)?))
        };
        let slack = if done.is_some() { latest_end - earliest_end } else { latest_start - earliest_start };
        let state = match done {
            Some(_) => TaskState::Done,
            None if latest.1 < today => TaskState::Overdue,
            None if slack < 0 => TaskState::Late,
            None if slack == 0 => TaskState::Critical,
            None => TaskState::Ahead,
        };
        let mut days = [latest.0, latest.1].into_iter().chain(earliest.into_iter().flat_map(|(a, b)| [a, b]));
        Ok(Scheduled {
            task: task.id.clone(),
            zh: task.zh.clone(),
            en: task.en.clone(),
            days: task.days,
            state,
            done,
            earliest_start: earliest.map(|e| e.0),
            earliest_end: earliest.map(|e| e.1),
            latest_start: latest.0,
            latest_end: latest.1,
            slack: slack as i32,
            estimated: days.any(|d| calendar.is_estimated(d)),
        })
    }
}

/// Starts and ends of tasks, in working days that have passed since the first of the calendar.
struct Span {
    order: Vec<usize>,
    earliest: Vec<(i64, i64)>,
    latest: Vec<(i64, i64)>,
    now: i64,
    target: i64,
}

impl Span {
    fn new(
        tasks: &Tasks,
        is_its: &dyn Fn(usize) -> bool,
        done: &[Option<Date>],
        (target, today): (Date, Date),
        calendar: &WorkCalendar,
    ) -> Result<Self, Error> {
        let before = tasks.before();
        let order = Tasks::order(&before);
        let now = i64::from(calendar.through(today)?) - i64::from(calendar.is_working(today)?);
        let target = i64::from(calendar.through(target)?);
        // A task that is not of this kind of project takes no time; what is after it waits for what is before it.
        let days = |at: usize| if is_its(at) { i64::from(tasks.tasks[at].days) } else { 0 };
        let mut earliest = vec![(now, now); before.len()];
        for at in order.iter().copied() {
            earliest[at] = if let Some(day) = done[at] {
                let end = i64::from(calendar.through(day)?);
                (end - days(at), end)
            } else {
                let start = before[at].iter().map(|b| earliest[*b].1).fold(now, i64::max);
                (start, start + days(at))
            };
        }
        let mut ends = vec![target; before.len()];
        let mut latest = vec![(target, target); before.len()];
        for at in order.iter().rev().copied() {
            latest[at] = (ends[at] - days(at), ends[at]);
            // One that is done needs nothing any more.
            if done[at].is_none() {
                before[at].iter().for_each(|b| ends[*b] = ends[*b].min(latest[at].0));
            }
        }
        Ok(Self { order, earliest, latest, now, target })
    }

    /// The working day that ends with so many.
    #[allow(clippy::unused_self, reason = "a number of days of this span")]
    fn day(&self, number: i64, calendar: &WorkCalendar) -> Result<Date, Error> {
        u32::try_from(number).ok().and_then(|n| calendar.nth(n)).ok_or_else(|| {
            let (first, last) = (calendar.first().year(), calendar.last().year());
            Kind::BadArgument(format!("the schedule leaves the years whose working days are known, {first} to {last}")).into()
        })
    }
}

impl Schedule {
    /// A task of it.
    pub fn task(&self, id: &str) -> Option<&Scheduled> {
        self.tasks.iter().find(|t| t.task == id)
    }

    /// The sheet of the half month that a day is in (半月度例会).
    pub fn half_month(&self, day: Date) -> HalfMonth {
        let (from, to) = half_month(day);
        let (next, next_end) = half_month(to.saturating_add(1.day()));
        let is_in = |day: Date| from <= day && day <= to;
        let ids = |is: &dyn Fn(&Scheduled) -> bool| self.tasks.iter().filter(|t| is(t)).map(|t| t.task.clone()).collect();
        let is_open = |t: &Scheduled| t.done.is_none();
        HalfMonth {
            days: Some((from, to)),
            done: ids(&|t| t.done.is_some_and(is_in)),
            due: ids(&|t| is_open(t) && is_in(t.latest_end)),
            to_begin: ids(&|t| is_open(t) && is_in(t.latest_start) && t.latest_end > to),
            late: ids(&|t| matches!(t.state, TaskState::Overdue | TaskState::Late)),
            next: ids(&|t| is_open(t) && [t.latest_start, t.latest_end].iter().any(|d| next <= *d && *d <= next_end)),
        }
    }
}
