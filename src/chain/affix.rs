//! Lists of words looked for at one end of a text, found by the character they end on.

/// Words at the start or the end of a text.
#[derive(Debug, Clone)]
pub(super) struct Affixes {
    /// By the outermost character, sorted.
    by_edge: Vec<(char, Vec<(&'static str, u32)>)>,
    at_end: bool,
    longest: usize,
}

impl Affixes {
    /// Words that may start a text.
    pub(super) fn prefixes(words: impl Iterator<Item = (&'static str, u32)>) -> Self {
        Self::new(words, false)
    }

    /// Words that may end a text.
    pub(super) fn suffixes(words: impl Iterator<Item = (&'static str, u32)>) -> Self {
        Self::new(words, true)
    }

    fn new(words: impl Iterator<Item = (&'static str, u32)>, at_end: bool) -> Self {
        let mut by_edge: Vec<(char, Vec<(&'static str, u32)>)> = Vec::new();
        for (word, value) in words {
            let Some(c) = edge(word, at_end) else { continue };
            match by_edge.binary_search_by_key(&c, |(c, _)| *c) {
                Ok(i) => by_edge[i].1.push((word, value)),
                Err(i) => by_edge.insert(i, (c, vec![(word, value)])),
            }
        }
        for (_, words) in &mut by_edge {
            words.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        }
        let longest = by_edge.iter().flat_map(|(_, words)| words).map(|(w, _)| w.len()).max().unwrap_or(0);
        Self { by_edge, at_end, longest }
    }

    /// The longest of the words at the text's end (or start), and its value.
    pub(super) fn longest(&self, text: &str) -> Option<(&'static str, u32)> {
        let c = edge(text, self.at_end)?;
        let at = self.by_edge.binary_search_by_key(&c, |(c, _)| *c).ok()?;
        let fits = |w: &str| if self.at_end { text.ends_with(w) } else { text.starts_with(w) };
        self.by_edge[at].1.iter().find(|(w, _)| fits(w)).copied()
    }

    /// True when the text is one of the words.
    pub(super) fn is_word(&self, text: &str) -> bool {
        text.len() <= self.longest && self.longest(text).is_some_and(|(w, _)| w.len() == text.len())
    }
}

fn edge(text: &str, at_end: bool) -> Option<char> {
    if at_end { text.chars().next_back() } else { text.chars().next() }
}
