//! Columns become features: what each is, and where it is cut.

use std::collections::BTreeMap;

use crate::learn::features::{Cut, Feature, LeftOut, number};
use crate::learn::frame::Frame;
use crate::learn::missing::is_missing;
use crate::order::sort;

/// The most bins of a number, and the most levels of a category; what is rarer is taken together.
const BINS: usize = 64;
const LEVELS: usize = 48;

/// The most places of all features together: the time to learn grows with their cube.
pub(crate) const MOST_PLACES: usize = 520;

/// However many columns there are, numbers keep so many bins, and categories so many levels.
const FEWEST_BINS: usize = 8;
const FEWEST_LEVELS: usize = 4;

/// Cuts every column of a table but those excluded. `events` is how many of the rarer outcome there are: fewer allow fewer bins. Numbers
/// that only count the rows are left out where they may be `identifiers`.
pub(crate) fn cut(frame: &Frame, excluded: &[&str], events: usize, identifiers: bool) -> (Vec<Feature>, Vec<LeftOut>) {
    let (mut bins, mut levels) = ((events / 6).clamp(8, BINS), LEVELS);
    let (mut features, mut left_out) = cut_into(frame, excluded, bins, identifiers);
    // Many columns are cut more coarsely.
    while (bins > FEWEST_BINS || levels > FEWEST_LEVELS) && features.iter().map(|f| f.cut.places()).sum::<usize>() > MOST_PLACES {
        if bins > FEWEST_BINS {
            bins = (bins / 2).max(FEWEST_BINS);
            (features, left_out) = cut_into(frame, excluded, bins, identifiers);
            continue;
        }
        levels = (levels / 2).max(FEWEST_LEVELS);
        for feature in &mut features {
            if let Cut::Category { levels: its } = &mut feature.cut {
                its.truncate(levels);
            }
        }
    }
    left_out.extend(frame.personal().iter().map(|column| LeftOut { column: column.clone(), why: "personal" }));
    (features, left_out)
}

fn cut_into(frame: &Frame, excluded: &[&str], bins: usize, identifiers: bool) -> (Vec<Feature>, Vec<LeftOut>) {
    let (mut features, mut left_out): (Vec<Feature>, Vec<LeftOut>) = (Vec::new(), Vec::new());
    for (i, (header, cells)) in frame.headers().iter().zip(frame.columns()).enumerate() {
        let twin = || frame.columns()[..i].contains(cells);
        let found = if excluded.contains(&header.as_str()) {
            Err("excluded")
        } else if header.is_empty() {
            Err("empty")
        } else {
            column(header, cells, bins, identifiers)
        };
        match found {
            Ok(_) if twin() => left_out.push(LeftOut { column: header.clone(), why: "duplicate" }),
            Ok(cut) => features.push(Feature { column: header.clone(), cut }),
            Err(why) => left_out.push(LeftOut { column: header.clone(), why }),
        }
    }
    (features, left_out)
}

fn column(header: &str, cells: &[String], bins: usize, identifiers: bool) -> Result<Cut, &'static str> {
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
        sort(&mut values, &f64::total_cmp);
        return Ok(number_cut(&values, bins));
    }
    if counts.len() * 2 > known.len() && counts.len() > 50 {
        return Err(if known.iter().any(|c| c.chars().count() > 24) { "text" } else { "identifier" });
    }
    // A level too rare to tell anything is rare with the others.
    let enough = (cells.len() / 400).clamp(3, 20);
    let mut levels: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n >= enough).collect();
    sort(&mut levels, &|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    levels.truncate(LEVELS);
    if levels.is_empty() {
        return Err("identifier");
    }
    Ok(Cut::Category { levels: levels.into_iter().map(|(level, _)| level.to_owned()).collect() })
}

/// Bins of about equal size; edges half way between values.
fn number_cut(sorted: &[f64], bins: usize) -> Cut {
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
