//! What is asked for at once is answered at once: the list, narrowed, ordered, counted.

use proptest::prelude::*;
use xiangma::{Date, Facets, Filter, Query, Scorecard, Session, Stand, View};

const DAY: Date = Date::constant(2026, 11, 1);
const FILE: &str = "\
企业名称,曾用名,统一社会信用代码,主营产品,参保人数,注册资本,成立日期,企业规模,企业资质,省份,登记状态
武汉光迅示例科技有限公司,武汉老名字有限公司,,光模块,120,5000万元,2015-03-01,中型,\"国家级专精特新“小巨人”企业,高新技术企业\",湖北,存续
重庆长星示例光电有限公司,,,光芯片;光模块,60,800万美元,2021-06-30,小型,高新技术企业,重庆,存续
ABC（苏州）示例光学有限公司,,,光学镜头,8,,2024-01-01,微型,,江苏,存续
示例茶叶有限公司,,,茶叶;2.5D封装;SiC-MOSFET,50,100万元,1999-12-31,小型,,浙江,存续
示例停业光模块有限公司,,,光模块,5,200万元,,小型,,浙江,注销
示例灯具经营部,,,灯具,3,10万元,2010-01-01,微型,,浙江,存续
";

fn session() -> Session {
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(FILE.as_bytes()).expect("reads");
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session.assess().expect("assesses");
    session
}

fn names(session: &Session, rows: &[u32]) -> Vec<String> {
    rows.iter().map(|row| session.candidates()[*row as usize].name.clone()).collect()
}

#[test]
fn a_text_finds_names_codes_products_and_initials() {
    let session = session();
    for (text, found) in [
        ("光迅", vec!["武汉光迅示例科技有限公司"]),
        ("光讯", vec![]),
        ("老名字", vec!["武汉光迅示例科技有限公司"]),
        ("whgx", vec!["武汉光迅示例科技有限公司"]),
        ("GXSL", vec!["武汉光迅示例科技有限公司"]),
        ("cqcx", vec!["重庆长星示例光电有限公司"]),
        ("zqzx", vec!["重庆长星示例光电有限公司"]),
        ("abc", vec!["ABC（苏州）示例光学有限公司"]),
        ("ＡＢＣ(苏州)", vec!["ABC（苏州）示例光学有限公司"]),
        ("abcsz", vec!["ABC（苏州）示例光学有限公司"]),
        ("光芯片", vec!["重庆长星示例光电有限公司"]),
        ("2.5D封装", vec!["示例茶叶有限公司"]),
        ("SiC-MOSFET", vec!["示例茶叶有限公司"]),
        ("光模块 示例 cq", vec!["重庆长星示例光电有限公司"]),
        ("光模块　茶叶", vec![]),
    ] {
        assert_eq!(names(&session, &session.find(text, 10)), found, "{text}");
    }
    // Nothing is asked for: everybody.
    for text in ["", "  ", "（）"] {
        assert_eq!(session.find(text, 10), session.top(10), "{text:?}");
    }
}

#[test]
fn every_condition_narrows_and_unknown_is_not_let_through() {
    let mut session = session();
    let day = |text: &str| Some(text.parse().expect("a day"));
    let cases: [(Filter, &[&str]); 8] = [
        (Filter { standings: vec![Stand::RuledOut], ..Filter::default() }, &["示例停业光模块有限公司", "示例灯具经营部"]),
        (Filter { sizes: vec!["medium".into()], ..Filter::default() }, &["武汉光迅示例科技有限公司"]),
        (Filter { qualifications: vec!["little_giant".into()], ..Filter::default() }, &["武汉光迅示例科技有限公司"]),
        (
            Filter { qualifications: vec!["little_giant".into(), "high_tech".into()], ..Filter::default() },
            &["武汉光迅示例科技有限公司", "重庆长星示例光电有限公司"],
        ),
        // 800 万美元 is over 50 million yuan by the rates of the card, and who says nothing is not.
        (Filter { capital_from: Some(50_000_000), ..Filter::default() }, &["武汉光迅示例科技有限公司", "重庆长星示例光电有限公司"]),
        (Filter { capital_to: Some(100_000), ..Filter::default() }, &["示例灯具经营部"]),
        (
            Filter { founded_from: day("2015-03-01"), founded_to: day("2021-06-30"), ..Filter::default() },
            &["武汉光迅示例科技有限公司", "重庆长星示例光电有限公司"],
        ),
        (Filter { text: "茶叶".into(), regions: vec!["湖北".into()], ..Filter::default() }, &[]),
    ];
    for (filter, expected) in cases {
        session.set_filter(filter.clone());
        let mut found = names(&session, &session.top(10));
        found.sort();
        let mut expected: Vec<String> = expected.iter().map(|n| (*n).to_owned()).collect();
        expected.sort();
        assert_eq!(found, expected, "{filter:?}");
        assert_eq!(session.passing(), found.len());
    }
}

