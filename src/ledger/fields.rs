//! Fields and their values, as a change wrote them: few, in the order of their names, without a tree for each of a quarter million changes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::order::sort;

/// The name of a field; those that records have are kept once for all.
pub(super) type Name = Cow<'static, str>;

/// The names of all fields of records, in order.
const NAMES: [&str; 47] = [
    "added_value",
    "assigned",
    "assignee",
    "chain",
    "closed",
    "contact_verified",
    "day",
    "district",
    "documents",
    "due",
    "energy",
    "enterprise",
    "event",
    "fixed_investment",
    "founding",
    "heavy_metals",
    "high_voc",
    "introducer",
    "investment",
    "jobs",
    "kind",
    "land",
    "link",
    "name",
    "next",
    "nitrogen_phosphorus",
    "note",
    "number",
    "officer",
    "officers",
    "ordered_by",
    "output",
    "policy_class",
    "project",
    "raised",
    "reason",
    "removed",
    "research",
    "revenue",
    "status",
    "tags",
    "target",
    "tax",
    "title",
    "trip",
    "two_highs",
    "visit",
];

fn name(text: &str) -> Name {
    match NAMES.binary_search(&text) {
        Ok(at) => Cow::Borrowed(NAMES.get(at).copied().unwrap_or_default()),
        Err(_) => Cow::Owned(text.to_owned()),
    }
}

/// Fields and their values, in the order of their names.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "Record<string, unknown>"))]
pub struct Fields(Vec<(Name, Value)>);

impl Fields {
    /// The value of a field; null where it was emptied, none where it was not written.
    pub fn get(&self, field: &str) -> Option<&Value> {
        let at = self.0.binary_search_by(|(name, _)| (**name).cmp(field)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.0.iter().map(|(name, _)| name)
    }

    /// Whether no field was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'f> FromIterator<(&'f str, Value)> for Fields {
    /// Of a field that is named twice the last counts.
    fn from_iter<I: IntoIterator<Item = (&'f str, Value)>>(fields: I) -> Self {
        let mut all: Vec<(Name, Value)> = fields.into_iter().map(|(field, value)| (name(field), value)).collect();
        all.reverse();
        sort(&mut all, &|a, b| a.0.cmp(&b.0));
        all.dedup_by(|later, first| later.0 == first.0);
        Self(all)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields and their values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut all: Vec<(Name, Value)> = Vec::with_capacity(4);
                while let Some(key) = map.next_key::<Key>()? {
                    all.push((key.0, map.next_value()?));
                }
                // As they were written; by hand in any order.
                if !all.is_sorted_by(|a, b| a.0 < b.0) {
                    sort(&mut all, &|a, b| a.0.cmp(&b.0));
                    if all.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
                        return Err(serde::de::Error::custom("a field stands twice"));
                    }
                }
                Ok(Fields(all))
            }
        }

        deserializer.deserialize_map(Read)
    }
}

/// A name as it is read, without a copy of its own where it is known.
struct Key(Name);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Key, E> {
                Ok(Key(name(text)))
            }
        }

        deserializer.deserialize_str(Read)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_in_order() {
        assert!(super::NAMES.is_sorted());
    }
}
