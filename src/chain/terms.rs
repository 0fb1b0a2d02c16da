//! Every word of a catalogue in one table, and what each means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::chain::format::class;
use crate::chain::heads::MadeFor;
use crate::chain::lexicon;
use crate::chain::words::Words;
use crate::chain::{Catalogue, Core, Source};
use crate::error::{Error, Kind};
use crate::order::map;
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
    /// What it makes itself, where that is equipment or materials.
    pub makes: MadeFor,
}

/// What a word means at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Term,
    /// A term if a word of the group stands somewhere.
    Near(u32),
    Weak,
    Exclude,
    /// A word of the chain as a whole.
    Chain,
}

impl Sense {
    /// True for a word that names the link, and does not merely support it.
    pub(super) fn names(self) -> bool {
        matches!(self, Self::Term | Self::Near(_))
    }

    /// True for a word of the link: one that names it or supports it.
    pub(super) fn supports(self) -> bool {
        self.names() || self == Self::Weak
    }
}

/// No noun at the end of an item is longer, in characters.
const LONGEST_HEAD: usize = 12;

/// A word found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub word: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub places: Vec<Place>,
    words: Words,
    /// Of each word: where its senses start in `senses`.
    first: Vec<u32>,
    senses: Vec<(u16, Sense)>,
    /// Of each word: whether it must begin and end at the edge of a Latin word.
    latin: Vec<(bool, bool)>,
    near: Words,
    near_count: usize,
    /// Of each group of near words: its words.
    groups: Vec<Vec<u32>>,
    /// Of each place: the groups that rule it out, and where they must stand.
    guards: Vec<Vec<(Source, u32)>>,
    /// Names of official classes, and the places that have each.
    classes: (Words, Vec<Vec<u16>>),
    /// The same by code.
    codes: BTreeMap<String, Vec<u16>>,
}

/// The near words that stand in an enterprise's texts.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// Of each near word: the sources it stands in, a bit each.
    sources: Vec<u16>,
    seen: Vec<u32>,
    /// Of each group that was asked for: the sources in which a word of it stands.
    asked: BTreeMap<u32, u16>,
}

