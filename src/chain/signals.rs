//! From words found to signals: numbers that say how and where the words for a place stand, and what else there is.

use crate::chain::findings::{Findings, Hit};
use crate::chain::grammar::Roles;
use crate::chain::matches::Role;
use crate::chain::terms::{Sense, Terms};
use crate::chain::{Core, Source};
use crate::enterprise::Enterprise;

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
    /// 1 where it is the first item of the scope, falling to 1/n at the last of n, times the strength of the word.
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
    /// How many different words only support it, traded or serviced ones left out, up to five, as a share of five.
    pub weak_words: f32,
    /// 1 where one of those is the whole of its item.
    pub weak_whole: f32,
}

/// The names of the signals, in the order of [`Signals::values`].
pub(super) const SIGNALS: [&str; 30] = [
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
    "weak_words",
    "weak_whole",
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
            self.weak_words,
            self.weak_whole,
        ]
    }

    /// The signals of one place: all that was found in the enterprise, and of it what speaks for the place.
    pub(super) fn of(all: &Findings, terms: &Terms, e: &Enterprise, group: &[Hit], (raw, best): (f32, f32), named_chains: &[u16]) -> Self {
        let place = &terms.places[group[0].place as usize];
        let core = place.core;
        let mut s = Self::default();
        let raise = |signal: &mut f32, value: f32| *signal = signal.max(value);
        let mut share = 0.0;
        let mut words: Few<(Source, u32, u32), 5> = Few::default();
        let mut weak_words: Few<(Source, u32, u32), 5> = Few::default();
        let mut scope_items: Few<u32, 64> = Few::default();
        let has_products = !e.products.is_empty();
        for h in group {
            let strong = h.sense.names();
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
                        scope_items.add(h.item.0);
                    }
                }
                Source::Name => raise(&mut s.name_link, if strong { 1.0 } else { 0.0 }),
                Source::Industry => raise(&mut s.class, 1.0),
            }
            let word = (h.source, h.word.1 - h.word.0, h.index);
            let whole = h.word.1 - h.word.0 + 3 >= h.item.1 - h.item.0;
            if strong && h.source != Source::Name && h.strength >= 0.5 {
                words.add(word);
                raise(&mut s.whole_item, flag(whole));
            }
            let text = !matches!(h.source, Source::Name | Source::Industry);
            if !strong && text && (h.roles.is_empty() || has_core(h.roles, core)) {
                weak_words.add(word);
                raise(&mut s.weak_whole, flag(whole));
            }
            if matches!(h.sense, Sense::Near(_)) {
                raise(&mut s.near, h.strength);
            }
        }
        if s.registered_only > 0.0 && share > 0.02 {
            s.registered_only = 0.0;
        }
        s.products_share = libm::sqrtf(share.min(1.0));
        s.words = words.count as f32 / 5.0;
        s.weak_words = weak_words.count as f32 / 5.0;
        let items = all.items.max(1) as f32;
        s.items_share = (scope_items.count as f32 / items).min(1.0);
        s.name_chain = flag(named_chains.contains(&place.whole));
        s.scope_length = libm::logf(items) / 4.0;
        s.rival = if best > 0.0 { raw / best } else { 0.0 };
        s.best = flag(raw >= best);
        s.sink = flag(place.sink);
        s.trader_name = flag(all.trader);
        s.scope_beside_products = if has_products { f32::max(s.scope_core, s.scope_bare) * flag(s.products < 0.3) } else { 0.0 };
        s.core_differs = flag(core != Core::Make);
        s.off_chain = all.off_chain;
        s.scope_long_core = s.scope_core * s.scope_length;
        s.off_chain_sliver = all.off_chain * (1.0 - s.products_share);
        s.focus = all.focus;
        s.told_shares = flag(all.told_shares);
        s
    }
}

/// How much of a revenue share below it is only an entry in a register.
const REGISTERED: f64 = 0.0011;

/// A first estimate of how much speaks for a place, for comparing rivals: 0 to 1.
pub(super) fn raw(group: &[Hit], core: Core) -> f32 {
    let mut against = 1.0;
    for field in group.chunk_by(|a, b| a.source == b.source) {
        let best = field.iter().map(|h| h.strength * role_weight(h, core) * place_weight(h)).fold(0.0, f32::max);
        against *= 1.0 - field_weight(field[0].source) * best.min(1.0);
    }
    1.0 - against
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
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
    Role::ALL.into_iter().filter(|r| h.roles.has(*r)).map(|r| r.weight(core)).fold(0.0, f32::max)
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

/// The first few different values, without asking for memory.
struct Few<T, const N: usize> {
    values: [Option<T>; N],
    count: usize,
}

impl<T: Copy, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self { values: [None; N], count: 0 }
    }
}

impl<T: Copy + PartialEq, const N: usize> Few<T, N> {
    fn add(&mut self, value: T) {
        if self.count < N && !self.values[..self.count].contains(&Some(value)) {
            self.values[self.count] = Some(value);
            self.count += 1;
        }
    }
}
