//! Value functions: a fact becomes points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Date, day};
use crate::scorecard::{Asked, Fact};
use crate::text::squeeze;

/// The most points a value function gives.
pub(crate) const FULL: u16 = 10_000;

/// A value function. Points are hundredths of a percent, 0 to 10 000.
///
/// | kind | takes | gives |
/// |---|---|---|
/// | `linear` | a number | straight lines between its knots `[number, points]`, level beyond the ends |
/// | `category` | a word | the points of the word, `other` for a word that is not listed |
/// | `flag` | yes or no | `yes` or `no` |
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
            other => return Err(format!("no kind is called `{other}`; there are linear, category, flag, range, freshness")),
        };
        let Keys {
            kind: _,
            knots: None,
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
    /// The points of a fact; `None` when the fact is unknown or of another kind.
    pub(crate) fn points(&self, fact: &Fact, as_of: Date) -> Option<u16> {
        match (self, fact) {
            (Self::Linear { knots }, Fact::Number(x)) => Some(interpolate(knots, *x)),
            (Self::Range { min, max, inside, outside }, Fact::Number(x)) => {
                Some(if (*min..=*max).contains(x) { *inside } else { *outside })
            }
            (Self::Category { points, other }, Fact::Word(word)) => points.get(word.as_ref()).copied().or_else(|| {
                // As people write it: wide letters, a space.
                let word = squeeze(word);
                points.iter().find(|(listed, _)| squeeze(listed) == word).map(|(_, p)| *p).or(*other)
            }),
            (Self::Flag { yes, no }, Fact::Flag(flag)) => Some(if *flag { *yes } else { *no }),
            (Self::Freshness { half_life_days, fresh }, Fact::Day(day)) => Some(freshness(*half_life_days, *fresh, *day, as_of)),
            _ => None,
        }
    }

    /// What it can judge.
    pub(crate) fn asks(&self) -> Asked {
        match self {
            Self::Linear { .. } | Self::Range { .. } => Asked::Number,
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
            Self::Range { min, max, .. } if min.is_nan() || max.is_nan() || min > max => Some("the range is empty".to_owned()),
            Self::Freshness { half_life_days, .. } if !(1..=36_500).contains(half_life_days) => {
                Some("the half-life is outside 1 to 36 500 days".to_owned())
            }
            _ => None,
        }
    }
}

fn interpolate(knots: &[(f64, u16)], x: f64) -> u16 {
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

/// Halves by whole half-lives, with a straight line between them: no transcendental function, so the same on every platform.
fn freshness(half_life: u32, fresh: u16, of: Date, as_of: Date) -> u16 {
    let days = (day::number(as_of) - day::number(of)).max(0) as u32;
    let (halvings, left) = (days / half_life, days % half_life);
    if halvings > 14 {
        return 0;
    }
    let now = f64::from(fresh) / f64::from(1_u32 << halvings);
    libm::round(now - now / 2.0 * f64::from(left) / f64::from(half_life)) as u16
}
