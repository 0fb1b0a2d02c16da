//! The grammar of a business scope: what is done (verbs) to what (objects), item by item.
//!
//! A scope is a list of items. A verb stands before its objects (`生产、销售：A、B`), after them (`A、B的研发、制造`), or in every
//! item (`A制造；B销售`). What the law says about a list, and what a list excludes, is not done by anybody.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::chain::affix::Affixes;
use crate::chain::lexicon;
use crate::chain::matches::Role;
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

/// What a word of the grammar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A verb, and what whoever does it is.
    Verb(Role),
    /// A noun that is to stay whole although a conjunction stands in it, such as 光伏设备及元器件.
    Noun,
    /// A cue of [`cue`], a bit each.
    Cue(u8),
}

#[derive(Debug, Clone)]
pub(crate) struct Grammar {
    words: Words,
    /// What each of `words` is.
    marks: Vec<Mark>,
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
    marks: Vec<(Range<usize>, Mark)>,
    verbs: Vec<(Range<usize>, Option<Role>)>,
    open: Vec<usize>,
}

impl Scratch {
    /// The text read last, with what is not done blanked out.
    pub(crate) fn masked(&self) -> &str {
        &self.masked
    }
}

/// Ends of a sentence within which the law speaks.
const STOPS: [char; 5] = [';', '。', '\n', '*', '#'];
/// Ends of what an exclusion holds for.
const BREAKS: [char; 6] = [',', ';', '。', ')', '\n', '\u{1}'];

/// The bytes on which a clause may end; most are none, and are told by one look.
const MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    let (bytes, mut i) = (b";\n^*#\xe3", 0);
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

/// By their low bits, the characters at which a segment may end.
const MAY_SEPARATE: [bool; 128] = {
    let mut table = [false; 128];
    let chars = [',', '|', ';', '\u{1}', '等', '、', '及', '与', '和', '或', '兼', '/', '(', ')', ':', ' '];
    let mut i = 0;
    while i < chars.len() {
        table[chars[i] as usize % table.len()] = true;
        i += 1;
    }
    table
};

