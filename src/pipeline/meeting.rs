//! The sheet for the meeting of the half month.

use serde::Serialize;

use crate::enterprise::Date;
use crate::pipeline::phases::Phases;
use crate::pipeline::project::Project;
use crate::pipeline::schedule::{HalfMonth, half_month};
use crate::pipeline::tasks::Tasks;
use crate::pipeline::workdays::WorkCalendar;

/// 半月度例会: of every project with a target what was done, what is due, what is late, what is next.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Meeting {
    /// The first and last day of the half month.
    #[cfg_attr(feature = "types", ts(type = "[string, string]"))]
    pub days: (Date, Date),
    /// The projects under way that have a target.
    pub projects: Vec<MeetingProject>,
    /// How many under way have none.
    pub without_target: u32,
    /// Those that cannot be scheduled: their numbers, and why.
    pub unscheduled: Vec<(String, String)>,
}

/// A project in the sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct MeetingProject {
    /// Its number.
    pub project: String,
    /// Its name.
    pub name: String,
    /// Who answer for it.
    pub officers: Vec<String>,
    /// Its tasks, by their ids.
    #[serde(flatten)]
    pub sheet: HalfMonth,
    /// Working days to spare until the target; negative for those that are missing.
    pub slack: i32,
    /// Whether a day of its schedule rests on holidays that are not published yet.
    pub estimated: bool,
}

/// The sheet of the half month that a day is in: see [`Tasks::schedule_of`].
pub fn meeting(projects: &[Project], phases: &Phases, tasks: &Tasks, today: Date, calendar: &WorkCalendar) -> Meeting {
    let mut sheet = Meeting { days: half_month(today), projects: Vec::new(), without_target: 0, unscheduled: Vec::new() };
    for project in projects.iter().filter(|p| phases.standing(p).returned.is_none() && phases.next(p).is_some()) {
        let Some(target) = project.target else {
            sheet.without_target += 1;
            continue;
        };
        match tasks.schedule_of(project, phases, target, today, calendar) {
            Ok(schedule) => sheet.projects.push(MeetingProject {
                project: project.number.clone(),
                name: project.name.clone(),
                officers: project.officers.clone(),
                sheet: schedule.half_month(today),
                slack: schedule.slack,
                estimated: schedule.estimated,
            }),
            Err(why) => sheet.unscheduled.push((project.number.clone(), why.to_string())),
        }
    }
    sheet
}
