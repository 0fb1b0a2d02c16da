//! Everything that is wrong with what a ledger holds, for a team to look through.

use crate::chain::Finding;
use crate::enterprise::Date;
use crate::ledger::Ledger;
use crate::ledger::change::Moment;
use crate::order::sort_by_key;
use crate::pipeline::Phases;

impl Ledger {
    /// What is wrong with records and projects, and which fields are in conflict; errors first.
    ///
    /// Beside the codes of [`book`](Self::book) and of [`Phases::check`]:
    ///
    /// | code | error | meaning |
    /// |---|---|---|
    /// | `CONFLICT` | no | two wrote a field without knowing of each other |
    /// | `AHEAD_OF_TIME` | no | changes that say they were made after now: somebody's clock is wrong |
    /// | `ISSUE_CLOSED_EARLY` | yes | an issue was assigned or closed before it was raised |
    pub fn findings(&self, phases: &Phases, today: Date, now: Moment) -> Vec<Finding> {
        let (book, mut all) = self.book();
        all.extend(self.leads().1);
        for project in &book.projects {
            all.extend(phases.check(project, today));
        }
        for issue in &book.issues {
            let early = [issue.assigned, issue.closed].into_iter().flatten().find(|day| *day < issue.raised);
            if let Some(day) = early {
                let (number, raised) = (&issue.number, issue.raised);
                all.push(Finding {
                    code: "ISSUE_CLOSED_EARLY",
                    is_error: true,
                    place: number.clone(),
                    zh: format!("问题“{number}”于 {raised} 提出，却在 {day} 交办或办结"),
                    en: format!("the issue `{number}` was raised on {raised}, and assigned or closed on {day}"),
                });
            }
        }
        for conflict in self.conflicts() {
            let told: Vec<String> = conflict.values.iter().map(|h| format!("{} {}", h.by, h.value)).collect();
            let (field, on) = (&conflict.field, &conflict.on);
            all.push(Finding {
                code: "CONFLICT",
                is_error: false,
                place: on.to_string(),
                zh: format!("{on} 的“{field}”有不同填法，现按最新的计：{}", told.join("；")),
                en: format!("`{field}` of {on} was written differently; the newest holds: {}", told.join("; ")),
            });
        }
        let ahead = self.changes().iter().filter(|c| c.at > now).count();
        if ahead > 0 {
            all.push(Finding {
                code: "AHEAD_OF_TIME",
                is_error: false,
                place: String::new(),
                zh: format!("{ahead} 条改动的时间晚于现在，请核对电脑时钟"),
                en: format!("{ahead} changes say that they were made after now: look at the clocks of the computers"),
            });
        }
        sort_by_key(&mut all, |f| !f.is_error);
        all
    }
}
