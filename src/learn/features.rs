//! What a feature is, and where a cell of its column falls.

use serde::Serialize;

use crate::intake::{Reading, read_date, read_number};
use crate::learn::keys::Keys;
use crate::learn::missing::is_missing;

/// A feature of a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Feature {
    /// The heading of the column it is read from.
    pub column: String,
    /// How its cells are cut.
    pub cut: Cut,
}

/// How the cells of a column are cut into places. The last place is always for what is missing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// A number, or a date as days since 1970-01-01: bins between edges, the edge itself below.
    Number {
        /// Rising.
        edges: Vec<f64>,
        /// The mean of the middle nine tenths of the values, which is taken off for the straight line.
        mean: f64,
        /// Their deviation, by which is divided; of all values where theirs is zero, and 1 where that is zero too.
        deviation: f64,
    },
    /// A word: its level, told character for character, or the place of rare ones, which is the last but one.
    Category {
        /// Most frequent first.
        levels: Vec<String>,
    },
}

/// Why a column is not a feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its heading.
    pub column: String,
    /// `constant`, `identifier`, `text`, `duplicate`, `empty`, `excluded`, `personal`, or `too_many` for what told least where there are
    /// more columns than a model can hold.
    pub why: &'static str,
}

impl Feature {
    pub(crate) fn read(keys: Keys<'_>) -> Self {
        let cut = keys.object("cut");
        let cut = if cut.has("number") {
            let number = cut.object("number");
            Cut::Number { edges: number.numbers("edges"), mean: number.number("mean"), deviation: number.number("deviation") }
        } else {
            Cut::Category { levels: cut.object("category").texts("levels") }
        };
        Self { column: keys.text("column"), cut }
    }
}

impl Cut {
    /// True when it can be applied to any cell.
    pub(crate) fn holds_together(&self) -> bool {
        match self {
            Self::Number { edges, mean, deviation } => {
                let rises = edges.is_sorted_by(|a, b| a < b) && edges.iter().all(|e| e.is_finite());
                rises && mean.is_finite() && deviation.is_finite() && *deviation > 0.0
            }
            Self::Category { .. } => true,
        }
    }

    /// How many places, those of rare words and of what is missing among them.
    pub fn places(&self) -> usize {
        match self {
            Self::Number { edges, .. } => edges.len() + 2,
            Self::Category { levels } => levels.len() + 2,
        }
    }

    /// Where a cell falls, and its value on the straight line; none for a word, or for what is missing.
    pub(crate) fn place(&self, cell: &str) -> (usize, Option<f64>) {
        if is_missing(cell) {
            return (self.places() - 1, None);
        }
        match self {
            Self::Number { edges, mean, deviation } => match number(cell) {
                // What was a number in training and is none here is not known.
                None => (edges.len() + 1, None),
                Some(x) => {
                    let line = ((x - mean) / deviation).clamp(-4.0, 4.0);
                    (edges.partition_point(|e| *e < x), Some(line))
                }
            },
            Self::Category { levels } => (levels.iter().position(|l| l == cell).unwrap_or(levels.len()), None),
        }
    }

    /// What a trend over this feature is multiplied by, for a cell's value on the straight line.
    pub(crate) fn trend(&self, line: Option<f64>) -> f64 {
        match (self, line) {
            (Self::Category { .. }, _) => 1.0,
            (Self::Number { .. }, None) => 0.0,
            // Level beyond two deviations: far out, a product of two lines would outgrow everything else.
            (Self::Number { .. }, Some(x)) => x.clamp(-2.0, 2.0),
        }
    }

    /// Coarser places, six or so: neighbouring bins of about equal size, the most frequent levels; what is missing stays apart.
    pub(crate) fn merged(&self, seen: &[usize]) -> Vec<usize> {
        const PLACES: usize = 8;
        let Some(last) = seen.len().checked_sub(1) else { return Vec::new() };
        let mut merged = vec![0; seen.len()];
        match self {
            Self::Number { .. } => {
                // Rows are no more than 32 bits can count; eight times as many need more where a word has no more.
                let total = seen[..last].iter().map(|n| *n as u64).sum::<u64>().max(1);
                let mut before = 0;
                for (place, count) in seen[..last].iter().map(|n| *n as u64).enumerate() {
                    merged[place] = (((before + count / 2) * PLACES as u64 / total) as usize).min(PLACES - 1);
                    before += count;
                }
            }
            Self::Category { .. } => {
                for (place, to) in merged[..last].iter_mut().enumerate() {
                    *to = place.min(PLACES - 1);
                }
            }
        }
        // Numbered without gaps, in order.
        let mut used = [false; PLACES];
        merged[..last].iter().for_each(|place| used[*place] = true);
        let before = |place: usize| used[..place].iter().filter(|u| **u).count();
        merged[..last].iter_mut().for_each(|place| *place = before(*place));
        merged[last] = before(PLACES);
        merged
    }

    /// True for a word that is none of the levels.
    pub(crate) fn is_unknown_word(&self, cell: &str) -> bool {
        matches!(self, Self::Category { levels } if !is_missing(cell) && !levels.iter().any(|l| l == cell))
    }

    /// What a place, counted from 0, is called: `≤ 3`, `3 – 8`, `> 8`, a level, `…` for rare words, `?` for what is missing and for what is
    /// no place.
    pub fn place_name(&self, place: usize) -> String {
        if place >= self.places() - 1 {
            return "?".to_owned();
        }
        match self {
            Self::Number { edges, .. } => match (place.checked_sub(1).and_then(|i| edges.get(i)), edges.get(place)) {
                (None, Some(to)) => format!("≤ {to}"),
                (Some(from), Some(to)) => format!("{from} – {to}"),
                (Some(from), None) => format!("> {from}"),
                (None, None) => "any".to_owned(),
            },
            Self::Category { levels } => levels.get(place).cloned().unwrap_or_else(|| "…".to_owned()),
        }
    }
}

/// What of a straight line is a hump or a hollow: its square, level beyond two deviations, nothing on the average and of about one
/// deviation itself.
pub(crate) fn bend(line: f64) -> f64 {
    let x = line.clamp(-2.0, 2.0);
    (x * x - 1.0) * std::f64::consts::FRAC_1_SQRT_2
}

/// A number, or a date as days since 1970. What no table of anything holds is no number: its square would not be one.
pub(crate) fn number(cell: &str) -> Option<f64> {
    read_number(cell).filter(|x| x.abs() < 1e100).or_else(|| match read_date(cell) {
        Reading::Ok(day) if cell.contains(['-', '/', '.', '年']) => {
            Some((day.duration_since(crate::Date::constant(1970, 1, 1)).as_hours() / 24) as f64)
        }
        _ => None,
    })
}
