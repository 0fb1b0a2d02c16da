//! Where every project of a book stands.

use serde::Serialize;

use crate::chain::Finding;
use crate::enterprise::Date;
use crate::pipeline::phases::Phases;
use crate::pipeline::project::Project;

/// Where a project stands, and what it lacks for its next phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct ProjectStatus {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Id of the phase it is in; none before the first.
    pub phase: Option<String>,
    /// Since when.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub since: Option<Date>,
    /// For how many days, until it went back to the pool or until today.
    pub days: Option<i32>,
    /// When it went back to the pool, if it is there.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub returned: Option<Date>,
    /// Id of the next phase of those its kind passes through.
    pub next: Option<String>,
    /// What it lacks for that phase; see [`Phases::missing`].
    pub missing: Vec<Finding>,
}

impl ProjectStatus {
    /// True for one that may enter its next phase today.
    pub fn is_ready(&self) -> bool {
        self.next.is_some() && self.missing.is_empty() && self.returned.is_none()
    }
}

/// Where each project stands, in the order given; `today` counts the days. What has not happened yet is left out by [`Book::as_of`](super::Book::as_of).
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{Phases, Project, status};
///
/// let project: Project = serde_json::from_str(r#"{"number": "1", "events": [{"day": "2026-03-02", "event": "intent"}]}"#)?;
/// let all = status(&[project], &Phases::default(), Date::constant(2026, 3, 9));
/// assert_eq!((all[0].phase.as_deref(), all[0].days, all[0].is_ready()), (Some("intent"), Some(7), false));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn status(projects: &[Project], phases: &Phases, today: Date) -> Vec<ProjectStatus> {
    let of = |project: &Project| {
        let standing = phases.standing(project);
        let next = phases.next(project);
        ProjectStatus {
            number: project.number.clone(),
            name: project.name.clone(),
            phase: standing.phase.map(|p| p.id.clone()),
            since: standing.since,
            days: standing.since.map(|since| (standing.returned.unwrap_or(today) - since).get_days()),
            returned: standing.returned,
            next: next.map(|p| p.id.clone()),
            missing: next.map(|next| phases.missing(project, next)).unwrap_or_default(),
        }
    };
    projects.iter().map(of).collect()
}
