//! Lists of words looked for at one end of a text, found by the character they end on.

use crate::order::sort;

/// How many kinds of outermost characters are told apart; the words themselves are compared in any case.
const SLOTS: usize = 2048;

/// Words at the start or the end of a text.
#[derive(Clone)]
pub(super) struct Affixes {
    /// By the low bits of the outermost character: one more than its place in `by_edge`; most have none. Small, to stay near.
    places: [u8; SLOTS],
    by_edge: Vec<Vec<(&'static str, u32)>>,
    at_end: bool,
    longest: usize,
}

impl std::fmt::Debug for Affixes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Affixes").field("by_edge", &self.by_edge).finish_non_exhaustive()
    }
}

impl Affixes {
    /// Words that may start a text.
    pub(super) fn prefixes(words: impl Iterator<Item = (&'static str, u32)>) -> Self {
        Self::new(words.collect(), false)
    }

    /// Words that may end a text.
    pub(super) fn suffixes(words: impl Iterator<Item = (&'static str, u32)>) -> Self {
        Self::new(words.collect(), true)
    }

    fn new(words: Vec<(&'static str, u32)>, at_end: bool) -> Self {
        let mut all = Self { places: [0; SLOTS], by_edge: Vec::new(), at_end, longest: 0 };
        for (word, value) in words {
            all.longest = all.longest.max(word.len());
            let Some(at) = all.edge(word) else { continue };
            let slot = &mut all.places[at];
            if *slot == 0 {
                all.by_edge.push(Vec::new());
                // The lists are constants of fewer than two hundred words.
                *slot = all.by_edge.len() as u8;
            }
            all.by_edge[usize::from(*slot) - 1].push((word, value));
        }
        for words in &mut all.by_edge {
            sort(words, &|(a, _), (b, _)| b.len().cmp(&a.len()));
        }
        all
    }

    /// The longest of the words at the text's end (or start), and its value.
    pub(super) fn longest(&self, text: &str) -> Option<(&'static str, u32)> {
        let place = self.places[self.edge(text)?];
        let words = self.by_edge.get(usize::from(place).checked_sub(1)?)?;
        let fits = |w: &str| if self.at_end { text.ends_with(w) } else { text.starts_with(w) };
        words.iter().find(|(w, _)| fits(w)).copied()
    }

    /// True when the text is one of the words.
    pub(super) fn is_word(&self, text: &str) -> bool {
        text.len() <= self.longest && self.longest(text).is_some_and(|(w, _)| w.len() == text.len())
    }

    /// Where the outermost character has its place.
    fn edge(&self, text: &str) -> Option<usize> {
        let c = if self.at_end { text.chars().next_back() } else { text.chars().next() };
        c.map(|c| c as usize % SLOTS)
    }
}
