//! What a list came from: all that its scores and ranks depend on beside the table itself.

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Definition};
use crate::enterprise::Date;
use crate::order::sort;
use crate::rank::{Method, Ranking};
use crate::text::sha256;

/// What a list came from. Nothing stands for what is not known, as of lists that were kept before it was written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Basis {
    /// The day ages and freshness were counted to.
    pub as_of: Option<Date>,
    /// The chains that counted; all of the catalogue when empty.
    pub chains: Option<Vec<String>>,
    /// Provinces or cities within reach.
    pub regions: Option<Vec<String>>,
    /// SHA-256 of the names of the residents, in their order by letters; `none` without residents.
    pub residents: Option<String>,
    /// SHA-256 of the chains as data.
    pub catalogue: Option<String>,
    /// The method: `weighted_sum`, or another of [`Method`].
    pub method: Option<String>,
    /// The version of this library.
    pub library: Option<String>,
}

/// One thing in which two lists are not of the same kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Unlike {
    /// `scorecard`, `chains`, `regions`, `method`, `catalogue`, `residents`, `as_of` or `library`.
    pub what: &'static str,
    /// Of the earlier list; none for what is not known.
    pub before: Option<String>,
    /// Of the later one.
    pub now: Option<String>,
}

impl Basis {
    /// What a ranking came from. What it does not know of itself is told by [`located_on`](Self::located_on) and
    /// [`ranked_by`](Self::ranked_by).
    pub fn new(ranking: &Ranking<'_>) -> Self {
        let assessment = ranking.assessment();
        let residents: Vec<&str> = assessment.residents.names().collect();
        Self {
            as_of: Some(assessment.options.as_of),
            chains: Some(assessment.options.chains.clone()),
            regions: Some(assessment.options.target_regions.clone()),
            residents: Some(if residents.is_empty() { "none".to_owned() } else { sha256(&residents.join("\n")) }),
            catalogue: None,
            method: Some(Method::WeightedSum.as_str().to_owned()),
            library: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }
    }

    /// The catalogue that its enterprises were located on.
    pub fn located_on(mut self, catalogue: &Catalogue) -> Self {
        // Some builds are without definitions; matches do not depend on them.
        let mut chains = catalogue.chains().to_vec();
        chains.iter_mut().flat_map(|c| &mut c.links).for_each(|link| link.is = Definition::default());
        self.catalogue = serde_json::to_string(&chains).ok().map(|text| sha256(&text));
        self
    }

    /// The method that it was ordered by.
    pub fn ranked_by(mut self, method: Method) -> Self {
        self.method = Some(method.as_str().to_owned());
        self
    }

    /// In what two are not the same, as far as both are known: first what makes ranks and scores mean something else, then what changes from
    /// month to month and may be why somebody moved.
    pub(super) fn unlike(&self, before: &Self) -> (Vec<Unlike>, Vec<Unlike>) {
        let sorted = |list: &Option<Vec<String>>| {
            let mut list = list.clone()?;
            sort(&mut list, &Ord::cmp);
            Some(if list.is_empty() { "all".to_owned() } else { list.join(", ") })
        };
        let of = |basis: &Self| {
            [
                ("chains", sorted(&basis.chains)),
                ("regions", sorted(&basis.regions).map(|r| if r == "all" { "none".to_owned() } else { r })),
                ("method", basis.method.clone()),
                ("catalogue", basis.catalogue.clone()),
                ("residents", basis.residents.clone()),
                ("as_of", basis.as_of.map(|day| day.to_string())),
                ("library", basis.library.clone()),
            ]
        };
        let all = of(before).into_iter().zip(of(self)).map(|((what, before), (_, now))| Unlike { what, before, now });
        let differs = all.filter(|u| u.before != u.now);
        differs.partition(|u| !matches!(u.what, "residents" | "as_of" | "library") && u.before.is_some() && u.now.is_some())
    }
}
