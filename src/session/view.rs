//! What is answered at once.

use serde::{Deserialize, Serialize};

use super::{Query, Session};
use crate::error::Error;
use crate::rank::{Facets, Place};

/// A list as a [`Query`] asks for it; see [`Session::view`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct View {
    /// How many candidates there are.
    pub total: usize,
    /// How many of them the filter lets through.
    pub passing: usize,
    /// The part of the list that was asked for; ranks are those in the whole list.
    pub places: Vec<Place>,
    /// How many the filter lets through, by each property.
    pub facets: Facets,
    /// Of those the filter lets through and no veto rules out, how many scores lie in each fiftieth of 0 to 100.
    pub histogram: Vec<u32>,
    /// The weights in force, one per criterion; they sum to 10 000.
    pub weights: Vec<u32>,
    /// Ids of criteria that nothing in this run can know.
    pub left_out: Vec<String>,
}

/// Bars of two points each.
const BINS: usize = 50;

impl Session {
    /// Takes over what a query changes and answers with the list as it then is. The least is done that turns what there is into that: asked
    /// twice, the second time only reads.
    ///
    /// ```
    /// use xiangma::{Date, Filter, Query, Session, Stand};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// session.load_candidates("企业名称,主营产品\n示例光电有限公司,光模块\n示例茶叶有限公司,茶叶\n".as_bytes())?;
    /// let filter = Filter { standings: vec![Stand::Confirmed], ..Filter::default() };
    /// let view = session.view(&Query { filter: Some(filter), count: 20, ..Query::default() })?;
    /// assert_eq!((view.total, view.passing), (2, 1));
    /// assert_eq!(session.candidates()[view.places[0].row as usize].name, "示例光电有限公司");
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`query`](Self::query); nothing is changed then.
    pub fn view(&mut self, query: &Query) -> Result<View, Error> {
        self.query(query)?;
        let most = query.from.saturating_add(query.count);
        let rows = match &query.by {
            Some(criterion) => self.top_by(criterion, most)?,
            None => self.top(most),
        };
        let Some(ranking) = self.ranking() else { return Ok(View::default()) };
        let part = rows.get(query.from..).unwrap_or_default();
        let ranked = part.iter().zip(ranking.ranks_of(part));
        Ok(View {
            total: self.candidates().len(),
            passing: self.passing(),
            places: ranked.filter_map(|(row, rank)| Some(Place { rank: rank?, row: *row, score: ranking.score(*row as usize)? })).collect(),
            facets: self.facets(),
            histogram: self.histogram(BINS),
            weights: self.weights(),
            left_out: ranking.assessment().left_out().map(str::to_owned).collect(),
        })
    }
}
