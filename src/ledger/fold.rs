//! What changes come to: of each field of each record, the values that nobody has written over.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use crate::ledger::change::{ById, Change, ChangeId};
use crate::ledger::fields::Name;
use crate::ledger::kinds::{RecordId, RecordKind};
use crate::order::sort;

/// Records as their changes left them.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    /// The places of the changes, by id.
    pub places: ById<u32>,
    by_id: HashMap<Arc<RecordId>, u32>,
    all: Vec<Record>,
    /// Values that were written over before they came, as in a file that somebody put together by hand.
    overwritten: HashSet<(ChangeId, Name)>,
}

/// A record.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub id: Arc<RecordId>,
    /// The fields, in the order of their names.
    fields: Vec<(Name, Heads)>,
}

/// The places of the changes to a field whose values nobody has written over, the newest last. Nearly always there is one.
#[derive(Debug, Clone)]
enum Heads {
    One(u32),
    Several(Vec<u32>),
}

impl Heads {
    fn places(&self) -> &[u32] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Several(places) => places,
        }
    }
}

impl Records {
    pub(super) fn reserve(&mut self, changes: usize) {
        self.places.reserve(changes);
        self.by_id.reserve(changes);
        self.all.reserve(changes);
    }

    /// Takes in a change, which stands at a place among all.
    pub(super) fn add(&mut self, changes: &[Change], place: u32) {
        let Some(change) = changes.get(place as usize) else { return };
        self.places.insert(change.id, place);
        let count = self.all.len() as u32;
        let known = self.by_id.get(&change.on).copied();
        let at = known.unwrap_or(count);
        if known.is_none() {
            self.by_id.insert(Arc::clone(&change.on), count);
            // All that most records ever have is written at once.
            self.all.push(Record { id: Arc::clone(&change.on), fields: Vec::with_capacity(change.set.names().count()) });
        }
        let Some(record) = self.all.get_mut(at as usize) else { return };
        let rank = |h: u32| changes.get(h as usize).map(|c| (c.at, c.id));
        for field in change.set.names() {
            let is_late = !self.overwritten.is_empty() && self.overwritten.remove(&(change.id, field.clone()));
            match record.fields.binary_search_by(|(name, _)| name.cmp(field)) {
                Err(_) if is_late => {}
                Err(at) => {
                    if let Some(over) = change.over.get(&**field) {
                        self.overwritten.extend(over.iter().filter(|id| !self.places.contains_key(id)).map(|id| (*id, field.clone())));
                    }
                    record.fields.insert(at, (field.clone(), Heads::One(place)));
                }
                Ok(at) => {
                    let Some((_, heads)) = record.fields.get_mut(at) else { continue };
                    let over = change.over.get(&**field).map_or(&[][..], Vec::as_slice);
                    let is_over = |h: &u32| changes.get(*h as usize).is_some_and(|c| over.contains(&c.id));
                    let mut left: Vec<u32> = heads.places().iter().copied().filter(|h| !is_over(h)).collect();
                    self.overwritten.extend(over.iter().filter(|id| !self.places.contains_key(id)).map(|id| (*id, field.clone())));
                    if !is_late {
                        let after = left.iter().position(|h| rank(*h) > rank(place)).unwrap_or(left.len());
                        left.insert(after, place);
                    }
                    *heads = match left[..] {
                        [one] => Heads::One(one),
                        _ => Heads::Several(left),
                    };
                }
            }
        }
    }

    pub(super) fn get(&self, id: &RecordId) -> Option<&Record> {
        self.all.get(*self.by_id.get(id)? as usize)
    }

    /// The records of a kind, by name.
    pub(super) fn sorted(&self, kind: RecordKind) -> Vec<&Record> {
        let mut all: Vec<&Record> = self.of_kind(kind).collect();
        sort(&mut all, &|a, b| a.id.cmp(&b.id));
        all
    }

    /// The records of a kind, in the order in which they came.
    pub(super) fn of_kind(&self, kind: RecordKind) -> impl Iterator<Item = &Record> {
        self.all.iter().filter(move |r| r.id.kind == kind)
    }

    /// The records, in the order in which they came.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Record> {
        self.all.iter()
    }
}

impl Record {
    /// The places of the changes to a field whose values nobody has written over, the newest last.
    pub(super) fn heads(&self, field: &str) -> &[u32] {
        let at = self.fields.binary_search_by(|(name, _)| (**name).cmp(field));
        at.ok().and_then(|at| self.fields.get(at)).map_or(&[], |(_, heads)| heads.places())
    }

    /// The value of a field that holds: the newest; none where it was emptied.
    pub(super) fn value<'c>(&self, field: &str, changes: &'c [Change]) -> Option<&'c Value> {
        held(self.heads(field), field, changes)
    }

    /// All values that hold, in the order of their fields.
    pub(super) fn values<'r, 'c: 'r>(&'r self, changes: &'c [Change]) -> impl Iterator<Item = (&'r str, &'c Value)> {
        self.fields.iter().filter_map(|(name, heads)| Some((&**name, held(heads.places(), name, changes)?)))
    }

    /// Fields with several values that nobody has written over.
    pub(super) fn contested(&self) -> impl Iterator<Item = (&str, &[u32])> {
        self.fields.iter().map(|(name, heads)| (&**name, heads.places())).filter(|(_, places)| places.len() > 1)
    }
}

fn held<'c>(heads: &[u32], field: &str, changes: &'c [Change]) -> Option<&'c Value> {
    changes.get(*heads.last()? as usize)?.set.get(field).filter(|v| !v.is_null())
}
