//! Anchors (链主): the residents on whom a chain depends, and which links beside theirs have nobody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Evidence, Match};
use crate::enterprise::{Enterprise, EnterpriseKey};
use crate::error::Error;
use crate::order::sort;
use crate::park::{DiagnosisRules, Passages, by_id, is_engaged, standing_links, stands};

/// A resident, and how much of a chain depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Anchor {
    /// Its place among the residents, from 0.
    pub resident: usize,
    /// Who it is.
    pub key: EnterpriseKey,
    /// Its name.
    pub name: String,
    /// Id of the chain.
    pub chain: String,
    /// Links of the chain it stands on.
    pub links: Vec<String>,
    /// Of them, those where nobody else is and which are part of its business.
    pub alone: Vec<String>,
    /// Whole passages that break without it.
    pub passages: u64,
    /// The same in percent of all whole passages, rounded down.
    pub share: u8,
    /// Links that feed its links and have no residents: whom to bring for it (链主配套).
    pub wanting: Vec<String>,
}

/// The anchors of the chains asked for: residents without whom a share of the whole passages, or more, would break; those on whom the most depend
/// first. What is an aside of its business, or only one of the things its scope names, makes
/// nobody an anchor. The share is [`DiagnosisRules::anchor_from`], 20 % unless the rules say otherwise.
/// A chain without a whole passage has none.
///
/// # Errors
///
/// `UNKNOWN_CHAIN` when a chain is not in the catalogue.
///
/// ```
/// use xiangma::{Catalogue, DiagnosisRules, IntakeOptions, Locator, anchors, intake};
///
/// let file = "企业名称,主营产品\n示例晶圆有限公司,晶圆制造\n示例封测有限公司,芯片封装测试\n";
/// let residents = intake(file.as_bytes(), &IntakeOptions::new())?.enterprises;
/// let catalogue = Catalogue::builtin();
/// let locator = Locator::new(&catalogue)?;
/// let matches: Vec<_> = residents.iter().map(|e| locator.locate(e)).collect();
/// let chains = ["integrated_circuit".to_owned()];
/// // Two links are no whole passage: nothing hangs on anybody yet.
/// assert!(anchors(&catalogue, &chains, &residents, &matches, &DiagnosisRules::builtin())?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn anchors(
    catalogue: &Catalogue,
    chains: &[String],
    residents: &[Enterprise],
    matches: &[Vec<Match>],
    rules: &DiagnosisRules,
) -> Result<Vec<Anchor>, Error> {
    let mut there: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let by_id = by_id(catalogue);
    let places: Vec<_> =
        matches.iter().take(residents.len()).map(|m| stands(&by_id, m, usize::from(rules.links_per_resident)).links).collect();
    for (resident, links) in places.iter().enumerate() {
        links.iter().for_each(|(link, _)| there.entry(link).or_default().push(resident));
    }
    let mut all = Vec::new();
    for id in chains {
        let chain = catalogue.chain(id)?;
        let whole = Passages::new(chain, &|link| there.contains_key(link)).whole();
        if whole == 0 {
            continue;
        }
        for (resident, (enterprise, links)) in residents.iter().zip(&places).enumerate() {
            let own: Vec<_> = links.iter().filter(|(link, _)| chain.links.iter().any(|l| l.id == *link)).collect();
            let first = links.first().map(|(link, _)| *link);
            // To say that a chain hangs on somebody takes more than a line of a scope: products or the like, or what it does first of all.
            let firm = |(link, by): &(&str, &Match)| by.evidence == Evidence::Strong || first == Some(*link);
            let carries = |place: &(&str, &Match)| {
                there.get(place.0).is_some_and(|who| who.len() == 1) && is_engaged(enterprise, place.1) && firm(place)
            };
            let alone: Vec<&str> = own.iter().filter(|place| carries(place)).map(|(link, _)| *link).collect();
            let own: Vec<&str> = own.iter().map(|(link, _)| *link).collect();
            if alone.is_empty() {
                continue;
            }
            let without = Passages::new(chain, &|link| there.contains_key(link) && !alone.contains(&link)).whole();
            let share = (u128::from(whole - without) * 100 / u128::from(whole)) as u8;
            if share < rules.anchor_from {
                continue;
            }
            let feeds_it = |feeds: &[String]| feeds.iter().any(|to| own.contains(&to.as_str()));
            let wanting = catalogue.links().filter(|(_, l)| !l.sink && feeds_it(&l.feeds) && !there.contains_key(l.id.as_str()));
            all.push(Anchor {
                resident,
                key: enterprise.key(),
                name: enterprise.name.clone(),
                chain: chain.id.clone(),
                links: own.iter().map(|l| (*l).to_owned()).collect(),
                alone: alone.iter().map(|l| (*l).to_owned()).collect(),
                passages: whole - without,
                share,
                wanting: wanting.map(|(_, l)| l.id.clone()).collect(),
            });
        }
    }
    sort(&mut all, &|a, b| b.passages.cmp(&a.passages).then_with(|| a.name.cmp(&b.name)).then(a.resident.cmp(&b.resident)));
    Ok(all)
}

impl Anchor {
    /// Candidates on the links it wants, and its peers (链主同业): those on its own links. Places among the candidates, in their order; a candidate
    /// counts where that is believed and where it does what the link's core actor does.
    pub fn candidates(&self, catalogue: &Catalogue, matches: &[Vec<Match>], rules: &DiagnosisRules) -> (Vec<(usize, String)>, Vec<usize>) {
        let (mut suppliers, mut peers) = (Vec::new(), Vec::new());
        for (place, links) in standing_links(catalogue, matches, rules).into_iter().enumerate() {
            if let Some(link) = links.iter().find(|link| self.wanting.iter().any(|w| w == *link)) {
                suppliers.push((place, (*link).to_owned()));
            }
            if links.iter().any(|link| self.links.iter().any(|own| own == link)) {
                peers.push(place);
            }
        }
        (suppliers, peers)
    }
}
