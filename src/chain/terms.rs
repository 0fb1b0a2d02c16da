//! Every word of a catalogue in one automaton, and what each means.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::chain::words::Words;
use crate::chain::{Catalogue, Core, Source};
use crate::error::{Error, Kind};
use crate::text::fold;

/// A link, or a chain as a whole.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub chain: Arc<str>,
    pub link: Option<Arc<str>>,
    pub core: Core,
    pub sink: bool,
    pub peripheral: bool,
    /// Chains it belongs to as well.
    pub also: Vec<Arc<str>>,
    /// The place of the chain as a whole.
    pub whole: u16,
    /// The place that makes this one's equipment, and the one that makes its materials.
    pub equipment: Option<u16>,
    pub materials: Option<u16>,
    /// Classes of GB/T 4754, code and name.
    pub classes: Vec<(String, String)>,
}

/// What a word means at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Term,
    /// A term if a word of the group stands somewhere.
    Near(u16),
    Weak,
    Exclude,
    /// A word of the chain as a whole.
    Chain,
}

/// A word found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    word: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub places: Vec<Place>,
    automaton: Words,
    /// Of each word: where its senses start in `senses`.
    first: Vec<u32>,
    senses: Vec<(u16, Sense)>,
    /// Of each word: whether it must begin and end at the edge of a Latin word.
    latin: Vec<(bool, bool)>,
    near: Words,
    /// Of each word of `near`: its groups.
    groups: Vec<Vec<u16>>,
    /// A place is ruled out when its group stands in the source.
    guards: Vec<(u16, Source, u16)>,
    group_count: usize,
}

impl Terms {
    pub(super) fn new(catalogue: &Catalogue) -> Result<Self, Error> {
        let mut words: BTreeMap<String, Vec<(u16, Sense)>> = BTreeMap::new();
        let mut near: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut places: Vec<Place> = Vec::new();
        let mut guards = Vec::new();
        let mut group_count = 0_u16;
        let mut group = |list: &[String], near: &mut BTreeMap<String, Vec<u16>>| {
            for word in list {
                near.entry(fold(word)).or_default().push(group_count);
            }
            group_count = group_count.saturating_add(1);
            group_count - 1
        };
        for chain in catalogue.chains() {
            let whole = places.len() as u16;
            let name: Arc<str> = chain.id.as_str().into();
            let blank = Place {
                chain: name,
                link: None,
                core: Core::Make,
                sink: false,
                peripheral: false,
                also: Vec::new(),
                whole,
                equipment: None,
                materials: None,
                classes: Vec::new(),
            };
            places.push(blank.clone());
            for term in &chain.terms {
                words.entry(fold(term)).or_default().push((whole, Sense::Chain));
            }
            for trap in &chain.traps {
                words.entry(fold(trap)).or_default();
            }
            for link in &chain.links {
                let at = places.len() as u16;
                let classes = link.classes.iter().map(|c| c.split_once(' ').unwrap_or((c, c)));
                places.push(Place {
                    link: Some(link.id.as_str().into()),
                    also: link.also.iter().map(|c| c.as_str().into()).collect(),
                    core: link.core,
                    sink: link.sink,
                    peripheral: link.peripheral,
                    classes: classes.map(|(a, b)| (a.to_owned(), b.to_owned())).collect(),
                    ..blank.clone()
                });
                let mut add = |list: &[String], sense: Sense| {
                    for word in list {
                        let senses = words.entry(fold(word)).or_default();
                        if senses.iter().all(|(p, _)| *p != at) {
                            senses.push((at, sense));
                        }
                    }
                };
                add(&link.exclude, Sense::Exclude);
                add(&link.terms, Sense::Term);
                for with in &link.with {
                    let group = group(&with.near, &mut near);
                    add(&with.terms, Sense::Near(group));
                }
                add(&link.weak, Sense::Weak);
                for (source, list) in &link.exclude_in {
                    if let Some(source) = Source::of(source) {
                        guards.push((at, source, group(list, &mut near)));
                    }
                }
            }
        }
        relate(catalogue, &mut places);
        inherit(&mut words);
        let too_many = |e: daachorse::errors::DaachorseError| Error::from(Kind::BadChain(e.to_string()));
        let automaton = Words::leftmost_longest(words.keys().map(String::as_str)).map_err(too_many)?;
        let latin = words.keys().map(|w| {
            let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            (edge(w.chars().next()), edge(w.chars().next_back()))
        });
        let latin = latin.collect();
        let near_words = Words::overlapping(near.keys().map(String::as_str)).map_err(too_many)?;
        let mut first = vec![0];
        let mut senses = Vec::new();
        for list in words.into_values() {
            senses.extend(list);
            first.push(senses.len() as u32);
        }
        let groups = near.into_values().collect();
        Ok(Self { places, automaton, first, senses, latin, near: near_words, groups, guards, group_count: group_count as usize })
    }

