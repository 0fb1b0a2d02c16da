//! Rows with the same credit code become one enterprise.

use std::collections::BTreeMap;

use crate::enterprise::Enterprise;
use crate::intake::{CreditCode, Merge, sheet};

/// Enterprises as they come, merged by credit code. The fullest row stays, in the place of the first; what it does not know it takes
/// from the others.
#[derive(Debug, Default)]
pub(crate) struct Merger {
    pub kept: Vec<Enterprise>,
    pub merges: Vec<Merge>,
    place: BTreeMap<CreditCode, usize>,
}

impl Merger {
    /// Makes room, when it runs short, for what is still to come by the share of the file that is read: growing by half as much again
    /// and again would copy everything each time, and leave a half unused in the end.
    pub(crate) fn expect(&mut self, read: f64) {
        let (rows, room) = (self.kept.len(), self.kept.capacity());
        if room - rows < sheet::STEP as usize {
            // A few short rows at the head of a file say little of its tail.
            let all = (1.02 * rows as f64 / read).min(8.0 * rows as f64) as usize;
            // Where there is no room for so many, it grows as it must.
            let _ = self.kept.try_reserve_exact(all.saturating_sub(rows));
        }
    }

    pub(crate) fn add(&mut self, next: Enterprise) {
        let known = next.credit_code.and_then(|code| self.place.get(&code).copied());
        if let Some(at) = known {
            let first = std::mem::take(&mut self.kept[at]);
            let (mut stays, goes) = if fullness(&next) > fullness(&first) { (next, first) } else { (first, next) };
            self.merges.push(Merge { row: goes.row, into: stays.row });
            fill(&mut stays, goes);
            self.kept[at] = stays;
            return;
        }
        if let Some(code) = next.credit_code {
            self.place.insert(code, self.kept.len());
        }
        self.kept.push(next);
    }
}

/// How many facts a row holds, then how long its texts are.
fn fullness(e: &Enterprise) -> (usize, usize) {
    let texts =
        [&e.scope, &e.profile, &e.main_business, &e.patents, &e.bids, &e.kind, &e.industry, &e.listing, &e.shareholders, &e.former_name];
    let facts = [
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
        !e.products.is_empty(),
        !e.tags.is_empty(),
        !e.qualifications.is_empty(),
    ];
    let count = texts.iter().filter(|t| t.is_some()).count()
        + facts.iter().filter(|f| **f).count()
        + e.extra.iter().filter(|x| x.is_some()).count();
    (count, texts.iter().filter_map(|t| t.as_ref()).map(String::len).sum())
}

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
    if stays.products.is_empty() {
        stays.products = goes.products;
    }
    for tag in goes.tags {
        if !stays.tags.contains(&tag) {
            stays.tags.push(tag);
        }
    }
    for rung in goes.qualifications {
        if !stays.qualifications.contains(&rung) {
            stays.qualifications.push(rung);
        }
    }
    stays.qualifications.sort_unstable();
    for (mine, other) in stays.extra.iter_mut().zip(goes.extra) {
        if mine.is_none() {
            *mine = other;
        }
    }
}
