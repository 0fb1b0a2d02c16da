//! Assignments: the cheapest there is, by every other way to find it.

use pathfinding::prelude::{Matrix, kuhn_munkres};
use proptest::prelude::*;
use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use xiangma::plan::{AssignCosts, Assignment, Lead, Officer, assign};

const CHAINS: [&str; 3] = ["a", "b", "c"];
const PLACES: [&str; 3] = ["甲", "乙", "丙"];

fn officers(draws: &mut Pcg32, many: usize, capacity: u32) -> Vec<Officer> {
    let mut below = |n: u32| draws.next_u32() % n;
    (0..many)
        .map(|i| Officer {
            name: format!("o{i}"),
            capacity: below(capacity + 1),
            chains: (0..below(3)).map(|_| CHAINS[below(3) as usize].to_owned()).collect(),
            regions: (0..below(2)).map(|_| PLACES[below(3) as usize].to_owned()).collect(),
            languages: if below(3) == 0 { vec!["en".to_owned()] } else { Vec::new() },
        })
        .collect()
}

fn leads(draws: &mut Pcg32, many: usize, officers: &[Officer], locks: bool) -> Vec<Lead> {
    let mut below = |n: u32| draws.next_u32() % n;
    let mut room: Vec<u32> = officers.iter().map(|o| o.capacity).collect();
    (0..many)
        .map(|_| {
            let lock = below(officers.len() as u32) as usize;
            let locked = locks && below(6) == 0 && room[lock] > 0;
            room[lock] -= u32::from(locked);
            Lead {
                chain: (below(4) > 0).then(|| CHAINS[below(3) as usize].to_owned()),
                regions: vec![PLACES[below(3) as usize].to_owned()],
                language: (below(5) == 0).then(|| "en".to_owned()),
                value: below(101) as u8,
                // Some were had by people who have left.
                had_by: (below(2) == 0).then(|| format!("o{}", below(officers.len() as u32 + 1))),
                locked_to: locked.then(|| format!("o{lock}")),
            }
        })
        .collect()
}

/// By the words of the documentation, from nothing.
fn against(lead: &Lead, officer: &Officer, officers: &[Officer], costs: AssignCosts) -> u64 {
    let mut sum = 0;
    if let Some(chain) = &lead.chain
        && !officer.chains.is_empty()
        && !officer.chains.contains(chain)
    {
        sum += costs.chain;
    }
    if !officer.regions.is_empty() && !lead.regions.iter().any(|r| officer.regions.contains(r)) {
        sum += costs.region;
    }
    if lead.language.as_ref().is_some_and(|l| !officer.languages.contains(l)) {
        sum += costs.language;
    }
    if let Some(had) = &lead.had_by
        && officers.iter().any(|o| o.name == *had)
        && officer.name != *had
    {
        sum += costs.change;
    }
    u64::from(sum)
}

fn whole_cost(of: &[Option<usize>], leads: &[Lead], officers: &[Officer], costs: AssignCosts) -> Option<u64> {
    let mut loads = vec![0_u64; officers.len()];
    let mut sum = 0;
    for (lead, o) in leads.iter().zip(of) {
        let Some(o) = *o else { continue };
        sum += against(lead, &officers[o], officers, costs) + u64::from(costs.balance) * loads[o];
        loads[o] += 1;
    }
    loads.iter().zip(officers).all(|(load, o)| *load <= u64::from(o.capacity)).then_some(sum)
}

