//! Words found in an enterprise's texts, each with what is done to it and where it stands.

use std::ops::Range;

use crate::chain::grammar::{Grammar, Item, Roles, Scratch};
use crate::chain::heads::{self, Heads, MadeFor};
use crate::chain::lexicon;
use crate::chain::mask::BLANK;
use crate::chain::matches::Role;
use crate::chain::terms::{Found, Sense, Surroundings, Terms};
use crate::chain::words::Words;
use crate::chain::{Core, Source};
use crate::enterprise::Enterprise;
use crate::text::{fold, fold_onto};

/// All that texts are read with.
#[derive(Debug, Clone)]
pub(super) struct Knowledge {
    pub terms: Terms,
    pub grammar: Grammar,
    pub heads: Heads,
    /// Words in a name that say its owner trades.
    pub traders: Words,
    /// Goods that only a dealer lists together.
    dealt: Words,
}

impl Knowledge {
    pub(super) fn new(terms: Terms, grammar: Grammar) -> Self {
        Self {
            terms,
            grammar,
            heads: Heads::new(),
            traders: Words::new(lexicon::TRADER_NAMES.iter().copied()),
            dealt: Words::new(lexicon::DEALT.iter().chain(lexicon::DEALT_TOO).copied()),
        }
    }
}

/// One occurrence of a word that speaks for a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub place: u16,
    pub source: Source,
    /// Which product or tag.
    pub index: u32,
    pub sense: Sense,
    /// Term strength times headedness, 0 to 1.
    pub strength: f32,
    /// What is done, by the grammar.
    pub roles: Roles,
    /// Share of revenue for products, NaN where it is not told; for other texts, 1 at the first item down to 1/n at the last of n.
    pub weight: f32,
    /// Item and word, in bytes of the folded text.
    pub item: (u32, u32),
    pub word: (u32, u32),
}

/// Everything found in one enterprise.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub hits: Vec<Hit>,
    /// Items in the scope.
    pub items: u32,
    pub trader: bool,
    /// All that the scope says is done, to whatever.
    pub does: Roles,
    /// Of the revenue the products tell, the share of those no link's words name.
    pub off_chain: f32,
    /// Whether the products tell shares of revenue worth the name.
    pub told_shares: bool,
    /// Of the items of the scope, the share that some link's words name.
    pub focus: f32,
    scratch: Scratch,
    around: Surroundings,
    found: Vec<Found>,
    /// Places that a word of the item rules out.
    excluded: Vec<u16>,
    /// The words of a text that are done.
    done: Vec<Found>,
    /// Every text, folded, one after another.
    folded: String,
    texts: Vec<Text>,
}

/// One text of an enterprise: where it stands in the folded ones, and its words in those found.
#[derive(Debug)]
struct Text {
    source: Source,
    index: u32,
    range: Range<usize>,
    found: Range<usize>,
}

impl Findings {
    /// Reads every text of an enterprise.
    pub(super) fn read(&mut self, with: &Knowledge, e: &Enterprise) {
        self.hits.clear();
        self.items = 0;
        self.does = Roles::default();
        self.trader = with.traders.is_in(&e.name);
        let mut folded = std::mem::take(&mut self.folded);
        let mut texts = std::mem::take(&mut self.texts);
        let mut found = std::mem::take(&mut self.found);
        folded.clear();
        texts.clear();
        found.clear();
        for (source, index, text) in Source::texts(e) {
            let (start, first) = (folded.len(), found.len());
            fold_onto(text, &mut folded);
            found.extend(with.terms.find(&folded[start..]));
            texts.push(Text { source, index, range: start..folded.len(), found: first..found.len() });
        }
        // Most enterprises have no word of any chain, and are read no further.
        if !found.is_empty() || e.industry.is_some() {
            for text in &texts {
                let (words, found) = (&folded[text.range.clone()], &found[text.found.clone()]);
                if text.source == Source::Name {
                    self.name(&with.terms, words, found);
                } else {
                    self.text(with, e, (text.source, text.index), words, found);
                }
            }
            self.industry(&with.terms, e);
            // The class is no text that a term is looked for in, and may rule out all the same.
            let class = e.industry.as_deref().map(fold);
            let class = class.iter().map(|class| (Source::Industry, class.as_str()));
            self.settle(&with.terms, texts.iter().map(|t| (t.source, &folded[t.range.clone()])).chain(class));
            self.survey(e);
            self.hits.sort_by(|a, b| a.place.cmp(&b.place).then(a.source.cmp(&b.source)).then(b.strength.total_cmp(&a.strength)));
        }
        self.folded = folded;
        self.texts = texts;
        self.found = found;
    }

