//! One sitting: what is set stays set, what fails changes nothing, and what cannot be known comes back when it can.

use proptest::prelude::*;
use xiangma::{Date, Query, Scorecard, Session};

use super::data::own;

const DAY: Date = Date::constant(2026, 11, 1);
const FILE: &str =
    "企业名称,主营产品,参保人数,省份\n示例甲有限公司,光模块,120,江苏\n示例乙有限公司,光学镜头,8,浙江\n示例丙有限公司,钢材销售,50,江苏\n";
const RESIDENTS: &str = "企业名称,主营产品\n示例芯片有限公司,光芯片\n";

fn session() -> Session {
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(FILE.as_bytes()).expect("reads");
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session
}

fn assessed() -> Session {
    let mut session = session();
    session.assess().expect("assesses");
    session
}

/// All that can be seen of a sitting.
fn seen(s: &Session) -> String {
    let ranking = s.ranking().map(|r| (r.digest(), r.signature()));
    format!("{ranking:?} {:?} {:?} {:?} {:?} {:?}", s.weights(), s.wanted_weights(), s.target_chains(), s.basis(), s.park())
}

#[test]
fn nothing_loaded_is_said() {
    let mut session = Session::new(DAY).expect("builds");
    assert_eq!(session.assess().expect_err("no candidates").code(), "NOTHING_LOADED");
    assert_eq!(session.query(&Query::default()).expect_err("no candidates").code(), "NOTHING_LOADED");
    assert!(session.ranking().is_none());
}

#[test]
fn weights_are_kept_until_others_come() {
    let weights = [4_000, 0, 0, 3_000, 1_000, 500, 500, 500, 500];
    let mut session = session();
    // Before there is a list they are kept for it, and wrong ones are refused.
    session.set_weights(&weights).expect("weights");
    assert_eq!(session.set_weights(&[1, 2]).expect_err("two weights").code(), "BAD_ARGUMENT");
    assert_eq!(session.set_weights(&[0; 9]).expect_err("no weight").code(), "BAD_ARGUMENT");
    assert_eq!(session.set_weight(99, 1).expect_err("no such criterion").code(), "BAD_ARGUMENT");
    session.assess().expect("assesses");
    let in_force = session.weights();
    // Reach is not to be known here: its share is among the others.
    assert_eq!((in_force[7], in_force.iter().sum::<u32>()), (0, 10_000));
    assert_eq!(session.wanted_weights(), weights);
    assert_eq!(session.ranking().expect("a ranking").weights(), in_force);
    session.load_candidates(FILE.replace("120", "121").as_bytes()).expect("reads");
    session.assess().expect("assesses");
    assert_eq!(session.weights(), in_force);
    session.target(&["integrated_circuit".to_owned()], &["江苏".to_owned()]).expect("a chain");
    session.assess().expect("assesses");
    assert_eq!(session.weights(), weights);
    // Another card brings its own.
    session.set_scorecard(Scorecard::anchors_first()).expect("a card");
    session.assess().expect("assesses");
    assert_eq!(session.wanted_weights(), Scorecard::anchors_first().weights());
}

#[test]
fn what_cannot_be_known_is_set_aside_and_comes_back() {
    let card = Scorecard::attraction().weights();
    let mut session = assessed();
    assert_eq!([1, 2, 7].map(|c| session.weights()[c]), [0, 0, 0]);
    // A slider is moved while nobody knows the park.
    let mut moved = session.weights();
    moved[3] *= 2;
    session.set_weights(&moved).expect("weights");
    session.load_residents(RESIDENTS.as_bytes()).expect("reads");
    assert!(session.park().is_none(), "no park of before");
    session.assess().expect("assesses");
    let whole: u32 = card.iter().sum();
    for c in [1, 2] {
        assert_eq!(session.weights()[c] * whole, card[c] * 10_000, "criterion {c}: {:?}", session.weights());
    }
    // And the other way: what was moved with residents there counts without them.
    let with = session.wanted_weights();
    session.clear_residents();
    assert!(session.park().is_none() && session.ranking().is_none());
    session.assess().expect("assesses");
    assert_eq!([1, 2, 7].map(|c| session.weights()[c]), [0, 0, 0]);
    assert_eq!(session.wanted_weights(), with);
    session.load_residents(RESIDENTS.as_bytes()).expect("reads");
    session.assess().expect("assesses");
    assert_eq!(session.wanted_weights(), with);
    // Who names a weight for what is set aside means it.
    session.clear_residents();
    session.assess().expect("assesses");
    session.set_weights(&[2_000, 3_000, 500, 1_000, 1_000, 1_000, 500, 500, 500]).expect("weights");
    assert_eq!(session.wanted_weights(), [2_000, 3_000, 500, 1_000, 1_000, 1_000, 500, 500, 500]);
}

#[test]
fn the_card_in_force_is_the_one_signed() {
    let mut session = assessed();
    for weights in [vec![2_500, 0, 0, 3_600, 1_200, 1_100, 800, 0, 500], vec![1, 0, 0, 1, 1, 0, 0, 0, 0]] {
        session.set_weights(&weights).expect("weights");
        let card = session.scorecard_in_force();
        card.check().expect("a card");
        let signature = session.ranking().expect("a ranking").signature();
        assert_eq!(card.signature(), signature);
        assert!(card.printed().zh.contains(&signature));
        // Judged by that card, the list is the same.
        let digest = session.ranking().expect("a ranking").digest();
        let mut again = self::session();
        again.set_scorecard(card).expect("a card");
        again.assess().expect("assesses");
        assert_eq!((again.ranking().expect("a ranking").digest(), again.ranking().expect("a ranking").signature()), (digest, signature));
    }
}

