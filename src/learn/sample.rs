//! Rows to learn from, and what is learned from some of them.

use crate::error::Error;
use crate::learn::additive::{Block, Design, Family, Fitted};
use crate::learn::cutting::{MOST_PLACES, cut};
use crate::learn::features::{Cut, Feature, LeftOut, bend};
use crate::learn::frame::Frame;
use crate::learn::isotonic::isotonic;
use crate::learn::model::{Pair, Term};
use crate::learn::pairs::likely_pairs;
use crate::order::sort;

/// From so many outcomes of either kind on, pairs of features are tried: trends, and then cells.
const ENOUGH_FOR_TRENDS: usize = 150;
const ENOUGH_FOR_CELLS: usize = 400;

/// At most so many pairs are kept.
const MOST_PAIRS: usize = 16;

/// And no more than give so many parameters: the time to learn grows with their cube.
const MOST_PARAMETERS: usize = 1_000;

/// Rows ready to be learned from.
pub(super) struct Sample<'f> {
    pub frame: &'f Frame,
    /// Rows of the frame.
    pub rows: Vec<usize>,
    pub outcome: Vec<bool>,
    pub weight: Vec<f64>,
    pub offset: Vec<f64>,
    /// Of each row, the first of the same lead.
    pub leads: Vec<usize>,
    pub excluded: Vec<&'f str>,
    /// Columns whose chance may only rise (1) or fall (-1).
    pub directions: Vec<(&'f str, f64)>,
    /// Whether numbers may only count the rows.
    pub identifiers: bool,
}

/// Of each row, its place in a feature, and its value on the straight line.
type Places = Vec<(usize, Option<f64>)>;

/// A fitted model, with what its features are.
#[derive(Debug, Clone)]
pub(super) struct Learned {
    pub features: Vec<Feature>,
    pub left_out: Vec<LeftOut>,
    /// Where each feature's parameters begin, and where its slope is; its bend follows.
    starts: Vec<(usize, Option<usize>)>,
    pairs: Vec<Pair>,
    pair_starts: Vec<usize>,
    seen: Vec<Vec<usize>>,
    pub fitted: Fitted,
}

impl<'f> Sample<'f> {
    /// All rows of a table, every column a feature, nothing known beforehand.
    pub(super) fn plain(frame: &'f Frame, outcome: Vec<bool>, weight: Vec<f64>) -> Self {
        let n = outcome.len();
        Self {
            frame,
            rows: (0..n).collect(),
            outcome,
            weight,
            offset: vec![0.0; n],
            leads: (0..n).collect(),
            excluded: Vec::new(),
            directions: Vec::new(),
            identifiers: false,
        }
    }

