//! Who leads a link, for whom it is an aside, and who is promising.

use xiangma::{Date, Locator, Session};

const DAY: Date = Date::constant(2026, 11, 1);

fn ranked(file: &str, chain: &str) -> Session {
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(file.as_bytes()).expect("reads");
    session.target(&[chain.to_owned()], &[]).expect("a chain");
    session.assess().expect("assesses");
    session
}

fn order(session: &Session) -> Vec<String> {
    session.top(100).into_iter().map(|row| session.candidates()[row as usize].name.clone()).collect()
}

fn reason(session: &Session, row: usize, key: &str) -> Option<String> {
    session.explain(row)?.reasons.into_iter().find(|r| r.key.as_str() == key).map(|r| r.zh)
}

#[test]
fn focus_is_the_share_of_the_business() {
    let catalogue = xiangma::Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("builds");
    let focus = |head: &str, cell: &str, link: &str| {
        let file = format!("企业名称,{head}\n示例有限公司,{cell}\n");
        let table = xiangma::intake(file.as_bytes(), &xiangma::IntakeOptions::new()).expect("reads");
        let found = locator.locate(&table.enterprises[0]);
        found.iter().find(|m| m.link.as_deref() == Some(link)).map(|m| m.focus)
    };
    // Of revenue, where it is told; of products, where it is not; of the items of a scope at last.
    assert_eq!(focus("主营产品", "光模块:0.8|茶叶:0.2", "oc_module"), Some(80));
    assert_eq!(focus("主营产品", "光模块:0.05|茶叶:0.95", "oc_module"), Some(5));
    assert_eq!(focus("主营产品", "光模块;茶叶", "oc_module"), Some(50));
    assert_eq!(focus("主营产品", "光模块", "oc_module"), Some(100));
    assert_eq!(focus("经营范围", "光模块制造；茶叶加工；家具制造；服装制造", "oc_module"), Some(25));
}

#[test]
fn a_business_goes_before_a_sliver_of_one() {
    let file = "企业名称,主营产品,注册资本,成立日期\n示例甲有限公司,光模块:0.04|茶叶:0.96,5000万元,2015-01-01\n\
                示例乙有限公司,光模块:0.9|茶叶:0.1,5000万元,2015-01-01\n";
    assert_eq!(order(&ranked(file, "optoelectronics")), ["示例乙有限公司", "示例甲有限公司"]);
}

#[test]
fn the_largest_of_a_link_stands_on_top_of_it() {
    // Alike but for capital, from ten thousand to ten thousand million yuan: each step counts, the last ones too.
    let amounts = ["1", "50", "300", "2000", "10000", "100000", "500000", "900000"];
    for (product, chain) in [("光模块", "optoelectronics"), ("光伏组件", "new_energy"), ("工业机器人", "advanced_equipment")] {
        let line = |(at, wan): (usize, &&str)| format!("示例{at}号有限公司,{product},{wan}万元,2010-01-01,上市\n");
        let file: String = amounts.iter().enumerate().map(line).collect();
        let session = ranked(&format!("企业名称,主营产品,注册资本,成立日期,上市\n{file}"), chain);
        let expected: Vec<String> = (0..amounts.len()).rev().map(|at| format!("示例{at}号有限公司")).collect();
        assert_eq!(order(&session), expected, "{product}");
    }
}

#[test]
fn standing_is_told_where_it_is_one() {
    let file = "企业名称,主营产品,注册资本\n示例甲有限公司,光模块,80000万元\n示例乙有限公司,光模块,10万元\n示例丙有限公司,茶叶,80000万元\n";
    let session = ranked(file, "optoelectronics");
    let told = |row| session.explain(row).expect("a row").reasons.into_iter().any(|r| r.zh.contains("资本居同环节企业前"));
    assert!(told(0), "{:?}", reason(&session, 0, "criterion"));
    // Who is among the last, or on no link, is not said to be among the first of one.
    assert!(!told(1) && !told(2));
}

#[test]
fn the_promising_are_young_not_large_and_good_at_something() {
    let head = "企业名称,主营产品,注册资本,成立日期,企业资质,专利数量,最近融资时间,上市,登记状态";
    for (line, promising) in [
        ("光模块,3000万元,2020-01-01,专精特新“小巨人”,,,,存续", true),
        ("光模块,3000万元,2020-01-01,,45,,,存续", true),
        ("光模块,3000万元,2020-01-01,,,2025-06-01,,存续", true),
        // Nothing speaks for it yet.
        ("光模块,3000万元,2020-01-01,,3,,,存续", false),
        ("光模块,3000万元,2020-01-01,高新技术企业,,,,存续", false),
        // Financed long ago, old, large, listed, elsewhere, or nobody knows how old.
        ("光模块,3000万元,2020-01-01,,,2019-06-01,,存续", false),
        ("光模块,3000万元,2003-01-01,专精特新“小巨人”,,,,存续", false),
        ("光模块,800000万元,2020-01-01,专精特新“小巨人”,,,,存续", false),
        ("光模块,3000万元,2020-01-01,专精特新“小巨人”,,,已上市,存续", false),
        ("茶叶,3000万元,2020-01-01,专精特新“小巨人”,,,,存续", false),
        ("光模块,3000万元,,专精特新“小巨人”,,,,存续", false),
        ("光模块,3000万元,2020-01-01,专精特新“小巨人”,,,,注销", false),
    ] {
        let session = ranked(&format!("{head}\n示例有限公司,{line}\n"), "optoelectronics");
        let told = reason(&session, 0, "promising");
        assert_eq!(told.is_some(), promising, "{line}: {told:?}");
        if let Some(zh) = told {
            assert!(zh.starts_with("潜力股：2020 年成立，"), "{zh}");
        }
    }
}

#[test]
fn the_document_of_scorecards_names_every_fact_and_kind() {
    let document = include_str!("../../docs/scorecard.md");
    for fact in xiangma::Scorecard::FACTS {
        assert!(document.contains(&format!("`{fact}`")), "{fact}");
    }
    for kind in ["linear", "percentile", "category", "flag", "range", "freshness"] {
        assert!(document.contains(&format!("| `{kind}` |")), "{kind}");
    }
    // Its example is a card, and ranks.
    let example = document.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let card = xiangma::Scorecard::from_json(example).expect("a card");
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates("企业名称,主营产品,亩均税收\n示例甲有限公司,光模块,10\n示例乙有限公司,光模块,40\n".as_bytes()).expect("reads");
    session.set_scorecard(card).expect("a card");
    session.assess().expect("assesses");
    assert_eq!(order(&session), ["示例乙有限公司", "示例甲有限公司"]);
}
