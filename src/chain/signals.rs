//! From words found in an enterprise's texts to signals a place: numbers from 0 to 1 that say how and where the words stand.

use std::ops::Range;

use crate::chain::affix::Affixes;
use crate::chain::grammar::{Grammar, Item, Roles, Scratch};
use crate::chain::lexicon;
use crate::chain::locate::Role;
use crate::chain::terms::{Found, Sense, Surroundings, Terms};
use crate::chain::words::Words;
use crate::chain::{Core, Source};
use crate::enterprise::Enterprise;
use crate::text::{fold, fold_onto};

/// One occurrence of a word that speaks for a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub place: u16,
    pub source: Source,
    /// Which product or tag.
    pub index: u16,
    pub sense: Sense,
    /// Term strength times headedness, 0 to 1.
    pub strength: f32,
    /// What is done, by the grammar.
    pub roles: Roles,
    /// Share of revenue for products; for a scope, 1 at its first item down to 0 at its last.
    pub weight: f32,
    /// Item and word, in bytes of the folded text.
    pub item: (u32, u32),
    pub word: (u32, u32),
}

/// What speaks for and against a place, each from 0 to 1 (`scope_length` a little more): the model of
/// [`confidence`](super::confidence) has one weight for each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signals {
    /// The best product that names it, weighed by its share of revenue.
    pub products: f32,
    /// Square root of the share of revenue its products have.
    pub products_share: f32,
    /// The best item of a text that makes, develops (operates, serves) it.
    pub scope_core: f32,
    /// The best item that names it without a verb.
    pub scope_bare: f32,
    /// The best item that only trades or services it.
    pub scope_other: f32,
    /// 1 where it is the first item of the scope, falling to 0 at the last.
    pub scope_first: f32,
    /// How many different words name it, up to five, as a share of five.
    pub words: f32,
    /// Share of the scope's items that name it.
    pub items_share: f32,
    /// 1 where the enterprise's name has a word of the link.
    pub name_link: f32,
    /// 1 where the name has a word of its chain.
    pub name_chain: f32,
    /// The best word that only supports, with a core role or none.
    pub weak: f32,
    /// 1 where the official class belongs to it.
    pub class: f32,
    /// Logarithm of the number of items, over four.
    pub scope_length: f32,
    /// Its first estimate as a share of the enterprise's best.
    pub rival: f32,
    /// 1 where no other link has a better first estimate.
    pub best: f32,
    /// 1 for a catch-all.
    pub sink: f32,
    /// 1 where the name says the enterprise trades.
    pub trader_name: f32,
    /// What the scope says, where there are products and they do not say it.
    pub scope_beside_products: f32,
    /// 1 where the link's core actor is no maker.
    pub core_differs: f32,
    /// 1 where its products have no revenue to speak of.
    pub registered_only: f32,
    /// 1 where a word is the whole of its item.
    pub whole_item: f32,
    /// Share of the told revenue that no link names.
    pub off_chain: f32,
    /// The best word that needed another beside it.
    pub near: f32,
    /// `scope_core` times `scope_length`.
    pub scope_long_core: f32,
    /// `off_chain` times what `products_share` leaves.
    pub off_chain_sliver: f32,
    /// Share of the scope's items that some link names.
    pub focus: f32,
    /// The best word that only supports, traded or serviced.
    pub weak_other: f32,
    /// 1 where the products tell shares of revenue worth the name.
    pub told_shares: f32,
}

/// The names of the signals, in the order of [`Signals::values`].
pub(super) const SIGNALS: [&str; 28] = [
    "products",
    "products_share",
    "scope_core",
    "scope_bare",
    "scope_other",
    "scope_first",
    "words",
    "items_share",
    "name_link",
    "name_chain",
    "weak",
    "class",
    "scope_length",
    "rival",
    "best",
    "sink",
    "trader_name",
    "scope_beside_products",
    "core_differs",
    "registered_only",
    "whole_item",
    "off_chain",
    "near",
    "scope_long_core",
    "off_chain_sliver",
    "focus",
    "weak_other",
    "told_shares",
];

impl Signals {
    /// The signals in the order of their names, in which every platform adds them.
    pub(super) fn values(&self) -> [f32; SIGNALS.len()] {
        [
            self.products,
            self.products_share,
            self.scope_core,
            self.scope_bare,
            self.scope_other,
            self.scope_first,
            self.words,
            self.items_share,
            self.name_link,
            self.name_chain,
            self.weak,
            self.class,
            self.scope_length,
            self.rival,
            self.best,
            self.sink,
            self.trader_name,
            self.scope_beside_products,
            self.core_differs,
            self.registered_only,
            self.whole_item,
            self.off_chain,
            self.near,
            self.scope_long_core,
            self.off_chain_sliver,
            self.focus,
            self.weak_other,
            self.told_shares,
        ]
    }
}

