//! A card judges what it says it judges, and says what it could not.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use xiangma::{
    AssessOptions, Assessment, Catalogue, Context, CreditCode, Date, Enterprise, IntakeOptions, Locator, Money, Park, Ranking, Reasons,
    Scorecard, Size, assess, explain, intake,
};

use super::data::own;

const DAY: Date = Date::constant(2026, 11, 1);

/// A card of these criteria, the whole weight on the first.
fn card(criteria: &Json, vetoes: &Json) -> Result<Scorecard, xiangma::Error> {
    let mut card: Json = serde_json::from_str(&Scorecard::attraction().to_json()).expect("JSON");
    card["criteria"] = criteria.clone();
    for (i, criterion) in card["criteria"].as_array_mut().expect("a list").iter_mut().enumerate() {
        criterion["weight"] = json!(if i == 0 { 10_000 } else { 0 });
        criterion["title"] = json!({ "zh": "甲", "en": "A" });
    }
    card["vetoes"] = vetoes.clone();
    Scorecard::from_json(&card.to_string())
}

fn one(inputs: &Json) -> Scorecard {
    card(&json!([{ "id": "own", "inputs": inputs }]), &json!([])).expect("a card")
}

fn judged(card: &Scorecard, table: &Rows, residents: &[Enterprise], regions: &[&str]) -> Assessment {
    let none = vec![Vec::new(); table.enterprises.len()];
    let options = AssessOptions::new(DAY).target_regions(regions.iter().copied());
    let park = Park::default();
    assess(card, &options, &table.enterprises, &table.extra_columns, &none, Some(&park), residents).expect("assesses")
}

/// Enterprises, and the headers of the columns that are the team's own.
struct Rows {
    enterprises: Vec<Enterprise>,
    extra_columns: Vec<String>,
}

fn of(enterprises: Vec<Enterprise>) -> Rows {
    Rows { enterprises, extra_columns: Vec::new() }
}

fn read(text: &str) -> Rows {
    let found = intake(text.as_bytes(), &IntakeOptions::new()).expect("reads");
    Rows { enterprises: found.enterprises, extra_columns: found.extra_columns }
}

/// Points of one fact: 100 for yes, 50 for no, 7 while it is unknown.
fn flag(fact: &str) -> Scorecard {
    one(&json!([{ "from": fact, "unknown": 50, "value": { "kind": "flag", "yes": 100, "no": 0 } }]))
}

