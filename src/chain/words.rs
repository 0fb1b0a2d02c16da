//! A list of words, looked for all at once.

use daachorse::charwise::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use daachorse::{MatchKind, errors::DaachorseError};

/// An Aho–Corasick automaton over the characters of a list of words.
#[derive(Clone)]
pub(super) struct Words {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    count: usize,
}

/// Stands for an empty list, which the automaton cannot hold: noncharacters, in no text.
const NOTHING: &str = "\u{fdd0}\u{fdd1}\u{fdd2}";

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("count", &self.count).finish_non_exhaustive()
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

    /// A list of constants.
    pub(super) fn constant(words: &[&str]) -> Self {
        // Building fails for repeated words and past four billion states; every test builds these lists.
        #[allow(clippy::expect_used, reason = "constants")]
        Self::leftmost_longest(words.iter().copied()).expect("a small list of words builds")
    }

    fn build<'w>(kind: MatchKind, words: impl IntoIterator<Item = &'w str>) -> Result<Self, DaachorseError> {
        let mut words: Vec<(&str, u32)> = words.into_iter().zip(0..).collect();
        let count = words.len();
        if words.is_empty() {
            words.push((NOTHING, 0));
        }
        let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(kind).use_prefilter(false);
        Ok(Self { automaton: builder.build_with_values(words)?, count })
    }

    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Hit> + 't {
        self.automaton.leftmost_find_iter(text).map(|m| Hit { word: m.value(), start: m.start(), end: m.end() })
    }

    pub(super) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = u32> + 't {
        self.automaton.find_overlapping_iter(text).map(|m| m.value())
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}
