//! Rounds through cities: the shortest, or near it.

use crate::plan::places::metres;

/// Up to this many cities the plan is the best there is.
pub const EXACT_CITIES: usize = 12;

/// Cities by number, with the home as the last; without a home it is next to everything.
pub(super) struct Map {
    visits: Vec<usize>,
    far: Vec<Vec<u64>>,
    home: usize,
}

impl Map {
    pub(super) fn new(cities: &[(u32, Vec<usize>)], home: Option<u32>) -> Self {
        let codes: Vec<Option<u32>> = cities.iter().map(|(city, _)| Some(*city)).chain([home]).collect();
        let between = |a: &Option<u32>, b: &Option<u32>| a.zip(*b).and_then(|(a, b)| metres(a, b)).unwrap_or(0);
        let far = codes.iter().map(|a| codes.iter().map(|b| between(a, b)).collect()).collect();
        Self { visits: cities.iter().map(|(_, visits)| visits.len()).collect(), far, home: cities.len() }
    }

    /// Of a round from home and back.
    fn length(&self, round: &[usize]) -> u64 {
        let ends = [self.home];
        let way: Vec<usize> = ends.iter().chain(round).chain(&ends).copied().collect();
        way.windows(2).map(|two| self.far[two[0]][two[1]]).sum()
    }

    fn visits(&self, round: &[usize]) -> usize {
        round.iter().map(|c| self.visits[*c]).sum()
    }
}

/// Held and Karp: of every set of these cities, the shortest way from home through all that ends at each, and the city before.
struct Ways {
    many: usize,
    table: Vec<(u64, u8)>,
    cities: Vec<usize>,
}

impl Ways {
    fn new(map: &Map, cities: &[usize]) -> Self {
        let many = cities.len();
        let mut table = vec![(u64::MAX, 0_u8); many << many];
        for (i, city) in cities.iter().enumerate() {
            table[(1 << i) * many + i].0 = map.far[map.home][*city];
        }
        for set in 1..1_usize << many {
            for last in (0..many).filter(|i| set >> i & 1 == 1) {
                let (length, _) = table[set * many + last];
                if length == u64::MAX {
                    continue;
                }
                for next in (0..many).filter(|i| set >> i & 1 == 0) {
                    let cell = &mut table[(set | 1 << next) * many + next];
                    *cell = (*cell).min((length + map.far[cities[last]][cities[next]], last as u8));
                }
            }
        }
        Self { many, table, cities: cities.to_vec() }
    }

    /// The length of the shortest round through a set, and the city it comes home from.
    fn round(&self, map: &Map, set: usize) -> (u64, usize) {
        let ends = (0..self.many).filter(|i| set >> i & 1 == 1);
        ends.map(|i| (self.table[set * self.many + i].0 + map.far[self.cities[i]][map.home], i)).min().unwrap_or((0, 0))
    }

    /// Its cities in order.
    fn way(&self, map: &Map, set: usize) -> Vec<usize> {
        let (mut left, mut way) = (set, Vec::new());
        let (_, mut last) = self.round(map, set);
        while left != 0 {
            way.push(self.cities[last]);
            let before = usize::from(self.table[left * self.many + last].1);
            left &= !(1 << last);
            last = before;
        }
        way.reverse();
        // Of a round and its reverse the one that begins with the lower number.
        if way.first() > way.last() {
            way.reverse();
        }
        way
    }
}

/// The fewest trips, then the shortest.
pub(super) fn exact(map: &Map, room: usize) -> Vec<Vec<usize>> {
    let many = map.home;
    let ways = Ways::new(map, &(0..many).collect::<Vec<_>>());
    let visits = |set: usize| (0..many).filter(|i| set >> i & 1 == 1).map(|i| map.visits[i]).sum::<usize>();
    let rounds: Vec<Option<u64>> =
        (0..1_usize << many).map(|set| (set != 0 && visits(set) <= room).then(|| ways.round(map, set).0)).collect();
    // Of every set: trips, length, and the trip that its first city is on.
    let mut best = vec![(u32::MAX, u64::MAX, 0_usize); 1 << many];
    best[0] = (0, 0, 0);
    for set in 1..1_usize << many {
        let first = 1 << set.trailing_zeros();
        let others = set & !first;
        let mut part = others;
        loop {
            let trip = part | first;
            if let Some(length) = rounds[trip] {
                let (trips, rest, _) = best[set & !trip];
                let found = (trips.saturating_add(1), rest.saturating_add(length), trip);
                best[set] = best[set].min(found);
            }
            if part == 0 {
                break;
            }
            part = (part - 1) & others;
        }
    }
    let (mut left, mut trips) = ((1_usize << many) - 1, Vec::new());
    while left != 0 {
        let trip = best[left].2;
        trips.push(ways.way(map, trip));
        left &= !trip;
    }
    trips
}

