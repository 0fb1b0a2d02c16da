//! Enterprises on their way to another worker that locates them, and their matches on the way back.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::chain::{Doubt, Evidence, Locator, Match, Reader, Role, Source, Span};
use crate::enterprise::{Enterprise, Product};
use crate::error::{Error, Kind};

/// Which rows of which table a batch holds, so that one that comes back late, or from elsewhere, is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ticket {
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
    doubt: Option<Doubt>,
    spans: Vec<Span>,
}

/// The texts of some enterprises, as bytes.
pub(crate) fn pack(ticket: Ticket, enterprises: &[Enterprise]) -> Vec<u8> {
    // Writing to memory has nothing to fail at.
    postcard::to_allocvec(&(ticket, enterprises.iter().map(Texts::of).collect::<Vec<_>>())).unwrap_or_default()
}

#[cold]
fn not_a_batch(error: &postcard::Error) -> Error {
    Kind::BadArgument(format!("these bytes are no batch of this version ({error}); hand out and take back with one version")).into()
}

impl Locator {
    /// Locates a batch that a session [handed out](crate::Session::hand_out); the session [takes back](crate::Session::take_back) what
    /// this gives. The catalogue must be the session's.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the bytes are no batch.
    pub fn locate_batch(&self, batch: &[u8]) -> Result<Vec<u8>, Error> {
        let (ticket, texts): (Ticket, Vec<Texts<'_>>) = postcard::from_bytes(batch).map_err(|e| not_a_batch(&e))?;
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
