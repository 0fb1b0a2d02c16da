//! The order is total, stable, and adds up.

use proptest::prelude::*;
use xiangma::{
    AssessOptions, Assessment, Catalogue, Context, Criterion, Date, Enterprise, Locator, Match, Ranking, Scorecard, Selection, assess,
    explain,
};

const DAY: Date = Date::constant(2026, 11, 1);

/// A made-up enterprise from a few numbers.
fn enterprise(row: u32, seed: u32) -> Enterprise {
    let scopes = ["光模块的研发、制造", "光学镜头制造；钢材销售", "LED灯具销售", "餐饮服务", "集成电路设计", ""];
    let text = scopes[seed as usize % scopes.len()];
    Enterprise {
        row,
        name: format!("企业{seed}"),
        scope: (!text.is_empty()).then(|| text.to_owned()),
        staff: (!seed.is_multiple_of(3)).then_some(seed * 7 % 900 + 1),
        patent_count: (seed % 4 == 1).then_some(seed % 130),
        established: (!seed.is_multiple_of(5)).then(|| Date::constant(1990 + (seed % 36) as i16, 3, 2)),
        ..Enterprise::default()
    }
}

struct Table {
    enterprises: Vec<Enterprise>,
    matches: Vec<Vec<Match>>,
    catalogue: Catalogue,
    assessment: Assessment,
}

fn table(enterprises: Vec<Enterprise>) -> Table {
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("builds");
    let matches: Vec<_> = enterprises.iter().map(|e| locator.locate(e)).collect();
    let options = AssessOptions::new(DAY).chains(["optoelectronics"]);
    let assessment = assess(&Scorecard::attraction(), &options, &enterprises, &[], &matches, None, &[]).expect("assesses");
    Table { enterprises, matches, catalogue, assessment }
}

fn names(t: &Table) -> Vec<(String, String)> {
    let ranking = Ranking::new(&t.assessment);
    let named = |row: u32| (t.enterprises[row as usize].name.clone(), ranking.score(row as usize).expect("a score").shown());
    ranking.top(t.enterprises.len()).into_iter().map(named).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_sum_to_the_score_and_bounds_hold(seeds in prop::collection::vec(0_u32..5_000, 1..30)) {
        let t = table(seeds.iter().zip(1..).map(|(s, row)| enterprise(row, *s)).collect());
        let ranking = Ranking::new(&t.assessment);
        for row in 0..t.enterprises.len() {
            let score = ranking.score(row).expect("a score");
            prop_assert!(score.low <= score.score && score.score <= score.high);
            let context = Context { catalogue: &t.catalogue, park: None, extra_columns: &[] };
            let reasons = explain(&ranking, row, &t.enterprises[row], &t.matches[row], context).expect("reasons");
            let by_hand: u64 = reasons.contributions.iter().map(|c| u64::from(c.weight) * u64::from(c.points)).sum();
            prop_assert_eq!((by_hand as f64 / 1e6).to_bits(), score.score.to_bits());
        }
    }

    #[test]
    fn row_order_changes_nothing(seeds in prop::collection::btree_set(0_u32..5_000, 2..30)) {
        let forward: Vec<_> = seeds.iter().zip(1..).map(|(s, row)| enterprise(row, *s)).collect();
        let mut backward = forward.clone();
        backward.reverse();
        prop_assert_eq!(names(&table(forward)), names(&table(backward)));
    }

    #[test]
    fn adding_enterprises_reorders_nobody(seeds in prop::collection::btree_set(0_u32..5_000, 4..30), keep in 2_usize..4) {
        let all: Vec<_> = seeds.iter().zip(1..).map(|(s, row)| enterprise(row, *s)).collect();
        let some: Vec<_> = all.iter().step_by(keep).cloned().collect();
        let kept: Vec<_> = some.iter().map(|e| e.name.clone()).collect();
        let mut long = names(&table(all));
        long.retain(|(name, _)| kept.contains(name));
        prop_assert_eq!(long, names(&table(some)));
    }

    #[test]
    fn a_better_fact_never_lowers_a_score(seed in 0_u32..5_000, staff in 1_u32..3_000, more in 0_u32..3_000, patents in 0_u32..400) {
        let mut worse = enterprise(1, seed);
        worse.staff = Some(staff);
        worse.patent_count = Some(patents);
        let mut better = worse.clone();
        better.staff = Some(staff + more);
        better.patent_count = Some(patents + more);
        let t = table(vec![worse, better]);
        let ranking = Ranking::new(&t.assessment);
        prop_assert!(ranking.score(0).expect("a score").score <= ranking.score(1).expect("a score").score);
    }

    #[test]
    fn top_and_one_weight_agree_with_the_full_order(seeds in prop::collection::vec(0_u32..5_000, 1..200), k in 1_usize..20, criterion in 0_usize..9, weight in 1_u32..5_000) {
        let t = table(seeds.iter().zip(1..).map(|(s, row)| enterprise(row, *s)).collect());
        let mut one = Ranking::new(&t.assessment);
        let mut weights = one.weights().to_vec();
        weights[criterion] = weight;
        let mut all = one.clone();
        one.set_weight(criterion, weight).expect("a weight");
        all.set_weights(&weights).expect("weights");
        let full = all.top(seeds.len());
        prop_assert_eq!(&one.top(k), &full[..k.min(full.len())]);
        prop_assert_eq!(one.digest(), all.digest());
        let ranks = shared(&full, |row| one.score(row as usize).expect("a score").score.to_bits());
        prop_assert_eq!(&one.ranks_of(&full), &ranks);
        for (row, rank) in full.iter().zip(ranks) {
            prop_assert_eq!(one.rank_of(*row as usize), rank);
        }
    }
}

