//! Which rows are alike: neighbours of the best, and segments with profiles to read.

use std::collections::BTreeMap;

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::KMeans;
use linfa_nn::distance::L2Dist;
use linfa_nn::{BallTree, NearestNeighbour};
use ndarray::Array2;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;
use serde::Serialize;

use crate::error::{Error, Kind};
use crate::learn::cutting::cut;
use crate::learn::features::{Cut, Feature, LeftOut, number};
use crate::learn::frame::Frame;
use crate::order::sort;

/// A space in which rows that are alike lie near each other: a number by the share of rows under it, a word by whether it is the same.
/// Every feature counts the same; the distance is the root of the mean squared difference, 0 for the same and 1 for rows that differ in
/// everything. A number that is missing stands in the middle, a word that is missing is a word of its own, and rare words are all the same.
///
/// ```
/// use xiangma::learn::{Frame, Space};
///
/// let frame = Frame::read("city,staff\nA,10\nA,12\nB,900\nB,950\nA,11\n".as_bytes())?;
/// let space = Space::of(&frame, &[])?;
/// let best = frame.select(&[3]);
/// assert_eq!(space.nearest(&frame.select(&[0, 2]), &best, 1)?[0].row, 4);
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Space {
    features: Vec<Feature>,
    left_out: Vec<LeftOut>,
}

/// A row that is like one of those it was compared with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// The number of the row in its file.
    pub row: u32,
    /// The number of the row it is nearest to, in the other file.
    pub to: u32,
    /// How far apart they are, 0 to 1.
    pub distance: f64,
    /// Features in which they are the same, or nearly (under 0.1 apart), the nearest first; four at most.
    pub shared: Vec<String>,
    /// Features in which they differ most (over 0.3 apart), the farthest first; four at most.
    pub different: Vec<String>,
}

/// Rows that are alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// The numbers of its rows, the most typical first.
    pub rows: Vec<u32>,
    /// Its share of all rows, 0 to 1.
    pub share: f64,
    /// What sets it apart, the most telling first; four at most.
    pub profile: Vec<Trait>,
}

/// One thing that sets a segment apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trait {
    /// The feature.
    pub feature: String,
    /// Its median there, or its most telling word.
    pub value: String,
    /// The median of all rows that have a number; none for a word.
    pub of_all: Option<String>,
    /// Of a number, the share of all rows that have one under the segment's median, those on it counted half; of a word, the share of the
    /// segment that has it.
    pub within: f64,
    /// Of a word, the share of all rows that have it; of a number, one half.
    pub overall: f64,
}

/// No more work than this is begun.
const MOST_WORK: u64 = 50_000_000_000;

/// How many features are named as shared, different or telling.
const NAMED: usize = 4;

/// At most so many rounds; each ends when centres hardly move.
const ROUNDS: u64 = 100;
const STARTS: usize = 5;

impl Space {
    /// The space of a table, but for the columns `excluded`.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when no column tells rows apart.
    pub fn of(frame: &Frame, excluded: &[&str]) -> Result<Self, Error> {
        // As fine as there are rows to tell apart.
        let (features, left_out) = cut(frame, excluded, frame.rows(), true);
        if features.is_empty() {
            return Err(Kind::BadArgument("no column tells rows apart".to_owned()).into());
        }
        Ok(Self { features, left_out })
    }

