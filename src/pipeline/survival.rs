//! Time until something happens, when of some it has not happened yet: Kaplan and Meier's estimate with Greenwood's bounds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How long somebody was watched, and whether it then happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    /// Days.
    pub days: u32,
    /// Whether it happened on the last of them; otherwise nobody knows what comes after it.
    pub happened: bool,
}

/// The share of those to whom it has not happened yet, by day.
///
/// ```
/// use xiangma::pipeline::{Survival, Watched};
///
/// let watched = |days, happened| Watched { days, happened };
/// let survival = Survival::new([watched(10, true), watched(20, false), watched(30, true), watched(40, true)]);
/// assert_eq!(survival.at(10), 0.75);
/// assert_eq!(survival.at(29), 0.75, "who is watched no longer counts neither way");
/// assert_eq!(survival.at(30), 0.375);
/// assert_eq!(survival.day_by(0.5), Some(30));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Survival {
    /// The days on which it happened to somebody, or somebody was watched for the last time.
    pub steps: Vec<SurvivalStep>,
}

/// A day of [`Survival`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct SurvivalStep {
    /// The day, from the first that was watched.
    pub day: u32,
    /// How many were watched until then.
    pub at_risk: u32,
    /// To how many it happened.
    pub happened: u32,
    /// How many were watched no longer.
    pub censored: u32,
    /// The share to whom it has not happened by the end of the day, 0 to 1.
    pub survival: f64,
    /// Its standard error by Greenwood's formula; none when the share is 0.
    pub standard_error: Option<f64>,
    /// Bounds of 95 %, by Greenwood's formula for log(−log) of the share, which stay between 0 and 1; none when the share is 0.
    pub bounds: Option<(f64, f64)>,
}

/// The normal deviate that leaves one part in forty above it.
const Z: f64 = 1.959_963_984_540_054;

impl Survival {
    /// The estimate of what was watched.
    pub fn new(watched: impl IntoIterator<Item = Watched>) -> Self {
        let mut days: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for w in watched {
            let (happened, censored) = days.entry(w.days).or_default();
            *(if w.happened { happened } else { censored }) += 1;
        }
        let mut at_risk: u32 = days.values().map(|(happened, censored)| happened + censored).sum();
        let (mut survival, mut greenwood) = (1.0, 0.0);
        let step = |(day, (happened, censored))| {
            let (n, d) = (f64::from(at_risk), f64::from(happened));
            if happened > 0 {
                survival *= 1.0 - d / n;
                greenwood += d / (n * (n - d));
            }
            let is_some = happened < at_risk && survival > 0.0;
            let step = SurvivalStep {
                day,
                at_risk,
                happened,
                censored,
                survival,
                standard_error: is_some.then(|| survival * f64::sqrt(greenwood)),
                bounds: is_some.then(|| bounds(survival, greenwood)),
            };
            at_risk -= happened + censored;
            step
        };
        Self { steps: days.into_iter().map(step).collect() }
    }

    /// The share to whom it has not happened by the end of a day.
    pub fn at(&self, day: u32) -> f64 {
        self.steps.iter().take_while(|s| s.day <= day).last().map_or(1.0, |s| s.survival)
    }

    /// The first day by which it has happened to a share, 0 to 1, of all; none when it has not happened to so many yet.
    pub fn day_by(&self, share: f64) -> Option<u32> {
        // A share of so many is met by a share that differs in the last bit of its sum.
        self.steps.iter().find(|s| s.survival <= 1.0 - share + 1e-12).map(|s| s.day)
    }

    /// The day by which it has happened to half.
    pub fn median(&self) -> Option<u32> {
        self.day_by(0.5)
    }
}

fn bounds(survival: f64, greenwood: f64) -> (f64, f64) {
    let log = libm::log(survival);
    if log >= 0.0 {
        return (1.0, 1.0);
    }
    let (middle, spread) = (libm::log(-log), Z * f64::sqrt(greenwood) / log);
    let at = |x: f64| libm::exp(-libm::exp(x));
    (at(middle - spread), at(middle + spread))
}
