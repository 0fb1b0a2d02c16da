//! Residents at risk of leaving (外迁预警): signs between two editions of the park's own file. A list with reasons, never a verdict.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Enterprise, EnterpriseKey, Status};
use crate::order::{sort, sort_by_key};
use crate::park::DiagnosisRules;
use crate::rates::Rates;

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "RiskKind"))]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// It is no longer in business, or has moved its registration (登记状态).
    Status,
    /// It is registered in another place.
    Moved,
    /// It is not in the later file.
    Gone,
    /// Its capital is less.
    Capital,
    /// Its staff is much less.
    Staff,
    /// It has another name.
    Renamed,
}

impl Sign {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Moved => "moved",
            Self::Gone => "gone",
            Self::Capital => "capital",
            Self::Staff => "staff",
            Self::Renamed => "renamed",
        }
    }
}

/// A resident, and its signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct AtRisk {
    /// Who it is.
    pub key: EnterpriseKey,
    /// The name, in the later file where it is there.
    pub name: String,
    /// The signs, the gravest first.
    pub signs: Vec<RiskSign>,
}

/// One sign, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct RiskSign {
    /// Which.
    pub sign: Sign,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The residents with signs that they may leave, from one edition of the file to the next; those with the gravest first, then those with the most.
/// What either file does not tell is no sign. Enterprises are found again by their keys, and by former names.
///
/// ```
/// use xiangma::{DiagnosisRules, IntakeOptions, Scorecard, Sign, at_risk, intake};
///
/// let read = |file: &str| intake(file.as_bytes(), &IntakeOptions::new()).map(|t| t.enterprises);
/// let before = read("企业名称,参保人数,注册地址\n示例甲有限公司,120,浙江省金华市\n示例乙有限公司,80,浙江省金华市\n")?;
/// let now = read("企业名称,参保人数,注册地址\n示例甲有限公司,60,浙江省金华市\n示例乙有限公司,80,江苏省苏州市\n")?;
/// let found = at_risk(&before, &now, &DiagnosisRules::builtin(), &Scorecard::attraction().rates);
/// assert_eq!(found.iter().map(|r| (r.name.as_str(), r.signs[0].sign)).collect::<Vec<_>>(), [
///     ("示例乙有限公司", Sign::Moved),
///     ("示例甲有限公司", Sign::Staff),
/// ]);
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn at_risk(before: &[Enterprise], now: &[Enterprise], rules: &DiagnosisRules, rates: &Rates) -> Vec<AtRisk> {
    let mut by_key: BTreeMap<EnterpriseKey, &Enterprise> = BTreeMap::new();
    let mut by_name: BTreeMap<String, &Enterprise> = BTreeMap::new();
    for e in now {
        by_key.entry(e.key()).or_insert(e);
        // One file may tell the code or the province and the other not.
        for name in [Some(e.name.as_str()), e.former_name.as_deref()].into_iter().flatten() {
            by_name.entry(crate::enterprise::fold_name(name)).or_insert(e);
        }
    }
    let mut found: Vec<AtRisk> = Vec::new();
    for was in before {
        let is = by_key.get(&was.key()).or_else(|| by_name.get(&crate::enterprise::fold_name(&was.name))).copied();
        // Two codes are two enterprises, whatever their names.
        let is = is.filter(|is| was.credit_code.zip(is.credit_code).is_none_or(|(a, b)| a == b));
        let mut signs = signs(was, is, rules, rates);
        sort_by_key(&mut signs, |s| s.sign);
        if !signs.is_empty() {
            found.push(AtRisk { key: was.key(), name: is.unwrap_or(was).name.clone(), signs });
        }
    }
    let gravest = |r: &AtRisk| r.signs.first().map(|s| s.sign);
    sort(&mut found, &|a, b| gravest(a).cmp(&gravest(b)).then(b.signs.len().cmp(&a.signs.len())).then_with(|| a.name.cmp(&b.name)));
    found
}

fn signs(was: &Enterprise, is: Option<&Enterprise>, rules: &DiagnosisRules, rates: &Rates) -> Vec<RiskSign> {
    let sign = |sign: Sign, zh: String, en: String| RiskSign { sign, zh, en };
    let Some(is) = is else {
        return vec![sign(Sign::Gone, "后一期文件中没有这家企业".to_owned(), "it is not in the later file".to_owned())];
    };
    let mut found = Vec::new();
    if let Some(status) = is.status.filter(|s| *s != Status::Active && was.status != Some(*s)) {
        let zh = match status {
            Status::Active => "在业",
            Status::Moved => "迁出或迁入",
            Status::Suspended => "停业",
            Status::Liquidation => "清算",
            Status::Revoked => "吊销",
            Status::Deregistered => "注销",
        };
        found.push(sign(Sign::Status, format!("登记状态变为{zh}"), format!("its status is now {}", status.as_str())));
    }
    let place = |e: &Enterprise| [&e.region.province, &e.region.city].map(|part| part.clone().unwrap_or_default()).concat();
    let other = |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a != b);
    if other(&was.region.province, &is.region.province) || other(&was.region.city, &is.region.city) {
        let (from, to) = (place(was), place(is));
        found.push(sign(Sign::Moved, format!("注册地由{from}变为{to}"), format!("its registration moved from {from} to {to}")));
    }
    let capital = |e: &Enterprise| e.registered_capital.and_then(|m| rates.yuan(m));
    if let Some((from, to)) = capital(was).zip(capital(is)).filter(|(from, to)| to < from) {
        let ten_thousands = |yuan: f64| libm::round(yuan / 10_000.0);
        let (a, b) = (ten_thousands(from), ten_thousands(to));
        found.push(sign(
            Sign::Capital,
            format!("注册资本由 {a} 万元减为 {b} 万元"),
            format!("its capital fell from {} to {} million yuan", a / 100.0, b / 100.0),
        ));
    }
    if let Some((from, to)) = was.staff.zip(is.staff)
        && u64::from(to) * 100 <= u64::from(from) * u64::from(100 - rules.staff_fall.min(100))
        && to < from
    {
        found.push(sign(Sign::Staff, format!("参保人数由 {from} 人减为 {to} 人"), format!("its staff fell from {from} to {to}")));
    }
    if crate::enterprise::fold_name(&was.name) != crate::enterprise::fold_name(&is.name) {
        let (from, to) = (&was.name, &is.name);
        found.push(sign(Sign::Renamed, format!("由“{from}”更名为“{to}”"), format!("it was renamed from {from} to {to}")));
    }
    found
}
