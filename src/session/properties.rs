//! What the list is narrowed by, of every candidate.

use super::search::search;
use crate::chain::Match;
use crate::enterprise::{Enterprise, Qualification, Size};
use crate::intake::Intake;
use crate::park::{Need, Park};
use crate::points::Selection;
use crate::rank::{Facet, Facets, Filter, Ranking, Stand, Tags};
use crate::rates::Rates;
use crate::scorecard::Assessment;

/// The properties of every candidate, as one run makes them.
#[derive(Debug)]
pub(super) struct Properties {
    regions: Facet,
    links: Facet,
    roles: Facet,
    needs: Facet,
    standings: Facet,
    sizes: Facet,
    qualifications: Tags,
    /// In whom the text asked for stands; none when none is asked for.
    found: Option<Selection>,
}

/// What narrows them, and what it is held against.
pub(super) struct Narrowing<'a> {
    pub filter: &'a Filter,
    pub ranking: &'a Ranking<'a>,
    pub enterprises: &'a [Enterprise],
    pub rates: &'a Rates,
}

/// A property whose own condition can be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Regions,
    Links,
    Roles,
    Needs,
    Grades,
    Standings,
    Qualifications,
    Sizes,
    /// Of nothing that is counted.
    Rest,
}

impl Properties {
    pub(super) fn new(table: &Intake, matches: &[Vec<Match>], assessment: &Assessment, park: Option<&Park>, text: &str) -> Self {
        let enterprises = &table.enterprises;
        let places: Vec<Option<&Match>> = matches.iter().enumerate().map(|(row, its)| assessment.confirmed(row, its)).collect();
        let need = |(row, its): (usize, &Vec<Match>)| assessment.strategy(row, its, park).map(Need::as_str);
        let stand = |(row, its): (usize, &Vec<Match>)| {
            let stand = match (assessment.eligible().contains(row), places[row], assessment.place(row, its)) {
                (false, ..) => Stand::RuledOut,
                (true, Some(_), _) => Stand::Confirmed,
                (true, None, Some(_)) => Stand::Possible,
                (true, None, None) => Stand::OffChain,
            };
            stand as u16
        };
        let sizes = [Size::Micro, Size::Small, Size::Medium, Size::Large];
        let size = |e: &Enterprise| e.size.and_then(|its| sizes.iter().position(|s| *s == its)).map_or(Facet::NONE, |at| at as u16);
        let with = |q: Qualification| Selection::from_fn(enterprises.len(), |row| enterprises[row].qualifications.contains(&q));
        let mut properties = Self {
            regions: Facet::new(enterprises.iter().map(|e| e.region.province.as_deref())),
            links: Facet::new(places.iter().map(|m| m.and_then(|m| m.link.as_deref()))),
            roles: Facet::new(places.iter().map(|m| m.map(|m| m.role.as_str()))),
            needs: Facet::new(matches.iter().enumerate().map(need)),
            standings: Facet::of_codes(matches.iter().enumerate().map(stand).collect(), Stand::ALL.map(|s| s.as_str().to_owned()).into()),
            sizes: Facet::of_codes(enterprises.iter().map(size).collect(), sizes.map(|s| s.as_str().to_owned()).into()),
            qualifications: Tags::new(Qualification::ALL.into_iter().map(|q| (q.as_str(), with(q)))),
            found: None,
        };
        properties.look_for(enterprises, text);
        properties
    }

    /// Looks for another text.
    pub(super) fn look_for(&mut self, enterprises: &[Enterprise], text: &str) {
        self.found = search(enterprises, text);
    }

    /// The candidates that a filter lets through.
    pub(super) fn selected(&self, narrowing: &Narrowing<'_>) -> Selection {
        both(narrowing, &self.conditions(narrowing), Of::Rest)
    }

