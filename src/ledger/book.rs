//! Records as what they are: leads, projects with their events, visits, issues.

use std::collections::{BTreeMap, HashMap};

use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::chain::Finding;
use crate::enterprise::{Date, EnterpriseKey};
use crate::error::{Error, Kind};
use crate::ledger::Ledger;
use crate::ledger::fields::Fields;
use crate::ledger::fold::Record;
use crate::ledger::kinds::{LeadStatus, RecordId, RecordKind};
use crate::order::{map, sort};
use crate::pipeline::{Book, Event, Issue, Project, Visit};

/// 线索: an enterprise that somebody follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Lead {
    /// The key of the enterprise.
    pub enterprise: EnterpriseKey,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// How far it has come.
    #[serde(default)]
    pub status: LeadStatus,
    /// 专员.
    #[serde(default)]
    pub officer: Option<String>,
    /// Id of the chain.
    #[serde(default)]
    pub chain: Option<String>,
    /// Id of the link.
    #[serde(default)]
    pub link: Option<String>,
    /// 引荐 by whom.
    #[serde(default)]
    pub introducer: Option<String>,
    /// The next day on which something is to be done.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub next: Option<Date>,
    /// What was said of it.
    #[serde(default)]
    pub note: Option<String>,
    /// Why it was given up.
    #[serde(default)]
    pub reason: Option<String>,
}

/// An event and the project that it is of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventOf<'v> {
    project: &'v str,
    day: Date,
    event: &'v str,
    #[serde(default)]
    note: Option<&'v str>,
}

/// The field by which a record is taken out of use; it stays in the history, and comes back when the field is emptied.
const REMOVED: &str = "removed";

/// What a book tells of each event, visit and issue, and no record holds.
const RECORD: &str = "record";

/// The field that the name of a record is the value of.
fn own(kind: RecordKind) -> Option<&'static str> {
    match kind {
        RecordKind::Lead => Some("enterprise"),
        RecordKind::Event => None,
        RecordKind::Project | RecordKind::Visit | RecordKind::Issue => Some("number"),
    }
}

/// A record from its values.
fn read<'v, T: Deserialize<'v>>(
    name: Option<(&'static str, &'v Value)>,
    values: impl Iterator<Item = (&'v str, &'v Value)>,
) -> Result<T, Error> {
    let fields = values.filter(|(field, _)| *field != REMOVED).chain(name);
    T::deserialize(MapDeserializer::new(fields)).map_err(|e: serde_json::Error| Kind::BadLedger(e.to_string()).into())
}

/// Refuses values that are none of a record's fields.
pub(super) fn check(id: &RecordId, values: &BTreeMap<&str, &Value>) -> Result<(), Error> {
    let bad = |what: &str| Err(Error::from(Kind::BadLedger(what.to_owned())));
    // All that was said is taken back: there is no such record any more.
    if values.is_empty() {
        return Ok(());
    }
    if own(id.kind).is_some_and(|own| values.contains_key(own)) {
        return bad("the name of a record is no field that can be written");
    }
    if values.get(REMOVED).is_some_and(|v| !v.is_boolean()) {
        return bad("`removed` is true, or emptied");
    }
    if values.contains_key(RECORD) {
        return bad("unknown field `record`: which record it is, is told and not written");
    }
    if id.kind == RecordKind::Project && values.contains_key("events") {
        return bad("events are records of their own: add an `event` with its `project`");
    }
    let name = Value::String(id.name.clone());
    let name = own(id.kind).map(|own| (own, &name));
    let values = values.iter().map(|(field, value)| (*field, *value));
    match id.kind {
        RecordKind::Lead => read::<Lead>(name, values).map(|_| ()),
        RecordKind::Project => read::<Project>(name, values).map(|_| ()),
        RecordKind::Event => read::<EventOf<'_>>(name, values).map(|_| ()),
        RecordKind::Visit => read::<Visit>(name, values).map(|_| ()),
        RecordKind::Issue => read::<Issue>(name, values).map(|_| ()),
    }
}

/// The values that this program knows, and those that are written now: what a later program wrote besides stays as it is.
pub(super) fn known<'v>(id: &RecordId, values: &BTreeMap<&'v str, &'v Value>, written: &Fields) -> BTreeMap<&'v str, &'v Value> {
    let stays = |field: &str| written.get(field).is_some() || is_known(id.kind, field);
    map(values.iter().filter(|(field, _)| stays(field)).map(|(field, value)| (*field, *value)))
}

/// Whether this program reads a field of a kind of record.
fn is_known(kind: RecordKind, field: &str) -> bool {
    field == REMOVED || knows(kind, field).is_ok()
}

/// Refuses a field that a kind of record has not.
pub(super) fn knows(kind: RecordKind, field: &str) -> Result<(), Error> {
    // A field that it has is refused for its value, if at all; one that it has not for its name.
    let id = RecordId::new(kind, "x")?;
    match check(&id, &BTreeMap::from([(field, &Value::Bool(true))])) {
        Err(refused) if refused.to_string().contains("unknown field") => Err(refused),
        _ => Ok(()),
    }
}