    fn text(&mut self, with: &Knowledge, e: &Enterprise, (source, index): (Source, u32), folded: &str, found: &[Found]) {
        // Only the scope is counted by its items.
        if found.is_empty() && source != Source::Scope {
            return;
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut done = std::mem::take(&mut self.done);
        with.grammar.read(folded, &mut scratch);
        let count = scratch.items.len();
        if source == Source::Scope {
            self.items = count as u32;
            if !found.is_empty() {
                let (masked, items) = scratch.parts();
                deal(&with.dealt, masked, items);
                items.iter().for_each(|i| self.does.join(i.roles));
            }
        }
        let found = stand(&with.terms, scratch.masked(), found, &mut done);
        let mut next = 0;
        for (order, item) in scratch.items.iter().enumerate() {
            next += found[next..].iter().take_while(|f| f.start < item.whole.start).count();
            let inside = found[next..].iter().take_while(|f| f.end <= item.whole.end).count();
            let its = &found[next..next + inside];
            next += inside;
            if its.is_empty() {
                continue;
            }
            let weight = match source {
                Source::Products => e.products.get(index as usize).and_then(|p| p.share).unwrap_or(f64::NAN) as f32,
                _ => 1.0 - order as f32 / count.max(1) as f32,
            };
            // 销售电池 sells batteries: no word may begin inside a verb.
            let object = item.object.start;
            let lead = &folded[item.whole.start..object];
            let begins_inside = |f: &Found| f.start < object && object < f.end && with.grammar.in_verb(lead, f.start - item.whole.start);
            if its.iter().any(begins_inside) {
                let rest = &folded[object..item.whole.end];
                let again: Vec<Found> =
                    with.terms.find(rest).map(|f| Found { start: f.start + object, end: f.end + object, ..f }).collect();
                self.item(with, (source, index), folded, item, (&again, weight));
            } else if let Some(head) = head(&with.terms, folded, &item.object, its) {
                let again: Vec<Found> = its.iter().filter(|f| f.start < head.start || f.start >= head.end).copied().collect();
                let at = again.partition_point(|f| f.start < head.start);
                self.item(with, (source, index), folded, item, (&[&again[..at], &[head], &again[at..]].concat(), weight));
            } else {
                self.item(with, (source, index), folded, item, (its, weight));
            }
        }
        self.done = done;
        self.scratch = scratch;
    }

    fn item(&mut self, with: &Knowledge, (source, index): (Source, u32), folded: &str, item: &Item, (found, weight): (&[Found], f32)) {
        let Knowledge { terms, heads: suffixes, .. } = with;
        let whole = &folded[item.whole.clone()];
        let waste = whole.trim_start_matches(['(', ' ', '\u{1}']).starts_with(['废', '旧']);
        let roles = if source == Source::Products { product_roles(item.roles, whole) } else { item.roles };
        let from = self.hits.len();
        self.excluded.clear();
        for (nth, hit) in found.iter().enumerate() {
            // Words are looked for in the whole item, since a verb may be part of one (机械加工, 晶圆制造); what follows them counts only
            // up to the verbs that end the item.
            let end = if hit.end <= item.object.end { item.object.end } else { item.whole.end };
            let followed = found.get(nth + 1).is_some_and(|next| next.start < end);
            let rest = &folded[hit.end..end];
            let repeated = !followed && suffixes.repeats(&folded[hit.start..hit.end], rest);
            let left = if followed {
                0.3
            } else if repeated {
                1.0
            } else {
                suffixes.left(rest)
            };
            let made_for = if followed || repeated { MadeFor::Nothing } else { suffixes.made_for(rest) };
            let bare = if followed { MadeFor::Nothing } else { heads::bare(rest) };
            // The words before it, which say what it is for: few, so that a long item is read once.
            let before = if followed || left < WHOLE { &[] } else { &found[nth.saturating_sub(COMPOUND)..nth] };
            let word = (hit.start as u32, hit.end as u32);
            let range = (item.whole.start as u32, item.whole.end as u32);
            for (place, sense) in terms.senses(*hit) {
                // 氮化镓 and 外延片 support alone, and name together.
                let speaks = |word: &Found| terms.senses(*word).iter().any(|(p, s)| p == place && s.supports());
                let together = sense.supports() && !matches!(sense, Sense::Term) && before.iter().any(speaks);
                let sense = if together { &Sense::Term } else { sense };
                let base = match sense {
                    Sense::Term | Sense::Near(_) => 1.0,
                    Sense::Weak => 0.4,
                    Sense::Chain => 0.5,
                    Sense::Exclude => {
                        self.excluded.push(*place);
                        continue;
                    }
                };
                let at = &terms.places[*place as usize];
                // Old batteries are not batteries made; who serves the link may well take them back.
                let head = if waste && at.core != Core::Serve { 0.2 * left } else { left };
                // What a link of materials makes is a material, and says no more when it says so.
                let head = if bare != MadeFor::Nothing && bare == at.makes { f32::max(head, WHOLE) } else { head };
                let hit = Hit { place: *place, source, index, sense: *sense, strength: base * head, roles, weight, item: range, word };
                self.hits.push(hit);
                // 锂电池设备: not the battery, but what makes it.
                let other = match made_for {
                    MadeFor::Equipment => at.equipment,
                    MadeFor::Materials => at.materials,
                    MadeFor::Nothing => None,
                };
                if let Some(place) = other
                    && sense.names()
                    && made_for != at.makes
                {
                    self.hits.push(Hit { place, strength: 0.9, ..hit });
                }
            }
        }
        if !self.excluded.is_empty() {
            self.excluded.sort_unstable();
            let mut kept = from;
            for i in from..self.hits.len() {
                if self.excluded.binary_search(&self.hits[i].place).is_err() {
                    self.hits[kept] = self.hits[i];
                    kept += 1;
                }
            }
            self.hits.truncate(kept);
        }
    }

    fn name(&mut self, terms: &Terms, folded: &str, found: &[Found]) {
        for found in found {
            for (place, sense) in terms.senses(*found) {
                let strength = match sense {
                    Sense::Term | Sense::Near(_) => 1.0,
                    Sense::Chain => 0.8,
                    Sense::Weak => 0.4,
                    Sense::Exclude => continue,
                };
                let word = (found.start as u32, found.end as u32);
                let mut roles = Roles::default();
                if self.trader {
                    roles.add(Role::Trader);
                }
                let item = (0, folded.len() as u32);
                let source = Source::Name;
                self.hits.push(Hit { place: *place, source, index: 0, sense: *sense, strength, roles, weight: 1.0, item, word });
            }
        }
    }

    fn industry(&mut self, terms: &Terms, e: &Enterprise) {
        let Some(industry) = e.industry.as_deref().map(str::trim) else { return };
        let all = (0, industry.len() as u32);
        self.hits.extend(terms.of_class(industry).into_iter().map(|place| Hit {
            place,
            source: Source::Industry,
            index: 0,
            sense: Sense::Weak,
            // A class holds many links: it supports, and names none.
            strength: 0.4,
            roles: Roles::default(),
            weight: 1.0,
            item: all,
            word: all,
        }));
    }

    /// Settles what depends on the words elsewhere: terms that need company, and places ruled out.
    fn settle<'t>(&mut self, terms: &Terms, texts: impl Iterator<Item = (Source, &'t str)>) {
        let depends = |h: &Hit| matches!(h.sense, Sense::Near(_)) || !terms.guards(h.place).is_empty();
        if !self.hits.iter().any(depends) {
            return;
        }
        let mut around = std::mem::take(&mut self.around);
        terms.look_around(texts, &mut around);
        self.hits.retain(|h| {
            let mut guards = terms.guards(h.place).iter();
            !guards.any(|(source, group)| terms.stands(*group, &mut around) & (1 << *source as u16) != 0)
        });
        for hit in &mut self.hits {
            if let Sense::Near(group) = hit.sense
                && terms.stands(group, &mut around) & !(1 << Source::Industry as u16) == 0
            {
                hit.sense = Sense::Weak;
                hit.strength *= 0.4;
            }
        }
        self.around = around;
    }

    /// How much of the enterprise the chains speak of at all.
    fn survey(&mut self, e: &Enterprise) {
        let speaks = |h: &&Hit| h.sense.names() && h.strength >= 0.5;
        let share = |i: usize| e.products.get(i).and_then(|p| p.share).unwrap_or(0.0).max(0.0) as f32;
        let total: f32 = (0..e.products.len()).map(share).sum();
        // Hits still stand in the order of the texts: an item or a product is counted where it changes.
        let (mut items, mut on) = (0, 0.0);
        let mut last: Option<(Source, u32, u32)> = None;
        for h in self.hits.iter().filter(speaks) {
            let here = Some((h.source, h.index, h.item.0));
            match h.source {
                Source::Scope if here != last => items += 1,
                Source::Products if last.is_none_or(|l| (l.0, l.1) != (h.source, h.index)) => on += share(h.index as usize),
                _ => {}
            }
            last = here;
        }
        self.focus = items as f32 / self.items.max(1) as f32;
        self.told_shares = (0..e.products.len()).any(|i| share(i) >= 0.05);
        self.off_chain = if total > 0.0 { 1.0 - on / total } else { 0.0 };
    }

    /// The hits, place by place.
    pub(super) fn by_place(&self) -> impl Iterator<Item = &[Hit]> {
        self.hits.chunk_by(|a, b| a.place == b.place)
    }
}