impl Terms {
    #[allow(clippy::too_many_lines, reason = "one pass over the chains, which fills every list")]
    pub(super) fn new(catalogue: &Catalogue) -> Result<Self, Error> {
        let count = catalogue.chains().len() + catalogue.links().count();
        if u16::try_from(count).is_err() {
            return Err(Kind::BadChain(format!("{count} chains and links are more than {}", u16::MAX)).into());
        }
        let mut words: BTreeMap<String, Vec<(u16, Sense)>> = BTreeMap::new();
        let mut near: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut places: Vec<Place> = Vec::new();
        let mut codes: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut classes: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        let mut guards = Vec::new();
        let mut group_count = 0_u32;
        let mut group = |list: &[String], near: &mut BTreeMap<String, Vec<u32>>| {
            for word in list {
                near.entry(fold(word)).or_default().push(group_count);
            }
            group_count += 1;
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
                makes: kind(&chain.terms),
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
                for (code, name) in link.classes.iter().map(|c| class(c)) {
                    if !code.is_empty() {
                        codes.entry(code.to_owned()).or_default().push(at);
                    }
                    classes.entry(name.to_owned()).or_default().push(at);
                }
                places.push(Place {
                    link: Some(link.id.as_str().into()),
                    also: link.also.iter().map(|c| c.as_str().into()).collect(),
                    core: link.core,
                    sink: link.sink,
                    peripheral: link.peripheral,
                    ..blank.clone()
                });
                let mut add = |list: &[String], sense: Sense| {
                    for word in list {
                        let senses = words.entry(fold(word)).or_default();
                        // The senses of this place, of which the first is kept, stand last.
                        if senses.last().is_none_or(|(p, _)| *p != at) {
                            senses.push((at, sense));
                        }
                    }
                };
                add(&link.exclude, Sense::Exclude);
                add(&link.terms, Sense::Term);
                // A term of several groups needs a word of any of them.
                let mut companies: BTreeMap<String, Vec<u32>> = BTreeMap::new();
                for (with, index) in link.with.iter().zip(0..) {
                    for term in &with.terms {
                        companies.entry(term.clone()).or_default().push(index);
                    }
                }
                let mut groups: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
                for (term, indices) in companies {
                    let union = |of: &[u32]| of.iter().flat_map(|i| link.with[*i as usize].near.clone()).collect::<Vec<String>>();
                    let group = groups.get(&indices).copied().unwrap_or_else(|| group(&union(&indices), &mut near));
                    groups.insert(indices, group);
                    add(&[term], Sense::Near(group));
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
        for at in 0..places.len() {
            // What a link shared with a chain of equipment makes is equipment.
            let mut shared =
                places[at].also.iter().filter_map(|c| places.iter().find(|p| p.link.is_none() && p.chain == *c)).map(|p| p.makes);
            if let Some(kind) = shared.find(|kind| *kind != MadeFor::Nothing) {
                places[at].makes = kind;
            }
        }
        inherit(&mut words);
        let table = Words::new(words.keys().map(String::as_str));
        let latin = words.keys().map(|w| {
            let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            (edge(w.chars().next()), edge(w.chars().next_back()))
        });
        let latin = latin.collect();
        let near_words = Words::new(near.keys().map(String::as_str));
        let mut first = vec![0];
        let mut senses = Vec::new();
        for list in words.into_values() {
            senses.extend(list);
            first.push(senses.len() as u32);
        }
        let near_count = near.len();
        let mut groups = vec![Vec::new(); group_count as usize];
        for (its, word) in near.into_values().zip(0..) {
            for group in its {
                groups[group as usize].push(word);
            }
        }
        let mut by_place = vec![Vec::new(); places.len()];
        for (place, source, group) in guards {
            by_place[place as usize].push((source, group));
        }
        Ok(Self {
            places,
            words: table,
            first,
            senses,
            latin,
            near: near_words,
            near_count,
            groups,
            guards: by_place,
            classes: (Words::new(classes.keys().map(String::as_str)), classes.into_values().collect()),
            codes,
        })
    }

    /// The words in a folded text, from left to right, the longest where several start; none inside another.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        let bytes = text.as_bytes();
        self.words.find(text).filter_map(move |m| {
            let (left, right) = self.latin[m.word as usize];
            let joined = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
            let inside = left && joined(m.start.checked_sub(1)) || right && joined(Some(m.end));
            (!inside).then_some(Found { start: m.start, end: m.end, word: m.word })
        })
    }

    /// The longest word that ends where a folded text does.
    pub(super) fn ending(&self, text: &str) -> Option<Found> {
        let m = self.words.ending(text, LONGEST_HEAD)?;
        let before = text[..m.start].bytes().next_back();
        let inside = self.latin[m.word as usize].0 && before.is_some_and(|b| b.is_ascii_alphanumeric());
        (!inside).then_some(Found { start: m.start, end: m.end, word: m.word })
    }

    /// What a word found means, place by place. A word without a sense is there to take the place of a shorter one.
    pub(super) fn senses(&self, found: Found) -> &[(u16, Sense)] {
        let word = found.word as usize;
        &self.senses[self.first[word] as usize..self.first[word + 1] as usize]
    }

    /// The groups of words that rule a place out where they stand in a source.
    pub(super) fn guards(&self, place: u16) -> &[(Source, u32)] {
        &self.guards[place as usize]
    }

    /// Looks for the near words in folded texts.
    pub(super) fn look_around<'t>(&self, folded: impl Iterator<Item = (Source, &'t str)>, around: &mut Surroundings) {
        if around.sources.len() != self.near_count {
            *around = Surroundings { sources: vec![0; self.near_count], ..Surroundings::default() };
        }
        around.asked.clear();
        for word in around.seen.drain(..) {
            around.sources[word as usize] = 0;
        }
        for (source, text) in folded {
            for word in self.near.find_all(text) {
                let slot = &mut around.sources[word as usize];
                if *slot == 0 {
                    around.seen.push(word);
                }
                *slot |= 1 << source as u16;
            }
        }
    }

    /// The sources in which a word of a group stands, a bit each.
    pub(super) fn stands(&self, group: u32, around: &mut Surroundings) -> u16 {
        let Surroundings { sources, asked, .. } = around;
        *asked.entry(group).or_insert_with(|| self.groups[group as usize].iter().fold(0, |bits, word| bits | sources[*word as usize]))
    }

    /// The places an official class belongs to, in order: its name stands in the text, or the text begins with its code.
    pub(super) fn of_class(&self, industry: &str) -> BTreeSet<u16> {
        let (words, places) = &self.classes;
        let mut all: BTreeSet<u16> = BTreeSet::new();
        for word in words.find_all(industry) {
            all.extend(&places[word as usize]);
        }
        // A letter and four digits at most.
        let ends = industry.char_indices().map(|(i, _)| i).chain([industry.len()]).take_while(|i| *i <= 5);
        for places in ends.filter_map(|end| self.codes.get(&industry[..end])) {
            all.extend(places);
        }
        all
    }
}

/// What a chain makes, by the general words for it: equipment, materials, or things of many kinds.
fn kind(terms: &[String]) -> MadeFor {
    let of = |heads: &[&str]| terms.iter().filter(|t| heads.iter().any(|h| t.ends_with(h))).count();
    if 2 * of(lexicon::MATERIAL_HEADS) > terms.len() {
        MadeFor::Materials
    } else if 2 * of(lexicon::EQUIPMENT_HEADS) > terms.len() {
        MadeFor::Equipment
    } else {
        MadeFor::Nothing
    }
}

/// Resolves `equipment_for` and `materials_for`.
fn relate(catalogue: &Catalogue, places: &mut [Place]) {
    let index = map(places.iter().zip(0_u16..).filter_map(|(p, i)| Some((p.link.as_deref()?.to_owned(), i))));
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
    let names = |s: &(u16, Sense)| s.1.names();
    let mut inherited = Vec::new();
    for (word, senses) in words.iter().filter(|(_, senses)| !senses.is_empty() && !senses.iter().any(names)) {
        let ends = word.char_indices().skip(1).map(|(i, _)| &word[i..]);
        let longest = ends.filter_map(|end| words.get(end)).find(|s| s.iter().any(names));
        // Senses stand in the order of their places.
        let taken = |place: u16| senses.binary_search_by_key(&place, |(p, _)| *p).is_ok();
        let more: Vec<_> = longest.into_iter().flatten().filter(|s| names(s) && !taken(s.0)).copied().collect();
        inherited.push((word.clone(), more));
    }
    for (word, more) in inherited {
        words.entry(word).or_default().extend(more);
    }
}
