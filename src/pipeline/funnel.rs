//! What becomes of projects: by the month they entered, phase by phase, and which are stuck.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::Date;
use crate::order::{map, sort};
use crate::pipeline::clocks::days;
use crate::pipeline::phases::{Phase, Phases};
use crate::pipeline::project::{Event, Project};
use crate::pipeline::share::Share;
use crate::pipeline::standing::{in_order, runs};
use crate::pipeline::survival::{Survival, Watched};

/// How long a cohort is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Every {
    /// Those of a month, `2026-03`.
    Month,
    /// Those of a quarter, `2026-Q1`.
    Quarter,
    /// Those of a year, `2026`.
    Year,
}

impl Every {
    fn name(self, day: Date) -> String {
        match self {
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Self::Quarter => format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3),
            Self::Year => format!("{:04}", day.year()),
        }
    }
}

/// Projects that entered in the same time, and what became of them. A project that came back from the pool entered twice.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Cohort {
    /// When they entered.
    pub entered: String,
    /// How many.
    pub projects: u32,
    /// Of each phase, how many have come to it or beyond.
    pub reached: Vec<Reached>,
    /// How many went back to the pool.
    pub returned: u32,
    /// How many have come to the last phase.
    pub finished: u32,
    /// How many are still on their way.
    pub open: u32,
}

/// How many of a cohort came to a phase or beyond.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Reached {
    /// Id of the phase.
    pub phase: String,
    /// How many, of all that entered.
    pub projects: Share,
}

/// How long projects stay in a phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PhaseTime {
    /// Id of the phase.
    pub phase: String,
    /// How many have entered it.
    pub entered: u32,
    /// How many went on to a later phase.
    pub went_on: u32,
    /// How many went back to the pool from it.
    pub returned: u32,
    /// How many are in it.
    pub open: u32,
    /// Of those that have left it, the share that went on.
    pub conversion: Share,
    /// Days until half have gone on, those that are in it still or went back counted as long as they were watched.
    pub median_days: Option<u32>,
    /// Days until four fifths have gone on.
    pub usual_days: Option<u32>,
    /// The estimate itself.
    pub survival: Survival,
}

/// A project that has been in its phase longer than four fifths of projects are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Stuck {
    /// Number of the project.
    pub project: String,
    /// Id of the phase.
    pub phase: String,
    /// Since when.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub since: Date,
    /// For how many days.
    pub days: u32,
    /// Days by which four fifths have gone on.
    pub usual_days: u32,
}

/// The share of projects that go on within the usual time.
const USUAL: f64 = 0.8;

/// A stay in a phase.
struct Stay<'p> {
    phase: &'p Phase,
    since: Date,
    watched: Watched,
    went_back: bool,
}

/// What a run says: where each phase was entered, first things first.
fn entries<'p>(phases: &'p Phases, run: &[&Event]) -> Vec<(usize, &'p Phase, Date)> {
    let entered = phases.phases.iter().enumerate();
    entered.filter_map(|(at, p)| Some((at, p, run.iter().find(|e| e.event == p.event)?.day))).collect()
}

fn end(phases: &Phases, run: &[&Event]) -> Option<Date> {
    run.last().filter(|e| e.event == phases.returned).map(|e| e.day)
}

fn stays<'p>(phases: &'p Phases, run: &[&Event], today: Date) -> Vec<Stay<'p>> {
    let (entered, returned) = (entries(phases, run), end(phases, run));
    let stay = |(place, (_, phase, since)): (usize, &(usize, &'p Phase, Date))| {
        let next = entered.iter().skip(place + 1).map(|(_, _, day)| *day).filter(|day| day >= since).min();
        let until = next.or(returned).unwrap_or(today);
        let watched = Watched { days: days(*since, until).max(0) as u32, happened: next.is_some() };
        Stay { phase, since: *since, watched, went_back: next.is_none() && returned.is_some() }
    };
    entered.iter().enumerate().map(stay).collect()
}

