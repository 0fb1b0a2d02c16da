//! Pairs of features that tell more together than apart.

use crate::learn::additive::{Design, Fitted};
use crate::learn::features::Feature;
use crate::learn::model::{Pair, chance};

/// The pairs of features that would add beyond what each adds alone, most first: by the score test on a coarse grid.
pub(crate) fn likely_pairs(
    design: &Design,
    fitted: &Fitted,
    features: &[Feature],
    places: &[Vec<(usize, Option<f64>)>],
    seen: &[Vec<usize>],
) -> Vec<Pair> {
    let merged: Vec<Vec<usize>> = features.iter().zip(seen).map(|(f, seen)| f.cut.merged(seen)).collect();
    let residual: Vec<(f64, f64)> = (0..design.rows())
        .map(|r| {
            let mu = chance(design.eta(r, &fitted.beta));
            (design.weight[r] * (f64::from(u8::from(design.outcome[r])) - mu), design.weight[r] * mu * (1.0 - mu))
        })
        .collect();
    let mut found: Vec<(f64, Pair)> = Vec::new();
    for a in 0..features.len() {
        for b in a + 1..features.len() {
            let width = |f: usize| merged[f].iter().max().map_or(1, |m| m + 1);
            let pair = Pair { of: [a, b], merged: [merged[a].clone(), merged[b].clone()], adds: vec![0.0; width(a) * width(b)] };
            let mut cells = vec![(0.0, 0.0); pair.adds.len()];
            for (r, (off, curve)) in residual.iter().enumerate() {
                let cell = &mut cells[pair.cell(places[a][r].0, places[b][r].0)];
                cell.0 += off;
                cell.1 += curve;
            }
            // Each cell's gain by one step from nothing, less what chance would give.
            let gain: f64 = cells.iter().filter(|c| c.1 > 0.5).map(|(off, curve)| off * off / (curve + 2.0) - curve / (curve + 2.0)).sum();
            let noise = (2.0 * cells.iter().filter(|c| c.1 > 0.5).count() as f64).sqrt();
            if gain > noise {
                found.push((gain, pair));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.of.cmp(&b.1.of)));
    found.into_iter().map(|f| f.1).collect()
}
