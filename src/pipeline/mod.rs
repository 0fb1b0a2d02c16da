//! Projects after contact, from intent to production: phases, clocks, schedules, funnels, and the figures of a year.
//!
//! Rules are data: phases with the fields each demands, gates, clocks and tasks come in files that a zone may edit. Days are civil dates; no
//! clock is read and no time zone known: whoever asks says which day it is.

mod activity;
mod clock;
mod clocks;
mod funnel;
mod icalendar;
mod land;
mod meeting;
mod phases;
mod portfolio;
mod project;
mod schedule;
mod share;
mod standing;
mod status;
mod survival;
mod tasks;
mod workdays;

pub use activity::{Activity, IssueFigures, Reminder, activity, reminders};
pub use clock::{Clock, Target};
pub use clocks::{By, ClockState, ClockSummary, Reading, clocks};
pub use funnel::{Cohort, Every, PhaseTime, Reached, Stuck, funnel, phase_times, stuck};
pub use land::Land;
pub use meeting::{Meeting, MeetingProject, meeting};
pub use phases::{Demand, EventKind, Gate, Phase, Phases, check_phases};
pub use portfolio::{Compared, Month, Part, Portfolio, Unknowns, YearOptions, portfolio};
pub use project::{Book, Document, Event, Issue, Project, ProjectKind, Visit};
pub use schedule::{HalfMonth, Schedule, Scheduled, TaskState, half_month};
pub use share::Share;
pub use standing::Standing;
pub use status::{ProjectStatus, status};
pub use survival::{Survival, SurvivalStep, Watched};
pub use tasks::{Task, Tasks, check_tasks};
pub use workdays::{WorkCalendar, WorkingDays};
