//! The one file of a team, and the projects it follows, across the border.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::plan::given;
use super::{bad_argument, crossed, day, out};
use xiangma::learn::Frame;
use xiangma::ledger::{self, Ledger, Moment, Opened, RecordId, RecordKind, outcomes, read_field};
use xiangma::pipeline::{
    self, Activity, AppraisalRules, Book, By, ClockSummary, Every, PerMuFigures, PerMuRules, Phases, Portfolio, Reading, Tasks,
    WorkCalendar, YearOptions, activity, appraise, clocks, funnel, meeting, per_mu, phase_times, portfolio, reminders, status, stuck,
};
use xiangma::{Catalogue, Date, Finding, Scorecard};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("team.d.ts");

#[wasm_bindgen]
extern "C" {
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Finding[]")]
    pub type JsFindings;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "TeamBook")]
    pub type JsBook;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "ProjectStatus[]")]
    pub type JsStatus;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Reminder[]")]
    pub type JsReminders;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "ClockGroup[]")]
    pub type JsClocks;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "ClockReading[]")]
    pub type JsReadings;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Schedule")]
    pub type JsSchedule;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Meeting")]
    pub type JsMeeting;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Cohort[]")]
    pub type JsCohorts;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "PhaseTime[]")]
    pub type JsTimes;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Stuck[]")]
    pub type JsStuck;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "YearFigures")]
    pub type JsYear;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "LeadOutcome[]")]
    pub type JsOutcomes;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Imported")]
    pub type JsImported;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Joined")]
    pub type JsJoined;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Conflict[]")]
    pub type JsConflicts;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "LedgerChange[]")]
    pub type JsHistory;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Undone")]
    pub type JsUndone;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "WorkingDays")]
    pub type JsDays;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Phases")]
    pub type JsPhases;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Tasks")]
    pub type JsTasks;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "Appraisal[]")]
    pub type JsAppraisals;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "PerMuEvaluation")]
    pub type JsPerMu;
}

/// The rules of a zone, as JSON texts; what is left out is built in.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Rules {
    phases: Option<String>,
    tasks: Option<String>,
    holidays: Option<String>,
    appraisal: Option<String>,
}

#[derive(Serialize)]
struct TeamBook {
    leads: Vec<ledger::Lead>,
    #[serde(flatten)]
    book: Book,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct ClockGroup {
    clock: String,
    group: String,
    #[serde(flatten)]
    summary: ClockSummary,
}

#[derive(Serialize)]
struct YearFigures {
    portfolio: Portfolio,
    activity: Activity,
}

/// What a year is asked with.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Year {
    target: Option<u32>,
    chains: Vec<String>,
}

fn on(text: &str, what: &str) -> Result<Date, JsValue> {
    day(text).ok_or_else(|| bad_argument(format!("{what}: `{text}` is not a day written YYYY-MM-DD")))
}

fn moment(text: &str) -> Result<Moment, JsValue> {
    text.parse().map_err(|_| bad_argument(format!("at: `{text}` is not a moment written as 2026-03-02T01:00:00Z")))
}

/// Fields of a record as texts, as people write them.
fn fields(kind: RecordKind, json: &str) -> Result<Vec<(String, Value)>, JsValue> {
    let texts: BTreeMap<String, String> = serde_json::from_str(json).map_err(|e| bad_argument(format!("fields: {e}")))?;
    texts.into_iter().map(|(field, text)| Ok((field.clone(), crossed(read_field(kind, &field, &text))?))).collect()
}

/// A ledger and the rules it is looked at with. Call `free()` when done with it.
#[wasm_bindgen(js_name = RawTeam)]
#[derive(Debug)]
pub struct RawTeam {
    ledger: Ledger,
    odd: Vec<Finding>,
    phases: Phases,
    tasks: Tasks,
    calendar: WorkCalendar,
    appraisal: AppraisalRules,
}

