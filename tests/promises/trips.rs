//! Trips: as few as can be, then as short as can be, and nobody forgotten.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use xiangma::plan::{TripOptions, Trips, city_of, metres, trips};

/// Prefectures all over the country.
const CITIES: [u32; 40] = [
    110_000, 120_000, 130_100, 140_100, 150_100, 210_100, 210_200, 220_100, 230_100, 310_000, 320_100, 320_200, 320_500, 330_100, 330_200,
    330_700, 340_100, 350_100, 350_200, 360_100, 370_100, 370_200, 410_100, 420_100, 430_100, 440_100, 440_300, 450_100, 460_100, 500_000,
    510_100, 520_100, 530_100, 540_100, 610_100, 620_100, 630_100, 640_100, 650_100, 440_600,
];

fn length(home: Option<u32>, cities: &[u32]) -> u64 {
    let way: Vec<u32> = home.into_iter().chain(cities.iter().copied()).chain(home).collect();
    way.windows(2).map(|two| metres(two[0], two[1]).expect("known")).sum()
}

/// The shortest of all orders.
fn shortest(home: Option<u32>, cities: &[u32]) -> u64 {
    fn orders(done: &mut Vec<u32>, left: &[u32], home: Option<u32>, best: &mut u64) {
        if left.is_empty() {
            *best = (*best).min(length(home, done));
        }
        for (i, city) in left.iter().enumerate() {
            done.push(*city);
            let rest: Vec<u32> = left.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, c)| *c).collect();
            orders(done, &rest, home, best);
            done.pop();
        }
    }
    let mut best = u64::MAX;
    orders(&mut Vec::new(), cities, home, &mut best);
    best
}

/// The fewest trips and the shortest way, over all ways to part the cities.
fn brute(home: Option<u32>, cities: &[(u32, usize)], room: usize) -> (usize, u64) {
    fn parts(left: &[(u32, usize)], trips: &mut Vec<Vec<(u32, usize)>>, room: usize, all: &mut Vec<Vec<Vec<u32>>>) {
        let Some((city, rest)) = left.split_first() else {
            all.push(trips.iter().map(|t| t.iter().map(|c| c.0).collect()).collect());
            return;
        };
        for i in 0..trips.len() {
            if trips[i].iter().map(|c| c.1).sum::<usize>() + city.1 <= room {
                trips[i].push(*city);
                parts(rest, trips, room, all);
                trips[i].pop();
            }
        }
        trips.push(vec![*city]);
        parts(rest, trips, room, all);
        trips.pop();
    }
    let mut all = Vec::new();
    parts(cities, &mut Vec::new(), room, &mut all);
    let fewest = all.iter().map(Vec::len).min().expect("a way");
    let mut known = std::collections::BTreeMap::new();
    let mut cost = |trip: &Vec<u32>| *known.entry(trip.clone()).or_insert_with(|| shortest(home, trip));
    let costs = all.iter().filter(|trips| trips.len() == fewest).map(|trips| trips.iter().map(&mut cost).sum::<u64>());
    (fewest, costs.min().expect("a way"))
}

fn check(plan: &Trips, at: &[Option<u32>], options: TripOptions) {
    let mut seen: Vec<usize> =
        plan.trips.iter().flat_map(|t| t.days.iter().flatten().copied()).chain(plan.unplaced.iter().copied()).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..at.len()).collect::<Vec<_>>(), "everybody once");
    for trip in &plan.trips {
        assert!(trip.days.len() <= options.days as usize && trip.days.iter().all(|d| !d.is_empty() && d.len() <= options.visits as usize));
        let mut cities: Vec<u32> = trip.days.iter().flatten().filter_map(|v| city_of(at[*v]?)).collect();
        cities.dedup();
        assert_eq!(cities, trip.cities, "in the order of the way");
        assert!((trip.km as i64 * 1_000 - length(options.home, &trip.cities) as i64).abs() <= 500);
    }
}

fn metres_of(plan: &Trips, home: Option<u32>) -> u64 {
    plan.trips.iter().map(|t| length(home, &t.cities)).sum()
}

#[test]
fn the_best_of_all_plans_up_to_seven_cities() {
    let mut draws = Pcg32::new(21, 9);
    for case in 0..60 {
        let many = 1 + draws.next_u32() as usize % 7;
        let mut cities: Vec<(u32, usize)> = Vec::new();
        while cities.len() < many {
            let city = CITIES[draws.next_u32() as usize % 40];
            if cities.iter().all(|c| c.0 != city) {
                cities.push((city, 1 + draws.next_u32() as usize % 3));
            }
        }
        let options = TripOptions { days: 1 + draws.next_u32() % 3, visits: 3, home: (case % 3 > 0).then_some(330_700) };
        let at: Vec<Option<u32>> = cities.iter().flat_map(|(c, n)| std::iter::repeat_n(Some(*c), *n)).collect();
        let plan = trips(&at, options).expect("planned");
        check(&plan, &at, options);
        let best = brute(options.home, &cities, (options.days * options.visits) as usize);
        assert!(plan.is_exact);
        assert_eq!((plan.trips.len(), metres_of(&plan, options.home)), best, "case {case}: {cities:?}");
    }
}

