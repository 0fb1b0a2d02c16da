//! What is wrong, or will surprise, in a chain a team wrote: every finding at once, each with its place and what to do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::chain::Source;
use crate::chain::format::{Chain, Link, class};
use crate::chain::words::Words;
use crate::order::{map, set};
use crate::text::fold;

/// One finding of [`check_chains`](crate::check_chains).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Finding {
    /// Stable code of the kind of finding.
    ///
    /// | code | error | meaning |
    /// |---|---|---|
    /// | `NO_CHAIN`, `NO_LINKS`, `NO_TERMS` | yes | a file without a chain, a chain without links, a link without terms |
    /// | `ID_TWICE`, `ID_EMPTY`, `NAME_EMPTY` | yes | an id and a name must be there, and the id its own |
    /// | `EDGE_NOWHERE` | yes | `feeds`, `equipment_for` or `materials_for` leads to no link, `also` to no other chain or twice to one |
    /// | `EDGE_NOWHERE` | yes | a link that those of other chains point to went with the chain whose place is taken |
    /// | `CYCLE` | yes | `feeds` leads in a circle, through links of other chains too |
    /// | `TERM_EMPTY`, `TERM_SHORT` | yes | a term of fewer than two characters hits everywhere; a word of another list may have one |
    /// | `TERM_LONG` | yes | a term of more than a hundred characters hits nothing |
    /// | `WITH_EMPTY` | yes | a `with` without terms, or without words near |
    /// | `CLASS_EMPTY` | yes | a class with a name of fewer than two characters, which nearly every enterprise would have |
    /// | `TOO_MANY` | yes | more than 5,000 links, or than 500,000 terms of all kinds, with the built-in ones; nothing else is looked at |
    /// | `FIELD_UNKNOWN` | yes | `exclude_in` names no field |
    /// | `ORPHAN` | no | a link, not the only one, that feeds nothing and that nothing feeds |
    /// | `TERM_TWICE` | no | two links have the same term |
    /// | `TERM_SWALLOWED` | no | a longer term of another link always wins over this one's part of it; told 200 times at most |
    /// | `TERM_PATTERN` | no | the term looks like a regular expression; terms are plain text |
    /// | `NEAR_IN_TERM` | no | a word of `near` is part of the term itself, so the condition always holds |
    /// | `LINK_HITS_NOTHING` | no | no row of the file given stands on the link, or comes near it |
    /// | `TERM_HITS_NOTHING` | no | no row of the file given has the term, of a link that some row has |
    pub code: &'static str,
    /// True when the chain cannot be used until it is mended.
    pub is_error: bool,
    /// The id of the link, or of the chain, it concerns; empty where it concerns the file.
    pub place: String,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// The most links a set of chains may have.
const MAX_LINKS: usize = 5_000;
/// The most terms of all kinds.
const MAX_TERMS: usize = 500_000;

pub(super) fn finding(code: &'static str, place: &str, zh: String, en: String) -> Finding {
    let is_error = !matches!(
        code,
        "ORPHAN" | "TERM_TWICE" | "TERM_SWALLOWED" | "TERM_PATTERN" | "NEAR_IN_TERM" | "TERM_HITS_NOTHING" | "LINK_HITS_NOTHING"
    );
    Finding { code, is_error, place: place.to_owned(), zh, en }
}

/// The most characters of a term.
const MAX_TERM: usize = 100;

/// Every term of a link, of whatever kind.
fn words(link: &Link) -> impl Iterator<Item = &String> {
    let with = link.with.iter().flat_map(|w| w.terms.iter().chain(&w.near));
    link.terms.iter().chain(&link.weak).chain(&link.exclude).chain(link.exclude_in.values().flatten()).chain(with)
}