#[wasm_bindgen(js_class = RawTeam)]
impl RawTeam {
    /// Opens a ledger; no bytes for a new one.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], rules: &str) -> Result<RawTeam, JsValue> {
        let Rules { phases, tasks, holidays, appraisal } = serde_json::from_str(rules).map_err(|e| bad_argument(format!("rules: {e}")))?;
        let (ledger, odd) = if bytes.is_empty() {
            (Ledger::new(), Vec::new())
        } else {
            let Opened { ledger, findings, .. } = crossed(Ledger::open(bytes))?;
            (ledger, findings)
        };
        let china = WorkCalendar::china();
        Ok(Self {
            ledger,
            odd,
            phases: crossed(phases.map(|text| Phases::from_json(&text)).transpose())?.unwrap_or_default(),
            tasks: crossed(tasks.map(|text| Tasks::from_json(&text)).transpose())?.unwrap_or_default(),
            calendar: crossed(holidays.map(|text| china.with_json(&text)).transpose())?.unwrap_or_else(|| china.clone()),
            appraisal: crossed(appraisal.map(|text| AppraisalRules::from_json(&text)).transpose())?.unwrap_or_default(),
        })
    }

    /// The ledger as text: the file.
    pub fn text(&self) -> String {
        self.ledger.text()
    }

    /// How many changes it holds.
    pub fn changes(&self) -> usize {
        self.ledger.changes().len()
    }

    /// The lines of the changes from a place on, to be added to the file.
    #[wasm_bindgen(js_name = linesFrom)]
    pub fn lines_from(&self, place: usize) -> String {
        self.ledger.lines_from(place)
    }

    /// The phases, gates, events and clocks in force.
    pub fn phases(&self) -> Result<JsPhases, JsValue> {
        out(&self.phases)
    }

    /// The tasks in force.
    pub fn tasks(&self) -> Result<JsTasks, JsValue> {
        out(&self.tasks)
    }

    /// Everything that is odd about the file, its records and its projects, errors first.
    pub fn findings(&self, today: &str, now: &str) -> Result<JsFindings, JsValue> {
        let mut all = self.odd.clone();
        all.extend(self.ledger.findings(&self.phases, on(today, "today")?, moment(now)?));
        all.sort_by_key(|finding| !finding.is_error);
        out(&all)
    }

    /// Leads, projects, visits and issues as they were on a day.
    pub fn book(&self, today: &str) -> Result<JsBook, JsValue> {
        let today = on(today, "today")?;
        let ((book, mut findings), (leads, more)) = (self.ledger.book(), self.ledger.leads());
        findings.extend(more);
        out(&TeamBook { leads, book: book.as_of(today), findings })
    }

    /// Where each project stands.
    pub fn status(&self, today: &str) -> Result<JsStatus, JsValue> {
        let (book, today) = self.at(today)?;
        out(&status(&book.projects, &self.phases, today))
    }

    /// Whether each project that is not in the pool is let in, by the thresholds in force.
    pub fn appraise(&self, today: &str) -> Result<JsAppraisals, JsValue> {
        let (book, _) = self.at(today)?;
        let rates = Scorecard::attraction().rates;
        let under_way = book.projects.iter().filter(|p| self.phases.standing(p).returned.is_none());
        out(&under_way.map(|project| appraise(project, &self.appraisal, &rates)).collect::<Vec<_>>())
    }

    /// What is due within some days, or overdue.
    pub fn due(&self, today: &str, within: u32) -> Result<JsReminders, JsValue> {
        let (book, today) = self.at(today)?;
        out(&reminders(&book, &self.phases, today, within, &self.calendar))
    }

    /// How long projects take, by clock and by what is asked.
    pub fn clocks(&self, today: &str, by: &str) -> Result<JsClocks, JsValue> {
        let (book, today) = self.at(today)?;
        let by: By = given(&serde_json::Value::from(by).to_string(), "by")?;
        let all = clocks(&book.projects, &self.phases, today, &self.calendar, by);
        let mut groups: Vec<ClockGroup> = all.into_iter().map(|((clock, group), summary)| ClockGroup { clock, group, summary }).collect();
        let place = |id: &str| self.phases.clocks.iter().position(|clock| clock.id == id);
        groups.sort_by_key(|group| place(&group.clock));
        out(&groups)
    }

    /// Every clock of every project.
    pub fn readings(&self, today: &str) -> Result<JsReadings, JsValue> {
        let (book, today) = self.at(today)?;
        let of = |project| self.phases.clocks_of(project, today, &self.calendar);
        out(&book.projects.iter().flat_map(of).collect::<Vec<Reading<'_>>>())
    }

    /// A project back from the day by which it is to be in production; its own target when none is given.
    pub fn schedule(&self, number: &str, target: &str, today: &str) -> Result<JsSchedule, JsValue> {
        out(&self.scheduled(number, target, today)?.0)
    }

    /// The same for a calendar program.
    pub fn icalendar(&self, number: &str, target: &str, today: &str, is_chinese: bool) -> Result<String, JsValue> {
        let (schedule, name) = self.scheduled(number, target, today)?;
        Ok(schedule.to_icalendar(number, &name, is_chinese))
    }

    /// The sheet for the meeting of the half month.
    pub fn meeting(&self, today: &str) -> Result<JsMeeting, JsValue> {
        let (book, today) = self.at(today)?;
        out(&meeting(&book.projects, &self.phases, &self.tasks, today, &self.calendar))
    }

    /// What became of projects by when they entered.
    pub fn funnel(&self, today: &str, every: &str) -> Result<JsCohorts, JsValue> {
        let (book, today) = self.at(today)?;
        let every: Every = given(&serde_json::Value::from(every).to_string(), "every")?;
        out(&funnel(&book.projects, &self.phases, today, every))
    }

    /// How long projects stay in each phase.
    #[wasm_bindgen(js_name = phaseTimes)]
    pub fn times(&self, today: &str) -> Result<JsTimes, JsValue> {
        let (book, today) = self.at(today)?;
        out(&phase_times(&book.projects, &self.phases, today))
    }

    /// Projects that have been in their phase longer than four fifths are.
    pub fn stuck(&self, today: &str) -> Result<JsStuck, JsValue> {
        let (book, today) = self.at(today)?;
        out(&stuck(&book.projects, &self.phases, today))
    }

    /// The figures of a year until a day.
    pub fn year(&self, year: i16, today: &str, options: &str) -> Result<JsYear, JsValue> {
        let (book, today) = self.at(today)?;
        let Year { target, chains } = given(options, "options")?;
        let first = Date::new(year, 1, 1).map_err(|_| bad_argument(format!("year: {year} is none")))?;
        let mut options = YearOptions::new(year, today).rates(Scorecard::attraction().rates);
        options = target.into_iter().fold(options, YearOptions::target);
        options = chains.into_iter().fold(options, YearOptions::target_chain);
        let portfolio = portfolio(&book.projects, &self.phases, &options);
        let activity = activity(&book, &self.phases, first, portfolio.until);
        out(&YearFigures { portfolio, activity })
    }

    /// What became of every enterprise: whether it came to a phase.
    pub fn outcomes(&self, phase: &str, today: &str) -> Result<JsOutcomes, JsValue> {
        out(&crossed(outcomes(&self.ledger, &self.phases, phase, on(today, "today")?))?.0)
    }

    /// Writes fields of a record, as texts.
    pub fn change(&mut self, record: &str, fields_as_text: &str, by: &str, at: &str) -> Result<(), JsValue> {
        let id: RecordId = crossed(record.parse())?;
        let set = fields(id.kind, fields_as_text)?;
        crossed(self.ledger.change(&id, set.iter().map(|(field, value)| (field.as_str(), value.clone())), by, moment(at)?).map(|_| ()))
    }

    /// Adds a record of a kind; its id.
    pub fn add(&mut self, kind: &str, fields_as_text: &str, by: &str, at: &str) -> Result<String, JsValue> {
        let kind: RecordKind = given(&serde_json::Value::from(kind).to_string(), "kind")?;
        let set = fields(kind, fields_as_text)?;
        let set = set.iter().map(|(field, value)| (field.as_str(), value.clone()));
        Ok(crossed(self.ledger.add(kind, set, by, moment(at)?))?.to_string())
    }

    /// Takes a change back.
    pub fn undo(&mut self, change: &str, by: &str, at: &str) -> Result<JsUndone, JsValue> {
        out(&crossed(self.ledger.undo(crossed(change.parse())?, by, moment(at)?))?)
    }

    /// Takes in projects from the spreadsheet that a zone keeps.
    #[wasm_bindgen(js_name = importProjects)]
    pub fn import_projects(&mut self, bytes: &[u8], by: &str, at: &str) -> Result<JsImported, JsValue> {
        let frame = crossed(Frame::read(bytes))?;
        out(&crossed(self.ledger.import_projects(&frame, (&self.phases, &Catalogue::builtin()), by, moment(at)?))?)
    }

    /// Takes in every change of another ledger.
    pub fn join(&mut self, bytes: &[u8]) -> Result<JsJoined, JsValue> {
        let other = crossed(Ledger::open(bytes))?.ledger;
        out(&self.ledger.join(&other))
    }

    /// What two wrote without knowing of each other.
    pub fn conflicts(&self) -> Result<JsConflicts, JsValue> {
        out(&self.ledger.conflicts())
    }

    /// Every change of a record, or of all when none is named.
    pub fn history(&self, record: Option<String>) -> Result<JsHistory, JsValue> {
        let id: Option<RecordId> = crossed(record.map(|text| text.parse()).transpose())?;
        out(&self.ledger.history(id.as_ref()))
    }

    /// How many days from a day to another are worked, both counted.
    #[wasm_bindgen(js_name = workingDays)]
    pub fn working_days(&self, from: &str, to: &str) -> Result<JsDays, JsValue> {
        out(&crossed(self.calendar.count(on(from, "from")?, on(to, "to")?))?)
    }
}