    /// Learns from some of the rows.
    pub(super) fn learn(&self, train: &[usize]) -> Result<Learned, Error> {
        let rows: Vec<usize> = train.iter().map(|i| self.rows[*i]).collect();
        let events = train.iter().filter(|i| self.outcome[**i]).count();
        let least = events.min(train.len() - events);
        let (mut features, mut left_out) = cut(&self.frame.select(&rows), &self.excluded, least, self.identifiers);
        let mut places = self.places(&features, &rows);
        left_out.extend(self.drop_faintest(train, &mut features, &mut places));
        let mut design = Design {
            outcome: train.iter().map(|i| self.outcome[*i]).collect(),
            weight: train.iter().map(|i| self.weight[*i]).collect(),
            offset: train.iter().map(|i| self.offset[*i]).collect(),
            hot: vec![Vec::new(); train.len()],
            lines: vec![Vec::new(); train.len()],
            ..Design::default()
        };
        let mut next = 1;
        let mut starts = Vec::new();
        let mut seen = Vec::new();
        for (f, feature) in features.iter().enumerate() {
            let is_number = matches!(feature.cut, Cut::Number { .. });
            let count = feature.cut.places();
            let direction = self.direction(feature);
            let family = if is_number { Family::Bins } else { Family::Category };
            design.blocks.push(Block { from: next, to: next + count, is_ordered: is_number, direction, family });
            // What may only rise does so by its bins: a line beside them could take back what they hold.
            let slope = (is_number && direction.is_none()).then_some(next + count);
            let mut counts = vec![0; count];
            for (r, (place, line)) in places[f].iter().enumerate() {
                design.hot[r].push((next + place) as u32);
                counts[*place] += 1;
                if let (Some(slope), Some(x)) = (slope, line) {
                    design.lines[r].extend([(slope as u32, *x), (slope as u32 + 1, bend(*x))]);
                }
            }
            starts.push((next, slope));
            seen.push(counts);
            next += count;
            if slope.is_some() {
                for family in [Family::Line, Family::Bend] {
                    design.blocks.push(Block { from: next, to: next + 1, is_ordered: false, direction: None, family });
                    next += 1;
                }
            }
        }
        design.parameters = next;
        let mut fitted = design.fit(None)?;
        let mut pairs = Vec::new();
        let mut pair_starts = Vec::new();
        if least >= ENOUGH_FOR_TRENDS {
            pairs = likely_pairs(&design, &fitted, &features, &places, &seen, least >= ENOUGH_FOR_CELLS);
            pairs.retain(|pair| pair.of.iter().all(|f| self.direction(&features[*f]).is_none()));
            pairs.truncate(MOST_PAIRS);
            let mut parameters = design.parameters;
            pairs.retain(|pair| {
                let fits = parameters + pair.adds.len() <= MOST_PARAMETERS;
                parameters += if fits { pair.adds.len() } else { 0 };
                fits
            });
            for pair in &pairs {
                let from = design.parameters;
                let [a, b] = pair.of;
                for r in 0..design.rows() {
                    let (cell, x) = pair.at([&features[a].cut, &features[b].cut], [places[a][r], places[b][r]]);
                    if pair.is_trend {
                        design.lines[r].push(((from + cell) as u32, x));
                    } else {
                        design.hot[r].push((from + cell) as u32);
                    }
                }
                let family = if pair.is_trend { Family::Trend } else { Family::Cells };
                design.blocks.push(Block { from, to: from + pair.adds.len(), is_ordered: false, direction: None, family });
                design.parameters += pair.adds.len();
                pair_starts.push(from);
            }
            if !pairs.is_empty() {
                fitted = design.fit(Some(&fitted))?;
            }
        }
        self.straighten(&mut fitted, &features, &starts, &seen);
        Ok(Learned { features, left_out, starts, pairs, pair_starts, seen, fitted })
    }

