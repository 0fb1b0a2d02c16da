//! Fits the model of confidence: ridge logistic regression over the locator's signals, cross-validated by enterprise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};
use xiangma::Locator;

use crate::Labels;
use crate::gold::{Failure, Gold};

/// A link of an enterprise: its signals, whether a reader accepts it, and how much it counts.
struct Pair {
    x: Vec<f64>,
    right: bool,
    weight: f64,
    /// In a reader's list, and not only acceptable.
    wanted: bool,
    enterprise: usize,
    fold: usize,
    link: String,
    /// Its words may be believed at all.
    may: bool,
}

const FOLDS: usize = 10;
const RIDGE: f64 = 1.0;
const RIDGE_LINKS: f64 = 3.0;
/// At most this share of enterprises of no chain may have a link named.
const ALARMS: f64 = 0.015;

/// Fits on all labels, writes the model and those of the folds, and tells the cross-validated figures on the standard error.
pub fn fit(sets: &[Labels], locator: &Locator, names: &[&str]) -> Result<(), Failure> {
    let golds: Vec<&Gold> = sets.iter().flat_map(|s| &s.golds).collect();
    let mut pairs = Vec::new();
    let mut missed = 0;
    let labelled = sets.iter().flat_map(|s| s.golds.iter().map(|g| (g, &s.ids)));
    for (enterprise, (g, ids)) in labelled.enumerate() {
        let wanted = |l: &str| g.links.iter().any(|x| ids.of(x) == l);
        let signals = locator.signals(&g.enterprise);
        if g.fit >= 2 {
            missed += g.links.iter().filter(|l| !signals.iter().any(|(s, ..)| ids.of(s) == ids.of(l))).count();
        }
        for (id, x, may) in signals {
            let link = ids.of(&id);
            // The reference reading, whose text comes with it, counts double.
            let weight = if g.is_reference() { 2.0 } else { 1.0 };
            let right = g.accepts(&link, ids);
            let fold = g.fold(FOLDS as u64);
            pairs.push(Pair { x, may, right, weight, wanted: wanted(&link) && g.fit >= 2, enterprise, fold, link: id });
        }
    }
    // A prior for every link seen, as a signal of its own under a stronger ridge.
    let known: Vec<String> = pairs.iter().map(|p| p.link.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    for p in &mut pairs {
        let at = known.binary_search(&p.link).unwrap_or(0);
        p.x.extend((0..known.len()).map(|i| f64::from(u8::from(i == at))));
    }
    let size = names.len() + known.len();
    let ridge: Vec<f64> = (0..size).map(|i| if i < names.len() { RIDGE } else { RIDGE_LINKS }).collect();
    let mut out = vec![0.0; pairs.len()];
    let mut betas = Vec::new();
    for fold in 0..FOLDS {
        let train: Vec<&Pair> = pairs.iter().filter(|p| p.fold != fold).collect();
        let beta = newton(&train, &ridge)?;
        for (p, o) in pairs.iter().zip(&mut out).filter(|(p, _)| p.fold == fold) {
            *o = predict(&beta, &p.x);
        }
        betas.push(beta);
    }
    report(&golds, &pairs, &out, missed);
    let threshold = best_threshold(&golds, &pairs, &out, missed).0;
    let beta = newton(&pairs.iter().collect::<Vec<_>>(), &ridge)?;
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = serde_json::to_string_pretty(&model(&beta, names, &known, threshold))?;
    std::fs::write(project.join("src/chain/catalogue/confidence.json"), text + "\n")?;
    let folds: Vec<String> = betas.iter().map(|b| model(b, names, &known, threshold).to_string()).collect();
    std::fs::write(project.join("tests/data/confidence_folds.json"), format!("[\n{}\n]\n", folds.join(",\n")))?;
    Ok(())
}

/// A model as it is shipped.
fn model(beta: &[f64], names: &[&str], known: &[String], threshold: f64) -> Value {
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    let weights: BTreeMap<&str, f64> = names.iter().zip(&beta[1..]).map(|(n, b)| (*n, round(*b))).collect();
    let priors: BTreeMap<&str, f64> = known
        .iter()
        .zip(&beta[1 + names.len()..])
        .map(|(link, b)| (link.as_str(), (*b * 100.0).round() / 100.0))
        .filter(|(_, b)| b.abs() >= 0.05)
        .collect();
    json!({ "bias": round(beta[0]), "threshold": threshold, "weights": weights, "links": priors })
}

fn predict(beta: &[f64], x: &[f64]) -> f64 {
    let sum: f64 = beta[0] + beta[1..].iter().zip(x).map(|(b, x)| b * x).sum::<f64>();
    1.0 / (1.0 + libm::exp(-sum))
}

/// Newton's method for `Σ w·loss + RIDGE/2 · |β|²`, the bias free.
fn newton(pairs: &[&Pair], ridge: &[f64]) -> Result<Vec<f64>, Failure> {
    let n = ridge.len() + 1;
    let mut beta = vec![0.0; n];
    for _ in 0..60 {
        let mut gradient = vec![0.0; n];
        let mut hessian = vec![vec![0.0; n]; n];
        for p in pairs {
            let y = predict(&beta, &p.x);
            let error = p.weight * (y - f64::from(u8::from(p.right)));
            let curve = p.weight * (y * (1.0 - y)).max(1e-6);
            // Most signals are zero.
            let x: Vec<(usize, f64)> = std::iter::once((0, 1.0)).chain((1..).zip(p.x.iter().copied()).filter(|(_, x)| *x != 0.0)).collect();
            for (i, xi) in &x {
                gradient[*i] += error * xi;
                for (j, xj) in x.iter().take_while(|(j, _)| j <= i) {
                    hessian[*i][*j] += curve * xi * xj;
                }
            }
        }
        for i in 1..n {
            gradient[i] += ridge[i - 1] * beta[i];
            hessian[i][i] += ridge[i - 1];
        }
        let step = solve(&mut hessian, gradient).ok_or("the signals do not determine the weights")?;
        for (b, s) in beta.iter_mut().zip(&step) {
            *b -= s;
        }
        if step.iter().all(|s| s.abs() < 1e-9) {
            break;
        }
    }
    Ok(beta)
}

/// Cholesky, from the lower triangle.
fn solve(a: &mut [Vec<f64>], mut b: Vec<f64>) -> Option<Vec<f64>> {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let sum = a[i][j] - (0..j).map(|k| a[i][k] * a[j][k]).sum::<f64>();
            if i == j {
                if sum <= 0.0 {
                    return None;
                }
                a[i][i] = sum.sqrt();
            } else {
                a[i][j] = sum / a[j][j];
            }
        }
    }
    for i in 0..n {
        b[i] = (b[i] - (0..i).map(|k| a[i][k] * b[k]).sum::<f64>()) / a[i][i];
    }
    for i in (0..n).rev() {
        b[i] = (b[i] - (i + 1..n).map(|k| a[k][i] * b[k]).sum::<f64>()) / a[i][i];
    }
    Some(b)
}

