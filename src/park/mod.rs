//! What a park has of a chain, and what it lacks.
//!
//! Each stands on those before it: `rules`, `strategy`, `counts`, `passages`, `map`, the states of links here, `advice`, `anchors` and `risk`, and `compare` of several parks.

mod advice;
mod anchors;
mod compare;
mod counts;
mod map;
mod passages;
mod risk;
mod rules;
mod strategy;

pub use advice::{Advice, ChainState, Decision};
pub use anchors::{Anchor, anchors};
pub use compare::{ParkLink, Quotient, ReferenceCounts, compare_parks};
pub use map::{ChainMap, MapEdge, MapNode};
pub use passages::{Closing, Passage, Passages};
pub use risk::{AtRisk, RiskSign, Sign, at_risk};
pub use rules::{CoverageRule, DiagnosisRules, Level, LevelRule, SizeRule, SizeStep, TechnologyRule, UrgencyRule};
pub use strategy::{Need, Strategy};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Core, Evidence, Link, Match, Role, Source, Stage};
use crate::enterprise::{Enterprise, Qualification};
use crate::error::Error;
use crate::intake::Money;
use crate::order::{map, sort, sort_by_key};
use crate::rates::Rates;

/// One link of a chain, in one park.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkState {
    /// Id of the chain.
    pub chain: String,
    /// Id of the link.
    pub link: String,
    /// Upstream, midstream or downstream.
    pub stage: Stage,
    /// How many residents stand there.
    pub residents: u32,
    /// How many of them have it as part of their business. The others name it in their scope, and their products tell of something else.
    pub engaged: u32,
    /// 0 to 100: `0.5 · scale + 0.4 · linkage + 0.1 · technology`; 0 where nobody is.
    pub coverage: u8,
    /// What the park needs there.
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
/// or higher, 50 when that is not known. From 55 a link is strong where two residents or more are engaged in it: what hangs on one firm is not
/// strong, however well it is covered, nor is what firms of another business merely name in their scope.
///
/// | need | when | urgency |
/// |---|---|---|
/// | fill | nobody is there, and somebody upstream and downstream of it | 100 |
/// | fill | nobody is there, and somebody on one side of it only, with no strong link beside it | 70 + 0.1 · linkage |
/// | extend | nobody is there, and somebody on one side of it only, with a strong link beside it | 80 |
/// | establish | nobody is there nor beside it | 35 |
/// | strengthen | somebody is there, and it is not strong | 75 − 0.8 · coverage |
/// | none | it is strong | 20 |
///
/// A resident counts on its first five links and on those its products say are part of its business, once on each, where it does what the
/// link's core actor does, and where that is believed. First comes what is most its business, be it beside the chain or not. The figures are those of [`DiagnosisRules::builtin`]; [`diagnose_by`](Self::diagnose_by) takes others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Park {
    /// The links, in the order of the catalogue.
    pub links: Vec<LinkState>,
    /// How many residents were given.
    pub residents: u32,
    /// How many of them stand on at least one of the links.
    pub placed: u32,
}