/// What became of projects, by when they entered their first phase.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{Event, Every, Phases, Project, funnel};
///
/// let mut one = Project::new("1");
/// one.events = vec![Event::new(Date::constant(2026, 3, 2), "intent"), Event::new(Date::constant(2026, 5, 7), "signed")];
/// let mut two = Project::new("2");
/// two.events = vec![Event::new(Date::constant(2026, 3, 9), "intent")];
/// let cohorts = funnel(&[one, two], &Phases::default(), Date::constant(2026, 11, 1), Every::Month);
/// assert_eq!((cohorts[0].entered.as_str(), cohorts[0].projects, cohorts[0].open), ("2026-03", 2, 2));
/// assert_eq!(cohorts[0].reached[1].projects.percent().as_deref(), Some("50.0"));
/// ```
pub fn funnel(projects: &[Project], phases: &Phases, today: Date, every: Every) -> Vec<Cohort> {
    let mut cohorts: BTreeMap<String, Cohort> = BTreeMap::new();
    let mut counts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let last = phases.phases.len().saturating_sub(1);
    for project in projects {
        let events = in_order(phases, project, today);
        for run in runs(phases, &events) {
            let entered = entries(phases, run);
            let (Some(furthest), Some(first)) = (entered.last().map(|e| e.0), entered.iter().map(|e| e.2).min()) else { continue };
            let name = every.name(first);
            let cohort = cohorts.entry(name.clone()).or_insert_with(|| Cohort {
                entered: name.clone(),
                projects: 0,
                reached: Vec::new(),
                returned: 0,
                finished: 0,
                open: 0,
            });
            cohort.projects += 1;
            let (went_back, is_finished) = (end(phases, run).is_some(), furthest == last);
            *(if went_back {
                &mut cohort.returned
            } else if is_finished {
                &mut cohort.finished
            } else {
                &mut cohort.open
            }) += 1;
            let counted = counts.entry(name).or_insert_with(|| vec![0; phases.phases.len()]);
            counted.iter_mut().take(furthest + 1).for_each(|n| *n += 1);
        }
    }
    for (name, cohort) in &mut cohorts {
        let counted = counts.get(name).map_or(&[][..], Vec::as_slice);
        let reached = phases.phases.iter().zip(counted);
        cohort.reached = reached.map(|(p, n)| Reached { phase: p.id.clone(), projects: Share::new(*n, cohort.projects) }).collect();
    }
    cohorts.into_values().collect()
}

/// How long projects stay in each phase, and how many go on.
pub fn phase_times(projects: &[Project], phases: &Phases, today: Date) -> Vec<PhaseTime> {
    let mut all: BTreeMap<&str, Vec<(Watched, bool)>> = BTreeMap::new();
    for project in projects {
        let events = in_order(phases, project, today);
        for run in runs(phases, &events) {
            for stay in stays(phases, run, today) {
                all.entry(&stay.phase.id).or_default().push((stay.watched, stay.went_back));
            }
        }
    }
    let last = phases.phases.len().saturating_sub(1);
    // Nothing comes after the last.
    let time = |phase: &Phase| {
        let stays = all.get(phase.id.as_str()).map_or(&[][..], Vec::as_slice);
        let survival = Survival::new(stays.iter().map(|(w, _)| *w));
        let went_on = stays.iter().filter(|(w, _)| w.happened).count() as u32;
        let returned = stays.iter().filter(|(_, went_back)| *went_back).count() as u32;
        PhaseTime {
            phase: phase.id.clone(),
            entered: stays.len() as u32,
            went_on,
            returned,
            open: stays.len() as u32 - went_on - returned,
            conversion: Share::new(went_on, went_on + returned),
            median_days: survival.median(),
            usual_days: survival.day_by(USUAL),
            survival,
        }
    };
    phases.phases.iter().take(last).map(time).collect()
}

/// The projects that have been in their phase for longer than four fifths of projects are, the longest past that first. In a phase that fewer than
/// four fifths have left by any day, nobody is known to be stuck.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{Event, Phases, Project, stuck};
///
/// let day = |d| Date::constant(2026, 3, d);
/// let mut projects: Vec<Project> = (1..=5).map(|n| Project::new(n.to_string())).collect();
/// for (project, signed) in projects.iter_mut().zip([6, 8, 10, 12]) {
///     project.events = vec![Event::new(day(2), "intent"), Event::new(day(signed), "signed")];
/// }
/// projects[4].events = vec![Event::new(day(2), "intent")];
/// let stuck = stuck(&projects, &Phases::default(), Date::constant(2026, 3, 31));
/// assert_eq!((stuck[0].project.as_str(), stuck[0].days, stuck[0].usual_days), ("5", 29, 10));
/// ```
pub fn stuck(projects: &[Project], phases: &Phases, today: Date) -> Vec<Stuck> {
    let times = phase_times(projects, phases, today);
    let usual: BTreeMap<&str, u32> = map(times.iter().filter_map(|t| Some((t.phase.as_str(), t.usual_days?))));
    let mut stuck = Vec::new();
    for project in projects {
        let events = in_order(phases, project, today);
        let Some(run) = runs(phases, &events).pop() else { continue };
        // The last phase of a run that goes on.
        let Some(stay) = stays(phases, run, today).pop().filter(|s| !s.watched.happened && !s.went_back) else { continue };
        if let Some(usual_days) = usual.get(stay.phase.id.as_str()).copied().filter(|usual| stay.watched.days > *usual) {
            let (phase, since, days) = (stay.phase.id.clone(), stay.since, stay.watched.days);
            stuck.push(Stuck { project: project.number.clone(), phase, since, days, usual_days });
        }
    }
    sort(&mut stuck, &|a, b| (b.days - b.usual_days).cmp(&(a.days - a.usual_days)).then_with(|| a.project.cmp(&b.project)));
    stuck
}
