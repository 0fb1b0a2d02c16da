//! What an assessment is told beside the card.

use crate::enterprise::Date;

/// What [`assess`](crate::assess) is told beside the card.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `chains` | all | the chains that count |
/// | `as_of` | required | the day ages and freshness are counted to; there is no clock inside |
/// | `target_regions` | none | provinces, cities, counties or development zones the team can easily reach |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessOptions {
    pub(crate) chains: Vec<String>,
    pub(crate) as_of: Date,
    pub(crate) target_regions: Vec<String>,
}

impl AssessOptions {
    /// Judged on this day, on every chain.
    pub fn new(as_of: Date) -> Self {
        Self { chains: Vec::new(), as_of, target_regions: Vec::new() }
    }

    /// The chains that count.
    pub fn chains<S: Into<String>>(mut self, chains: impl IntoIterator<Item = S>) -> Self {
        self.chains = chains.into_iter().map(Into::into).collect();
        self
    }

    /// Regions within reach, by the names of administrative divisions: `江苏`, `江苏省`, `南京`, `浦东新区`. A street of that name is not
    /// within it.
    pub fn target_regions<S: Into<String>>(mut self, regions: impl IntoIterator<Item = S>) -> Self {
        let trimmed = |region: S| region.into().trim().to_owned();
        self.target_regions = regions.into_iter().map(trimmed).filter(|r| !r.is_empty()).collect();
        self
    }
}
