//! The ledger: opened, changed, joined, and told.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Kind};
use crate::ledger::book;
use crate::ledger::change::{Change, ChangeId, Moment};
use crate::ledger::fields::Fields;
use crate::ledger::fold::Records;
use crate::ledger::format::{HEAD, MOST};
use crate::ledger::kinds::{RecordId, RecordKind};
use crate::order::{map, sort, sort_by_key};

/// The ledger of a team.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// In the order of the file.
    pub(super) changes: Vec<Change>,
    /// The line of each.
    pub(super) lines: Vec<Box<str>>,
    pub(super) records: Records,
}

/// What a join brought.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Joined {
    /// How many changes of the other ledger were not in this one.
    pub added: usize,
    /// How many changes of this one the other does not have.
    pub not_there: usize,
    /// Fields that two people wrote without knowing of each other: all there are after the join.
    pub conflicts: Vec<Conflict>,
}

/// A field that several wrote without knowing of each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Conflict {
    /// The record.
    pub on: RecordId,
    /// The field.
    pub field: String,
    /// What they wrote, the newest first: that one holds.
    pub values: Vec<Held>,
}

/// A value, and who wrote it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "HeldValue"))]
#[non_exhaustive]
pub struct Held {
    /// The value; null when the field was emptied.
    pub value: Value,
    /// Who.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Moment,
    /// By which change.
    pub change: ChangeId,
}

