//! Blind review: what experts who marked a list agree on, and who stands apart.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::enterprise::EnterpriseKey;
use crate::error::{Error, Kind};
use crate::mcdm::{average_ranks, concordance, correlate, intraclass};
use crate::order::sort;
use crate::plan::sheets::BlindSheet;

/// What the experts come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Review {
    /// How far they agree.
    pub agreement: Agreement,
    /// Each expert.
    pub experts: Vec<ExpertReview>,
    /// Marks that stand apart, the furthest first.
    pub outliers: Vec<Outlier>,
    /// The joint list, the best first.
    pub joint: Vec<Joint>,
}

/// How far experts agree. A figure is none where there are too few experts or enterprises, or where every expert gave all enterprises one mark.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Agreement {
    /// Kendall's W of their orders, corrected for ties: 0 to 1.
    pub w: Option<f64>,
    /// ICC(2,1): how far the marks of one of them can be relied on.
    pub icc_single: Option<f64>,
    /// ICC(2,k): how far the mean of their marks can. None as well where they agree less than by chance: it says nothing then.
    pub icc_average: Option<f64>,
}

/// One expert beside the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct ExpertReview {
    /// The name.
    pub expert: String,
    /// Spearman's correlation of their order with the mean of the others' orders.
    pub with_others: Option<f64>,
    /// How many marks higher than all, on average: mild above zero, strict below.
    pub milder: f64,
    /// True when their order goes with the others' by less than [`Review::APART`].
    pub is_outlier: bool,
}

/// A mark that stands apart from what the enterprise and the expert would lead one to expect.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Outlier {
    /// By whom.
    pub expert: String,
    /// Of whom.
    pub key: EnterpriseKey,
    /// The name.
    pub name: String,
    /// The mark.
    pub mark: f64,
    /// What the mean of the enterprise and the mildness of the expert come to.
    pub expected: f64,
    /// How many standard deviations apart.
    pub deviations: f64,
}

/// An enterprise on the joint list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Joint {
    /// Its place, from 1.
    pub place: usize,
    /// Who it is.
    pub key: EnterpriseKey,
    /// The name.
    pub name: String,
    /// The mean of its ranks with the experts: whoever is strict counts no more than whoever is mild.
    pub mean_rank: f64,
    /// The mean of its marks.
    pub mean_mark: f64,
    /// Its place on the list that was reviewed, from 1.
    pub model_place: usize,
}

impl Review {
    /// Under this correlation with the others an expert stands apart.
    pub const APART: f64 = 0.3;

    /// From so many standard deviations on, a mark stands apart.
    pub const FAR: f64 = 2.5;

