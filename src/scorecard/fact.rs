//! Facts of an enterprise, by the names a scorecard uses.

use std::borrow::Cow;

use crate::chain::Match;
use crate::enterprise::{Date, Enterprise, Qualification, day};
use crate::intake::{Money, Reading, read_date, read_flag, read_number};
use crate::park::Park;
use crate::rates::Rates;
use crate::scorecard::branch::is_part;
use crate::scorecard::capital::is_doubtful;
use crate::scorecard::listing::{RUNGS, listing};
use crate::scorecard::{AssessOptions, Residents};

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

    /// What a fact gives; any for a column of the team's own.
    pub(crate) fn of(fact: &str) -> Option<Self> {
        Some(match fact {
            "chain.role" | "chain.evidence" | "size" | "qualification" | "listing" | "status" | "province" | "city" => Self::Word,
            "branch" | "resident" | "reach.target_region" | "reach.introducer" => Self::Flag,
            "financing_date" => Self::Day,
            fact if fact.starts_with("column:") => return None,
            _ => Self::Number,
        })
    }
}

/// The words a fact can say; none where any word may come.
pub(crate) fn words_of(fact: &str) -> Option<&'static [&'static str]> {
    Some(match fact {
        "chain.role" => &["maker", "developer", "operator", "service", "trader", "none"],
        "chain.evidence" => &["strong", "medium", "weak", "none"],
        "size" => &["micro", "small", "medium", "large"],
        "qualification" => {
            &["single_champion", "unicorn", "little_giant", "gazelle", "specialised", "high_tech", "tech_sme", "innovative_sme", "none"]
        }
        "listing" => &RUNGS,
        "status" => &["active", "moved", "suspended", "liquidation", "revoked", "deregistered"],
        _ => return None,
    })
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
            Self::Day(d) => d.to_string(),
        }
    }
}

/// All that facts are drawn from, for one run.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    pub rates: &'a Rates,
    pub options: &'a AssessOptions,
    pub park: Option<&'a Park>,
    pub residents: &'a Residents,
    pub columns: &'a [String],
    /// Facts as they might be, instead of what they are.
    pub instead: &'a [(&'a str, Fact<'a>)],
}

impl<'a> Sources<'a> {
    /// False when nothing in this run could ever know the fact, as `park.need` without residents.
    pub(crate) fn offers(&self, name: &str) -> bool {
        match name {
            "park.need" | "park.related" => self.park.is_some(),
            "reach.target_region" => !self.options.target_regions.is_empty(),
            "reach.introducer" | "resident" => !self.residents.is_empty(),
            _ => true,
        }
    }

