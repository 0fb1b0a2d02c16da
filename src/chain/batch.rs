//! Enterprises on their way to another worker that locates them, and their matches on the way back.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Doubt, Evidence, Locator, Match, Reader, Role, Source, Span};
use crate::enterprise::{Enterprise, Product};
use crate::error::{Error, Kind};

/// Whose rows a batch holds, and which, so that one that comes back late, or from elsewhere, is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ticket {
    /// Counts the sessions of a process.
    pub session: u32,
    /// The [digest](digest) of the session's catalogue.
    pub catalogue: u64,
    /// Counts the tables a session has held.
    pub table: u32,
    pub first: u32,
    pub count: u32,
}

/// What of an enterprise is read when it is located.
#[derive(Debug, Serialize, Deserialize)]
struct Texts<'a> {
    #[serde(borrow)]
    single: [&'a str; 7],
    products: Vec<(&'a str, Option<f64>)>,
    tags: Vec<&'a str>,
}

/// The sources that hold one text each, in the order of [`Texts::single`].
const SINGLE: [Source; 7] =
    [Source::Name, Source::Scope, Source::MainBusiness, Source::Profile, Source::Industry, Source::Patents, Source::Bids];

impl<'a> Texts<'a> {
    fn of(e: &'a Enterprise) -> Self {
        Self {
            single: SINGLE.map(|source| source.text(e, 0)),
            products: e.products.iter().map(|p| (p.name.as_str(), p.share)).collect(),
            tags: e.tags.iter().map(String::as_str).collect(),
        }
    }

    fn enterprise(&self) -> Enterprise {
        let [name, scope, main_business, profile, industry, patents, bids] = self.single;
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Enterprise {
            name: name.to_owned(),
            scope: text(scope),
            main_business: text(main_business),
            profile: text(profile),
            industry: text(industry),
            patents: text(patents),
            bids: text(bids),
            products: self.products.iter().map(|(name, share)| Product { name: (*name).to_owned(), share: *share }).collect(),
            tags: self.tags.iter().map(|t| (*t).to_owned()).collect(),
            ..Enterprise::default()
        }
    }
}

/// The matches of a batch. Chains and links are named once, and told by their number after that.
#[derive(Debug, Serialize, Deserialize)]
struct Located<'a> {
    ticket: Ticket,
    #[serde(borrow)]
    names: Vec<&'a str>,
    matches: Vec<Vec<Told>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Told {
    chain: u16,
    link: Option<u16>,
    role: Role,
    evidence: Evidence,
    confidence: u8,
    score: u8,
    focus: u8,
    doubt: Option<Doubt>,
    spans: Vec<Span>,
}

/// The texts of some enterprises, as bytes.
pub(crate) fn pack(ticket: Ticket, enterprises: &[Enterprise]) -> Vec<u8> {
    // Writing to memory has nothing to fail at.
    postcard::to_allocvec(&(ticket, enterprises.iter().map(Texts::of).collect::<Vec<_>>())).unwrap_or_default()
}

/// FNV-1a, 64 bits, of what is written to it.
struct Fnv(u64);

impl std::io::Write for Fnv {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A digest of all by which a catalogue places an enterprise, and of the version that does.
pub(super) fn digest(catalogue: &Catalogue) -> u64 {
    let mut fnv = Fnv(0xcbf2_9ce4_8422_2325);
    // Writing to memory has nothing to fail at.
    let add = |result: serde_json::Result<()>| debug_assert!(result.is_ok());
    add(serde_json::to_writer(&mut fnv, env!("CARGO_PKG_VERSION")));
    for chain in catalogue.chains() {
        add(serde_json::to_writer(&mut fnv, &(&chain.id, &chain.terms, &chain.traps)));
        for l in &chain.links {
            add(serde_json::to_writer(&mut fnv, &(&l.id, l.core, l.sink, l.peripheral, &l.also, &l.terms, &l.with, &l.weak)));
            add(serde_json::to_writer(&mut fnv, &(&l.exclude, &l.exclude_in, &l.equipment_for, &l.materials_for, &l.classes)));
        }
    }
    fnv.0
}

#[cold]
fn not_a_batch(error: &postcard::Error) -> Error {
    Kind::BadArgument(format!("these bytes are no batch of this version ({error}); hand out and take back with one version")).into()
}

/// A batch held against chains that are not its session's.
#[cold]
pub(crate) fn other_chains() -> Error {
    let words = "the batch is of a session with other chains; make the locator with the chains the session has";
    Kind::BadArgument(words.to_owned()).into()
}

impl Locator {
    /// Locates a batch that a session [handed out](crate::Session::hand_out); the session [takes back](crate::Session::take_back) what
    /// this gives.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the bytes are no batch, or one of a session that has other chains.
    pub fn locate_batch(&self, batch: &[u8]) -> Result<Vec<u8>, Error> {
        let (ticket, texts): (Ticket, Vec<Texts<'_>>) = postcard::from_bytes(batch).map_err(|e| not_a_batch(&e))?;
        if ticket.catalogue != self.digest() {
            return Err(other_chains());
        }
        let mut reader = Reader::default();
        let found: Vec<Vec<Match>> = texts.iter().map(|t| self.locate_with(&t.enterprise(), &mut reader)).collect();
        let mut names: Vec<&str> = Vec::new();
        let mut numbers: BTreeMap<&str, u16> = BTreeMap::new();
        for name in found.iter().flatten().flat_map(|m| [Some(&m.chain), m.link.as_ref()]).flatten() {
            // A catalogue has fewer names than there are numbers.
            numbers.entry(name).or_insert_with(|| {
                names.push(name);
                (names.len() - 1) as u16
            });
        }
        let told = |m: &Match| Told {
            chain: numbers[&*m.chain],
            link: m.link.as_ref().map(|l| numbers[&**l]),
            role: m.role,
            evidence: m.evidence,
            confidence: m.confidence,
            score: m.score,
            focus: m.focus,
            doubt: m.doubt,
            spans: m.spans.clone(),
        };
        let matches = found.iter().map(|its| its.iter().map(told).collect()).collect();
        Ok(postcard::to_allocvec(&Located { ticket, names, matches }).unwrap_or_default())
    }
}

/// Reads what [`Locator::locate_batch`] gave.
pub(crate) fn unpack(located: &[u8]) -> Result<(Ticket, Vec<Vec<Match>>), Error> {
    let Located { ticket, names, matches } = postcard::from_bytes(located).map_err(|e| not_a_batch(&e))?;
    let names: Vec<Arc<str>> = names.into_iter().map(Arc::from).collect();
    let named = |number: u16| names.get(usize::from(number)).cloned().ok_or_else(|| not_a_batch(&postcard::Error::SerdeDeCustom));
    let read = |t: Told| {
        Ok(Match {
            chain: named(t.chain)?,
            link: t.link.map(named).transpose()?,
            role: t.role,
            evidence: t.evidence,
            confidence: t.confidence,
            score: t.score,
            focus: t.focus,
            doubt: t.doubt,
            spans: t.spans,
        })
    };
    let matches: Vec<Vec<Match>> = matches.into_iter().map(|its| its.into_iter().map(read).collect()).collect::<Result<_, Error>>()?;
    if matches.len() != ticket.count as usize {
        return Err(not_a_batch(&postcard::Error::DeserializeUnexpectedEnd));
    }
    Ok((ticket, matches))
}

/// Refuses matches that name what a catalogue does not have, or state a figure that is none.
pub(crate) fn sound(matches: &[Vec<Match>], catalogue: &Catalogue) -> Result<(), Error> {
    let links: BTreeMap<&str, (&str, &[String])> =
        catalogue.links().map(|(chain, l)| (l.id.as_str(), (chain.id.as_str(), l.also.as_slice()))).collect();
    let stands = |m: &Match| match m.link.as_deref() {
        None => catalogue.chain(&m.chain).is_ok(),
        Some(link) => links.get(link).is_some_and(|(own, also)| *own == &*m.chain || also.iter().any(|c| **c == *m.chain)),
    };
    let is_sound = |m: &Match| m.confidence <= 99 && m.score <= 100 && m.doubt.is_none() == (m.evidence > Evidence::Weak) && stands(m);
    if matches.iter().flatten().all(is_sound) { Ok(()) } else { Err(not_a_batch(&postcard::Error::SerdeDeCustom)) }
}