/// Everything found in one enterprise.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub hits: Vec<Hit>,
    /// Items in the scope.
    pub items: u32,
    pub trader: bool,
    /// Of the revenue the products tell, the share of those no link's words name.
    off_chain: f32,
    /// Whether the products tell shares of revenue worth the name.
    told_shares: bool,
    /// Of the items of the scope, the share that some link's words name.
    focus: f32,
    scratch: Scratch,
    around: Surroundings,
    /// Every text, folded, one after another.
    folded: String,
    texts: Vec<(Source, u16, Range<usize>)>,
}

/// How much of a revenue share below it is only an entry in a register.
const REGISTERED: f64 = 0.0011;

impl Findings {
    /// Reads every text of an enterprise.
    pub(super) fn read(&mut self, terms: &Terms, grammar: &Grammar, heads: &Heads, e: &Enterprise) {
        self.hits.clear();
        self.items = 0;
        self.trader = heads.traders.is_in(&e.name);
        let mut folded = std::mem::take(&mut self.folded);
        let mut texts = std::mem::take(&mut self.texts);
        folded.clear();
        texts.clear();
        for (source, index, text) in Source::texts(e) {
            let start = folded.len();
            fold_onto(text, &mut folded);
            texts.push((source, index, start..folded.len()));
        }
        for (source, index, range) in &texts {
            let text = &folded[range.clone()];
            if *source == Source::Name {
                self.name(terms, text);
            } else {
                self.text(terms, (grammar, heads), e, *source, *index, text);
            }
        }
        self.industry(terms, e);
        self.settle(terms, texts.iter().map(|(source, _, range)| (*source, &folded[range.clone()])));
        self.folded = folded;
        self.texts = texts;
        self.survey(e);
        self.hits.sort_by(|a, b| a.place.cmp(&b.place).then(a.source.cmp(&b.source)).then(b.strength.total_cmp(&a.strength)));
    }

    fn text(&mut self, terms: &Terms, (grammar, heads): (&Grammar, &Heads), e: &Enterprise, source: Source, index: u16, folded: &str) {
        let mut scratch = std::mem::take(&mut self.scratch);
        grammar.read(folded, &mut scratch);
        let count = scratch.items.len();
        if source == Source::Scope {
            self.items = count as u32;
        }
        for (order, item) in scratch.items.iter().enumerate() {
            let weight = match source {
                Source::Products => e.products.get(index as usize).and_then(|p| p.share).unwrap_or(f64::NAN) as f32,
                _ => 1.0 - order as f32 / count.max(1) as f32,
            };
            self.item(terms, heads, source, index, folded, item, weight);
        }
        self.scratch = scratch;
    }

    fn item(&mut self, terms: &Terms, heads: &Heads, source: Source, index: u16, folded: &str, item: &Item, weight: f32) {
        let whole = &folded[item.whole.clone()];
        // Words are looked for in the whole item, since a verb may be part of one (机械加工, 晶圆制造); what follows them counts only up to
        // the verbs that end the item.
        // Old batteries are not batteries made.
        let waste = whole.trim_start_matches(['(', ' ', '\u{1}']).starts_with(['废', '旧']);
        let object_end = item.object.end - item.whole.start;
        let roles = if source == Source::Products { product_roles(item.roles, whole) } else { item.roles };
        let from = self.hits.len();
        let mut excluded: [u16; 8] = [u16::MAX; 8];
        let mut exclusions = 0;
        let mut found = terms.find(whole).peekable();
        while let Some(hit) = found.next() {
            let end = if hit.end <= object_end { object_end } else { whole.len() };
            let followed = found.peek().is_some_and(|n: &Found| n.start < end);
            let rest = &whole[hit.end..end];
            let mut head = if followed { 0.3 } else { heads.left(rest) };
            if waste {
                head *= 0.2;
            }
            let made_for = if followed { MadeFor::Nothing } else { heads.made_for(rest) };
            let at = |i: usize| (item.whole.start + i) as u32;
            let word = (at(hit.start), at(hit.end));
            let range = (at(0), at(whole.len()));
            for (place, sense) in terms.senses(hit) {
                let base = match sense {
                    Sense::Term | Sense::Near(_) => 1.0,
                    Sense::Weak => 0.4,
                    Sense::Chain => 0.5,
                    Sense::Exclude => {
                        if exclusions < excluded.len() {
                            excluded[exclusions] = *place;
                            exclusions += 1;
                        }
                        continue;
                    }
                };
                let recycles = waste && terms.places[*place as usize].core == Core::Serve;
                let hit = Hit {
                    place: *place,
                    source,
                    index,
                    sense: *sense,
                    strength: base * if recycles { head * 5.0 } else { head },
                    roles,
                    weight,
                    item: range,
                    word,
                };
                self.hits.push(hit);
                // 锂电池设备: not the battery, but what makes it.
                let other = match made_for {
                    MadeFor::Equipment => terms.places[*place as usize].equipment,
                    MadeFor::Materials => terms.places[*place as usize].materials,
                    MadeFor::Nothing => None,
                };
                if let Some(place) = other
                    && matches!(sense, Sense::Term | Sense::Near(_))
                {
                    self.hits.push(Hit { place, strength: 0.9, ..hit });
                }
            }
        }
        if exclusions > 0 {
            let excluded = &excluded[..exclusions];
            let mut kept = from;
            for i in from..self.hits.len() {
                if !excluded.contains(&self.hits[i].place) {
                    self.hits[kept] = self.hits[i];
                    kept += 1;
                }
            }
            self.hits.truncate(kept);
        }
    }

