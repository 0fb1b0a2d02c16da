//! One sitting: the tables, the target and the ranking, kept together and kept whole when a step fails.

#[cfg(feature = "batches")]
mod batches;
mod table;

use std::collections::BTreeMap;

use crate::chain::{Catalogue, Locator, Match};
use crate::enterprise::{Date, Enterprise};
use crate::error::Error;
use crate::explain::{Comparison, Context, Lift, Reasons, compare, explain, lift};
use crate::intake::{IntakeOptions, IntakeReport, intake, intake_with};
use crate::monitor::{Balance, Basis, Edition, balance};
use crate::order::sort;
use crate::park::Park;
use crate::points::Selection;
use crate::rank::{Facet, Facets, Filter, Ranking, Weighing};
use crate::scorecard::{AssessOptions, Assessment, Scorecard, assess};
use table::Table;

/// Owns everything of one sitting, from files to ranking. The page, the mini-program and the command line all work through it.
///
/// A step that fails changes nothing: what was loaded before is still there.
///
/// # Example
///
/// ```
/// use xiangma::{Date, Session};
///
/// let candidates = "企业名称,主营产品,参保人数\n示例光电有限公司,光模块,120\n示例商贸有限公司,钢材销售,8\n";
/// let residents = "企业名称,主营产品\n示例芯片有限公司,光芯片\n";
///
/// let mut session = Session::new(Date::constant(2026, 11, 1))?;
/// session.load_candidates(candidates.as_bytes())?;
/// session.load_residents(residents.as_bytes())?;
/// session.target(&["optoelectronics".to_owned()], &[])?;
/// session.assess()?;
///
/// let ranking = session.ranking().ok_or("not assessed")?;
/// let first = ranking.top(1)[0] as usize;
/// assert_eq!(session.candidates()[first].name, "示例光电有限公司");
/// for reason in session.explain(first).ok_or("no such row")?.reasons {
///     println!("{}", reason.zh);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Session {
    as_of: Date,
    catalogue: Catalogue,
    locator: Locator,
    card: Scorecard,
    chains: Vec<String>,
    regions: Vec<String>,
    candidates: Table,
    residents: Option<Table>,
    /// Tells the sessions of a process apart.
    #[cfg(feature = "batches")]
    number: u32,
    /// Counts what was to be located: the tables of candidates, and the catalogues they were held against.
    #[cfg(feature = "batches")]
    tables: u32,
    park: Option<Park>,
    assessed: Option<(Assessment, Weighing)>,
    filter: Filter,
    facets: Option<Properties>,
}

/// What narrows the list, of every candidate.
#[derive(Debug)]
struct Properties {
    regions: Facet,
    links: Facet,
    roles: Facet,
    needs: Facet,
    /// Whose name has the text asked for; none when none is.
    named: Option<Selection>,
}

impl Session {
    /// An empty sitting with the built-in chains and the default scorecard, judged on a day.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN`, as [`Locator::new`]; the built-in catalogue gives none.
    pub fn new(as_of: Date) -> Result<Self, Error> {
        let catalogue = Catalogue::builtin();
        let locator = Locator::new(&catalogue)?;
        Ok(Self {
            as_of,
            catalogue,
            locator,
            card: Scorecard::attraction(),
            chains: Vec::new(),
            regions: Vec::new(),
            candidates: Table::default(),
            residents: None,
            #[cfg(feature = "batches")]
            number: batches::number(),
            #[cfg(feature = "batches")]
            tables: 0,
            park: None,
            assessed: None,
            filter: Filter::default(),
            facets: None,
        })
    }

    /// Adds chains of the team's own; everything is located anew.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` or `BAD_CHAIN`.
    pub fn add_chains(&mut self, json: &str) -> Result<(), Error> {
        let catalogue = self.catalogue.clone().with_json(json)?;
        self.locator = Locator::new(&catalogue)?;
        self.catalogue = catalogue;
        self.candidates.forget();
        if let Some(residents) = &mut self.residents {
            residents.forget();
        }
        self.renewed();
        Ok(())
    }