/// The cheapest of all ways to give these leads away, one of them to a certain officer if that is asked.
fn brute(given: &[bool], leads: &[Lead], officers: &[Officer], costs: AssignCosts, forced: Option<(usize, usize)>) -> Option<u64> {
    let many = officers.len();
    let mut best = None;
    for number in 0..many.pow(leads.len() as u32) {
        let mut left = number;
        let of: Vec<Option<usize>> = given
            .iter()
            .map(|given| {
                let o = left % many;
                left /= many;
                given.then_some(o)
            })
            .collect();
        let locked =
            leads.iter().zip(&of).all(|(l, o)| l.locked_to.is_none() || o.is_some_and(|o| Some(&officers[o].name) == l.locked_to.as_ref()));
        let so = forced.is_none_or(|(lead, officer)| of[lead] == Some(officer));
        if locked
            && so
            && let Some(cost) = whole_cost(&of, leads, officers, costs)
        {
            best = Some(best.map_or(cost, |b: u64| b.min(cost)));
        }
    }
    best
}

#[test]
fn the_cheapest_of_all_ways() {
    let mut draws = Pcg32::new(21, 5);
    let (mut cases, mut over, mut seconds) = (0, 0, 0);
    while cases < 500 {
        let many = 1 + draws.next_u32() as usize % 3;
        let officers = officers(&mut draws, many, 4);
        if officers.iter().all(|o| o.capacity == 0) {
            continue;
        }
        cases += 1;
        let many = 1 + draws.next_u32() as usize % 6;
        let leads = leads(&mut draws, many, &officers, true);
        let costs: AssignCosts = serde_json::from_value(serde_json::json!({
            "chain": draws.next_u32() % 60, "region": draws.next_u32() % 40, "language": draws.next_u32() % 80,
            "change": draws.next_u32() % 50, "balance": draws.next_u32() % 15,
        }))
        .expect("costs");
        let found = assign(&leads, &officers, costs).expect("assigned");
        let of: Vec<Option<usize>> = found.leads.iter().map(|l| l.officer).collect();
        assert_eq!(Some(found.cost), whole_cost(&of, &leads, &officers, costs), "the cost is what it says");
        // As many as there is room for, and those left over are worth no more than any that were given and not locked.
        let room: u32 = officers.iter().map(|o| o.capacity).sum();
        let given: Vec<bool> = of.iter().map(Option::is_some).collect();
        assert_eq!(given.iter().filter(|g| **g).count(), leads.len().min(room as usize));
        let free = leads.iter().zip(&given).filter(|(l, _)| l.locked_to.is_none());
        let least = free.clone().filter(|(_, g)| **g).map(|(l, _)| l.value).min().unwrap_or(100);
        assert!(free.clone().filter(|(_, g)| !**g).all(|(l, _)| l.value <= least));
        over += usize::from(leads.len() > room as usize);
        assert_eq!(Some(found.cost), brute(&given, &leads, &officers, costs, None), "{leads:?} {officers:?} {costs:?}");
        for (l, its) in found.leads.iter().enumerate() {
            let own = its.officer.map(|o| &officers[o].name);
            assert_eq!(its.kept, own.is_some() && own == leads[l].had_by.as_ref());
            assert!(leads[l].locked_to.is_none() || own == leads[l].locked_to.as_ref() && its.next.is_none());
            if its.officer.is_none() || its.locked {
                continue;
            }
            let others = (0..officers.len()).filter(|o| Some(*o) != its.officer);
            let best = others.filter_map(|o| Some((brute(&given, &leads, &officers, costs, Some((l, o)))?, o))).min();
            assert_eq!(its.next.map(|n| found.cost + n.more), best.map(|b| b.0), "the next best, lead {l}");
            if let Some(next) = its.next {
                assert_eq!(brute(&given, &leads, &officers, costs, Some((l, next.officer))), Some(found.cost + next.more));
                seconds += 1;
            }
        }
    }
    assert!(over > 30 && seconds > 500, "{over} with too little room, {seconds} next best");
}

