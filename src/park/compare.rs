//! Several parks side by side, and a park beside a larger place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Match};
use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::order::sort;
use crate::park::rules::DiagnosisRules;
use crate::park::{LinkState, Need, Park};
use crate::rates::Rates;

/// A link in one of several parks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ParkLink {
    /// Which park or district; empty for residents of whom it is not known.
    pub park: String,
    /// The link as the park's own residents make it.
    #[serde(flatten)]
    pub state: LinkState,
    /// The best coverage of the link in another of the parks, 0 to 100.
    pub nearby: u8,
    /// Which park that is; none where nobody else has the link.
    pub nearby_park: Option<String>,
    /// How much the link is needed here with those nearby in mind: what others have stands in for [`DiagnosisRules::nearby`] per cent of what the
    /// park would have itself, so that it counts less than one's own and more than nothing.
    pub urgency_beside: u8,
}

/// Diagnoses several parks or districts from one table: `of` names the park of each resident. Parks come in the order of their names, their links
/// in the order of the catalogue.
///
/// ```
/// use xiangma::{Catalogue, DiagnosisRules, Locator, IntakeOptions, Scorecard, compare_parks, intake};
///
/// let file = "企业名称,主营产品\n示例光纤有限公司,光纤预制棒\n示例光缆有限公司,光缆\n";
/// let residents = intake(file.as_bytes(), &IntakeOptions::new())?.enterprises;
/// let (catalogue, chains) = (Catalogue::builtin(), ["optoelectronics".to_owned()]);
/// let locator = Locator::new(&catalogue)?;
/// let matches: Vec<_> = residents.iter().map(|e| locator.locate(e)).collect();
/// let parks = ["东区".to_owned(), "西区".to_owned()];
/// let rates = Scorecard::attraction().rates;
/// let links = compare_parks(&DiagnosisRules::builtin(), &catalogue, &chains, (&residents, &matches, &parks), &rates)?;
/// let cable = links.iter().find(|l| l.park == "东区" && l.state.link == "oc_cable").ok_or("no such link")?;
/// assert_eq!((cable.state.residents, cable.nearby_park.as_deref()), (0, Some("西区")));
/// assert!(cable.urgency_beside < cable.state.urgency);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// `UNKNOWN_CHAIN` when a chain is not in the catalogue; `BAD_ARGUMENT` when not every resident has its matches and its park.
pub fn compare_parks(
    rules: &DiagnosisRules,
    catalogue: &Catalogue,
    chains: &[String],
    (residents, matches, of): (&[Enterprise], &[Vec<Match>], &[String]),
    rates: &Rates,
) -> Result<Vec<ParkLink>, Error> {
    if matches.len() != residents.len() || of.len() != residents.len() {
        let (n, m, o) = (residents.len(), matches.len(), of.len());
        return Err(Kind::BadArgument(format!("{n} residents, matches of {m} and parks of {o}: each has one of each")).into());
    }
    let mut groups: BTreeMap<&str, (Vec<Enterprise>, Vec<Vec<Match>>)> = BTreeMap::new();
    for ((resident, found), park) in residents.iter().zip(matches).zip(of) {
        let group = groups.entry(park.trim()).or_default();
        group.0.push(resident.clone());
        group.1.push(found.clone());
    }
    let mut parks = Vec::with_capacity(groups.len());
    for (name, (residents, matches)) in groups {
        parks.push((name, Park::diagnose_by(rules, catalogue, chains, &residents, &matches, rates)?));
    }
    let beside = |at: usize, link: usize| {
        let others = parks.iter().enumerate().filter(|(other, _)| *other != at);
        let covered = others.filter_map(|(_, (name, park))| park.links.get(link).filter(|l| l.residents > 0).map(|l| (l.coverage, *name)));
        // Of equals the first by name.
        covered.fold(None, |best: Option<(u8, &str)>, one| if best.is_some_and(|b| b.0 >= one.0) { best } else { Some(one) })
    };
    let link = |at: usize, park: &str, place: usize, state: &LinkState| {
        let best = beside(at, place);
        let nearby = best.map_or(0, |(coverage, _)| coverage);
        // What is strong already is needed no less because others have it.
        let stands_in = if state.need == Need::None { 0 } else { u32::from(nearby) * u32::from(rules.nearby) / 100 };
        ParkLink {
            park: park.to_owned(),
            nearby,
            nearby_park: best.map(|(_, name)| name.to_owned()),
            urgency_beside: (u32::from(state.urgency) * (100 - stands_in) / 100) as u8,
            state: state.clone(),
        }
    };
    let of_park = |(at, (name, park)): (usize, &(&str, Park))| {
        park.links.iter().enumerate().map(|(place, state)| link(at, name, place, state)).collect::<Vec<_>>()
    };
    Ok(parks.iter().enumerate().flat_map(of_park).collect())
}

/// How many enterprises of a larger place, a nation or a province, stand on each link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceCounts(BTreeMap<String, u64>);

impl ReferenceCounts {
    /// Counts by link: its id, or its Chinese or English name. Counts of one link given several times are added up.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN` for a link that is in no chain of the catalogue.
    pub fn new<'n>(catalogue: &Catalogue, counts: impl IntoIterator<Item = (&'n str, u64)>) -> Result<Self, Error> {
        let mut all = BTreeMap::new();
        for (name, count) in counts {
            let name = name.trim();
            let Some((_, link)) = catalogue.links().find(|(_, l)| l.id == name || l.zh == name || l.en == name) else {
                let known = catalogue.links().map(|(_, l)| l.id.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Kind::UnknownChain { name: name.to_owned(), known }.into());
            };
            *all.entry(link.id.clone()).or_insert(0) += count;
        }
        Ok(Self(all))
    }
}

/// How far a park specialises in a link (区位商).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quotient {
    /// Id of the chain.
    pub chain: String,
    /// Id of the link.
    pub link: String,
    /// How many residents stand there.
    pub residents: u32,
    /// How many of the larger place.
    pub reference: u64,
    /// The share of the link among the park's, over its share among those of the larger place: above 1 the park specialises in it.
    pub quotient: f64,
}

impl Park {
    /// Location quotients of the links that the larger place has counts of, the most specialised first: `(e / E) / (r / R)`, where `e` are the
    /// residents on the link and `r` the enterprises of the larger place there, and `E` and `R` those on all such links of the chain. A link on
    /// which nobody of the larger place stands has none.
    pub fn quotients(&self, reference: &ReferenceCounts) -> Vec<Quotient> {
        let counted = |state: &&LinkState| reference.0.contains_key(&state.link);
        let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for state in self.links.iter().filter(counted) {
            let sum = sums.entry(&state.chain).or_default();
            *sum = (sum.0 + f64::from(state.residents), sum.1 + reference.0[&state.link] as f64);
        }
        let of = |state: &LinkState| {
            let (own, all) = sums.get(state.chain.as_str()).copied()?;
            let there = reference.0[&state.link];
            (there > 0 && own > 0.0).then(|| Quotient {
                chain: state.chain.clone(),
                link: state.link.clone(),
                residents: state.residents,
                reference: there,
                quotient: (f64::from(state.residents) / own) / (there as f64 / all),
            })
        };
        let mut found: Vec<Quotient> = self.links.iter().filter(counted).filter_map(of).collect();
        sort(&mut found, &|a, b| b.quotient.total_cmp(&a.quotient).then_with(|| a.link.cmp(&b.link)));
        found
    }
}
