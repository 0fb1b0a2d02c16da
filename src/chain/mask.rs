//! What a text says is not done: legal sentences, brackets of conditions, exclusions, and what is bought for one's own production.

use std::ops::Range;

use crate::chain::lexicon;
use crate::chain::matches::Role;

/// What a cue says of the text around it.
pub(super) mod cue {
    /// Brackets around it hold conditions, not products.
    pub const CONDITION: u8 = 1;
    /// The sentence it stands in speaks of the law.
    pub const LEGAL: u8 = 2;
    /// What follows is not done.
    pub const FORWARD: u8 = 4;
    /// What precedes is not done.
    pub const BACKWARD: u8 = 8;
    /// What follows is needed; where the enterprise itself needs it, it is bought and not made.
    pub const NEEDED: u8 = 16;
}

/// What a word of the grammar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A verb, and what whoever does it is.
    Verb(Role),
    /// A noun that is to stay whole although a conjunction stands in it, such as 光伏设备及元器件.
    Noun,
    /// A cue of [`cue`], a bit each.
    Cue(u8),
}

/// Stands in place of what is blanked out.
pub(crate) const BLANK: u8 = 1;

/// Ends of a sentence within which the law speaks.
const STOPS: [char; 5] = [';', '。', '\n', '*', '#'];
/// Ends of what an exclusion holds for.
const BREAKS: [char; 6] = [',', ';', '。', ')', '\n', '\u{1}'];

/// Buffers kept from text to text.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// What is to be blanked out.
    blanks: Vec<Range<usize>>,
    /// Brackets that are open: where, and how many conditions stand before.
    open: Vec<(usize, usize)>,
    /// Those that hold conditions, none inside another.
    conditions: Vec<Range<usize>>,
}

/// The next place of something in a text, asked for from left to right: no part of the text is looked through twice.
struct Ahead<'t, F> {
    text: &'t str,
    find: F,
    at: Option<usize>,
}

impl<'t, F: Fn(&str) -> Option<usize>> Ahead<'t, F> {
    fn new(text: &'t str, find: F) -> Self {
        Self { text, find, at: None }
    }

    /// The first place not before `from`; the end of the text where there is none.
    fn from(&mut self, from: usize) -> usize {
        let known = self.at.filter(|at| *at >= from);
        let at = known.unwrap_or_else(|| (self.find)(&self.text[from..]).map_or(self.text.len(), |i| from + i));
        self.at = Some(at);
        at
    }
}