#[test]
fn a_range_of_scores_lets_through_who_is_in_it() {
    let mut session = session();
    let all = session.top(10);
    for (from, to) in [(0, 100), (0, 30), (30, 60), (60, 100), (61, 60)] {
        session.set_filter(Filter { score_from: Some(from), score_to: Some(to), ..Filter::default() });
        let scores = session.ranking().expect("a ranking");
        let score = |row: &u32| scores.score(*row as usize).expect("a score").rounded().score;
        // Nobody of the sample stands within a hundredth of an end.
        let inside: Vec<u32> = all.iter().copied().filter(|row| (f64::from(from)..=f64::from(to)).contains(&score(row))).collect();
        assert_eq!(session.top(10), inside, "{from} to {to}");
        assert_eq!(session.passing(), inside.len());
    }
    // It moves with the weights.
    session.set_filter(Filter { score_from: Some(50), ..Filter::default() });
    let mut criterion = vec![0; Scorecard::attraction().criteria.len()];
    criterion[0] = 10_000;
    session.set_weights(&criterion).expect("weights");
    let ranking = session.ranking().expect("a ranking");
    let most = all.iter().filter(|row| ranking.assessment().points(0, **row as usize).unwrap_or(0) >= 5_000).count();
    assert_eq!(session.passing(), most);
}

#[test]
fn standings_are_told_apart_and_add_up() {
    let session = session();
    let standings = session.facets().standings;
    assert_eq!(standings.iter().map(|c| c.count).sum::<u32>(), 6, "{standings:?}");
    let count = |stand: Stand| standings.iter().find(|c| c.value == stand.as_str()).map_or(0, |c| c.count);
    assert_eq!((count(Stand::RuledOut), count(Stand::Confirmed)), (2, 3), "{standings:?}");
}

#[test]
fn a_view_asked_for_twice_is_the_same_and_one_that_fails_changes_nothing() {
    let mut session = session();
    let query = Query {
        chains: Some(vec!["optoelectronics".into()]),
        weights: Some(vec![4_000, 0, 0, 3_000, 1_000, 500, 500, 500, 500]),
        filter: Some(Filter { hide_vetoed: true, ..Filter::default() }),
        by: Some("capital".into()),
        count: 3,
        ..Query::default()
    };
    let by_capital = Scorecard::attraction().criteria.iter().any(|c| c.id == "capital");
    let query = if by_capital { query } else { Query { by: Some(Scorecard::attraction().criteria[3].id.clone()), ..query } };
    let view = session.view(&query).expect("a view");
    assert_eq!((view.total, view.passing, view.places.len()), (6, 4, 3));
    assert_eq!(view.weights.iter().sum::<u32>(), 10_000);
    assert_eq!(view.histogram.iter().sum::<u32>(), 4);
    assert_eq!(session.view(&query).expect("a view"), view);
    // All of it crosses as text, and back.
    let written = serde_json::to_string(&view).expect("writes");
    assert_eq!(serde_json::from_str::<View>(&written).expect("reads"), view);
    let written = serde_json::to_string(&query).expect("writes");
    assert_eq!(serde_json::from_str::<Query>(&written).expect("reads"), query);
    for wrong in [
        Query { by: Some("nothing".into()), filter: Some(Filter::default()), ..Query::default() },
        Query { weights: Some(vec![1]), filter: Some(Filter::default()), ..Query::default() },
        Query { chains: Some(vec!["tea".into()]), filter: Some(Filter::default()), ..Query::default() },
    ] {
        assert!(session.view(&wrong).is_err(), "{wrong:?}");
        assert_eq!(session.passing(), 4, "{wrong:?}");
    }
    // What is not given stays.
    let kept = session.view(&Query { count: 3, ..Query::default() }).expect("a view");
    assert_eq!((kept.passing, &kept.weights), (4, &view.weights));
    // Past the end there is nothing.
    let past = session.view(&Query { from: 100, count: 3, ..Query::default() }).expect("a view");
    assert!(past.places.is_empty());
}

