//! The grammar of a business scope: what is done (verbs) to what (objects), item by item.
//!
//! A scope is a list of items. A verb stands before its objects (`生产、销售：A、B`), after them (`A、B的研发、制造`), or in every
//! item (`A制造；B销售`). What the law says about a list, and what a list excludes, is not done by anybody.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::chain::lexicon;
use crate::chain::locate::Role;

/// A set of roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Roles(u8);

impl Roles {
    pub(crate) fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u8;
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// One item: what it is about, and what is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The whole item, in bytes of the folded text.
    pub whole: Range<usize>,
    /// The part between its verbs.
    pub object: Range<usize>,
    /// What is done; empty when the text does not say.
    pub roles: Roles,
}

#[derive(Debug, Clone)]
pub(crate) struct Grammar {
    verbs: AhoCorasick,
    roles: Vec<Role>,
    boilerplate: AhoCorasick,
    legal: AhoCorasick,
}

fn automaton(words: impl Iterator<Item = &'static str>) -> AhoCorasick {
    // The words are constants: building fails only past four billion states.
    #[allow(clippy::expect_used, reason = "a constant list that every test builds")]
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).expect("a small list of words builds")
}

impl Grammar {
    pub(crate) fn new() -> Self {
        let flat = || lexicon::VERBS.iter().flat_map(|(role, words)| words.iter().map(|w| (*role, *w)));
        Self {
            verbs: automaton(flat().map(|(_, w)| w)),
            roles: flat().map(|(r, _)| r).collect(),
            boilerplate: automaton(lexicon::BOILERPLATE.iter().copied()),
            legal: automaton(lexicon::LEGAL.iter().copied()),
        }
    }

    /// Splits a folded text into items.
    pub(crate) fn items(&self, text: &str) -> Vec<Item> {
        let masked = self.mask(text);
        let mut items = Vec::new();
        let mut start = 0;
        for (at, c) in masked.char_indices().chain([(masked.len(), '\n')]) {
            if matches!(c, ';' | '；' | '。' | '\n' | '^' | '*' | '#') {
                self.clause(&masked, start..at, &mut items);
                start = at + c.len_utf8();
            }
        }
        items
    }

    /// Blanks out, byte for byte, what is not done: legal sentences, brackets of conditions, and exclusions.
    fn mask(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        let mut blank = |range: Range<usize>| bytes[range].fill(b'\x01');
        let mut open = Vec::new();
        for (at, c) in text.char_indices() {
            match c {
                '(' => open.push(at),
                ')' => {
                    if let Some(from) = open.pop()
                        && self.boilerplate.is_match(&text[from..at])
                    {
                        blank(from..at + 1);
                    }
                }
                _ => {}
            }
        }
        // A bracket that is never closed holds the law's part when it says so.
        if let Some(from) = open.first()
            && self.boilerplate.is_match(&text[*from..])
        {
            let to = text[*from..].find(['。', ';']).map_or(text.len(), |i| from + i);
            blank(*from..to);
        }
        let stop = |c: char| matches!(c, ';' | '；' | '。' | '\n');
        let mut from = 0;
        for sentence in text.split_inclusive(stop) {
            let end = from + sentence.len();
            if self.legal.is_match(sentence) {
                // Only the part that speaks of the law: the products before it stay.
                let legal_from =
                    self.legal.find(sentence).map_or(0, |m| sentence[..m.start()].rfind([',', '，', '(', '*']).map_or(0, |i| i));
                blank(from + legal_from..end);
            }
            from = end;
        }
        for (word, forward) in [("不含", true), ("不包括", true), ("除外", false), ("以外", false)] {
            for (at, _) in text.match_indices(word) {
                if forward {
                    let to = text[at..].find([',', '，', ';', '；', '。', ')']).map_or(text.len(), |i| at + i);
                    blank(at..to);
                } else {
                    let from = text[..at].rfind([',', '，', ';', '；', '。', '(', ':']).map_or(0, |i| i);
                    blank(from..at + word.len());
                }
            }
        }
        // Only whole characters are blanked, and the filler is ASCII.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads one clause: which verbs go with which objects.
    fn clause(&self, text: &str, range: Range<usize>, items: &mut Vec<Item>) {
        let first = items.len();
        let mut head = Roles::default();
        let mut lead = Roles::default();
        let mut pending = first;
        let mut tail_from: Option<usize> = None;
        let mut segment_start = range.start;
        let clause = &text[range.clone()];
        let verbs: Vec<(Range<usize>, Role)> = self
            .verbs
            .find_iter(clause)
            .map(|m| (range.start + m.start()..range.start + m.end(), self.roles[m.pattern().as_usize()]))
            .collect();
        let in_verb = |at: usize| verbs.iter().any(|(r, _)| r.start < at && at < r.end);
        let mut chars = clause.char_indices().map(|(i, c)| (range.start + i, c)).chain([(range.end, ';')]).peekable();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(';', |(_, c)| *c);
            let separates = match c {
                '、' | ',' | '，' | ':' | '：' | '/' | '|' | ';' => true,
                '及' | '与' | '和' | '或' | '兼' => !in_verb(at),
                ' ' => !(before.is_ascii() && next.is_ascii()),
                _ => false,
            };
            before = c;
            if !separates {
                continue;
            }
            let segment = segment_start..at;
            segment_start = at + c.len_utf8();
            let parsed = parse(text, segment.clone(), &verbs);
            if parsed.object.is_empty() {
                match tail_from {
                    // "A、B的研发、生产": the second verb goes with the first.
                    Some(from) if c != ':' && c != '：' => items[from..].iter_mut().for_each(|i| i.roles.join(parsed.lead)),
                    _ => {
                        lead.join(parsed.lead);
                        if c == ':' || c == '：' {
                            head = lead;
                            lead = Roles::default();
                            pending = items.len();
                            tail_from = None;
                        }
                    }
                }
                continue;
            }
            if !parsed.lead.is_empty() || !lead.is_empty() {
                head = lead;
                head.join(parsed.lead);
                lead = Roles::default();
                pending = items.len();
            }
            items.push(Item { whole: segment, object: parsed.object, roles: head });
            tail_from = None;
            if !parsed.tail.is_empty() {
                let from = if head.is_empty() { pending } else { items.len() - 1 };
                items[from..].iter_mut().for_each(|i| i.roles.join(parsed.tail));
                pending = items.len();
                tail_from = Some(from);
            }
        }
        // "A、B，生产、销售" ends on bare verbs: they go with what has none.
        if !lead.is_empty() {
            items[pending..].iter_mut().filter(|i| i.roles.is_empty()).for_each(|i| i.roles.join(lead));
        }
    }
}

