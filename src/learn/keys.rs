//! Reads JSON key by key. A model has many kinds of parts, and a reader derived for each would weigh more than all that applies it;
//! for the same reason what reads one key is not inlined.

use std::cell::Cell;

use serde_json::Value;

/// An object whose keys are read one by one. What is not there, or of another kind, reads as nothing, and is kept as the fault.
#[derive(Clone, Copy)]
pub(crate) struct Keys<'v> {
    value: &'v Value,
    fault: &'v Cell<Option<&'static str>>,
}

impl<'v> Keys<'v> {
    pub(crate) fn new(value: &'v Value, fault: &'v Cell<Option<&'static str>>) -> Self {
        Self { value, fault }
    }

    /// What a key must hold, as told by `pick`.
    fn must<T: Default>(self, key: &'static str, pick: &dyn Fn(&'v Value) -> Option<T>) -> T {
        pick(&self.value[key]).unwrap_or_else(|| {
            self.fault.set(self.fault.get().or(Some(key)));
            T::default()
        })
    }

    #[inline(never)]
    pub(crate) fn has(self, key: &str) -> bool {
        !self.value[key].is_null()
    }

    #[inline(never)]
    pub(crate) fn object(self, key: &'static str) -> Self {
        Self { value: &self.value[key], fault: self.fault }
    }

    pub(crate) fn flag(self, key: &'static str) -> bool {
        self.must(key, &Value::as_bool)
    }

    #[inline(never)]
    pub(crate) fn number(self, key: &'static str) -> f64 {
        self.must(key, &Value::as_f64)
    }

    #[inline(never)]
    pub(crate) fn count(self, key: &'static str) -> usize {
        self.must(key, &count)
    }

    #[inline(never)]
    pub(crate) fn text(self, key: &'static str) -> String {
        self.must(key, &text)
    }

    #[inline(never)]
    pub(crate) fn numbers(self, key: &'static str) -> Vec<f64> {
        self.must(key, &|value| every(value, &Value::as_f64))
    }

    pub(crate) fn counts(self, key: &'static str) -> Vec<usize> {
        self.must(key, &|value| every(value, &count))
    }

    pub(crate) fn two_counts(self, key: &'static str) -> [usize; 2] {
        self.must(key, &|value| every(value, &count)?.try_into().ok())
    }

    pub(crate) fn two_lists_of_counts(self, key: &'static str) -> [Vec<usize>; 2] {
        self.must(key, &|value| every(value, &|list| every(list, &count))?.try_into().ok())
    }

    /// That a key holds one word and no other.
    pub(crate) fn word(self, key: &'static str, word: &str) {
        self.must(key, &|value| (value.as_str() == Some(word)).then_some(()));
    }

    #[inline(never)]
    pub(crate) fn texts(self, key: &'static str) -> Vec<String> {
        self.must(key, &|value| every(value, &text))
    }

    pub(crate) fn objects<T>(self, key: &'static str, read: &dyn Fn(Self) -> T) -> Vec<T> {
        self.must(key, &|value| every(value, &|value| Some(read(Self { value, fault: self.fault }))))
    }
}

fn count(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|n| usize::try_from(n).ok())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn every<'v, T>(value: &'v Value, pick: &dyn Fn(&'v Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(pick).collect()
}