    /// The words in a folded text, from left to right, the longest where several start; none inside another.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        let bytes = text.as_bytes();
        self.automaton.find(text).filter_map(move |m| {
            let (left, right) = self.latin[m.word as usize];
            let joined = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
            let inside = left && joined(m.start.checked_sub(1)) || right && joined(Some(m.end));
            (!inside).then_some(Found { start: m.start, end: m.end, word: m.word })
        })
    }

    /// What a word found means, place by place. A word without a sense is there to take the place of a shorter one.
    pub(super) fn senses(&self, found: Found) -> &[(u16, Sense)] {
        let word = found.word as usize;
        &self.senses[self.first[word] as usize..self.first[word + 1] as usize]
    }

    /// True when words rule the place out in some source.
    pub(super) fn guards(&self, place: u16) -> impl Iterator<Item = (Source, u16)> + '_ {
        self.guards.iter().filter(move |g| g.0 == place).map(|g| (g.1, g.2))
    }

    /// Of each group of near words: the sources it stands in, a bit each.
    pub(super) fn surroundings<'t>(&self, folded: impl Iterator<Item = (Source, &'t str)>) -> Vec<u16> {
        let mut groups = vec![0_u16; self.group_count];
        for (source, text) in folded {
            for word in self.near.find_all(text) {
                for group in &self.groups[word as usize] {
                    groups[*group as usize] |= 1 << source as u16;
                }
            }
        }
        groups
    }
}

/// Resolves `equipment_for` and `materials_for`.
fn relate(catalogue: &Catalogue, places: &mut [Place]) {
    let index: BTreeMap<String, u16> =
        places.iter().zip(0_u16..).filter_map(|(p, i)| Some((p.link.as_deref()?.to_owned(), i))).collect();
    for (_, link) in catalogue.links() {
        let Some(at) = index.get(&link.id) else { continue };
        for (list, equipment) in [(&link.equipment_for, true), (&link.materials_for, false)] {
            for id in list {
                let Some(of) = index.get(id) else { continue };
                let place = &mut places[*of as usize];
                let slot = if equipment { &mut place.equipment } else { &mut place.materials };
                *slot = Some(*at);
            }
        }
    }
}

/// A word that only rules out or supports must not take the place of a term another link has at its end: 光纤激光打标机 is no laser
/// source, and still a marking machine.
fn inherit(words: &mut BTreeMap<String, Vec<(u16, Sense)>>) {
    let names = |s: &(u16, Sense)| matches!(s.1, Sense::Term | Sense::Near(_));
    let mut inherited = Vec::new();
    for (word, senses) in words.iter().filter(|(_, senses)| !senses.is_empty() && !senses.iter().any(names)) {
        let ends = word.char_indices().skip(1).map(|(i, _)| &word[i..]);
        let longest = ends.filter_map(|end| words.get(end)).find(|s| s.iter().any(names));
        let taken = |place: u16| senses.iter().any(|(p, _)| *p == place);
        let more: Vec<_> = longest.into_iter().flatten().filter(|s| names(s) && !taken(s.0)).copied().collect();
        inherited.push((word.clone(), more));
    }
    for (word, more) in inherited {
        words.entry(word).or_default().extend(more);
    }
}
