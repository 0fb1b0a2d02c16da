//! Rows of the same enterprise become one: the fullest stays, and takes from the others what it does not know.

use std::collections::{HashMap, HashSet};

use crate::enterprise::{Enterprise, fold_name};
use crate::intake::identity::{Identities, Identity};
use crate::intake::{IntakeReport, Merge, sheet};
use crate::order::sort;

/// Takes the enterprises of a file as they come.
pub(crate) trait Keeper: Send + Sync {
    /// What is made of some that follow one another, before it is known who they are.
    type Kept: Send;

    /// Is told the columns nobody knows, before the rows that have them.
    fn begin(&mut self, _extra_columns: &[String]) {}

    /// Makes of some, on whatever thread, what is kept of them; each comes with its name as names are compared.
    fn keep(&self, some: Vec<(Enterprise, String)>) -> Self::Kept;

    /// Adds the next.
    fn add(&mut self, next: Self::Kept, report: &mut IntakeReport, listed: usize);

    /// How many there are so far.
    fn count(&self) -> u64;

    /// Those kept so far, where they are kept.
    fn so_far(&self) -> &[Enterprise] {
        &[]
    }

    /// Is told from time to time which share of the file is read.
    fn expect(&mut self, _read: f64) {}
}

/// Enterprises as they come, merged, in the places of their first rows. Lists (products, tags, titles) are joined.
#[derive(Debug, Default)]
pub(crate) struct Merger {
    pub kept: Vec<Enterprise>,
    identities: Identities,
    /// What the long lists hold, by place, never iterated: so that each further row costs what it brings.
    lists: HashMap<u32, Lists>,
}

/// The products and the tags that one enterprise has, where they are many.
pub(crate) type Lists = (HashSet<String>, HashSet<String>);

impl Keeper for Merger {
    type Kept = Vec<(Enterprise, String)>;

    fn keep(&self, some: Self::Kept) -> Self::Kept {
        some
    }

    fn add(&mut self, next: Self::Kept, report: &mut IntakeReport, listed: usize) {
        for (next, name) in next {
            let who = self.identities.who(&next, &name);
            match self.identities.tell(who, report, listed) {
                Identity::New => self.kept.push(next),
                Identity::Known(at) => self.unite(at, next, report),
            }
        }
    }

    fn count(&self) -> u64 {
        self.kept.len() as u64
    }

    fn so_far(&self) -> &[Enterprise] {
        &self.kept
    }

    /// Makes room, when it runs short, for what is still to come: growing by half as much again and again would copy everything each
    /// time, and leave a half unused in the end.
    fn expect(&mut self, read: f64) {
        let (rows, room) = (self.kept.len(), self.kept.capacity());
        if room - rows < sheet::STEP as usize && read > 0.0 {
            // A few short rows at the head of a file say little of its tail.
            let all = (1.02 * rows as f64 / read).min(8.0 * rows as f64) as usize;
            // Where there is no room for so many, it grows as it must.
            let _ = self.kept.try_reserve_exact(all.saturating_sub(rows));
        }
    }
}

impl Merger {
    fn unite(&mut self, at: usize, next: Enterprise, report: &mut IntakeReport) {
        let first = std::mem::take(&mut self.kept[at]);
        let place = at as u32;
        if !self.lists.contains_key(&place)
            && let Some(lists) = long_lists(&first)
        {
            self.lists.insert(place, lists);
        }
        let (one, merge) = unite(first, next, self.lists.get_mut(&place));
        report.merges.push(merge);
        self.kept[at] = one;
    }
}

/// What the lists of an enterprise hold, where they are long enough to keep count of.
pub(crate) fn long_lists(e: &Enterprise) -> Option<Lists> {
    let are_long = e.products.len() + e.tags.len() > LONG;
    are_long.then(|| (e.products.iter().map(|p| p.name.clone()).collect(), e.tags.iter().cloned().collect()))
}

/// Makes one enterprise of two rows of it; `known` is what the lists of the first hold, where they are long.
pub(crate) fn unite(mut first: Enterprise, mut next: Enterprise, known: Option<&mut Lists>) -> (Enterprise, Merge) {
    // Lists stay where they are and grow by what is new.
    let (mut products, mut tags) = (std::mem::take(&mut first.products), std::mem::take(&mut first.tags));
    let counts = (products.is_empty(), tags.is_empty());
    let (known_products, known_tags) = known.map_or((None, None), |(p, t)| (Some(p), Some(t)));
    let fuller = fullness(&next, (next.products.is_empty(), next.tags.is_empty())) > fullness(&first, counts);
    join(&mut products, std::mem::take(&mut next.products), known_products, |p| &p.name);
    join(&mut tags, std::mem::take(&mut next.tags), known_tags, |t| t);
    let (mut stays, goes) = if fuller { (next, first) } else { (first, next) };
    let other = fold_name(&goes.name) != fold_name(&stays.name);
    let merge = Merge { row: goes.row, into: stays.row, name: other.then(|| goes.name.clone()) };
    let code = stays.credit_code.or(goes.credit_code);
    fill(&mut stays, goes);
    (stays.credit_code, stays.products, stays.tags) = (code, products, tags);
    (stays, merge)
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
