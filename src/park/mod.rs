//! What a park has of a chain, and what it lacks.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chain::{Catalogue, Core, Match, Role, Stage};
use crate::enterprise::{Enterprise, Qualification};
use crate::error::Error;
use crate::intake::Money;
use crate::order::{map, sort};
use crate::rates::Rates;

/// What a park should do about a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// 补链: nobody is there, and links beside it are in the park.
    Fill,
    /// 延链: nobody is there, one step beyond a strong link.
    Extend,
    /// 强链: somebody is there, thin or promising.
    Strengthen,
    /// 建链: the park has nothing of the chain near it.
    Establish,
    /// The link is strong.
    None,
}

impl Need {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Extend => "extend",
            Self::Strengthen => "strengthen",
            Self::Establish => "establish",
            Self::None => "none",
        }
    }
}

/// One link of a chain, in one park.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkState {
    /// Id of the chain.
    pub chain: String,
    /// Id of the link.
    pub link: String,
    /// Upstream, midstream or downstream.
    pub stage: Stage,
    /// How many residents stand there.
    pub residents: u32,
    /// 0 to 100: `0.5 · scale + 0.4 · linkage + 0.1 · technology`; 0 where nobody is.
    pub coverage: u8,
    /// What to do.
    pub need: Need,
    /// How much it is needed, 0 to 100: less as the link fills.
    pub urgency: u8,
    /// Of the links that feed it or that it feeds, the share with residents, 0 to 100.
    pub related: u8,
    /// Names of up to five residents, the largest first.
    pub examples: Vec<String>,
}

/// A park: its residents on the links of the chains asked for.
///
/// Coverage follows the published formula of Ningbo: half the scale of those there, four tenths the linkage, one tenth technology.
/// *Scale* is `100 · (1 − Π (1 − 0.45·sᵢ))`, where `sᵢ` is 1 from a capital of 100 million yuan on, 0.75 from 10 million, 0.5 from 1 million,
/// else, or where it is not known, 0.3: paid-in capital where it is told, registered capital elsewhere, foreign money by the rates given;
/// *linkage* the share of neighbouring links with residents; *technology* 100 when a resident there is a high-technology enterprise
/// or higher, 50 when that is not known. From 55 a link is strong.
///
/// | need | when | urgency |
/// |---|---|---|
/// | fill | nobody is there, and somebody upstream and downstream of it | 100 |
/// | fill | nobody is there, and somebody on one side of it, where no link is strong | 70 + 0.1 · linkage |
/// | extend | nobody is there, and a link on one side of it is strong | 80 |
/// | establish | nobody is there nor beside it | 35 |
/// | strengthen | somebody is there, and it is not strong | 75 − 0.8 · coverage |
/// | none | it is strong | 20 |
///
/// A resident counts on its first three links, once on each, where it does what the link's core actor does, and where that is believed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Park {
    /// The links, in the order of the catalogue.
    pub links: Vec<LinkState>,
    /// Residents read.
    pub residents: u32,
    /// Residents on at least one of the links.
    pub placed: u32,
}

/// From this coverage a link is strong.
const STRONG: f64 = 55.0;

/// On so many links, the best, a resident counts.
const LINKS: usize = 3;

/// A resident on a link.
#[derive(Debug, Clone, Copy)]
struct Resident<'e> {
    enterprise: &'e Enterprise,
    /// By its capital, 0 to 1.
    size: f64,
}

