//! Do the selected mirror the pool they were selected from?

use std::collections::BTreeMap;

use serde::Serialize;

use crate::enterprise::{Enterprise, Size};
use crate::order::sort;
use crate::scorecard::Label;

/// The groups of one kind among all and among the selected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Balance {
    /// `region` (province), `ownership` or `size`.
    pub by: &'static str,
    /// The groups, the largest of the pool first; the unknown last.
    pub groups: Vec<GroupShare>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupShare {
    /// Its name; for ownership `state`, `collective`, `foreign`, `hmt` (Hong Kong, Macao, Taiwan), `private`, `other`.
    pub group: String,
    /// In words.
    pub words: Label,
    /// How many of the pool.
    pub pool: usize,
    /// How many of the selected.
    pub selected: usize,
    /// Its share among the selected over its share of the pool; 1 when selection is blind to it.
    pub ratio: f64,
    /// True when a blind draw would hardly give such a number: over 2.58 standard deviations of the hypergeometric distribution away,
    /// which happens once in a hundred.
    pub is_unusual: bool,
}

/// Compares the selected with all, by region, ownership and size band. That a group is unusual is a question for the meeting, not a
/// verdict: the scorecard may have good reason.
///
/// ```
/// use xiangma::{Enterprise, Region, monitor::balance};
///
/// let of = |province: &str| Enterprise {
///     region: Region { province: Some(province.to_owned()), ..Region::default() },
///     ..Enterprise::default()
/// };
/// let pool: Vec<Enterprise> = (0..100).map(|i| of(if i < 50 { "江苏" } else { "浙江" })).collect();
/// let regions = &balance(&pool, &(0..20).collect::<Vec<u32>>())[0];
/// assert_eq!((regions.groups[0].group.as_str(), regions.groups[0].selected), ("江苏", 20));
/// assert!((regions.groups[0].ratio - 2.0).abs() < 1e-12 && regions.groups[0].is_unusual);
/// ```
pub fn balance(pool: &[Enterprise], selected: &[u32]) -> Vec<Balance> {
    let region = |e: &Enterprise| e.region.province.as_deref().map(|p| (p.to_owned(), Label { zh: p.to_owned(), en: p.to_owned() }));
    let size = |e: &Enterprise| {
        let size = e.size?;
        let zh = match size {
            Size::Micro => "微型",
            Size::Small => "小型",
            Size::Medium => "中型",
            Size::Large => "大型",
        };
        Some((size.as_str().to_owned(), Label { zh: zh.to_owned(), en: size.as_str().to_owned() }))
    };
    vec![by("region", pool, selected, region), by("ownership", pool, selected, ownership), by("size", pool, selected, size)]
}

/// Who owns it, from its registered type as written.
pub(crate) fn ownership(e: &Enterprise) -> Option<(String, Label)> {
    let kind = e.kind.as_deref()?;
    let has = |words: &[&str]| words.iter().any(|w| kind.contains(w));
    // 国有 before 自然人: what is held by both is told by the state's part.
    let (id, zh, en) = if has(&["国有", "全民", "国资", "央企"]) {
        ("state", "国有", "state")
    } else if has(&["港", "澳", "台"]) {
        ("hmt", "港澳台", "Hong Kong, Macao, Taiwan")
    } else if has(&["外商", "外国", "中外", "外资"]) {
        ("foreign", "外资", "foreign")
    } else if has(&["集体", "合作社"]) {
        ("collective", "集体", "collective")
    } else if has(&["自然人", "私营", "民营", "个人独资", "个体"]) {
        ("private", "民营", "private")
    } else {
        ("other", "其他或未写明", "other or not told")
    };
    Some((id.to_owned(), Label { zh: zh.to_owned(), en: en.to_owned() }))
}

fn by(name: &'static str, pool: &[Enterprise], selected: &[u32], group: impl Fn(&Enterprise) -> Option<(String, Label)>) -> Balance {
    let mut counts: BTreeMap<Option<String>, (Label, usize, usize)> = BTreeMap::new();
    let unknown = || Label { zh: "未知".to_owned(), en: "unknown".to_owned() };
    let mut count = |e: &Enterprise, selected: bool| {
        let found = group(e);
        let entry = counts.entry(found.as_ref().map(|f| f.0.clone())).or_insert_with(|| (found.map_or_else(unknown, |f| f.1), 0, 0));
        if selected { entry.2 += 1 } else { entry.1 += 1 }
    };
    pool.iter().for_each(|e| count(e, false));
    let chosen: Vec<&Enterprise> = selected.iter().filter_map(|row| pool.get(*row as usize)).collect();
    chosen.iter().for_each(|e| count(e, true));
    let (n, drawn) = (pool.len() as f64, chosen.len() as f64);
    let mut groups: Vec<(bool, GroupShare)> = counts
        .into_iter()
        .map(|(id, (words, pool, selected))| {
            let share = pool as f64 / n;
            let expected = drawn * share;
            // Drawn without putting back.
            let deviation = (drawn * share * (1.0 - share) * (n - drawn) / (n - 1.0).max(1.0)).sqrt();
            let away = (selected as f64 - expected).abs();
            let ratio = if expected > 0.0 { selected as f64 / expected } else { 0.0 };
            let group = id.clone().unwrap_or_else(|| "unknown".to_owned());
            (id.is_none(), GroupShare { group, words, pool, selected, ratio, is_unusual: away > 2.58 * deviation && away > 0.5 })
        })
        .collect();
    sort(&mut groups, &|a, b| a.0.cmp(&b.0).then(b.1.pool.cmp(&a.1.pool)).then_with(|| a.1.group.cmp(&b.1.group)));
    Balance { by: name, groups: groups.into_iter().map(|g| g.1).collect() }
}