/// Errors: what makes a catalogue of these chains, and of those they will stand beside, unusable. Of the latter, which hold together
/// themselves, only what the former leave behind or lead back to is looked at.
pub(super) fn structure(chains: &[Chain], beside: &[Chain]) -> Vec<Finding> {
    let mut found = Vec::new();
    if chains.is_empty() {
        let en = "there is no chain in the file; write one chain, or a list of chains in square brackets";
        found.push(finding("NO_CHAIN", "", "文件里没有产业链；请写一条产业链，或用方括号列出若干条".to_owned(), en.to_owned()));
    }
    let both = || chains.iter().chain(beside);
    let all: Vec<&Link> = both().flat_map(|c| &c.links).collect();
    let of_chains: usize = both().map(|c| c.terms.len() + c.traps.len()).sum();
    let terms: usize = of_chains + all.iter().map(|l| words(l).count()).sum::<usize>();
    if all.len() > MAX_LINKS || terms > MAX_TERMS {
        let (zh, en) = if beside.is_empty() { ("", "") } else { ("连同其他产业链", " with those of the chains beside it") };
        found.push(finding(
            "TOO_MANY",
            "",
            format!("{zh}共 {} 个环节、{terms} 个词，上限为 {MAX_LINKS} 和 {MAX_TERMS}", all.len()),
            format!("{} links and {terms} terms{en}; the limits are {MAX_LINKS} and {MAX_TERMS}", all.len()),
        ));
        return found;
    }
    let known_chains: BTreeSet<&str> = set(both().map(|c| c.id.as_str()));
    let known_links: BTreeSet<&str> = set(all.iter().map(|l| l.id.as_str()));
    let elsewhere: BTreeSet<&str> = set(beside.iter().flat_map(|c| c.links.iter().map(|l| &l.id).chain([&c.id])).map(String::as_str));
    let links = chains.iter().flat_map(|c| &c.links);
    let named = chains.iter().map(|c| (&c.id, &c.zh, &c.en)).chain(links.map(|l| (&l.id, &l.zh, &l.en)));
    let mut ids = BTreeSet::new();
    for (id, zh, en) in named {
        if id.trim().is_empty() {
            found.push(finding("ID_EMPTY", "", format!("“{zh}”的 id 是空的"), format!("the id of `{en}` is empty; give it one")));
        } else if !ids.insert(id.as_str()) || elsewhere.contains(id.as_str()) {
            found.push(finding("ID_TWICE", id, format!("id“{id}”用了两次"), "the id is used twice; choose another".to_owned()));
        }
        if zh.trim().is_empty() || en.trim().is_empty() {
            found.push(finding("NAME_EMPTY", id, "名称（zh、en）不能为空".to_owned(), "`zh` or `en` is empty; give both".to_owned()));
        }
    }
    for chain in chains.iter().filter(|c| c.links.is_empty()) {
        found.push(finding("NO_LINKS", &chain.id, "没有环节".to_owned(), "the chain has no links".to_owned()));
    }
    for chain in chains {
        found.extend(chain.terms.iter().chain(&chain.traps).filter_map(|t| misfit(&chain.id, t)));
        for link in &chain.links {
            let mut also = BTreeSet::from([chain.id.as_str()]);
            for id in link.also.iter().filter(|id| !known_chains.contains(id.as_str()) || !also.insert(id.as_str())) {
                found.push(finding(
                    "EDGE_NOWHERE",
                    &link.id,
                    format!("also 里的“{id}”不是另一条产业链"),
                    format!("`{id}` in `also` is no other chain; correct the id, or take it out"),
                ));
            }
            for to in edges(link).filter(|to| !known_links.contains(to)) {
                found.push(finding(
                    "EDGE_NOWHERE",
                    &link.id,
                    format!("指向“{to}”，但没有这个环节"),
                    format!("it points to `{to}`, and there is no such link; correct the id"),
                ));
            }
            found.extend(faults(link));
        }
    }
    // A chain that takes the place of another may leave links behind that point to what is gone.
    let mut gone: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for link in beside.iter().flat_map(|c| &c.links) {
        let nowhere = edges(link).filter(|to| !known_links.contains(to));
        nowhere.for_each(|to| _ = gone.entry(to).or_default().insert(&link.id));
    }
    for (to, from) in gone {
        let list = |between: &str| from.iter().copied().collect::<Vec<_>>().join(between);
        found.push(finding(
            "EDGE_NOWHERE",
            to,
            format!("其他产业链的环节“{}”指向它，但没有这个环节；请保留这个 id", list("、")),
            format!("links of other chains point to it, and there is no such link: {}; keep a link of this id", list(", ")),
        ));
    }
    if let Some(id) = cycle(&all) {
        found.push(finding(
            "CYCLE",
            id,
            "经过其他环节又供给了自己".to_owned(),
            "it feeds itself through other links; take one `feeds` of the circle away".to_owned(),
        ));
    }
    found
}