    /// Joins the sheets of experts over a list, in its order.
    ///
    /// ```
    /// use xiangma::plan::{Review, blind_sheets};
    ///
    /// let list: Vec<(xiangma::EnterpriseKey, String)> =
    ///     ["甲公司", "乙公司", "丙公司"].iter().map(|n| (n.parse().unwrap_or_else(|e| match e {}), (*n).to_owned())).collect();
    /// let mut sheets = blind_sheets(&list, &["专家甲", "专家乙"], 7);
    /// for sheet in &mut sheets {
    ///     for line in &mut sheet.lines {
    ///         line.mark = Some(if line.name == "丙公司" { 90.0 } else { 60.0 });
    ///     }
    /// }
    /// let review = Review::of(&list, &sheets)?;
    /// assert_eq!((review.joint[0].name.as_str(), review.joint[0].model_place), ("丙公司", 3));
    /// assert_eq!(review.agreement.w, Some(1.0));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, naming expert and enterprise, when a line or a mark lacks, stands twice, or is of somebody who is not on the list; and when two
    /// sheets are of one expert, or there is no sheet or list.
    pub fn of(list: &[(EnterpriseKey, String)], sheets: &[BlindSheet]) -> Result<Self, Error> {
        let marks = marks(list, sheets)?;
        let slices: Vec<&[f64]> = marks.iter().map(Vec::as_slice).collect();
        let icc = intraclass(&slices);
        let average = icc.filter(|i| i.single > 0.0).map(|i| i.average);
        let agreement = Agreement { w: concordance(&slices), icc_single: icc.map(|i| i.single), icc_average: average };
        let ranks: Vec<Vec<f64>> = marks.iter().map(|its| average_ranks(its, true)).collect();
        let mean = |values: &mut dyn Iterator<Item = f64>| {
            let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), x| (sum + x, count + 1));
            sum / f64::from(count.max(1))
        };
        let all = mean(&mut marks.iter().flatten().copied());
        let of_thing: Vec<f64> = (0..list.len()).map(|i| mean(&mut marks.iter().map(|its| its[i]))).collect();
        let mildness: Vec<f64> = marks.iter().map(|its| mean(&mut its.iter().copied()) - all).collect();
        let experts = sheets.iter().enumerate().map(|(e, sheet)| {
            let others = |i: usize| mean(&mut ranks.iter().enumerate().filter(|(o, _)| *o != e).map(|(_, its)| its[i]));
            let others = average_ranks(&(0..list.len()).map(others).collect::<Vec<_>>(), false);
            let with_others = if sheets.len() > 1 { correlate(&ranks[e], &others).and_then(|c| c.spearman) } else { None };
            let is_outlier = sheets.len() > 2 && with_others.is_some_and(|r| r < Self::APART);
            ExpertReview { expert: sheet.expert.clone(), with_others, milder: mildness[e], is_outlier }
        });
        let mut outliers = Vec::new();
        let deviation = icc.map_or(0.0, |i| i.residual.sqrt());
        if deviation > 0.0 && sheets.len() > 2 {
            for (e, its) in marks.iter().enumerate() {
                for (i, mark) in its.iter().enumerate() {
                    let expected = of_thing[i] + mildness[e];
                    let deviations = (mark - expected) / deviation;
                    if deviations.abs() >= Self::FAR {
                        let ((key, name), expert) = (list[i].clone(), sheets[e].expert.clone());
                        outliers.push(Outlier { expert, key, name, mark: *mark, expected, deviations });
                    }
                }
            }
        }
        let by_name = |a: &Outlier, b: &Outlier| (&a.expert, &a.key).cmp(&(&b.expert, &b.key));
        sort(&mut outliers, &|a, b| b.deviations.abs().total_cmp(&a.deviations.abs()).then_with(|| by_name(a, b)));
        let mean_ranks: Vec<f64> = (0..list.len()).map(|i| mean(&mut ranks.iter().map(|its| its[i]))).collect();
        let mut order: Vec<usize> = (0..list.len()).collect();
        sort(&mut order, &|a, b| mean_ranks[*a].total_cmp(&mean_ranks[*b]).then(of_thing[*b].total_cmp(&of_thing[*a])).then(a.cmp(b)));
        let joint = (1..).zip(order).map(|(place, i)| Joint {
            place,
            key: list[i].0.clone(),
            name: list[i].1.clone(),
            mean_rank: mean_ranks[i],
            mean_mark: of_thing[i],
            model_place: i + 1,
        });
        Ok(Self { agreement, experts: experts.collect(), outliers, joint: joint.collect() })
    }
}

/// Of each expert, the marks in the order of the list.
fn marks(list: &[(EnterpriseKey, String)], sheets: &[BlindSheet]) -> Result<Vec<Vec<f64>>, Error> {
    let bad = |what: String| Error::from(Kind::BadArgument(what));
    if list.is_empty() || sheets.is_empty() {
        return Err(bad("a review has a list and sheets".to_owned()));
    }
    let places: BTreeMap<&EnterpriseKey, usize> = crate::order::map(list.iter().map(|(key, _)| key).zip(0..));
    if places.len() != list.len() {
        return Err(bad("an enterprise stands twice on the list".to_owned()));
    }
    let mut all = Vec::with_capacity(sheets.len());
    for (i, sheet) in sheets.iter().enumerate() {
        let of = |what: &str, name: &str| bad(format!("the sheet of `{}` {what} `{name}`", sheet.expert));
        if sheets[..i].iter().any(|other| other.expert == sheet.expert) {
            return Err(bad(format!("two sheets are of `{}`", sheet.expert)));
        }
        let mut its: Vec<Option<f64>> = vec![None; list.len()];
        let mut seen = vec![false; list.len()];
        for line in &sheet.lines {
            let Some(place) = places.get(&line.key).copied() else { return Err(of("has somebody who is not on the list:", &line.name)) };
            if std::mem::replace(&mut seen[place], true) {
                return Err(of("has twice", &line.name));
            }
            its[place] = line.mark;
        }
        if let Some(place) = seen.iter().position(|seen| !seen) {
            return Err(of("lacks the line of", &list[place].1));
        }
        let whole: Result<Vec<f64>, Error> =
            its.iter().zip(list).map(|(mark, (_, name))| mark.ok_or_else(|| of("has no mark of", name))).collect();
        all.push(whole?);
    }
    Ok(all)
}
