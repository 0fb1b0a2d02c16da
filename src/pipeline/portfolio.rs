//! The figures of a year: target against done, what the projects are made of, and where they are.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::enterprise::{Date, Money};
use crate::order::sort;
use crate::pipeline::Land;
use crate::pipeline::clocks::{By, UNKNOWN};
use crate::pipeline::phases::Phases;
use crate::pipeline::project::Project;
use crate::pipeline::share::Share;
use crate::pipeline::standing::{in_order, run};
use crate::rates::Rates;

/// Which year is asked for, and what counts in it.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::YearOptions;
///
/// let options = YearOptions::new(2026, Date::constant(2026, 11, 1)).target(53).target_chain("optoelectronics");
/// assert_eq!(options.large, 1_000_000_000);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct YearOptions {
    /// The year.
    pub year: i16,
    /// The day it is asked on: what comes after it has not happened.
    pub today: Date,
    /// How many projects are to be signed in the year.
    pub target: Option<u32>,
    /// The chains that are wanted most.
    pub target_chains: Vec<String>,
    /// From this investment, in yuan, a project is large. 10 亿 unless said.
    pub large: i64,
    /// The event by which a project counts; `signed` unless said.
    pub counts_by: String,
    /// The event from which its output counts; `production` unless said.
    pub produces_by: String,
    /// Money of other currencies in yuan; an amount without a rate is not known.
    pub rates: Rates,
}

impl YearOptions {
    /// A year without a target.
    pub fn new(year: i16, today: Date) -> Self {
        Self {
            year,
            today,
            target: None,
            target_chains: Vec::new(),
            large: 1_000_000_000,
            counts_by: "signed".to_owned(),
            produces_by: "production".to_owned(),
            rates: Rates { date: String::new(), yuan: BTreeMap::new() },
        }
    }

    /// How many projects are to be signed.
    pub fn target(mut self, projects: u32) -> Self {
        self.target = Some(projects);
        self
    }

    /// A chain that is wanted most; may be repeated.
    pub fn target_chain(mut self, id: impl Into<String>) -> Self {
        self.target_chains.push(id.into());
        self
    }

    /// Rates of other currencies.
    pub fn rates(mut self, rates: Rates) -> Self {
        self.rates = rates;
        self
    }
}

/// The figures of a year. Sums are of what is known, in whole yuan; [`Unknowns`] has how many projects they leave out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Portfolio {
    /// The year.
    pub year: i16,
    /// Up to which day.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub until: Date,
    /// How many were signed.
    pub signed: u32,
    /// The same as a share of the target; none without one.
    pub of_target: Option<Share>,
    /// How many were signed in the year before until the same day.
    pub signed_before: u32,
    /// Of those whose chain is known, how many are on a target chain.
    pub in_target_chains: Share,
    /// Of those whose investment is known, how many are large.
    pub large: Share,
    /// 总投资, yuan.
    pub investment: i64,
    /// 年税收 promised, yuan.
    pub tax: i64,
    /// 用地.
    pub land: Land,
    /// 亩均投资, yuan, of those whose land and investment are known.
    pub investment_per_mu: Option<i64>,
    /// 亩均税收, yuan a year, of those whose land and tax are known.
    pub tax_per_mu: Option<i64>,
    /// For how many something is not known.
    pub unknown: Unknowns,
    /// Month by month, with the year before.
    pub months: Vec<Month>,
    /// By chain, the most projects first.
    pub by_chain: Vec<Part>,
    /// By district.
    pub by_district: Vec<Part>,
    /// By officer; a project of two counts for each.
    pub by_officer: Vec<Part>,
    /// By kind.
    pub by_kind: Vec<Part>,
    /// How many projects are in each phase now, whenever they were signed; those in the pool are left out.
    pub phases: BTreeMap<String, u32>,
}

/// For how many of the projects signed each figure is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Unknowns {
    /// The chain.
    pub chain: u32,
    /// The investment.
    pub investment: u32,
    /// The tax.
    pub tax: u32,
    /// The land, of those that are supplied land.
    pub land: u32,
}