/// Near the fewest trips, and near the shortest.
pub(super) fn near(map: &Map, room: usize) -> Vec<Vec<usize>> {
    // Rounds that begin at each of a few cities; the best of them is cut.
    let starts = (0..map.home).step_by(map.home.div_ceil(24).max(1));
    let rounds = starts.map(|start| {
        let mut round = nearest(map, start);
        improve(map, &mut round);
        let parts = cut(map, &round, room);
        let length = parts.iter().map(|p| map.length(p)).sum::<u64>();
        (parts.len(), length, parts)
    });
    let mut parts = rounds.min().map(|(_, _, parts)| parts).unwrap_or_default();
    while exchange(map, &mut parts, room) {}
    for part in &mut parts {
        if part.len() <= EXACT_CITIES {
            let ways = Ways::new(map, part);
            *part = ways.way(map, (1 << part.len()) - 1);
        } else {
            improve(map, part);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// A round that goes to the nearest that is left.
fn nearest(map: &Map, start: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..map.home).filter(|c| *c != start).collect();
    let mut round = vec![start];
    let mut at = start;
    while let Some(next) = (0..left.len()).min_by_key(|i| (map.far[at][left[*i]], left[*i])) {
        at = left.remove(next);
        round.push(at);
    }
    round
}

/// Turns parts of a round about, and moves up to three cities elsewhere, as long as that shortens it.
fn improve(map: &Map, round: &mut Vec<usize>) {
    let many = round.len();
    let mut better = true;
    while better {
        better = false;
        for from in 0..many {
            for to in from + 1..many {
                let (before, first) = (from.checked_sub(1).map_or(map.home, |i| round[i]), round[from]);
                let (last, after) = (round[to], round.get(to + 1).copied().unwrap_or(map.home));
                if map.far[before][last] + map.far[first][after] < map.far[before][first] + map.far[last][after] {
                    round[from..=to].reverse();
                    better = true;
                }
            }
        }
        for length in 1..=3.min(many.saturating_sub(1)) {
            for from in 0..=many - length {
                let own = map.length(round);
                let mut rest = round.clone();
                let part: Vec<usize> = rest.drain(from..from + length).collect();
                let closed = map.length(&rest);
                let inside: u64 = part.windows(2).map(|two| map.far[two[0]][two[1]]).sum();
                let mut best = (own, 0, false);
                for place in 0..=rest.len() {
                    let before = place.checked_sub(1).map_or(map.home, |i| rest[i]);
                    let after = rest.get(place).copied().unwrap_or(map.home);
                    for turned in [false, true] {
                        let (head, tail) = if turned { (length - 1, 0) } else { (0, length - 1) };
                        let opened = closed - map.far[before][after] + inside + map.far[before][part[head]] + map.far[part[tail]][after];
                        best = best.min((opened, place, turned));
                    }
                }
                if best.0 < own {
                    let turned: Vec<usize> = if best.2 { part.into_iter().rev().collect() } else { part };
                    rest.splice(best.1..best.1, turned);
                    *round = rest;
                    better = true;
                }
            }
        }
    }
}

/// Cuts a round into trips: of all ways to cut it the fewest trips, then the shortest.
fn cut(map: &Map, round: &[usize], room: usize) -> Vec<Vec<usize>> {
    let mut best: Vec<(usize, u64, usize)> = vec![(0, 0, 0)];
    for end in 1..=round.len() {
        let mut found = (usize::MAX, u64::MAX, 0);
        let (mut visits, mut inside) = (0, 0);
        for start in (0..end).rev() {
            visits += map.visits[round[start]];
            if visits > room {
                break;
            }
            if start + 1 < end {
                inside += map.far[round[start]][round[start + 1]];
            }
            let (trips, length, _) = best[start];
            let ends = map.far[map.home][round[start]] + map.far[round[end - 1]][map.home];
            found = found.min((trips + 1, length.saturating_add(inside + ends), start));
        }
        best.push(found);
    }
    let (mut end, mut parts) = (round.len(), Vec::new());
    while end > 0 {
        let start = best[end].2;
        parts.push(round[start..end].to_vec());
        end = start;
    }
    parts.reverse();
    parts
}

/// Moves one city to another trip, or exchanges two, where that makes a trip less or the way shorter; false when nothing does.
fn exchange(map: &Map, parts: &mut Vec<Vec<usize>>, room: usize) -> bool {
    let without = |part: &[usize], at: usize| part.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect::<Vec<usize>>();
    let with = |part: &[usize], city: usize| {
        let placed = |place: usize| {
            let mut whole = part.to_vec();
            whole.insert(place, city);
            (map.length(&whole), whole)
        };
        (0..=part.len()).map(placed).min().unwrap_or_default()
    };
    for a in 0..parts.len() {
        for b in (0..parts.len()).filter(|b| *b != a) {
            let before = map.length(&parts[a]) + map.length(&parts[b]);
            for i in 0..parts[a].len() {
                let (city, left) = (parts[a][i], without(&parts[a], i));
                if map.visits(&parts[b]) + map.visits[city] <= room {
                    let (length, whole) = with(&parts[b], city);
                    if left.is_empty() || map.length(&left) + length < before {
                        (parts[a], parts[b]) = (left, whole);
                        parts.retain(|part| !part.is_empty());
                        return true;
                    }
                }
                for j in (0..parts[b].len()).filter(|_| a < b) {
                    let (other, rest) = (parts[b][j], without(&parts[b], j));
                    let fits = map.visits(&left) + map.visits[other] <= room && map.visits(&rest) + map.visits[city] <= room;
                    let (own, theirs) = (with(&left, other), with(&rest, city));
                    if fits && own.0 + theirs.0 < before {
                        (parts[a], parts[b]) = (own.1, theirs.1);
                        return true;
                    }
                }
            }
        }
    }
    false
}
