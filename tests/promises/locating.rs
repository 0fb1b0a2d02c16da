//! An enterprise stands where its texts say it stands, and nowhere else.

use proptest::prelude::*;
use serde::Deserialize;
use xiangma::{Catalogue, Core, Doubt, Enterprise, Evidence, IntakeOptions, Locator, Match, Product, Role, check_chains, intake};

use super::data::own;

fn locator() -> Locator {
    Locator::new(&Catalogue::builtin()).expect("builds")
}

fn scope(text: &str) -> Enterprise {
    Enterprise { name: "示例有限公司".to_owned(), scope: Some(text.to_owned()), ..Enterprise::default() }
}

/// The links believed.
fn named(found: &[Match]) -> Vec<&str> {
    let mut links: Vec<&str> = Vec::new();
    for link in found.iter().filter(|m| m.evidence > Evidence::Weak).filter_map(|m| m.link.as_deref()) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// A sentence that fools a matcher, and the right answer.
#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    name: String,
    scope: String,
    products: String,
    is: Vec<String>,
    not: Vec<String>,
}

#[test]
fn traps_negation_dealers_and_users_do_not_fool_it() {
    let cases: Vec<Case> = own("false_friends.jsonl").lines().map(|l| serde_json::from_str(l).expect("a case")).collect();
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["企业名称", "经营范围", "主营产品"]).expect("a header");
    for c in &cases {
        file.write_record([&c.name, &c.scope, &c.products]).expect("a row");
    }
    let table = intake(&file.into_inner().expect("a file"), &IntakeOptions::new()).expect("reads");
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("builds");
    let from = |id: &str| catalogue.link(id).and_then(|(_, l)| l.from.clone()).unwrap_or_else(|| id.to_owned());
    let mut wrong = Vec::new();
    for e in &table.enterprises {
        let c = &cases[e.row as usize - 2];
        let found = locator.locate(e);
        let links = named(&found);
        let stands = |id: &String| links.iter().any(|l| *l == id || from(l) == *id);
        let on_chain = |id: &String| found.iter().any(|m| m.evidence > Evidence::Weak && *m.chain == **id);
        let missed: Vec<&String> = c.is.iter().filter(|id| !stands(id)).collect();
        let extra: Vec<&String> = c.not.iter().filter(|id| links.contains(&id.as_str()) || on_chain(id)).collect();
        if !missed.is_empty() || !extra.is_empty() {
            wrong.push(format!("{} {} | {} | {} | missed {missed:?} extra {extra:?} got {links:?}", c.id, c.name, c.scope, c.products));
        }
    }
    let share = 100.0 * (1.0 - wrong.len() as f64 / cases.len() as f64);
    eprintln!("{share:.1} % of {} sentences right", cases.len());
    assert!(cases.len() >= 500, "only {} sentences", cases.len());
    assert!(share >= 97.0, "{share:.1} %:\n{}", wrong.join("\n"));
}