#[test]
fn one_round_through_eight_cities_is_the_shortest() {
    let mut draws = Pcg32::new(21, 10);
    for _ in 0..6 {
        let from = draws.next_u32() as usize % 32;
        let cities = &CITIES[from..from + 8];
        let options = TripOptions { days: 8, visits: 1, home: Some(330_700) };
        let at: Vec<Option<u32>> = cities.iter().map(|c| Some(*c)).collect();
        let plan = trips(&at, options).expect("planned");
        check(&plan, &at, options);
        assert_eq!((plan.trips.len(), metres_of(&plan, options.home)), (1, shortest(options.home, cities)));
    }
}

/// The shortest round, by Held and Karp's table, written anew.
fn held_karp(home: u32, cities: &[u32]) -> u64 {
    let many = cities.len();
    let far = |a: u32, b: u32| metres(a, b).expect("known");
    let mut best = vec![vec![u64::MAX; many]; 1 << many];
    for i in 0..many {
        best[1 << i][i] = far(home, cities[i]);
    }
    for set in 1..1_usize << many {
        for last in 0..many {
            let so_far = best[set][last];
            if so_far == u64::MAX {
                continue;
            }
            for next in (0..many).filter(|n| set >> n & 1 == 0) {
                let cell = &mut best[set | 1 << next][next];
                *cell = (*cell).min(so_far + far(cities[last], cities[next]));
            }
        }
    }
    (0..many).map(|i| best[(1 << many) - 1][i] + far(cities[i], home)).min().expect("a round")
}

#[test]
fn near_the_shortest_above_twelve() {
    let mut draws = Pcg32::new(21, 11);
    let mut worst: f64 = 1.0;
    for _ in 0..12 {
        let mut cities = CITIES.to_vec();
        for i in (1..40).rev() {
            cities.swap(i, draws.next_u32() as usize % (i + 1));
        }
        cities.truncate(13 + draws.next_u32() as usize % 2);
        cities.retain(|c| *c != 330_700);
        let options = TripOptions { days: 15, visits: 1, home: Some(330_700) };
        let at: Vec<Option<u32>> = cities.iter().map(|c| Some(*c)).collect();
        let plan = trips(&at, options).expect("planned");
        check(&plan, &at, options);
        assert_eq!(plan.trips.len(), 1);
        worst = worst.max(metres_of(&plan, options.home) as f64 / held_karp(330_700, &cities) as f64);
    }
    println!("trips: at worst {worst:.4} of the shortest round");
    assert!(worst <= 1.05, "{worst}");
    // All forty cities, four trips.
    let options = TripOptions { days: 5, visits: 2, home: Some(330_700) };
    let at: Vec<Option<u32>> = CITIES.iter().map(|c| Some(*c)).collect();
    let plan = trips(&at, options).expect("planned");
    check(&plan, &at, options);
    assert!(plan.trips.len() == 4 && !plan.is_exact, "{} trips", plan.trips.len());
}

#[test]
fn a_city_with_more_than_a_trip_holds_has_trips_of_its_own() {
    let at: Vec<Option<u32>> = std::iter::repeat_n(Some(440_305), 11).chain([Some(440_100), None, Some(999_999), Some(330_000)]).collect();
    let options = TripOptions { days: 2, visits: 2, home: None };
    let plan = trips(&at, options).expect("planned");
    check(&plan, &at, options);
    assert_eq!((plan.trips.len(), plan.unplaced.clone()), (3, vec![12, 13, 14]));
    assert_eq!(trips(&[], options).expect("planned").trips.len(), 0);
    for wrong in [TripOptions { days: 0, ..options }, TripOptions { visits: 21, ..options }, TripOptions { home: Some(999_999), ..options }]
    {
        assert_eq!(trips(&at, wrong).expect_err("refused").code(), "BAD_ARGUMENT");
    }
    assert!(trips(&vec![None; 5_001], options).expect_err("too many").is_limit());
}

#[test]
fn distances_are_those_of_the_map() {
    // Great circles by hand, times 1.3, within two parts of a hundred.
    for (a, b, km) in [(110_000, 310_000, 1_068), (330_100, 330_700, 141), (440_100, 650_100, 3_280), (230_100, 460_100, 3_230)] {
        let found = metres(a, b).expect("known") as f64 / 1_300.0;
        assert!((found / f64::from(km) - 1.0).abs() < 0.02, "{a} to {b}: {found:.0} km");
        assert_eq!(metres(a, b), metres(b, a));
    }
    assert_eq!((metres(110_000, 110_000), metres(110_000, 1)), (Some(0), None));
    assert_eq!(
        (city_of(110_108), city_of(429_004), city_of(133_100), city_of(330_000)),
        (Some(110_000), Some(429_004), Some(133_100), None)
    );
}