    /// What was located, and ranked, is of before.
    fn renewed(&mut self) {
        self.assessed = None;
        #[cfg(feature = "batches")]
        {
            self.tables = self.tables.wrapping_add(1);
        }
    }

    /// Reads the file of candidates.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake).
    pub fn load_candidates(&mut self, bytes: &[u8]) -> Result<&IntakeReport, Error> {
        self.load_candidates_with(bytes, &mut |_| {})
    }

    /// As [`load_candidates`](Self::load_candidates), and tells from time to time which share of the file is read, 0 to 1.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake).
    pub fn load_candidates_with(&mut self, bytes: &[u8], progress: &mut dyn FnMut(f64)) -> Result<&IntakeReport, Error> {
        let table = intake_with(bytes, &IntakeOptions::new().as_of(self.as_of), &mut |read, _| progress(read))?;
        self.candidates = Table::new(table);
        self.renewed();
        Ok(&self.candidates.intake.report)
    }

    /// Reads the file of resident firms.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake).
    pub fn load_residents(&mut self, bytes: &[u8]) -> Result<&IntakeReport, Error> {
        let table = intake(bytes, &IntakeOptions::new().as_of(self.as_of))?;
        self.assessed = None;
        Ok(&self.residents.insert(Table::new(table)).intake.report)
    }

    /// Forgets the residents.
    pub fn clear_residents(&mut self) {
        self.residents = None;
        self.assessed = None;
    }

    /// Sets the target chains (all when empty) and the regions within reach.
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN`.
    pub fn target(&mut self, chains: &[String], regions: &[String]) -> Result<(), Error> {
        for id in chains {
            self.catalogue.chain(id)?;
        }
        self.chains = chains.to_vec();
        self.regions = regions.to_vec();
        self.assessed = None;
        Ok(())
    }

    /// Sets the scorecard.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD`.
    pub fn set_scorecard(&mut self, card: Scorecard) -> Result<(), Error> {
        card.check()?;
        self.card = card;
        self.assessed = None;
        Ok(())
    }

    /// Locates up to `count` more enterprises, residents first; returns how many are left. Lets a page show progress.
    pub fn locate(&mut self, count: usize) -> usize {
        match &mut self.residents {
            Some(residents) if residents.left() > 0 => residents.locate(&self.locator, count),
            _ => self.candidates.locate(&self.locator, count),
        }
        self.candidates.left() + self.residents.as_ref().map_or(0, Table::left)
    }

    /// Locates what is not located yet, diagnoses the park, and gives points. After it there is a ranking.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD` when the card looks at a column the candidates do not have.
    pub fn assess(&mut self) -> Result<(), Error> {
        while self.locate(usize::MAX) > 0 {}
        let chains = self.target_chains();
        let park = match &self.residents {
            Some(r) => Some(Park::diagnose(&self.catalogue, &chains, &r.intake.enterprises, r.matches(), &self.card.rates)?),
            None => None,
        };
        let options = AssessOptions::new(self.as_of).chains(chains).target_regions(self.regions.clone());
        let table = &self.candidates.intake;
        let residents = self.residents.as_ref().map_or(&[][..], |r| &r.intake.enterprises);
        let assessment =
            assess(&self.card, &options, &table.enterprises, &table.extra_columns, self.candidates.matches(), park.as_ref(), residents)?;
        let weighing = Weighing::new(&assessment);
        // A near miss is at no link as long as nobody has confirmed it.
        let places: Vec<Option<&Match>> =
            self.candidates.matches().iter().enumerate().map(|(row, its)| assessment.confirmed(row, its)).collect();
        let links = || places.iter().map(|m| m.and_then(|m| m.link.as_deref()));
        let need = |link: Option<&str>| park.as_ref()?.link(link?).map(|state| state.need.as_str());
        let properties = Properties {
            regions: Facet::new(table.enterprises.iter().map(|e| e.region.province.as_deref())),
            links: Facet::new(links()),
            roles: Facet::new(places.iter().map(|m| m.map(|m| m.role.as_str()))),
            needs: Facet::new(links().map(need)),
            named: named(&table.enterprises, &self.filter.text),
        };
        self.park = park;
        self.facets = Some(properties);
        self.assessed = Some((assessment, weighing));
        Ok(())
    }

