//! A list of words, looked for all at once.
//!
//! Nearly every place in a Chinese text is ruled out by its two characters: whether any word begins with them is one bit of a table that
//! stays in the nearest cache. What is left is looked up, and the longest word there found by halving. An Aho–Corasick automaton
//! walks through memory with every character instead: over the same words it took twice as long to build, and locating a tenth longer.

use crate::order::order;

/// A list of words to look for.
#[derive(Clone)]
pub(crate) struct Words {
    /// All words, one after another in the order of their bytes, and where each ends.
    text: String,
    ends: Vec<u32>,
    /// Of each word, its place in the list it was given in.
    ids: Vec<u32>,
    /// Of each word, one more than the place of the longest other one it begins with; none is 0.
    parents: Vec<u32>,
    /// Each pair of characters that begins a word.
    pairs: Bits,
    /// Each pair that is a word, or a single character and nothing.
    short: Bits,
    /// The first three characters of each longer word: most pairs that begin a word go on otherwise, and are not looked up.
    triples: Bits,
    /// The words that begin with a pair, by `hash`; a pair whose slot is taken stands in the next free one.
    slots: Vec<Slot>,
    has_single: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    pair: Pair,
    first: u32,
    /// After the last; 0 for a free slot.
    end: u32,
    /// A bit for each third character, by its low bits.
    thirds: u64,
    /// The first of the words is no more than the pair.
    is_word: bool,
}

/// Two characters; the second is NUL at the end of a word or a text.
type Pair = (char, char);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("count", &self.ids.len()).finish_non_exhaustive()
    }
}

/// A word found: which one, by its place in the list, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub word: u32,
    pub start: usize,
    pub end: usize,
}

