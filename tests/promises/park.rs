//! What a park has and lacks, by figures anyone can compute by hand.

use std::collections::BTreeMap;

use serde::Deserialize;
use xiangma::{
    Catalogue, DiagnosisRules, Enterprise, Level, Locator, Match, MoneyReading, Need, Park, Product, Qualification, Scorecard, anchors,
    read_money,
};

use super::data::own;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    of: String,
    residents: Vec<Resident>,
    /// Of a link: residents, coverage, need, urgency, related.
    links: BTreeMap<String, (u32, u8, String, u8, u8)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Resident {
    name: String,
    #[serde(default)]
    makes: Vec<String>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    registered: Option<String>,
    #[serde(default)]
    paid_in: Option<String>,
    #[serde(default)]
    high_tech: bool,
}

/// Five links of a chain, a to b to c to d, and e beside them; another chain shares all but e.
fn catalogue() -> Catalogue {
    let link = |id: &str, term: &str, feeds: &str, also: &str| {
        format!(r#"{{"id":"{id}","zh":"{id}","en":"{id}","stage":"upstream","terms":["{term}"],"feeds":[{feeds}],"also":[{also}]}}"#)
    };
    let shared = r#""other""#;
    let links = [
        link("a", "甲甲品", r#""b""#, shared),
        link("b", "乙乙品", r#""c""#, shared),
        link("c", "丙丙品", r#""d""#, shared),
        link("d", "丁丁品", "", shared),
        link("e", "戊戊品", "", ""),
    ];
    let other = link("x", "己己品", "", "");
    let text = format!(
        r#"[{{"id":"own","zh":"自有","en":"Own","links":[{}]}},{{"id":"other","zh":"他","en":"Other","links":[{other}]}}]"#,
        links.join(",")
    );
    Catalogue::from_json(&text).expect("sound")
}

fn enterprise(r: &Resident) -> Enterprise {
    let money = |text: &Option<String>| {
        text.as_deref().map(|t| match read_money(t, None) {
            MoneyReading::Ok(money) => money,
            other => panic!("{t}: {other:?}"),
        })
    };
    let product = |id: &String| {
        let name = ["甲甲品", "乙乙品", "丙丙品", "丁丁品", "戊戊品"][usize::from(id.as_bytes()[0] - b'a')];
        // The first the most.
        Product { name: name.to_owned(), share: Some(0.4 - 0.05 * f64::from(id.as_bytes()[0] - b'a')) }
    };
    Enterprise {
        name: r.name.clone(),
        products: r.makes.iter().map(product).collect(),
        scope: r.scope.clone(),
        registered_capital: money(&r.registered),
        paid_in_capital: money(&r.paid_in),
        qualifications: if r.high_tech { vec![Qualification::HighTech] } else { Vec::new() },
        ..Enterprise::default()
    }
}

#[test]
fn coverage_needs_and_urgency_are_what_the_formula_says() {
    let catalogue = catalogue();
    let locator = Locator::new(&catalogue).expect("builds");
    let cases: Vec<Case> = serde_json::from_str(&own("park_cases.json")).expect("cases");
    for case in &cases {
        let residents: Vec<Enterprise> = case.residents.iter().map(enterprise).collect();
        let matches: Vec<_> = residents.iter().map(|e| locator.locate(e)).collect();
        let rates = Scorecard::attraction().rates;
        let park = Park::diagnose(&catalogue, &["own".to_owned()], &residents, &matches, &rates).expect("known");
        assert_eq!(park.residents as usize, residents.len());
        let placed = case.residents.iter().filter(|r| !r.makes.is_empty()).count();
        assert_eq!(park.placed as usize, placed, "{}", case.of);
        for (id, expected) in &case.links {
            let s = park.link(id).expect("a link");
            let got = (s.residents, s.coverage, s.need.as_str().to_owned(), s.urgency, s.related);
            assert_eq!(got, *expected, "{}: {id}", case.of);
            let mut names = s.examples.clone();
            names.dedup();
            assert_eq!(names.len(), (s.residents as usize).min(5), "{}: {id} {:?}", case.of, s.examples);
        }
    }
}

#[test]
fn the_largest_are_named_first() {
    let catalogue = catalogue();
    let locator = Locator::new(&catalogue).expect("builds");
    let resident = |name: &str, registered: &str| Resident {
        name: name.to_owned(),
        makes: vec!["b".to_owned()],
        scope: None,
        registered: Some(registered.to_owned()),
        paid_in: None,
        high_tech: false,
    };
    let all = [resident("丁", "50万元"), resident("丙", "1亿日元"), resident("乙", "2000万元"), resident("甲", "2000万美元")];
    let residents: Vec<Enterprise> = all.iter().map(enterprise).collect();
    let matches: Vec<_> = residents.iter().map(|e| locator.locate(e)).collect();
    let rates = Scorecard::attraction().rates;
    let park = Park::diagnose(&catalogue, &["own".to_owned()], &residents, &matches, &rates).expect("known");
    assert_eq!(park.link("b").expect("a link").examples, ["甲", "乙", "丙", "丁"]);
    let unknown = Park::diagnose(&catalogue, &["none".to_owned()], &residents, &matches, &rates);
    assert_eq!(unknown.expect_err("no such chain").code(), "UNKNOWN_CHAIN");
}

/// Residents of two parks, and where they stand.
fn two_parks() -> (Catalogue, Vec<xiangma::Enterprise>, Vec<Vec<Match>>, Vec<String>) {
    let rows = [
        ("东区", "光纤预制棒", "1000万元"),
        ("东区", "光模块", "50000万元"),
        ("西区", "光缆", "20000万元"),
        ("西区", "光缆", "500万元"),
        ("", "光芯片", "3000万元"),
    ];
    let line = |(at, (_, product, capital)): (usize, &(&str, &str, &str))| format!("示例{at}光电有限公司,{product},{capital}\n");
    let file = format!("企业名称,主营产品,注册资本\n{}", rows.iter().enumerate().map(line).collect::<String>());
    let residents = xiangma::intake(file.as_bytes(), &xiangma::IntakeOptions::new()).expect("reads").enterprises;
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("built in");
    let matches = residents.iter().map(|e| locator.locate(e)).collect();
    (catalogue, residents, matches, rows.map(|(park, _, _)| park.to_owned()).to_vec())
}

#[test]
fn parks_side_by_side_are_each_as_they_are_alone() {
    let (catalogue, residents, matches, of) = two_parks();
    let (rules, chains, rates) = (DiagnosisRules::builtin(), ["optoelectronics".to_owned()], Scorecard::attraction().rates);
    let all = xiangma::compare_parks(&rules, &catalogue, &chains, (&residents, &matches, &of), &rates).expect("compared");
    for name in ["东区", "西区", ""] {
        let own: Vec<usize> = (0..of.len()).filter(|at| of[*at] == name).collect();
        let firms: Vec<_> = own.iter().map(|at| residents[*at].clone()).collect();
        let found: Vec<_> = own.iter().map(|at| matches[*at].clone()).collect();
        let alone = Park::diagnose_by(&rules, &catalogue, &chains, &firms, &found, &rates).expect("diagnosed");
        let here: Vec<_> = all.iter().filter(|l| l.park == name).collect();
        assert_eq!(here.iter().map(|l| &l.state).collect::<Vec<_>>(), alone.links.iter().collect::<Vec<_>>(), "{name}");
        for one in here {
            let others = all.iter().filter(|l| l.park != name && l.state.link == one.state.link && l.state.residents > 0);
            assert_eq!(one.nearby, others.map(|l| l.state.coverage).max().unwrap_or(0), "{name} {}", one.state.link);
            assert_eq!(one.nearby_park.is_some(), one.nearby > 0, "{one:?}");
            // Less than one's own would count, and more than nothing.
            let (own, beside) = (one.state.urgency, one.urgency_beside);
            assert!(if one.nearby == 0 || one.state.need == Need::None { own == beside } else { beside < own && beside > 0 }, "{one:?}");
        }
    }
    let short = xiangma::compare_parks(&rules, &catalogue, &chains, (&residents, &matches, &of[1..]), &rates);
    assert_eq!(short.expect_err("one has no park").code(), "BAD_ARGUMENT");
}

#[test]
fn quotients_are_shares_over_shares() {
    let (catalogue, residents, matches, _) = two_parks();
    let chains = ["optoelectronics".to_owned()];
    let park = Park::diagnose(&catalogue, &chains, &residents, &matches, &Scorecard::attraction().rates).expect("diagnosed");
    let module = &catalogue.link("oc_module").expect("built in").1.zh;
    let counts = [("oc_cable", 60), (module.as_str(), 20), ("oc_chip", 20), ("oc_cable", 40), ("op_crystal", 0)];
    let reference = xiangma::ReferenceCounts::new(&catalogue, counts).expect("known");
    let found = park.quotients(&reference);
    let of = |link: &str| found.iter().find(|q| q.link == link).map(|q| (q.residents, q.reference, (q.quotient * 1e6).round() / 1e6));
    // Of four residents on the links counted two make cable, one modules, one chips; of the larger place 100, 20 and 20 of 140.
    assert_eq!(of("oc_cable"), Some((2, 100, 0.7)));
    assert_eq!(of("oc_module"), Some((1, 20, 1.75)));
    assert_eq!(of("oc_chip"), Some((1, 20, 1.75)));
    assert_eq!(of("op_crystal"), None, "nobody of the larger place is there");
    assert_eq!(found.iter().map(|q| q.link.as_str()).collect::<Vec<_>>(), ["oc_chip", "oc_module", "oc_cable"]);
    assert!(Park::default().quotients(&reference).is_empty());
    assert_eq!(xiangma::ReferenceCounts::new(&catalogue, [("无此环节", 1)]).expect_err("no link").code(), "UNKNOWN_CHAIN");
}

/// Residents, and what is to be said of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Judged {
    of: String,
    chain: String,
    /// Name, products, scope, capital.
    residents: Vec<[String; 4]>,
    /// Of a link: residents, those engaged in it, level.
    levels: BTreeMap<String, (u32, u32, String)>,
    anchors: Vec<String>,
}

#[test]
fn what_is_said_of_a_park_is_what_one_would_say_who_knows_it() {
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("built in");
    let (rules, rates) = (DiagnosisRules::builtin(), Scorecard::attraction().rates);
    let cases: Vec<Judged> = serde_json::from_str(&own("diagnosed.json")).expect("cases");
    for case in cases {
        let rows: String = case.residents.iter().map(|r| format!("{}\n", r.join(","))).collect();
        let file = format!("企业名称,主营产品,经营范围,注册资本\n{rows}");
        let residents = xiangma::intake(file.as_bytes(), &xiangma::IntakeOptions::new()).expect("reads").enterprises;
        assert_eq!(residents.len(), case.residents.len(), "{}", case.of);
        let matches: Vec<_> = residents.iter().map(|e| locator.locate(e)).collect();
        let chains = [case.chain.clone()];
        let park = Park::diagnose(&catalogue, &chains, &residents, &matches, &rates).expect("known");
        let states = park.advise(&catalogue, &rules, &[]).expect("advice");
        for (id, (all, engaged, level)) in &case.levels {
            let state = park.link(id).expect("a link");
            let advice = states[0].advice.iter().find(|a| a.link == *id).expect("advice");
            let got = (state.residents, state.engaged, advice.level.as_str());
            assert_eq!(got, (*all, *engaged, level.as_str()), "{}: {id}: {}", case.of, advice.zh);
            assert_eq!(state.need == Need::None, advice.level == Level::Strong, "{}: {id}", case.of);
        }
        let found = anchors(&catalogue, &chains, &residents, &matches, &rules).expect("known");
        let mut names: Vec<&str> = found.iter().map(|a| a.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, case.anchors, "{}", case.of);
    }
}
