//! Where cities are, and how far it is from one to another.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Code, longitude and latitude in ten-thousandths of a degree.
static PLACES: LazyLock<BTreeMap<u32, (i32, i32)>> = LazyLock::new(|| {
    let line = |line: &str| {
        let mut numbers = line.split(' ');
        let code: u32 = numbers.next()?.parse().ok()?;
        Some((code, (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?)))
    };
    crate::order::map(include_str!("places.txt").lines().filter_map(line))
});

/// The city a division lies in: its prefecture or municipality, or itself where it is a city under no prefecture. None for a whole province, and for what is
/// not in the table.
///
/// ```
/// use xiangma::plan::city_of;
///
/// // A district of 苏州, and one of 上海.
/// assert_eq!((city_of(320_505), city_of(310_115)), (Some(320_500), Some(310_000)));
/// assert_eq!(city_of(320_000), None);
/// ```
pub fn city_of(code: u32) -> Option<u32> {
    let known = |code: &u32| PLACES.contains_key(code);
    [code, code / 100 * 100, code / 10_000 * 10_000].into_iter().find(known)
}

/// The city that a text names, as a division code: 金华, 浙江省金华市. None where it names no known city, or only a province.
///
/// ```
/// use xiangma::plan::place_named;
///
/// assert_eq!((place_named("金华"), place_named("浙江省义乌市"), place_named("上海")), (Some(330_700), Some(330_700), Some(310_000)));
/// assert_eq!(place_named("浙江省"), None);
/// ```
pub fn place_named(text: &str) -> Option<u32> {
    let place = crate::enterprise::region::read(text, true);
    // Municipalities are provinces of one city.
    place.city.and_then(|(_, code)| city_of(code)).or_else(|| place.province.and_then(|(_, code)| city_of(code * 10_000)))
}

/// From one city to another in metres by road, estimated: the great circle times 1.3, roads being no great circles. None where the place of one
/// is not known.
///
/// ```
/// use xiangma::plan::metres;
///
/// // 金华 to 苏州: some 260 km as the crow flies.
/// assert!((300_000..400_000).contains(&metres(330_700, 320_500).ok_or("unknown")?));
/// # Ok::<(), &str>(())
/// ```
pub fn metres(from: u32, to: u32) -> Option<u64> {
    // The mean radius of the earth.
    const RADIUS: f64 = 6_371_008.8;
    // The same both ways, to the last bit.
    let (a, b) = (PLACES.get(&from.min(to))?, PLACES.get(&from.max(to))?);
    let radians = |part: i32| f64::from(part) / 10_000.0 * core::f64::consts::PI / 180.0;
    let half = |a: i32, b: i32| libm::sin((radians(b) - radians(a)) / 2.0);
    let (east, north) = (half(a.0, b.0), half(a.1, b.1));
    let square = north * north + libm::cos(radians(a.1)) * libm::cos(radians(b.1)) * east * east;
    Some(libm::round(2.0 * RADIUS * libm::asin(square.sqrt().min(1.0)) * 1.3) as u64)
}
