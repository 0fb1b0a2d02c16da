//! The facts of an enterprise and of the place it stands at, within one run.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::chain::{Match, Role};
use crate::enterprise::{Date, Enterprise, Money, day};
use crate::intake::{Reading, read_date, read_flag, read_number};
use crate::park::Park;
use crate::rates::Rates;
use crate::scorecard::branch::is_part;
use crate::scorecard::capital::is_doubtful;
use crate::scorecard::fact::FactId;
use crate::scorecard::facts::Facts;
use crate::scorecard::listing::listing;
use crate::scorecard::{AssessOptions, Residents, standing};

/// All that facts are drawn from beside the enterprise, for one run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    pub rates: &'a Rates,
    pub options: &'a AssessOptions,
    pub park: Option<&'a Park>,
    pub residents: &'a Residents,
    /// Of each fact of the card's own, its place among the extra columns of the table.
    pub columns: &'a [Option<usize>],
}

impl Run<'_> {
    /// The facts that nothing in this run could ever know, as `park.need` without residents.
    pub(crate) fn unknowable(&self) -> Vec<FactId> {
        let mut facts = Vec::new();
        if self.park.is_none() {
            facts.extend([FactId::ParkNeed, FactId::ParkRelated]);
        }
        if self.options.target_regions.is_empty() {
            facts.push(FactId::TargetRegion);
        }
        if self.residents.is_empty() {
            facts.extend([FactId::Introducer, FactId::Resident]);
        }
        facts
    }
}

/// An enterprise at its place.
pub(crate) struct Located<'a> {
    run: Run<'a>,
    e: &'a Enterprise,
    stand: Stand<'a>,
    /// Asked for more than once, and looked up only when it is.
    is_resident: OnceCell<bool>,
}

/// Where an enterprise stands, for all that its place decides.
#[derive(Clone, Copy)]
enum Stand<'m> {
    On(&'m Match),
    /// Near a link, and nobody has confirmed it: on no link, in no role, needed by nobody.
    Near(&'m Match),
    Off,
    /// There is no text to find a place in, which is not the same as having none.
    Unread,
}

impl<'a> Located<'a> {
    pub(crate) fn new(run: Run<'a>, e: &'a Enterprise, at: Option<&'a Match>) -> Self {
        let is_readable = e.scope.is_some() || e.main_business.is_some() || e.profile.is_some() || !e.products.is_empty();
        let stand = match at {
            Some(m) if m.is_believed() => Stand::On(m),
            _ if !is_readable => Stand::Unread,
            Some(m) => Stand::Near(m),
            None => Stand::Off,
        };
        Self { run, e, stand, is_resident: OnceCell::new() }
    }

    pub(crate) fn enterprise(&self) -> &'a Enterprise {
        self.e
    }

    /// What it does at its link; none for who stands on none.
    pub(crate) fn role(&self) -> Option<Role> {
        if let Stand::On(m) = self.stand { Some(m.role) } else { None }
    }

    /// True when it stands on a link of a chain, and not on the chain as a whole only.
    pub(crate) fn is_on_link(&self) -> bool {
        matches!(self.stand, Stand::On(m) if m.link.is_some())
    }

    pub(crate) fn is_resident(&self) -> bool {
        *self.is_resident.get_or_init(|| self.run.residents.has(self.e))
    }

    /// What the park says of the link.
    fn of_park(&self, of: impl Fn(&crate::park::LinkState) -> u8) -> Option<f64> {
        let park = self.run.park?;
        match self.stand {
            // Nobody is a neighbour of its own, and nobody is needed where it is.
            _ if self.is_resident() => Some(0.0),
            // On a chain, and at which link nobody knows: what the park needs of it is not known either.
            Stand::On(m) => m.link.as_deref().and_then(|id| park.link(id)).map(|state| f64::from(of(state))),
            Stand::Near(_) | Stand::Off => Some(0.0),
            Stand::Unread => None,
        }
    }

    fn yuan(&self, money: Option<Money>) -> Option<f64> {
        self.run.rates.yuan(money?)
    }

    /// Capital in yuan; what cannot be right is not known.
    fn capital(&self, money: Option<Money>) -> Option<f64> {
        self.yuan(money).filter(|yuan| !is_doubtful(self.e, *yuan))
    }

    /// The cell of a column of the team's own.
    pub(crate) fn cell(&self, own: u16) -> Option<&'a str> {
        self.e.extra.get((*self.run.columns.get(usize::from(own))?)?)?.as_deref()
    }

    fn in_target_region(&self) -> Option<bool> {
        let (place, wanted) = (&self.e.region, &self.run.options.target_regions);
        let is_known = [&place.province, &place.city, &place.county, &place.address].iter().any(|p| p.is_some());
        (!wanted.is_empty() && is_known).then(|| wanted.iter().any(|w| place.is_within(w)))
    }
}