    /// Columns that say nothing of likeness, and why.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    fn width(feature: &Feature) -> usize {
        match feature.cut {
            Cut::Number { .. } => 1,
            Cut::Category { .. } => feature.cut.places(),
        }
    }

    /// Rows as points. Words stand at the corners of a simplex, one apart.
    fn points(&self, frame: &Frame) -> Array2<f64> {
        let width: usize = self.features.iter().map(Self::width).sum();
        let mut points = Array2::zeros((frame.rows(), width));
        let scale = 1.0 / (self.features.len() as f64).sqrt();
        let mut from = 0;
        for feature in &self.features {
            let cells = frame.column(&feature.column).unwrap_or(&[]);
            let places = feature.cut.places();
            for row in 0..frame.rows() {
                let place = feature.cut.place(cells.get(row).map_or("", String::as_str)).0;
                match feature.cut {
                    // What is missing stands in the middle.
                    Cut::Number { .. } if place + 1 == places => points[[row, from]] = 0.5 * scale,
                    Cut::Number { .. } => points[[row, from]] = place as f64 / (places - 2).max(1) as f64 * scale,
                    Cut::Category { .. } => points[[row, from + place]] = std::f64::consts::FRAC_1_SQRT_2 * scale,
                }
            }
            from += Self::width(feature);
        }
        points
    }

    /// The rows of a table nearest to any of `models`, nearest first, at most `most` of them. The work is the product of both numbers of
    /// rows and of the features, words counting by their levels. None where either table has no rows.
    ///
    /// # Errors
    ///
    /// `LIMIT` where that work is over 5 · 10¹⁰.
    pub fn nearest(&self, frame: &Frame, models: &Frame, most: usize) -> Result<Vec<Alike>, Error> {
        let width: usize = self.features.iter().map(Self::width).sum();
        let work = [frame.rows(), models.rows(), width].iter().fold(1_u64, |product, n| product.saturating_mul(*n as u64));
        if work > MOST_WORK {
            let what = "the number of rows, times that of those they are compared with, times that of features,";
            return Err(Kind::Limit { what, found: work, limit: MOST_WORK }.into());
        }
        let (points, theirs) = (self.points(frame), self.points(models));
        let Ok(index) = BallTree::new().from_batch(&theirs, L2Dist) else { return Ok(Vec::new()) };
        let nearest = |point| Some(index.k_nearest(point, 1).ok()?.first()?.1);
        let mut found: Vec<(f64, usize, usize)> = points
            .rows()
            .into_iter()
            .enumerate()
            .filter_map(|(row, point)| {
                let to = nearest(point)?;
                Some(((&point - &theirs.row(to)).mapv(|d| d * d).sum().sqrt(), row, to))
            })
            .collect();
        sort(&mut found, &|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        found.truncate(most);
        let told = found
            .into_iter()
            .map(|(distance, row, to)| {
                let mut apart = self.apart(&points, row, &theirs, to);
                sort(&mut apart, &|a, b| a.1.total_cmp(&b.1));
                let name = |(f, _): &(usize, f64)| self.features[*f].column.clone();
                let shared = apart.iter().filter(|a| a.1 < 0.1).take(NAMED).map(name).collect();
                let different = apart.iter().rev().filter(|a| a.1 > 0.3).take(NAMED).map(name).collect();
                Alike { row: frame.numbers()[row], to: models.numbers()[to], distance, shared, different }
            })
            .collect();
        Ok(told)
    }

    /// How far two rows are apart in every feature, 0 to 1.
    fn apart(&self, a: &Array2<f64>, row: usize, b: &Array2<f64>, to: usize) -> Vec<(usize, f64)> {
        let root = (self.features.len() as f64).sqrt();
        let mut from = 0;
        let mut of = |feature: &Feature| {
            let its = from..from + Self::width(feature);
            from = its.end;
            its.map(|i| a[[row, i]] - b[[to, i]]).map(|d| d * d).sum::<f64>().sqrt() * root
        };
        self.features.iter().map(&mut of).enumerate().collect()
    }

    /// Parts a table into segments by k-means, the largest first; the same seed gives the same. Segments nobody is in are left out.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for fewer rows than segments, or no segment.
    pub fn segments(&self, frame: &Frame, count: usize, seed: u64) -> Result<Vec<Segment>, Error> {
        if count == 0 || frame.rows() < count {
            return Err(Kind::BadArgument(format!("{} rows cannot be parted into {count} segments", frame.rows())).into());
        }
        let points = self.points(frame);
        let dataset = DatasetBase::from(points.view());
        let model = KMeans::params_with(count, Xoshiro256Plus::seed_from_u64(seed), L2Dist)
            .n_runs(STARTS)
            .max_n_iterations(ROUNDS)
            .tolerance(1e-6)
            .fit(&dataset)
            .map_err(|e| Error::from(Kind::BadArgument(e.to_string())))?;
        let member = model.predict(&points);
        let mut segments: Vec<Vec<usize>> = vec![Vec::new(); count];
        member.iter().enumerate().for_each(|(row, segment)| segments[*segment].push(row));
        for (segment, rows) in segments.iter_mut().enumerate() {
            let centre = model.centroids().row(segment);
            let off = |row: usize| (&points.row(row) - &centre).mapv(|d| d * d).sum();
            sort(rows, &|a, b| off(*a).total_cmp(&off(*b)).then(a.cmp(b)));
        }
        segments.retain(|rows| !rows.is_empty());
        sort(&mut segments, &|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let told = |rows: Vec<usize>| Segment {
            share: rows.len() as f64 / frame.rows() as f64,
            profile: self.profile(frame, &rows),
            rows: rows.iter().map(|r| frame.numbers()[*r]).collect(),
        };
        Ok(segments.into_iter().map(told).collect())
    }

    fn profile(&self, frame: &Frame, rows: &[usize]) -> Vec<Trait> {
        let mut traits: Vec<(f64, Trait)> = Vec::new();
        for feature in &self.features {
            let Ok(cells) = frame.column(&feature.column) else { continue };
            let found = match feature.cut {
                Cut::Number { .. } => of_number(feature, cells, rows),
                Cut::Category { .. } => of_words(feature, cells, rows),
            };
            traits.extend(found.map(|t| ((t.within - t.overall).abs(), t)));
        }
        sort(&mut traits, &|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.feature.cmp(&b.1.feature)));
        traits.into_iter().take(NAMED).map(|t| t.1).collect()
    }
}