    fn name(&mut self, terms: &Terms, folded: &str) {
        for found in terms.find(folded) {
            for (place, sense) in terms.senses(found) {
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
        for (place, at) in terms.places.iter().zip(0_u16..) {
            let fits = |(code, name): &(String, String)| industry.contains(name.as_str()) || industry.starts_with(code.as_str());
            if place.classes.iter().any(fits) {
                let all = (0, industry.len() as u32);
                self.hits.push(Hit {
                    place: at,
                    source: Source::Industry,
                    index: 0,
                    sense: Sense::Weak,
                    // A class holds many links: it supports, and names none.
                    strength: 0.4,
                    roles: Roles::default(),
                    weight: 1.0,
                    item: all,
                    word: all,
                });
            }
        }
    }

    /// Settles what depends on the words elsewhere: terms that need company, and places ruled out.
    fn settle<'t>(&mut self, terms: &Terms, texts: impl Iterator<Item = (Source, &'t str)>) {
        let depends = |h: &Hit| matches!(h.sense, Sense::Near(_)) || !terms.guards(h.place).is_empty();
        if !self.hits.iter().any(depends) {
            return;
        }
        let mut around = std::mem::take(&mut self.around);
        terms.look_around(texts, &mut around);
        self.hits.retain(|h| !terms.guards(h.place).iter().any(|(source, group)| terms.stands(*group, &around) & (1 << *source as u16) != 0));
        for hit in &mut self.hits {
            if let Sense::Near(group) = hit.sense
                && terms.stands(group, &around) == 0
            {
                hit.sense = Sense::Weak;
                hit.strength *= 0.4;
            }
        }
        self.around = around;
    }

    /// How much of the enterprise the chains speak of at all.
    fn survey(&mut self, e: &Enterprise) {
        let speaks = |h: &&Hit| matches!(h.sense, Sense::Term | Sense::Near(_)) && h.strength >= 0.5;
        let mut items: Vec<u32> = self.hits.iter().filter(speaks).filter(|h| h.source == Source::Scope).map(|h| h.item.0).collect();
        items.sort_unstable();
        items.dedup();
        self.focus = items.len() as f32 / self.items.max(1) as f32;
        let mut on: Vec<u16> = self.hits.iter().filter(speaks).filter(|h| h.source == Source::Products).map(|h| h.index).collect();
        on.sort_unstable();
        on.dedup();
        let share = |i: usize| e.products.get(i).and_then(|p| p.share).unwrap_or(0.0).max(0.0) as f32;
        let total: f32 = (0..e.products.len()).map(share).sum();
        let on: f32 = on.iter().map(|i| share(*i as usize)).sum();
        self.told_shares = (0..e.products.len()).any(|i| share(i) >= 0.05);
        self.off_chain = if total > 0.0 { 1.0 - on / total } else { 0.0 };
    }

    /// The hits, place by place.
    pub(super) fn by_place(&self) -> impl Iterator<Item = &[Hit]> {
        self.hits.chunk_by(|a, b| a.place == b.place)
    }