/// A month, and the same of the year before.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "PortfolioMonth"))]
#[non_exhaustive]
pub struct Month {
    /// From 1.
    pub month: i8,
    /// Projects signed.
    pub signed: Compared,
    /// Their investment, yuan.
    pub investment: Compared,
    /// Projects that went into production.
    pub produced: Compared,
    /// Their output promised a year, yuan.
    pub output: Compared,
}

/// A figure and that of the year before (同比).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Compared {
    /// Now.
    pub now: i64,
    /// A year before.
    pub before: i64,
    /// The change as a share of the figure before; none of nothing.
    pub change: Option<f64>,
}

impl Compared {
    fn new(now: i64, before: i64) -> Self {
        Self { now, before, change: (before != 0).then(|| (now - before) as f64 / before as f64) }
    }
}

/// The projects of one chain, district or officer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "PortfolioPart"))]
#[non_exhaustive]
pub struct Part {
    /// Which; empty where it is not known.
    pub name: String,
    /// How many of those signed.
    pub signed: Share,
    /// Their investment, yuan.
    pub investment: i64,
}

/// A project that counts, and when.
struct Counted<'p> {
    project: &'p Project,
    day: Date,
    investment: Option<i64>,
}

/// The figures of a year of projects.
///
/// A project counts in the year of its first event of the kind asked for (`signed` unless said), looking only at the run it is in; one that went back
/// to the pool does not count.
///
/// ```
/// use xiangma::Date;
/// use xiangma::pipeline::{Phases, Project, YearOptions, portfolio};
///
/// let project: Project = serde_json::from_str(
///     r#"{"number": "1", "chain": "optoelectronics", "land": "100亩", "investment": {"amount": 1.2e9, "currency": "CNY"},
///         "events": [{"day": "2026-03-02", "event": "signed"}]}"#,
/// )?;
/// let options = YearOptions::new(2026, Date::constant(2026, 11, 1)).target(2).target_chain("optoelectronics");
/// let figures = portfolio(&[project], &Phases::default(), &options);
/// assert_eq!(figures.of_target.and_then(|s| s.percent()).as_deref(), Some("50.0"));
/// assert_eq!((figures.large.count, figures.investment_per_mu), (1, Some(12_000_000)));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn portfolio(projects: &[Project], phases: &Phases, options: &YearOptions) -> Portfolio {
    let signed = counted(projects, phases, options, &options.counts_by);
    let produced = counted(projects, phases, options, &options.produces_by);
    let of_year = |all: &[Counted<'_>], year: i16| all.iter().filter(|c| c.day.year() == year).count() as u32;
    let same_day = options.today.year() == options.year;
    let until = if same_day { options.today } else { Date::new(options.year, 12, 31).unwrap_or(options.today) };
    let now: Vec<&Counted<'_>> = signed.iter().filter(|c| c.day.year() == options.year).collect();
    let (year, count) = (options.year, of_year(&signed, options.year));
    let is_before =
        |c: &&Counted<'_>| c.day.year() == year - 1 && (!same_day || (c.day.month(), c.day.day()) <= (until.month(), until.day()));
    let with_chain = now.iter().filter_map(|c| c.project.chain.as_ref());
    let in_target = with_chain.clone().filter(|chain| options.target_chains.contains(chain)).count() as u32;
    let amounts = || now.iter().filter_map(|c| c.investment);
    let taxes: Vec<Option<i64>> = now.iter().map(|c| yuan(c.project.tax, &options.rates)).collect();
    let needs_land = |c: &&&Counted<'_>| c.project.land.is_none() && c.project.kind.is_none_or(|k| k == super::ProjectKind::LandSupply);
    let unknown = Unknowns {
        chain: count - with_chain.clone().count() as u32,
        investment: count - amounts().count() as u32,
        tax: taxes.iter().filter(|t| t.is_none()).count() as u32,
        land: now.iter().filter(needs_land).count() as u32,
    };
    Portfolio {
        year,
        until,
        signed: count,
        of_target: options.target.map(|target| Share::new(count, target)),
        signed_before: signed.iter().filter(is_before).count() as u32,
        in_target_chains: Share::new(in_target, with_chain.count() as u32),
        large: Share::new(amounts().filter(|yuan| *yuan >= options.large).count() as u32, amounts().count() as u32),
        investment: amounts().sum(),
        tax: taxes.iter().flatten().sum(),
        land: now.iter().filter_map(|c| c.project.land).fold(Land::default(), Land::plus),
        investment_per_mu: per_mu(now.iter().map(|c| (c.project.land, c.investment))),
        tax_per_mu: per_mu(now.iter().zip(&taxes).map(|(c, tax)| (c.project.land, *tax))),
        unknown,
        months: months(&signed, &produced, options, until),
        by_chain: parts(&now, phases, By::Chain),
        by_district: parts(&now, phases, By::District),
        by_officer: parts(&now, phases, By::Officer),
        by_kind: parts(&now, phases, By::Kind),
        phases: in_phases(projects, phases, options.today),
    }
}

