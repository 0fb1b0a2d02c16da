//! The shortlist of a sitting: who, of all that were ranked, does the most for the park together.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::error::{Error, Kind};
use crate::park::{ChainState, Decision, DiagnosisRules, Passages, standing_links};
use crate::plan::{Prospect, Quota, Shortlist, ShortlistOptions, Tier, WhyNot};

/// What a shortlist is to be; strict JSON.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `count` | 20 | how many |
/// | `quota` | none | how many of a kind at most |
/// | `must` | none | rows that are on it whatever they are worth |
/// | `never` | none | rows that are not |
/// | `decisions` | none | what the park decided on links itself: a link it leaves is worth nothing |
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ShortlistQuery {
    /// How many.
    pub count: usize,
    /// How many of a kind at most.
    pub quota: Quota,
    /// Rows that are on it.
    pub must: Vec<u32>,
    /// Rows that are not.
    pub never: Vec<u32>,
    /// What the park decided on links itself.
    pub decisions: Vec<Decision>,
}

impl Default for ShortlistQuery {
    fn default() -> Self {
        Self { count: 20, quota: Quota::default(), must: Vec::new(), never: Vec::new(), decisions: Vec::new() }
    }
}

/// A shortlist, by the rows of the sitting's candidates; see [`Session::shortlist`].
#[derive(Debug, Clone)]
pub struct RowShortlist {
    rows: Vec<u32>,
    /// Of each row that may be chosen, its place among them.
    at: HashMap<u32, usize>,
    prospects: Vec<Prospect>,
    list: Shortlist,
    places: Vec<ListedRow>,
    before: Vec<ChainState>,
    after: Vec<ChainState>,
}

/// One on a shortlist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct ListedRow {
    /// Its row.
    pub row: u32,
    /// Its score, with two decimals.
    pub score: f64,
    /// What it adds to those before it, in points.
    pub value: f64,
    /// Leader, mid-tier, promising or other.
    pub tier: Tier,
    /// Links of the target chains it stands on, the best first.
    pub links: Vec<String>,
    /// Of them, those worth something that nobody before it stands on.
    pub closes: Vec<String>,
    /// How many passages are whole that were not with those before it.
    pub passages_closed: u64,
    /// Whether it had to be on the list.
    pub must: bool,
}

