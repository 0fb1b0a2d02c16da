//! Pairs of features that tell more together than apart.

use crate::learn::additive::{Design, Fitted};
use crate::learn::calibration::chance;
use crate::learn::features::{Cut, Feature};
use crate::learn::model::Pair;
use crate::order::sort;

/// By how many standard deviations a trend has to be over what chance would give.
const SURE: f64 = 4.0;

/// A row's place in a feature, and its value on the straight line.
type Place = (usize, Option<f64>);

/// What a fit leaves unexplained, to be told by pairs.
struct Rest<'d> {
    features: &'d [Feature],
    places: &'d [Vec<Place>],
    /// Of each row: how far off it is, and the curvature there.
    rows: Vec<(f64, f64)>,
}

impl Rest<'_> {
    /// Of each cell of a pair that holds anything: the slope and the curvature at nothing.
    fn cells(&self, pair: &Pair) -> Vec<(f64, f64)> {
        let [a, b] = pair.of;
        let mut cells = vec![(0.0, 0.0); pair.adds.len()];
        for (r, (off, curve)) in self.rows.iter().enumerate() {
            let (cell, x) = pair.at([&self.features[a].cut, &self.features[b].cut], [self.places[a][r], self.places[b][r]]);
            cells[cell].0 += off * x;
            cells[cell].1 += curve * x * x;
        }
        cells.retain(|c| c.1 > 0.5);
        cells
    }

    fn is_number(&self, f: usize) -> bool {
        matches!(self.features[f].cut, Cut::Number { .. })
    }
}

fn pair(of: [usize; 2], merged: [Vec<usize>; 2], is_trend: bool) -> Pair {
    let count = merged.iter().map(|m| m.iter().max().map_or(1, |m| m + 1)).product();
    Pair { of, merged, adds: vec![0.0; count], is_trend }
}

/// The pairs of features that would add beyond what each adds alone, most first, by the score test: on a coarse grid of `cells`, where
/// there are outcomes enough for it, or else by a trend, which has few parameters and so is told from chance sooner.
pub(crate) fn likely_pairs(
    design: &Design,
    fitted: &Fitted,
    features: &[Feature],
    places: &[Vec<Place>],
    seen: &[Vec<usize>],
    cells: bool,
) -> Vec<Pair> {
    let off = |r: usize| {
        let mu = chance(design.eta(r, &fitted.beta));
        (design.weight[r] * (f64::from(u8::from(design.outcome[r])) - mu), design.weight[r] * mu * (1.0 - mu))
    };
    let rest = Rest { features, places, rows: (0..design.rows()).map(off).collect() };
    let merged: Vec<Vec<usize>> = features.iter().zip(seen).map(|(f, seen)| f.cut.merged(seen)).collect();
    // For a trend all of a number is one place, and what is missing another.
    let whole = |f: usize| {
        let last = seen[f].len() - 1;
        if rest.is_number(f) { (0..=last).map(|place| usize::from(place == last)).collect() } else { merged[f].clone() }
    };
    let mut found: Vec<(f64, Pair)> = Vec::new();
    for (a, b) in (0..features.len()).flat_map(|a| (a + 1..features.len()).map(move |b| (a, b))) {
        // How much a pair adds by one step from nothing, beyond what chance would give.
        let mut best: Option<(f64, Pair)> = None;
        if cells {
            let grid = pair([a, b], [merged[a].clone(), merged[b].clone()], false);
            let its = rest.cells(&grid);
            let gain: f64 = its.iter().map(|(off, curve)| off * off / (curve + 2.0) - curve / (curve + 2.0)).sum();
            if gain > (2.0 * its.len() as f64).sqrt() {
                best = Some((gain, grid));
            }
        }
        if rest.is_number(a) || rest.is_number(b) {
            let trend = pair([a, b], [whole(a), whole(b)], true);
            let its = rest.cells(&trend);
            let many = its.len() as f64;
            let gain = its.iter().map(|(off, curve)| off * off / (curve + 1.0)).sum::<f64>() - many;
            if gain > SURE * (2.0 * many).sqrt() && best.as_ref().is_none_or(|(cells, _)| *cells < gain) {
                best = Some((gain, trend));
            }
        }
        found.extend(best);
    }
    sort(&mut found, &|a, b| b.0.total_cmp(&a.0).then(a.1.of.cmp(&b.1.of)));
    found.into_iter().map(|f| f.1).collect()
}