/// The links that a link points to.
fn edges(link: &Link) -> impl Iterator<Item = &str> {
    link.feeds.iter().chain(&link.equipment_for).chain(&link.materials_for).map(String::as_str)
}

/// What keeps a term from being looked for.
fn misfit(place: &str, term: &str) -> Option<Finding> {
    match term.trim().chars().count() {
        0 => Some(finding("TERM_EMPTY", place, "有一个空的词".to_owned(), "a term is empty; take it out".to_owned())),
        1 => Some(finding(
            "TERM_SHORT",
            place,
            format!("词“{term}”太短，到处都会命中"),
            format!("the term `{term}` is too short to mean anything alone; use a longer one, or put it among the weak ones"),
        )),
        _ => long(place, term),
    }
}

fn long(place: &str, term: &str) -> Option<Finding> {
    let start: String = term.chars().take(20).collect();
    (term.chars().count() > MAX_TERM).then(|| {
        finding(
            "TERM_LONG",
            place,
            format!("词“{start}…”超过 {MAX_TERM} 个字"),
            format!("the term `{start}…` has more than {MAX_TERM} characters; list each word by itself"),
        )
    })
}

/// What is wrong inside one link.
fn faults(link: &Link) -> Vec<Finding> {
    let mut found = Vec::new();
    let conditional = || link.with.iter().flat_map(|w| &w.terms);
    if link.terms.is_empty() && conditional().next().is_none() {
        found.push(finding(
            "NO_TERMS",
            &link.id,
            "没有词，永远不会命中".to_owned(),
            "it has no terms, so nothing can stand on it".to_owned(),
        ));
    } else if link.with.iter().any(|w| w.terms.is_empty() || w.near.is_empty()) {
        found.push(finding(
            "WITH_EMPTY",
            &link.id,
            "with 里的 terms 或 near 是空的".to_owned(),
            "a `with` has no `terms` or no `near`; fill both, or take it out".to_owned(),
        ));
    }
    found.extend(link.terms.iter().chain(conditional()).filter_map(|t| misfit(&link.id, t)));
    // A single character may support, rule out, or stand near.
    let near = link.with.iter().flat_map(|w| &w.near);
    for term in link.weak.iter().chain(&link.exclude).chain(link.exclude_in.values().flatten()).chain(near) {
        found.extend(if term.trim().is_empty() { misfit(&link.id, term) } else { long(&link.id, term) });
    }
    for text in link.classes.iter().filter(|c| class(c).1.chars().count() < 2) {
        found.push(finding(
            "CLASS_EMPTY",
            &link.id,
            format!("行业分类“{text}”没有名称，应写成“3976 光电子器件制造”"),
            format!("the class `{text}` has no name; write code and name, as `3976 光电子器件制造`"),
        ));
    }
    for name in link.exclude_in.keys().filter(|f| Source::of(f).is_none()) {
        let known = Source::ALL.map(Source::as_str).join(", ");
        found.push(finding(
            "FIELD_UNKNOWN",
            &link.id,
            format!("exclude_in 里的“{name}”不是字段"),
            format!("`{name}` in `exclude_in` is no field; known: {known}"),
        ));
    }
    found
}

/// The first link on a circle of edges, if there is one: links without suppliers are taken away until none is left to take, and from what
/// is left the way back to suppliers leads into a circle.
fn cycle<'a>(links: &[&'a Link]) -> Option<&'a str> {
    let places: BTreeMap<&str, usize> = map(links.iter().enumerate().map(|(i, l)| (l.id.as_str(), i)));
    let fed = |i: usize| links[i].feeds.iter().filter_map(|to| places.get(to.as_str()).copied());
    let mut suppliers = vec![0_usize; links.len()];
    for to in (0..links.len()).flat_map(fed) {
        suppliers[to] += 1;
    }
    let mut free: Vec<usize> = (0..links.len()).filter(|i| suppliers[*i] == 0).collect();
    while let Some(at) = free.pop() {
        for to in fed(at) {
            suppliers[to] -= 1;
            if suppliers[to] == 0 {
                free.push(to);
            }
        }
    }
    let left = |i: &usize| suppliers[*i] > 0;
    let mut back = vec![None; links.len()];
    for from in (0..links.len()).filter(left) {
        fed(from).for_each(|to| back[to] = Some(from));
    }
    let steps = |from: usize| std::iter::successors(Some(from), |at| back[*at]);
    let on = steps((0..links.len()).find(left)?).nth(links.len())?;
    steps(on).take(links.len()).min().map(|i| links[i].id.as_str())
}