struct Segment {
    lead: Roles,
    object: Range<usize>,
    tail: Roles,
}

/// Strips verbs and small words from both ends of a segment.
fn parse(text: &str, range: Range<usize>, verbs: &[(Range<usize>, Role)]) -> Segment {
    let mut inner = range;
    let mut lead = Roles::default();
    let mut tail = Roles::default();
    trim_start(text, &mut inner);
    trim_end(text, &mut inner);
    for (verb, role) in verbs {
        if verb.start != inner.start || verb.end > inner.end {
            continue;
        }
        let rest = &text[verb.end..inner.end];
        let word = &text[verb.clone()];
        let noun = lexicon::NOUN_VERBS.contains(&word) && lexicon::AFTER_VERB_NOUN.iter().any(|n| rest.starts_with(n));
        if noun {
            break;
        }
        lead.add(*role);
        if word == "产销" {
            lead.add(Role::Trader);
        }
        inner.start = verb.end;
        trim_start(text, &mut inner);
    }
    for (verb, role) in verbs.iter().rev() {
        if verb.end != inner.end || verb.start < inner.start {
            continue;
        }
        tail.add(*role);
        inner.end = verb.start;
        trim_end(text, &mut inner);
    }
    Segment { lead, object: inner, tail }
}

const EDGE: [char; 14] = [' ', '\u{1}', '(', ')', '.', '"', '“', '”', '《', '》', '-', '—', '·', '、'];

fn trim_start(text: &str, range: &mut Range<usize>) {
    loop {
        let part = &text[range.clone()];
        let cut = part.trim_start_matches(EDGE);
        let word = lexicon::PARTICLES.iter().filter(|p| cut.starts_with(**p) && worth_cutting(cut, p)).map(|p| p.len()).max().unwrap_or(0);
        range.start += part.len() - cut.len() + word;
        if word == 0 {
            return;
        }
    }
}

/// A particle at the start is cut only when it is all there is, or one of those that never begin a noun.
fn worth_cutting(text: &str, particle: &str) -> bool {
    text.len() == particle.len()
        || [
            "的",
            "并",
            "从事",
            "本公司",
            "自产",
            "主营",
            "兼营",
            "一般项目",
            "许可项目",
            "许可经营项目",
            "一般经营项目",
            "经营范围",
            "提供",
            "及其",
            "各类",
            "各种",
            "相关",
        ]
        .contains(&particle)
}

fn trim_end(text: &str, range: &mut Range<usize>) {
    loop {
        let part = &text[range.clone()];
        let cut = part.trim_end_matches(EDGE);
        let particle = ["的", "及其", "并", "等", "以及", "其", "为", "领域内", "自产产品", "的相关", "相关的", "方面"];
        let word = particle.iter().filter(|p| cut.ends_with(**p)).map(|p| p.len()).max().unwrap_or(0);
        let whole = if lexicon::PARTICLES.contains(&cut) { cut.len() } else { word };
        range.end -= part.len() - cut.len() + whole;
        if whole == 0 {
            return;
        }
    }
}