/// A resident on a link.
#[derive(Debug, Clone, Copy)]
struct Resident<'e> {
    enterprise: &'e Enterprise,
    /// By its capital, 0 to 1.
    size: f64,
    /// The link is part of its business, and no aside.
    engaged: bool,
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
        Self::diagnose_by(&DiagnosisRules::builtin(), catalogue, chains, residents, matches, rates)
    }

    /// As [`diagnose`](Self::diagnose), by rules of one's own.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN` when a chain is not in the catalogue.
    pub fn diagnose_by(
        rules: &DiagnosisRules,
        catalogue: &Catalogue,
        chains: &[String],
        residents: &[Enterprise],
        matches: &[Vec<Match>],
        rates: &Rates,
    ) -> Result<Self, Error> {
        for chain in chains {
            catalogue.chain(chain)?;
        }
        let links_by_id = by_id(catalogue);
        let mut there: BTreeMap<&str, Vec<Resident<'_>>> = BTreeMap::new();
        let mut placed = 0;
        for (enterprise, found) in residents.iter().zip(matches) {
            let size = size(enterprise, rates, &rules.size);
            let stands = stands(&links_by_id, found, usize::from(rules.links_per_resident));
            for (link, by) in &stands.links {
                there.entry(link).or_default().push(Resident { enterprise, size, engaged: is_engaged(enterprise, by) });
            }
            placed += u32::from(stands.chains.iter().any(|c| chains.iter().any(|wanted| wanted == c)));
        }
        let neighbours = neighbours(catalogue);
        let related = |link: &str| {
            let beside = neighbours.get(link).map_or(&[][..], Vec::as_slice);
            let present = beside.iter().filter(|(n, _)| there.contains_key(n)).count();
            if beside.is_empty() { 0.0 } else { 100.0 * present as f64 / beside.len() as f64 }
        };
        let share = |hundredths: u8| f64::from(hundredths) / 100.0;
        let CoverageRule { scale: of_scale, linkage, technology: of_technology } = &rules.coverage;
        let [of_scale, linkage, of_technology] = [*of_scale, *linkage, *of_technology].map(share);
        let covered = |(link, who): (&&str, &Vec<Resident<'_>>)| {
            of_scale * scale(who, share(rules.size.each)) + linkage * related(link) + of_technology * technology(who, rules.technology)
        };
        let coverages = map(there.iter().map(|(link, who)| (*link, covered((link, who)))));
        let coverage = |link: &str| coverages.get(link).copied().unwrap_or(0.0);
        let of = |link: &str| there.get(link).map_or(&[][..], Vec::as_slice);
        let engaged = |who: &[Resident<'_>]| who.iter().filter(|r| r.engaged).count() as u32;
        // By the coverage that is told, so that nothing is called strong here and promising there.
        let is_strong = |link: &str| rules.level(of(link).len() as u32, engaged(of(link)), libm::round(coverage(link))) == Level::Strong;
        let mut links = Vec::new();
        for chain in catalogue.chains().iter().filter(|c| chains.contains(&c.id)) {
            for link in &chain.links {
                let who = of(&link.id);
                let own = coverage(&link.id);
                let beside = neighbours.get(link.id.as_str()).map_or(&[][..], Vec::as_slice);
                let present = |supplies: bool| beside.iter().any(|(n, s)| *s == supplies && there.contains_key(n));
                let strong = beside.iter().any(|(n, _)| is_strong(n));
                let by = &rules.urgency;
                let (need, urgency) = match (who.is_empty(), present(true), present(false)) {
                    (true, true, true) => (Need::Fill, f64::from(by.between)),
                    (true, false, false) => (Need::Establish, f64::from(by.establish)),
                    (true, _, _) if strong => (Need::Extend, f64::from(by.extend)),
                    (true, _, _) => (Need::Fill, f64::from(by.beside) + share(by.beside_linkage) * related(&link.id)),
                    (false, _, _) if is_strong(&link.id) => (Need::None, f64::from(by.strong)),
                    (false, _, _) => (Need::Strengthen, (f64::from(by.strengthen) - share(by.strengthen_coverage) * own).max(0.0)),
                };
                let mut examples = who.to_vec();
                sort(&mut examples, &|a, b| b.size.total_cmp(&a.size).then(a.enterprise.name.cmp(&b.enterprise.name)));
                links.push(LinkState {
                    chain: chain.id.clone(),
                    link: link.id.clone(),
                    stage: link.stage,
                    residents: who.len() as u32,
                    engaged: engaged(who),
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

/// The links each enterprise stands on, the best first: where that is believed, and where it does what the link's core actor does. So a dealer fills
/// no gap. As many at most as a resident counts on.
///
/// ```
/// use xiangma::{Catalogue, DiagnosisRules, Enterprise, Locator, standing_links};
///
/// let catalogue = Catalogue::builtin();
/// let locator = Locator::new(&catalogue)?;
/// let of = |main_business: &str| {
///     let e = Enterprise { main_business: Some(main_business.to_owned()), ..Enterprise::default() };
///     let found = [locator.locate(&e)];
///     standing_links(&catalogue, &found, &DiagnosisRules::builtin())[0].iter().map(|l| (*l).to_owned()).collect::<Vec<_>>()
/// };
/// assert_eq!(of("光模块制造"), ["oc_module"]);
/// assert!(of("光模块销售").is_empty());
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn standing_links<'c>(catalogue: &'c Catalogue, matches: &[Vec<Match>], rules: &DiagnosisRules) -> Vec<Vec<&'c str>> {
    let links = by_id(catalogue);
    let of =
        |found: &Vec<Match>| stands(&links, found, usize::from(rules.links_per_resident)).links.into_iter().map(|(link, _)| link).collect();
    matches.iter().map(of).collect()
}

/// Every link by its id.
fn by_id(catalogue: &Catalogue) -> BTreeMap<&str, &Link> {
    map(catalogue.links().map(|(_, l)| (l.id.as_str(), l)))
}

/// Where an enterprise stands.
struct Stands<'c, 'm> {
    /// Its links, what is most its business first, each once, with the match that places it there.
    links: Vec<(&'c str, &'m Match)>,
    /// The chains of the matches that place it there.
    chains: Vec<&'m str>,
}

/// Where an enterprise stands: where that is believed, and where it does what the link's core actor does; on so many links at most, and on those
/// its products say are part of its business.
fn stands<'c, 'm>(links: &BTreeMap<&'c str, &'c Link>, found: &'m [Match], most: usize) -> Stands<'c, 'm> {
    let place = |m: &'m Match| {
        let (id, link) = links.get_key_value(m.link.as_deref()?)?;
        (m.is_believed() && acts(m.role, link.core)).then_some((*id, *link, m))
    };
    let mut places: Vec<(&'c str, &'c Link, &'m Match)> = found.iter().filter_map(place).collect();
    sort_by_key(&mut places, |(_, link, m)| std::cmp::Reverse(m.centrality(link)));
    let mut stands = Stands { links: Vec::new(), chains: Vec::new() };
    let mut taken = 0;
    for (id, link, m) in places {
        // Chains that share a link each have a match of their own: the enterprise stands there once.
        if stands.links.iter().all(|(link, _)| *link != id) {
            let told = m.evidence == Evidence::Strong && m.focus > 0;
            if taken == most && !told {
                continue;
            }
            // A catch-all takes no place of a link that says more.
            taken += usize::from(!link.sink && taken < most);
            stands.links.push((id, m));
        }
        stands.chains.push(&m.chain);
    }
    stands
}

/// False for an aside: the enterprise's products tell what it does, and the link is none of that, nor of its main business.
fn is_engaged(enterprise: &Enterprise, by: &Match) -> bool {
    enterprise.products.is_empty() || by.focus > 0 || by.spans.iter().any(|span| span.source == Source::MainBusiness)
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

fn size(e: &Enterprise, rates: &Rates, by: &SizeRule) -> f64 {
    let yuan = |money: Option<Money>| money.and_then(|m| rates.yuan(m));
    let capital = yuan(e.paid_in_capital).or_else(|| yuan(e.registered_capital)).unwrap_or(0.0);
    let step = by.steps.iter().find(|step| capital >= step.from as f64);
    f64::from(step.map_or(by.otherwise, |step| step.share)) / 100.0
}

fn scale(who: &[Resident<'_>], each: f64) -> f64 {
    100.0 * (1.0 - who.iter().map(|r| 1.0 - each * r.size).product::<f64>())
}

fn technology(who: &[Resident<'_>], by: TechnologyRule) -> f64 {
    let high = who.iter().any(|r| r.enterprise.qualifications.iter().any(|q| *q <= Qualification::HighTech));
    f64::from(if high { by.high } else { by.unknown })
}
