//! The grammar of a business scope: what is done (verbs) to what (objects), item by item.
//!
//! A scope is a list of items. A verb stands before its objects (`生产、销售：A、B`), after them (`A、B的研发、制造`), or in every
//! item (`A制造；B销售`). What the law says about a list, and what a list excludes, is not done by anybody.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::chain::affix::Affixes;
use crate::chain::lexicon;
use crate::chain::mask::{BLANK, Brackets, Mark, cue, mask};
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
    brackets: Brackets,
}

impl Scratch {
    /// The text read last, with what is not done blanked out, and its items.
    pub(crate) fn parts(&mut self) -> (&str, &mut [Item]) {
        (&self.masked, &mut self.items)
    }

    /// The text read last, with what is not done blanked out.
    pub(crate) fn masked(&self) -> &str {
        &self.masked
    }
}

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

/// The last bytes of the characters at which a segment may end; what else ends on one is told by its character.
const MAY_SEPARATE: [bool; 256] = {
    let mut table = [false; 256];
    let chars = [',', '.', '|', ';', '\u{1}', '等', '、', '及', '与', '和', '或', '兼', '/', '(', ')', ':', ' '];
    let mut i = 0;
    while i < chars.len() {
        let code = chars[i] as usize;
        table[if code < 128 { code } else { 0x80 | code & 0x3f }] = true;
        i += 1;
    }
    table
};

/// The characters of a clause at which a segment may end, and some others, each with its place.
fn may_separate(clause: &str) -> impl Iterator<Item = (usize, char)> {
    let ends = clause.bytes().enumerate().filter(|(_, byte)| MAY_SEPARATE[usize::from(*byte)]);
    ends.filter_map(move |(at, byte)| {
        if byte.is_ascii() {
            return Some((at, char::from(byte)));
        }
        // Chinese characters and their punctuation are of three bytes.
        let start = at.checked_sub(2)?;
        let mut rest = clause.get(start..)?.chars();
        rest.next().filter(|c| c.len_utf8() == 3).map(|c| (start, c))
    })
}