impl Session {
    /// Chooses candidates that together do the most for the park: their scores, and the gaps and passages they close. Who is ruled out or a
    /// resident is not chosen, nor asked for: such a row in `must` or `never` is left out.
    ///
    /// ```
    /// use xiangma::{Date, Session, ShortlistQuery};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// session.load_candidates("企业名称,主营产品\n示例甲有限公司,光模块\n示例乙有限公司,光模块\n示例丙有限公司,光学镜头\n".as_bytes())?;
    /// session.load_residents("企业名称,主营产品\n示例芯片有限公司,光芯片\n".as_bytes())?;
    /// session.target(&["optoelectronics".to_owned()], &[])?;
    /// session.assess()?;
    /// let mut query = ShortlistQuery::default();
    /// query.count = 2;
    /// let list = session.shortlist(&query)?;
    /// assert_eq!(list.places().len(), 2);
    /// assert!(list.places()[0].closes.contains(&"oc_module".to_owned()));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `NOTHING_LOADED` before [`assess`](Self::assess) or without residents; `BAD_ARGUMENT` when none or over 10 000
    /// are asked for, more must be on it than there is room for, or a row must be on it and must not; of decisions as
    /// [`Park::advise`](crate::Park::advise).
    pub fn shortlist(&self, query: &ShortlistQuery) -> Result<RowShortlist, Error> {
        let (Some(ranking), Some(park)) = (self.ranking(), self.park()) else { return Err(Kind::NothingLoaded.into()) };
        let rules = DiagnosisRules::builtin();
        let before = park.advise(self.catalogue(), &rules, &query.decisions)?;
        let assessment = ranking.assessment();
        let chains = self.target_chains();
        let on_chain = |link: &str| self.catalogue().link(link).is_some_and(|(chain, _)| chains.contains(&chain.id));
        let all = ranking.top(assessment.rows());
        let rows: Vec<u32> = all.into_iter().filter(|row| assessment.may_be_chosen(*row as usize)).collect();
        let matches: Vec<Vec<_>> = rows.iter().map(|row| self.matches(*row as usize).to_vec()).collect();
        let links = standing_links(self.catalogue(), &matches, &rules);
        let prospect = |(row, links): (&u32, Vec<&str>)| {
            let (row, e) = (*row as usize, &self.candidates()[*row as usize]);
            Prospect {
                score: (ranking.score(row).map_or(0.0, |s| s.rounded().score) * 100.0).round() as u32,
                links: links.into_iter().filter(|link| on_chain(link)).map(str::to_owned).collect(),
                region: e.region.province.clone(),
                tier: Tier::of(e),
            }
        };
        let prospects: Vec<Prospect> = rows.iter().zip(links).map(prospect).collect();
        let at: HashMap<u32, usize> = rows.iter().enumerate().map(|(at, row)| (*row, at)).collect();
        if let Some(both) = query.must.iter().find(|row| query.never.contains(row)) {
            let name = self.candidates().get(*both as usize).map_or("", |e| e.name.as_str());
            return Err(Kind::BadArgument(format!("`{name}` must be on the list and must not")).into());
        }
        let places = |wanted: &[u32]| wanted.iter().filter_map(|row| at.get(row).copied()).collect::<Vec<_>>();
        let options =
            ShortlistOptions::new().count(query.count).quota(query.quota.clone()).must(places(&query.must)).never(places(&query.never));
        let gaps = options.gaps(park, &before);
        let list = Shortlist::choose(&prospects, &gaps, &options)?;
        let mut after = before.clone();
        let places = list.chosen().iter().map(|chosen| {
            let prospect = &prospects[chosen.prospect];
            ListedRow {
                row: rows[chosen.prospect],
                score: f64::from(prospect.score) / 100.0,
                value: chosen.value as f64 / 100.0,
                tier: prospect.tier,
                links: prospect.links.clone(),
                closes: chosen.closes.clone(),
                passages_closed: self.fill(&mut after, &prospect.links),
                must: chosen.must,
            }
        });
        let places = places.collect();
        Ok(RowShortlist { rows, at, prospects, list, places, before, after })
    }

    /// Fills links in the states of chains, and says how many passages that makes whole.
    fn fill(&self, states: &mut [ChainState], links: &[String]) -> u64 {
        let mut closed = 0;
        for state in states {
            let Ok(chain) = self.catalogue().chain(&state.chain) else { continue };
            let own = |link: &str| links.iter().any(|l| l == link);
            let new: Vec<_> = chain.links.iter().filter(|l| own(&l.id) && !state.passages.is_filled(&l.id)).collect();
            if new.is_empty() {
                continue;
            }
            let passages = Passages::new(chain, &|link| state.passages.is_filled(link) || own(link));
            closed += passages.whole() - state.passages.whole();
            state.filled += new.iter().filter(|l| !l.peripheral && !l.sink).count() as u32;
            (state.whole, state.completeness) = (passages.whole(), (100 * state.filled / state.links.max(1)) as u8);
            state.passages = passages;
        }
        closed
    }
}

impl RowShortlist {
    /// Those on it, in the order in which they were chosen.
    pub fn places(&self) -> &[ListedRow] {
        &self.places
    }

    /// The target chains as they are.
    pub fn before(&self) -> &[ChainState] {
        &self.before
    }

    /// The same with the whole list here.
    pub fn after(&self) -> &[ChainState] {
        &self.after
    }

    /// The best match's link of a candidate, and the others it stands on; none for a row that may not be chosen.
    pub fn prospect(&self, row: u32) -> Option<&Prospect> {
        self.prospects.get(self.at(row)?)
    }

    /// Why a candidate is not on it, and the row of the one in its way; none for one that is, or that may not be chosen.
    pub fn why_not(&self, row: u32) -> Option<(WhyNot, Option<u32>)> {
        let found = self.list.why_not(self.at(row)?)?;
        let out = found.exchange.and_then(|exchange| self.rows.get(exchange.out).copied());
        Some((found, out))
    }

    /// True for a candidate that may be chosen.
    pub fn may_be_chosen(&self, row: u32) -> bool {
        self.at(row).is_some()
    }

    fn at(&self, row: u32) -> Option<usize> {
        self.at.get(&row).copied()
    }
}