impl Facts for Located<'_> {
    fn number(&self, fact: FactId) -> Option<f64> {
        let e = self.e;
        match fact {
            FactId::ChainScore => match self.stand {
                Stand::On(m) => Some(f64::from(m.score)),
                Stand::Near(_) | Stand::Off => Some(0.0),
                Stand::Unread => None,
            },
            FactId::LinkFocus => match self.stand {
                Stand::On(m) => Some(f64::from(m.focus)),
                Stand::Near(_) | Stand::Off => Some(0.0),
                Stand::Unread => None,
            },
            // Who is on no link is held against all enterprises.
            FactId::LinkStanding => {
                let link = if let Stand::On(m) = self.stand { m.link.as_deref() } else { None };
                standing::of_capital(link, self.number(FactId::RegisteredCapital)?)
            }
            FactId::ParkNeed => self.of_park(|s| s.urgency),
            FactId::ParkRelated => self.of_park(|s| s.related),
            FactId::Capital => self.capital(e.paid_in_capital).or_else(|| self.capital(e.registered_capital)),
            FactId::RegisteredCapital => self.capital(e.registered_capital),
            FactId::PaidInCapital => self.capital(e.paid_in_capital),
            FactId::PaidRatio => {
                let registered = self.capital(e.registered_capital).filter(|r| *r > 0.0)?;
                Some((self.capital(e.paid_in_capital)? / registered).min(1.0))
            }
            FactId::Revenue => self.yuan(e.revenue),
            FactId::Staff => e.staff.map(f64::from),
            FactId::AgeYears => {
                let as_of = self.run.options.as_of;
                let since = e.established.filter(|d| *d <= as_of)?;
                Some((day::number(as_of) - day::number(since)) as f64 / 365.25)
            }
            FactId::PatentCount => e.patent_count.map(f64::from),
            FactId::Own(own) => read_number(self.cell(own)?),
            _ => None,
        }
    }

    fn word(&self, fact: FactId) -> Option<Cow<'_, str>> {
        let e = self.e;
        let word = match fact {
            FactId::ChainRole => match self.stand {
                Stand::On(m) => m.role.as_str(),
                Stand::Near(_) | Stand::Off => "none",
                Stand::Unread => return None,
            },
            FactId::ChainEvidence => match self.stand {
                Stand::On(m) | Stand::Near(m) => m.evidence.as_str(),
                Stand::Off => "none",
                Stand::Unread => return None,
            },
            FactId::Size => e.size?.as_str(),
            FactId::Qualification => e.qualifications.first()?.as_str(),
            FactId::Listing => listing(e.listing.as_deref()?)?,
            FactId::Status => e.status?.as_str(),
            FactId::Province => e.region.province.as_deref()?,
            FactId::City => e.region.city.as_deref()?,
            FactId::Own(own) => self.cell(own)?,
            _ => return None,
        };
        Some(Cow::Borrowed(word))
    }

    fn flag(&self, fact: FactId) -> Option<bool> {
        match fact {
            FactId::Branch => Some(is_part(self.e)),
            FactId::Resident => (!self.run.residents.is_empty()).then(|| self.is_resident()),
            FactId::TargetRegion => self.in_target_region(),
            FactId::Introducer => {
                let who = self.e.shareholders.as_deref().filter(|_| !self.run.residents.is_empty())?;
                Some(self.run.residents.are_among(who))
            }
            FactId::Own(own) => read_flag(self.cell(own)?),
            _ => None,
        }
    }

    fn day(&self, fact: FactId) -> Option<Date> {
        match fact {
            FactId::FinancingDate => self.e.financing_date.filter(|d| *d <= self.run.options.as_of),
            FactId::Own(own) => match read_date(self.cell(own)?) {
                Reading::Ok(day) => Some(day),
                Reading::Missing | Reading::Bad => None,
            },
            _ => None,
        }
    }
}

/// The enterprise's best match on the chains asked for; matches come best first.
pub(crate) fn place<'m>(matches: &'m [Match], chains: &[String]) -> Option<&'m Match> {
    matches.iter().find(|m| chains.is_empty() || chains.iter().any(|c| **c == *m.chain))
}