/// Spreads pairs over a number below 2³²; Fibonacci hashing after Knuth.
fn hash((a, b): Pair) -> usize {
    ((u64::from(a) << 21 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// Spreads three characters likewise.
fn hash_of_three((a, b): Pair, c: char) -> usize {
    ((u64::from(a) << 42 | u64::from(b) << 21 | u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

/// A set of hashes, by some of their bits: one that is in it is found, and few that are not.
#[derive(Clone)]
struct Bits(Vec<u64>);

impl Bits {
    /// Room for so many, with as many bits for each; both at least 1.
    fn new(count: usize, bits: usize) -> Self {
        Self(vec![0; (count * bits / 64).max(1).next_power_of_two()])
    }

    fn at(&self, hash: usize) -> (usize, u64) {
        let bit = hash & (64 * self.0.len() - 1);
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, hash: usize) {
        let (at, bit) = self.at(hash);
        self.0[at] |= bit;
    }

    fn may_have(&self, hash: usize) -> bool {
        let (at, bit) = self.at(hash);
        self.0[at] & bit != 0
    }
}

fn bit_of(c: char) -> u64 {
    1 << (c as u32 % 64)
}

fn pair(text: &str) -> Option<Pair> {
    let mut chars = text.chars();
    Some((chars.next()?, chars.next().unwrap_or('\0')))
}

impl Words {
    /// Of words that are the same, the first is found.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let given: Vec<&str> = words.into_iter().collect();
        let mut sorted = order(given.len(), &|a, b| given[a].cmp(given[b]));
        sorted.dedup_by(|b, a| given[*a] == given[*b]);
        sorted.retain(|i| !given[*i].is_empty());
        let pairs = sorted.iter().filter_map(|i| pair(given[*i])).collect::<Vec<_>>();
        let kinds = pairs.chunk_by(|a, b| a == b).count();
        let mut all = Self {
            text: String::new(),
            ends: Vec::with_capacity(sorted.len()),
            ids: sorted.iter().map(|i| *i as u32).collect(),
            parents: Vec::with_capacity(sorted.len()),
            pairs: Bits::new(kinds, 32),
            short: Bits::new(kinds, 8),
            triples: Bits::new(sorted.len(), 16),
            slots: vec![Slot::default(); (2 * kinds + 1).next_power_of_two()],
            has_single: pairs.iter().any(|p| p.1 == '\0'),
        };
        // Words the last one begins with, it among them, the longest last.
        let mut open: Vec<usize> = Vec::new();
        for (at, i) in sorted.iter().enumerate() {
            all.text.push_str(given[*i]);
            all.ends.push(all.text.len() as u32);
            while open.last().is_some_and(|last| !given[*i].starts_with(all.word(*last))) {
                open.pop();
            }
            all.parents.push(open.last().map_or(0, |last| *last as u32 + 1));
            open.push(at);
        }
        let mut first = 0;
        let third = |i: &usize| given[*i].chars().nth(2);
        for same in pairs.chunk_by(|a, b| a == b) {
            let its = &sorted[first as usize..first as usize + same.len()];
            let thirds = its.iter().filter_map(third).fold(0, |bits, c| bits | bit_of(c));
            let is_word = third(&its[0]).is_none();
            let (pair, end) = (same[0], first + same.len() as u32);
            all.pairs.add(hash(pair));
            if is_word {
                all.short.add(hash(pair));
            }
            its.iter().filter_map(third).for_each(|c| all.triples.add(hash_of_three(pair, c)));
            let mut at = hash(pair) & (all.slots.len() - 1);
            while all.slots[at].end > 0 {
                at = (at + 1) & (all.slots.len() - 1);
            }
            all.slots[at] = Slot { pair, first, end, thirds, is_word };
            first = end;
        }
        all
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// The longest word that `rest` begins with, given its first two characters.
    fn longest(&self, rest: &str, pair: Pair) -> Option<usize> {
        let among = |pair: Pair| {
            let third = rest.get(pair.0.len_utf8() + pair.1.len_utf8()..).and_then(|more| more.chars().next());
            if !self.short.may_have(hash(pair)) && third.is_none_or(|c| !self.triples.may_have(hash_of_three(pair, c))) {
                return None;
            }
            let slot = self.slot(pair)?;
            if third.is_none_or(|c| slot.thirds & bit_of(c) == 0) {
                return slot.is_word.then_some(slot.first as usize);
            }
            // Most have few: those are tried, the longest last in their order first.
            if slot.end - slot.first <= 4 {
                return (slot.first as usize..slot.end as usize).rev().find(|at| rest.starts_with(self.word(*at)));
            }
            // All words that `rest` begins with are those that the last word not after it begins with, or that word itself.
            let (mut low, mut high) = (slot.first as usize, slot.end as usize);
            while low < high {
                let middle = usize::midpoint(low, high);
                if self.word(middle) <= rest { low = middle + 1 } else { high = middle }
            }
            let mut at = low.checked_sub(1).filter(|at| *at >= slot.first as usize)?;
            while !rest.starts_with(self.word(at)) {
                at = (self.parents[at] as usize).checked_sub(1)?;
            }
            Some(at)
        };
        among(pair).or_else(|| if self.has_single { among((pair.0, '\0')) } else { None })
    }

    fn slot(&self, pair: Pair) -> Option<Slot> {
        let mut at = hash(pair) & (self.slots.len() - 1);
        while self.slots[at].end > 0 {
            if self.slots[at].pair == pair {
                return Some(self.slots[at]);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }

    fn may_begin(&self, pair: Pair) -> bool {
        self.pairs.may_have(hash(pair))
    }

    /// The leftmost words, of several at one place the longest.
    pub(crate) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Hit> + 't {
        let mut places = Places { words: self, text, from: 0 };
        std::iter::from_fn(move || {
            let (start, at) = places.next()?;
            places.from = start + self.word(at).len();
            Some(Hit { word: self.ids[at], start, end: places.from })
        })
    }

    /// The longest word that ends where the text does, of no more than so many characters.
    pub(super) fn ending(&self, text: &str, most: usize) -> Option<Hit> {
        let mut after = '\0';
        let mut found = None;
        for (start, first) in text.char_indices().rev().take(most) {
            let pair = (first, std::mem::replace(&mut after, first));
            if self.may_begin(pair) || self.has_single && self.may_begin((first, '\0')) {
                let reaches = |at: &usize| start + self.word(*at).len() == text.len();
                found = self
                    .longest(&text[start..], pair)
                    .filter(reaches)
                    .map(|at| Hit { word: self.ids[at], start, end: text.len() })
                    .or(found);
            }
        }
        found
    }

    /// Every word, overlapping ones too.
    pub(super) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = u32> + 't {
        let shorter = |at: &usize| (self.parents[*at] as usize).checked_sub(1);
        let places = Places { words: self, text, from: 0 };
        places.flat_map(move |(_, at)| std::iter::successors(Some(at), shorter)).map(|at| self.ids[at])
    }

    /// The words inside a word: at each of its places the longest, but not the whole.
    pub(super) fn inside<'t>(&'t self, whole: &'t str) -> impl Iterator<Item = u32> + 't {
        let other = move |(start, at): (usize, usize)| {
            if start == 0 && self.word(at).len() == whole.len() { (self.parents[at] as usize).checked_sub(1) } else { Some(at) }
        };
        Places { words: self, text: whole, from: 0 }.filter_map(other).map(|at| self.ids[at])
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}

/// The places of a text, from left to right, where words begin, each with the longest that does.
struct Places<'t> {
    words: &'t Words,
    text: &'t str,
    from: usize,
}

impl Iterator for Places<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let Self { words, text, from } = *self;
        let mut chars = text[from..].char_indices();
        let (mut offset, mut first) = chars.next()?;
        loop {
            let next = chars.next();
            let pair = (first, next.map_or('\0', |(_, second)| second));
            if words.may_begin(pair) || words.has_single && words.may_begin((first, '\0')) {
                let start = from + offset;
                if let Some(word) = words.longest(&text[start..], pair) {
                    self.from = start + first.len_utf8();
                    return Some((start, word));
                }
            }
            let Some(next) = next else {
                self.from = text.len();
                return None;
            };
            (offset, first) = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Hit, Words};

    /// Every word tried at every place.
    fn tried(words: &[String], text: &str) -> Vec<Vec<Hit>> {
        let at = |start: usize| {
            let found = words.iter().zip(0..).filter(|(w, _)| !w.is_empty() && text[start..].starts_with(w.as_str()));
            let first = found.filter(|(w, word)| words.iter().position(|x| x == *w) == Some(*word as usize));
            first.map(|(w, word)| Hit { word, start, end: start + w.len() }).collect()
        };
        text.char_indices().map(|(start, _)| at(start)).collect()
    }

    proptest! {
        #[test]
        fn finds_what_trying_every_word_at_every_place_finds(
            words in prop::collection::vec("[光电a ]{0,4}", 0..12),
            text in "[光电机a ]{0,30}",
        ) {
            let list = Words::new(words.iter().map(String::as_str));
            let places = tried(&words, &text);
            let mut all: Vec<u32> = list.find_all(&text).collect();
            let mut expected: Vec<u32> = places.iter().flatten().map(|hit| hit.word).collect();
            all.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(all, expected);
            let mut leftmost: Vec<Hit> = Vec::new();
            for hit in places.iter().filter_map(|hits| hits.iter().max_by_key(|hit| hit.end)) {
                if leftmost.last().is_none_or(|last| last.end <= hit.start) {
                    leftmost.push(*hit);
                }
            }
            prop_assert_eq!(list.find(&text).collect::<Vec<_>>(), leftmost);
            let last = places.iter().flatten().filter(|hit| hit.end == text.len()).min_by_key(|hit| hit.start).copied();
            prop_assert_eq!(list.ending(&text, 30), last);
        }
    }
}