/// A card of so many criteria.
fn card_of(criteria: usize) -> Scorecard {
    let mut card = Scorecard::attraction();
    let blank = card.criteria[3].clone();
    card.criteria = (0..criteria).map(|i| Criterion { id: format!("c{i}"), weight: 0, ..blank.clone() }).collect();
    card.criteria[0].weight = 10_000;
    card.vetoes.clear();
    card
}

/// Rows best first, found the slow way.
fn slowly(points: &[Vec<u16>], weights: &[u32], rows: &Selection) -> Vec<u32> {
    let sum = |row: &u32| weights.iter().zip(&points[*row as usize]).map(|(w, p)| u64::from(*w) * u64::from(*p)).sum::<u64>();
    let mut order: Vec<u32> = rows.rows().collect();
    order.sort_by_key(|row| (std::cmp::Reverse(sum(row)), *row));
    order
}

/// The ranks of rows best first: those of one score share the first of theirs.
fn shared(order: &[u32], score: impl Fn(u32) -> u64) -> Vec<Option<usize>> {
    let mut rank = 0;
    let mut ranks = Vec::new();
    for (place, row) in order.iter().enumerate() {
        if place == 0 || score(*row) != score(order[place - 1]) {
            rank = place + 1;
        }
        ranks.push(Some(rank));
    }
    ranks
}

