//! What a park has and lacks, by figures anyone can compute by hand.

use std::collections::BTreeMap;

use serde::Deserialize;
use xiangma::{Catalogue, Enterprise, Locator, MoneyReading, Park, Product, Qualification, Scorecard, read_money};

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
