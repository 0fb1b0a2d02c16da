//! The enterprise: only what the file said.

mod cells;
mod code;
pub(crate) mod day;
mod key;
mod money;
pub(crate) mod region;

pub use code::CreditCode;
pub(crate) use code::is_identity_number;
pub use key::EnterpriseKey;
pub(crate) use key::fold_name;
pub use money::{Currency, Money};
pub use region::Region;

use serde::{Deserialize, Serialize};

/// A calendar date, re-exported from [`jiff`].
pub type Date = jiff::civil::Date;

/// One enterprise, as the file described it. Every field but the name may be unknown; judgements live in the
/// [`Scorecard`](crate::Scorecard), never here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enterprise {
    /// The row of the file it was read from, as a spreadsheet counts (from 1, the header included).
    pub row: u32,
    /// 企业名称.
    pub name: String,
    /// 统一社会信用代码, checked.
    pub credit_code: Option<CreditCode>,
    /// 登记状态.
    pub status: Option<Status>,
    /// 企业类型, as written.
    pub kind: Option<String>,
    /// 成立日期.
    #[serde(serialize_with = "day::serialize")]
    pub established: Option<Date>,
    /// 注册资本.
    pub registered_capital: Option<Money>,
    /// 实缴资本.
    pub paid_in_capital: Option<Money>,
    /// 营业收入, a year.
    pub revenue: Option<Money>,
    /// 参保人数, the number of insured staff. A zero is read as unknown: firms whose staff is insured through others have it.
    pub staff: Option<u32>,
    /// 企业规模.
    pub size: Option<Size>,
    /// Province, city and county as the file names them, and the division code where one could be told.
    pub region: Region,
    /// 国标行业, the finest class given, as written.
    pub industry: Option<String>,
    /// 经营范围.
    pub scope: Option<String>,
    /// 企业简介.
    pub profile: Option<String>,
    /// 主营业务.
    pub main_business: Option<String>,
    /// 主营产品, with shares of revenue where given.
    pub products: Vec<Product>,
    /// Titles of patents, where the file lists them.
    pub patents: Option<String>,
    /// Titles of bids won (中标), where the file lists them.
    pub bids: Option<String>,
    /// Number of patents, where the file counts them.
    pub patent_count: Option<u32>,
    /// 标签 and 产业链节点, as written.
    pub tags: Vec<String>,
    /// Official qualifications held, best first. Empty means unknown, not none.
    pub qualifications: Vec<Qualification>,
    /// 上市 or 融资 stage, as written.
    pub listing: Option<String>,
    /// Date of the last financing round.
    #[serde(serialize_with = "day::serialize")]
    pub financing_date: Option<Date>,
    /// 曾用名.
    pub former_name: Option<String>,
    /// 股东 or 投资方, as written: the way to reach a firm through capital.
    pub shareholders: Option<String>,
    /// Columns the library does not know, in the order of [`Intake::extra_columns`](crate::Intake::extra_columns), as far as the last
    /// that is filled.
    pub extra: Vec<Option<String>>,
}

/// A product and its share of revenue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// Share of revenue, 0 to 1, where given.
    pub share: Option<f64>,
}

/// 登记状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 在业, 存续, 开业, 正常.
    Active,
    /// 迁入 or 迁出.
    Moved,
    /// 停业 or 歇业.
    Suspended,
    /// 清算.
    Liquidation,
    /// 吊销.
    Revoked,
    /// 注销 or 撤销.
    Deregistered,
}

impl Status {
    /// The name a scorecard uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Moved => "moved",
            Self::Suspended => "suspended",
            Self::Liquidation => "liquidation",
            Self::Revoked => "revoked",
            Self::Deregistered => "deregistered",
        }
    }
}

/// 企业规模, by the size bands of 2017.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// 微型.
    Micro,
    /// 小型.
    Small,
    /// 中型.
    Medium,
    /// 大型.
    Large,
}

impl Size {
    /// The name a scorecard uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Micro => "micro",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// An official qualification or title, the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// 制造业单项冠军.
    SingleChampion,
    /// 独角兽.
    Unicorn,
    /// 专精特新"小巨人".
    LittleGiant,
    /// 瞪羚.
    Gazelle,
    /// 专精特新中小企业.
    Specialised,
    /// 高新技术企业.
    HighTech,
    /// 科技型中小企业.
    TechSme,
    /// 创新型中小企业.
    InnovativeSme,
}

impl Qualification {
    /// Every one, the highest first.
    pub const ALL: [Self; 8] = [
        Self::SingleChampion,
        Self::Unicorn,
        Self::LittleGiant,
        Self::Gazelle,
        Self::Specialised,
        Self::HighTech,
        Self::TechSme,
        Self::InnovativeSme,
    ];

    /// The name a scorecard uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SingleChampion => "single_champion",
            Self::Unicorn => "unicorn",
            Self::LittleGiant => "little_giant",
            Self::Gazelle => "gazelle",
            Self::Specialised => "specialised",
            Self::HighTech => "high_tech",
            Self::TechSme => "tech_sme",
            Self::InnovativeSme => "innovative_sme",
        }
    }
}