/// What works, and not as its author may think. `beside` is what the chains will stand beside.
pub(super) fn surprises(chains: &[Chain], beside: &[Chain]) -> Vec<Finding> {
    let mut found = Vec::new();
    let links: Vec<&Link> = chains.iter().flat_map(|c| &c.links).collect();
    let mut fed: BTreeSet<&str> = BTreeSet::new();
    fed.extend(chains.iter().chain(beside).flat_map(|c| &c.links).flat_map(|l| &l.feeds).map(String::as_str));
    if links.len() > 1 {
        for link in links.iter().filter(|l| l.feeds.is_empty() && !fed.contains(l.id.as_str())) {
            found.push(finding(
                "ORPHAN",
                &link.id,
                "既不供给别的环节，也没有环节供给它；缺口诊断用不到它".to_owned(),
                "it feeds nothing and nothing feeds it, so a diagnosis cannot relate it to the others".to_owned(),
            ));
        }
    }
    for link in &links {
        for with in &link.with {
            let folded: Vec<String> = with.near.iter().map(|n| if n.trim().is_empty() { String::new() } else { fold(n) }).collect();
            let words = Words::new(folded.iter().map(String::as_str));
            for term in &with.terms {
                if let Some(near) = words.find_all(&fold(term)).min().and_then(|word| with.near.get(word as usize)) {
                    found.push(finding(
                        "NEAR_IN_TERM",
                        &link.id,
                        format!("“{term}”本身含有“{near}”，条件总是成立"),
                        format!("`{term}` itself contains `{near}`, so it never needs company; put it among the terms, or change `near`"),
                    ));
                }
            }
        }
    }
    let mut owners: BTreeMap<String, &Link> = BTreeMap::new();
    for link in &links {
        for term in &link.terms {
            if let Some(other) = owners.insert(fold(term), link).filter(|o| o.id != link.id) {
                found.push(finding(
                    "TERM_TWICE",
                    &link.id,
                    format!("词“{term}”也属于环节“{}”，两处都会命中", other.zh),
                    format!("the term `{term}` belongs to `{}` too, and will name both", other.id),
                ));
            }
            if term.contains(['\\', '[', ']', '{', '}', '^', '$', '|']) || term.contains(".*") || term.contains(".+") {
                found.push(finding(
                    "TERM_PATTERN",
                    &link.id,
                    format!("词“{term}”像正则表达式；这里的词都按原文查找"),
                    format!("the term `{term}` looks like a regular expression; terms are looked for as they stand"),
                ));
            }
        }
    }
    found.extend(swallowed(&owners));
    found
}

/// The most findings of words that give way: more are read by nobody.
const MAX_SWALLOWED: usize = 200;

/// A longer word takes the place of a shorter one: intended for exclusions, easily overlooked between links.
fn swallowed(owners: &BTreeMap<String, &Link>) -> Vec<Finding> {
    let all: Vec<(&str, &Link)> = owners.iter().map(|(t, l)| (t.as_str(), *l)).filter(|(t, _)| t.chars().count() <= MAX_TERM).collect();
    let words = Words::new(all.iter().map(|(term, _)| *term));
    let inside = |(long, owner): &(&str, &Link)| -> Vec<Finding> {
        let shorter = words.inside(long).filter_map(|word| all.get(word as usize)).filter(|(_, other)| other.id != owner.id);
        let told = shorter.map(|(short, other)| {
            finding(
                "TERM_SWALLOWED",
                &other.id,
                format!("在“{long}”里，词“{short}”让位给环节“{}”", owner.zh),
                format!("inside `{long}` the term `{short}` gives way to `{}`", owner.id),
            )
        });
        told.collect()
    };
    all.iter().flat_map(inside).take(MAX_SWALLOWED).collect()
}