impl RawTeam {
    /// The projects, visits and issues as they were on a day.
    fn at(&self, today: &str) -> Result<(Book, Date), JsValue> {
        let today = on(today, "today")?;
        Ok((self.ledger.book().0.as_of(today), today))
    }

    fn scheduled(&self, number: &str, target: &str, today: &str) -> Result<(pipeline::Schedule, String), JsValue> {
        let (book, today) = self.at(today)?;
        let unknown = || bad_argument(format!("number: no project `{number}` in the ledger"));
        let project = book.projects.iter().find(|p| p.number == number).ok_or_else(unknown)?;
        let asked = if target.is_empty() { None } else { Some(on(target, "target")?) };
        let untold = || bad_argument("target: the project has none of its own".to_owned());
        let target = asked.or(project.target).ok_or_else(untold)?;
        let schedule = crossed(self.tasks.schedule_of(project, &self.phases, target, today, &self.calendar))?;
        Ok((schedule, project.name.clone()))
    }
}

/// Enterprises of a table, evaluated by what they give on their land, and what of the table was not read.
#[derive(Serialize)]
struct PerMuEvaluation {
    enterprises: Vec<pipeline::PerMu>,
    findings: Vec<Finding>,
}

/// Evaluates the enterprises of a table: by the id of a preset, or by rules as a JSON text.
#[wasm_bindgen(js_name = perMu)]
pub fn evaluated_per_mu(table: &[u8], rules: &str) -> Result<JsPerMu, JsValue> {
    let preset = PerMuRules::presets().into_iter().find(|preset| preset.id == rules);
    let rules = preset.map_or_else(|| crossed(PerMuRules::from_json(rules)), Ok)?;
    let (enterprises, findings) = PerMuFigures::read(&crossed(Frame::read(table))?);
    out(&PerMuEvaluation { enterprises: per_mu(&enterprises, &rules), findings })
}

/// What a field of a record is written as, by what people type.
#[wasm_bindgen(js_name = readField)]
pub fn read_typed(kind: &str, field: &str, text: &str) -> Result<JsValue, JsValue> {
    let kind: RecordKind = given(&serde_json::Value::from(kind).to_string(), "kind")?;
    out(&crossed(read_field(kind, field, text))?)
}
