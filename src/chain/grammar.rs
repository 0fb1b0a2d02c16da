//! The grammar of a business scope: what is done (verbs) to what (objects), item by item.
//!
//! A scope is a list of items. A verb stands before its objects (`生产、销售：A、B`), after them (`A、B的研发、制造`), or in every
//! item (`A制造；B销售`). What the law says about a list, and what a list excludes, is not done by anybody.

use std::ops::Range;

use crate::chain::affix::Affixes;
use crate::chain::lexicon;
use crate::chain::locate::Role;
use crate::chain::words::Words;

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

    pub(crate) fn only(self, role: Role) -> bool {
        self.0 == 1 << role as u8
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

/// What a cue says of the text around it.
mod cue {
    /// Brackets around it hold conditions, not products.
    pub const CONDITION: u8 = 1;
    /// The sentence it stands in speaks of the law.
    pub const LEGAL: u8 = 2;
    /// What follows is not done.
    pub const FORWARD: u8 = 4;
    /// What precedes is not done.
    pub const BACKWARD: u8 = 8;
}

#[derive(Debug, Clone)]
pub(crate) struct Grammar {
    verbs: Words,
    /// Of each word of `verbs`: what whoever does it is; none for a noun that is to stay whole.
    roles: Vec<Option<Role>>,
    cues: Words,
    kinds: Vec<u8>,
    /// Small words that are all of a segment, that may start one, that may end one.
    particles: Affixes,
    leading: Affixes,
    trailing: Affixes,
    /// Ends of a segment whose verb belongs to its noun.
    closed: Affixes,
}

/// Buffers that a reader keeps from text to text.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub items: Vec<Item>,
    masked: String,
    verbs: Vec<(Range<usize>, Option<Role>)>,
    open: Vec<usize>,
}

/// Ends of a sentence within which an exclusion holds.
const STOPS: [char; 5] = [';', '。', '\n', '*', '#'];

