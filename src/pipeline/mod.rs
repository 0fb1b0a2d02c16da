//! Projects after contact, from intent to production: phases, clocks, schedules, funnels, and the figures of a year.
//!
//! Rules are data: phases with the fields each demands, gates, clocks and tasks come in files that a zone may edit. Days are civil dates; no
//! clock is read and no time zone known: whoever asks says which day it is.

mod activity;
pub(crate) mod amounts;
mod appraisal;
mod appraisal_rules;
mod clock;
mod clocks;
mod fact;
mod funnel;
mod icalendar;
mod land;
mod meeting;
mod per_mu;
mod per_mu_figures;
mod per_mu_rules;
mod phases;
mod portfolio;
mod project;
mod rules_file;
mod schedule;
mod share;
mod standing;
mod status;
mod survival;
mod tasks;
mod workdays;

pub use activity::{Activity, IssueFigures, Reminder, activity, reminders};
pub use appraisal::{Appraisal, Appraised, Tested, Verdict, appraise};
pub use appraisal_rules::{AppraisalRules, ProjectBonus, ProjectCriterion, ProjectTest, check_appraisal};
pub use clock::{Clock, Target};
pub use clocks::{By, ClockState, ClockSummary, Reading, clocks};
pub use fact::{FactValue, ProjectFact};
pub use funnel::{Cohort, Every, PhaseTime, Reached, Stuck, funnel, phase_times, stuck};
pub use land::Land;
pub use meeting::{Meeting, MeetingProject, meeting};
pub use per_mu::{PerMu, PerMuPoints, per_mu};
pub use per_mu_figures::{Figure, PerMuFigures};
pub use per_mu_rules::{Measure, MissingItem, PerMuGrade, PerMuItem, PerMuRules, check_per_mu};
pub use phases::{Demand, EventKind, Gate, Phase, Phases, check_phases};
pub use portfolio::{Compared, Month, Part, Portfolio, Unknowns, YearOptions, portfolio};
pub use project::{Book, Document, Event, Issue, PolicyClass, Project, ProjectKind, Visit};
pub use schedule::{HalfMonth, Schedule, Scheduled, TaskState, half_month};
pub use share::Share;
pub use standing::Standing;
pub use status::{ProjectStatus, status};
pub use survival::{Survival, SurvivalStep, Watched};
pub use tasks::{Task, Tasks, check_tasks};
pub use workdays::{WorkCalendar, WorkingDays};