/// F1 of pairs among enterprises of fit 2 and more, and 0; and the share of those of fit 0 with any link named.
fn at_threshold(golds: &[&Gold], pairs: &[Pair], out: &[f64], missed: usize, threshold: f64) -> (f64, f64) {
    let (mut right, mut wrong, mut lost) = (0.0, 0.0, missed as f64);
    let mut alarmed = BTreeSet::new();
    for (p, o) in pairs.iter().zip(out) {
        let fit = golds[p.enterprise].fit;
        let named = p.may && *o >= threshold;
        if named && fit == 0 {
            alarmed.insert(p.enterprise);
        }
        match (named, p.right, p.wanted) {
            _ if fit == 1 => {}
            (true, _, true) => right += 1.0,
            (true, false, false) => wrong += 1.0,
            (false, _, true) => lost += 1.0,
            _ => {}
        }
    }
    let zeros = golds.iter().filter(|g| g.fit == 0).count().max(1);
    (2.0 * right / (2.0 * right + wrong + lost), alarmed.len() as f64 / zeros as f64)
}

/// Of the thresholds that name a link for no more enterprises of no chain than [`ALARMS`], the one with the best F1.
fn best_threshold(golds: &[&Gold], pairs: &[Pair], out: &[f64], missed: usize) -> (f64, f64) {
    let mut best = (0.9, 0.0);
    for step in 40..90 {
        let threshold = f64::from(step) / 100.0;
        let (f1, alarms) = at_threshold(golds, pairs, out, missed, threshold);
        if f1 > best.1 && alarms <= ALARMS {
            best = (threshold, f1);
        }
    }
    best
}

fn report(golds: &[&Gold], pairs: &[Pair], out: &[f64], missed: usize) {
    let (threshold, f1) = best_threshold(golds, pairs, out, missed);
    let loss: f64 = pairs.iter().zip(out).map(|(p, o)| -p.weight * libm::log(if p.right { *o } else { 1.0 - o })).sum::<f64>();
    let zeros: Vec<usize> = (0..golds.len()).filter(|i| golds[*i].fit == 0).collect();
    let named = zeros.iter().filter(|i| pairs.iter().zip(out).any(|(p, o)| p.enterprise == **i && p.may && *o >= threshold)).count();
    eprintln!(
        "cross-validated: {} pairs of {} enterprises, log-loss {:.4}, threshold {threshold}, F1 {f1:.3}, links without a signal {missed}, fit 0 named {named} of {}",
        pairs.len(),
        golds.len(),
        loss / pairs.len() as f64,
        zeros.len()
    );
    for threshold in [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8] {
        let (f1, false_alarms) = at_threshold(golds, pairs, out, missed, threshold);
        eprintln!("  threshold {threshold:.2}: F1 {f1:.3}, fit 0 named {:.1} %", 100.0 * false_alarms);
    }
    for bin in 0..10 {
        let inside: Vec<(&Pair, &f64)> = pairs.iter().zip(out).filter(|(_, o)| (**o * 10.0).floor().min(9.0) as usize == bin).collect();
        let n = inside.len().max(1) as f64;
        let stated = inside.iter().map(|(_, o)| **o).sum::<f64>() / n;
        let right = inside.iter().filter(|(p, _)| p.right).count() as f64 / n;
        eprintln!("  stated {:.2} right {right:.2} of {}", stated, inside.len());
    }
}