impl Grammar {
    /// A grammar that keeps some nouns whole although a conjunction stands in them, such as 光伏设备及元器件.
    pub(crate) fn new<'w>(nouns: impl Iterator<Item = &'w str>) -> Self {
        let verbs = || lexicon::VERBS.iter().flat_map(|(role, words)| words.iter().map(|w| (*role, *w)));
        let lists = [
            (cue::CONDITION, lexicon::CONDITIONS),
            (cue::LEGAL, lexicon::LEGAL),
            (cue::FORWARD, lexicon::NOT_WHAT_FOLLOWS),
            (cue::BACKWARD, lexicon::NOT_WHAT_PRECEDES),
        ];
        let mut cues: Vec<&str> = lists.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        cues.sort_unstable();
        cues.dedup();
        // A longer cue means all that the cues inside it mean.
        let kinds = cues.iter().map(|c| lists.iter().filter(|(_, ws)| ws.iter().any(|w| c.contains(w))).fold(0, |k, (kind, _)| k | kind));
        let joined = |noun: &&str| noun.contains(['及', '与', '和', '或', '兼', '/', '(']);
        let mut words: Vec<&str> = verbs().map(|(_, w)| w).chain(nouns.filter(joined)).collect();
        let mut roles: Vec<Option<Role>> = verbs().map(|(r, _)| Some(r)).collect();
        roles.resize(words.len(), None);
        let mut seen = std::collections::BTreeSet::new();
        let fresh: Vec<bool> = words.iter().map(|w| seen.insert(*w)).collect();
        let mut fresh_roles = fresh.iter();
        roles.retain(|_| *fresh_roles.next().unwrap_or(&true));
        let mut fresh_words = fresh.iter();
        words.retain(|_| *fresh_words.next().unwrap_or(&true));
        Self {
            verbs: Words::constant(&words),
            roles,
            kinds: kinds.collect(),
            cues: Words::constant(&cues),
            particles: Affixes::prefixes(lexicon::PARTICLES.iter().map(|w| (*w, 0))),
            leading: Affixes::prefixes(lexicon::LEADING_PARTICLES.iter().map(|w| (*w, 0))),
            trailing: Affixes::suffixes(lexicon::TRAILING_PARTICLES.iter().map(|w| (*w, 0))),
            closed: Affixes::suffixes(lexicon::CLOSED.iter().map(|w| (*w, 0))),
        }
    }

    /// Splits a folded text into items, left in `scratch.items`.
    pub(crate) fn read(&self, text: &str, scratch: &mut Scratch) {
        scratch.items.clear();
        let mut masked = std::mem::take(&mut scratch.masked);
        masked.clear();
        masked.push_str(text);
        let masked = self.mask(text, masked, &mut scratch.open);
        let mut start = 0;
        for (at, c) in masked.char_indices().chain([(masked.len(), '\n')]) {
            if matches!(c, ';' | '。' | '\n' | '^' | '*' | '#') {
                if at > start {
                    self.clause(&masked, start..at, scratch);
                }
                start = at + c.len_utf8();
            }
        }
        scratch.masked = masked;
    }

    /// Blanks out, byte for byte, what is not done: legal sentences, brackets of conditions, and exclusions.
    fn mask(&self, text: &str, masked: String, open: &mut Vec<usize>) -> String {
        let mut cues = self.cues.find(text).map(|m| (m.start, m.end, self.kinds[m.word as usize])).peekable();
        if cues.peek().is_none() {
            return masked;
        }
        let cues: Vec<(usize, usize, u8)> = cues.collect();
        let condition = |range: Range<usize>| {
            let from = cues.partition_point(|c| c.0 < range.start);
            cues[from..].iter().take_while(|c| c.0 < range.end).any(|c| c.2 & cue::CONDITION != 0)
        };
        let mut bytes = masked.into_bytes();
        let mut blank = |range: Range<usize>| bytes[range].fill(b'\x01');
        open.clear();
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'(' => open.push(at),
                b')' => {
                    if let Some(from) = open.pop().filter(|from| condition(*from..at)) {
                        blank(from..at + 1);
                    }
                }
                _ => {}
            }
        }
        // A bracket that is never closed holds the law's part when it says so.
        if let Some(from) = open.first() {
            let to = text[*from..].find(['。', ';']).map_or(text.len(), |i| from + i);
            if condition(*from..to) {
                blank(*from..to);
            }
        }
        for (start, end, kind) in &cues {
            if kind & cue::LEGAL != 0 {
                // Only the part that speaks of the law: the products before it stay.
                let sentence = text[..*start].rfind(STOPS).map_or(0, |i| i + 1);
                let from = text[..*start].rfind([',', '(', '*']).map_or(sentence, |i| i.max(sentence));
                let from = (from..=*start).find(|i| text.is_char_boundary(*i)).unwrap_or(*start);
                let mut to = text[*end..].find(STOPS).map_or(text.len(), |i| end + i);
                // A legal bracket ends where it is closed.
                if let Some(open) = text[..*start].rfind(['(', ')']).filter(|i| text[*i..].starts_with('(')) {
                    to = text[open..].find(')').map_or(to, |i| to.min(open + i + 1).max(*end));
                }
                blank(from..to);
            }
            if kind & cue::FORWARD != 0 {
                let mut to = text[*end..].find([',', ';', '。', ')', '\n']).map_or(text.len(), |i| end + i);
                // "不含溶剂的涂料": only the solvent is left out; "不含涂料的生产": the making.
                if let Some(of) = text[*end..to].find('的').map(|i| end + i) {
                    let rest = &text[of + "的".len()..to];
                    let verb_first = self.verbs.find(rest).next().is_some_and(|v| v.start == 0);
                    if !rest.is_empty() && !verb_first {
                        to = of;
                    }
                }
                blank(*start..to);
            }
            if kind & cue::BACKWARD != 0 {
                let from = text[..*start].rfind([',', ';', '。', '(', ':', '\n']).unwrap_or(0);
                blank((from..=*start).find(|i| text.is_char_boundary(*i)).unwrap_or(*start)..*end);
            }
        }
        // Only whole characters are blanked, and the filler is ASCII.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads one clause: which verbs go with which objects.
    fn clause(&self, text: &str, range: Range<usize>, scratch: &mut Scratch) {
        let Scratch { items, verbs, .. } = scratch;
        let first = items.len();
        let mut head = Roles::default();
        let mut lead = Roles::default();
        let mut pending = first;
        let mut tail_from: Option<(usize, Roles)> = None;
        let mut segment_start = range.start;
        let clause = &text[range.clone()];
        verbs.clear();
        verbs.extend(
            self.verbs.find(clause).map(|m| (range.start + m.start..range.start + m.end, self.roles[m.word as usize])),
        );
        let verbs = &verbs[..];
        let in_verb = |at: usize| {
            let next = verbs.partition_point(|(r, _)| r.start < at);
            next > 0 && at < verbs[next - 1].0.end
        };
        let mut chars = clause.char_indices().map(|(i, c)| (range.start + i, c)).chain([(range.end, ';')]).peekable();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(';', |(_, c)| *c);
            let separates = match c {
                ',' | ':' | '|' | ';' | '\u{1}' => true,
                // "A、B等C": C is what they are, and no less done.
                '等' => !in_verb(at) && !matches!(next, '离' | '级' | '静' | '温' | '同' | ';'),
                '、' | '及' | '与' | '和' | '或' | '兼' | '/' | '(' | ')' => !in_verb(at),
                ' ' => !(before.is_ascii() && next.is_ascii()),
                _ => false,
            };
            before = c;
            if !separates {
                continue;
            }
            let segment = segment_start..at;
            segment_start = at + c.len_utf8();
            if segment.is_empty() && c != ':' {
                continue;
            }
            let from = verbs.partition_point(|(r, _)| r.start < segment.start);
            let to = verbs.partition_point(|(r, _)| r.start < segment.end);
            let parsed = self.parse(text, segment.clone(), &verbs[from..to]);
            if parsed.object.is_empty() {
                match tail_from {
                    // "A、B的研发、生产": the second verb goes with the first.
                    Some((from, tail)) if c != ':' => items[from..].iter_mut().for_each(|i| {
                        i.roles.join(tail);
                        i.roles.join(parsed.lead);
                    }),
                    _ => {
                        lead.join(parsed.lead);
                        if c == ':' {
                            // A bracket may stand between the verbs and the colon.
                            if !lead.is_empty() {
                                head = lead;
                            }
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
            items.push(Item { whole: segment, object: parsed.object.clone(), roles: head });
            tail_from = None;
            if !parsed.tail.is_empty() {
                let last = items.len() - 1;
                let wide = if head.is_empty() { pending } else { last };
                // "A、B、C制造" makes all three; after "A、B、装饰设计" only the last is designed.
                let from = if self.distributes(text, &parsed, &text[items[last].whole.clone()]) { wide } else { last };
                items[from..].iter_mut().for_each(|i| i.roles.join(parsed.tail));
                pending = items.len();
                tail_from = Some((wide, parsed.tail));
            }
        }
        // "A、B，生产、销售" ends on bare verbs: they go with what has none.
        if !lead.is_empty() {
            items[pending..].iter_mut().filter(|i| i.roles.is_empty()).for_each(|i| i.roles.join(lead));
        }
    }
}

/// What a segment of a clause is made of.
struct Segment {
    lead: Roles,
    object: Range<usize>,
    tail: Roles,
}

impl Grammar {
    /// True when the verbs that end a segment speak for the items before it too.
    fn distributes(&self, text: &str, parsed: &Segment, whole: &str) -> bool {
        if self.closed.longest(whole).is_some() {
            return false;
        }
        let of = text[parsed.object.end..].starts_with(['的', '之']);
        let invests = parsed.tail.has(Role::Operator) && (whole.contains("进行") || whole.contains("项目"));
        of || invests || text[parsed.object.clone()].ends_with("工程") || parsed.tail.has(Role::Maker) || parsed.tail.has(Role::Trader)
    }

    /// Strips verbs and small words from both ends of a segment.
    fn parse(&self, text: &str, range: Range<usize>, verbs: &[(Range<usize>, Option<Role>)]) -> Segment {
        let mut inner = range;
        let mut lead = Roles::default();
        let mut tail = Roles::default();
        self.trim_start(text, &mut inner);
        self.trim_end(text, &mut inner);
        for (verb, role) in verbs.iter().filter_map(|(v, r)| Some((v, (*r)?))) {
            if verb.start != inner.start || verb.end > inner.end {
                continue;
            }
            let rest = &text[verb.end..inner.end];
            let word = &text[verb.clone()];
            let noun = lexicon::NOUN_VERBS.contains(&word) && lexicon::AFTER_VERB_NOUN.iter().any(|n| rest.starts_with(n));
            if noun {
                break;
            }
            lead.add(role);
            if word == "产销" {
                lead.add(Role::Trader);
            }
            inner.start = verb.end;
            self.trim_start(text, &mut inner);
        }
        for (verb, role) in verbs.iter().rev().filter_map(|(v, r)| Some((v, (*r)?))) {
            if verb.end != inner.end || verb.start < inner.start {
                continue;
            }
            tail.add(role);
            inner.end = verb.start;
            self.trim_end(text, &mut inner);
        }
        // A list that ends on works (照明工程, 胶泥工程) builds or installs what it lists.
        if tail.is_empty() && inner.len() > "工程".len() && text[inner.clone()].ends_with("工程") {
            tail.add(Role::Service);
        }
        Segment { lead, object: inner, tail }
    }

    fn trim_start(&self, text: &str, range: &mut Range<usize>) {
        loop {
            let part = &text[range.clone()];
            let cut = part.trim_start_matches(is_edge);
            let word = match self.leading.longest(cut) {
                Some((word, _)) => word.len(),
                // Any other particle is cut only when it is all there is.
                None if self.particles.is_word(cut) => cut.len(),
                None => 0,
            };
            range.start += part.len() - cut.len() + word;
            if word == 0 {
                return;
            }
        }
    }

    fn trim_end(&self, text: &str, range: &mut Range<usize>) {
        loop {
            let part = &text[range.clone()];
            let cut = part.trim_end_matches(is_edge);
            let word = if self.particles.is_word(cut) { cut.len() } else { self.trailing.longest(cut).map_or(0, |(w, _)| w.len()) };
            range.end -= part.len() - cut.len() + word;
            if word == 0 {
                return;
            }
        }
    }
}

fn is_edge(c: char) -> bool {
    matches!(c, ' ' | '\u{1}' | '(' | ')' | '.' | '"' | '“' | '”' | '《' | '》' | '-' | '—' | '·' | '、')
}
