//! One sitting: the tables, the target and the ranking, kept together and kept whole when a step fails.

#[cfg(feature = "batches")]
mod batches;
mod diagnosis;
mod initials;
mod properties;
mod query;
mod roll;
mod search;
mod shortlist;
mod table;
mod view;
mod weights;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Locator, Match};
use crate::enterprise::{Date, Enterprise, EnterpriseKey};
use crate::error::{Error, Kind};
use crate::explain::{Comparison, Context, Lift, Reasons, compare, explain, lift};
use crate::intake::{Intake, IntakeOptions, IntakeReport, intake_while};
use crate::monitor::{Balance, Basis, Edition, balance};
use crate::order::sort;
use crate::park::Park;
use crate::points::Selection;
use crate::rank::{Facets, Filter, Ranking, Weighing};
use crate::scorecard::{AssessOptions, Assessment, Scorecard, assess};
use properties::{Narrowing, Properties};
pub use query::Query;
pub use roll::Roll;
use search::search;
pub use shortlist::{ListedRow, RowShortlist, ShortlistQuery};
use table::Table;
pub use view::View;
use weights::Wanted;

/// Owns everything of one sitting, from files to ranking. The page, the mini-program and the command line all work through it.
///
/// A step that fails changes nothing: what was loaded before is still there. Several steps that belong together go through
/// [`query`](Self::query), which changes all of it or nothing.
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
    settings: Settings,
    candidates: Table,
    residents: Option<Table>,
    /// Tells the sessions of a process apart.
    #[cfg(feature = "batches")]
    number: u32,
    /// Counts what was to be located: the tables of candidates, and the catalogues they were held against.
    #[cfg(feature = "batches")]
    tables: u32,
    assessed: Option<Assessed>,
    filter: Filter,
}

/// What a file of a sitting is of; see [`Session::open`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileKind {
    /// 候选: who may be brought.
    Candidates,
    /// 落户企业: who is here.
    Residents,
}

/// What a list is made by.
#[derive(Debug, Clone, PartialEq)]
struct Settings {
    card: Scorecard,
    chains: Vec<String>,
    regions: Vec<String>,
    wanted: Wanted,
}