/// Kuhn and Munkres on one column for each lead an officer may have.
fn by_matrix(leads: &[Lead], officers: &[Officer], costs: AssignCosts) -> u64 {
    let columns: Vec<(usize, u64)> =
        officers.iter().enumerate().flat_map(|(o, officer)| (0..u64::from(officer.capacity)).map(move |n| (o, n))).collect();
    let weights = Matrix::from_fn(leads.len(), columns.len(), |(lead, column)| {
        let (o, before) = columns[column];
        -((against(&leads[lead], &officers[o], officers, costs) + u64::from(costs.balance) * before) as i64)
    });
    (-kuhn_munkres(&weights).0) as u64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_same_as_kuhn_and_munkres(seed in any::<u64>(), many in 1_usize..30, hands in 2_usize..7) {
        let mut draws = Pcg32::new(seed, 6);
        let mut officers = officers(&mut draws, hands, 9);
        // Room for all, which is what that method takes.
        officers[0].capacity += many as u32;
        let leads = leads(&mut draws, many, &officers, false);
        let found = assign(&leads, &officers, AssignCosts::default()).expect("assigned");
        prop_assert_eq!(found.cost, by_matrix(&leads, &officers, AssignCosts::default()));
    }
}

#[test]
fn a_thousand_leads_among_fifty() {
    let mut draws = Pcg32::new(21, 7);
    let mut officers = officers(&mut draws, 50, 20);
    officers.iter_mut().for_each(|o| o.capacity += 15);
    let leads = leads(&mut draws, 1_000, &officers, true);
    let found = assign(&leads, &officers, AssignCosts::default()).expect("assigned");
    assert!(found.leads.iter().all(|l| l.officer.is_some()));
    assert_eq!(found.loads.iter().sum::<u32>(), 1_000);
    // No exchange of two makes it cheaper.
    let cost = |l: usize, o: usize| against(&leads[l], &officers[o], &officers, AssignCosts::default());
    let of: Vec<usize> = found.leads.iter().filter_map(|l| l.officer).collect();
    for a in (0..1_000).filter(|l| leads[*l].locked_to.is_none()) {
        for b in (0..a).filter(|l| leads[*l].locked_to.is_none()) {
            assert!(cost(a, of[a]) + cost(b, of[b]) <= cost(a, of[b]) + cost(b, of[a]));
        }
    }
}

#[test]
fn whoever_has_it_keeps_it_unless_it_costs_more_than_stated() {
    let officer = |name: &str, chain: &str| Officer { name: name.into(), capacity: 5, chains: vec![chain.into()], ..Officer::default() };
    let officers = [officer("甲", "a"), officer("乙", "b")];
    let lead = Lead { chain: Some("b".into()), had_by: Some("甲".into()), value: 50, ..Lead::default() };
    let by = |change: u32| -> Assignment {
        let costs = serde_json::from_value(serde_json::json!({ "chain": 40, "change": change })).expect("costs");
        assign(std::slice::from_ref(&lead), &officers, costs).expect("assigned")
    };
    assert_eq!(by(39).leads[0].officer, Some(1), "a change saves more than it costs");
    assert_eq!((by(41).leads[0].officer, by(41).leads[0].kept), (Some(0), true));
}

#[test]
fn what_cannot_be_is_refused() {
    let one = |name: &str, capacity: u32| Officer { name: name.into(), capacity, ..Officer::default() };
    let locked = |to: &str| Lead { locked_to: Some(to.into()), ..Lead::default() };
    for (leads, officers) in [
        (vec![], vec![]),
        (vec![Lead::default()], vec![one("甲", 0)]),
        (vec![Lead::default()], vec![one("甲", 1), one("甲", 1)]),
        (vec![locked("丙")], vec![one("甲", 1)]),
        (vec![locked("甲"), locked("甲")], vec![one("甲", 1)]),
    ] {
        assert_eq!(assign(&leads, &officers, AssignCosts::default()).expect_err("refused").code(), "BAD_ARGUMENT");
    }
    let many =
        assign(&vec![Lead::default(); 200_000], &(0..101).map(|i| one(&i.to_string(), 1)).collect::<Vec<_>>(), AssignCosts::default());
    assert!(many.expect_err("too many").is_limit());
}