/// Of the words found in a text, those that stand in what is done: the text with the rest blanked out.
fn stand<'d>(terms: &Terms, masked: &str, found: &[Found], done: &'d mut Vec<Found>) -> &'d [Found] {
    let blanks = |f: &Found| memchr::memchr_iter(BLANK, &masked.as_bytes()[f.start..f.end]).count();
    done.clear();
    // A word that reaches into the blank may have kept others from being found.
    if found.iter().any(|f| (1..f.end - f.start).contains(&blanks(f))) {
        done.extend(terms.find(masked));
    } else {
        done.extend(found.iter().filter(|f| blanks(f) == 0));
    }
    done
}

/// From here on what follows a word leaves its product whole.
const WHOLE: f32 = 0.85;
/// How many words before one may belong to its compound.
const COMPOUND: usize = 4;

/// Makes a dealer of who lists goods of many kinds and says of none what is done to it.
fn deal(dealt: &Words, masked: &str, items: &mut [Item]) {
    let mut kinds: Vec<u32> = Vec::new();
    // What makers list as well tells a dealer only where nothing is said of anything.
    let known = if items.iter().all(|i| i.roles.is_empty()) { usize::MAX } else { lexicon::DEALT.len() };
    for item in items.iter().filter(|i| i.roles.is_empty()) {
        for kind in dealt.find(&masked[item.object.clone()]).filter(|kind| (kind.word as usize) < known) {
            if !kinds.contains(&kind.word) {
                kinds.push(kind.word);
            }
        }
        if kinds.len() >= DEALER {
            break;
        }
    }
    if kinds.len() >= DEALER {
        items.iter_mut().filter(|i| i.roles.is_empty()).for_each(|i| i.roles.add(Role::Trader));
    }
}

/// From so many kinds of goods on, a list is a dealer's.
const DEALER: usize = 3;

/// The word an object ends on, where words before reach into it and have kept it from being found: 轮式人形 and 人形机器人.
fn head(terms: &Terms, folded: &str, object: &Range<usize>, found: &[Found]) -> Option<Found> {
    let inside = found.iter().rev().find(|f| f.start < object.end)?;
    let word = terms.ending(&folded[object.clone()])?;
    let word = Found { start: word.start + object.start, end: word.end + object.start, ..word };
    // One that was found itself, or stands apart from all, has been found.
    (word.start < inside.start || inside.start < word.start && word.start < inside.end && inside.end < word.end).then_some(word)
}

/// A product list names what is sold: 芯片销售 there is revenue from one's own chips, and only an agent's words tell a dealer.
fn product_roles(roles: Roles, item: &str) -> Roles {
    let deals = lexicon::DEALERS.iter().any(|w| item.contains(w));
    if deals || !roles.only(Role::Trader) { roles } else { Roles::default() }
}
