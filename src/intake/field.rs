//! What a column can hold.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};

/// What a column of a table of enterprises holds; what [`IntakeOptions::map`](crate::IntakeOptions::map) takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "String")]
#[non_exhaustive]
pub enum Field {
    /// 企业名称.
    Name,
    /// The name a batch look-up was asked for.
    AskedName,
    /// 统一社会信用代码.
    CreditCode,
    /// 登记状态.
    Status,
    /// 企业类型.
    Kind,
    /// 成立日期.
    Established,
    /// 注册资本.
    RegisteredCapital,
    /// 实缴资本.
    PaidInCapital,
    /// 币种 of the capital, where it stands in a column of its own.
    CapitalCurrency,
    /// 营业收入, a year.
    Revenue,
    /// 参保人数 or 员工人数.
    Staff,
    /// 企业规模.
    Size,
    /// 省.
    Province,
    /// 市.
    City,
    /// 区县.
    County,
    /// 注册地址.
    Address,
    /// 国标行业门类.
    IndustrySection,
    /// 国标行业大类, and 所属行业 of unknown depth.
    IndustryDivision,
    /// 国标行业中类.
    IndustryGroup,
    /// 国标行业小类.
    IndustryClass,
    /// 经营范围.
    Scope,
    /// 企业简介.
    Profile,
    /// 主营业务.
    MainBusiness,
    /// 主营产品.
    Products,
    /// Titles of patents.
    Patents,
    /// Number of patents.
    PatentCount,
    /// Titles of bids won (中标).
    Bids,
    /// 标签, 产业链节点.
    Tags,
    /// 资质.
    #[serde(rename = "qualifications")]
    Qualification,
    /// 上市 or 融资 stage.
    Listing,
    /// 融资日期.
    FinancingDate,
    /// 曾用名.
    FormerName,
    /// 股东 or 投资方.
    Shareholders,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 33] = [
        Self::Name,
        Self::AskedName,
        Self::CreditCode,
        Self::Status,
        Self::Kind,
        Self::Established,
        Self::RegisteredCapital,
        Self::PaidInCapital,
        Self::CapitalCurrency,
        Self::Revenue,
        Self::Staff,
        Self::Size,
        Self::Province,
        Self::City,
        Self::County,
        Self::Address,
        Self::IndustrySection,
        Self::IndustryDivision,
        Self::IndustryGroup,
        Self::IndustryClass,
        Self::Scope,
        Self::Profile,
        Self::MainBusiness,
        Self::Products,
        Self::Patents,
        Self::PatentCount,
        Self::Bids,
        Self::Tags,
        Self::Qualification,
        Self::Listing,
        Self::FinancingDate,
        Self::FormerName,
        Self::Shareholders,
    ];

    /// The name reports and options use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::AskedName => "asked_name",
            Self::CreditCode => "credit_code",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Established => "established",
            Self::RegisteredCapital => "registered_capital",
            Self::PaidInCapital => "paid_in_capital",
            Self::CapitalCurrency => "capital_currency",
            Self::Revenue => "revenue",
            Self::Staff => "staff",
            Self::Size => "size",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Address => "address",
            // Reports have always told the four levels by one name.
            Self::IndustrySection | Self::IndustryDivision | Self::IndustryGroup | Self::IndustryClass => "industry",
            Self::Scope => "scope",
            Self::Profile => "profile",
            Self::MainBusiness => "main_business",
            Self::Products => "products",
            Self::Patents => "patents",
            Self::PatentCount => "patent_count",
            Self::Bids => "bids",
            Self::Tags => "tags",
            Self::Qualification => "qualifications",
            Self::Listing => "listing",
            Self::FinancingDate => "financing_date",
            Self::FormerName => "former_name",
            Self::Shareholders => "shareholders",
        }
    }

    /// True for fields that several columns fill together: tags of every kind, titles of every column, scopes kept in two columns.
    pub(crate) fn gathers(self) -> bool {
        matches!(self, Self::Tags | Self::Qualification)
    }

    /// True for columns that tell which enterprise it is: no other column speaks for them.
    pub(crate) fn identifies(self) -> bool {
        matches!(self, Self::Name | Self::AskedName | Self::CreditCode)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Field {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        // Reports name the four levels alike; of an own column the finest is meant unless one is named.
        let level = match text {
            "industry" | "industry_class" => Some(Self::IndustryClass),
            "industry_group" => Some(Self::IndustryGroup),
            "industry_division" => Some(Self::IndustryDivision),
            "industry_section" => Some(Self::IndustrySection),
            _ => None,
        };
        level.or_else(|| Self::ALL.into_iter().find(|f| f.as_str() == text)).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|f| f.as_str()).collect();
            Kind::BadArgument(format!("`{text}` is no field of an enterprise; the fields are {}", names.join(", "))).into()
        })
    }
}

impl TryFrom<String> for Field {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}
