//! A list of words, looked for all at once.

use daachorse::charwise::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use daachorse::{MatchKind, errors::DaachorseError};

/// An Aho–Corasick automaton over the characters of a list of words; `None` for an empty list.
#[derive(Clone)]
pub(super) struct Words(Option<CharwiseDoubleArrayAhoCorasick<u32>>);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.0.as_ref().map(CharwiseDoubleArrayAhoCorasick::num_states)).finish()
    }
}

/// A word found: which one, by its place in the list, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub word: u32,
    pub start: usize,
    pub end: usize,
}

impl Words {
    /// For [`find`](Self::find): the leftmost words, of several at one place the longest.
    pub(super) fn leftmost_longest<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Self, DaachorseError> {
        Self::build(MatchKind::LeftmostLongest, words)
    }

    /// For [`find_all`](Self::find_all): every word, overlapping ones too.
    pub(super) fn overlapping<'w>(words: impl IntoIterator<Item = &'w str>) -> Result<Self, DaachorseError> {
        Self::build(MatchKind::Standard, words)
    }

    /// A list of constants; an empty automaton if it could not be built, which a test rules out.
    pub(super) fn constant(words: &[&str]) -> Self {
        Self::leftmost_longest(words.iter().copied()).unwrap_or(Self(None))
    }

    fn build<'w>(kind: MatchKind, words: impl IntoIterator<Item = &'w str>) -> Result<Self, DaachorseError> {
        let words: Vec<(&str, u32)> = words.into_iter().zip(0..).collect();
        if words.is_empty() {
            return Ok(Self(None));
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(kind).use_prefilter(false);
        builder.build_with_values(words).map(|a| Self(Some(a)))
    }

    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Hit> + 't {
        let found = self.0.iter().flat_map(move |a| a.leftmost_find_iter(text));
        found.map(|m| Hit { word: m.value(), start: m.start(), end: m.end() })
    }

    pub(super) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = u32> + 't {
        self.0.iter().flat_map(move |a| a.find_overlapping_iter(text)).map(|m| m.value())
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}