    /// A first estimate of how much speaks for a place, for comparing rivals: 0 to 1.
    pub(super) fn raw(group: &[Hit], core: Core) -> f32 {
        let mut against = 1.0;
        for field in group.chunk_by(|a, b| a.source == b.source) {
            let best = field.iter().map(|h| h.strength * role_weight(h, core) * place_weight(h)).fold(0.0, f32::max);
            against *= 1.0 - field_weight(field[0].source) * best.min(1.0);
        }
        1.0 - against
    }

    /// The signals of one place.
    pub(super) fn signals(&self, terms: &Terms, e: &Enterprise, group: &[Hit], best: f32, named_chains: &[u16]) -> Signals {
        let place = &terms.places[group[0].place as usize];
        let core = place.core;
        let mut s = Signals::default();
        let raise = |signal: &mut f32, value: f32| *signal = signal.max(value);
        let mut share = 0.0;
        let mut words: Vec<(Source, u32, u32)> = Vec::new();
        let mut scope_items: Vec<u32> = Vec::new();
        let has_products = !e.products.is_empty();
        for h in group {
            let strong = matches!(h.sense, Sense::Term | Sense::Near(_));
            match h.source {
                Source::Products | Source::MainBusiness | Source::Tags => {
                    let (of_source, weight) = match h.source {
                        Source::Products => (1.0, product_weight(h.weight)),
                        Source::MainBusiness => (1.0, 0.95),
                        _ => (0.7, 0.9),
                    };
                    let traded = !h.roles.is_empty() && !has_core(h.roles, core);
                    let value = h.strength * weight * of_source;
                    if strong && !traded {
                        raise(&mut s.products, value);
                        if h.strength >= 0.7 {
                            share += if h.weight.is_nan() { 1.0 / e.products.len().max(1) as f32 } else { h.weight.max(0.0) };
                            if h.source == Source::Products && f64::from(h.weight) <= REGISTERED {
                                raise(&mut s.registered_only, 1.0);
                            }
                        }
                    } else if strong {
                        raise(&mut s.scope_other, value);
                    } else {
                        raise(if traded { &mut s.weak_other } else { &mut s.weak }, value);
                    }
                }
                Source::Scope | Source::Profile | Source::Patents | Source::Bids => {
                    let of_source = if h.source == Source::Scope { 1.0 } else { 0.75 };
                    let value = h.strength * of_source;
                    let core_or_bare = h.roles.is_empty() || has_core(h.roles, core);
                    if !strong {
                        raise(if core_or_bare { &mut s.weak } else { &mut s.weak_other }, value);
                    } else if h.roles.is_empty() {
                        raise(&mut s.scope_bare, value);
                    } else if has_core(h.roles, core) {
                        raise(&mut s.scope_core, value);
                    } else {
                        raise(&mut s.scope_other, value);
                    }
                    if strong && core_or_bare && h.strength >= 0.5 {
                        raise(&mut s.scope_first, h.weight * h.strength);
                        if !scope_items.contains(&h.item.0) {
                            scope_items.push(h.item.0);
                        }
                    }
                }
                Source::Name => raise(&mut s.name_link, if strong { 1.0 } else { 0.0 }),
                Source::Industry => raise(&mut s.class, 1.0),
            }
            if strong && h.source != Source::Name && h.strength >= 0.5 {
                let word = (h.source, h.word.1 - h.word.0, u32::from(h.index));
                if !words.contains(&word) {
                    words.push(word);
                }
                if h.word.1 - h.word.0 + 3 >= h.item.1 - h.item.0 {
                    raise(&mut s.whole_item, 1.0);
                }
            }
            if matches!(h.sense, Sense::Near(_)) {
                raise(&mut s.near, h.strength);
            }
        }
        if s.registered_only > 0.0 && share > 0.02 {
            s.registered_only = 0.0;
        }
        s.products_share = libm::sqrtf(share.min(1.0));
        s.words = words.len().min(5) as f32 / 5.0;
        let items = self.items.max(1) as f32;
        s.items_share = (scope_items.len() as f32 / items).min(1.0);
        s.name_chain = flag(named_chains.contains(&place.whole));
        s.scope_length = libm::logf(items) / 4.0;
        let raw = Self::raw(group, core);
        s.rival = if best > 0.0 { raw / best } else { 0.0 };
        s.best = flag(raw >= best);
        s.sink = flag(place.sink);
        s.trader_name = flag(self.trader);
        s.scope_beside_products = if has_products { f32::max(s.scope_core, s.scope_bare) * flag(s.products < 0.3) } else { 0.0 };
        s.core_differs = flag(core != Core::Make);
        s.off_chain = self.off_chain;
        s.scope_long_core = s.scope_core * s.scope_length;
        s.off_chain_sliver = self.off_chain * (1.0 - s.products_share);
        s.focus = self.focus;
        s.told_shares = flag(self.told_shares);
        s
    }
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// A product list names what is sold: 芯片销售 there is revenue from one's own chips, and only an agent's words tell a dealer.
fn product_roles(roles: Roles, item: &str) -> Roles {
    let deals = ["代理", "分销", "经销", "贸易", "代购", "租赁"].iter().any(|w| item.contains(w));
    if deals || !roles.only(Role::Trader) { roles } else { Roles::default() }
}

/// True when a role is what the link's core actor does.
pub(super) fn has_core(roles: Roles, core: Core) -> bool {
    roles.has(Role::Maker)
        || roles.has(Role::Developer)
        || core == Core::Operate && roles.has(Role::Operator)
        || core == Core::Serve && (roles.has(Role::Service) || roles.has(Role::Operator))
}

fn role_weight(h: &Hit, core: Core) -> f32 {
    if h.roles.is_empty() {
        return if h.source == Source::Scope { 0.85 } else { 1.0 };
    }
    Role::ALL.into_iter().filter(|r| h.roles.has(*r)).map(|r| r.weight(core) as f32).fold(0.0, f32::max)
}

fn place_weight(h: &Hit) -> f32 {
    match h.source {
        Source::Products => product_weight(h.weight),
        Source::Scope => 0.75 + 0.25 * h.weight,
        _ => 1.0,
    }
}

/// How much a product counts, from its share of revenue.
fn product_weight(share: f32) -> f32 {
    if share.is_nan() { 0.9 } else { 0.4 + 0.6 * libm::sqrtf(share.clamp(0.0, 1.0)) }
}

fn field_weight(source: Source) -> f32 {
    match source {
        Source::Products => 0.9,
        Source::MainBusiness => 0.85,
        Source::Scope => 0.75,
        Source::Patents | Source::Bids | Source::Profile | Source::Tags => 0.5,
        Source::Name => 0.25,
        Source::Industry => 0.2,
    }
}

/// What the words after a product make of it.
#[derive(Debug, Clone)]
pub(super) struct Heads {
    suffixes: Affixes,
    made_for: Affixes,
    traders: Words,
}

/// What a product is made for, by the words that follow its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MadeFor {
    Equipment,
    Materials,
    Nothing,
}