    /// Ranks again with new weights.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, as [`Ranking::set_weights`]. Before [`assess`](Self::assess) nothing happens.
    pub fn set_weights(&mut self, weights: &[u32]) -> Result<(), Error> {
        match &mut self.assessed {
            Some((assessment, weighing)) => weighing.set(assessment, weights),
            None => Ok(()),
        }
    }

    /// Changes one weight.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, as [`Ranking::set_weight`]. Before [`assess`](Self::assess) nothing happens.
    pub fn set_weight(&mut self, criterion: usize, weight: u32) -> Result<(), Error> {
        match &mut self.assessed {
            Some((assessment, weighing)) => weighing.set_one(assessment, criterion, weight),
            None => Ok(()),
        }
    }

    /// The ranking; none before [`assess`](Self::assess).
    pub fn ranking(&self) -> Option<Ranking<'_>> {
        self.assessed.as_ref().map(|(assessment, weighing)| Ranking::borrowed(assessment, weighing))
    }

    /// Explains one candidate.
    pub fn explain(&self, row: usize) -> Option<Reasons> {
        explain(&self.ranking()?, row, self.candidates().get(row)?, self.matches(row), self.context())
    }

    /// What sets two candidates apart; see [`compare`](crate::compare).
    pub fn compare(&self, a: usize, b: usize) -> Option<Comparison> {
        let name = |row: usize| Some((row, self.candidates().get(row)?.name.as_str()));
        compare(&self.ranking()?, name(a)?, name(b)?)
    }

    /// What would lift a candidate into the best `k`; see [`lift`](crate::lift).
    pub fn lift(&self, row: usize, k: usize) -> Option<Lift> {
        lift(&self.ranking()?, row, k, self.candidates().get(row)?, self.matches(row), self.context())
    }

    /// The list as it stands, to keep and to compare with later ones.
    pub fn edition(&self) -> Option<Edition> {
        let ranking = self.ranking()?;
        Some(Edition::new(&ranking, self.candidates()).on(Basis::new(&ranking).located_on(&self.catalogue)))
    }

    /// Whether the best `k` mirror all candidates; see [`balance`](crate::monitor::balance).
    pub fn balance(&self, k: usize) -> Vec<Balance> {
        let Some(ranking) = self.ranking() else { return Vec::new() };
        balance(self.candidates(), &ranking.top_of(ranking.assessment().eligible(), k))
    }

    fn context(&self) -> Context<'_> {
        Context { catalogue: &self.catalogue, park: self.park.as_ref(), extra_columns: &self.candidates.intake.extra_columns }
    }

    /// The candidates.
    pub fn candidates(&self) -> &[Enterprise] {
        &self.candidates.intake.enterprises
    }

    /// Which candidate was read from this row of the file; none for a row that was not read, or was merged into another.
    pub fn row_at(&self, number: u32) -> Option<usize> {
        self.candidates.row_at(number)
    }

    /// What became of the candidates' file.
    pub fn report(&self) -> &IntakeReport {
        &self.candidates.intake.report
    }

    /// What became of the residents' file; none without residents.
    pub fn residents_report(&self) -> Option<&IntakeReport> {
        self.residents.as_ref().map(|table| &table.intake.report)
    }

    /// Where a candidate stands; empty until it is located.
    pub fn matches(&self, row: usize) -> &[Match] {
        self.candidates.matches().get(row).map_or(&[], Vec::as_slice)
    }

    /// The park's diagnosis, after [`assess`](Self::assess) with residents.
    pub fn park(&self) -> Option<&Park> {
        self.park.as_ref()
    }

    /// The chains.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The scorecard.
    pub fn scorecard(&self) -> &Scorecard {
        &self.card
    }

    /// Ids of the target chains: those set, or all.
    pub fn target_chains(&self) -> Vec<String> {
        if self.chains.is_empty() { self.catalogue.chains().iter().map(|c| c.id.clone()).collect() } else { self.chains.clone() }
    }

    /// Candidates whose name contains a text, best first, up to `limit`; whatever the filter.
    pub fn find(&self, text: &str, limit: usize) -> Vec<u32> {
        let Some(ranking) = self.ranking() else { return Vec::new() };
        let named = named(self.candidates(), text).unwrap_or_else(|| Selection::all(self.candidates().len()));
        ranking.top_of(&named, limit)
    }

    /// The provinces and cities of the candidates and how many lie in each, those with the most first: what can be a target region.
    pub fn regions(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::new();
        for region in self.candidates().iter().map(|e| &e.region) {
            let city = region.city.as_deref().filter(|city| Some(*city) != region.province.as_deref());
            for name in region.province.as_deref().into_iter().chain(city) {
                *counts.entry(name).or_default() += 1;
            }
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        sort(&mut counts, &|a, b| b.1.cmp(&a.1));
        counts
    }

    /// How many candidates lie in a region, as [`target`](Self::target) reads one: a part of a province, city, county or address.
    pub fn count_in(&self, region: &str) -> usize {
        self.candidates().iter().filter(|e| e.region.is_within(region)).count()
    }

    /// Narrows the list that [`top`](Self::top) gives; it stays in force until another takes its place.
    pub fn set_filter(&mut self, filter: Filter) {
        if let Some(facets) = &mut self.facets
            && filter.text != self.filter.text
        {
            facets.named = named(&self.candidates.intake.enterprises, &filter.text);
        }
        self.filter = filter;
    }

    /// The best `k` candidates that the filter lets through, best first.
    pub fn top(&self, k: usize) -> Vec<u32> {
        let Some(ranking) = self.ranking() else { return Vec::new() };
        if self.filter == Filter::default() { ranking.top(k) } else { ranking.top_of(&self.selected(&ranking, &self.filter), k) }
    }

    /// How many candidates the filter lets through.
    pub fn passing(&self) -> usize {
        self.ranking().map_or(0, |ranking| self.selected(&ranking, &self.filter).count())
    }

    /// How many candidates the filter lets through, by each property.
    pub fn facets(&self) -> Facets {
        let (Some(ranking), Some(facets)) = (self.ranking(), &self.facets) else { return Facets::default() };
        let but = |clear: fn(&mut Filter)| {
            let mut filter = self.filter.clone();
            clear(&mut filter);
            self.selected(&ranking, &filter)
        };
        Facets {
            regions: facets.regions.count(&but(|f| f.regions.clear())),
            links: facets.links.count(&but(|f| f.links.clear())),
            roles: facets.roles.count(&but(|f| f.roles.clear())),
            needs: facets.needs.count(&but(|f| f.needs.clear())),
            grades: grades(&ranking).count(&but(|f| f.grades.clear())),
        }
    }

    /// The candidates a filter lets through.
    fn selected(&self, ranking: &Ranking<'_>, filter: &Filter) -> Selection {
        let rows = self.candidates().len();
        let Some(facets) = &self.facets else { return Selection::all(rows) };
        let mut selected = if filter.hide_vetoed { ranking.assessment().eligible().clone() } else { Selection::all(rows) };
        for (facet, wanted) in [
            (&facets.regions, &filter.regions),
            (&facets.links, &filter.links),
            (&facets.roles, &filter.roles),
            (&facets.needs, &filter.needs),
        ] {
            if !wanted.is_empty() {
                selected.and(&facet.select(wanted));
            }
        }
        if !filter.grades.is_empty() {
            selected.and(&grades(ranking).select(&filter.grades));
        }
        if let Some(named) = &facets.named {
            selected.and(named);
        }
        selected
    }
}

/// Whose name has a text; none when no text is asked for.
fn named(enterprises: &[Enterprise], text: &str) -> Option<Selection> {
    (!text.is_empty()).then(|| Selection::from_fn(enterprises.len(), |row| enterprises[row].name.contains(text)))
}

/// The grades of all candidates, as they stand under the weights in force.
fn grades(ranking: &Ranking<'_>) -> Facet {
    let names = ranking.assessment().card().grades.iter().map(|g| g.name.clone()).chain(["ask".to_owned()]);
    Facet::of_codes(ranking.grades(), names.collect())
}
