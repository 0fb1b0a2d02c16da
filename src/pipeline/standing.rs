//! Where a project stands, what is missing for its next phase, and what is wrong with it: one check, for saving and for asking.

use serde::Serialize;

use crate::chain::Finding;
use crate::enterprise::Date;
use crate::order::sort_by_key;
use crate::pipeline::phases::{Phase, Phases, is_for};
use crate::pipeline::project::{Event, Project};

/// Where a project stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing<'p> {
    /// The furthest phase it has entered since it last came back from the pool; none before the first.
    pub phase: Option<&'p Phase>,
    /// Since when.
    pub since: Option<Date>,
    /// When it went back to the pool, if it is there.
    pub returned: Option<Date>,
}

/// Events until a day in the order of their days; on one day by the order of the phases that they enter.
pub(super) fn in_order<'e>(phases: &Phases, project: &'e Project, today: Date) -> Vec<&'e Event> {
    let place = |e: &Event| phases.phases.iter().position(|p| p.event == e.event).map_or(0, |p| p + 1);
    let mut events: Vec<&Event> = project.events.iter().filter(|e| e.day <= today).collect();
    // A return ends its day.
    sort_by_key(&mut events, |e| (e.day, e.event == phases.returned, place(e)));
    events
}

/// Events in order, cut after every return: the runs of a project through the phases.
pub(super) fn runs<'a, 'e>(phases: &Phases, events: &'a [&'e Event]) -> Vec<&'a [&'e Event]> {
    events.split_inclusive(|e| e.event == phases.returned).collect()
}

/// The run that a project is in, or was in when it went back to the pool.
pub(super) fn run<'a, 'e>(phases: &Phases, events: &'a [&'e Event]) -> &'a [&'e Event] {
    runs(phases, events).pop().unwrap_or_default()
}