impl Heads {
    pub(super) fn new() -> Self {
        let suffixes = lexicon::SUFFIXES.iter().flat_map(|(percent, words)| words.iter().map(|w| (*w, *percent)));
        let equipment = lexicon::EQUIPMENT_HEADS.iter().map(|w| (*w, 0));
        let materials = lexicon::MATERIAL_HEADS.iter().map(|w| (*w, 1));
        Self {
            suffixes: Affixes::suffixes(suffixes),
            made_for: Affixes::suffixes(equipment.chain(materials)),
            traders: Words::constant(lexicon::TRADER_NAMES),
        }
    }

    /// How much of the product is left, 0 to 1, when these words follow it in its item.
    fn left(&self, rest: &str) -> f32 {
        let rest = rest.trim_matches(|c: char| matches!(c, ' ' | '\u{1}' | '(' | ')' | '的' | '等' | '"' | '“' | '”' | '.' | '-' | '—'));
        if rest.is_empty() {
            return 1.0;
        }
        // For the product, not the product: 锂电池用.
        if rest.starts_with('用') {
            return 0.2;
        }
        match self.suffixes.longest(rest) {
            Some((word, percent)) if word.len() == rest.len() => percent as f32 / 100.0,
            Some((_, percent)) => percent.min(60) as f32 / 100.0,
            None if rest.chars().count() <= 2 => 0.7,
            None => 0.5,
        }
    }

    fn made_for(&self, rest: &str) -> MadeFor {
        let rest = rest.trim_end_matches(|c: char| matches!(c, ' ' | ')' | '等'));
        match self.made_for.longest(rest) {
            Some((_, 0)) => MadeFor::Equipment,
            Some(_) => MadeFor::Materials,
            None => MadeFor::Nothing,
        }
    }
}

/// Folds an original and finds the byte range of a folded range in it: folding keeps the number of characters.
pub(super) fn unfold(text: &str, (start, end): (u32, u32)) -> (u32, u32) {
    let folded = fold(text);
    let count = |upto: u32| folded.get(..upto as usize).map_or(0, |t| t.chars().count());
    let at = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(i, _)| i) as u32;
    (at(count(start)), at(count(end)))
}
