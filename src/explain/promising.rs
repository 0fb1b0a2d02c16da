//! 潜力股: young, not large in its link, and good at something already.

use super::{Reason, ReasonKind, Telling};
use crate::chain::Role;
use crate::enterprise::{Qualification, day};
use crate::scorecard::words::qualification_zh;
use crate::scorecard::{FactId, Facts};

/// Years after which a firm is what it is.
const YOUNG: f64 = 12.0;
/// Who exceeds so many of its link in capital, in percent, needs no discovering.
const SMALL: f64 = 95.0;
/// Patents that few firms of that age have.
const PATENTS: u32 = 30;
/// Years in which financing still says something.
const FINANCED: f64 = 3.0;

/// Titles that are given for being good in a niche, or for growing.
const TITLES: [Qualification; 5] =
    [Qualification::SingleChampion, Qualification::Unicorn, Qualification::LittleGiant, Qualification::Gazelle, Qualification::Specialised];

impl Telling<'_> {
    /// That an enterprise is promising, and by what: it makes or develops what its link is about, is at most 12 years old, is not known to be
    /// listed or among the largest twentieth of its link by capital, and has a title for it, 30 patents, or was financed within three years.
    pub(super) fn promising(&self) -> Option<Reason> {
        let (e, facts) = (self.facts.enterprise(), &self.facts);
        let makes = matches!(facts.role()?, Role::Maker | Role::Developer);
        let age = facts.number(FactId::AgeYears)?;
        let is_large = facts.number(FactId::LinkStanding).is_some_and(|share| share > SMALL);
        let is_listed = facts.word(FactId::Listing).is_some_and(|word| word == "listed");
        if !makes || age > YOUNG || is_large || is_listed || facts.is_resident() {
            return None;
        }
        let mut signs: Vec<(String, String)> = Vec::new();
        if let Some(title) = e.qualifications.iter().find(|q| TITLES.contains(q)) {
            signs.push((qualification_zh(title.as_str()).to_owned(), title.as_str().replace('_', " ")));
        }
        if let Some(count) = e.patent_count.filter(|count| *count >= PATENTS) {
            signs.push((format!("专利 {count} 件"), format!("{count} patents")));
        }
        let as_of = self.ranking.assessment().options.as_of;
        if let Some(financed) = facts.day(FactId::FinancingDate)
            && (day::number(as_of) - day::number(financed)) as f64 <= FINANCED * 365.25
        {
            signs.push((format!("最近融资 {}", day::written(financed)), format!("financed {}", day::written(financed))));
        }
        if signs.is_empty() {
            return None;
        }
        let year = e.established?.year();
        let zh: Vec<&str> = signs.iter().map(|s| s.0.as_str()).collect();
        let en: Vec<&str> = signs.iter().map(|s| s.1.as_str()).collect();
        Some(Reason {
            key: ReasonKind::Promising,
            zh: format!("潜力股：{year} 年成立，{}", zh.join("，")),
            en: format!("Promising: founded {year}, {}", en.join(", ")),
        })
    }
}
