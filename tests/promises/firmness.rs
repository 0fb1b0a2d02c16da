//! What is said of how firm a rank is holds to the last unit, against trying everything.

use proptest::prelude::*;
use xiangma::{
    Acceptability, AssessOptions, Assessment, Catalogue, Date, DrawOptions, Enterprise, Locator, Method, RankRange, Ranking, Scorecard,
    Status, assess,
};

/// A card of some criteria with these weights, which sum to 10 000.
fn card(weights: &[u32]) -> Scorecard {
    let mut card = Scorecard::attraction();
    card.criteria.truncate(weights.len());
    card.criteria.iter_mut().zip(weights).for_each(|(c, w)| c.weight = *w);
    card
}

/// A card of three criteria, from two cuts.
fn three(a: u32, b: u32) -> Scorecard {
    let (low, high) = (a.min(b), a.max(b));
    card(&[low, high - low, 10_000 - high])
}

fn given_points(card: Scorecard, points: &[Vec<u16>]) -> Assessment {
    Assessment::from_points(card, points.len(), |row, c| points[row][c]).expect("a card")
}

/// Points with many ties.
fn some_points(criteria: usize, rows: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Vec<u16>>> {
    let cell = prop_oneof![(0_u16..5).prop_map(|x| x * 2_500), 0_u16..=10_000];
    prop::collection::vec(prop::collection::vec(cell, criteria), rows)
}

/// Ranks by hand: one more than those of a greater sum.
fn by_hand(points: &[Vec<u16>], weights: &[u64]) -> Vec<usize> {
    let sum = |row: usize| points[row].iter().zip(weights).map(|(p, w)| u64::from(*p) * w).sum::<u64>();
    let ahead = |a: usize, b: usize| sum(a) > sum(b);
    (0..points.len()).map(|row| 1 + (0..points.len()).filter(|other| ahead(*other, row)).count()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rank_at_every_weight_is_the_one_counted(points in some_points(3, 2..7), a in 0_u32..=10_000, b in 0_u32..=10_000, tried in prop::collection::vec(0_u32..=10_000, 4)) {
        let card = three(a, b);
        let weights: Vec<u64> = card.weights().into_iter().map(u64::from).collect();
        let assessment = given_points(card, &points);
        let ranking = Ranking::new(&assessment);
        for criterion in 0..3 {
            let along: Vec<Vec<u32>> = (0..points.len()).map(|row| ranking.ranks_along(row, criterion)).collect();
            // Where somebody's rank changes, and some weights at random.
            let turns = along.iter().flat_map(|ranks| (1..ranks.len()).filter(|w| ranks[*w] != ranks[*w - 1]).flat_map(|w| [w - 1, w]).take(8));
            for w in turns.chain(tried.iter().map(|w| *w as usize)) {
                let mut moved = weights.clone();
                moved[criterion] = w as u64;
                if moved.iter().sum::<u64>() > 0 {
                    let ranks = by_hand(&points, &moved);
                    for (row, rank) in ranks.iter().enumerate() {
                        prop_assert_eq!(along[row][w] as usize, *rank, "row {} criterion {} weight {}", row, criterion, w);
                    }
                }
            }
        }
    }

    #[test]
    fn a_rank_holds_as_far_as_it_is_said_to_and_no_further(points in some_points(3, 2..7), a in 0_u32..=10_000, b in 0_u32..=10_000, k in 1_usize..4) {
        let assessment = given_points(three(a, b), &points);
        let mut ranking = Ranking::new(&assessment);
        for row in 0..points.len() {
            let ranks = by_hand(&points, &ranking.weights().iter().map(|w| u64::from(*w)).collect::<Vec<_>>());
            prop_assert_eq!(ranking.rank_of(row), Some(ranks[row]));
            for criterion in 0..3 {
                let Some((low, high)) = ranking.holds(row, k, criterion) else {
                    prop_assert!(ranks[row] > k);
                    continue;
                };
                let now = ranking.weights()[criterion];
                prop_assert!(low <= now && now <= high && ranks[row] <= k);
                for (weight, inside) in [(Some(low), true), (Some(high), true), (low.checked_sub(1), false), (Some(high + 1), false)] {
                    if let Some(weight) = weight.filter(|w| *w <= 10_000) && ranking.set_weight(criterion, weight).is_ok() {
                        prop_assert_eq!(ranking.rank_of(row).is_some_and(|rank| rank <= k), inside, "weight {}", weight);
                    }
                }
                ranking.set_weight(criterion, now).expect("as before");
            }
        }
    }

    #[test]
    fn how_far_a_selection_holds_is_what_each_of_it_is_told(points in some_points(3, 2..40), a in 0_u32..=10_000, b in 0_u32..=10_000, k in 1_usize..9) {
        let assessment = given_points(three(a, b), &points);
        let ranking = Ranking::new(&assessment);
        let table = ranking.robustness(k, 1, DrawOptions::default()).expect("a table");
        let told: Vec<_> = table.rows.iter().flat_map(|r| r.holds.iter().map(|h| (r.row as usize, h.criterion, (h.from, h.to)))).collect();
        let each: Vec<_> = table.rows.iter().take(table.k).map(|r| r.row as usize)
            .flat_map(|row| (0..3).map(move |c| (row, c)))
            .filter(|(_, c)| ranking.weights()[*c] > 0)
            .filter_map(|(row, c)| Some((row, c, ranking.holds(row, table.k, c)?)))
            .collect();
        prop_assert_eq!(told, each);
    }

    #[test]
    fn two_change_places_where_the_formula_says(points in some_points(3, 2..3), a in 0_u32..=10_000, b in 0_u32..=10_000) {
        let assessment = given_points(three(a, b), &points);
        let ranking = Ranking::new(&assessment);
        let weights: Vec<i64> = ranking.weights().iter().map(|w| i64::from(*w)).collect();
        let lead = |criterion: usize, w: i64| -> i64 {
            (0..3).map(|c| if c == criterion { w } else { weights[c] } * (i64::from(points[0][c]) - i64::from(points[1][c]))).sum()
        };
        for criterion in 0..3 {
            // Over and over 10 000, the sign of the lead at whole weights.
            let tried = [0, 1, weights[criterion], 5_000, 10_000, 100_000, 1_000_000_000_000];
            if let Some(flip) = ranking.flip(0, 1, criterion) {
                    prop_assert_eq!(ranking.flip(1, 0, criterion), Some(flip));
                    let (before, after) = (flip.weight.floor() as i64, flip.weight.ceil() as i64);
                    let (low, high) = (lead(criterion, before), lead(criterion, after));
                    prop_assert!(low == 0 || high == 0 || low.signum() != high.signum(), "{:?}: {} and {}", flip, low, high);
                    let others: i64 = weights.iter().sum::<i64>() - weights[criterion];
                    prop_assert!((flip.share - 100.0 * flip.weight / (flip.weight + others as f64)).abs() < 1e-9);
            } else {
                    let others: i64 = weights.iter().sum::<i64>() - weights[criterion];
                    let signs: std::collections::BTreeSet<i64> = tried.iter().filter(|w| **w > 0).map(|w| lead(criterion, *w).signum()).collect();
                    prop_assert!(signs.len() == 1 || others == 0, "{:?}", signs);
            }
        }
    }

    #[test]
    fn rank_ranges_are_what_all_unknowns_together_can_do(seeds in prop::collection::vec((any::<u32>(), any::<bool>()), 1..6)) {
        let enterprises: Vec<Enterprise> = seeds.iter().zip(1..).map(|((seed, gone), row)| enterprise(row, *seed, *gone)).collect();
        let matches: Vec<_> = LOCATOR.with(|locator| enterprises.iter().map(|e| locator.locate(e)).collect());
        let assessment = assess(&Scorecard::attraction(), &AssessOptions::new(DAY), &enterprises, &[], &matches, None, &[]).expect("assesses");
        let ranking = Ranking::new(&assessment);
        let rows: Vec<u32> = (0..enterprises.len() as u32).collect();
        let found = ranking.rank_ranges(&rows);
        // Everybody at the least or the most they can be, in every combination.
        let ends: Vec<[f64; 2]> = rows.iter().map(|r| ranking.score(*r as usize).expect("a score")).map(|s| [s.low, s.high]).collect();
        let mut seen = vec![RankRange { best: usize::MAX, worst: 0 }; rows.len()];
        for choice in 0..1_usize << rows.len() {
            let score = |row: usize| ends[row][choice >> row & 1];
            let key = |row: usize| (assessment.vetoes(row).count() > 0, -score(row));
            for row in 0..rows.len() {
                let rank = 1 + (0..rows.len()).filter(|other| key(*other) < key(row)).count();
                seen[row] = RankRange { best: seen[row].best.min(rank), worst: seen[row].worst.max(rank) };
            }
        }
        for (found, seen) in found.iter().zip(&seen) {
            prop_assert_eq!(found.as_ref(), Some(seen));
        }
    }
}

const DAY: Date = Date::constant(2026, 11, 1);

thread_local! {
    static LOCATOR: Locator = Locator::new(&Catalogue::builtin()).expect("builds");
}

fn enterprise(row: u32, seed: u32, gone: bool) -> Enterprise {
    let scopes = ["光模块的研发、制造", "钢材销售", "集成电路设计", ""];
    let scope = scopes[(seed % 4) as usize];
    Enterprise {
        row,
        name: format!("企业{}", seed % 7),
        scope: (!scope.is_empty()).then(|| scope.to_owned()),
        staff: (seed & 16 != 0).then_some(seed >> 20),
        patent_count: (seed & 32 != 0).then_some(seed >> 24),
        established: (seed & 64 != 0).then(|| Date::constant(1990 + (seed >> 27) as i16, 3, 2)),
        status: gone.then_some(Status::Revoked),
        ..Enterprise::default()
    }
}

/// Four standard deviations of a share counted over so many draws.
fn margin(share: f64, draws: u32) -> f64 {
    4.0 * (share * (1.0 - share) / f64::from(draws)).sqrt() + 1e-3
}

#[test]
fn acceptability_of_two_criteria_is_the_length_of_the_interval() {
    // On the criterion's weight w, 0 to 1: the first by 9 000 w, the second by 6 000 (1 − w), the third by 3 500.
    let points = vec![vec![9_000, 0], vec![0, 6_000], vec![3_500, 3_500]];
    let assessment = given_points(card(&[5_000, 5_000]), &points);
    let mut found = Acceptability::new(&Ranking::new(&assessment), &[0, 1, 2], DrawOptions::new().spread(10_000));
    found.draw(100_000);
    // The first and the second are even at w = 2/5, where both have 3 600.
    // The third is first nowhere: where the first two are even, both are over it.
    let level = 6_000.0 / 15_000.0;
    assert!(9_000.0 * level > 3_500.0);
    let expected = [1.0 - level, level, 0.0];
    for (index, share) in expected.into_iter().enumerate() {
        assert!((found.share(index, 1) - share).abs() < margin(share, 100_000), "{index}: {} and {share}", found.share(index, 1));
    }
    let total: f64 = (0..3).map(|i| found.share(i, 1)).sum();
    // Now and then two are level, and both are first.
    assert!((1.0..1.001).contains(&total), "{total}");
    assert!((found.within(0, 3) - 1.0).abs() < 1e-12);
    // What makes the first first is the upper part of the interval: its middle.
    let central = found.central_weights(0).expect("it is first at times");
    assert!((central[0] - f64::midpoint(1.0, level)).abs() < 0.005, "{central:?}");
}

#[test]
fn acceptability_is_what_dirichlet_weights_give() {
    let points: Vec<Vec<u16>> =
        (0..12_u32).map(|r| (0..5_u32).map(|c| ((r * 7_919 + c * 104_729 + r * c * 611) % 10_001) as u16).collect()).collect();
    let assessment = given_points(card(&[2_000, 2_000, 2_000, 2_000, 2_000]), &points);
    let draws = 40_000;
    let mut found = Acceptability::new(&Ranking::new(&assessment), &(0..12).collect::<Vec<_>>(), DrawOptions::new().seed(7).spread(10_000));
    found.draw(draws);
    // The oracle: exponential variables over their sum, by another generator.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut counts = vec![[0_u32; 12]; 12];
    for _ in 0..draws {
        let weights: Vec<f64> = (0..5).map(|_| -libm::log(1.0 - uniform())).collect();
        let mut order: Vec<usize> = (0..12).collect();
        let sum = |r: usize| points[r].iter().zip(&weights).map(|(p, w)| f64::from(*p) * w).sum::<f64>();
        order.sort_by(|a, b| sum(*b).total_cmp(&sum(*a)));
        order.iter().enumerate().for_each(|(rank, row)| counts[*row][rank] += 1);
    }
    for (row, counts) in counts.iter().enumerate() {
        let mut sum = 0.0;
        for (rank, count) in counts.iter().enumerate() {
            let (ours, theirs) = (found.share(row, rank + 1), f64::from(*count) / f64::from(draws));
            assert!((ours - theirs).abs() < 2.0 * margin(theirs, draws), "row {row} rank {rank}: {ours} and {theirs}");
            sum += theirs * (rank + 1) as f64;
        }
        assert!((found.mean_rank(row) - sum).abs() < 0.1);
    }
}

#[test]
fn draws_in_slices_are_the_draws_at_once_and_the_same_everywhere() {
    let points: Vec<Vec<u16>> = (0..40_u32).map(|r| (0..9_u32).map(|c| ((r * 977 + c * 3_571) % 10_001) as u16).collect()).collect();
    let assessment = given_points(card(&[2_500, 1_500, 500, 1_200, 1_200, 1_100, 800, 700, 500]), &points);
    let rows: Vec<u32> = (0..40).collect();
    let options = DrawOptions::new().seed(42).spread(3_000);
    let (mut whole, mut sliced) =
        (Acceptability::new(&Ranking::new(&assessment), &rows, options), Acceptability::new(&Ranking::new(&assessment), &rows, options));
    whole.draw(3_000);
    (0..6).for_each(|_| sliced.draw(500));
    let all = |found: &Acceptability| -> Vec<u32> {
        (0..40).flat_map(|i| (1..=40).map(move |r| (i, r))).map(|(i, r)| (found.share(i, r) * 3_000.0).round() as u32).collect()
    };
    assert_eq!(all(&whole), all(&sliced));
    // A digest of every count: natively, and in WebAssembly.
    let digest =
        all(&whole).iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, count| (hash ^ u64::from(*count)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(format!("{digest:016x}"), "411f81c7a1ecb2cf");
}

#[test]
fn without_a_spread_every_draw_is_the_ranking() {
    let points = vec![vec![5_000, 6_000, 100], vec![4_000, 9_000, 0], vec![9_000, 100, 7_000]];
    let assessment = given_points(card(&[3_000, 3_000, 4_000]), &points);
    let ranking = Ranking::new(&assessment);
    let mut found = Acceptability::new(&ranking, &[2, 0, 1, 1, 99], DrawOptions::new().spread(0));
    assert_eq!(found.rows(), [2, 0, 1]);
    assert!(found.share(0, 1) < 1e-12 && found.quantile(0, 0.5) == 0);
    found.draw(50);
    for (index, row) in found.rows().iter().enumerate() {
        let rank = ranking.rank_of(*row as usize).expect("a rank");
        assert!((found.share(index, rank) - 1.0).abs() < 1e-12);
        assert_eq!((found.quantile(index, 0.05), found.quantile(index, 0.95)), (rank, rank));
    }
    assert!(found.share(9, 1).abs() < 1e-12 && found.share(0, 0).abs() < 1e-12);
}

#[test]
fn every_method_ranks_everybody_and_the_own_sum_is_the_ranking() {
    let points: Vec<Vec<u16>> =
        (0..60_u32).map(|r| (0..4_u32).map(|c| ((r * r * 31 + c * 7_727 + r * c * 401) % 10_001) as u16).collect()).collect();
    let assessment = given_points(card(&[4_000, 3_000, 2_000, 1_000]), &points);
    let ranking = Ranking::new(&assessment);
    for method in Method::ALL {
        let opinion = ranking.opinion(method).expect("an opinion");
        let mut rows = opinion.order.clone();
        rows.sort_unstable();
        assert_eq!(rows, (0..60).collect::<Vec<u32>>(), "{method:?}");
        assert!(opinion.scores.iter().all(Option::is_some));
        assert_eq!(Method::named(method.as_str()).expect("its name"), method);
        assert_eq!(serde_json::to_value(method).expect("JSON"), method.as_str());
    }
    assert_eq!(ranking.opinion(Method::WeightedSum).expect("an opinion").order, ranking.top(60));
    assert_eq!(Method::named("magic").expect_err("no method").code(), "BAD_ARGUMENT");
    let consensus = ranking.consensus(10).expect("a consensus");
    for standing in &consensus.standings {
        assert_eq!(standing.votes, standing.ranks.iter().filter(|r| **r <= 10).count());
        assert!(standing.votes > 0);
    }
    for m in 0..consensus.methods.len() {
        assert_eq!(consensus.standings.iter().filter(|s| s.ranks[m] <= 10).count(), 10, "ten by each method");
    }
    assert!(consensus.agreement.iter().all(|r| r.is_some_and(|r| r > 0.3)));
    assert!(ranking.consensus(0).is_err());
    // Somebody best by far on everything is first by all.
    let mut better = points;
    better[17] = vec![10_000; 4];
    let assessment = given_points(card(&[4_000, 3_000, 2_000, 1_000]), &better);
    let consensus = Ranking::new(&assessment).consensus(1).expect("a consensus");
    assert_eq!((consensus.standings[0].row, consensus.standings[0].votes), (17, Method::ALL.len()));
    // Nobody, and one alone.
    assert!(Ranking::new(&given_points(card(&[10_000]), &[])).consensus(3).is_err());
    let alone = Ranking::new(&given_points(card(&[10_000]), &[vec![0]])).consensus(3).map(|c| c.standings[0].votes);
    assert_eq!(alone, Ok(Method::ALL.len()));
}

/// Fixed references: adding or removing anybody reorders nobody.
#[test]
fn methods_with_fixed_references_never_reverse() {
    let points: Vec<Vec<u16>> =
        (0..30_u32).map(|r| (0..3_u32).map(|c| ((r * 2_741 + c * 3_137 + r * r * c * 97) % 10_001) as u16).collect()).collect();
    let order = |keep: &dyn Fn(usize) -> bool, method: Method| -> Vec<usize> {
        let kept: Vec<usize> = (0..points.len()).filter(|r| keep(*r)).collect();
        let assessment = given_points(card(&[5_000, 3_000, 2_000]), &kept.iter().map(|r| points[*r].clone()).collect::<Vec<_>>());
        Ranking::new(&assessment).opinion(method).expect("an opinion").order.into_iter().map(|i| kept[i as usize]).collect()
    };
    for method in Method::ALL.into_iter().filter(|m| !m.is_relative()) {
        let whole = order(&|_| true, method);
        for removed in 0..points.len() {
            let expected: Vec<usize> = whole.iter().copied().filter(|r| *r != removed).collect();
            assert_eq!(order(&|r| r != removed, method), expected, "{method:?} without {removed}");
        }
    }
}

#[test]
fn robustness_is_of_everybody_and_not_of_todays_best() {
    // Twenty strong on one criterion and twenty on the other, weights 60 to 40: today's twenty are all of the first kind.
    let points: Vec<Vec<u16>> = (0..40_u16).map(|i| if i < 20 { vec![8_000 + i, 1_000] } else { vec![1_000, 8_000 + i] }).collect();
    let assessment = given_points(card(&[6_000, 4_000]), &points);
    let found = Ranking::new(&assessment).robustness(1, 20_000, DrawOptions::new().spread(10_000)).expect("a ranking");
    let best = &found.rows[0];
    assert!(best.row == 19 && (best.first_share - 0.5).abs() < 0.02, "{best:?}");
    assert_eq!(found.others.iter().map(|o| o.row).collect::<Vec<_>>(), [39]);
    assert!((found.others[0].first_share - 0.5).abs() < 0.02, "{:?}", found.others);
    // Everybody else stands under the 19th or the 39th on both.
    assert!(found.contenders < 15, "{}", found.contenders);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Against drawing over everybody, nobody left out.
    #[test]
    fn robustness_agrees_with_drawing_over_everybody(
        points in some_points(3, 2..25),
        a in 1_u32..9_999,
        b in 1_u32..9_999,
        k in 1_usize..6,
        spread in prop::sample::select(vec![0_u16, 1_000, 3_000, 10_000]),
    ) {
        let assessment = given_points(three(a, b), &points);
        let ranking = Ranking::new(&assessment);
        let options = DrawOptions::new().spread(spread);
        let all: Vec<u32> = (0..points.len() as u32).collect();
        let mut drawn = Acceptability::new(&ranking, &all, options);
        drawn.draw(400);
        let found = ranking.robustness(k, 400, options).expect("a ranking");
        let k = found.k;
        for firm in &found.rows {
            let i = firm.row as usize;
            prop_assert!((firm.first_share - drawn.share(i, 1)).abs() < 1e-12, "{:?}", firm);
            prop_assert!((firm.selected_share - drawn.within(i, k)).abs() < 1e-12, "{:?}", firm);
            prop_assert_eq!(Some(firm.rank), ranking.rank_of(i));
            prop_assert!(firm.best <= firm.rank && firm.rank <= firm.worst);
            prop_assert_eq!(firm.central_weights.is_some(), drawn.central_weights(i).is_some());
            if drawn.quantile(i, 0.95) <= k {
                prop_assert_eq!((firm.rank_05, firm.rank_95), (drawn.quantile(i, 0.05), drawn.quantile(i, 0.95)));
            }
        }
        let told: Vec<u32> = found.rows.iter().map(|f| f.row).chain(found.others.iter().map(|o| o.row)).collect();
        for other in &found.others {
            prop_assert!((other.selected_share - drawn.within(other.row as usize, k)).abs() < 1e-12);
        }
        // Nobody who is selected by some draw is missing, as far as there is room.
        if found.others.len() < k {
            for i in 0..points.len() {
                prop_assert!(drawn.within(i, k) < 1e-12 || told.contains(&(i as u32)), "row {}", i);
            }
        }
    }
}
