//! A change: who, what, when. A line of the file.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::error::{Error, Kind};
use crate::ledger::fields::Fields;
use crate::ledger::kinds::RecordId;

/// A moment in time, re-exported from [`jiff`]; a ledger keeps milliseconds.
pub type Moment = jiff::Timestamp;

/// The id of a change: the first eighty bits of the SHA-256 of what stands after it on its line. Two changes are the same when all of them is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
pub struct ChangeId([u8; 10]);

/// Ids are spread already: the first bytes of one tell where it is kept.
#[derive(Default)]
pub(super) struct Spread(u64);

pub(super) type ById<T> = std::collections::HashMap<ChangeId, T, BuildHasherDefault<Spread>>;

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().take(8).fold(self.0, |hash, byte| hash << 8 | u64::from(*byte));
    }

    fn write_usize(&mut self, _length: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

impl ChangeId {
    /// Of what stands on the line after the id.
    pub(super) fn of(rest: &str) -> Self {
        let digest = Sha256::digest(rest.as_bytes());
        let mut id = [0; 10];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(id)
    }
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ChangeId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digit = |byte: u8| char::from(byte).to_digit(16).map(|d| d as u8);
        let read = || {
            let mut id = [0; 10];
            if text.len() != 2 * id.len() {
                return None;
            }
            for (to, pair) in id.iter_mut().zip(text.as_bytes().chunks(2)) {
                let [high, low] = pair else { return None };
                *to = digit(*high)? << 4 | digit(*low)?;
            }
            Some(Self(id))
        };
        read().ok_or_else(|| Kind::BadLedger(format!("`{text}` is no id of a change: twenty digits, 0 to 9 and a to f")).into())
    }
}

impl Serialize for ChangeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChangeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A change to a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "LedgerChange"))]
#[non_exhaustive]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// When.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub at: Moment,
    /// Who.
    #[serde(serialize_with = "shared")]
    pub by: Arc<str>,
    /// To what.
    #[serde(serialize_with = "shared")]
    pub on: Arc<RecordId>,
    /// The fields that were written, and their values; null for one that was emptied.
    pub set: Fields,
    /// Of each field that had a value, the changes whose values these take the place of.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub over: BTreeMap<String, Vec<ChangeId>>,
    /// The change that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<ChangeId>,
}

/// What is shared is written as if it were not.
fn shared<T: Serialize + ?Sized, S: Serializer>(shared: &Arc<T>, serializer: S) -> Result<S::Ok, S::Error> {
    T::serialize(shared, serializer)
}

/// What stands on a line, its id left out.
#[derive(Serialize)]
struct Rest<'c> {
    at: Moment,
    by: &'c str,
    on: &'c RecordId,
    set: &'c Fields,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    over: &'c BTreeMap<String, Vec<ChangeId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<ChangeId>,
}

/// A line as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'l> {
    id: ChangeId,
    at: Moment,
    #[serde(borrow)]
    by: std::borrow::Cow<'l, str>,
    #[serde(borrow)]
    on: std::borrow::Cow<'l, str>,
    set: Fields,
    #[serde(default)]
    over: BTreeMap<String, Vec<ChangeId>>,
    #[serde(default)]
    undoes: Option<ChangeId>,
}

/// How a line begins: what is before the id, and how long that and the id and what is after it are.
pub(super) const BEGIN: &str = "{\"id\":\"";
const ID_END: usize = BEGIN.len() + 20 + 2;

impl Change {
    /// The change, and the line that says it, without its end.
    pub(super) fn new(
        (at, by): (Moment, Arc<str>),
        on: Arc<RecordId>,
        set: Fields,
        over: BTreeMap<String, Vec<ChangeId>>,
        undoes: Option<ChangeId>,
    ) -> Result<(Self, String), Error> {
        let rest = Rest { at, by: &by, on: &on, set: &set, over: &over, undoes };
        let rest = serde_json::to_string(&rest).map_err(|e| Kind::BadLedger(e.to_string()))?;
        let rest = rest.strip_prefix('{').unwrap_or(&rest);
        let id = ChangeId::of(rest);
        let line = format!("{BEGIN}{id}\",{rest}");
        Ok((Self { id, at, by, on, set, over, undoes }, line))
    }

    /// Reads a line. One whose id is not that of the rest was changed by hand: it gets the id of what it says now, and its line is given anew.
    pub(super) fn read(line: &str, known: &mut Known) -> Result<(Self, Option<String>), String> {
        let read: Line<'_> = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let on = known.record(&read.on).map_err(|e| e.to_string())?;
        let by = known.person(&read.by);
        let is_as_written = line.get(..BEGIN.len()) == Some(BEGIN) && line.get(ID_END..).is_some_and(|rest| ChangeId::of(rest) == read.id);
        if is_as_written {
            let Line { id, at, set, over, undoes, .. } = read;
            return Ok((Self { id, at, by, on, set, over, undoes }, None));
        }
        let Line { at, set, over, undoes, .. } = read;
        let (change, line) = Self::new((at, by), on, set, over, undoes).map_err(|e| e.to_string())?;
        Ok((change, Some(line)))
    }
}

/// Records and people that have been named: each is kept once.
#[derive(Debug, Default)]
pub(super) struct Known {
    records: std::collections::HashMap<Arc<str>, Arc<RecordId>>,
    people: Vec<Arc<str>>,
}

/// People that are looked for at most; a team has fewer.
const PEOPLE: usize = 64;

impl Known {
    fn record(&mut self, text: &str) -> Result<Arc<RecordId>, Error> {
        if let Some(known) = self.records.get(text) {
            return Ok(Arc::clone(known));
        }
        let id: Arc<RecordId> = Arc::new(text.parse()?);
        // What happened to projects is seldom written twice.
        if id.kind != crate::ledger::RecordKind::Event {
            self.records.insert(text.into(), Arc::clone(&id));
        }
        Ok(id)
    }

    fn person(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.people.iter().find(|p| ***p == *name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        if self.people.len() < PEOPLE {
            self.people.push(Arc::clone(&name));
        }
        name
    }
}