    /// How many the filter lets through by each property, its own condition left out.
    pub(super) fn facets(&self, narrowing: &Narrowing<'_>) -> Facets {
        let conditions = self.conditions(narrowing);
        let but = |of: Of| both(narrowing, &conditions, of);
        Facets {
            regions: self.regions.count(&but(Of::Regions)),
            links: self.links.count(&but(Of::Links)),
            roles: self.roles.count(&but(Of::Roles)),
            needs: self.needs.count(&but(Of::Needs)),
            grades: grades(narrowing.ranking).count_in_order(&but(Of::Grades)),
            standings: self.standings.count_in_order(&but(Of::Standings)),
            qualifications: self.qualifications.count(&but(Of::Qualifications)),
            sizes: self.sizes.count_in_order(&but(Of::Sizes)),
        }
    }

    /// What must hold; a condition that is not set is not among them.
    fn conditions(&self, narrowing: &Narrowing<'_>) -> Vec<(Of, Selection)> {
        let Narrowing { filter, ranking, enterprises, rates } = narrowing;
        let mut conditions: Vec<(Of, Selection)> = Vec::new();
        for (of, facet, wanted) in [
            (Of::Regions, &self.regions, &filter.regions),
            (Of::Links, &self.links, &filter.links),
            (Of::Roles, &self.roles, &filter.roles),
            (Of::Needs, &self.needs, &filter.needs),
            (Of::Sizes, &self.sizes, &filter.sizes),
        ] {
            if !wanted.is_empty() {
                conditions.push((of, facet.select(wanted)));
            }
        }
        if !filter.grades.is_empty() {
            conditions.push((Of::Grades, grades(ranking).select(&filter.grades)));
        }
        if !filter.standings.is_empty() {
            let wanted: Vec<String> = filter.standings.iter().map(|s| s.as_str().to_owned()).collect();
            conditions.push((Of::Standings, self.standings.select(&wanted)));
        }
        if !filter.qualifications.is_empty() {
            conditions.push((Of::Qualifications, self.qualifications.select(enterprises.len(), &filter.qualifications)));
        }
        if let Some(found) = &self.found {
            conditions.push((Of::Rest, found.clone()));
        }
        if filter.hide_vetoed {
            conditions.push((Of::Rest, ranking.assessment().eligible().clone()));
        }
        if filter.score_from.is_some() || filter.score_to.is_some() {
            conditions.push((Of::Rest, ranking.scored(filter.score_from.unwrap_or(0), filter.score_to.unwrap_or(100))));
        }
        let (from, to) = (filter.capital_from, filter.capital_to);
        if from.is_some() || to.is_some() {
            let fits = |yuan: f64| from.is_none_or(|from| yuan >= from as f64) && to.is_none_or(|to| yuan <= to as f64);
            let yuan = |row: usize| enterprises[row].registered_capital.and_then(|money| rates.yuan(money));
            conditions.push((Of::Rest, Selection::from_fn(enterprises.len(), |row| yuan(row).is_some_and(fits))));
        }
        let (from, to) = (filter.founded_from, filter.founded_to);
        if from.is_some() || to.is_some() {
            let fits = |day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to);
            conditions.push((Of::Rest, Selection::from_fn(enterprises.len(), |row| enterprises[row].established.is_some_and(fits))));
        }
        conditions
    }
}

/// The rows for which all conditions hold but those of one property.
fn both(narrowing: &Narrowing<'_>, conditions: &[(Of, Selection)], but: Of) -> Selection {
    let mut selected = Selection::all(narrowing.enterprises.len());
    conditions.iter().filter(|(of, _)| *of == Of::Rest || *of != but).for_each(|(_, its)| selected.and(its));
    selected
}

/// The grades of all candidates, as they stand under the weights in force.
fn grades(ranking: &Ranking<'_>) -> Facet {
    let names = ranking.assessment().card().grades.iter().map(|g| g.name.clone()).chain(["ask".to_owned()]);
    Facet::of_codes(ranking.grades(), names.collect())
}