/// A number that looks random, from a seed.
fn scattered(seed: u64, below: u64) -> u64 {
    (seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 33) % below
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_the_slow_way(
        criteria in 1_usize..24,
        rows in 1_usize..1_400,
        levels in prop::sample::select(vec![2_u64, 5, 10_001]),
        seed in any::<u64>(),
        moves in prop::collection::vec((0_usize..24, 0_u32..=10_000), 1..6),
        k in prop::sample::select(vec![0_usize, 1, 7, 100, 600, 5_000]),
        every in 1_usize..9,
    ) {
        let cell = |row: usize, c: usize| (scattered(seed ^ scattered((row * 31 + c) as u64, u64::MAX), levels) * (10_000 / (levels - 1))) as u16;
        let points: Vec<Vec<u16>> = (0..rows).map(|row| (0..criteria).map(|c| cell(row, c)).collect()).collect();
        let assessment = Assessment::from_points(card_of(criteria), rows, |row, c| points[row][c]).expect("a card");
        let mut ranking = Ranking::new(&assessment);
        let some = Selection::from_fn(rows, |row| row % every == 0);
        let all = Selection::all(rows);
        for (step, (criterion, weight)) in moves.into_iter().enumerate() {
            let criterion = criterion % criteria;
            let mut weights = ranking.weights().to_vec();
            weights[criterion] = weight;
            if weights.iter().all(|w| *w == 0) || step == 2 {
                // All at once, and then one by one again.
                weights = (0..criteria).map(|c| scattered(seed ^ c as u64, 5_000) as u32 + 1).collect();
                ranking.set_weights(&weights).expect("weights");
            } else {
                ranking.set_weight(criterion, weight).expect("a weight");
            }
            let order = slowly(&points, &weights, &all);
            prop_assert_eq!(&ranking.top(k), &order[..k.min(rows)]);
            let of_some = slowly(&points, &weights, &some);
            prop_assert_eq!(&ranking.top_of(&some, k), &of_some[..k.min(of_some.len())]);
            let sum_of = |row: u32| weights.iter().zip(&points[row as usize]).map(|(w, p)| u64::from(*w) * u64::from(*p)).sum::<u64>();
            prop_assert_eq!(ranking.ranks_of(&order), shared(&order, sum_of));
            prop_assert_eq!(ranking.rank_of(rows), None);
            let row = order[0] as usize;
            let sum: u64 = weights.iter().zip(&points[row]).map(|(w, p)| u64::from(*w) * u64::from(*p)).sum();
            let total = weights.iter().sum::<u32>();
            prop_assert_eq!(ranking.score(row).expect("a score").score.to_bits(), (sum as f64 / (f64::from(total) * 100.0)).to_bits());
        }
    }
}

#[test]
fn a_full_order_of_many_is_the_same_as_the_slow_way() {
    let rows = 30_000;
    let points: Vec<Vec<u16>> = (0..rows).map(|row| (0..5).map(|c| scattered(row * 5 + c, 300) as u16 * 30).collect()).collect();
    let assessment = Assessment::from_points(card_of(5), points.len(), |row, c| points[row][c]).expect("a card");
    let mut ranking = Ranking::new(&assessment);
    let weights = [10_000, 10_000, 9_999, 1, 0];
    ranking.set_weights(&weights).expect("weights");
    let order = slowly(&points, &weights, &Selection::all(points.len()));
    assert_eq!(ranking.top(points.len()), order);
    assert_eq!(ranking.top(20_000), order[..20_000]);
}

#[test]
fn a_faulty_scorecard_is_named() {
    let card = Scorecard::attraction().to_json();
    for (from, to, says) in [
        ("\"weight\": 2500", "\"weight\": 2600", "sum to 10100"),
        ("\"criteria\"", "\"criterias\"", "unknown field"),
        ("\"from\": \"staff\"", "\"from\": \"staf\"", "is no fact"),
        ("\"share\": 50", "\"share\": NaN", "expected"),
    ] {
        let wrong = card.replacen(from, to, 1);
        assert_ne!(wrong, card, "`{from}` is in the card");
        let error = Scorecard::from_json(&wrong).expect_err(says);
        assert_eq!(error.code(), "BAD_SCORECARD");
        assert!(error.to_string().contains(says), "{error}");
    }
    let missing = card.replacen("\"from\": \"staff\"", "\"from\": \"column:亩均税收\"", 1);
    let card = Scorecard::from_json(&missing).expect("a card");
    let error = assess(&card, &AssessOptions::new(DAY), &[], &[], &[], None, &[]).expect_err("a missing column");
    assert!(error.to_string().contains("亩均税收"), "{error}");
}