/// What comes of it: all of it is there, or nothing.
#[derive(Debug)]
struct Assessed {
    assessment: Assessment,
    weighing: Weighing,
    park: Option<Park>,
    properties: Properties,
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
        let card = Scorecard::attraction();
        let wanted = Wanted::new(&card.weights());
        Ok(Self {
            as_of,
            catalogue,
            locator,
            settings: Settings { card, chains: Vec::new(), regions: Vec::new(), wanted },
            candidates: Table::default(),
            residents: None,
            #[cfg(feature = "batches")]
            number: batches::number(),
            #[cfg(feature = "batches")]
            tables: 0,
            assessed: None,
            filter: Filter::default(),
        })
    }

    /// A sitting over enterprises that were read, or made, elsewhere: as [`new`](Self::new), with these as its candidates.
    ///
    /// ```
    /// use xiangma::{Date, Enterprise, Session};
    ///
    /// let firm = Enterprise { name: "示例光电有限公司".to_owned(), main_business: Some("光模块制造".to_owned()), ..Enterprise::default() };
    /// let mut session = Session::from_enterprises(Date::constant(2026, 11, 1), vec![firm])?;
    /// session.assess()?;
    /// assert_eq!(session.top(1), [0]);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn from_enterprises(as_of: Date, enterprises: Vec<Enterprise>) -> Result<Self, Error> {
        let mut session = Self::new(as_of)?;
        let read = enterprises.len() as u64;
        let report = IntakeReport { rows: read, read, ..IntakeReport::default() };
        session.candidates = Table::new(Intake { enterprises, report, extra_columns: Vec::new() });
        Ok(session)
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

    /// Reads the file of candidates, as [`open`](Self::open) does without options.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake).
    pub fn load_candidates(&mut self, bytes: &[u8]) -> Result<&IntakeReport, Error> {
        self.open(FileKind::Candidates, bytes, &IntakeOptions::new())
    }

    /// Reads the file of resident firms, as [`open`](Self::open) does without options.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake).
    pub fn load_residents(&mut self, bytes: &[u8]) -> Result<&IntakeReport, Error> {
        self.open(FileKind::Residents, bytes, &IntakeOptions::new())
    }

    /// Reads a file, with sheets chosen and headings mapped by the options. Days are judged as of the sitting's day unless the options name
    /// another.
    ///
    /// ```
    /// use xiangma::{Date, Field, FileKind, IntakeOptions, Session};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// let options = IntakeOptions::new().map("客商", Field::Name);
    /// let report = session.open(FileKind::Candidates, "客商,主营产品\n示例光电有限公司,光模块\n".as_bytes(), &options)?;
    /// assert_eq!((report.read, report.columns[0].role.as_str()), (1, "name"));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake). What was loaded before is still there.
    pub fn open(&mut self, kind: FileKind, bytes: &[u8], options: &IntakeOptions) -> Result<&IntakeReport, Error> {
        self.open_while(kind, bytes, options, &mut |_| true)
    }

    /// As [`open`](Self::open); tells from time to time which share of the file is read, 0 to 1, and stops where it is answered false.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open); `CANCELLED` when stopped.
    pub fn open_while(
        &mut self,
        kind: FileKind,
        bytes: &[u8],
        options: &IntakeOptions,
        progress: &mut dyn FnMut(f64) -> bool,
    ) -> Result<&IntakeReport, Error> {
        let table = Table::new(intake_while(bytes, &self.dated(options), &mut |read, _| progress(read))?);
        match kind {
            FileKind::Candidates => {
                self.candidates = table;
                self.renewed();
                Ok(&self.candidates.intake.report)
            }
            FileKind::Residents => {
                self.assessed = None;
                Ok(&self.residents.insert(table).intake.report)
            }
        }
    }

    /// The options, with the day of the sitting where they name none.
    fn dated(&self, options: &IntakeOptions) -> IntakeOptions {
        let day = options.as_of.unwrap_or(self.as_of);
        options.clone().as_of(day)
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
        self.settings.chains = chains.to_vec();
        self.settings.regions = regions.to_vec();
        self.assessed = None;
        Ok(())
    }

    /// Sets the scorecard, and its weights.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD`.
    pub fn set_scorecard(&mut self, card: Scorecard) -> Result<(), Error> {
        card.check()?;
        self.settings.wanted = Wanted::new(&card.weights());
        self.settings.card = card;
        self.assessed = None;
        Ok(())
    }

    /// Takes over what a query asks for and assesses anew where that is needed. All of it holds afterwards, or, where a part of it fails,
    /// everything is as it was, the list included.
    ///
    /// ```
    /// use xiangma::{Date, Query, Session};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// session.load_candidates("企业名称,主营产品\n示例光电有限公司,光模块\n".as_bytes())?;
    /// session.query(&Query { chains: Some(vec!["optoelectronics".to_owned()]), ..Query::default() })?;
    /// let wrong = Query { chains: Some(vec!["tea".to_owned()]), ..Query::default() };
    /// assert_eq!(session.query(&wrong).unwrap_err().code(), "UNKNOWN_CHAIN");
    /// assert_eq!(session.target_chains(), ["optoelectronics"]);
    /// assert!(session.ranking().is_some());
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN`, `BAD_SCORECARD`, `BAD_ARGUMENT` for weights, `NOTHING_LOADED`.
    pub fn query(&mut self, query: &Query) -> Result<(), Error> {
        let mut settings = self.settings.clone();
        if let Some(chains) = &query.chains {
            chains.iter().try_for_each(|id| self.catalogue.chain(id).map(drop))?;
            settings.chains.clone_from(chains);
        }
        if let Some(regions) = &query.regions {
            settings.regions.clone_from(regions);
        }
        if let Some(card) = &query.scorecard {
            card.check()?;
            settings.card = card.clone();
            settings.wanted = Wanted::new(&card.weights());
        }
        if let Some(id) = &query.by {
            criterion_at(&settings.card, id)?;
        }
        let is_same = |a: &Settings, b: &Settings| (&a.card, &a.chains, &a.regions) == (&b.card, &b.chains, &b.regions);
        let is_kept = self.assessed.is_some() && is_same(&settings, &self.settings);
        let fresh = if is_kept { None } else { Some(self.assessed_by(&settings)?) };
        if let Some(weights) = &query.weights {
            // What can be known is told by the run the weights are for.
            if let Some(its) = fresh.as_ref().or(self.assessed.as_ref()) {
                settings.wanted = settings.wanted.set(weights, |c| its.assessment.is_left_out(c))?;
            }
        }
        self.settings = settings;
        self.assessed = fresh.or_else(|| self.assessed.take());
        if let Some(filter) = &query.filter {
            self.set_filter(filter.clone());
        }
        self.weigh()
    }

    /// Locates up to `count` more enterprises, residents first; returns how many are left. Lets a page show progress.
    pub fn locate(&mut self, count: usize) -> usize {
        match &mut self.residents {
            Some(residents) if residents.left() > 0 => residents.locate(&self.locator, count),
            _ => self.candidates.locate(&self.locator, count),
        }
        self.candidates.left() + self.residents.as_ref().map_or(0, Table::left)
    }

    /// Locates what is not located yet, diagnoses the park, and gives points. After it there is a ranking. The weights are those set last,
    /// or those of the card.
    ///
    /// # Errors
    ///
    /// `NOTHING_LOADED` without candidates; `BAD_SCORECARD` when the card looks at a column the candidates do not have.
    pub fn assess(&mut self) -> Result<(), Error> {
        let assessed = self.assessed_by(&self.settings.clone())?;
        self.assessed = Some(assessed);
        self.weigh()
    }

    /// What comes of some settings.
    fn assessed_by(&mut self, settings: &Settings) -> Result<Assessed, Error> {
        if self.candidates.intake.enterprises.is_empty() {
            return Err(Kind::NothingLoaded.into());
        }
        while self.locate(usize::MAX) > 0 {}
        let chains = self.chains_of(settings);
        let park = self.park_of(settings, &chains)?;
        let options = AssessOptions::new(self.as_of).chains(chains).target_regions(settings.regions.clone());
        let (table, matches) = (&self.candidates.intake, self.candidates.matches());
        let (card, residents) = (&settings.card, self.residents());
        let assessment = assess(card, &options, &table.enterprises, &table.extra_columns, matches, park.as_ref(), residents)?;
        let weighing = Weighing::new(&assessment);
        let properties = Properties::new(table, matches, &assessment, park.as_ref(), &self.filter.text);
        Ok(Assessed { assessment, weighing, park, properties })
    }

    /// The park as its residents, located, make it; none without residents.
    fn park_of(&self, settings: &Settings, chains: &[String]) -> Result<Option<Park>, Error> {
        let Some(residents) = &self.residents else { return Ok(None) };
        let (enterprises, matches) = (&residents.intake.enterprises, residents.matches());
        Park::diagnose(&self.catalogue, chains, enterprises, matches, &settings.card.rates).map(Some)
    }

    /// Puts the weights that are wanted into force, as far as this run can know what they weigh.
    fn weigh(&mut self) -> Result<(), Error> {
        let Some(Assessed { assessment, weighing, .. }) = &mut self.assessed else { return Ok(()) };
        weighing.set(assessment, &self.settings.wanted.in_force(|c| assessment.is_left_out(c)))
    }

    /// Ranks again with new weights, one per criterion, each 0 to 10 000; what counts is their proportion. They stay in force over other
    /// residents, chains, regions and candidates, until other ones or another card take their place; before [`assess`](Self::assess) they
    /// are kept for it.
    ///
    /// Of a criterion that nothing in this run can know, a weight of 0 leaves the share of the whole that it was wanted to have: it is set
    /// aside, the others share it, and it comes back as soon as it can be known.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when there is not one weight per criterion, one is over 10 000, or they sum to 0 or over 200 000.
    pub fn set_weights(&mut self, weights: &[u32]) -> Result<(), Error> {
        let assessment = self.assessed.as_ref().map(|a| &a.assessment);
        self.settings.wanted = self.settings.wanted.set(weights, |c| assessment.is_some_and(|a| a.is_left_out(c)))?;
        self.weigh()
    }

    /// Changes one weight, the others as they are [in force](Self::weights).
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, as [`set_weights`](Self::set_weights), and when there is no such criterion.
    pub fn set_weight(&mut self, criterion: usize, weight: u32) -> Result<(), Error> {
        let mut weights = self.weights();
        let Some(its) = weights.get_mut(criterion) else {
            return Err(Kind::BadArgument(format!("there is no criterion {criterion}")).into());
        };
        *its = weight;
        self.set_weights(&weights)
    }

    /// The weights in force: they sum to 10 000, and those of criteria that nothing in this run can know are 0.
    pub fn weights(&self) -> Vec<u32> {
        let assessment = self.assessed.as_ref().map(|a| &a.assessment);
        self.settings.wanted.in_force(|c| assessment.is_some_and(|a| a.is_left_out(c)))
    }

    /// The weights that are wanted, those set aside among them: they sum to 10 000. These are the ones to keep for another time.
    pub fn wanted_weights(&self) -> Vec<u32> {
        self.settings.wanted.in_force(|_| false)
    }

    /// The ranking; none before [`assess`](Self::assess).
    pub fn ranking(&self) -> Option<Ranking<'_>> {
        self.assessed.as_ref().map(|a| Ranking::borrowed(&a.assessment, &a.weighing))
    }

    /// The points behind the ranking; none before [`assess`](Self::assess).
    pub fn assessment(&self) -> Option<&Assessment> {
        self.assessed.as_ref().map(|a| &a.assessment)
    }

    /// What the list came from, all that it depends on beside its enterprises and its card; none before [`assess`](Self::assess).
    pub fn basis(&self) -> Option<Basis> {
        Some(Basis::new(&self.ranking()?).located_on(&self.catalogue))
    }

    /// Headings of the candidates' columns that the library does not know, in the order of [`Enterprise::extra`].
    pub fn extra_columns(&self) -> &[String] {
        &self.candidates.intake.extra_columns
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
        Some(Edition::new(&ranking, self.candidates()).on(self.basis()?))
    }

    /// Whether the best `k` mirror all candidates; see [`balance`](crate::monitor::balance).
    pub fn balance(&self, k: usize) -> Vec<Balance> {
        let Some(ranking) = self.ranking() else { return Vec::new() };
        balance(self.candidates(), &ranking.top_of(ranking.assessment().eligible(), k))
    }

    /// What words are drawn from.
    pub fn context(&self) -> Context<'_> {
        Context { catalogue: &self.catalogue, park: self.park(), extra_columns: &self.candidates.intake.extra_columns }
    }

    /// The candidates.
    pub fn candidates(&self) -> &[Enterprise] {
        &self.candidates.intake.enterprises
    }

    /// Which candidate was read from this row of the file; none for a row that was not read, or was merged into another.
    pub fn row_at(&self, number: u32) -> Option<usize> {
        self.candidates.row_at(number)
    }

    /// Which candidate is the enterprise of a key: a row number is of one table, a key of every month and machine.
    ///
    /// ```
    /// use xiangma::{Date, EnterpriseKey, Session};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// session.load_candidates("企业名称,所属省份\n示例光电有限公司,江苏\n".as_bytes())?;
    /// let key: EnterpriseKey = "示例光电有限公司|江苏".parse()?;
    /// assert_eq!(session.row_of(&key), Some(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn row_of(&self, key: &EnterpriseKey) -> Option<usize> {
        self.candidates().iter().position(|e| e.is(key))
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
        self.assessed.as_ref()?.park.as_ref()
    }

    /// The residents; none before they are loaded.
    pub fn residents(&self) -> &[Enterprise] {
        self.residents.as_ref().map_or(&[][..], |r| &r.intake.enterprises)
    }

    /// The chains.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The scorecard as it was set.
    pub fn scorecard(&self) -> &Scorecard {
        &self.settings.card
    }

    /// The scorecard with the [weights in force](Self::weights): what the list is made by, what is printed and signed. Its signature is that
    /// of the ranking.
    pub fn scorecard_in_force(&self) -> Scorecard {
        self.settings.card.clone().with_weights(&self.weights())
    }

    /// Ids of the target chains: those set, or all.
    pub fn target_chains(&self) -> Vec<String> {
        self.chains_of(&self.settings)
    }

    fn chains_of(&self, settings: &Settings) -> Vec<String> {
        let all = || self.catalogue.chains().iter().map(|c| c.id.clone()).collect();
        if settings.chains.is_empty() { all() } else { settings.chains.clone() }
    }

    /// Candidates that a text looks for, best first, up to `limit`; whatever the filter. It is words parted by spaces, of which each stands in
    /// the name, a former name, the credit code or a product, or gives the initials of characters that follow one another in a name:
    /// `gxkj` finds 光迅科技.
    pub fn find(&self, text: &str, limit: usize) -> Vec<u32> {
        let Some(ranking) = self.ranking() else { return Vec::new() };
        search(self.candidates(), text).map_or_else(|| ranking.top(limit), |found| ranking.top_of(&found, limit))
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
        if let Some(Assessed { properties, .. }) = &mut self.assessed
            && filter.text != self.filter.text
        {
            properties.look_for(&self.candidates.intake.enterprises, &filter.text);
        }
        self.filter = filter;
    }

    /// The best `k` candidates that the filter lets through, best first.
    pub fn top(&self, k: usize) -> Vec<u32> {
        let Some(ranking) = self.ranking() else { return Vec::new() };
        if self.filter == Filter::default() { ranking.top(k) } else { ranking.top_of(&self.selected(), k) }
    }

    /// The same by one criterion: those with the most points of it first, those with as many by their score. Who is ruled out comes last.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the card has no such criterion.
    pub fn top_by(&self, criterion: &str, k: usize) -> Result<Vec<u32>, Error> {
        let Some(ranking) = self.ranking() else { return Ok(Vec::new()) };
        let at = criterion_at(ranking.assessment().card(), criterion)?;
        Ok(ranking.top_by(&self.selected(), at, k))
    }

    /// How many candidates the filter lets through.
    pub fn passing(&self) -> usize {
        self.selected().count()
    }

    /// Of those the filter lets through and no veto rules out, how many scores lie in each of `bins` equal parts of 0 to 100; of more than
    /// 10 000 parts, 10 000.
    pub fn histogram(&self, bins: usize) -> Vec<u32> {
        let bins = bins.min(10_000);
        self.ranking().map_or_else(|| vec![0; bins], |ranking| ranking.histogram(&self.selected(), bins))
    }

    /// How many candidates the filter lets through, by each property.
    pub fn facets(&self) -> Facets {
        let (Some(ranking), Some(Assessed { properties, .. })) = (self.ranking(), &self.assessed) else { return Facets::default() };
        properties.facets(&self.narrowing(&ranking))
    }

    /// The candidates the filter lets through.
    fn selected(&self) -> Selection {
        match (self.ranking(), &self.assessed) {
            (Some(ranking), Some(Assessed { properties, .. })) => properties.selected(&self.narrowing(&ranking)),
            _ => Selection::default(),
        }
    }

    fn narrowing<'a>(&'a self, ranking: &'a Ranking<'a>) -> Narrowing<'a> {
        Narrowing { filter: &self.filter, ranking, enterprises: self.candidates(), rates: &self.settings.card.rates }
    }
}

/// The place of a criterion of a card.
fn criterion_at(card: &Scorecard, id: &str) -> Result<usize, Error> {
    let at = card.criteria.iter().position(|c| c.id == id);
    at.ok_or_else(|| Kind::BadArgument(format!("there is no criterion {id}")).into())
}
