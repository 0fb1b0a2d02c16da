//! Land: one area, whatever unit it was written in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Kind};
use crate::text::squeeze;

/// An area of land, exact in 亩, 平方米 and 公顷: a mu is two thousand thirds of a square metre, a hectare fifteen mu.
///
/// Written in 亩, in which each of these has finitely many decimals: a square metre is 0.0015 亩.
///
/// ```
/// use xiangma::pipeline::Land;
///
/// let land: Land = "10公顷".parse()?;
/// assert_eq!(land, "150亩".parse()?);
/// assert_eq!(land, "100,000 平方米".parse()?);
/// assert_eq!(land.to_string(), "150亩");
/// assert!("150".parse::<Land>().is_err(), "150 of what?");
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
pub struct Land(u64);

/// What is counted: thirds of a square centimetre, of which every unit has a whole number.
const SQUARE_METRE: u64 = 30_000;
const MU: u64 = 20_000_000;
const HECTARE: u64 = 15 * MU;
const SQUARE_KILOMETRE: u64 = 100 * HECTARE;

const UNITS: [(&str, u64); 15] = [
    ("平方公里", SQUARE_KILOMETRE),
    ("平方千米", SQUARE_KILOMETRE),
    ("KM2", SQUARE_KILOMETRE),
    ("KM²", SQUARE_KILOMETRE),
    ("平方米", SQUARE_METRE),
    ("㎡", SQUARE_METRE),
    ("M²", SQUARE_METRE),
    ("平米", SQUARE_METRE),
    ("M2", SQUARE_METRE),
    ("公顷", HECTARE),
    ("HA", HECTARE),
    ("万亩", 10_000 * MU),
    ("市亩", MU),
    ("MU", MU),
    ("亩", MU),
];

/// The most land: more than any zone has, and few enough that sums of a million stay whole.
const MOST: u64 = 10_000 * SQUARE_KILOMETRE;

impl Land {
    /// An area of whole mu.
    pub const fn from_mu(mu: u32) -> Self {
        Self(mu as u64 * MU)
    }

    /// In 亩.
    pub fn mu(self) -> f64 {
        self.0 as f64 / MU as f64
    }

    /// In square metres.
    pub fn square_metres(self) -> f64 {
        self.0 as f64 / SQUARE_METRE as f64
    }

    /// In hectares.
    pub fn hectares(self) -> f64 {
        self.0 as f64 / HECTARE as f64
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Of an amount on this land, how much on each mu, rounded; none where there is no land.
    ///
    /// ```
    /// # use xiangma::pipeline::Land;
    /// assert_eq!(Land::from_mu(150).per_mu(450_000_000), Some(3_000_000));
    /// ```
    pub fn per_mu(self, amount: i64) -> Option<i64> {
        let land = i128::from(self.0);
        let twice = i128::from(amount) * i128::from(MU) * 2 + land;
        (land > 0).then(|| i64::try_from(twice.div_euclid(2 * land)).ok()).flatten()
    }
}

impl FromStr for Land {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bad =
            |why: &str| Error::from(Kind::BadArgument(format!("`{text}` is no area of land: {why}; write 150亩, 100000平方米 or 10公顷")));
        let folded = squeeze(text);
        let folded = folded.as_str();
        let Some((number, unit)) = UNITS.iter().find_map(|(name, unit)| Some((folded.strip_suffix(name)?, *unit))) else {
            return Err(bad(if folded.ends_with(|c: char| c.is_ascii_digit()) { "it names no unit" } else { "its unit is not known" }));
        };
        let number = number.replace(',', "");
        let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
        let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.starts_with('-') {
            return Err(bad("it is negative"));
        }
        if whole.is_empty() || whole.len() > 12 || part.len() > 12 || !is_number(whole) || !is_number(part) {
            return Err(bad("it is no number"));
        }
        // Rounded to a third of a square centimetre, which nobody measures.
        let scale = 10_u128.pow(part.len() as u32);
        let digits: u128 = format!("{whole}{part}").parse().map_err(|_| bad("it is no number"))?;
        let area = (digits * u128::from(unit) * 2 + scale) / (2 * scale);
        u64::try_from(area).ok().filter(|a| *a <= MOST).map(Self).ok_or_else(|| bad("it is more than any zone has"))
    }
}

impl fmt::Display for Land {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Eight decimals of a mu are exact.
        let part = format!("{:08}", self.0 % MU * 5);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        write!(f, "{}{point}{part}亩", self.0 / MU)
    }
}

impl Serialize for Land {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Land {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