impl Ledger {
    /// Projects with their events, visits and issues, in the order of their numbers; and the records that cannot be read, with the reason. Those that
    /// were removed, or of which all was taken back, are left out.
    ///
    /// | code | meaning |
    /// |---|---|
    /// | `RECORD_BAD` | a record whose values do not make one, as after an edit by hand |
    /// | `FIELD_UNKNOWN` | a record with fields that this program does not know, as a later one writes; it is there without them |
    /// | `EVENT_OF_NOTHING` | an event of a project that is not there |
    pub fn book(&self) -> (Book, Vec<Finding>) {
        let (mut book, mut findings) = (Book::default(), Vec::new());
        book.projects = self.all(RecordKind::Project, &mut findings);
        book.visits = self.all(RecordKind::Visit, &mut findings);
        book.issues = self.all(RecordKind::Issue, &mut findings);
        let named = |kind: RecordKind, number: &str| Some(format!("{kind}:{number}"));
        book.visits.iter_mut().for_each(|v| v.record = named(RecordKind::Visit, &v.number));
        book.issues.iter_mut().for_each(|i| i.record = named(RecordKind::Issue, &i.number));
        let mut places = HashMap::new();
        for (at, project) in book.projects.iter().enumerate() {
            places.insert(project.number.clone(), at);
        }
        let mut loose = Vec::new();
        for record in self.records.of_kind(RecordKind::Event).filter(|r| !self.is_removed(r)) {
            let read = self.read_known::<EventOf<'_>>(record, None).map(|(event, unknown)| {
                loose.extend(unknown);
                event
            });
            match read {
                Ok(EventOf { project, day, event, note }) => match places.get(project).and_then(|at| book.projects.get_mut(*at)) {
                    Some(project) => project.events.push(Event {
                        day,
                        event: event.to_owned(),
                        note: note.map(str::to_owned),
                        record: Some(record.id.to_string()),
                    }),
                    None => loose.push(Finding {
                        code: "EVENT_OF_NOTHING",
                        is_error: false,
                        place: record.id.to_string(),
                        zh: format!("事件“{event}”（{day}）所属项目“{project}”不存在"),
                        en: format!("the event `{event}` of {day} is of the project `{project}`, which is not there"),
                    }),
                },
                Err(why) => loose.push(bad_record(&record.id, &why)),
            }
        }
        // Events are read as they came.
        sort(&mut loose, &|a, b| a.place.cmp(&b.place));
        findings.extend(loose);
        book.projects.iter_mut().for_each(|p| sort(&mut p.events, &Ord::cmp));
        (book, findings)
    }

    /// The leads, in the order of their keys; and the records that cannot be read, with the reason.
    pub fn leads(&self) -> (Vec<Lead>, Vec<Finding>) {
        let mut findings = Vec::new();
        (self.all(RecordKind::Lead, &mut findings), findings)
    }

    /// The records of a kind, in the order of their names; what cannot be read is said.
    fn all<T: DeserializeOwned>(&self, kind: RecordKind, findings: &mut Vec<Finding>) -> Vec<T> {
        let mut all = Vec::new();
        for record in self.records.sorted(kind).into_iter().filter(|r| !self.is_removed(r)) {
            let name = Value::String(record.id.name.clone());
            match self.read_known(record, own(kind).map(|own| (own, &name))) {
                Ok((one, unknown)) => {
                    all.push(one);
                    findings.extend(unknown);
                }
                Err(why) => findings.push(bad_record(&record.id, &why)),
            }
        }
        all
    }

    /// A record by the fields that are known, and what is to be said where there are others.
    fn read_known<'v, T: Deserialize<'v>>(
        &'v self,
        record: &'v Record,
        name: Option<(&'static str, &'v Value)>,
    ) -> Result<(T, Option<Finding>), Error> {
        let values = || record.values(&self.changes);
        let why = match read(name, values()) {
            Ok(one) => return Ok((one, None)),
            Err(why) => why,
        };
        let kind = record.id.kind;
        let unknown: Vec<&str> = values().map(|(field, _)| field).filter(|field| !is_known(kind, field)).collect();
        if unknown.is_empty() {
            return Err(why);
        }
        let one = read(name, values().filter(|(field, _)| is_known(kind, field)))?;
        let ((kind_zh, kind_en), called) = (record.id.kind.words(), &record.id.name);
        let finding = Finding {
            code: "FIELD_UNKNOWN",
            is_error: false,
            place: record.id.to_string(),
            zh: format!("{kind_zh}“{called}”有本程序不认识的内容，未显示：{}", unknown.join("、")),
            en: format!("the {kind_en} `{called}` has fields that this program does not know, and does not show: {}", unknown.join(", ")),
        };
        Ok((one, Some(finding)))
    }

    /// Whether it was taken out of use, or all that was ever said of it was taken back.
    fn is_removed(&self, record: &Record) -> bool {
        record.value(REMOVED, &self.changes) == Some(&Value::Bool(true)) || record.values(&self.changes).next().is_none()
    }
}

fn bad_record(id: &RecordId, why: &Error) -> Finding {
    let (zh, en) = id.kind.words();
    let (zh, en) = (format!("{zh}“{}”的内容无法识别：{why}", id.name), format!("the {en} `{}` cannot be read: {why}", id.name));
    Finding { code: "RECORD_BAD", is_error: true, place: id.to_string(), zh, en }
}
