//! Facts by the names a scorecard uses, what kind of answer each gives, and an answer.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::enterprise::{Date, day};
use crate::error::{Error, Kind};
use crate::scorecard::Scorecard;

/// What kind of answer is asked for: a value function, or a veto's test, knows what it can judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Number,
    Word,
    Flag,
    Day,
}

impl Asked {
    /// The name in messages.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Word => "word",
            Self::Flag => "flag",
            Self::Day => "date",
        }
    }
}

/// A fact that a scorecard looks at. A card names facts by text; they are resolved once, when it is
/// [compiled](crate::CompiledCard), and then told apart by this.
///
/// ```
/// use xiangma::FactId;
///
/// assert_eq!("staff".parse::<FactId>()?, FactId::Staff);
/// assert_eq!(FactId::Staff.to_string(), "staff");
/// assert!("shoe_size".parse::<FactId>().is_err());
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FactId {
    /// A number 0 to 100: how well it fits its link.
    ChainScore,
    /// A word: what it does there (`maker`, `developer`, `operator`, `service`, `trader`, `none`).
    ChainRole,
    /// A word: how strong the evidence is (`strong`, `medium`, `weak`, `none`).
    ChainEvidence,
    /// A number 0 to 100: the share of the business that is its link's.
    LinkFocus,
    /// A number 0 to 100: the share of its link's enterprises whose capital it exceeds, by a table of reference.
    LinkStanding,
    /// A number 0 to 100: how urgently the park needs its link.
    ParkNeed,
    /// A number 0 to 100: how many of the link's neighbours the park has.
    ParkRelated,
    /// A number, in yuan: paid-in capital, else registered capital.
    Capital,
    /// A number: registered capital, in yuan.
    RegisteredCapital,
    /// A number: paid-in capital, in yuan.
    PaidInCapital,
    /// A number 0 to 1: the share of registered capital that is paid in.
    PaidRatio,
    /// A number: revenue, in yuan a year.
    Revenue,
    /// A number: insured staff.
    Staff,
    /// A word: the official size, `micro`, `small`, `medium`, `large`.
    Size,
    /// A number: years since it was established.
    AgeYears,
    /// A day: of the last financing round.
    FinancingDate,
    /// A word: the highest title held.
    Qualification,
    /// A word: how far it is listed or financed.
    Listing,
    /// A number: how many patents.
    PatentCount,
    /// A word: the state of its registration.
    Status,
    /// A flag: it is a branch, an office or an outlet of another enterprise.
    Branch,
    /// A flag: it is in the park already.
    Resident,
    /// A word: the short name of its province.
    Province,
    /// A word: the short name of its city.
    City,
    /// A flag: it lies in a region within reach.
    TargetRegion,
    /// A flag: a resident is among its shareholders.
    Introducer,
    /// A fact of one's own, named `column:NAME` in a card: its place in [`CompiledCard::own_facts`](crate::CompiledCard::own_facts).
    Own(u16),
}

impl FactId {
    /// Every fact but one's own, in the order of [`Scorecard::FACTS`].
    pub const ALL: [Self; 26] = [
        Self::ChainScore,
        Self::ChainRole,
        Self::ChainEvidence,
        Self::LinkFocus,
        Self::LinkStanding,
        Self::ParkNeed,
        Self::ParkRelated,
        Self::Capital,
        Self::RegisteredCapital,
        Self::PaidInCapital,
        Self::PaidRatio,
        Self::Revenue,
        Self::Staff,
        Self::Size,
        Self::AgeYears,
        Self::FinancingDate,
        Self::Qualification,
        Self::Listing,
        Self::PatentCount,
        Self::Status,
        Self::Branch,
        Self::Resident,
        Self::Province,
        Self::City,
        Self::TargetRegion,
        Self::Introducer,
    ];

    /// The fact of a name; none for one's own.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Scorecard::FACTS.iter().position(|known| *known == name).and_then(|at| Self::ALL.get(at).copied())
    }

    /// The kind of answer it gives; any for one's own.
    pub(crate) fn gives(self) -> Option<Asked> {
        Some(match self {
            Self::ChainRole
            | Self::ChainEvidence
            | Self::Size
            | Self::Qualification
            | Self::Listing
            | Self::Status
            | Self::Province
            | Self::City => Asked::Word,
            Self::Branch | Self::Resident | Self::TargetRegion | Self::Introducer => Asked::Flag,
            Self::FinancingDate => Asked::Day,
            Self::Own(_) => return None,
            _ => Asked::Number,
        })
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(place) => write!(f, "own fact {place}"),
            known => f.write_str(Self::ALL.iter().position(|id| id == known).map_or("", |at| Scorecard::FACTS[at])),
        }
    }
}

impl FromStr for FactId {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::named(name)
            .ok_or_else(|| Kind::BadArgument(format!("`{name}` is no fact; the facts are {}", Scorecard::FACTS.join(", "))).into())
    }
}

/// A fact, or that it is not known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact<'a> {
    Unknown,
    Number(f64),
    Word(Cow<'a, str>),
    Flag(bool),
    Day(Date),
}

impl Fact<'_> {
    /// A word for the reasons.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Number(n) if n.fract() == 0.0 || n.abs() >= 1000.0 => format!("{n:.0}"),
            Self::Number(n) => format!("{n:.1}"),
            Self::Word(w) => w.to_string(),
            Self::Flag(f) => if *f { "yes" } else { "no" }.to_owned(),
            Self::Day(d) => day::written(*d),
        }
    }
}

/// The kind of answer a fact of this name gives; any for one's own.
pub(crate) fn gives(fact: &str) -> Option<Asked> {
    FactId::named(fact)?.gives()
}

/// The words a fact can say; none where any word may come.
pub(crate) fn words_of(fact: &str) -> Option<&'static [&'static str]> {
    Some(match FactId::named(fact)? {
        FactId::ChainRole => &["maker", "developer", "operator", "service", "trader", "none"],
        FactId::ChainEvidence => &["strong", "medium", "weak", "none"],
        FactId::Size => &["micro", "small", "medium", "large"],
        FactId::Qualification => {
            &["single_champion", "unicorn", "little_giant", "gazelle", "specialised", "high_tech", "tech_sme", "innovative_sme", "none"]
        }
        FactId::Listing => &crate::scorecard::listing::RUNGS,
        FactId::Status => &["active", "moved", "suspended", "liquidation", "revoked", "deregistered"],
        _ => return None,
    })
}