    /// Where even coarse features have too many places for a model, drops those that alone tell least; columns with a direction stay.
    fn drop_faintest(&self, train: &[usize], features: &mut Vec<Feature>, places: &mut Vec<Places>) -> Vec<LeftOut> {
        let total: f64 = train.iter().map(|i| self.weight[*i]).sum();
        let yes = |i: usize| f64::from(u8::from(self.outcome[i]));
        let base = train.iter().map(|i| self.weight[*i] * yes(*i)).sum::<f64>() / total;
        // By how much the outcomes of its places are off the base rate, as chi-square has it, for each of its places.
        let telling = |(feature, places): (&Feature, &Places)| {
            let mut cells = vec![(0.0, 0.0); feature.cut.places()];
            for (i, (place, _)) in train.iter().zip(places) {
                cells[*place].0 += self.weight[*i] * (yes(*i) - base);
                cells[*place].1 += self.weight[*i];
            }
            let sum: f64 = cells.iter().map(|(off, weight)| off * off / (weight + 1.0)).sum();
            if self.direction(feature).is_some() { f64::INFINITY } else { sum / cells.len() as f64 }
        };
        let told: Vec<f64> = features.iter().zip(places.iter()).map(telling).collect();
        let mut order: Vec<usize> = (0..features.len()).collect();
        sort(&mut order, &|a, b| told[*b].total_cmp(&told[*a]).then(a.cmp(b)));
        let mut room = MOST_PLACES;
        let mut kept = vec![false; features.len()];
        for f in order {
            if let Some(left) = room.checked_sub(features[f].cut.places()) {
                (room, kept[f]) = (left, true);
            }
        }
        let dropped = features.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(f, _)| f.column.clone());
        let dropped = dropped.map(|column| LeftOut { column, why: "too_many" }).collect();
        let mut stays = kept.iter();
        features.retain(|_| stays.next() == Some(&true));
        let mut stays = kept.iter();
        places.retain(|_| stays.next() == Some(&true));
        dropped
    }

    /// Where every row falls in every feature.
    fn places(&self, features: &[Feature], rows: &[usize]) -> Vec<Places> {
        let none = Vec::new();
        let of = |feature: &Feature| {
            let cells = self.frame.column(&feature.column).unwrap_or(&none);
            rows.iter().map(|r| feature.cut.place(cells.get(*r).map_or("", String::as_str))).collect()
        };
        features.iter().map(of).collect()
    }

    /// 1 when the chance may only rise with a number, -1 when it may only fall.
    fn direction(&self, feature: &Feature) -> Option<f64> {
        let is_number = matches!(feature.cut, Cut::Number { .. });
        self.directions.iter().find(|(column, _)| is_number && *column == feature.column).map(|(_, direction)| *direction)
    }

    /// Takes away the little that the fit leaves of steps the wrong way.
    fn straighten(&self, fitted: &mut Fitted, features: &[Feature], starts: &[(usize, Option<usize>)], seen: &[Vec<usize>]) {
        for ((feature, (start, _)), seen) in features.iter().zip(starts).zip(seen) {
            let Some(direction) = self.direction(feature) else { continue };
            let bins = &mut fitted.beta[*start..start + seen.len() - 1];
            let order: Vec<f64> = (0..bins.len()).map(|i| i as f64).collect();
            let values: Vec<f64> = bins.iter().map(|b| b * direction).collect();
            let rows: Vec<f64> = seen.iter().map(|n| *n as f64 + 1.0).collect();
            bins.iter_mut().zip(isotonic(&order, &values, &rows)).for_each(|(bin, (_, value))| *bin = value * direction);
        }
    }
}

impl Learned {
    /// The log-odds of a row of the sample.
    pub(super) fn odds(&self, sample: &Sample<'_>, i: usize) -> f64 {
        let beta = &self.fitted.beta;
        let mut odds = beta[0] + sample.offset[i];
        let mut places = Vec::with_capacity(self.features.len());
        for (feature, (start, slope)) in self.features.iter().zip(&self.starts) {
            let cell = sample.frame.column(&feature.column).map_or("", |c| c[sample.rows[i]].as_str());
            let (place, line) = feature.cut.place(cell);
            odds += beta[start + place] + slope.map_or(0.0, |s| beta[s] * line.unwrap_or(0.0) + beta[s + 1] * line.map_or(0.0, bend));
            places.push((place, line));
        }
        for (pair, start) in self.pairs.iter().zip(&self.pair_starts) {
            let [a, b] = pair.of;
            let (cell, x) = pair.at([&self.features[a].cut, &self.features[b].cut], [places[a], places[b]]);
            odds += beta[start + cell] * x;
        }
        odds
    }

    pub(super) fn terms(&self) -> Vec<Term> {
        let beta = &self.fitted.beta;
        let of = |(f, feature): (usize, &Feature)| {
            let (start, slope) = self.starts[f];
            Term {
                adds: beta[start..start + feature.cut.places()].to_vec(),
                slope: slope.map(|s| beta[s]),
                bend: slope.map(|s| beta[s + 1]),
                seen: self.seen[f].clone(),
                feature: feature.clone(),
            }
        };
        self.features.iter().enumerate().map(of).collect()
    }

    pub(super) fn pairs_added(&self) -> Vec<Pair> {
        let added =
            |(pair, start): (&Pair, &usize)| Pair { adds: self.fitted.beta[*start..start + pair.adds.len()].to_vec(), ..pair.clone() };
        self.pairs.iter().zip(&self.pair_starts).map(added).collect()
    }

    /// The lower triangle of the covariance.
    pub(super) fn triangle(&self) -> Vec<f32> {
        let p = self.fitted.beta.len();
        // Four digits are more than an interval can use.
        let short = |x: f64| format!("{x:.3e}").parse::<f32>().unwrap_or(0.0);
        (0..p).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| short(self.fitted.covariance[i * p + j])).collect()
    }
}