impl Grammar {
    /// A grammar that keeps some nouns whole although a conjunction stands in them.
    pub(crate) fn new<'w>(nouns: impl Iterator<Item = &'w str>) -> Self {
        let lists = [
            (cue::CONDITION, lexicon::CONDITIONS),
            (cue::LEGAL, lexicon::LEGAL),
            (cue::FORWARD, lexicon::NOT_WHAT_FOLLOWS),
            (cue::BACKWARD, lexicon::NOT_WHAT_PRECEDES),
            (cue::NEEDED, lexicon::NEEDED),
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
        mask(text, &mut masked, &scratch.marks, &mut scratch.brackets);
        let bytes = masked.as_bytes();
        scratch.verbs.clear();
        scratch.verbs.extend(scratch.marks.iter().filter_map(|(range, mark)| match mark {
            // What is blanked out is not done.
            _ if bytes[range.start] == BLANK => None,
            Mark::Verb(role) => Some((range.clone(), Some(*role))),
            Mark::Noun => Some((range.clone(), None)),
            Mark::Cue(_) => None,
        }));
        let mut torn = Torn::default();
        let mut start = 0;
        for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| MAY_END[usize::from(**byte)]) {
            // A full stop is three bytes, of which only its first begins a character.
            let long = match byte {
                b';' | b'\n' | b'^' | b'*' | b'#' => 1,
                0xe3 if bytes[at..].starts_with("。".as_bytes()) => 3,
                _ => continue,
            };
            if at > start {
                let said = self.clause(&masked, start..at, scratch);
                torn.join(&mut scratch.items, &said, *byte);
            }
            if matches!(byte, b'\n' | 0xe3) {
                torn = Torn { bare: scratch.items.len(), ..Torn::default() };
            }
            start = at + long;
        }
        if start < masked.len() {
            let said = self.clause(&masked, start..masked.len(), scratch);
            torn.join(&mut scratch.items, &said, b'\n');
        }
        scratch.masked = masked;
    }

    /// Reads one clause: which verbs go with which objects.
    #[allow(clippy::too_many_lines, reason = "one walk from left to right, whose state belongs together")]
    fn clause(&self, text: &str, range: Range<usize>, scratch: &mut Scratch) -> Said {
        let Scratch { items, verbs, .. } = scratch;
        let first = items.len();
        let mut head = Roles::default();
        let mut lead = Roles::default();
        let mut pending = first;
        let mut tail: Option<Tail> = None;
        let mut is_list = false;
        // What separated the segment before from this one, and the verbs that ended it.
        let (mut separator, mut ended) = (';', Roles::default());
        // What is done to what a bracket names: "化工产品的生产(甲醇、乙醇)".
        let mut bracket = Roles::default();
        let mut segment_start = range.start;
        let clause = &text[range.clone()];
        let inside = |at: usize| verbs.partition_point(|(r, _)| r.start < at);
        let verbs = &verbs[inside(range.start)..inside(range.end)];
        let in_verb = |at: usize| {
            let next = verbs.partition_point(|(r, _)| r.start < at);
            next > 0 && at < verbs[next - 1].0.end
        };
        let ends = [(clause.len(), ';')];
        for (i, c) in may_separate(clause).chain(ends) {
            let at = range.start + i;
            let next = || text[at + c.len_utf8()..range.end].chars().next().unwrap_or(';');
            let last = || i.checked_sub(1).map_or(b';', |before| clause.as_bytes()[before]);
            let separates = match c {
                ',' | '|' | ';' | '\u{1}' => true,
                // "A、B等C": C is what they are, and no less done.
                '等' => !in_verb(at) && !matches!(next(), '离' | '级' | '静' | '温' | '同' | ';'),
                '、' | '及' | '与' | '和' | '或' | '兼' | '/' | '(' | ')' | ':' => !in_verb(at),
                // Between Latin words it separates nothing.
                ' ' => !((i == 0 || last().is_ascii()) && next().is_ascii()),
                // Nor does a point in a number or an abbreviation.
                '.' => !(last().is_ascii_alphanumeric() && next().is_ascii_alphanumeric()),
                _ => false,
            };
            if !separates {
                continue;
            }
            // "A的生产2.B的销售": the number belongs to what follows.
            let number = if c == '.' { clause[..i].trim_end_matches(|d: char| d.is_ascii_digit()).len() } else { i };
            let counts = number < i && !clause[..number].ends_with(|d: char| d.is_ascii());
            let segment = segment_start..if counts { range.start + number } else { at };
            segment_start = at + c.len_utf8();
            let before = std::mem::replace(&mut separator, c);
            match before {
                '(' => bracket = ended,
                ')' => bracket = Roles::default(),
                _ => {}
            }
            if segment.is_empty() && c != ':' || is_number(&text[segment.clone()]) {
                continue;
            }
            let from = verbs.partition_point(|(r, _)| r.start < segment.start);
            let to = verbs.partition_point(|(r, _)| r.start < segment.end);
            let parsed = self.parse(text, segment.clone(), &verbs[from..to]);
            ended = parsed.tail;
            if parsed.object.is_empty() {
                let mut does = parsed.lead;
                does.join(parsed.tail);
                let from = if head.is_empty() { pending } else { items.len().saturating_sub(1).max(first) };
                if c == ':' {
                    lead.join(does);
                    // A bracket may stand between the verbs and the colon.
                    if !lead.is_empty() {
                        (head, is_list) = (lead, true);
                    }
                    lead = Roles::default();
                    pending = items.len();
                    tail = None;
                } else if before == ',' && !parsed.tail.is_empty() {
                    // "A销售，产品设计": nothing is said of A.
                } else if let Some(tail) = &mut tail {
                    // "A、B的研发、生产": the second verb goes with the first.
                    tail.spread(items, does);
                    ended = tail.roles;
                } else if !parsed.tail.is_empty() && from < items.len() {
                    // "A及相关产品的生产": A is made as well.
                    pending = items.len();
                    let mut new = Tail { from, given: Roles::default(), roles: does, upto: from, goes_on: true };
                    new.spread(items, does);
                    tail = Some(new);
                } else {
                    lead.join(does);
                }
                continue;
            }
            if !parsed.lead.is_empty() || !lead.is_empty() {
                (head, is_list) = (lead, false);
                head.join(parsed.lead);
                lead = Roles::default();
                pending = items.len();
            }
            let named = !bracket.is_empty() && head.is_empty() && parsed.tail.is_empty();
            items.push(Item { whole: segment, object: parsed.object.clone(), roles: if named { bracket } else { head } });
            if named {
                (pending, tail) = (items.len(), None);
            } else if !parsed.tail.is_empty() {
                let last = items.len() - 1;
                let wide = if head.is_empty() { pending } else { last };
                // "A、B、C制造" makes all three; after "A、B、装饰设计" only the last is designed.
                let from = if self.distributes(text, &parsed, &text[items[last].whole.clone()]) {
                    wide
                } else {
                    // "电力设备、清洗设备维修" mends both.
                    let serves = parsed.tail.only(Role::Service);
                    let like =
                        |i: &&Item| serves && i.roles.is_empty() && is_of_kind(&text[i.object.clone()], &text[parsed.object.clone()]);
                    last - items[wide.min(last)..last].iter().rev().take_while(like).count()
                };
                items[from..].iter_mut().for_each(|i| i.roles.join(parsed.tail));
                pending = items.len();
                let goes_on = is_of(&text[parsed.object.end..]) || parsed.tail.has(Role::Developer);
                tail = Some(Tail { from: wide, given: Roles::default(), roles: parsed.tail, upto: wide, goes_on });
            } else if !(parsed.lead.is_empty() && is_short(&text[parsed.object])) {
                tail = None;
            } else {
                // "A的研发、测试、生产": between verbs, what is no longer than a verb is taken for one.
                tail = tail.filter(|t| t.goes_on);
            }
        }
        // "A、B，生产、销售" ends on bare verbs: they go with what has none.
        if !lead.is_empty() {
            items[pending..].iter_mut().filter(|i| i.roles.is_empty()).for_each(|i| i.roles.join(lead));
        }
        let torn = items.len() == first && verbs.iter().all(|(r, _)| lexicon::TRANSITIVE.contains(&&text[r.clone()]));
        Said { first, verbs: if torn { lead } else { Roles::default() }, head, heading: clause.contains(':'), is_list }
    }
}

