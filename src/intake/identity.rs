//! Which rows are of one enterprise: those of one credit code; else those of one name, in no other province, whose code is not another.
//!
//! Of each enterprise a few bytes are kept, so that a file of any length is told apart without its texts.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use crate::enterprise::Enterprise;
use crate::intake::{IntakeReport, Merge};

/// The enterprises told apart so far, by their places.
///
/// Names and codes are compared by 64 bits of a hash that is keyed at random: no file can be made of names that share one, and among a
/// million rows any two do with a chance of one in thirty million.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    key: RandomState,
    known: Vec<Known>,
    provinces: HashMap<String, u16>,
    by_code: Places,
    by_name: Places,
    /// Further places of a name.
    more: HashMap<u64, Vec<u32>, BuildHasherDefault<Same>>,
}

/// The first place of a hash. Never iterated.
type Places = HashMap<u64, u32, BuildHasherDefault<Same>>;

/// What is known of one enterprise.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The row it was first read from.
    row: u32,
    has_code: bool,
    /// The number of its province; 0 where it is unknown.
    province: u16,
}

/// What tells a row from others.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    pub row: u32,
    by_name: u64,
    by_code: Option<u64>,
    province: Option<String>,
}

/// What a row turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    New,
    /// The enterprise at this place.
    Known(usize),
}

impl Identities {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// The row an enterprise was first read from.
    pub(crate) fn first_row(&self, at: usize) -> u32 {
        self.known[at].row
    }

    /// What tells an enterprise from others; `name` is its name as names are compared.
    pub(crate) fn who(&self, e: &Enterprise, name: &str) -> Who {
        let by_code = e.credit_code.map(|code| self.key.hash_one(code));
        Who { row: e.row, by_name: self.key.hash_one(name), by_code, province: e.region.province.clone() }
    }

    /// Tells whose row it is. One that is new has the next place.
    pub(crate) fn tell(&mut self, next: Who, report: &mut IntakeReport, listed: usize) -> Identity {
        let Who { row, by_name, by_code, province } = next;
        let province = self.province(province.as_deref());
        let found = self.found(row, by_code, by_name, province, report, listed);
        let at = found.unwrap_or(self.known.len());
        match self.known.get_mut(at) {
            Some(known) => {
                known.has_code |= by_code.is_some();
                if known.province == 0 {
                    known.province = province;
                }
            }
            None => self.known.push(Known { row, has_code: by_code.is_some(), province }),
        }
        if let Some(code) = by_code {
            self.by_code.entry(code).or_insert(at as u32);
        }
        let first = *self.by_name.entry(by_name).or_insert(at as u32);
        if first != at as u32 {
            let more = self.more.entry(by_name).or_default();
            if !more.contains(&(at as u32)) {
                more.push(at as u32);
            }
        }
        found.map_or(Identity::New, Identity::Known)
    }

    fn found(
        &self,
        row: u32,
        by_code: Option<u64>,
        by_name: u64,
        province: u16,
        report: &mut IntakeReport,
        listed: usize,
    ) -> Option<usize> {
        if let Some(at) = by_code.and_then(|code| self.by_code.get(&code)) {
            return Some(*at as usize);
        }
        for at in self.by_name.get(&by_name).into_iter().chain(self.more.get(&by_name).into_iter().flatten()) {
            let known = &self.known[*at as usize];
            let elsewhere = known.province != 0 && province != 0 && known.province != province;
            if elsewhere {
                continue;
            }
            if known.has_code && by_code.is_some() {
                // One name, two codes: two firms, or one that was registered anew. That is for a person to say.
                if report.same_names.len() < listed {
                    report.same_names.push(Merge { row, into: known.row, name: None });
                }
                continue;
            }
            return Some(*at as usize);
        }
        None
    }

    /// The number of a province; none, and those past 65 535, are 0.
    fn province(&mut self, name: Option<&str>) -> u16 {
        let Some(name) = name else { return 0 };
        if let Some(known) = self.provinces.get(name) {
            return *known;
        }
        let number = u16::try_from(self.provinces.len() + 1).unwrap_or(0);
        if number > 0 {
            self.provinces.insert(name.to_owned(), number);
        }
        number
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
