//! The story of one zone: what it lacks, whom to bring for it, through whom, on which trips, by whose hand, and what is new a month later.

use std::collections::BTreeSet;

use xiangma::plan::{
    AssignCosts, Change, Introductions, Listed, Officer, Prospect, Push, Shortlist, ShortlistOptions, Tier, Ties, TripOptions, assign,
    place_named, trips,
};
use xiangma::{ChainState, Date, Decision, DiagnosisRules, Match, Park, Scorecard, Session, ShortlistQuery, Strategy, standing_links};

use super::data::own;

const CHAIN: &str = "integrated_circuit";
const LACKING: [&str; 2] = ["ic_package", "ic_module"];

fn sitting(residents: &str, candidates: &str, day: Date) -> Session {
    let mut session = Session::new(day).expect("opens");
    session.load_candidates(candidates.as_bytes()).expect("reads");
    session.load_residents(residents.as_bytes()).expect("reads");
    session.target(&[CHAIN.to_owned()], &[]).expect("known");
    session.assess().expect("assessed");
    session
}

fn diagnosed(session: &Session) -> (Park, ChainState) {
    let park = session.park().expect("residents").clone();
    let mut states = park.advise(session.catalogue(), &DiagnosisRules::builtin(), &[]).expect("advice");
    (park, states.remove(0))
}

#[test]
fn from_diagnosis_to_the_next_month() {
    let (residents, candidates) = (own("zone_residents.csv"), own("zone_candidates.csv"));
    let session = sitting(&residents, &candidates, Date::constant(2026, 10, 1));

    // The diagnosis names both, and the passages they break.
    let (park, before) = diagnosed(&session);
    assert_eq!(before.whole, 0, "no passage is whole");
    for link in LACKING {
        let advice = before.advice.iter().find(|a| a.link == link).expect("a link");
        assert!(advice.strategy == Strategy::Fill && advice.passages_broken > 0, "{advice:?}");
    }
    let both = before.passages.list(usize::MAX).into_iter().filter(|p| p.missing == LACKING);
    let broken: Vec<_> = both.collect();
    assert!(broken.len() >= 3, "from software, silicon and resist by way of the fab: {}", broken.len());
    let pair = before.best_pair.as_ref().expect("a pair");
    assert!(pair.links.iter().any(|l| l == "ic_package") && pair.closes >= broken.len() as u64, "{pair:?}");

    // The shortlist fills both, though others score more.
    let ranking = session.ranking().expect("ranked");
    let rows: Vec<usize> = ranking.top(100).into_iter().map(|r| r as usize).collect();
    let matches: Vec<Vec<Match>> = rows.iter().map(|r| session.matches(*r).to_vec()).collect();
    let links = standing_links(session.catalogue(), &matches, &DiagnosisRules::builtin());
    let prospects: Vec<Prospect> = rows
        .iter()
        .zip(&links)
        .map(|(row, links)| Prospect {
            score: (ranking.score(*row).expect("a score").rounded().score * 100.0).round() as u32,
            links: links.iter().map(|l| (*l).to_owned()).collect(),
            region: session.candidates()[*row].region.province.clone(),
            tier: Tier::of(&session.candidates()[*row]),
        })
        .collect();
    let options = ShortlistOptions::new().count(4);
    let list = Shortlist::choose(&prospects, &options.gaps(&park, std::slice::from_ref(&before)), &options).expect("chosen");
    let chosen: Vec<usize> = list.chosen().iter().map(|c| c.prospect).collect();
    let closes: BTreeSet<&str> = list.chosen().iter().flat_map(|c| &c.closes).map(String::as_str).collect();
    assert!(LACKING.iter().all(|l| closes.contains(l)), "{closes:?}");
    let best: BTreeSet<usize> = (0..4).collect();
    assert_ne!(best, chosen.iter().copied().collect(), "not merely the four of the highest scores");

    // With them here, passages close and the chain is more complete.
    let came = chosen.iter().map(|p| &session.candidates()[rows[*p]]);
    let grown: String = residents.clone() + &came.clone().map(|e| format!("{},,{}:0.9,\n", e.name, e.products[0].name)).collect::<String>();
    let (_, after) = diagnosed(&sitting(&grown, &candidates, Date::constant(2026, 10, 1)));
    assert!(after.whole >= broken.len() as u64 && after.completeness > before.completeness, "{} whole", after.whole);

    // Somebody introduces the one that packages; persons are held back.
    let packager = came.clone().find(|e| e.products[0].name.contains("封装")).expect("one that packages");
    let ties = Ties::read(own("zone_ties.csv").as_bytes()).expect("reads");
    assert_eq!(ties.rejected.len(), 1);
    let firms: Vec<&str> = session.residents().iter().map(|e| e.name.as_str()).collect();
    let ways = Introductions::new(ties.without_persons(), firms.iter().copied()).to(&packager.name);
    assert_eq!(ways[0].path[0].who, "示例园区晶圆有限公司");
    assert!(ways.iter().all(|w| !w.personal));

    // A trip for each, from home, and nobody forgotten.
    let at: Vec<Option<u32>> = came.clone().map(|e| e.region.code).collect();
    let plan = trips(&at, TripOptions { days: 3, visits: 2, home: place_named("金华市") }).expect("planned");
    assert!(plan.unplaced.is_empty() && plan.trips.iter().flat_map(|t| t.days.iter().flatten()).count() == 4);

    // An officer for each, who knows the chain.
    let table = own("zone_officers.csv").replace("集成电路", CHAIN);
    let officers = Officer::read(table.as_bytes()).expect("reads");
    let leads: Vec<_> = list
        .chosen()
        .iter()
        .zip(came)
        .map(|(c, e)| {
            let file = format!(
                "企业名称,所属省份,所属城市,chain,得分\n{},{},{},{CHAIN},{}\n",
                e.name,
                e.region.province.clone().unwrap_or_default(),
                e.region.city.clone().unwrap_or_default(),
                f64::from(prospects[c.prospect].score) / 100.0
            );
            Listed::read(file.as_bytes()).expect("reads").remove(0).lead()
        })
        .collect();
    let given = assign(&leads, &officers, AssignCosts::default()).expect("assigned");
    assert!(given.leads.iter().all(|l| l.officer.is_some_and(|o| officers[o].name != "示例丙")), "{given:?}");

    // A month later one of them has grown: the push says so.
    let grown = candidates.replacen(
        "示例云联模组有限公司,存续,2018-01-01,5000万元,3000万元,160",
        "示例云联模组有限公司,存续,2018-01-01,50000万元,50000万元,1600",
        1,
    );
    assert_ne!(grown, candidates);
    let (was, is) = (session.edition().expect("kept"), sitting(&residents, &grown, Date::constant(2026, 11, 1)).edition().expect("kept"));
    let push = Push::new(&was, &is, &Scorecard::attraction(), None).expect("compared");
    let row = push.rows.iter().find(|r| r.name.contains("云联")).expect("on the list");
    assert!(row.change == Change::Risen && row.causes.iter().any(|c| c.criterion.as_deref() == Some("scale")), "{row:?}");
    assert!(push.text(5).zh.contains("示例云联模组有限公司"));
}

