//! Rows of the same enterprise become one: by credit code, else by name and province.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use crate::enterprise::{CreditCode, Enterprise, fold_name};
use crate::intake::{IntakeReport, Merge, sheet};
use crate::order::sort;

/// Enterprises as they come, merged. The fullest row stays, in the place of the first; what it does not know it takes from the others,
/// and lists (products, tags, titles) are joined.
#[derive(Debug, Default)]
pub(crate) struct Merger {
    pub kept: Vec<Enterprise>,
    by_code: HashMap<CreditCode, u32>,
    by_name: Names,
    /// What the long lists hold, by place, never iterated: so that each further row costs what it brings.
    lists: HashMap<u32, (HashSet<String>, HashSet<String>)>,
}

/// Places by the hash of the folded name: several names may share one, so names are compared. Never iterated. The hash is keyed at
/// random, so that no file can be made of names that share one.
#[derive(Debug, Default)]
struct Names {
    key: RandomState,
    first: HashMap<u64, u32, BuildHasherDefault<Same>>,
    /// Further places of a hash.
    more: HashMap<u64, Vec<u32>, BuildHasherDefault<Same>>,
}

impl Names {
    fn add(&mut self, hash: u64, at: usize) {
        let at = at as u32;
        if *self.first.entry(hash).or_insert(at) != at {
            self.more.entry(hash).or_default().push(at);
        }
    }

    fn at(&self, hash: u64) -> impl Iterator<Item = usize> {
        self.first.get(&hash).into_iter().chain(self.more.get(&hash).into_iter().flatten()).map(|at| *at as usize)
    }
}

/// A hash that is given whole.
#[derive(Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    /// Never asked: only whole hashes are keys.
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Merger {
    /// Makes room, when it runs short, for what is still to come by the share of the file that is read: growing by half as much again
    /// and again would copy everything each time, and leave a half unused in the end.
    pub(crate) fn expect(&mut self, read: f64) {
        let (rows, room) = (self.kept.len(), self.kept.capacity());
        if room - rows < sheet::STEP as usize && read > 0.0 {
            // A few short rows at the head of a file say little of its tail.
            let all = (1.02 * rows as f64 / read).min(8.0 * rows as f64) as usize;
            // Where there is no room for so many, it grows as it must.
            let _ = self.kept.try_reserve_exact(all.saturating_sub(rows));
        }
    }

    /// Adds an enterprise; `name` is its name as names are compared.
    pub(crate) fn add(&mut self, next: Enterprise, name: &str, report: &mut IntakeReport, listed: usize) {
        let by_name = self.by_name.key.hash_one(name);
        if let Some(at) = self.same(&next, name, by_name, report, listed) {
            let mut first = std::mem::take(&mut self.kept[at]);
            let mut next = next;
            // Lists stay where they are and grow by what is new.
            let (mut products, mut tags) = (std::mem::take(&mut first.products), std::mem::take(&mut first.tags));
            let counts = (products.is_empty(), tags.is_empty());
            let (known_products, known_tags) = if products.len() + tags.len() > LONG {
                let known = || (products.iter().map(|p| p.name.clone()).collect(), tags.iter().cloned().collect());
                let (p, t) = self.lists.entry(at as u32).or_insert_with(known);
                (Some(p), Some(t))
            } else {
                (None, None)
            };
            let fuller = fullness(&next, (next.products.is_empty(), next.tags.is_empty())) > fullness(&first, counts);
            join(&mut products, std::mem::take(&mut next.products), known_products, |p| &p.name);
            join(&mut tags, std::mem::take(&mut next.tags), known_tags, |t| t);
            let (mut stays, goes) = if fuller { (next, first) } else { (first, next) };
            let other = fold_name(&goes.name) != fold_name(&stays.name);
            report.merges.push(Merge { row: goes.row, into: stays.row, name: other.then(|| goes.name.clone()) });
            let code = stays.credit_code.or(goes.credit_code);
            fill(&mut stays, goes);
            (stays.credit_code, stays.products, stays.tags) = (code, products, tags);
            if let Some(code) = code {
                self.by_code.insert(code, at as u32);
            }
            self.kept[at] = stays;
            if other {
                self.by_name.add(by_name, at);
            }
            return;
        }
        let at = self.kept.len();
        if let Some(code) = next.credit_code {
            self.by_code.insert(code, at as u32);
        }
        self.by_name.add(by_name, at);
        self.kept.push(next);
    }

    /// The place of the same enterprise: one of its code; else one of its name, in no other province, whose code is not another.
    fn same(&self, next: &Enterprise, name: &str, by_name: u64, report: &mut IntakeReport, listed: usize) -> Option<usize> {
        if let Some(at) = next.credit_code.and_then(|code| self.by_code.get(&code).copied()) {
            return Some(at as usize);
        }
        for at in self.by_name.at(by_name) {
            let Some(known) = self.kept.get(at) else { continue };
            if fold_name(&known.name) != name && known.former_name.as_deref().map(fold_name).as_deref() != Some(name) {
                continue;
            }
            let elsewhere = matches!((&known.region.province, &next.region.province), (Some(a), Some(b)) if a != b);
            if elsewhere {
                continue;
            }
            if known.credit_code.is_some() && next.credit_code.is_some() {
                // One name, two codes: two firms, or one that was registered anew. That is for a person to say.
                if report.same_names.len() < listed {
                    report.same_names.push(Merge { row: next.row, into: known.row, name: None });
                }
                continue;
            }
            return Some(at);
        }
        None
    }
}