fn of_number(feature: &Feature, cells: &[String], rows: &[usize]) -> Option<Trait> {
    let (all, its) = (sorted(cells.iter()), sorted(rows.iter().map(|r| &cells[*r])));
    let (median, value) = *its.get(its.len() / 2)?;
    let (under, over) = (all.partition_point(|x| x.0 < median), all.partition_point(|x| x.0 <= median));
    Some(Trait {
        feature: feature.column.clone(),
        value: value.to_owned(),
        of_all: Some(all[all.len() / 2].1.to_owned()),
        within: (under + over) as f64 / 2.0 / all.len() as f64,
        overall: 0.5,
    })
}

/// Numbers with their cells, so that they are shown as they were written.
fn sorted<'c>(cells: impl Iterator<Item = &'c String>) -> Vec<(f64, &'c str)> {
    let mut known: Vec<(f64, &str)> = cells.filter_map(|c| Some((number(c)?, c.as_str()))).collect();
    sort(&mut known, &|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    known
}

fn of_words(feature: &Feature, cells: &[String], rows: &[usize]) -> Option<Trait> {
    let name = |cell: &String| feature.cut.place_name(feature.cut.place(cell).0);
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    cells.iter().for_each(|cell| counts.entry(name(cell)).or_default().1 += 1);
    rows.iter().for_each(|row| counts.entry(name(&cells[*row])).or_default().0 += 1);
    let share = |(its, all): &(usize, usize)| (*its as f64 / rows.len() as f64, *all as f64 / cells.len() as f64);
    let gap = |counts: &(usize, usize)| share(counts).0 - share(counts).1;
    let (value, counts) = counts.iter().max_by(|a, b| gap(a.1).total_cmp(&gap(b.1)))?;
    let (within, overall) = share(counts);
    Some(Trait { feature: feature.column.clone(), value: value.clone(), of_all: None, within, overall })
}