#[test]
fn a_query_that_fails_changes_nothing() {
    let mut session = assessed();
    session.set_weight(3, 5_000).expect("a weight");
    let before = seen(&session);
    let mut other = Scorecard::gaps_first();
    other.criteria[3].inputs[0].from = "column:亩均税收".to_owned();
    let bad_card = Scorecard { grades: Vec::new(), ..Scorecard::attraction() };
    let chain = |id: &str| Some(vec![id.to_owned()]);
    for (query, code) in [
        (Query { chains: chain("tea"), weights: Some(vec![1; 9]), ..Query::default() }, "UNKNOWN_CHAIN"),
        (Query { chains: chain("new_energy"), scorecard: Some(other), ..Query::default() }, "BAD_SCORECARD"),
        (Query { chains: chain("new_energy"), scorecard: Some(bad_card), ..Query::default() }, "BAD_SCORECARD"),
        (Query { chains: chain("new_energy"), regions: chain("江苏"), weights: Some(vec![1; 3]), ..Query::default() }, "BAD_ARGUMENT"),
    ] {
        assert_eq!(session.query(&query).expect_err(code).code(), code);
        assert_eq!(seen(&session), before, "{code}");
    }
    let good = Query {
        chains: chain("new_energy"),
        regions: chain("江苏"),
        weights: Some(vec![1_000; 9]),
        scorecard: Some(Scorecard::gaps_first()),
        ..Query::default()
    };
    session.query(&good).expect("all of it");
    assert_eq!(session.target_chains(), ["new_energy"]);
    assert_eq!((session.scorecard().id.as_str(), session.weights()[7] > 0), ("gaps_first", true));
    let text = serde_json::to_string(&good).expect("JSON");
    assert_eq!(serde_json::from_str::<Query>(&text).expect("a query"), good);
    assert!(serde_json::from_str::<Query>(r#"{"chain":["tea"]}"#).is_err());
}

#[test]
fn the_basis_tells_lists_apart() {
    let mut all = Vec::new();
    let mut note = |s: &Session| {
        let signature = s.ranking().expect("assessed").signature();
        all.push(serde_json::to_string(&s.basis().expect("assessed")).expect("JSON") + &signature);
    };
    let mut session = assessed();
    note(&session);
    session.target(&["new_energy".to_owned()], &[]).expect("a chain");
    session.assess().expect("assesses");
    note(&session);
    session.target(&["new_energy".to_owned()], &["江苏".to_owned()]).expect("a chain");
    session.assess().expect("assesses");
    note(&session);
    session.load_residents(RESIDENTS.as_bytes()).expect("reads");
    session.assess().expect("assesses");
    note(&session);
    session.load_residents(RESIDENTS.replace("芯片有限", "晶片有限").as_bytes()).expect("reads");
    session.assess().expect("assesses");
    note(&session);
    session.set_weight(0, 1).expect("a weight");
    note(&session);
    session.add_chains(&own("tea_chain.json")).expect("a chain");
    session.assess().expect("assesses");
    note(&session);
    let mut later = Session::new(Date::constant(2027, 1, 1)).expect("builds");
    later.load_candidates(FILE.as_bytes()).expect("reads");
    later.assess().expect("assesses");
    note(&later);
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "{all:#?}");
    assert_eq!(assessed().basis(), assessed().basis());
}

#[test]
fn grades_are_counted_in_their_order_and_not_of_who_is_ruled_out() {
    let mut session = Session::new(DAY).expect("builds");
    let file: String = (0..40)
        .map(|i| {
            format!(
                "示例{i}有限公司{},{},光模块的研发、制造,{}\n",
                if i % 4 == 0 { "门市部" } else { "" },
                if i % 3 == 0 { "光模块" } else { "" },
                i * 37
            )
        })
        .collect();
    session.load_candidates(format!("企业名称,主营产品,经营范围,参保人数\n{file}").as_bytes()).expect("reads");
    session.assess().expect("assesses");
    let (grades, ranking) = (session.facets().grades, session.ranking().expect("a ranking"));
    let order: Vec<usize> =
        grades.iter().map(|g| ["A", "B", "C", "D", "ask"].iter().position(|n| *n == g.value).expect("a grade")).collect();
    assert!(order.windows(2).all(|w| w[0] < w[1]), "{grades:?}");
    assert_eq!(grades.iter().map(|g| g.count).sum::<u32>(), 30);
    for row in 0..40 {
        assert_eq!(ranking.grade(row).is_empty(), row % 4 == 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// However often residents come and go and sliders move, what is wanted stays what was asked for last.
    #[test]
    fn wanted_weights_do_not_wander(steps in prop::collection::vec((any::<bool>(), prop::option::of((0_usize..9, 1_u32..=10_000))), 1..8)) {
        let mut session = assessed();
        let card = Scorecard::attraction().weights();
        let share = |w: &[u32], c: usize| f64::from(w[c]) / f64::from(w.iter().sum::<u32>());
        for (with, moved) in steps {
            if with {
                session.load_residents(RESIDENTS.as_bytes()).expect("reads");
            } else {
                session.clear_residents();
            }
            session.assess().expect("assesses");
            if let Some((c, weight)) = moved.filter(|(c, _)| !matches!(c, 1 | 2 | 7)) {
                session.set_weight(c, weight).expect("a weight");
            }
            let (wanted, in_force) = (session.wanted_weights(), session.weights());
            prop_assert_eq!((wanted.iter().sum::<u32>(), in_force.iter().sum::<u32>()), (10_000, 10_000));
            prop_assert_eq!(in_force[1] > 0, with);
            // Need and relatedness keep their proportion, whatever came between.
            prop_assert!((share(&wanted, 1) / share(&wanted, 2) - f64::from(card[1]) / f64::from(card[2])).abs() < 0.2, "{:?}", wanted);
        }
    }
}
