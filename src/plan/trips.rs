//! Trips (外出考察): those to be visited, by city, so that the team is away as seldom and travels as little as can be.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};
use crate::order::sort;
use crate::plan::places::{city_of, metres};
use crate::plan::rounds::{EXACT_CITIES, Map, exact, near};

/// How trips are made: days of a trip (1 to 30), visits of a day (1 to 20), and where they begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TripOptions {
    /// Days of a trip at most.
    pub days: u32,
    /// Visits of a day at most.
    pub visits: u32,
    /// The division code of the place trips begin and end at; without it the ways there and back are not counted.
    pub home: Option<u32>,
}

/// All trips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Trips {
    /// The trips, in the order of their first cities' codes.
    pub trips: Vec<Trip>,
    /// Those whose city is not known, or is in no table: to be placed by hand.
    pub unplaced: Vec<usize>,
    /// Kilometres of all trips, estimated: great circles times 1.3.
    pub km: u64,
    /// True when no plan has fewer trips, and none with as few a shorter way; false for more than [`EXACT_CITIES`] cities, where the plan is only
    /// near to that.
    pub is_exact: bool,
}

/// One trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Trip {
    /// Division codes of the cities, in the order of the way.
    pub cities: Vec<u32>,
    /// Day by day, who is visited: places in what was given.
    pub days: Vec<Vec<usize>>,
    /// Kilometres, estimated.
    pub km: u64,
}

/// Plans trips to those in these divisions (GB/T 2260; none where it is not known). A city is visited on one trip; where it has more visits than
/// fit, whole trips go there alone. As few trips as can be, then as short a way.
///
/// Exact up to [`EXACT_CITIES`] cities (Held and Karp's method over all ways to part them); above, a round through all, improved by exchanges,
/// is cut into trips. Time on the road is not counted: as many visits fit into a day wherever they are.
///
/// ```
/// use xiangma::plan::{TripOptions, trips};
///
/// // Two in 苏州, one each in 无锡 and 深圳, one nobody knows where; from 金华.
/// let at = [Some(320_505), Some(320_500), Some(320_200), Some(440_300), None];
/// let plan = trips(&at, TripOptions { days: 2, visits: 2, home: Some(330_700) })?;
/// assert_eq!((plan.trips.len(), plan.unplaced, plan.is_exact), (1, vec![4], true));
/// assert_eq!(plan.trips[0].days.len(), 2);
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT` for days or visits out of range, or a home that is in no table; `LIMIT` over 5 000 visits.
pub fn trips(at: &[Option<u32>], options: TripOptions) -> Result<Trips, Error> {
    let TripOptions { days, visits, home } = options;
    if !(1..=30).contains(&days) || !(1..=20).contains(&visits) {
        return Err(Kind::BadArgument(format!("a trip has 1 to 30 days of 1 to 20 visits, not {days} of {visits}")).into());
    }
    if at.len() > 5_000 {
        return Err(Kind::Limit { what: "the number of visits", found: at.len() as u64, limit: 5_000 }.into());
    }
    let unknown = || Error::from(Kind::BadArgument(format!("no place is known for the division {}", home.unwrap_or(0))));
    let home = home.map(|code| city_of(code).ok_or_else(unknown)).transpose()?;
    let mut by_city: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut unplaced = Vec::new();
    for (visit, code) in at.iter().enumerate() {
        match code.and_then(city_of) {
            Some(city) => by_city.entry(city).or_default().push(visit),
            None => unplaced.push(visit),
        }
    }
    let room = (days * visits) as usize;
    // Whole trips to one city; what is left of it goes with others.
    let mut rounds: Vec<Vec<(u32, Vec<usize>)>> = Vec::new();
    let mut cities: Vec<(u32, Vec<usize>)> = Vec::new();
    for (city, mut all) in by_city {
        while all.len() > room {
            let rest = all.split_off(room);
            rounds.push(vec![(city, std::mem::replace(&mut all, rest))]);
        }
        cities.push((city, all));
    }
    let map = Map::new(&cities, home);
    let is_exact = cities.len() <= EXACT_CITIES;
    let parts = if is_exact { exact(&map, room) } else { near(&map, room) };
    rounds.extend(parts.into_iter().map(|part| part.into_iter().filter_map(|c| cities.get(c).cloned()).collect()));
    let mut trips: Vec<Trip> = rounds.into_iter().map(|round| trip(&round, home, visits as usize)).collect();
    sort(&mut trips, &|a, b| a.cities.cmp(&b.cities).then_with(|| a.days.cmp(&b.days)));
    let km = trips.iter().map(|t| t.km).sum();
    Ok(Trips { trips, unplaced, km, is_exact })
}

fn trip(round: &[(u32, Vec<usize>)], home: Option<u32>, visits: usize) -> Trip {
    let cities: Vec<u32> = round.iter().map(|(city, _)| *city).collect();
    let all: Vec<usize> = round.iter().flat_map(|(_, visits)| visits.iter().copied()).collect();
    let way: Vec<u32> = home.into_iter().chain(cities.iter().copied()).chain(home).collect();
    let length: u64 = way.windows(2).filter_map(|two| metres(two[0], two[1])).sum();
    Trip { cities, days: all.chunks(visits.max(1)).map(<[usize]>::to_vec).collect(), km: (length + 500) / 1_000 }
}