#[test]
fn a_faulty_chain_is_named() {
    let link = |id: &str, feeds: &str, terms: &str| {
        format!(r#"{{"id":"{id}","zh":"甲","en":"A","stage":"upstream","terms":[{terms}],"feeds":[{feeds}]}}"#)
    };
    let chain = |links: &[String]| format!(r#"{{"id":"own","zh":"自有","en":"Own","links":[{}]}}"#, links.join(","));
    for (text, says) in [
        (chain(&[link("a", "\"b\"", "\"甲乙\""), link("b", "\"a\"", "\"丙丁\"")]), "feeds itself"),
        (chain(&[link("a", "\"x\"", "\"甲乙\"")]), "no such link"),
        (chain(&[link("a", "", "\"甲\"")]), "too short"),
        (chain(&[link("a", "", "")]), "no terms"),
        (chain(&[link("a", "", "\"甲乙\""), link("a", "", "\"甲乙\"")]), "used twice"),
    ] {
        let error = Catalogue::from_json(&text).expect_err(says);
        assert_eq!(error.code(), "BAD_CHAIN");
        assert!(error.to_string().contains(says), "{error}");
    }
    let own = Catalogue::from_json(&chain(&[link("a", "", "\"光模块\"")])).expect("a chain");
    assert!(Catalogue::builtin().with(own).expect("joins").link("a").is_some());
}

#[test]
fn a_score_is_rounded_once_and_half_goes_up() {
    // Sums that lie just between two hundredths of a point: 29.345 and the like, whatever their binary form.
    let card = card_of(2);
    let sums: Vec<u32> = (0..5_000).map(|i| i * 20_000 + 5_000).collect();
    let assessment =
        Assessment::from_points(card, sums.len(), |row, c| if c == 0 { (sums[row] / 10_000) as u16 } else { 5_000 }).expect("a card");
    let mut ranking = Ranking::new(&assessment);
    // The second criterion adds half a unit of the first.
    ranking.set_weights(&[10_000, 1]).expect("weights");
    for row in 0..sums.len() {
        let score = ranking.score(row).expect("a score");
        let total = 10_001_u64;
        let sum = u64::from(sums[row] / 10_000) * 10_000 + 5_000;
        let hundredths = (2 * sum + total) / (2 * total);
        assert_eq!(score.shown(), format!("{}.{:02}", hundredths / 100, hundredths % 100));
        assert_eq!(format!("{:.2}", score.rounded().score), score.shown());
    }
    for (points, shown) in
        [([2_934, 2_935], "29.35"), ([2_236, 2_237], "22.37"), ([1_607, 1_608], "16.08"), ([9_999, 10_000], "100.00"), ([0, 1], "0.01")]
    {
        let assessment = Assessment::from_points(card_of(2), 1, |_, c| points[c]).expect("a card");
        let mut ranking = Ranking::new(&assessment);
        ranking.set_weights(&[5_000, 5_000]).expect("weights");
        assert_eq!(ranking.score(0).expect("a score").shown(), shown);
    }
}

#[test]
fn equal_scores_share_a_rank() {
    let points = [7_000, 9_000, 7_000, 7_000, 9_000, 100];
    let assessment = Assessment::from_points(card_of(1), points.len(), |row, _| points[row]).expect("a card");
    let ranking = Ranking::new(&assessment);
    let order = ranking.top(points.len());
    assert_eq!(order, [1, 4, 0, 2, 3, 5]);
    assert_eq!(ranking.ranks_of(&order), [1, 1, 3, 3, 3, 6].map(Some));
    let found = ranking.opinion(xiangma::Method::WeightedSum).expect("an opinion");
    assert_eq!((found.order, found.ranks), (order, vec![3, 1, 3, 3, 1, 6]));
    for range in ranking.rank_ranges(&[0, 1, 5]).into_iter().zip([3, 1, 6]) {
        assert_eq!(range.0.map(|r| (r.best, r.worst)), Some((range.1, range.1)));
    }
}
