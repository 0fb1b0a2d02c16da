//! What became of leads, for learning from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::Finding;
use crate::enterprise::{Date, EnterpriseKey};
use crate::error::{Error, Kind};
use crate::ledger::Ledger;
use crate::ledger::kinds::{LeadStatus, canonical};
use crate::pipeline::Phases;

/// What became of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// A project of it went back to the pool before the phase, or it was given up.
    Lost,
    /// Nobody knows yet.
    Open,
    /// A project of it came to the phase.
    Reached,
}

impl Outcome {
    /// The word that [`learn`](crate::learn) reads in a column of outcomes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lost => "否",
            Self::Open => "跟进中",
            Self::Reached => "是",
        }
    }
}

/// What became of one enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct LeadOutcome {
    /// The enterprise.
    pub enterprise: EnterpriseKey,
    /// What became of it.
    pub outcome: Outcome,
    /// When that was: the day of the phase, or of the return; none of one that is open or was given up.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub day: Option<Date>,
}

/// What became of every enterprise of a ledger, by its leads and projects, in the order of their keys: whether one came to a phase. Of several
/// projects of an enterprise the best counts; one that is under way makes it open.
///
/// ```
/// use serde_json::json;
/// use xiangma::ledger::{Ledger, Moment, Outcome, RecordKind, outcomes};
/// use xiangma::pipeline::Phases;
///
/// let mut ledger = Ledger::new();
/// let now: Moment = "2026-03-02T01:00:00Z".parse()?;
/// ledger.change(&"lead:甲公司".parse()?, [("status", json!("given_up"))], "李", now)?;
/// ledger.change(&"lead:乙公司".parse()?, [("status", json!("in_talks"))], "李", now)?;
/// ledger.change(&"project:1".parse()?, [("enterprise", json!("丙公司|"))], "李", now)?;
/// ledger.add(RecordKind::Event, [("project", json!("1")), ("day", json!("2026-03-01")), ("event", json!("signed"))], "李", now)?;
/// let (found, _) = outcomes(&ledger, &Phases::default(), "signed", "2026-11-01".parse()?)?;
/// let told: Vec<Outcome> = found.iter().map(|o| o.outcome).collect();
/// assert_eq!(told, [Outcome::Reached, Outcome::Open, Outcome::Lost]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT` when there is no such phase.
pub fn outcomes(ledger: &Ledger, phases: &Phases, phase: &str, today: Date) -> Result<(Vec<LeadOutcome>, Vec<Finding>), Error> {
    let Some(needed) = phases.phases.iter().position(|p| p.id == phase) else {
        let known: Vec<&str> = phases.phases.iter().map(|p| p.id.as_str()).collect();
        return Err(Kind::BadArgument(format!("`{phase}` is no phase; phases: {}", known.join(", "))).into());
    };
    let (book, mut findings) = ledger.book();
    let (leads, more) = ledger.leads();
    findings.extend(more);
    let mut of_projects: BTreeMap<EnterpriseKey, (Outcome, Option<Date>)> = BTreeMap::new();
    for project in &book.projects {
        let Some(enterprise) = &project.enterprise else { continue };
        let is_beyond = |event: &str| phases.phases.iter().skip(needed).any(|p| p.event == event);
        let reached = project.events.iter().filter(|e| e.day <= today && is_beyond(&e.event)).map(|e| e.day).min();
        let found = match (reached, phases.standing(project).returned.filter(|day| *day <= today)) {
            (Some(day), _) => (Outcome::Reached, Some(day)),
            (None, Some(day)) => (Outcome::Lost, Some(day)),
            (None, None) => (Outcome::Open, None),
        };
        let best = of_projects.entry(canonical(&enterprise.to_string())).or_insert(found);
        // The better; of equals the earlier.
        if found.0 > best.0 || found.0 == best.0 && found.1 < best.1 {
            *best = found;
        }
    }
    for lead in leads {
        let own = if lead.status == LeadStatus::GivenUp { Outcome::Lost } else { Outcome::Open };
        of_projects.entry(lead.enterprise).or_insert((own, None));
    }
    let told = |(enterprise, (outcome, day))| LeadOutcome { enterprise, outcome, day };
    Ok((of_projects.into_iter().map(told).collect(), findings))
}
