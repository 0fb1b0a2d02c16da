//! Visits and issues (走访, 问题): how many, how fast, and what is due.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use serde::Serialize;

use crate::enterprise::Date;
use crate::order::{set, sort};
use crate::pipeline::clocks::{ClockState, Spread, days};
use crate::pipeline::phases::Phases;
use crate::pipeline::project::{Book, Issue};
use crate::pipeline::share::Share;
use crate::pipeline::workdays::WorkCalendar;

/// What was done in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Activity {
    /// The first day.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub from: Date,
    /// The last.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub to: Date,
    /// 走访: how many visits.
    pub visits: u32,
    /// Enterprises that were visited.
    pub enterprises: u32,
    /// 外出招商: how many trips.
    pub trips: u32,
    /// Enterprises that were visited on them.
    pub trip_enterprises: u32,
    /// Projects with a visit or an event.
    pub projects: u32,
    /// Visits by officer.
    pub by_officer: BTreeMap<String, u32>,
    /// Issues that were raised in the period, and what became of them.
    pub issues: IssueFigures,
}

/// What became of issues.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct IssueFigures {
    /// How many were raised.
    pub raised: u32,
    /// Of them, how many somebody was named for.
    pub assigned: Share,
    /// Of them, how many are closed: 办结率.
    pub closed: Share,
    /// Mean days from raised to assigned.
    pub mean_days_to_assign: Option<f64>,
    /// The middle one.
    pub median_days_to_assign: Option<f64>,
    /// Mean days from raised to closed.
    pub mean_days_to_close: Option<f64>,
    /// The middle one.
    pub median_days_to_close: Option<f64>,
}

/// What was done from a day to another; what comes after the last of them has not happened.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{Book, Phases, activity};
///
/// let book: Book = serde_json::from_str(
///     r#"{"issues": [{"number": "1", "title": "用电扩容", "raised": "2026-03-02", "assigned": "2026-03-03", "closed": "2026-03-12"},
///                    {"number": "2", "title": "用工", "raised": "2026-03-05"}]}"#,
/// )?;
/// let march = activity(&book, &Phases::default(), Date::constant(2026, 3, 1), Date::constant(2026, 3, 31));
/// assert_eq!(march.issues.closed.percent().as_deref(), Some("50.0"));
/// assert_eq!(march.issues.mean_days_to_close, Some(10.0));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn activity(book: &Book, phases: &Phases, from: Date, to: Date) -> Activity {
    let is_in = |day: Date| from <= day && day <= to;
    let visits: Vec<_> = book.visits.iter().filter(|v| is_in(v.day)).collect();
    let enterprises: BTreeSet<_> = set(visits.iter().filter_map(|v| v.enterprise.as_ref()));
    let trips: BTreeSet<_> = set(visits.iter().filter_map(|v| v.trip.as_deref()));
    let on_trips: BTreeSet<_> = set(visits.iter().filter(|v| v.trip.is_some()).filter_map(|v| v.enterprise.as_ref()));
    let mut projects: BTreeSet<&str> = set(visits.iter().filter_map(|v| v.project.as_deref()));
    let is_alive = |event: &str| event != phases.returned;
    projects
        .extend(book.projects.iter().filter(|p| p.events.iter().any(|e| is_in(e.day) && is_alive(&e.event))).map(|p| p.number.as_str()));
    let mut by_officer: BTreeMap<String, u32> = BTreeMap::new();
    visits.iter().flat_map(|v| &v.officers).for_each(|officer| *by_officer.entry(officer.clone()).or_default() += 1);
    let issues: Vec<&Issue> = book.issues.iter().filter(|i| is_in(i.raised)).collect();
    Activity {
        from,
        to,
        visits: visits.len() as u32,
        enterprises: enterprises.len() as u32,
        trips: trips.len() as u32,
        trip_enterprises: on_trips.len() as u32,
        projects: projects.len() as u32,
        by_officer,
        issues: issue_figures(&issues, to),
    }
}

fn issue_figures(issues: &[&Issue], to: Date) -> IssueFigures {
    let spread = |day: &dyn Fn(&Issue) -> Option<Date>| {
        let days = issues.iter().filter_map(|i| Some(days(i.raised, day(i).filter(|d| *d <= to)?)));
        Spread::of(days.collect())
    };
    // One that is closed was somebody's, whether or not that was written down.
    let (assigned, closed) = (spread(&|i| i.assigned), spread(&|i| i.closed));
    let raised = issues.len() as u32;
    let has = |day: Option<Date>| day.is_some_and(|d| d <= to);
    let taken = issues.iter().filter(|i| has(i.assigned) || has(i.closed)).count() as u32;
    IssueFigures {
        raised,
        assigned: Share::new(taken, raised),
        closed: Share::new(closed.0.len() as u32, raised),
        mean_days_to_assign: assigned.mean(),
        median_days_to_assign: assigned.median(),
        mean_days_to_close: closed.mean(),
        median_days_to_close: closed.median(),
    }
}

/// Something that is due, or should have been done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Reminder {
    /// The day by which it is due.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub due: Date,
    /// `clock`, `issue`, or `issue_unassigned`.
    pub kind: &'static str,
    /// Number of the project or the issue.
    pub about: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What is due within some days from today, or is overdue, the longest first: clocks of projects, issues with a day, and issues that nobody was
/// named for, which are due on the day they were raised.
pub fn reminders(book: &Book, phases: &Phases, today: Date, within_days: u32, calendar: &WorkCalendar) -> Vec<Reminder> {
    let until = today.saturating_add(i64::from(within_days.min(36_500)).days());
    let mut all = Vec::new();
    for project in &book.projects {
        for reading in phases.clocks_of(project, today, calendar) {
            let runs = matches!(reading.state, ClockState::Running | ClockState::Overdue);
            let Some(due) = reading.due.filter(|due| runs && *due <= until) else { continue };
            let Some(clock) = phases.clocks.iter().find(|c| c.id == reading.clock) else { continue };
            let (state_zh, state_en) = reading.state.words();
            all.push(Reminder {
                due,
                kind: "clock",
                about: project.number.clone(),
                zh: format!("{} {}：期限 {due}，{state_zh}", project.name, clock.zh),
                en: format!("{} {}: due on {due}, {state_en}", project.name, clock.en),
            });
        }
    }
    for issue in book.issues.iter().filter(|i| i.closed.is_none_or(|day| day > today) && i.raised <= today) {
        let (title, raised, about) = (&issue.title, issue.raised, issue.number.clone());
        if let Some(due) = issue.due.filter(|due| *due <= until) {
            let (zh, en) = (format!("问题“{title}”须于 {due} 前办结"), format!("the issue “{title}” is to be closed by {due}"));
            all.push(Reminder { due, kind: "issue", about: about.clone(), zh, en });
        }
        if issue.assigned.is_none() && issue.assignee.is_none() {
            let zh = format!("问题“{title}”（{raised} 提出）尚未交办");
            let en = format!("nobody has been named for the issue “{title}” of {raised}");
            all.push(Reminder { due: raised, kind: "issue_unassigned", about, zh, en });
        }
    }
    sort(&mut all, &Ord::cmp);
    all
}
