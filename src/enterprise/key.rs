//! Which enterprise it is, across files, months and machines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::enterprise::{CreditCode, Enterprise};
use crate::text::squeeze;

/// The identity of an enterprise: its credit code; where none is known, its folded name and its province.
///
/// Written as the code, or as `name|province`. Folding leaves spaces, brackets and dots out, and writes 有限责任公司 as 有限公司.
///
/// ```
/// use xiangma::{Enterprise, EnterpriseKey};
///
/// let one = Enterprise { name: "示例（苏州）光电有限责任公司".to_owned(), ..Enterprise::default() };
/// let two = Enterprise { name: "示例(苏州)光电有限公司 ".to_owned(), ..Enterprise::default() };
/// assert_eq!(one.key(), two.key());
/// assert_eq!(one.key().to_string().parse::<EnterpriseKey>(), Ok(two.key()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(type = "string"))]
pub enum EnterpriseKey {
    /// By 统一社会信用代码.
    Code(CreditCode),
    /// By name, folded, and province; the province is empty where it is unknown.
    Name(String, String),
}

impl Enterprise {
    /// Its identity across files and months.
    pub fn key(&self) -> EnterpriseKey {
        match self.credit_code {
            Some(code) => EnterpriseKey::Code(code),
            None => EnterpriseKey::Name(fold_name(&self.name), self.region.province.clone().unwrap_or_default()),
        }
    }
}

impl Enterprise {
    /// Whether this is the enterprise of a key.
    pub fn is(&self, key: &EnterpriseKey) -> bool {
        match key {
            EnterpriseKey::Code(code) => self.credit_code.as_ref() == Some(code),
            EnterpriseKey::Name(..) => self.credit_code.is_none() && self.key() == *key,
        }
    }
}

/// A name as identity compares it: without spaces, brackets and dots, width and letters as one, 有限责任公司 as 有限公司.
pub(crate) fn fold_name(name: &str) -> String {
    let mut folded = squeeze(name);
    // Most names are Chinese characters throughout, of which none is left out.
    if folded.bytes().any(|b| b.is_ascii_punctuation() || matches!(b, 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef)) {
        folded.retain(|c| {
            !matches!(c, '(' | ')' | '·' | '.' | ',' | '，' | '"' | '\'' | '“' | '”' | '-' | '—' | '_') && !crate::text::is_invisible(c)
        });
    }
    if folded.contains("有限责任公司") { folded.replace("有限责任公司", "有限公司") } else { folded }
}

impl fmt::Display for EnterpriseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(f),
            Self::Name(name, province) => write!(f, "{name}|{province}"),
        }
    }
}

impl FromStr for EnterpriseKey {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match (CreditCode::parse(text), text.rsplit_once('|')) {
            (Some(code), _) => Self::Code(code),
            (None, Some((name, province))) => Self::Name(name.to_owned(), province.to_owned()),
            (None, None) => Self::Name(fold_name(text), String::new()),
        })
    }
}

impl Serialize for EnterpriseKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EnterpriseKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match String::deserialize(deserializer)?.parse() {
            Ok(key) => key,
            Err(never) => match never {},
        })
    }
}
