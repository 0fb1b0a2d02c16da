//! Regions by administrative code, GB/T 2260: the provinces; finer codes come from the credit code.

use crate::enterprise::Region;
use crate::intake::CreditCode;

const PROVINCES: [(&str, u32); 34] = [
    ("北京", 11),
    ("天津", 12),
    ("河北", 13),
    ("山西", 14),
    ("内蒙古", 15),
    ("辽宁", 21),
    ("吉林", 22),
    ("黑龙江", 23),
    ("上海", 31),
    ("江苏", 32),
    ("浙江", 33),
    ("安徽", 34),
    ("福建", 35),
    ("江西", 36),
    ("山东", 37),
    ("河南", 41),
    ("湖北", 42),
    ("湖南", 43),
    ("广东", 44),
    ("广西", 45),
    ("海南", 46),
    ("重庆", 50),
    ("四川", 51),
    ("贵州", 52),
    ("云南", 53),
    ("西藏", 54),
    ("陕西", 61),
    ("甘肃", 62),
    ("青海", 63),
    ("宁夏", 64),
    ("新疆", 65),
    ("台湾", 71),
    ("香港", 81),
    ("澳门", 82),
];

/// The province a text begins with: its short name and two-digit code.
pub(crate) fn province(text: &str) -> Option<(&'static str, u32)> {
    PROVINCES.iter().find(|(name, _)| text.starts_with(name)).copied()
}

impl Region {
    /// Whether a text names a province, as 江苏 or 江苏省 do.
    pub fn is_province(name: &str) -> bool {
        province(name).is_some()
    }

    /// Whether any part of it has a name in it, such as that of a province, a city or a street.
    pub fn is_within(&self, name: &str) -> bool {
        let parts = [&self.province, &self.city, &self.county, &self.address];
        parts.into_iter().flatten().any(|part| part.contains(name))
    }
}

/// Completes a region: normal names, province from the address or the credit code where the column is empty, and the code.
///
/// The credit code names where the enterprise was registered; it is taken for the finer code only while it agrees on the province,
/// because enterprises move and keep their code.
pub(crate) fn complete(region: &mut Region, code: Option<CreditCode>) {
    let named = region.province.as_deref().and_then(province).or_else(|| region.address.as_deref().and_then(province));
    let division = code.map(|c| c.division()).filter(|d| PROVINCES.iter().any(|(_, p)| *p == d / 10_000));
    let found = named.or_else(|| division.and_then(|d| PROVINCES.iter().find(|(_, p)| *p == d / 10_000).copied()));
    if let Some((name, number)) = found {
        region.province = Some(name.to_owned());
        region.code = Some(division.filter(|d| d / 10_000 == number).unwrap_or(number * 10_000));
    }
    if let Some(city) = &mut region.city {
        let short = city.strip_suffix('市').filter(|s| s.chars().count() >= 2).map(str::to_owned);
        if let Some(short) = short {
            *city = short;
        }
    }
}