/// Writes a text with what is not done blanked out, byte for byte; `marks` are its words in their order.
pub(super) fn mask(text: &str, masked: &mut String, marks: &[(Range<usize>, Mark)], brackets: &mut Brackets) {
    masked.clear();
    let cues = || marks.iter().filter_map(|(range, mark)| if let Mark::Cue(bits) = mark { Some((range, *bits)) } else { None });
    if cues().next().is_none() {
        masked.push_str(text);
        return;
    }
    brackets.read(text, marks);
    let Brackets { blanks, conditions, .. } = brackets;
    blanks.clear();
    blanks.append(conditions);
    let mut stops = Ahead::new(text, |t: &str| t.find(STOPS));
    let mut closing = Ahead::new(text, |t: &str| t.find(')'));
    let mut breaks = Ahead::new(text, |t: &str| t.find(BREAKS));
    let mut ofs = Ahead::new(text, |t: &str| t.find('的'));
    // Each kind looks no further back than its last cue, and skips what its last one covered: a text of cues alone is read once.
    let (mut legal, mut forward, mut backward, mut needed, mut next_verb) = (0, 0, 0, 0, 0);
    for (range, bits) in cues() {
        let before = |from: usize, stops: &[char]| text[from.min(range.start)..range.start].rfind(stops).map(|i| from + i);
        let after_stop = |i: usize| i + text[i..].chars().next().map_or(0, char::len_utf8);
        if bits & cue::LEGAL != 0 && range.start >= legal {
            // Only the part that speaks of the law: the products before it stay.
            let from = before(legal, &[',', '(', ';', '。', '\n', '*', '#']).map_or(legal, after_stop);
            let in_bracket = before(legal, &['(', ')']).is_some_and(|i| text[i..].starts_with('('));
            let mut to = stops.from(range.end);
            if in_bracket {
                // A legal bracket ends where it is closed.
                to = to.min(closing.from(range.end));
            }
            blanks.push(from..to);
            legal = to;
        }
        if bits & cue::FORWARD != 0 && range.start >= forward {
            let mut to = breaks.from(range.end);
            // "不含溶剂的涂料": only the solvent is left out; "不含涂料的生产": the making.
            let of = ofs.from(range.end);
            let noun = of + "的".len();
            let verb_first = || marks.binary_search_by_key(&noun, |(r, _)| r.start).is_ok_and(|i| matches!(marks[i].1, Mark::Verb(_)));
            if noun < to && !verb_first() {
                to = of;
            }
            blanks.push(range.start..to);
            forward = to;
        }
        if bits & cue::BACKWARD != 0 {
            let from = before(backward, &[',', ';', '。', '(', ':', '\n']).map_or(backward, after_stop);
            blanks.push(from.min(range.start)..range.end);
            backward = range.end;
        }
        if bits & cue::NEEDED != 0 && range.start >= needed {
            let from = before(needed, &[';', '。', '\n', ')']).map_or(needed, after_stop);
            let own = lexicon::OWN.iter().filter_map(|w| text[from..range.start].rfind(w).map(|i| (from + i, w.len()))).max();
            let own = own.filter(|(at, long)| is_made_of(&text[at + long..range.start], lexicon::OF_OWN)).map(|(at, _)| at);
            // "本企业所需的设备、零配件的进口业务": up to its verb, though commas stand between.
            let is_verb = |mark: &Mark| matches!(mark, Mark::Verb(_));
            next_verb += marks[next_verb..].iter().take_while(|(r, mark)| r.start < range.end || !is_verb(mark)).count();
            let verb = marks.get(next_verb).filter(|(r, _)| lexicon::IMPORTS.contains(&&text[r.clone()]));
            let stop = stops.from(range.end);
            let to = verb.map(|(r, _)| r.start).filter(|at| *at < stop).unwrap_or_else(|| breaks.from(range.end));
            needed = range.end;
            if let Some(own) = own {
                blanks.push(own..to);
                needed = to;
            }
        }
    }
    blanks.sort_unstable_by_key(|range| range.start);
    let mut done = 0;
    for range in blanks.iter().filter(|range| !range.is_empty()) {
        // A character that is cut is blanked whole.
        let end = (range.end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let start = (0..=range.start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0).max(done);
        if start < end {
            masked.push_str(&text[done..start]);
            masked.extend(std::iter::repeat_n(BLANK as char, end - start));
            done = end;
        }
    }
    masked.push_str(&text[done..]);
}

/// True when a text is these words and nothing else.
fn is_made_of(text: &str, words: &[&str]) -> bool {
    let mut rest = text;
    while let Some(less) = words.iter().find_map(|w| rest.strip_prefix(w)) {
        rest = less;
    }
    rest.is_empty()
}

impl Brackets {
    /// Finds the brackets that hold conditions.
    fn read(&mut self, text: &str, marks: &[(Range<usize>, Mark)]) {
        self.open.clear();
        self.conditions.clear();
        let is_condition = |mark: &Mark| matches!(mark, Mark::Cue(bits) if bits & cue::CONDITION != 0);
        let mut rest = marks.iter().filter(|(_, mark)| is_condition(mark)).map(|(r, _)| r.start).peekable();
        let mut before = 0;
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'(' | b')')) {
            while rest.next_if(|start| *start < at).is_some() {
                before += 1;
            }
            if byte == b'(' {
                self.open.push((at, before));
            } else if let Some((from, _)) = self.open.pop().filter(|(_, then)| before > *then) {
                // It takes in those inside it.
                let apart = self.conditions.iter().rposition(|r| r.start < from).map_or(0, |i| i + 1);
                self.conditions.truncate(apart);
                self.conditions.push(from..at + 1);
            }
        }
        // A bracket that is never closed holds the law's part when it says so.
        if let Some((from, _)) = self.open.first().copied() {
            let to = text[from..].find(['。', ';']).map_or(text.len(), |i| from + i);
            if marks.iter().any(|(r, mark)| (from..to).contains(&r.start) && is_condition(mark)) {
                self.conditions.push(from..to);
            }
        }
    }
}
