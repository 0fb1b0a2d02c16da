//! Value functions: a fact becomes points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Date, day};
use crate::scorecard::Asked;

/// The most points a value function gives.
pub(crate) const FULL: u16 = 10_000;

/// A value function. Points are hundredths of a percent, 0 to 10 000.
///
/// | kind | takes | gives |
/// |---|---|---|
/// | `linear` | a number | straight lines between its knots `[number, points]`, level beyond the ends |
/// | `category` | a word | the points of the word, `other` for a word that is not listed |
/// | `flag` | yes or no | `yes` or `no` |
/// | `percentile` | a number | where it stands among the `quantiles` of a reference table: 0 at the least of them, 10 000 at the greatest |
/// | `range` | a number | `inside` from `min` to `max`, `outside` elsewhere |
/// | `freshness` | a date | `fresh · 2^(−days / half_life_days)`, by straight lines between whole half-lives |
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", try_from = "Keys")]
pub enum Value {
    /// Straight lines between knots.
    Linear {
        /// `[number, points]`, numbers rising.
        knots: Vec<(f64, u16)>,
    },
    /// Where a number stands in a reference table.
    Percentile {
        /// Quantiles at even steps from the least to the greatest, rising: eleven numbers are the deciles.
        quantiles: Vec<f64>,
    },
    /// Points by word.
    Category {
        /// Points of each word.
        points: BTreeMap<String, u16>,
        /// Points of any other word; without it another word is unknown.
        other: Option<u16>,
    },
    /// Points of yes and of no.
    Flag {
        /// Points of yes.
        yes: u16,
        /// Points of no.
        no: u16,
    },
    /// Points inside and outside a range.
    Range {
        /// The lower end, inside.
        min: f64,
        /// The upper end, inside.
        max: f64,
        /// Points from `min` to `max`.
        inside: u16,
        /// Points elsewhere.
        outside: u16,
    },
    /// Points that halve with the age of a date.
    Freshness {
        /// Days in which they halve, 1 to 36 500.
        half_life_days: u32,
        /// Points on the day itself.
        fresh: u16,
    },
}

/// The keys of every kind, told apart after reading: a reader by kinds would be longer than that of all the rest of a scorecard.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    kind: String,
    knots: Option<Vec<(f64, u16)>>,
    quantiles: Option<Vec<f64>>,
    points: Option<BTreeMap<String, u16>>,
    other: Option<u16>,
    yes: Option<u16>,
    no: Option<u16>,
    min: Option<f64>,
    max: Option<f64>,
    inside: Option<u16>,
    outside: Option<u16>,
    half_life_days: Option<u32>,
    fresh: Option<u16>,
}

impl TryFrom<Keys> for Value {
    type Error = String;

    fn try_from(mut keys: Keys) -> Result<Self, String> {
        fn take<T>(slot: &mut Option<T>, key: &str) -> Result<T, String> {
            slot.take().ok_or_else(|| format!("missing key `{key}`"))
        }
        let value = match keys.kind.as_str() {
            "linear" => Self::Linear { knots: take(&mut keys.knots, "knots")? },
            "percentile" => Self::Percentile { quantiles: take(&mut keys.quantiles, "quantiles")? },
            "category" => Self::Category { points: take(&mut keys.points, "points")?, other: keys.other.take() },
            "flag" => Self::Flag { yes: take(&mut keys.yes, "yes")?, no: take(&mut keys.no, "no")? },
            "range" => Self::Range {
                min: take(&mut keys.min, "min")?,
                max: take(&mut keys.max, "max")?,
                inside: take(&mut keys.inside, "inside")?,
                outside: take(&mut keys.outside, "outside")?,
            },
            "freshness" => Self::Freshness {
                half_life_days: take(&mut keys.half_life_days, "half_life_days")?,
                fresh: take(&mut keys.fresh, "fresh")?,
            },
            other => return Err(format!("no kind is called `{other}`; there are linear, percentile, category, flag, range, freshness")),
        };
        let Keys {
            kind: _,
            knots: None,
            quantiles: None,
            points: None,
            other: None,
            yes: None,
            no: None,
            min: None,
            max: None,
            inside: None,
            outside: None,
            half_life_days: None,
            fresh: None,
        } = keys
        else {
            return Err(format!("a key does not belong to the kind `{}`", keys.kind));
        };
        Ok(value)
    }
}