/// Verbs that end an item, for others that follow them.
struct Tail {
    /// The first item they may speak for.
    from: usize,
    roles: Roles,
    /// What the items up to `upto` have been given.
    given: Roles,
    upto: usize,
    /// Whether a word that is no verb may stand between them and more verbs.
    goes_on: bool,
}

impl Tail {
    /// Gives its items these verbs and those before.
    fn spread(&mut self, items: &mut [Item], does: Roles) {
        self.roles.join(does);
        // No item is given the same twice.
        let from = if self.roles == self.given { self.upto } else { self.from };
        items[from..].iter_mut().for_each(|i| i.roles.join(self.roles));
        (self.given, self.upto) = (self.roles, items.len());
    }
}

/// What a clause leaves for those beside it.
struct Said {
    /// Its first item.
    first: usize,
    /// Verbs without an object, all there is in it, that make no business alone.
    verbs: Roles,
    /// The verbs before its last objects.
    head: Roles,
    /// Whether it begins a list of its own, as 一般项目 does.
    heading: bool,
    /// Whether a colon stands after `head`.
    is_list: bool,
}

/// Joins verbs and objects that a sentence has in clauses of their own: `研发;生产;光模块;光器件`, `光模块*生产、销售`.
#[derive(Default)]
struct Torn {
    /// Verbs of the clauses just read, that are waiting for objects or belong to those before.
    verbs: Roles,
    /// Verbs that hold for objects to come.
    carried: Roles,
    /// From here on nothing is said of the items.
    bare: usize,
    /// Whether `verbs` belong to the items from `bare` on.
    back: bool,
}

impl Torn {
    fn join(&mut self, items: &mut [Item], said: &Said, stop: u8) {
        if items.len() == said.first {
            let mut verbs = self.verbs;
            verbs.join(said.verbs);
            if verbs == self.verbs {
                return;
            }
            self.back |= self.verbs.is_empty() && self.bare < items.len();
            self.verbs = verbs;
            if self.back {
                items[self.bare..].iter_mut().for_each(|i| i.roles.join(verbs));
            }
            return;
        }
        if self.back {
            self.bare = said.first;
        } else if !self.verbs.is_empty() {
            self.carried = self.verbs;
        }
        (self.verbs, self.back) = (Roles::default(), false);
        if said.heading || items[said.first..].iter().any(|i| !i.roles.is_empty()) {
            self.carried = if said.is_list || stop == b'*' { said.head } else { Roles::default() };
            self.bare = items.len();
        } else if !self.carried.is_empty() {
            items[said.first..].iter_mut().for_each(|i| i.roles = self.carried);
            self.bare = items.len();
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
        let of = is_of(&text[parsed.object.end..]);
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

/// True where an object ends and what is done with it follows.
fn is_of(rest: &str) -> bool {
    rest.starts_with(['的', '之'])
}

/// True where two nouns end on the same word of two characters, as 电力设备 and 清洗设备 do.
fn is_of_kind(a: &str, b: &str) -> bool {
    let head = |text: &str| text.char_indices().rev().nth(1).map(|(at, _)| at);
    head(a).zip(head(b)).is_some_and(|(i, j)| a[i..] == b[j..])
}

/// True for a word as short as a verb.
fn is_short(object: &str) -> bool {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    object.len() == 6 && object.chars().all(chinese)
}

/// True for what counts the items of a list, and is none.
fn is_number(segment: &str) -> bool {
    let number = segment.trim_matches(is_edge);
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    (1..=3).contains(&number.chars().take(4).count()) && number.chars().all(digit)
}

fn is_edge(c: char) -> bool {
    matches!(c, ' ' | '\u{1}' | '(' | ')' | '.' | '"' | '“' | '”' | '《' | '》' | '-' | '—' | '·' | '、' | '①'..='⑳')
}