impl Phases {
    /// Where a project stands.
    ///
    /// ```
    /// use xiangma::Date;
    /// use xiangma::pipeline::{Event, Phases, Project};
    ///
    /// let mut project = Project::new("1");
    /// project.events = vec![Event::new(Date::constant(2026, 5, 8), "signed"), Event::new(Date::constant(2026, 3, 2), "intent")];
    /// let phases = Phases::default();
    /// let standing = phases.standing(&project);
    /// assert_eq!(standing.phase.map(|p| p.id.as_str()), Some("signed"));
    /// assert_eq!(standing.since, Some(Date::constant(2026, 5, 8)));
    /// ```
    pub fn standing(&self, project: &Project) -> Standing<'_> {
        self.standing_on(project, Date::MAX)
    }

    /// Where a project stood on a day.
    pub fn standing_on(&self, project: &Project, day: Date) -> Standing<'_> {
        let events = in_order(self, project, day);
        let run = run(self, &events);
        let returned = run.last().filter(|e| e.event == self.returned).map(|e| e.day);
        let entered = self.phases.iter().rev().find_map(|p| Some((p, run.iter().find(|e| e.event == p.event)?.day)));
        Standing { phase: entered.map(|(p, _)| p), since: entered.map(|(_, day)| day), returned }
    }

    /// The phase after the one that a project is in, of those that its kind passes through.
    pub fn next(&self, project: &Project) -> Option<&Phase> {
        let standing = self.standing(project);
        // Out of the pool it begins anew.
        let phase = standing.phase.filter(|_| standing.returned.is_none());
        let after = phase.and_then(|p| self.phases.iter().position(|q| q.id == p.id)).map_or(0, |at| at + 1);
        self.phases.iter().skip(after).find(|p| is_for(&p.kinds, project.kind))
    }

    /// What a project lacks for a phase: fields that it and those before it demand, and gates it has not passed. Empty when it may enter.
    ///
    /// | code | meaning |
    /// |---|---|
    /// | `FIELD_MISSING` | a field that the phase, or one before it, demands |
    /// | `GATE_MISSING` | an event that must come before the phase has not happened |
    /// | `PHASE_SKIPPED` | a phase before it has not been entered |
    /// | `PHASE_NOT_ITS_KIND` | projects of its kind do not pass through the phase |
    ///
    /// ```
    /// use xiangma::pipeline::{Phases, Project};
    ///
    /// let phases = Phases::default();
    /// let mut project = Project::new("1");
    /// project.name = "光模块产线".to_owned();
    /// let first = phases.next(&project).ok_or("no phase")?;
    /// let missing: Vec<String> = phases.missing(&project, first).into_iter().map(|f| f.zh).collect();
    /// assert_eq!(missing, ["“意向”阶段须填写：项目类型", "“意向”阶段须填写：所属产业链", "“意向”阶段须填写：包干专员"]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn missing(&self, project: &Project, phase: &Phase) -> Vec<Finding> {
        let mut all = Vec::new();
        let events = in_order(self, project, Date::MAX);
        let run = run(self, &events);
        let has = |event: &str| run.iter().any(|e| e.event == event);
        let mut say = |code, zh: String, en: String| {
            // What two phases demand is said once.
            if !all.iter().any(|f: &Finding| f.zh == zh) {
                all.push(Finding { code, is_error: true, place: project.number.clone(), zh, en });
            }
        };
        if !is_for(&phase.kinds, project.kind) {
            let (kind_zh, kind_en) = project.kind.map_or(("", ""), super::ProjectKind::words);
            say(
                "PHASE_NOT_ITS_KIND",
                format!("{kind_zh}项目不经过“{}”阶段", phase.zh),
                format!("a project of the kind “{kind_en}” does not pass through “{}”", phase.en),
            );
        }
        let mut demanded = Vec::new();
        let upto = self.phases.iter().position(|p| p.id == phase.id).map_or(0, |at| at + 1);
        for p in self.phases.iter().take(upto).filter(|p| is_for(&p.kinds, project.kind)) {
            let of_kind = project.kind.and_then(|kind| p.demands_of.get(&kind));
            for demand in p.demands.iter().chain(of_kind.into_iter().flatten()) {
                if !demanded.contains(demand) && !demand.is_met(project) {
                    let (zh, en) = demand.words();
                    say("FIELD_MISSING", format!("“{}”阶段须填写：{zh}", p.zh), format!("“{}” demands {en}", p.en));
                }
                demanded.push(*demand);
            }
            for gate in self.gates_of(&p.id, project.kind).filter(|g| !has(&g.event)) {
                let (zh, en) = self.event(&gate.event).map_or(("", ""), |e| (e.zh.as_str(), e.en.as_str()));
                say("GATE_MISSING", format!("“{}”阶段前须：{zh}", p.zh), format!("before “{}” it must be {en}", p.en));
            }
            if p.id == phase.id {
                break;
            }
            // Where the kind is not known, a phase that only some kinds pass through may be none of its own.
            if !has(&p.event) && (p.kinds.is_empty() || project.kind.is_some()) {
                say("PHASE_SKIPPED", format!("“{}”阶段尚未进入", p.zh), format!("“{}” has not been entered", p.en));
            }
        }
        all
    }

    /// Everything that is wrong with a project: what the phase it is in demands, and what its events say. The check that saving makes.
    ///
    /// Beside the codes of [`missing`](Self::missing):
    ///
    /// | code | error | meaning |
    /// |---|---|---|
    /// | `NUMBER_EMPTY` | yes | it has no number |
    /// | `EVENT_UNKNOWN` | yes | an event that the phases do not define |
    /// | `EVENT_TWICE` | no | an event twice with no return between |
    /// | `EVENT_TO_COME` | yes | an event after today |
    /// | `OUT_OF_ORDER` | yes | a phase entered before an earlier one, or before its gate |
    /// | `NO_REASON` | yes | a return without a reason |
    /// | `AFTER_RETURN` | no | it is in the pool |
    pub fn check(&self, project: &Project, today: Date) -> Vec<Finding> {
        let mut all = Vec::new();
        let mut say = |code, is_error, zh: String, en: String| all.push(Finding { code, is_error, place: project.number.clone(), zh, en });
        if project.number.trim().is_empty() {
            say("NUMBER_EMPTY", true, "项目没有编号".to_owned(), "the project has no number".to_owned());
        }
        let events = in_order(self, project, Date::MAX);
        let name = |id: &str| self.event(id).map_or((id.to_owned(), id.to_owned()), |e| (e.zh.clone(), e.en.clone()));
        for e in &events {
            let ((zh, en), day) = (name(&e.event), e.day);
            if self.event(&e.event).is_none() {
                say("EVENT_UNKNOWN", true, format!("事件“{zh}”未定义"), format!("the event `{en}` is not defined"));
            }
            if day > today {
                say("EVENT_TO_COME", true, format!("“{zh}”日期 {day} 晚于今天"), format!("“{en}” is dated {day}, after today"));
            }
            if e.event == self.returned && e.note.as_deref().is_none_or(|note| note.trim().is_empty()) {
                say("NO_REASON", true, format!("{day} {zh}未注明原因"), format!("“{en}” on {day} gives no reason"));
            }
        }
        let run = run(self, &events);
        for (at, e) in run.iter().enumerate() {
            if run.iter().take(at).any(|before| before.event == e.event) {
                let (zh, en) = name(&e.event);
                say("EVENT_TWICE", false, format!("“{zh}”重复登记，按首次计"), format!("“{en}” stands twice; the first counts"));
            }
        }
        let first = |event: &str| run.iter().find(|e| e.event == event).map(|e| e.day);
        let steps: Vec<(&str, &str)> = self.steps(project);
        for (before, after) in steps {
            if let (Some(a), Some(b)) = (first(before), first(after))
                && b < a
            {
                let ((zh_a, en_a), (zh_b, en_b)) = (name(before), name(after));
                say(
                    "OUT_OF_ORDER",
                    true,
                    format!("“{zh_b}”（{b}）早于“{zh_a}”（{a}）"),
                    format!("“{en_b}” ({b}) is before “{en_a}” ({a})"),
                );
            }
        }
        let standing = self.standing(project);
        if let Some(day) = standing.returned {
            say("AFTER_RETURN", false, format!("项目已于 {day} 退库"), format!("it went back to the pool on {day}"));
        } else if let Some(phase) = standing.phase {
            all.extend(self.missing(project, phase));
        }
        all
    }

    /// Pairs of events of which the first must not be later: neighbouring phases that a project has entered, and gates and their phases.
    fn steps<'p>(&'p self, project: &'p Project) -> Vec<(&'p str, &'p str)> {
        let entered: Vec<&Phase> = self.of_kind(project.kind).filter(|p| project.events.iter().any(|e| e.event == p.event)).collect();
        let gates = entered.iter().flat_map(|p| self.gates_of(&p.id, project.kind).map(|g| (g.event.as_str(), p.event.as_str())));
        let phases = entered.iter().zip(entered.iter().skip(1)).map(|(a, b)| (a.event.as_str(), b.event.as_str()));
        phases.chain(gates).collect()
    }
}