impl Grammar {
    /// A grammar that keeps some nouns whole although a conjunction stands in them.
    pub(crate) fn new<'w>(nouns: impl Iterator<Item = &'w str>) -> Self {
        let lists = [
            (cue::CONDITION, lexicon::CONDITIONS),
            (cue::LEGAL, lexicon::LEGAL),
            (cue::FORWARD, lexicon::NOT_WHAT_FOLLOWS),
            (cue::BACKWARD, lexicon::NOT_WHAT_PRECEDES),
        ];
        // A longer cue means all that the cues inside it mean.
        let bits = |word: &str| lists.iter().filter(|(_, ws)| ws.iter().any(|w| word.contains(w))).fold(0, |bits, (bit, _)| bits | bit);
        let mut words: BTreeMap<&str, Mark> = BTreeMap::new();
        for noun in nouns.filter(|n| n.contains(['及', '与', '和', '或', '兼', '/', '(', ':'])) {
            words.insert(noun, Mark::Noun);
        }
        for word in lists.iter().flat_map(|(_, list)| *list) {
            words.insert(word, Mark::Cue(bits(word)));
        }
        for (role, list) in lexicon::VERBS {
            words.extend(list.iter().map(|w| (*w, Mark::Verb(*role))));
        }
        let affixes = |list: &'static [&'static str]| list.iter().map(|w| (*w, 0));
        Self {
            words: Words::new(words.keys().copied()),
            marks: words.into_values().collect(),
            particles: Affixes::prefixes(affixes(lexicon::PARTICLES)),
            leading: Affixes::prefixes(affixes(lexicon::LEADING_PARTICLES)),
            trailing: Affixes::suffixes(affixes(lexicon::TRAILING_PARTICLES)),
            closed: Affixes::suffixes(affixes(lexicon::CLOSED)),
        }
    }

    /// True when a place in a text lies inside one of its verbs.
    pub(crate) fn in_verb(&self, text: &str, at: usize) -> bool {
        self.words.find(text).any(|hit| hit.start < at && at < hit.end && matches!(self.marks[hit.word as usize], Mark::Verb(_)))
    }

    /// Splits a folded text into items, left in `scratch.items`.
    pub(crate) fn read(&self, text: &str, scratch: &mut Scratch) {
        scratch.items.clear();
        scratch.marks.clear();
        scratch.marks.extend(self.words.find(text).map(|m| (m.start..m.end, self.marks[m.word as usize])));
        let mut masked = std::mem::take(&mut scratch.masked);
        masked.clear();
        masked.push_str(text);
        let masked = mask(text, masked, scratch);
        let bytes = masked.as_bytes();
        scratch.verbs.clear();
        scratch.verbs.extend(scratch.marks.iter().filter_map(|(range, mark)| match mark {
            // What is blanked out is not done.
            _ if bytes[range.start] == BLANK => None,
            Mark::Verb(role) => Some((range.clone(), Some(*role))),
            Mark::Noun => Some((range.clone(), None)),
            Mark::Cue(_) => None,
        }));
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| MAY_END[usize::from(**byte)]) {
            // A full stop is three bytes, of which only its first begins a character.
            let long = match byte {
                b';' | b'\n' | b'^' | b'*' | b'#' => 1,
                0xe3 if bytes[at..].starts_with("。".as_bytes()) => 3,
                _ => continue,
            };
            if at > start {
                self.clause(&masked, start..at, scratch);
            }
            start = at + long;
        }
        if start < masked.len() {
            self.clause(&masked, start..masked.len(), scratch);
        }
        scratch.masked = masked;
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
        let inside = |at: usize| verbs.partition_point(|(r, _)| r.start < at);
        let verbs = &verbs[inside(range.start)..inside(range.end)];
        let in_verb = |at: usize| {
            let next = verbs.partition_point(|(r, _)| r.start < at);
            next > 0 && at < verbs[next - 1].0.end
        };
        let ends = [(clause.len(), ';')];
        for (i, c) in clause.char_indices().filter(|(_, c)| MAY_SEPARATE[*c as usize % MAY_SEPARATE.len()]).chain(ends) {
            let at = range.start + i;
            let next = || text[at + c.len_utf8()..range.end].chars().next().unwrap_or(';');
            let separates = match c {
                ',' | '|' | ';' | '\u{1}' => true,
                // "A、B等C": C is what they are, and no less done.
                '等' => !in_verb(at) && !matches!(next(), '离' | '级' | '静' | '温' | '同' | ';'),
                '、' | '及' | '与' | '和' | '或' | '兼' | '/' | '(' | ')' | ':' => !in_verb(at),
                // Between Latin words it separates nothing.
                ' ' => !((i == 0 || clause.as_bytes()[i - 1].is_ascii()) && next().is_ascii()),
                _ => false,
            };
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

/// Stands in place of what is blanked out.
pub(crate) const BLANK: u8 = 1;

/// Blanks out, byte for byte, what is not done: legal sentences, brackets of conditions, and exclusions.
fn mask(text: &str, masked: String, scratch: &mut Scratch) -> String {
    let Scratch { marks, open, .. } = scratch;
    let cues = || marks.iter().filter_map(|(range, mark)| if let Mark::Cue(bits) = mark { Some((range, *bits)) } else { None });
    if cues().next().is_none() {
        return masked;
    }
    let condition = |within: Range<usize>| {
        let from = marks.partition_point(|(r, _)| r.start < within.start);
        let inside = marks[from..].iter().take_while(|(r, _)| r.start < within.end);
        inside.into_iter().any(|(_, mark)| matches!(mark, Mark::Cue(bits) if bits & cue::CONDITION != 0))
    };
    let mut bytes = masked.into_bytes();
    open.clear();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => open.push(at),
            b')' => {
                if let Some(from) = open.pop().filter(|from| condition(*from..at)) {
                    bytes[from..=at].fill(BLANK);
                }
            }
            _ => {}
        }
    }
    let next = |from: usize, stops: &[char]| text[from..].find(stops).map_or(text.len(), |i| from + i);
    // A bracket that is never closed holds the law's part when it says so.
    if let Some(from) = open.first() {
        let to = next(*from, &['。', ';']);
        if condition(*from..to) {
            bytes[*from..to].fill(BLANK);
        }
    }
    // Each kind looks no further back than its last cue, and skips what its last one covered: a text of cues alone is read once.
    let (mut legal, mut forward, mut backward) = (0, 0, 0);
    for (range, bits) in cues() {
        let before = |from: usize, stops: &[char]| text[from.min(range.start)..range.start].rfind(stops).map(|i| from + i);
        let after_stop = |i: usize| i + text[i..].chars().next().map_or(0, char::len_utf8);
        if bits & cue::LEGAL != 0 && range.start >= legal {
            // Only the part that speaks of the law: the products before it stay.
            let from = before(legal, &[',', '(', ';', '。', '\n', '*', '#']).map_or(legal, after_stop);
            let in_bracket = before(legal, &['(', ')']).is_some_and(|i| text[i..].starts_with('('));
            let mut to = next(range.end, &STOPS);
            if in_bracket {
                // A legal bracket ends where it is closed.
                to = to.min(next(range.end, &[')']));
            }
            bytes[from..to].fill(BLANK);
            legal = to;
        }
        if bits & cue::FORWARD != 0 && range.start >= forward {
            let mut to = next(range.end, &BREAKS);
            // "不含溶剂的涂料": only the solvent is left out; "不含涂料的生产": the making.
            if let Some(of) = text[range.end..to].find('的').map(|i| range.end + i) {
                let noun = of + "的".len();
                let verb_first = marks.binary_search_by_key(&noun, |(r, _)| r.start).is_ok_and(|i| matches!(marks[i].1, Mark::Verb(_)));
                if noun < to && !verb_first {
                    to = of;
                }
            }
            bytes[range.start..to].fill(BLANK);
            forward = to;
        }
        if bits & cue::BACKWARD != 0 {
            let from = before(backward, &[',', ';', '。', '(', ':', '\n']).map_or(backward, after_stop);
            bytes[from.min(range.start)..range.end].fill(BLANK);
            backward = range.end;
        }
    }
    // A stop of several bytes may be cut from its front: the filler is ASCII, and a rest of it is blanked too.
    String::from_utf8(bytes)
        .unwrap_or_else(|e| e.into_bytes().into_iter().map(|b| if b.is_ascii() { b as char } else { '\u{1}' }).collect())
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