/// How many facts a row holds, then how long its texts are.
fn fullness(e: &Enterprise, (no_products, no_tags): (bool, bool)) -> (usize, usize) {
    let texts =
        [&e.scope, &e.profile, &e.main_business, &e.patents, &e.bids, &e.kind, &e.industry, &e.listing, &e.shareholders, &e.former_name];
    let facts = [
        e.credit_code.is_some(),
        e.status.is_some(),
        e.established.is_some(),
        e.registered_capital.is_some(),
        e.paid_in_capital.is_some(),
        e.revenue.is_some(),
        e.staff.is_some(),
        e.size.is_some(),
        e.region.address.is_some(),
        e.patent_count.is_some(),
        e.financing_date.is_some(),
        !no_products,
        !no_tags,
        !e.qualifications.is_empty(),
    ];
    let count = texts.iter().filter(|t| t.is_some()).count()
        + facts.iter().filter(|f| **f).count()
        + e.extra.iter().filter(|x| x.is_some()).count();
    (count, texts.iter().filter_map(|t| t.as_ref()).map(String::len).sum())
}

/// Gives what stays what it does not know.
fn fill(stays: &mut Enterprise, goes: Enterprise) {
    macro_rules! take {
        ($($field:ident).+) => {
            if stays.$($field).+.is_none() {
                stays.$($field).+ = goes.$($field).+;
            }
        };
    }
    take!(status);
    take!(kind);
    take!(established);
    take!(registered_capital);
    take!(paid_in_capital);
    take!(revenue);
    take!(staff);
    take!(size);
    // A finer code of the same province is what the other knew of the place.
    let same = stays.region.province.is_none() || stays.region.province == goes.region.province;
    if same && stays.region.code.is_none_or(|c| c.is_multiple_of(10_000)) && goes.region.code.is_some() {
        stays.region.code = goes.region.code;
    }
    take!(region.province);
    take!(region.city);
    take!(region.county);
    take!(region.address);
    take!(industry);
    take!(scope);
    take!(profile);
    take!(main_business);
    take!(patents);
    take!(bids);
    take!(patent_count);
    take!(listing);
    take!(financing_date);
    take!(former_name);
    take!(shareholders);
    if stays.former_name.is_none() && fold_name(&stays.name) != fold_name(&goes.name) {
        stays.former_name = Some(goes.name);
    }
    for rung in goes.qualifications {
        if !stays.qualifications.contains(&rung) {
            stays.qualifications.push(rung);
        }
    }
    sort(&mut stays.qualifications, &|a, b| a.cmp(b));
    if stays.extra.len() < goes.extra.len() {
        stays.extra.resize(goes.extra.len(), None);
    }
    for (mine, other) in stays.extra.iter_mut().zip(goes.extra) {
        if mine.is_none() {
            *mine = other;
        }
    }
}

/// Lists longer than this are compared through a set.
const LONG: usize = 16;

/// Adds to a list what it does not hold yet; `known` is what a long one holds.
fn join<T>(list: &mut Vec<T>, more: Vec<T>, known: Option<&mut HashSet<String>>, name: impl Fn(&T) -> &String) {
    let mut own;
    let known = match known {
        Some(known) => known,
        None if list.len() + more.len() <= LONG => {
            for item in more {
                if !list.iter().any(|known| name(known) == name(&item)) {
                    list.push(item);
                }
            }
            return;
        }
        None => {
            own = list.iter().map(|item| name(item).clone()).collect();
            &mut own
        }
    };
    for item in more {
        if known.insert(name(&item).clone()) {
            list.push(item);
        }
    }
}
