//! What a panel says becomes weights, and what it disagrees on is said.

use proptest::prelude::*;
use xiangma::mcdm::{Judgements, Panel, ahp, blend, order_weights, points_weights, whole_weights};

fn panel(experts: &str) -> Result<Panel, xiangma::Error> {
    Panel::from_json(&format!(r#"{{"format":"xiangma-panel","version":1,"criteria":["a","b","c"],"experts":[{experts}]}}"#))
}

fn near(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Judgements made from weights give the weights back, however many are left open while all hang together.
    #[test]
    fn consistent_judgements_give_their_weights(weights in prop::collection::vec(0.05..1.0_f64, 2..9), open in prop::collection::vec(any::<bool>(), 64)) {
        let n = weights.len();
        let rows: Vec<Vec<Option<f64>>> = (0..n).map(|r| (0..n).map(|c| {
            // Each with the next is always judged, so that all hang together.
            let said = c == r + 1 || c > r && open[r * 8 + c];
            said.then(|| weights[r] / weights[c])
        }).collect()).collect();
        let judgements = Judgements::new(&rows).expect("judgements");
        let found = ahp(&judgements);
        let shares = points_weights(&weights).expect("weights");
        prop_assert!(near(&found.weights, &shares), "{:?} and {:?}", found.weights, shares);
        prop_assert!(near(&found.geometric, &shares));
        prop_assert!(found.consistency_ratio.is_none_or(|r| r.abs() < 1e-6) && found.revise.is_none());
        // Two who say the same say what one says, whatever their importance.
        let joined = Judgements::mean(&[(&judgements, 1.0), (&judgements, 3.5)]).expect("judgements");
        prop_assert!(near(&ahp(&joined).weights, &shares));
    }

    #[test]
    fn whole_weights_sum_and_stay_near(weights in prop::collection::vec(0.0..1e6_f64, 1..64)) {
        prop_assume!(weights.iter().sum::<f64>() > 0.0);
        let whole = whole_weights(&weights).expect("weights");
        prop_assert_eq!(whole.iter().sum::<u32>(), 10_000);
        let sum: f64 = weights.iter().sum();
        for (w, whole) in weights.iter().zip(&whole) {
            prop_assert!((w / sum * 1e4 - f64::from(*whole)).abs() <= 1.0 + 1e-6);
        }
    }

    #[test]
    fn an_order_gives_falling_weights(places in prop::collection::vec(1_u32..6, 1..12)) {
        let weights = order_weights(&places).expect("an order");
        prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for (i, a) in places.iter().enumerate() {
            for (j, b) in places.iter().enumerate() {
                prop_assert!(a != b || (weights[i] - weights[j]).abs() < 1e-15);
                prop_assert!(a >= b || weights[i] > weights[j]);
            }
        }
    }
}

#[test]
fn rank_order_centroids_are_barron_s() {
    // Barron and Barrett (1996): for four criteria .5208, .2708, .1458, .0625.
    let found = order_weights(&[1, 2, 3, 4]).expect("an order");
    for (found, printed) in found.iter().zip([0.5208, 0.2708, 0.1458, 0.0625]) {
        assert!((found - printed).abs() < 5e-5, "{found} and {printed}");
    }
}

#[test]
fn comparisons_are_joined_by_geometric_mean() {
    let found =
        panel(r#"{"name":"甲","pairs":[[1,2,8],[null,1,4],[null,null,1]]},{"name":"乙","pairs":[[1,8,2],[null,1,0.25],[null,null,1]]}"#)
            .and_then(|p| p.weigh())
            .expect("a panel");
    assert_eq!(found.joined, "judgements");
    // Means 4, 4 and 1: 4 : 1 : 1.
    assert!(near(&found.weights, &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]), "{:?}", found.weights);
    assert!(found.consistency_ratio.is_some_and(|r| r.abs() < 1e-9));
    assert_eq!((&*found.disagreement[1].most_by, &*found.disagreement[1].least_by), ("甲", "乙"));
    assert!(found.disagreement[1].most > 0.3 && found.disagreement[1].least < 0.1 && found.disagreement[1].deviation > 0.1);
    assert!(found.disagreement[0].deviation < 1e-9, "both give the first eight thirteenths");
}

#[test]
fn ways_may_be_mixed_and_importance_counts() {
    let found =
        panel(r#"{"name":"甲","points":[60,30,10],"importance":3},{"name":"乙","swings":[100,100,50]},{"name":"丙","order":[3,2,1]}"#)
            .and_then(|p| p.weigh())
            .expect("a panel");
    assert_eq!((found.joined, found.consistency_ratio), ("weights", None));
    let order = [1.0 / 9.0, 2.5 / 9.0, 5.5 / 9.0];
    let by_hand: Vec<f64> = (0..3).map(|c| (3.0 * [0.6, 0.3, 0.1][c] + [0.4, 0.4, 0.2][c] + order[c]) / 5.0).collect();
    assert!(near(&found.weights, &by_hand), "{:?} and {by_hand:?}", found.weights);
    // Ranks 1 2 3, 1.5 1.5 3, 3 2 1: sums 5.5 5.5 7, W = 12 · 1.5 / (9 · 24 − 3 · 6).
    assert!(found.concordance.is_some_and(|w| (w - 12.0 * 1.5 / (216.0 - 18.0)).abs() < 1e-12), "{:?}", found.concordance);
}

#[test]
fn one_member_is_a_panel_and_nobody_disagrees() {
    let found = panel(r#"{"name":"甲","order":[1,1,1]}"#).and_then(|p| p.weigh()).expect("a panel");
    assert!(near(&found.weights, &[1.0 / 3.0; 3]));
    assert!(found.concordance.is_none() && found.disagreement.iter().all(|d| d.deviation < 1e-15));
    let pairs = panel(r#"{"name":"甲","pairs":[[1,9,0.1111111111],[null,1,9],[null,null,1]]}"#).and_then(|p| p.weigh()).expect("a panel");
    assert!(pairs.experts[0].consistency_ratio.is_some_and(|r| r > 0.1), "contradictory, and said so");
    assert!(pairs.experts[0].revise.is_some_and(|r| r.ratio < 0.01));
}

#[test]
fn what_cannot_be_weighed_is_named() {
    for (experts, named) in [
        ("", "experts"),
        (r#"{"name":"甲"}"#, "甲"),
        (r#"{"name":"甲","points":[1,2,3],"order":[1,2,3]}"#, "甲"),
        (r#"{"name":"甲","points":[1,2]}"#, "2 entries for 3"),
        (r#"{"name":"甲","points":[1,-2,3]}"#, "甲 2"),
        (r#"{"name":"甲","points":[0,0,0]}"#, "one criterion at least"),
        (r#"{"name":"甲","points":[1,2,3],"importance":0}"#, "importance"),
        (r#"{"name":"甲","pairs":[[1,2,null],[3,1,2],[null,null,1]]}"#, "inverse"),
        (r#"{"name":"甲","pairs":[[1,2,null],[null,1,null],[null,null,1]]}"#, "one more judgement"),
        (r#"{"name":"甲","pairs":[[1,-2,1],[null,1,1],[null,null,1]]}"#, "over zero"),
    ] {
        let error = panel(experts).and_then(|p| p.weigh()).expect_err(experts);
        assert_eq!(error.code(), "BAD_ARGUMENT", "{error}");
        assert!(error.to_string().contains(named), "{error} names {named}");
    }
    assert_eq!(panel(r#"{"name":"甲","pionts":[1,2,3]}"#).expect_err("a key with a slip").code(), "BAD_JSON");
    assert!(points_weights(&[f64::NAN]).is_err() && points_weights(&[f64::INFINITY]).is_err() && points_weights(&[]).is_err());
    assert!(order_weights(&[]).is_err());
    let many = points_weights(&vec![1.0; 10_000]).expect("as many as there are");
    assert!((many[0] - 1e-4).abs() < 1e-15);
}

#[test]
fn people_and_data_are_joined_and_their_distance_said() {
    let found = blend(&[6.0, 3.0, 1.0], &[1.0, 1.0, 2.0], 0.25).expect("weights");
    assert!(near(&found.weights, &[0.75 * 0.6 + 0.0625, 0.75 * 0.3 + 0.0625, 0.075 + 0.125]));
    assert!((found.distance - 0.4).abs() < 1e-12, "{found:?}");
    assert_eq!(found.farthest, [2, 0, 1], "apart by .4, .35 and .05");
    assert!(blend(&[1.0], &[1.0, 1.0], 0.5).is_err() && blend(&[1.0], &[1.0], 1.5).is_err() && blend(&[1.0], &[1.0], f64::NAN).is_err());
}
