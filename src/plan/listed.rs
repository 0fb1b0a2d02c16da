//! A list as the next step reads it: whoever wrote it, this library or a person with a spreadsheet.

use serde::{Deserialize, Serialize};

use crate::enterprise::{EnterpriseKey, Region};
use crate::error::Error;
use crate::intake::{IntakeOptions, intake};
use crate::plan::cells::lower;
use crate::plan::officers::Lead;

/// An enterprise on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Listed {
    /// Who it is.
    pub key: EnterpriseKey,
    /// The name.
    pub name: String,
    /// Where it is.
    pub region: Region,
    /// Id of its chain.
    pub chain: Option<String>,
    /// Id of its link.
    pub link: Option<String>,
    /// The score in hundredths of a point.
    pub score: Option<u32>,
    /// The officer who has it.
    pub officer: Option<String>,
    /// The officer who keeps it.
    pub locked_to: Option<String>,
    /// A language that is needed beside Chinese.
    pub language: Option<String>,
}

impl Listed {
    /// Reads a list: any table of enterprises that [`intake`](crate::intake()) reads, the JSON Lines of a ranking or of a shortlist among them. Columns named
    /// `chain`, `link` (环节), `score` (得分), `officer` (专员), `locked_to` (锁定专员) and `language` (语种) are taken where they are there.
    ///
    /// ```
    /// use xiangma::plan::Listed;
    ///
    /// let list = Listed::read("企业名称,所属城市,得分,专员\n示例光电有限公司,苏州市,81.50,示例甲\n".as_bytes())?;
    /// assert_eq!((list[0].score, list[0].officer.as_deref(), list[0].region.code), (Some(8_150), Some("示例甲"), Some(320_500)));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake()).
    pub fn read(bytes: &[u8]) -> Result<Vec<Self>, Error> {
        let table = intake(bytes, &IntakeOptions::new())?;
        let headers: Vec<String> = table.extra_columns.iter().map(|h| lower(h)).collect();
        let column = |words: &[&str]| headers.iter().position(|h| words.contains(&h.as_str()));
        let key = column(&["key", "编号"]);
        let chain = column(&["chain"]);
        let link = column(&["link", "环节"]);
        let score = column(&["score", "得分", "评分", "分数"]);
        let officer = column(&["officer", "专员", "包干专员"]);
        let locked_to = column(&["locked_to", "锁定专员"]);
        let language = column(&["language", "语种"]);
        let listed = |e: crate::enterprise::Enterprise| {
            let cell = |at: Option<usize>| e.extra.get(at?).cloned().flatten().filter(|c| !crate::text::is_blank(c));
            let score: Option<f64> = cell(score).and_then(|c| lower(&c).parse().ok()).filter(|s| (0.0..=100.0).contains(s));
            // As an earlier step wrote it; a column of that name may hold anything.
            let key = cell(key).and_then(|text| {
                let Ok(key) = text.parse::<EnterpriseKey>();
                (matches!(key, EnterpriseKey::Code(_)) || text.contains('|')).then_some(key)
            });
            Self {
                key: key.unwrap_or_else(|| e.key()),
                chain: cell(chain),
                link: cell(link),
                score: score.map(|s| libm::round(s * 100.0) as u32),
                officer: cell(officer),
                locked_to: cell(locked_to),
                language: cell(language),
                name: e.name,
                region: e.region,
            }
        };
        Ok(table.enterprises.into_iter().map(listed).collect())
    }

    /// The same as a lead to be given to an officer, worth its score.
    pub fn lead(&self) -> Lead {
        let Region { province, city, county, .. } = &self.region;
        Lead {
            chain: self.chain.clone(),
            regions: [province, city, county].into_iter().flatten().cloned().collect(),
            language: self.language.clone(),
            value: self.score.map_or(0, |s| (s.min(10_000) / 100) as u8),
            had_by: self.officer.clone(),
            locked_to: self.locked_to.clone(),
        }
    }
}