    /// A fact; a column of the team's own is read as what is asked for.
    pub(crate) fn fact<'e>(&self, name: &str, asked: Asked, e: &'e Enterprise, place: Option<&'e Match>) -> Fact<'e>
    where
        'a: 'e,
    {
        if let Some((_, fact)) = self.instead.iter().find(|(fact, _)| *fact == name) {
            return fact.clone();
        }
        let word = |w: &'static str| Fact::Word(Cow::Borrowed(w));
        let number = |n: Option<f64>| n.map_or(Fact::Unknown, Fact::Number);
        let yuan = |m: Option<Money>| m.and_then(|m| self.rates.yuan(m));
        // What cannot be right is not known.
        let capital = |m: Option<Money>| yuan(m).filter(|y| !is_doubtful(e, *y));
        match name {
            "chain.score" | "chain.role" | "chain.evidence" => match Stand::of(e, place) {
                Stand::Unread => Fact::Unknown,
                Stand::On(m) if name == "chain.score" => Fact::Number(f64::from(m.score)),
                Stand::On(m) if name == "chain.role" => word(m.role.as_str()),
                Stand::On(m) | Stand::Near(m) if name == "chain.evidence" => word(m.evidence.as_str()),
                _ if name == "chain.score" => Fact::Number(0.0),
                _ => word("none"),
            },
            "park.need" | "park.related" => match (self.park, Stand::of(e, place)) {
                // Nobody is a neighbour of its own, and nobody is needed where it is.
                (Some(_), _) if self.residents.has(e) => Fact::Number(0.0),
                (Some(park), Stand::On(m)) => {
                    // On a chain, and at which link nobody knows: what the park needs of it is not known either.
                    let state = m.link.as_deref().and_then(|id| park.link(id));
                    number(state.map(|s| f64::from(if name == "park.need" { s.urgency } else { s.related })))
                }
                (Some(_), Stand::Near(_) | Stand::Off) => Fact::Number(0.0),
                _ => Fact::Unknown,
            },
            "capital" => number(capital(e.paid_in_capital).or_else(|| capital(e.registered_capital))),
            "registered_capital" => number(capital(e.registered_capital)),
            "paid_in_capital" => number(capital(e.paid_in_capital)),
            "paid_ratio" => match (capital(e.paid_in_capital), capital(e.registered_capital)) {
                (Some(paid), Some(registered)) if registered > 0.0 => Fact::Number((paid / registered).min(1.0)),
                _ => Fact::Unknown,
            },
            "revenue" => number(yuan(e.revenue)),
            "staff" => number(e.staff.map(f64::from)),
            "size" => e.size.map_or(Fact::Unknown, |s| word(s.as_str())),
            "age_years" => e.established.filter(|d| *d <= self.options.as_of).map_or(Fact::Unknown, |d| {
                let days = day::number(self.options.as_of) - day::number(d);
                Fact::Number(days as f64 / 365.25)
            }),
            "financing_date" => e.financing_date.filter(|d| *d <= self.options.as_of).map_or(Fact::Unknown, Fact::Day),
            "qualification" => e.qualifications.first().map_or(Fact::Unknown, |q: &Qualification| word(q.as_str())),
            "listing" => e.listing.as_deref().and_then(listing).map_or(Fact::Unknown, word),
            "patent_count" => number(e.patent_count.map(f64::from)),
            "status" => e.status.map_or(Fact::Unknown, |s| word(s.as_str())),
            "branch" => Fact::Flag(is_part(e)),
            "resident" if self.residents.is_empty() => Fact::Unknown,
            "resident" => Fact::Flag(self.residents.has(e)),
            "province" => e.region.province.as_deref().map_or(Fact::Unknown, |p| Fact::Word(Cow::Borrowed(p))),
            "city" => e.region.city.as_deref().map_or(Fact::Unknown, |c| Fact::Word(Cow::Borrowed(c))),
            "reach.target_region" => self.target_region(e),
            "reach.introducer" => match &e.shareholders {
                Some(who) if !self.residents.is_empty() => Fact::Flag(self.residents.are_among(who)),
                _ => Fact::Unknown,
            },
            _ => self.cell(name, e).map_or(Fact::Unknown, |cell| read(cell, asked)),
        }
    }

    fn target_region(&self, e: &Enterprise) -> Fact<'static> {
        let place = &e.region;
        let is_known = [&place.province, &place.city, &place.county, &place.address].iter().any(|p| p.is_some());
        if self.options.target_regions.is_empty() || !is_known {
            return Fact::Unknown;
        }
        Fact::Flag(self.options.target_regions.iter().any(|wanted| place.is_within(wanted)))
    }

    /// The cell of a column of the team's own.
    pub(crate) fn cell<'e>(&self, name: &str, e: &'e Enterprise) -> Option<&'e str> {
        let header = name.strip_prefix("column:")?;
        e.extra.get(self.columns.iter().position(|c| c == header)?)?.as_deref()
    }
}

/// Reads a cell as what is asked for.
fn read(cell: &str, asked: Asked) -> Fact<'_> {
    match asked {
        Asked::Number => read_number(cell).map_or(Fact::Unknown, Fact::Number),
        Asked::Word => Fact::Word(Cow::Borrowed(cell)),
        Asked::Flag => read_flag(cell).map_or(Fact::Unknown, Fact::Flag),
        Asked::Day => match read_date(cell) {
            Reading::Ok(day) => Fact::Day(day),
            Reading::Missing | Reading::Bad => Fact::Unknown,
        },
    }
}

/// Where an enterprise stands, for all that its place decides.
enum Stand<'m> {
    On(&'m Match),
    /// Near a link, and nobody has confirmed it: on no link, in no role, needed by nobody.
    Near(&'m Match),
    Off,
    /// There is no text to find a place in, which is not the same as having none.
    Unread,
}

impl<'m> Stand<'m> {
    fn of(e: &Enterprise, place: Option<&'m Match>) -> Self {
        let is_readable = e.scope.is_some() || e.main_business.is_some() || e.profile.is_some() || !e.products.is_empty();
        match place {
            Some(m) if m.is_believed() => Self::On(m),
            _ if !is_readable => Self::Unread,
            Some(m) => Self::Near(m),
            None => Self::Off,
        }
    }
}

/// The enterprise's best match on the chains asked for; matches come best first.
pub(crate) fn place<'m>(matches: &'m [Match], chains: &[String]) -> Option<&'m Match> {
    matches.iter().find(|m| chains.is_empty() || chains.iter().any(|c| **c == *m.chain))
}
