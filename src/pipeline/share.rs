//! A part of a whole, as figures of a year give it.

use serde::Serialize;

/// How many of how many. Serialized together with the share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Share {
    /// How many.
    pub count: u32,
    /// Of how many.
    pub of: u32,
    /// The share, 0 to 1.
    pub share: Option<f64>,
}

impl Share {
    /// A share of counts.
    pub fn new(count: u32, of: u32) -> Self {
        Self { count, of, share: (of > 0).then(|| f64::from(count) / f64::from(of)) }
    }

    /// In percent, to one decimal, halves up.
    ///
    /// ```
    /// use xiangma::pipeline::Share;
    ///
    /// assert_eq!(Share::new(395, 410).percent().as_deref(), Some("96.3"));
    /// assert_eq!(Share::new(1, 2000).percent().as_deref(), Some("0.1"));
    /// assert_eq!(Share::new(0, 0).percent(), None);
    /// ```
    pub fn percent(&self) -> Option<String> {
        let (count, of) = (u64::from(self.count), u64::from(self.of));
        let permille = (count * 2000 + of).checked_div(2 * of)?;
        Some(format!("{}.{}", permille / 10, permille % 10))
    }
}