/// A list of so many enterprises that can be told apart, some of them ruled out.
fn list(rows: &[(u16, u8, u8)]) -> Session {
    let line = |(at, (capital, region, kind)): (usize, &(u16, u8, u8))| {
        let region = ["江苏", "浙江", ""][usize::from(region % 3)];
        let (product, status) = [("光模块", "存续"), ("茶叶", "存续"), ("光学镜头", "注销"), ("灯具", "存续")][usize::from(kind % 4)];
        format!("示例{at}号有限公司,{product},{capital}万元,{region},{status}\n")
    };
    let text: String = rows.iter().enumerate().map(line).collect();
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(format!("企业名称,主营产品,注册资本,省份,登记状态\n{text}").as_bytes()).expect("reads");
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session.assess().expect("assesses");
    session
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn windows_are_parts_of_one_order_and_counts_are_counts(
        rows in prop::collection::vec((1..500_u16, 0..3_u8, 0..4_u8), 1..60),
        from in 0..70_usize,
        count in 0..30_usize,
        criterion in 0..9_usize,
        hide_vetoed in any::<bool>(),
    ) {
        let mut session = list(&rows);
        let criterion = session.scorecard().criteria[criterion].id.clone();
        let filter = Filter { hide_vetoed, ..Filter::default() };
        for by in [None, Some(criterion)] {
            let query = Query { filter: Some(filter.clone()), by: by.clone(), count: usize::MAX, ..Query::default() };
            let whole = session.view(&query).expect("a view");
            prop_assert_eq!(whole.places.len(), whole.passing);
            let part = session.view(&Query { from, count, ..query.clone() }).expect("a view");
            let expected: Vec<_> = whole.places.iter().skip(from).take(count).copied().collect();
            prop_assert_eq!(part.places, expected);
            // By a criterion: its points never rise, and who is ruled out stands last.
            if let Some(id) = by {
                let assessment = session.assessment().expect("assessed");
                let at = assessment.card().criteria.iter().position(|c| c.id == id).expect("a criterion");
                let keys: Vec<_> = whole.places.iter().map(|p| {
                    let row = p.row as usize;
                    (assessment.eligible().contains(row), assessment.points(at, row))
                }).collect();
                prop_assert!(keys.is_sorted_by(|a, b| a >= b), "{:?}", keys);
            }
        }
        let eligible = session.assessment().expect("assessed").eligible().count() as u32;
        prop_assert_eq!(session.histogram(7).iter().sum::<u32>(), eligible);
        prop_assert!(session.histogram(0).is_empty());
        // Every count is that of the list its value gives.
        let base = session.facets();
        let counts = |facets: &Facets| [
            facets.regions.clone(), facets.links.clone(), facets.roles.clone(), facets.grades.clone(), facets.standings.clone(),
        ];
        for (at, property) in counts(&base).iter().enumerate() {
            for count in property {
                let value = vec![count.value.clone()];
                let mut chosen = filter.clone();
                match at {
                    0 => chosen.regions = value,
                    1 => chosen.links = value,
                    2 => chosen.roles = value,
                    3 => chosen.grades = value,
                    _ => chosen.standings = Stand::ALL.into_iter().filter(|s| s.as_str() == count.value).collect(),
                }
                session.set_filter(chosen);
                prop_assert_eq!(session.passing() as u32, count.count, "{}", count.value);
                prop_assert_eq!(&counts(&session.facets())[at], property, "its own condition is left out");
            }
        }
    }
}