/// How many projects are in each phase; those in the pool are left out.
fn in_phases(projects: &[Project], phases: &Phases, today: Date) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for standing in projects.iter().map(|p| phases.standing_on(p, today)).filter(|s| s.returned.is_none()) {
        *counts.entry(standing.phase.map_or(UNKNOWN, |p| p.id.as_str()).to_owned()).or_default() += 1;
    }
    counts
}

fn counted<'p>(projects: &'p [Project], phases: &Phases, options: &YearOptions, event: &str) -> Vec<Counted<'p>> {
    let day = |project: &Project| {
        let events = in_order(phases, project, options.today);
        let run = run(phases, &events);
        let is_back = run.last().is_some_and(|e| e.event == phases.returned);
        run.iter().find(|e| e.event == event).map(|e| e.day).filter(|_| !is_back)
    };
    let with_day = projects.iter().filter_map(|project| Some((project, day(project)?)));
    with_day.map(|(project, day)| Counted { project, day, investment: yuan(project.investment, &options.rates) }).collect()
}

/// Whole yuan; none for what is not known, or has no rate.
fn yuan(money: Option<Money>, rates: &Rates) -> Option<i64> {
    let yuan = libm::round(rates.yuan(money?)?);
    (yuan.abs() < 1e15).then_some(yuan as i64)
}

/// Of those of which both are known, an amount on a mu.
fn per_mu(both: impl Iterator<Item = (Option<Land>, Option<i64>)>) -> Option<i64> {
    let known = both.filter_map(|(land, amount)| Some((land?, amount?)));
    let (land, amount) = known.fold((Land::default(), 0), |sum, (land, amount)| (sum.0.plus(land), sum.1 + amount));
    land.per_mu(amount)
}

fn months(signed: &[Counted<'_>], produced: &[Counted<'_>], options: &YearOptions, until: Date) -> Vec<Month> {
    let sum = |all: &[Counted<'_>], month: i8, amount: &dyn Fn(&Counted<'_>) -> i64| {
        let of = |year: i16| all.iter().filter(|c| (c.day.year(), c.day.month()) == (year, month)).map(amount).sum();
        Compared::new(of(options.year), of(options.year - 1))
    };
    let one = |_: &Counted<'_>| 1;
    let investment = |c: &Counted<'_>| c.investment.unwrap_or(0);
    let output = |c: &Counted<'_>| yuan(c.project.output, &options.rates).unwrap_or(0);
    let month = |month| Month {
        month,
        signed: sum(signed, month, &one),
        investment: sum(signed, month, &investment),
        produced: sum(produced, month, &one),
        output: sum(produced, month, &output),
    };
    (1..=until.month()).map(month).collect()
}

fn parts(now: &[&Counted<'_>], phases: &Phases, by: By) -> Vec<Part> {
    let mut sums: BTreeMap<&str, (u32, i64)> = BTreeMap::new();
    for c in now {
        for group in by.groups(phases, c.project) {
            let (count, investment) = sums.entry(group).or_default();
            *count += 1;
            *investment += c.investment.unwrap_or(0);
        }
    }
    let part = |(name, (count, investment)): (&str, (u32, i64))| Part {
        name: name.to_owned(),
        signed: Share::new(count, now.len() as u32),
        investment,
    };
    let mut parts: Vec<Part> = sums.into_iter().map(part).collect();
    sort(&mut parts, &|a, b| b.signed.count.cmp(&a.signed.count).then_with(|| a.name.cmp(&b.name)));
    parts
}
