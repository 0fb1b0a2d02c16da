//! Facts of an enterprise, by the names a scorecard uses.

use std::borrow::Cow;

use crate::chain::{Match, lexicon};
use crate::enterprise::{Date, Enterprise, Qualification};
use crate::intake::{Reading, read_date, read_flag, read_number};
use crate::park::Park;
use crate::rates::Rates;
use crate::scorecard::AssessOptions;

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
    /// Folded names of residents, for finding them among shareholders.
    pub residents: &'a [String],
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
            "reach.introducer" => !self.residents.is_empty(),
            _ => true,
        }
    }

    pub(crate) fn fact<'e>(&self, name: &str, e: &'e Enterprise, place: Option<&'e Match>) -> Fact<'e>
    where
        'a: 'e,
    {
        if let Some((_, fact)) = self.instead.iter().find(|(fact, _)| *fact == name) {
            return fact.clone();
        }
        let word = |w: &'static str| Fact::Word(Cow::Borrowed(w));
        let number = |n: Option<f64>| n.map_or(Fact::Unknown, Fact::Number);
        let yuan = |m: Option<crate::intake::Money>| m.and_then(|m| self.rates.yuan(m));
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
                (Some(park), Stand::On(m)) => {
                    // On a chain, and at which link nobody knows: what the park needs of it is not known either.
                    let state = m.link.as_deref().and_then(|id| park.link(id));
                    number(state.map(|s| f64::from(if name == "park.need" { s.urgency } else { s.related })))
                }
                (Some(_), Stand::Near(_) | Stand::Off) => Fact::Number(0.0),
                _ => Fact::Unknown,
            },
            "capital" => number(yuan(e.paid_in_capital).or_else(|| yuan(e.registered_capital))),
            "registered_capital" => number(yuan(e.registered_capital)),
            "paid_in_capital" => number(yuan(e.paid_in_capital)),
            "paid_ratio" => match (yuan(e.paid_in_capital), yuan(e.registered_capital)) {
                (Some(paid), Some(registered)) if registered > 0.0 => Fact::Number((paid / registered).min(1.0)),
                _ => Fact::Unknown,
            },
            "revenue" => number(yuan(e.revenue)),
            "staff" => number(e.staff.map(f64::from)),
            "size" => e.size.map_or(Fact::Unknown, |s| word(s.as_str())),
            "age_years" => e.established.filter(|d| *d <= self.options.as_of).map_or(Fact::Unknown, |d| {
                let days = self.options.as_of.duration_since(d).as_hours() / 24;
                Fact::Number(days as f64 / 365.25)
            }),
            "financing_date" => e.financing_date.filter(|d| *d <= self.options.as_of).map_or(Fact::Unknown, Fact::Day),
            "qualification" => e.qualifications.first().map_or(Fact::Unknown, |q: &Qualification| word(q.as_str())),
            "listing" => e.listing.as_deref().map_or(Fact::Unknown, |l| word(listing(l))),
            "patent_count" => number(e.patent_count.map(f64::from)),
            "status" => e.status.map_or(Fact::Unknown, |s| word(s.as_str())),
            "branch" => Fact::Flag(is_branch(&e.name)),
            "province" => e.region.province.as_deref().map_or(Fact::Unknown, |p| Fact::Word(Cow::Borrowed(p))),
            "city" => e.region.city.as_deref().map_or(Fact::Unknown, |c| Fact::Word(Cow::Borrowed(c))),
            "reach.target_region" => self.target_region(e),
            "reach.introducer" => match &e.shareholders {
                Some(who) if !self.residents.is_empty() => Fact::Flag(self.residents.iter().any(|r| who.contains(r.as_str()))),
                _ => Fact::Unknown,
            },
            _ => self.column(name, e),
        }
    }

    fn target_region(&self, e: &Enterprise) -> Fact<'static> {
        let places = [&e.region.province, &e.region.city, &e.region.county, &e.region.address];
        if self.options.target_regions.is_empty() || places.iter().all(|p| p.is_none()) {
            return Fact::Unknown;
        }
        Fact::Flag(self.options.target_regions.iter().any(|wanted| e.region.is_within(wanted)))
    }

    fn column<'e>(&self, name: &str, e: &'e Enterprise) -> Fact<'e> {
        let index = name.strip_prefix("column:").and_then(|header| self.columns.iter().position(|c| c == header));
        let Some(cell) = index.and_then(|i| e.extra.get(i)).and_then(|c| c.as_deref()) else { return Fact::Unknown };
        if let Some(n) = read_number(cell) {
            return Fact::Number(n);
        }
        match (read_flag(cell), read_date(cell)) {
            (Some(flag), _) => Fact::Flag(flag),
            (None, Reading::Ok(day)) => Fact::Day(day),
            _ => Fact::Word(Cow::Borrowed(cell)),
        }
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

fn is_branch(name: &str) -> bool {
    let name = name.trim_end_matches([')', '）']);
    lexicon::BRANCH_SUFFIXES.iter().any(|s| name.ends_with(s))
}

/// Listing and financing as one ladder.
fn listing(cell: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|w| cell.contains(w));
    if has(&["未上市", "未融资", "否", "无融资"]) {
        "none"
    } else if has(&["拟上市", "辅导", "IPO", "过会", "申报"]) {
        "pre_listing"
    } else if has(&["新三板", "新四板", "挂牌"]) {
        "new_third_board"
    } else if has(&["上市", "A股", "科创板", "创业板", "主板", "北交所", "港股", "美股"]) {
        "listed"
    } else if has(&["轮", "天使", "融资", "并购", "战略"]) {
        "financed"
    } else {
        "other"
    }
}