/// What taking a change back did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Undone {
    /// The change that took it back.
    pub change: Change,
    /// Fields that have been written since: they keep what they have.
    pub kept: Vec<String>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new() -> Self {
        Self::default()
    }

    /// The whole file.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.lines.iter().map(|l| l.len() + 1).sum::<usize>() + HEAD.len() + 1);
        for line in std::iter::once(HEAD).chain(self.lines.iter().map(|l| &**l)) {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The lines of the changes from a place on, to be added to a file that has those before it.
    ///
    /// ```
    /// use serde_json::json;
    /// use xiangma::ledger::Ledger;
    ///
    /// let mut ledger = Ledger::new();
    /// let before = ledger.text();
    /// let now = "2026-03-02T01:00:00Z".parse()?;
    /// ledger.change(&"project:1".parse()?, [("name", json!("光模块产线"))], "李", now)?;
    /// assert_eq!(before + &ledger.lines_from(0), ledger.text());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lines_from(&self, place: usize) -> String {
        self.lines.iter().skip(place).flat_map(|line| [line, "\n"]).collect()
    }

    /// Every change, in the order of the file.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Every change, the oldest first; of one record, if it is named.
    pub fn history(&self, on: Option<&RecordId>) -> Vec<&Change> {
        let mut all: Vec<&Change> = self.changes.iter().filter(|c| on.is_none_or(|id| *c.on == *id)).collect();
        sort_by_key(&mut all, |c| (c.at, c.id));
        all
    }

    /// Writes fields of a record, which comes to be if there was none of its name. Null empties a field. The moment is moved after those of the
    /// values that are written over, should a clock be slow.
    ///
    /// # Errors
    ///
    /// `BAD_LEDGER` when its kind of record has no such field, or a value is none of the field's; nothing is changed then.
    ///
    /// ```
    /// use serde_json::json;
    /// use xiangma::ledger::Ledger;
    ///
    /// let mut ledger = Ledger::new();
    /// let now = "2026-03-02T01:00:00Z".parse()?;
    /// let refused = ledger.change(&"project:1".parse()?, [("land", json!("-3亩"))], "李", now).unwrap_err();
    /// assert!(refused.to_string().contains("negative"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn change<'f>(
        &mut self,
        on: &RecordId,
        fields: impl IntoIterator<Item = (&'f str, Value)>,
        by: &str,
        now: Moment,
    ) -> Result<&Change, Error> {
        self.write(on.clone(), fields.into_iter().collect(), by, now, None)
    }

    /// Adds a record that nobody has named: an event, or a visit or an issue without a number. Its name is made from what it says, who says it and when.
    ///
    /// # Errors
    ///
    /// `BAD_LEDGER`, as [`change`](Self::change).
    pub fn add<'f>(
        &mut self,
        kind: RecordKind,
        fields: impl IntoIterator<Item = (&'f str, Value)>,
        by: &str,
        now: Moment,
    ) -> Result<RecordId, Error> {
        let set: Fields = fields.into_iter().collect();
        let said = serde_json::to_string(&(now.as_millisecond(), by, &set)).map_err(|e| Kind::BadLedger(e.to_string()))?;
        let on = RecordId::new(kind, ChangeId::of(&said).to_string())?;
        self.write(on.clone(), set, by, now, None)?;
        Ok(on)
    }

    /// Takes a change back: each field that it wrote, and that nobody has written since, gets the value that it would have without it.
    ///
    /// # Errors
    ///
    /// `BAD_LEDGER` when there is no such change, or all that it wrote has been written over since.
    ///
    /// ```
    /// use serde_json::json;
    /// use xiangma::ledger::{Ledger, Moment, RecordId};
    ///
    /// let (mut ledger, on) = (Ledger::new(), "project:1".parse::<RecordId>()?);
    /// let minute = |m: u32| format!("2026-03-02T01:{m:02}:00Z").parse::<Moment>();
    /// ledger.change(&on, [("name", json!("光模块产线"))], "李", minute(0)?)?;
    /// let wrong = ledger.change(&on, [("name", json!("光摸块产线"))], "王", minute(1)?)?.id;
    /// ledger.undo(wrong, "王", minute(2)?)?;
    /// assert_eq!(ledger.book().0.projects[0].name, "光模块产线");
    /// assert_eq!(ledger.history(Some(&on)).len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn undo(&mut self, id: ChangeId, by: &str, now: Moment) -> Result<Undone, Error> {
        let bad = |what: String| Error::from(Kind::BadLedger(what));
        let place = self.records.places.get(&id).copied().ok_or_else(|| bad(format!("there is no change {id}")))?;
        let Some(change) = self.changes.get(place as usize) else { return Err(bad(format!("there is no change {id}"))) };
        let record = self.records.get(&change.on);
        let (mut set, mut kept) = (Vec::new(), Vec::new());
        for (field, _) in change.set.iter() {
            let holds = record.and_then(|r| r.heads(field).last().copied()) == Some(place);
            if !holds {
                kept.push(field.to_owned());
                continue;
            }
            let others = record.map_or(&[][..], |r| r.heads(field)).iter().filter(|h| **h != place).copied();
            let over = change.over.get(field).into_iter().flatten().filter_map(|id| self.records.places.get(id).copied());
            // What somebody else wrote without knowing of it; if nobody did, what it was written over.
            let newest =
                |places: &mut dyn Iterator<Item = u32>| places.filter_map(|p| self.changes.get(p as usize)).max_by_key(|c| (c.at, c.id));
            let before = newest(&mut others.into_iter()).or_else(|| newest(&mut over.into_iter()));
            set.push((field, before.and_then(|c| c.set.get(field)).cloned().unwrap_or(Value::Null)));
        }
        if set.is_empty() {
            return Err(bad(format!("all that {id} wrote has been written over since: {}", kept.join(", "))));
        }
        let (on, set) = ((*change.on).clone(), set.into_iter().collect());
        let change = self.write(on, set, by, now, Some(id))?.clone();
        Ok(Undone { change, kept })
    }

    fn write(&mut self, on: RecordId, set: Fields, by: &str, now: Moment, undoes: Option<ChangeId>) -> Result<&Change, Error> {
        let refused = |e: Error| e.told_of(&on.to_string());
        if set.is_empty() {
            return Err(refused(Kind::BadLedger("no field is written".to_owned()).into()));
        }
        let record = self.records.get(&on);
        let mut after: BTreeMap<&str, &Value> = map(record.into_iter().flat_map(|r| r.values(&self.changes)));
        for (field, value) in set.iter() {
            if value.is_null() {
                book::knows(on.kind, field).map_err(refused)?;
                after.remove(field);
            } else {
                after.insert(field, value);
            }
        }
        book::check(&on, &after).or_else(|_| book::check(&on, &book::known(&on, &after, &set))).map_err(refused)?;
        let mut over: BTreeMap<String, Vec<ChangeId>> = BTreeMap::new();
        // Whole milliseconds, as they are written.
        let mut at = Moment::from_millisecond(now.as_millisecond()).unwrap_or(now);
        for (field, _) in set.iter() {
            let heads = record.map_or(&[][..], |r| r.heads(field));
            if heads.is_empty() {
                continue;
            }
            let those = || heads.iter().filter_map(|h| self.changes.get(*h as usize));
            over.insert(field.to_owned(), those().map(|c| c.id).collect());
            let last = those().map(|c| c.at).max().unwrap_or(at);
            if last >= at {
                at = Moment::from_millisecond(last.as_millisecond() + 1).unwrap_or(last);
            }
        }
        let (change, line) = Change::new((at, by.into()), Arc::new(on), set, over, undoes)?;
        let place = match self.records.places.get(&change.id).copied() {
            // The very same once more, as when a button was pressed twice.
            Some(place) => place,
            None => self.push(change, line.into())?,
        };
        self.changes.get(place as usize).ok_or_else(|| Kind::BadLedger("the change is lost".to_owned()).into())
    }

    pub(super) fn push(&mut self, change: Change, line: Box<str>) -> Result<u32, Error> {
        if self.changes.len() >= MOST {
            return Err(Kind::Limit { what: "the number of changes", found: MOST as u64 + 1, limit: MOST as u64 }.into());
        }
        let place = self.changes.len() as u32;
        self.changes.push(change);
        self.lines.push(line);
        self.records.add(&self.changes, place);
        Ok(place)
    }

    /// Takes in every change of another ledger that is not here. The result is the same whichever joins the other, down to the order of the file;
    /// joining twice, or with itself, changes nothing.
    pub fn join(&mut self, other: &Self) -> Joined {
        let is_here = |id: &ChangeId| self.records.places.contains_key(id);
        let new: Vec<usize> = (0..other.changes.len()).filter(|at| !is_here(&other.changes[*at].id)).collect();
        let not_there = self.changes.iter().filter(|c| !other.records.places.contains_key(&c.id)).count();
        let added = new.len();
        let mut all: Vec<(Change, Box<str>)> = std::mem::take(&mut self.changes).into_iter().zip(std::mem::take(&mut self.lines)).collect();
        all.extend(new.into_iter().map(|at| (other.changes[at].clone(), other.lines[at].clone())));
        sort_by_key(&mut all, |(c, _)| (c.at, c.id));
        self.records = Records::default();
        self.records.reserve(all.len());
        (self.changes, self.lines) = all.into_iter().unzip();
        for place in 0..self.changes.len() as u32 {
            self.records.add(&self.changes, place);
        }
        Joined { added, not_there, conflicts: self.conflicts() }
    }

    /// The fields that several wrote without knowing of each other, and did not write the same.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut all = Vec::new();
        for record in self.records.iter() {
            for (field, heads) in record.contested() {
                let value = |place: &u32| {
                    let change = self.changes.get(*place as usize)?;
                    let value = change.set.get(field)?.clone();
                    Some(Held { value, by: change.by.to_string(), at: change.at, change: change.id })
                };
                let values: Vec<Held> = heads.iter().rev().filter_map(value).collect();
                if values.windows(2).any(|pair| pair[0].value != pair[1].value) {
                    all.push(Conflict { on: (*record.id).clone(), field: field.to_owned(), values });
                }
            }
        }
        sort(&mut all, &|a, b| (&a.on, &a.field).cmp(&(&b.on, &b.field)));
        all
    }

    /// The value of a field of a record; none where nobody wrote it, or it was emptied.
    pub fn value(&self, on: &RecordId, field: &str) -> Option<&Value> {
        self.records.get(on)?.value(field, &self.changes)
    }
}
