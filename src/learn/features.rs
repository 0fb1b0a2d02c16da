//! Columns become features: what each is, how it is cut, and where a cell falls.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::intake::{Reading, read_date, read_number};
use crate::learn::frame::{Frame, is_missing};

/// The most bins of a number, and the most levels of a category; what is rarer is taken together.
const BINS: usize = 16;
const LEVELS: usize = 48;

/// A feature of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The heading of the column it is read from.
    pub column: String,
    /// How its cells are cut.
    #[serde(flatten)]
    pub cut: Cut,
}

/// How the cells of a column are cut into places. The last place is always for what is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Cut {
    /// A number, or a date as days since 1970: bins between edges, the edge itself below.
    Number {
        /// Rising.
        edges: Vec<f64>,
        /// Of the values: what is taken off, and what they are divided by, for the straight line.
        mean: f64,
        /// See `mean`.
        deviation: f64,
    },
    /// A word: its level, or the place of rare ones.
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
    /// `constant`, `identifier`, `text`, `duplicate`, `empty`, `excluded`.
    pub why: &'static str,
}

impl Cut {
    /// How many places.
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

    /// What a place is called.
    pub fn place_name(&self, place: usize) -> String {
        if place + 1 == self.places() {
            return "?".to_owned();
        }
        match self {
            Self::Number { edges, .. } => match (place.checked_sub(1).map(|i| edges[i]), edges.get(place)) {
                (None, Some(to)) => format!("≤ {to}"),
                (Some(from), Some(to)) => format!("{from} – {to}"),
                (Some(from), None) => format!("> {from}"),
                (None, None) => "any".to_owned(),
            },
            Self::Category { levels } => levels.get(place).cloned().unwrap_or_else(|| "…".to_owned()),
        }
    }
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

/// Cuts every column of a table but those excluded. `events` is how many of the rarer outcome there are: fewer allow fewer bins. Numbers
/// that only count the rows are left out where they may be `identifiers`.
pub(crate) fn cut(frame: &Frame, excluded: &[&str], events: usize, identifiers: bool) -> (Vec<Feature>, Vec<LeftOut>) {
    let (mut features, mut left_out): (Vec<Feature>, Vec<LeftOut>) = (Vec::new(), Vec::new());
    for (i, (header, cells)) in frame.headers.iter().zip(&frame.columns).enumerate() {
        let twin = || frame.columns[..i].contains(cells);
        let found = if excluded.contains(&header.as_str()) {
            Err("excluded")
        } else if header.is_empty() {
            Err("empty")
        } else {
            column(header, cells, events, identifiers)
        };
        match found {
            Ok(_) if twin() => left_out.push(LeftOut { column: header.clone(), why: "duplicate" }),
            Ok(cut) => features.push(Feature { column: header.clone(), cut }),
            Err(why) => left_out.push(LeftOut { column: header.clone(), why }),
        }
    }
    (features, left_out)
}

fn column(header: &str, cells: &[String], events: usize, identifiers: bool) -> Result<Cut, &'static str> {
    let known: Vec<&str> = cells.iter().map(String::as_str).filter(|c| !is_missing(c)).collect();
    if known.is_empty() {
        return Err("empty");
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    known.iter().for_each(|c| *counts.entry(c).or_default() += 1);
    if counts.len() == 1 && known.len() == cells.len() {
        return Err("constant");
    }
    let mut values: Vec<f64> = known.iter().filter_map(|c| number(c)).collect();
    if values.len() * 20 >= known.len() * 19 && counts.len() > 2 {
        let whole = values.iter().all(|x| x.fract() == 0.0);
        // Numbers of rows rise by one, or by little more where rows were taken out.
        let span = values.last().unwrap_or(&0.0) - values[0];
        let rising = values.windows(2).all(|w| w[0] < w[1]) && span < 4.0 * values.len() as f64;
        let named =
            ["id", "no", "编号", "序号", "row_id", "index"].contains(&header.to_lowercase().as_str()) || header.contains("信用代码");
        if identifiers && whole && counts.len() == cells.len() && cells.len() > 20 && (rising || named) {
            return Err("identifier");
        }
        values.sort_by(f64::total_cmp);
        return Ok(number_cut(&values, events));
    }
    if counts.len() * 2 > known.len() && counts.len() > 50 {
        return Err(if known.iter().any(|c| c.chars().count() > 24) { "text" } else { "identifier" });
    }
    // A level too rare to tell anything is rare with the others.
    let enough = (cells.len() / 400).clamp(3, 20);
    let mut levels: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n >= enough).collect();
    levels.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    levels.truncate(LEVELS);
    if levels.is_empty() {
        return Err("identifier");
    }
    Ok(Cut::Category { levels: levels.into_iter().map(|(level, _)| level.to_owned()).collect() })
}

/// Bins of about equal size, as many as the outcomes can tell apart; edges half way between values.
fn number_cut(sorted: &[f64], events: usize) -> Cut {
    let bins = (events / 8).clamp(4, BINS);
    let n = sorted.len();
    let mut edges: Vec<f64> = Vec::new();
    for i in 1..bins {
        let at = n * i / bins;
        // Between two different values, the next change from here on.
        let value = sorted[at.saturating_sub(1)];
        let next = sorted.partition_point(|x| *x <= value);
        if let Some(next) = sorted.get(next) {
            let edge = f64::midpoint(value, *next);
            if edges.last().is_none_or(|last| *last < edge) {
                edges.push(edge);
            }
        }
    }
    // The straight line runs over the middle nine tenths and is level beyond four deviations.
    let middle = &sorted[n / 20..(n - n / 20).max(n / 20 + 1)];
    let mean = middle.iter().sum::<f64>() / middle.len() as f64;
    let spread = (middle.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / middle.len() as f64).sqrt();
    let whole = (sorted.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n as f64).sqrt();
    let deviation = [spread, whole].into_iter().find(|s| *s > 0.0).unwrap_or(1.0);
    Cut::Number { edges, mean, deviation }
}