#[test]
fn what_a_step_writes_the_next_reads() {
    let written = r#"{"place":1,"key":"示例封测有限公司|江苏","name":"示例封测有限公司","credit_code":null,"province":"江苏","city":"苏州","address":null,"chain":"integrated_circuit","link":"ic_package","score":81.5,"value":99.0,"closes":["ic_package"]}
{"key":"示例模组有限公司|广东","name":"示例模组有限公司","province":"广东","city":"深圳","officer":"示例乙","cost":0,"kept":true}
"#;
    let list = Listed::read(written.as_bytes()).expect("reads");
    assert_eq!((list[0].score, list[0].link.as_deref(), list[0].region.code), (Some(8_150), Some("ic_package"), Some(320_500)));
    assert_eq!((list[1].officer.as_deref(), list[1].lead().had_by.as_deref()), (Some("示例乙"), Some("示例乙")));
    assert_eq!(list[0].key.to_string(), "示例封测有限公司|江苏");
    assert_eq!((list[0].lead().value, list[0].lead().regions), (81, vec!["江苏".to_owned(), "苏州".to_owned()]));
}

#[test]
fn a_link_that_the_park_leaves_is_worth_nothing_to_a_shortlist() {
    let session = sitting(&own("zone_residents.csv"), &own("zone_candidates.csv"), Date::constant(2026, 10, 1));
    let mut query = ShortlistQuery::default();
    query.count = 4;
    let closes = |query: &ShortlistQuery| -> BTreeSet<String> {
        session.shortlist(query).expect("chosen").places().iter().flat_map(|place| place.closes.clone()).collect()
    };
    assert!(LACKING.iter().all(|link| closes(&query).contains(*link)));
    let decision: Decision =
        serde_json::from_str(r#"{"link": "ic_package", "strategy": "leave", "by": "甲", "why": "邻市已有"}"#).expect("read");
    query.decisions = vec![decision.clone()];
    assert!(!closes(&query).contains("ic_package") && closes(&query).contains("ic_module"));
    query.decisions.push(decision);
    assert_eq!(session.shortlist(&query).expect_err("two on one link").code(), "BAD_ARGUMENT");
}