impl Value {
    /// What it can judge.
    pub(crate) fn asks(&self) -> Asked {
        match self {
            Self::Linear { .. } | Self::Percentile { .. } | Self::Range { .. } => Asked::Number,
            Self::Category { .. } => Asked::Word,
            Self::Flag { .. } => Asked::Flag,
            Self::Freshness { .. } => Asked::Day,
        }
    }

    /// The fewest and the most points it can give.
    pub(crate) fn bounds(&self) -> (u16, u16) {
        let over = |points: &mut dyn Iterator<Item = u16>| points.fold((FULL, 0), |(low, high), p| (low.min(p), high.max(p)));
        match self {
            Self::Linear { knots } => over(&mut knots.iter().map(|k| k.1)),
            Self::Category { points, other } => over(&mut points.values().copied().chain(*other)),
            Self::Flag { yes, no } => over(&mut [*yes, *no].into_iter()),
            Self::Range { inside, outside, .. } => over(&mut [*inside, *outside].into_iter()),
            Self::Percentile { .. } => (0, FULL),
            Self::Freshness { fresh, .. } => (0, *fresh),
        }
    }

    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<String> {
        let (low, high) = self.bounds();
        if low > high {
            return Some("it gives no points at all".to_owned());
        }
        if high > FULL {
            return Some(format!("{high} points are over {FULL}"));
        }
        match self {
            Self::Linear { knots } if knots.iter().any(|k| !k.0.is_finite()) => Some("a knot is not a number".to_owned()),
            Self::Linear { knots } if knots.windows(2).any(|w| w[0].0 >= w[1].0) => Some("the knots do not rise".to_owned()),
            Self::Percentile { quantiles } if quantiles.len() < 2 => Some("quantiles are two and more".to_owned()),
            Self::Percentile { quantiles } if quantiles.iter().any(|q| !q.is_finite()) => Some("a quantile is not a number".to_owned()),
            Self::Percentile { quantiles } if quantiles.windows(2).any(|w| w[0] > w[1]) => Some("the quantiles fall".to_owned()),
            Self::Range { min, max, .. } if min.is_nan() || max.is_nan() || min > max => Some("the range is empty".to_owned()),
            Self::Freshness { half_life_days, .. } if !(1..=36_500).contains(half_life_days) => {
                Some("the half-life is outside 1 to 36 500 days".to_owned())
            }
            _ => None,
        }
    }
}

/// Points of a number on a curve.
pub(crate) fn interpolate(knots: &[(f64, u16)], x: f64) -> u16 {
    let above = knots.partition_point(|k| k.0 <= x);
    match (above.checked_sub(1).map(|i| knots[i]), knots.get(above)) {
        (Some((x0, p0)), Some((x1, p1))) => {
            let (p0, p1) = (f64::from(p0), f64::from(*p1));
            libm::round(p0 + (p1 - p0) * (x - x0) / (x1 - x0)) as u16
        }
        (Some((_, p)), None) => p,
        (None, Some((_, p))) => *p,
        (None, None) => 0,
    }
}

/// Where a number stands among quantiles at even steps; in the midst of those that are equal to it.
pub(crate) fn percentile(quantiles: &[f64], x: f64) -> u16 {
    let steps = quantiles.len().saturating_sub(1).max(1) as f64;
    let (below, upto) = (quantiles.partition_point(|q| *q < x), quantiles.partition_point(|q| *q <= x));
    let place = match (below.checked_sub(1).and_then(|i| quantiles.get(i)), quantiles.get(below)) {
        // As often as not equal to it.
        _ if upto > below => (below + upto - 1) as f64 / 2.0,
        (Some(before), Some(after)) => (below - 1) as f64 + (x - before) / (after - before),
        (None, _) => 0.0,
        (_, None) => steps,
    };
    libm::round(place / steps * f64::from(FULL)) as u16
}

/// Halves by whole half-lives, with a straight line between them: no transcendental function, so the same on every platform.
pub(crate) fn freshness(half_life: u32, fresh: u16, of: Date, as_of: Date) -> u16 {
    let days = (day::number(as_of) - day::number(of)).max(0) as u32;
    let (halvings, left) = (days / half_life, days % half_life);
    if halvings > 14 {
        return 0;
    }
    let now = f64::from(fresh) / f64::from(1_u32 << halvings);
    libm::round(now - now / 2.0 * f64::from(left) / f64::from(half_life)) as u16
}