fn cases(of: &str) -> Vec<Vec<Json>> {
    let all: Json = serde_json::from_str(&own("facts.json")).expect("JSON");
    all[of].as_array().expect("a list").iter().map(|case| case.as_array().expect("a case").clone()).collect()
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

#[test]
fn listing_is_read_word_by_word() {
    let rungs = ["none", "financed", "new_third_board", "pre_listing", "listed", "delisted", "other"];
    let points: Json =
        rungs.iter().zip((0_u16..).step_by(1_000)).map(|(r, p)| ((*r).to_owned(), json!(p))).collect::<serde_json::Map<_, _>>().into();
    let card = one(&json!([{ "from": "listing", "unknown": 5_555, "value": { "kind": "category", "points": points } }]));
    let cases = cases("listing");
    let firms = cases.iter().map(|c| Enterprise { name: "甲".to_owned(), listing: text(&c[0]), ..Enterprise::default() }).collect();
    let found = judged(&card, &of(firms), &[], &[]);
    let mut wrong = Vec::new();
    for (row, case) in cases.iter().enumerate() {
        let expected = case[1].as_str().map_or(5_555, |rung| rungs.iter().position(|r| *r == rung).expect("a rung") as u16 * 1_000);
        let got = found.points(0, row).expect("points");
        if got != expected {
            let rung = rungs.get(usize::from(got / 1_000)).filter(|_| got != 5_555);
            wrong.push(format!("{} is {rung:?} and not {}", case[0], case[1]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    let reading = &found.readings()[0];
    assert_eq!((reading.fact.as_str(), reading.not_understood), ("listing", cases.iter().filter(|c| c[1].is_null()).count() as u32));
    assert!(reading.example.is_some());
}

#[test]
fn a_region_is_a_division_and_no_street() {
    for case in cases("region") {
        let cells = (0..4).map(|i| text(&case[i]).unwrap_or_default()).collect::<Vec<_>>().join(",");
        let table = read(&format!("企业名称,所属省份,所属城市,所属区县,注册地址\n甲公司,{cells}\n"));
        let wanted = text(&case[4]).expect("a region");
        let points = judged(&flag("reach.target_region"), &table, &[], &[&wanted]).points(0, 0);
        assert_eq!(points, Some(if case[5] == true { 100 } else { 0 }), "{case:?}");
    }
}

#[test]
fn a_part_of_an_enterprise_is_no_enterprise() {
    for case in cases("branch") {
        let firm = Enterprise { name: text(&case[0]).expect("a name"), kind: text(&case[1]), ..Enterprise::default() };
        let found = judged(&Scorecard::attraction(), &of(vec![firm]), &[], &[]);
        let ids: Vec<&str> = found.vetoes(0).map(|v| v.id.as_str()).collect();
        assert_eq!(ids.contains(&"branch"), case[2] == true, "{case:?}");
    }
}

#[test]
fn an_introducer_is_found_however_its_name_is_written() {
    for case in cases("introducer") {
        let resident = Enterprise { name: text(&case[0]).expect("a name"), ..Enterprise::default() };
        let firm = Enterprise { name: "候选".to_owned(), shareholders: text(&case[1]), ..Enterprise::default() };
        let points = judged(&flag("reach.introducer"), &of(vec![firm]), &[resident], &[]).points(0, 0);
        assert_eq!(points, Some(if case[2] == true { 100 } else { 0 }), "{case:?}");
    }
}

#[test]
fn looking_for_introducers_does_not_take_residents_times_candidates() {
    let named = |i: usize, of: &str| Enterprise {
        name: format!("示例{of}{i:05}光电有限公司"),
        shareholders: Some(format!("张三；示例园内{i:05}光电有限公司")),
        ..Enterprise::default()
    };
    let count = 20_000;
    let residents: Vec<Enterprise> = (0..count).map(|i| named(i, "园内")).collect();
    let started = std::time::Instant::now();
    let found = judged(&flag("reach.introducer"), &of((0..count).map(|i| named(i, "园外")).collect()), &residents, &[]);
    assert!((0..count).all(|row| found.points(0, row) == Some(100)));
    // Four hundred million comparisons took minutes in a build like this one.
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn a_resident_is_told_and_nobody_elses_neighbour_but_others() {
    let codes = ["91350211M000100Y46", "91320594MA1039595M"].map(CreditCode::parse);
    let firm = |name: &str, code: Option<CreditCode>| Enterprise {
        name: name.to_owned(),
        credit_code: code,
        scope: Some("光模块的研发、制造".to_owned()),
        ..Enterprise::default()
    };
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("builds");
    let residents = [firm("示例在园有限公司", codes[0]), firm("示例同名（苏州）有限公司", None)];
    let located = |all: &[Enterprise]| all.iter().map(|e| locator.locate(e)).collect::<Vec<_>>();
    let park =
        Park::diagnose(&catalogue, &["optoelectronics".to_owned()], &residents, &located(&residents), &Scorecard::attraction().rates)
            .expect("a park");
    let candidates = [
        (firm("改了名字的公司", codes[0]), true),
        (firm("示例同名(苏州)有限责任公司", codes[1]), true),
        (firm("示例在园有限公司", None), true),
        // Two codes are two enterprises, whatever they are called.
        (firm("示例在园有限公司", codes[1]), false),
        (firm("示例园外有限公司", None), false),
    ];
    assert!(codes.iter().all(Option::is_some));
    let enterprises: Vec<Enterprise> = candidates.iter().map(|c| c.0.clone()).collect();
    let (matches, options) = (located(&enterprises), AssessOptions::new(DAY).chains(["optoelectronics"]));
    let found = assess(&Scorecard::attraction(), &options, &enterprises, &[], &matches, Some(&park), &residents).expect("assesses");
    for (row, (e, is_resident)) in candidates.iter().enumerate() {
        assert_eq!(found.is_resident(row), *is_resident, "{}", e.name);
        assert_eq!(found.vetoes(row).any(|v| v.id == "already_resident"), *is_resident, "{}", e.name);
        assert_eq!(found.points(1, row) == Some(0), *is_resident, "need of {}", e.name);
        assert_eq!(found.strategy(row, &matches[row], Some(&park)).is_none(), *is_resident, "{}", e.name);
    }
}

#[test]
fn own_columns_are_read_as_the_card_asks() {
    let file = "企业名称,旗标,等级,日期,数,范围\n甲,1,1,2020,1.5,3\n乙,0,2,20200102,12%,x\n丙,是,2023年度省级示范,2020-01-02,不详的,9\n丁,maybe,9,昨天,,3\n";
    let table = read(file);
    let criteria = json!([
        { "id": "flag", "inputs": [{ "from": "column:旗标", "unknown": 500, "value": { "kind": "flag", "yes": 10_000, "no": 0 } }] },
        { "id": "word", "inputs": [{ "from": "column:等级", "unknown": 1500, "value": { "kind": "category", "points": { "１": 1_000, "2": 2_000, "2023年度省级示范": 3_000 } } }] },
        { "id": "date", "inputs": [{ "from": "column:日期", "unknown": 500, "value": { "kind": "freshness", "half_life_days": 36_500, "fresh": 10_000 } }] },
        { "id": "number", "inputs": [{ "from": "column:数", "unknown": 500, "value": { "kind": "linear", "knots": [[0, 0], [2, 2_000]] } }] },
        { "id": "range", "inputs": [{ "from": "column:范围", "unknown": 500, "value": { "kind": "range", "min": 2, "max": 5, "inside": 9_000, "outside": 100 } }] },
    ]);
    let vetoes = json!([{ "id": "out", "title": { "zh": "否", "en": "No" }, "from": "column:旗标", "is": true }]);
    let found = judged(&card(&criteria, &vetoes).expect("a card"), &table, &[], &[]);
    let column = |c: usize| (0..4).map(|row| found.points(c, row).expect("points")).collect::<Vec<_>>();
    assert_eq!(column(0), [10_000, 0, 10_000, 500]);
    assert_eq!(column(1), [1_000, 2_000, 3_000, 1_500]);
    assert!(column(2)[..3].iter().all(|p| (9_600..9_800).contains(p)) && column(2)[3] == 500, "{:?}", column(2));
    assert_eq!(column(3), [1_500, 120, 500, 500]);
    assert_eq!(column(4), [9_000, 500, 100, 9_000]);
    assert_eq!((0..4).map(|row| found.vetoes(row).count()).collect::<Vec<_>>(), [1, 0, 1, 0]);
    assert_eq!(found.eligible().rows().collect::<Vec<_>>(), [1, 3]);
    let counted: Vec<(&str, &str, u32, u32)> =
        found.readings().iter().map(|r| (r.by.as_str(), r.takes, r.understood, r.not_understood)).collect();
    let expected = [
        ("flag", "flag", 3, 1),
        ("word", "word", 3, 1),
        ("date", "date", 3, 1),
        ("number", "number", 2, 1),
        ("range", "number", 3, 1),
        ("out", "flag", 3, 1),
    ];
    assert_eq!(counted, expected);
    assert_eq!(found.readings()[0].example, Some((5, "maybe".to_owned())));
}

#[test]
fn a_veto_does_what_it_says() {
    let veto = |test: Json| {
        let mut veto = json!({ "id": "v", "title": { "zh": "否", "en": "No" } });
        veto.as_object_mut().expect("an object").extend(test.as_object().expect("an object").clone());
        json!([veto])
    };
    let criteria = json!([{ "id": "own", "inputs": [{ "from": "staff", "unknown": 0, "value": { "kind": "linear", "knots": [[0, 0], [10, 10_000]] } }] }]);
    let table = read("企业名称,参保人数,企业规模,税\n甲,5,微型,10\n乙,50,大型,3\n丙,,,\n");
    for (test, out) in [
        (json!({ "from": "staff", "below": 10 }), vec![0]),
        (json!({ "from": "staff", "above": 10 }), vec![1]),
        (json!({ "from": "staff", "below": 10, "above": 40 }), vec![0, 1]),
        (json!({ "from": "size", "any_of": ["micro", "small"] }), vec![0]),
        (json!({ "from": "branch", "is": false }), vec![0, 1, 2]),
        (json!({ "from": "column:税", "below": 5 }), vec![1]),
    ] {
        let found = judged(&card(&criteria, &veto(test.clone())).expect("a card"), &table, &[], &[]);
        assert_eq!((0..3).filter(|row| found.vetoes(*row).count() > 0).collect::<Vec<_>>(), out, "{test}");
        // Those ruled out stand after all others, in the order of their sums, and have no grade.
        let ranking = Ranking::new(&found);
        assert!(out.iter().all(|row| ranking.grade(*row).is_empty() && ranking.rank_of(*row) > Some(3 - out.len())));
    }
}

#[test]
fn a_card_that_cannot_mean_what_it_says_is_refused() {
    let base: Json = serde_json::from_str(&Scorecard::attraction().to_json()).expect("JSON");
    let veto = json!({ "id": "v", "title": { "zh": "否", "en": "No" }, "from": "staff", "below": 1.0 });
    let many = |count: usize| {
        (0..count)
            .map(|i| {
                let mut v = veto.clone();
                v["id"] = json!(format!("v{i}"));
                v
            })
            .collect::<Vec<_>>()
    };
    let edits: Vec<(&str, Box<dyn Fn(&mut Json)>)> = vec![
        ("at most 64 vetoes", Box::new(|c| c["vetoes"] = json!(many(65)))),
        ("an id of its own", Box::new(|c| c["vetoes"] = json!([veto, veto]))),
        ("`usd` is no currency", Box::new(|c| c["rates"]["yuan"]["usd"] = json!(7.0))),
        ("`XYZ` is no currency", Box::new(|c| c["rates"]["yuan"]["XYZ"] = json!(7.0))),
        ("the rate of CNY is 1", Box::new(|c| c["rates"]["yuan"]["CNY"] = json!(7.0))),
        ("the rate of USD is 0", Box::new(|c| c["rates"]["yuan"]["USD"] = json!(0.0))),
        ("no score is over 10000", Box::new(|c| c["grades"][0]["from"] = json!(60_000))),
        ("`ask` is taken", Box::new(|c| c["grades"][0]["name"] = json!("ask"))),
        ("a name of its own", Box::new(|c| c["grades"][0]["name"] = json!("B"))),
        ("is over 10000", Box::new(|c| c["coverage_floor"] = json!(60_000))),
        ("the share of `staff` is 0", Box::new(|c| c["criteria"][3]["inputs"][2]["share"] = json!(0))),
        ("the share of `staff` is 4294967295", Box::new(|c| c["criteria"][3]["inputs"][2]["share"] = json!(4_294_967_295_u32))),
        ("points are over", Box::new(|c| c["criteria"][3]["inputs"][2]["value"]["knots"][4][1] = json!(20_000))),
        (
            "is a number, and it is judged as a flag",
            Box::new(|c| c["criteria"][3]["inputs"][2]["value"] = json!({ "kind": "flag", "yes": 9_000, "no": 0 })),
        ),
        ("is never `hightech`", Box::new(|c| c["criteria"][4]["inputs"][0]["value"]["points"]["hightech"] = json!(1))),
        (
            "is a word, and it is judged as a number",
            Box::new(|c| c["vetoes"][0] = json!({ "id": "v", "title": { "zh": "否", "en": "No" }, "from": "status", "below": 1.0 })),
        ),
        ("is never `gone`", Box::new(|c| c["vetoes"][0]["any_of"] = json!(["gone"]))),
        ("1 to 32 facts", Box::new(|c| c["criteria"][1]["inputs"] = json!(vec![c["criteria"][1]["inputs"][0].clone(); 33]))),
    ];
    for (says, edit) in edits {
        let mut card = base.clone();
        edit(&mut card);
        let error = Scorecard::from_json(&card.to_string()).expect_err(says);
        assert!(error.code() == "BAD_SCORECARD" && error.to_string().contains(says), "{says}: {error}");
    }
    // All of 64 count, the last as well.
    let mut card = base;
    card["vetoes"] = json!(many(64));
    card["vetoes"][63]["below"] = json!(1_000.0);
    let card = Scorecard::from_json(&card.to_string()).expect("a card");
    let found = judged(&card, &read("企业名称,参保人数\n甲,5\n"), &[], &[]);
    assert_eq!(found.vetoes(0).map(|v| v.id.as_str()).collect::<Vec<_>>(), ["v63"]);
}

/// What the points come to, the fewest and the most, when everything unknown takes every value it can.
fn by_hand(combine: &str, inputs: &[(Option<u16>, u16, u16, u16)], shares: &[u64]) -> (u16, u16, u16) {
    let join = |points: &[Option<u16>], instead: &[u16]| -> u16 {
        match combine {
            "mean" => {
                let sum: u64 = points.iter().zip(instead).zip(shares).map(|((p, u), s)| u64::from(p.unwrap_or(*u)) * s).sum();
                let total: u64 = shares.iter().sum();
                ((sum + total / 2) / total) as u16
            }
            "first" => points.iter().flatten().next().copied().unwrap_or(instead[0]),
            _ => points.iter().flatten().max().copied().unwrap_or(instead[0]),
        }
    };
    let unknown: Vec<u16> = inputs.iter().map(|i| i.3).collect();
    let known: Vec<Option<u16>> = inputs.iter().map(|i| i.0).collect();
    let points = join(&known, &unknown);
    let (mut low, mut high) = (points, points);
    // Every unknown one stays so, or is learned at its least or its most.
    let open: Vec<usize> = (0..inputs.len()).filter(|i| known[*i].is_none()).collect();
    for choice in 0..3_usize.pow(open.len() as u32) {
        let mut now = known.clone();
        let mut left = choice;
        for i in &open {
            now[*i] = [None, Some(inputs[*i].1), Some(inputs[*i].2)][left % 3];
            left /= 3;
        }
        let got = join(&now, &unknown);
        (low, high) = (low.min(got), high.max(got));
    }
    (points, low, high)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_to_combine_keeps_the_bounds_it_has(
        inputs in prop::collection::vec((prop::option::of(0_u16..=10_000), 0_u16..=10_000, 0_u16..=10_000, 0_u16..=10_000, 1_u64..=10_000), 1..5),
        combine in prop::sample::select(vec!["mean", "first", "best"]),
    ) {
        // Each a column whose number is its points; the value function ends where the bounds are.
        let bounded: Vec<(Option<u16>, u16, u16, u16)> = inputs.iter().map(|(known, a, b, u, _)| {
            let (low, high) = (*a.min(b), (*a.max(b)).max(a.min(b) + 1).min(10_000));
            let low = low.min(high - 1);
            let within = |x: u16| x.clamp(low, high);
            (known.map(within), low, high, within(*u))
        }).collect();
        let shares: Vec<u64> = inputs.iter().map(|i| i.4).collect();
        let spec: Vec<Json> = bounded.iter().zip(&shares).enumerate().map(|(i, ((_, low, high, unknown), share))| json!({
            "from": format!("column:c{i}"), "share": share, "unknown": unknown,
            "value": { "kind": "linear", "knots": [[low, low], [high, high]] },
        })).collect();
        let card = card(&json!([{ "id": "own", "combine": combine, "inputs": spec }]), &json!([])).expect("a card");
        let heads: Vec<String> = (0..inputs.len()).map(|i| format!("c{i}")).collect();
        let cells: Vec<String> = bounded.iter().map(|b| b.0.map_or(String::new(), |p| p.to_string())).collect();
        let table = of(vec![Enterprise { name: "甲".to_owned(), extra: cells.iter().map(|c| (!c.is_empty()).then(|| c.clone())).collect(), ..Enterprise::default() }]);
        let table = Rows { extra_columns: heads.clone(), ..table };
        let found = judged(&card, &table, &[], &[]);
        let (points, low, high) = by_hand(combine, &bounded, &shares);
        let ranking = Ranking::new(&found);
        let score = ranking.score(0).expect("a score");
        let hundred = |p: u16| f64::from(p) / 100.0;
        prop_assert!((score.score - hundred(points)).abs() < 1e-9, "{:?} {}", score, points);
        prop_assert!((score.low - hundred(low)).abs() < 0.011 && (score.high - hundred(high)).abs() < 0.011, "{:?} {} {}", score, low, high);
        // Who asks about a fact is told how far the answer can move the score, and of nothing that cannot.
        let catalogue = Catalogue::builtin();
        let context = Context { catalogue: &catalogue, park: None, extra_columns: &heads };
        let reasons: Reasons = explain(&ranking, 0, &table.enterprises[0], &[], context).expect("reasons");
        let open = score.high - score.low > 1e-9;
        prop_assert_eq!(!reasons.questions.is_empty(), open, "{:?} {:?}", reasons.questions, score);
        for q in &reasons.questions {
            prop_assert!(q.swing > 0.0 && q.swing <= score.high - score.low + 0.02, "{:?} {:?}", q, score);
        }
    }
}

#[test]
fn capital_that_cannot_be_right_is_asked_about_and_not_paid_for() {
    let yuan = |amount: f64| Money { amount, currency: xiangma::Currency::CNY };
    let firm = |amount: f64, name: &str, staff: Option<u32>, size: Option<Size>, listing: Option<&str>| Enterprise {
        name: name.to_owned(),
        registered_capital: Some(yuan(amount)),
        staff,
        size,
        listing: listing.map(str::to_owned),
        ..Enterprise::default()
    };
    let card = one(&json!([{ "from": "capital", "unknown": 111, "value": { "kind": "linear", "knots": [[0, 0], [1e9, 10_000]] } }]));
    let rows = [
        (firm(7.57e10, "示例激光有限公司", None, None, None), true),
        (firm(2e10, "示例机械有限公司", Some(30), None, Some("未上市")), true),
        (firm(2e9, "示例新能源有限公司", Some(2), None, None), true),
        (firm(2e9, "示例新材料有限公司", None, Some(Size::Micro), None), true),
        (firm(2e10, "示例半导体股份有限公司", None, None, Some("科创板")), false),
        (firm(2e10, "中国示例集团有限公司", None, None, None), false),
        (firm(2e10, "示例显示有限公司", Some(9_000), None, None), false),
        (firm(2e9, "示例显示二有限公司", None, None, None), false),
        // A file without columns for staff, size and listing says nothing against it.
        (firm(2.5e10, "示例光电科技有限公司", None, None, None), false),
        (firm(5e8, "示例显示三有限公司", Some(2), Some(Size::Micro), None), false),
    ];
    let table = of(rows.iter().map(|r| r.0.clone()).collect());
    let found = judged(&card, &table, &[], &[]);
    let (ranking, catalogue) = (Ranking::new(&found), Catalogue::builtin());
    let context = Context { catalogue: &catalogue, park: None, extra_columns: &[] };
    for (row, (e, is_doubtful)) in rows.iter().enumerate() {
        assert_eq!(found.points(0, row) == Some(111), *is_doubtful, "{}", e.name);
        let reasons = explain(&ranking, row, e, &[], context).expect("reasons");
        let told = reasons.reasons.iter().find(|r| r.key == xiangma::ReasonKind::Doubtful);
        assert_eq!(told.is_some(), *is_doubtful, "{}", e.name);
        assert!(told.is_none_or(|r| r.zh.contains("请核实") && r.zh.contains("亿元")), "{told:?}");
    }
}

#[test]
fn points_from_elsewhere_go_with_criteria_of_ones_own() {
    let criteria = json!([{ "id": "far", "inputs": [{ "from": "column:距离", "unknown": 0, "value": { "kind": "linear", "knots": [[0, 10_000], [100, 0]] } }] }]);
    let card = card(&criteria, &json!([])).expect("a card");
    let found = Assessment::from_points(card, 2, |row, _| [8_000, 3_000][row]).expect("points are enough");
    let ranking = Ranking::new(&found);
    let catalogue = Catalogue::builtin();
    let context = Context { catalogue: &catalogue, park: None, extra_columns: &[] };
    let reasons = explain(&ranking, 0, &Enterprise::default(), &[], context).expect("reasons").reasons;
    assert_eq!(reasons.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["criterion"], "{reasons:?}");
    assert!(reasons[0].zh.contains("甲") && reasons[0].zh.contains("80"), "{reasons:?}");
}
