//! 亩均论英雄: what enterprises in production give on their land, scored and graded.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::order::order;
use crate::pipeline::per_mu_figures::{Figure, PerMuFigures};
use crate::pipeline::per_mu_rules::{MissingItem, PerMuItem, PerMuRules};

/// An enterprise, evaluated.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PerMu {
    /// Its name.
    pub name: String,
    /// Its row in the table, as a spreadsheet counts.
    pub row: u32,
    /// The sum of its items, to four decimals; none while an item is not known.
    pub score: Option<f64>,
    /// Its place among those with a score, from 1; equal scores share one.
    pub rank: Option<u32>,
    /// Its grade; none without a score.
    pub grade: Option<String>,
    /// Its items, in the order of the rules.
    pub items: Vec<PerMuPoints>,
    /// The figures to ask for.
    pub missing: Vec<Figure>,
}

/// What an enterprise gets for an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PerMuPoints {
    /// Id of the item.
    pub id: String,
    /// The figure: tax per mu and the like.
    pub value: Option<f64>,
    /// Its points, to four decimals.
    pub points: Option<f64>,
    /// Whether they are the mean of the others, since its own figure is not known.
    pub supposed: bool,
}

/// Ten-thousandths of a point: parts add up to the sum, whatever they are shown to.
const SCALE: f64 = 1e4;

/// Points of an item that is known, in ten-thousandths.
fn points(item: &PerMuItem, value: f64) -> Option<i64> {
    let points = value / item.base * item.weight;
    let points = item.most.map_or(points, |most| points.min(most * item.weight)) * SCALE;
    (points.abs() < 1e15).then(|| libm::round(points) as i64)
}

/// Evaluates the enterprises of a zone, in the order given.
///
/// The score is Σ figure ÷ base × weight, each item to four decimals. An item that is not known gets what the rules say: the mean of the points of
/// those whose figure is known, or nothing, and then there is no score. Grades go by place among those with a score: the best 10.7 % of 1,000 are
/// the first 107; equal scores have the better grade of theirs.
///
/// ```
/// use xiangma::pipeline::{Figure, PerMuFigures, PerMuRules, per_mu};
///
/// // Below scale: 亩均税收 ÷ 11.5932 × 50 + 单位用电税收 ÷ 0.2352 × 50.
/// let rules = PerMuRules::presets().into_iter().find(|rules| rules.id == "huangyan_2022_small").unwrap_or_default();
/// let one = PerMuFigures::new("示例公司").with(Figure::Tax, 115.932).with(Figure::Land, 10.0).with(Figure::Power, 115.932 / 0.2352);
/// let other = PerMuFigures::new("示例二公司").with(Figure::Tax, 50.0).with(Figure::Land, 10.0);
/// let all = per_mu(&[one, other], &rules);
/// assert_eq!((all[0].score, all[0].rank), (Some(100.0), Some(1)));
/// assert_eq!((all[1].score, all[1].missing.as_slice()), (None, [Figure::Power].as_slice()));
/// ```
pub fn per_mu(enterprises: &[PerMuFigures], rules: &PerMuRules) -> Vec<PerMu> {
    let own: Vec<Vec<Option<i64>>> = rules
        .items
        .iter()
        .map(|item| enterprises.iter().map(|e| item.measure.of(e).and_then(|value| points(item, value))).collect())
        .collect();
    let supposed: Vec<Option<i64>> = rules.items.iter().zip(&own).map(|(item, points)| supposed(item, points)).collect();
    let evaluated = |at: usize, e: &PerMuFigures| {
        let mut sum = Some(0_i64);
        let (mut items, mut missing) = (Vec::with_capacity(rules.items.len()), BTreeSet::new());
        for ((item, own), supposed) in rules.items.iter().zip(&own).zip(&supposed) {
            let known = own.get(at).copied().flatten();
            let points = known.or(*supposed);
            if known.is_none() {
                let (over, under) = item.measure.figures();
                let is_wanting = |f: &Figure| e.get(*f).is_none_or(|n| *f == under && n <= 0.0);
                missing.extend([over, under].into_iter().filter(is_wanting));
            }
            sum = sum.zip(points).map(|(sum, points)| sum.saturating_add(points));
            let (value, supposed) = (item.measure.of(e), known.is_none() && points.is_some());
            items.push(PerMuPoints { id: item.id.clone(), value, points: points.map(|p| p as f64 / SCALE), supposed });
        }
        let one = PerMu {
            name: e.name.clone(),
            row: e.row,
            score: sum.map(|sum| sum as f64 / SCALE),
            rank: None,
            grade: None,
            items,
            missing: missing.into_iter().collect(),
        };
        (one, sum)
    };
    let (mut all, sums): (Vec<PerMu>, Vec<Option<i64>>) = enterprises.iter().enumerate().map(|(at, e)| evaluated(at, e)).unzip();
    grade(&mut all, &sums, rules);
    all
}

/// What an item gets where its figure is not known.
fn supposed(item: &PerMuItem, points: &[Option<i64>]) -> Option<i64> {
    let known: Vec<i128> = points.iter().flatten().map(|p| i128::from(*p)).collect();
    match item.missing {
        MissingItem::Mean if !known.is_empty() => {
            let (sum, count) = (known.iter().sum::<i128>(), known.len() as i128);
            i64::try_from((sum * 2 + count).div_euclid(count * 2)).ok()
        }
        _ => None,
    }
}

/// Places and grades of those with a score.
fn grade(all: &mut [PerMu], sums: &[Option<i64>], rules: &PerMuRules) {
    let scored: Vec<(usize, i64)> = sums.iter().enumerate().filter_map(|(at, sum)| Some((at, (*sum)?))).collect();
    let sum_of = |place: usize| scored.get(place).map(|(_, sum)| *sum);
    let best_first = order(scored.len(), &|a, b| sum_of(b).cmp(&sum_of(a)));
    let (mut rank, mut before) = (0, None);
    for (place, which) in best_first.into_iter().enumerate() {
        let Some((at, sum)) = scored.get(which).copied() else { continue };
        if before != Some(sum) {
            (rank, before) = (place as u64, Some(sum));
        }
        let Some(one) = all.get_mut(at) else { continue };
        one.rank = Some(rank as u32 + 1);
        // The first grade up to whose last place, rounded, it comes.
        let mut share = 0_u64;
        let named = rules.grades.iter().find(|grade| {
            share += u64::from(grade.share);
            rank < (scored.len() as u64 * share + 500) / 1_000
        });
        one.grade = named.or(rules.grades.last()).map(|grade| grade.name.clone());
    }
}