impl Park {
    /// Diagnoses the chains asked for from the residents and where they stand; `matches` are of each resident, best first.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN` when a chain is not in the catalogue.
    pub fn diagnose(
        catalogue: &Catalogue,
        chains: &[String],
        residents: &[Enterprise],
        matches: &[Vec<Match>],
        rates: &Rates,
    ) -> Result<Self, Error> {
        for chain in chains {
            catalogue.chain(chain)?;
        }
        let cores = map(catalogue.links().map(|(_, l)| (l.id.as_str(), l.core)));
        let mut there: BTreeMap<&str, Vec<Resident<'_>>> = BTreeMap::new();
        let mut placed = 0;
        for (enterprise, found) in residents.iter().zip(matches) {
            let resident = Resident { enterprise, size: size(enterprise, rates) };
            let mut its: Vec<&str> = Vec::new();
            let mut on_target = false;
            for m in found.iter().filter(|m| m.is_believed()) {
                let Some((link, core)) = m.link.as_deref().and_then(|id| cores.get_key_value(id)) else { continue };
                if !acts(m.role, *core) {
                    continue;
                }
                // Chains that share a link each have a match of their own: the resident stands there once.
                if !its.contains(link) {
                    if its.len() == LINKS {
                        continue;
                    }
                    its.push(link);
                    there.entry(link).or_default().push(resident);
                }
                on_target |= chains.iter().any(|c| **c == *m.chain);
            }
            placed += u32::from(on_target);
        }
        let neighbours = neighbours(catalogue);
        let related = |link: &str| {
            let beside = neighbours.get(link).map_or(&[][..], Vec::as_slice);
            let present = beside.iter().filter(|(n, _)| there.contains_key(n)).count();
            if beside.is_empty() { 0.0 } else { 100.0 * present as f64 / beside.len() as f64 }
        };
        let covered = |(link, who): (&&str, &Vec<Resident<'_>>)| 0.5 * scale(who) + 0.4 * related(link) + 0.1 * technology(who);
        let coverages = map(there.iter().map(|(link, who)| (*link, covered((link, who)))));
        let coverage = |link: &str| coverages.get(link).copied().unwrap_or(0.0);
        let mut links = Vec::new();
        for chain in catalogue.chains().iter().filter(|c| chains.contains(&c.id)) {
            for link in &chain.links {
                let who = there.get(link.id.as_str()).map_or(&[][..], Vec::as_slice);
                let own = coverage(&link.id);
                let beside = neighbours.get(link.id.as_str()).map_or(&[][..], Vec::as_slice);
                let present = |supplies: bool| beside.iter().any(|(n, s)| *s == supplies && there.contains_key(n));
                let strong = beside.iter().any(|(n, _)| coverage(n) >= STRONG);
                let (need, urgency) = match (who.is_empty(), present(true), present(false)) {
                    (true, true, true) => (Need::Fill, 100.0),
                    (true, false, false) => (Need::Establish, 35.0),
                    (true, _, _) if strong => (Need::Extend, 80.0),
                    (true, _, _) => (Need::Fill, 70.0 + 0.1 * related(&link.id)),
                    (false, _, _) if own >= STRONG => (Need::None, 20.0),
                    (false, _, _) => (Need::Strengthen, 75.0 - 0.8 * own),
                };
                let mut examples = who.to_vec();
                sort(&mut examples, &|a, b| b.size.total_cmp(&a.size).then(a.enterprise.name.cmp(&b.enterprise.name)));
                links.push(LinkState {
                    chain: chain.id.clone(),
                    link: link.id.clone(),
                    stage: link.stage,
                    residents: who.len() as u32,
                    coverage: libm::round(own) as u8,
                    need,
                    urgency: libm::round(urgency) as u8,
                    related: libm::round(related(&link.id)) as u8,
                    examples: examples.into_iter().take(5).map(|r| r.enterprise.name.clone()).collect(),
                });
            }
        }
        Ok(Self { links, residents: residents.len() as u32, placed })
    }

    /// The state of a link.
    pub fn link(&self, id: &str) -> Option<&LinkState> {
        self.links.iter().find(|l| l.link == id)
    }
}

/// True for what the core actor of a link does, not its dealer nor its customer.
fn acts(role: Role, core: Core) -> bool {
    match role {
        Role::Maker | Role::Developer => true,
        Role::Operator => core == Core::Operate,
        Role::Service => core == Core::Serve,
        Role::Trader => false,
    }
}

/// Per link, the links beside it, and whether each supplies it.
fn neighbours(catalogue: &Catalogue) -> BTreeMap<&str, Vec<(&str, bool)>> {
    let mut all: BTreeMap<&str, Vec<(&str, bool)>> = BTreeMap::new();
    for (_, link) in catalogue.links().filter(|(_, l)| !l.sink) {
        for to in &link.feeds {
            if catalogue.link(to).is_some_and(|(_, l)| !l.sink) {
                all.entry(to).or_default().push((&link.id, true));
                all.entry(&link.id).or_default().push((to, false));
            }
        }
    }
    all
}

fn size(e: &Enterprise, rates: &Rates) -> f64 {
    let yuan = |money: Option<Money>| money.and_then(|m| rates.yuan(m));
    match yuan(e.paid_in_capital).or_else(|| yuan(e.registered_capital)).unwrap_or(0.0) {
        c if c >= 100e6 => 1.0,
        c if c >= 10e6 => 0.75,
        c if c >= 1e6 => 0.5,
        _ => 0.3,
    }
}

fn scale(who: &[Resident<'_>]) -> f64 {
    100.0 * (1.0 - who.iter().map(|r| 1.0 - 0.45 * r.size).product::<f64>())
}

fn technology(who: &[Resident<'_>]) -> f64 {
    let high = who.iter().any(|r| r.enterprise.qualifications.iter().any(|q| *q <= Qualification::HighTech));
    if high { 100.0 } else { 50.0 }
}