#[test]
fn every_term_of_the_catalogue_finds_its_link() {
    let catalogue = Catalogue::builtin();
    let locator = locator();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (_, link) in catalogue.links() {
        for term in &link.terms {
            count += 1;
            let mut e = Enterprise { name: "示例有限公司".to_owned(), ..Enterprise::default() };
            e.products.push(Product { name: term.clone(), share: Some(1.0) });
            if !locator.locate(&e).iter().any(|m| m.link.as_deref() == Some(link.id.as_str())) {
                wrong.push(format!("{}: {term}", link.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}: {wrong:?}", wrong.len());
}

#[test]
fn what_is_excluded_is_not_done() {
    let locator = locator();
    for (text, is) in [
        ("光学镜头制造（不含光模块）", "op_lens"),
        ("光模块的研发、制造；危险品生产除外", "oc_module"),
        ("锂电池隔膜的生产，不包括电解液", "lb_separator"),
    ] {
        assert_eq!(named(&locator.locate(&scope(text))), [is], "{text}");
    }
    for text in [
        "不含光模块的生产",
        "国家禁止的光模块除外",
        "未取得许可不得从事光模块的生产",
        "法律、法规禁止的，不得经营；光模块须经批准的项目，经相关部门批准后方可经营",
    ] {
        assert!(named(&locator.locate(&scope(text))).is_empty(), "{text}");
    }
}

#[test]
fn the_role_is_what_the_verbs_say() {
    let locator = locator();
    for (text, role) in [
        ("生产、销售：光模块、光缆", Role::Maker),
        ("光模块、光缆的研发、制造", Role::Maker),
        ("光模块的研发；钢材销售", Role::Developer),
        ("光模块批发、零售", Role::Trader),
        ("光模块的安装、维修", Role::Service),
        ("光伏电站的投资、建设、运营", Role::Operator),
    ] {
        let found = locator.locate(&scope(text));
        assert_eq!(found.first().map(|m| m.role), Some(role), "{text}");
    }
}

#[test]
fn not_on_the_chain_comes_with_the_nearest_miss_and_why() {
    let locator = locator();
    let trader = &locator.locate(&scope("光模块批发、零售"))[0];
    assert_eq!((trader.evidence, trader.doubt), (Evidence::Weak, Some(Doubt::Trader)));
    let name =
        Enterprise { name: "示例光模块有限公司".to_owned(), scope: Some("餐饮服务".to_owned()), ..Enterprise::default() };
    let found = locator.locate(&name);
    assert_eq!((found[0].evidence, found[0].doubt), (Evidence::Weak, Some(Doubt::NameOnly)));
    let nothing = locator.locate(&scope("餐饮服务"));
    assert!(nothing.is_empty());
}

#[test]
fn general_words_place_on_the_chain_and_on_no_link() {
    let found = locator().locate(&scope("光电子器件制造"));
    assert_eq!(named(&found), Vec::<&str>::new());
    assert!(found.iter().any(|m| &*m.chain == "optoelectronics" && m.link.is_none() && m.evidence > Evidence::Weak));
}

#[test]
fn every_text_counts() {
    let locator = locator();
    let with = |set: &dyn Fn(&mut Enterprise)| {
        let mut e = Enterprise { name: "示例有限公司".to_owned(), ..Enterprise::default() };
        set(&mut e);
        let found = locator.locate(&e);
        found.first().map(|m| (m.link.as_deref().map(str::to_owned), m.evidence))
    };
    let strong = Some((Some("oc_module".to_owned()), Evidence::Strong));
    let medium = Some((Some("oc_module".to_owned()), Evidence::Medium));
    assert_eq!(with(&|e| e.products.push(Product { name: "光模块".to_owned(), share: Some(0.8) })), strong);
    assert_eq!(with(&|e| e.main_business = Some("光模块的研发、生产和销售".to_owned())), strong);
    assert_eq!(with(&|e| e.scope = Some("光模块制造".to_owned())), medium);
    assert_eq!(with(&|e| e.profile = Some("公司专业从事光模块的研发与生产".to_owned())), medium);
    assert_eq!(with(&|e| e.tags = vec!["光模块".to_owned()]), medium);
}

#[test]
fn odd_texts_are_read_all_the_same() {
    let locator = locator();
    for text in [
        "光模塊的研發、製造",
        "光模块的研发﹑制造",
        "【光模块】研发\u{0}、制造\u{7}",
        "ｌｅｄ灯具制造",
        "生产LED灯具",
        "从事光模块研发制造",
    ] {
        assert!(!named(&locator.locate(&scope(text))).is_empty(), "{text:?}");
    }
    let boilerplate = "依法须经批准的项目，经相关部门批准后方可开展经营活动；法律、法规禁止的，不得经营；应经审批的，未获审批前不得经营";
    assert!(locator.locate(&scope(boilerplate)).is_empty());
    // A hundred thousand characters, of which one item matters, in a moment.
    for filler in ["建筑材料销售、", "光、", "((((", "不含", "及和与", "制造"] {
        let long = format!("光模块制造；{}", filler.repeat(100_000 / filler.len()));
        let found = locator.locate(&scope(&long));
        assert!(found.iter().any(|m| m.link.as_deref() == Some("oc_module")), "{filler}");
    }
}

#[test]
fn evidence_points_at_its_own_product_however_many_there_are() {
    let locator = locator();
    for last in [0, 65_535, 65_536, 70_001] {
        let mut e = Enterprise { name: "示例有限公司".to_owned(), ..Enterprise::default() };
        let product = |name: &str, share: f64| Product { name: name.to_owned(), share: Some(share) };
        e.products = vec![product("钢材", 0.0); last];
        e.products.push(product("光模块", 0.8));
        e.tags = vec!["钢材".to_owned(); last];
        e.tags.push("光芯片".to_owned());
        let found = locator.locate(&e);
        let shown = |link: &str| {
            let its = found.iter().find(|m| m.link.as_deref() == Some(link)).expect("located");
            (its.spans[0].text(&e).to_owned(), its.spans[0].term(&e).to_owned(), its.score)
        };
        let alone = {
            let few = Enterprise { products: e.products[last..].to_vec(), tags: e.tags[last..].to_vec(), ..e.clone() };
            locator.locate(&few).iter().find(|m| m.link.as_deref() == Some("oc_module")).expect("located").score
        };
        assert_eq!(shown("oc_module"), ("光模块".to_owned(), "光模块".to_owned(), alone), "after {last} others");
        assert_eq!(shown("oc_chip").1, "光芯片", "after {last} others");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_it_and_every_word_shown_stands_in_the_text(
        parts in prop::collection::vec(prop_oneof![
            "\\PC{0,12}",
            prop::sample::select(vec!["光模块", "锂电池", "的研发", "制造", "、", "；", "（", "）", "不含", "除外", "销售：", "ＬＥＤ", "光電", "设备", "及", "\u{0}", "𠮷"]).prop_map(str::to_owned),
        ], 0..20),
        name in "\\PC{0,10}",
    ) {
        let e = Enterprise { name, scope: Some(parts.concat()), ..Enterprise::default() };
        let found = locator().locate(&e);
        for m in &found {
            prop_assert!(m.confidence <= 100 && m.score <= 100);
            prop_assert_eq!(m.evidence == Evidence::Weak, m.doubt.is_some());
            for span in &m.spans {
                let text = span.text(&e);
                prop_assert!(text.contains(span.term(&e)), "{} in {}", span.term(&e), text);
                prop_assert!(!span.term(&e).is_empty());
            }
        }
        prop_assert_eq!(&found, &locator().locate(&e));
    }
}

/// A chain of a trade the library knows nothing about.
fn tea() -> String {
    own("tea_chain.json")
}

#[test]
fn a_chain_a_team_wrote_works_as_well_as_the_built_in_ones() {
    let catalogue = Catalogue::builtin().with_json(&tea()).expect("joins");
    let locator = Locator::new(&catalogue).expect("builds");
    let found = locator.locate(&scope("茶叶种植、加工；茶饮料的生产"));
    assert_eq!(named(&found), ["tea_leaf", "tea_drink"], "the first item first");
    assert!(check_chains(&tea(), &[]).expect("reads").is_empty());
}

#[test]
fn what_is_wrong_or_will_surprise_in_a_chain_is_said() {
    let codes = |text: &str, rows: &[Enterprise]| {
        let findings = check_chains(text, rows).expect("reads");
        let mut codes: Vec<&str> = findings.iter().map(|f| f.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    };
    let chain = |links: &str| format!(r#"{{"id":"own","zh":"自有","en":"Own","links":[{links}]}}"#);
    let link = |id: &str, terms: &str, feeds: &str| {
        format!(r#"{{"id":"{id}","zh":"{id}","en":"{id}","stage":"upstream","terms":[{terms}],"feeds":[{feeds}]}}"#)
    };
    let two = |a: &str, b: &str| chain(&format!("{},{}", link("a", a, r#""b""#), link("b", b, "")));
    assert_eq!(codes("[]", &[]), "NO_CHAIN");
    assert_eq!(codes(&chain(""), &[]), "NO_LINKS");
    assert_eq!(codes(&two(r#""甲乙""#, r#""丙丁""#), &[]), "");
    assert_eq!(codes(&two(r#""""#, r#""丙丁""#), &[]), "TERM_EMPTY");
    assert_eq!(codes(&two(r#""甲""#, r#""丙丁""#), &[]), "TERM_SHORT");
    assert_eq!(codes(&two(r#""甲乙""#, r#""甲乙""#), &[]), "TERM_TWICE");
    assert_eq!(codes(&two(r#""甲乙""#, r#""甲乙丙""#), &[]), "TERM_SWALLOWED");
    assert_eq!(codes(&two(r#""甲乙.*""#, r#""丙丁""#), &[]), "TERM_PATTERN");
    assert_eq!(codes(&two("", r#""丙丁""#), &[]), "NO_TERMS");
    assert_eq!(codes(&chain(&[link("a", r#""甲乙""#, r#""a""#)].join(",")), &[]), "CYCLE");
    assert_eq!(codes(&chain(&[link("a", r#""甲乙""#, r#""nowhere""#)].join(",")), &[]), "EDGE_NOWHERE");
    assert_eq!(codes(&chain(&[link("a", r#""甲乙""#, ""), link("c", r#""丙丁""#, "")].join(",")), &[]), "ORPHAN");
    let rows = [scope("甲乙制造")];
    assert_eq!(codes(&two(r#""甲乙", "戊己""#, r#""丙丁""#), &rows), "LINK_HITS_NOTHING TERM_HITS_NOTHING");
    // Many links are fine, and checked in a moment; a million terms are refused.
    let many: Vec<String> =
        (0..2_000).map(|i| link(&format!("l{i}"), &format!("\"物品{i}号\""), &format!("\"l{}\"", (i + 1).min(1_999)))).collect();
    assert_eq!(codes(&chain(&many.join(",")), &[]), "CYCLE");
    let terms = vec!["\"物品\""; 500_001].join(",");
    assert_eq!(codes(&chain(&link("a", &terms, "")), &[]), "TOO_MANY");
    assert_eq!(check_chains("{", &[]).expect_err("no JSON").code(), "BAD_JSON");
    assert_eq!(check_chains(r#"{"id": 1}"#, &[]).expect_err("no chain").code(), "BAD_CHAIN");
}

#[test]
fn the_built_in_chains_are_sound() {
    let catalogue = Catalogue::builtin();
    assert_eq!(catalogue.chains().len(), 5);
    let text = serde_json::to_string(catalogue.chains()).expect("JSON");
    let errors: Vec<_> = check_chains(&text, &[]).expect("reads").into_iter().filter(|f| f.is_error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (_, link) in catalogue.links() {
        assert!(!link.is.zh.is_empty() && !link.is.en.is_empty(), "{} has no definition", link.id);
        assert!(!link.classes.is_empty() || link.core != Core::Make || link.sink, "{} has no class", link.id);
    }
}
