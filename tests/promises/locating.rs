//! An enterprise stands where its texts say it stands, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;
use serde::Deserialize;
use xiangma::{
    Catalogue, Core, Doubt, Enterprise, Evidence, IntakeOptions, Link, Locator, Match, Product, Role, Source, check_chains, intake,
};

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
fn a_dealer_in_general_goods_is_far_from_the_chain() {
    let locator = locator();
    for text in ["机械设备销售", "机械设备、五金交电的批发、零售", "专用机械租赁", "机械设备的采购、配送", "新能源产品销售"]
    {
        let found = locator.locate(&scope(text));
        let whole = found.iter().find(|m| m.link.is_none()).map_or(0, |m| m.confidence);
        assert!(whole < 35 && named(&found).is_empty(), "{text}: {whole} %, {found:?}");
    }
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

/// A scope whose verbs and objects stand apart, or are numbered, or are not done at all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Torn {
    scope: String,
    /// Links it stands on, in which role.
    #[serde(default)]
    is: BTreeMap<String, String>,
    /// Links it is only a dealer of.
    #[serde(default)]
    trades: Vec<String>,
    /// Nothing at all is found.
    #[serde(default)]
    nowhere: bool,
}

#[test]
fn verbs_and_objects_that_stand_apart_are_read_together() {
    let locator = locator();
    let cases: Vec<Torn> = own("torn_scopes.jsonl").lines().map(|l| serde_json::from_str(l).expect("a case")).collect();
    assert!(cases.len() >= 40, "only {} scopes", cases.len());
    let mut wrong = Vec::new();
    for c in &cases {
        let found = locator.locate(&scope(&c.scope));
        let at = |id: &str| found.iter().find(|m| m.link.as_deref() == Some(id));
        let stands = |(id, role): (&String, &String)| at(id).is_some_and(|m| m.is_believed() && m.role.as_str() == role);
        let trades = |id: &String| at(id).is_some_and(|m| m.doubt == Some(Doubt::Trader));
        let only = named(&found).iter().all(|id| c.is.contains_key(*id) || *id == "oc_chip");
        if !(c.is.iter().all(stands) && c.trades.iter().all(trades) && only && (!c.nowhere || found.is_empty())) {
            let got: Vec<_> = found.iter().map(|m| (m.link.as_deref(), m.role, m.evidence, m.doubt)).collect();
            wrong.push(format!("{c:?} got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How many times longer the work takes on eight times as much: the least of some tries, since others work on the machine as well, and of
/// more where that is too much.
fn growth(mut work: impl FnMut(usize) -> std::time::Duration) -> f64 {
    let mut least = |size: usize| (0..7).map(|_| work(size)).min().unwrap_or_default().as_secs_f64();
    let mut ratio = f64::INFINITY;
    for _ in 0..4 {
        let small = least(1).max(1e-6);
        ratio = f64::min(ratio, least(8) / small);
        if ratio < LINEAR {
            break;
        }
    }
    ratio
}

/// Eight times as much takes eight times as long where the work is linear, and sixty-four times where it grows by the square.
const LINEAR: f64 = 24.0;

#[test]
fn no_scope_takes_longer_than_its_length() {
    let locator = locator();
    for unit in [
        "不含甲的乙",
        "（法律法规）",
        "(依法须经批准)",
        "不含的",
        "的不得.",
        "（/(国家有专项)",
        "((依法须经批准)",
        "(不含",
        "A制造、研发、",
        "研发、",
        "产品的生产、",
        "本企业所需",
        "本企业所需，",
        "所需的",
        "甲；研发；",
        "甲*生产*",
        "甲的研发、测试、",
        "除外",
        "光模块、研发、",
    ] {
        for (before, after) in [("光模块制造；", ""), ("光模块制造", "；")] {
            let took = growth(|size| {
                let text = format!("{before}{}{after}", unit.repeat(size * 4_000 / unit.len()));
                let e = scope(&text);
                let start = std::time::Instant::now();
                let found = locator.locate(&e);
                let took = start.elapsed();
                assert!(before.ends_with("制造") || found.iter().any(|m| m.link.as_deref() == Some("oc_module")), "{unit}");
                took
            });
            assert!(took < LINEAR, "{unit}: eight times the length took {took:.0} times as long");
        }
    }
    // Brackets in brackets, the law in the innermost.
    let nested = growth(|size| {
        let depth = size * 200;
        let e = scope(&format!("光模块制造{}研发{}", "(研发".repeat(depth), "依法须经批准)".repeat(depth)));
        let start = std::time::Instant::now();
        locator.locate(&e);
        start.elapsed()
    });
    assert!(nested < LINEAR, "eight times the brackets took {nested:.0} times as long");
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

/// A link of a chain of one's own, as JSON, with more fields.
fn link(id: &str, terms: &[&str], more: &str) -> String {
    let terms = serde_json::to_string(terms).expect("JSON");
    format!(r#"{{"id":"{id}","zh":"{id}","en":"{id}","stage":"upstream","terms":{terms}{more}}}"#)
}

fn chain(links: &[String]) -> String {
    format!(r#"{{"id":"own","zh":"自有","en":"Own","links":[{}]}}"#, links.join(","))
}

#[test]
fn a_chain_file_that_is_not_sound_is_refused_wherever_it_is_given() {
    let fields = |more: &str| chain(&[link("a", &["甲乙"], more)]);
    for (text, code) in [
        ("[]".to_owned(), "NO_CHAIN"),
        (chain(&[]), "NO_LINKS"),
        (fields(r#","classes":[""]"#), "CLASS_EMPTY"),
        (fields(r#","classes":["3976 "]"#), "CLASS_EMPTY"),
        (fields(r#","classes":["3976"]"#), "CLASS_EMPTY"),
        (fields(r#","classes":["C"]"#), "CLASS_EMPTY"),
        (fields(r#","classes":["3976 光电子器件制造","　"]"#), "CLASS_EMPTY"),
        (fields(r#","weak":[" "]"#), "TERM_EMPTY"),
        (fields(r#","exclude":[""]"#), "TERM_EMPTY"),
        (fields(r#","exclude_in":{"name":[""]}"#), "TERM_EMPTY"),
        (fields(r#","exclude_in":{"title":["甲"]}"#), "FIELD_UNKNOWN"),
        (fields(r#","with":[{"terms":["丙丁"],"near":[""]}]"#), "TERM_EMPTY"),
        (fields(r#","with":[{"terms":["丙丁"],"near":[]}]"#), "WITH_EMPTY"),
        (fields(r#","with":[{"terms":[],"near":["丙丁"]}]"#), "WITH_EMPTY"),
        (chain(&[link("a", &[], r#","with":[{"terms":[],"near":["丙丁"]}]"#)]), "NO_TERMS"),
        (fields(r#","also":["oc_module"]"#), "EDGE_NOWHERE"),
        (fields(r#","also":["own"]"#), "EDGE_NOWHERE"),
        (fields(r#","also":["new_energy","new_energy"]"#), "EDGE_NOWHERE"),
        (fields(r#","feeds":["new_energy"]"#), "EDGE_NOWHERE"),
        (chain(&[link("oc_module", &["甲乙"], "")]), "ID_TWICE"),
        (chain(&[link("a", &[&"甲乙".repeat(51)], "")]), "TERM_LONG"),
        (chain(&[link("a", &["甲"], "")]), "TERM_SHORT"),
        (chain(&[link("a", &["甲乙"], "")]).replace("自有", " "), "NAME_EMPTY"),
        (chain(&[link("a", &["甲乙"], "")]).replace(r#""links""#, r#""traps":["",""],"links""#), "TERM_EMPTY"),
    ] {
        let findings = check_chains(&text, &[]).expect("reads");
        let its = findings.iter().find(|f| f.code == code).unwrap_or_else(|| panic!("{code} in {findings:?} of {text}"));
        assert!(its.is_error && !its.zh.is_empty() && !its.en.is_empty(), "{its:?}");
        let refused = Catalogue::builtin().with_json(&text).expect_err(&text);
        assert_eq!(refused.code(), "BAD_CHAIN");
        assert!(!refused.to_string().starts_with("``") && !refused.to_string().starts_with(':'), "{refused}");
    }
    for more in [r#","term":["丙丁"]"#, r#","is":{"zh":"","en":"","de":""}"#, r#","with":[{"terms":["丙丁"],"near":["戊"],"far":[]}]"#]
    {
        let text = fields(more);
        assert_eq!(check_chains(&text, &[]).expect_err("an unknown key").code(), "BAD_CHAIN", "{more}");
        assert_eq!(Catalogue::builtin().with_json(&text).expect_err("an unknown key").code(), "BAD_CHAIN", "{more}");
    }
    // A chain may take the place of a built-in one, links and all; not without those that others feed.
    let own: Vec<_> = Catalogue::builtin().chains().iter().filter(|c| c.id == "optoelectronics").cloned().collect();
    let text = serde_json::to_string(&own).expect("JSON");
    assert!(check_chains(&text, &[]).expect("reads").iter().all(|f| !f.is_error));
    Catalogue::builtin().with_json(&text).expect("takes its place");
}

#[test]
fn a_chain_is_checked_beside_the_built_in_ones_as_it_will_be_used() {
    let rows = [scope("甲乙制造")];
    let errors = |text: &str| -> Vec<(&str, String)> {
        // What is found does not hang on whether rows are given.
        let [alone, on] = [&[][..], &rows].map(|rows| {
            let findings = check_chains(text, rows).expect("reads");
            findings.into_iter().filter(|f| f.is_error).map(|f| (f.code, f.place)).collect::<Vec<_>>()
        });
        assert_eq!(alone, on);
        let joined = Catalogue::builtin().with_json(text);
        assert_eq!(joined.as_ref().err().map(xiangma::Error::code), (!alone.is_empty()).then_some("BAD_CHAIN"), "{alone:?} {joined:?}");
        alone
    };
    let builtin = Catalogue::builtin();
    let edges = |l: &Link| [&l.feeds, &l.equipment_for, &l.materials_for].into_iter().flatten().cloned().collect::<Vec<_>>();
    let mut gone = 0;
    for chain in builtin.chains() {
        // One link of its own in the place of all: each that others point to is missed.
        let own = self::chain(&[link("a", &["甲乙"], "")]).replace(r#""own""#, &format!("{:?}", chain.id));
        let others = builtin.links().filter(|(c, _)| c.id != chain.id);
        let missed: BTreeSet<String> = others.flat_map(|(_, l)| edges(l)).filter(|to| chain.links.iter().any(|l| l.id == *to)).collect();
        gone += missed.len();
        assert_eq!(errors(&own), missed.into_iter().map(|id| ("EDGE_NOWHERE", id)).collect::<Vec<_>>(), "{}", chain.id);
    }
    assert!(gone > 50, "{gone}");
    // Its own links, one of which feeds the built-in link that feeds it.
    let ((from, its), to) = builtin
        .links()
        .flat_map(|(c, l)| l.feeds.iter().map(move |to| ((c, l), to)))
        .find(|((c, _), to)| builtin.link(to).is_some_and(|(other, _)| other.id != c.id))
        .expect("a link that feeds one of another chain");
    let mut own = builtin.link(to).expect("a link").0.clone();
    own.links.iter_mut().filter(|l| l.id == *to).for_each(|l| l.feeds.push(its.id.clone()));
    let text = serde_json::to_string(&own).expect("JSON");
    assert_eq!(errors(&text), [("CYCLE", to.clone())], "{} and back", from.id);
    // A link behind a circle is not on it.
    let behind = [link("c", &["甲乙"], ""), link("a", &["丙丁"], r#","feeds":["b"]"#), link("b", &["戊己"], r#","feeds":["a","c"]"#)];
    assert_eq!(errors(&chain(&behind)), [("CYCLE", "a".to_owned())]);
    // Its own links, which feed nothing: those that other chains feed are no orphans.
    own.links.iter_mut().for_each(|l| l.feeds.clear());
    let fed: Vec<_> = builtin.links().filter(|(c, _)| c.id != own.id).flat_map(|(_, l)| l.feeds.clone()).collect();
    let findings = check_chains(&serde_json::to_string(&own).expect("JSON"), &[]).expect("reads");
    let orphans: Vec<_> = findings.iter().filter(|f| f.code == "ORPHAN").map(|f| &f.place).collect();
    assert_eq!(orphans, own.links.iter().map(|l| &l.id).filter(|id| !fed.contains(id)).collect::<Vec<_>>());
    // As many as one may have, but for those there are.
    let many: Vec<String> = (0..4_900).map(|i| link(&format!("l{i}"), &[&format!("物品{i}号")], "")).collect();
    assert_eq!(errors(&chain(&many)), [("TOO_MANY", String::new())]);
}

#[test]
fn a_word_rules_a_link_out_in_every_field() {
    let text = |source: Source| chain(&[link("a", &["甲乙"], &format!(r#","exclude_in":{{"{}":["丙丁"]}}"#, source.as_str()))]);
    for source in Source::ALL {
        let locator = Locator::new(&Catalogue::builtin().with_json(&text(source)).expect("joins")).expect("builds");
        let stands = |word: &str| {
            let word = || word.to_owned();
            let product = Product { name: word(), share: None };
            let mut e =
                Enterprise { name: "示例有限公司".to_owned(), main_business: Some("甲乙".to_owned()), ..Enterprise::default() };
            e.scope = Some("甲乙制造".to_owned());
            match source {
                Source::Products => e.products.push(product),
                Source::MainBusiness => e.main_business = Some(word()),
                Source::Scope => e.scope = Some(format!("甲乙制造；{}", word())),
                Source::Patents => e.patents = Some(word()),
                Source::Bids => e.bids = Some(word()),
                Source::Profile => e.profile = Some(word()),
                Source::Tags => e.tags.push(word()),
                Source::Name => e.name = word(),
                Source::Industry => e.industry = Some(word()),
            }
            locator.locate(&e).iter().any(|m| m.link.as_deref() == Some("a"))
        };
        assert!(stands("戊己业") && !stands("丙丁业"), "{source:?}");
    }
    // A class is no company: words near are looked for in the texts.
    let near = chain(&[link("a", &[], r#","with":[{"terms":["甲乙"],"near":["丙丁"]}],"exclude_in":{"industry":["丙丁"]}"#)]);
    let without = near.replace(r#","exclude_in":{"industry":["丙丁"]}"#, r#","exclude_in":{"industry":["戊己"]}"#);
    for (text, beside, evidence) in [
        (&near, Enterprise { industry: Some("丙丁业".to_owned()), ..scope("甲乙制造") }, None),
        (&without, Enterprise { industry: Some("丙丁业".to_owned()), ..scope("甲乙制造") }, Some(Evidence::Weak)),
        (&without, scope("甲乙制造；丙丁制造"), Some(Evidence::Medium)),
    ] {
        let locator = Locator::new(&Catalogue::builtin().with_json(text).expect("joins")).expect("builds");
        assert_eq!(locator.locate(&beside).first().map(|m| m.evidence), evidence, "{beside:?}");
    }
}

#[test]
fn a_link_of_terms_that_need_company_has_no_others() {
    let text = chain(&[link("a", &[], r#","with":[{"terms":["甲乙"],"near":["丙丁"]}]"#)]).replace(r#","terms":[],"#, ",");
    assert!(!text.contains(r#""terms":[]"#));
    assert_eq!(check_chains(&text, &[]).expect("reads"), []);
    let locator = Locator::new(&Catalogue::builtin().with_json(&text).expect("joins")).expect("builds");
    assert_eq!(named(&locator.locate(&scope("甲乙制造；丙丁制造"))), ["a"]);
    let neither = chain(&[r#"{"id":"a","zh":"甲","en":"A","stage":"upstream"}"#.to_owned()]);
    assert_eq!(check_chains(&neither, &[]).expect("reads").iter().map(|f| f.code).collect::<Vec<_>>(), ["NO_TERMS"]);
}

#[test]
fn a_finding_on_rows_says_what_was_looked_for() {
    let text = chain(&[link("a", &["甲乙"], ""), link("b", &["丙丁"], r#","feeds":["a"]"#)]);
    // A near miss on one, nothing at all on the other.
    let rows = [Enterprise { name: "示例甲乙有限公司".to_owned(), ..scope("餐饮服务") }];
    let findings = check_chains(&text, &rows).expect("reads");
    let found: Vec<_> = findings.iter().map(|f| (f.code, f.place.as_str())).collect();
    assert_eq!(found, [("LINK_HITS_NOTHING", "b")]);
    assert!(findings[0].en.contains("comes near it") && findings[0].zh.contains("接近"), "{findings:?}");
}

#[test]
fn a_faint_near_miss_hides_no_surer_one() {
    // A faint one stands before the surer one, as it scores more or as much: at the head of all, and behind a believed one.
    for (text, surer) in [
        ("橡胶制品、劳保用品、办公用品、塑料制品、电动工具的销售", "nm_rubber"),
        (
            "塑料制品、日用品、家用电器的制造、加工、批发、零售及网上销售；模具的研发、制造、加工；塑料原料、金属原料的批发、零售",
            "nm_plastic",
        ),
    ] {
        let found = locator().locate(&scope(text));
        let faint = |m: &&Match| !m.is_believed() && m.confidence < 10;
        assert!(found.len() > 1 && found.iter().skip(1).all(|m| !faint(&m)), "{found:?}");
        assert!(found.iter().any(|m| m.link.as_deref() == Some(surer) && !m.is_believed()), "{surer} in {found:?}");
    }
}

#[test]
fn what_holds_a_near_miss_back_is_true_of_its_role() {
    for (text, role) in [("锂电池运营", Role::Operator), ("锂电池的安装、维修", Role::Service)] {
        let found = locator().locate(&scope(text));
        let first = &found[0];
        assert_eq!((first.role, first.doubt), (role, Some(Doubt::Service)), "{text}: {found:?}");
    }
    let (zh, en) = Doubt::Service.words();
    for word in ["安装", "维修", "检测", "咨询", "运营"] {
        assert!(zh.contains(word), "{zh}");
    }
    for word in ["installs", "repairs", "tests", "advises", "operates"] {
        assert!(en.contains(word), "{en}");
    }
}

#[test]
fn a_class_supports_those_that_have_it_and_nobody_else() {
    let text = chain(&[link("a", &["甲乙"], r#","classes":["3976 光电子器件制造","乙级"]"#)]);
    let locator = Locator::new(&Catalogue::builtin().with_json(&text).expect("joins")).expect("builds");
    let of = |industry: &str| {
        let e = Enterprise { name: "示例有限公司".to_owned(), industry: Some(industry.to_owned()), ..Enterprise::default() };
        locator.locate(&e).iter().any(|m| m.link.as_deref() == Some("a"))
    };
    for (industry, stands) in [
        ("光电子器件制造", true),
        ("3976", true),
        ("39761", true),
        ("C3976", false),
        ("制造业/光电子器件制造", true),
        ("乙级", true),
        ("餐饮业", false),
    ] {
        assert_eq!(of(industry), stands, "{industry}");
    }
}

#[test]
fn a_word_rules_out_every_link_that_excludes_it() {
    for count in [1, 8, 9, 12, 300] {
        let links: Vec<String> = (0..count).map(|i| link(&format!("l{i}"), &["甲乙"], r#","exclude":["丙丁机"]"#)).collect();
        let catalogue = Catalogue::builtin().with_json(&chain(&links)).expect("joins");
        let locator = Locator::new(&catalogue).expect("builds");
        assert!(!named(&locator.locate(&scope("甲乙制造"))).is_empty());
        assert!(locator.locate(&scope("甲乙丙丁机制造")).is_empty(), "{count} links");
    }
}

#[test]
fn checking_a_chain_takes_no_longer_than_its_length() {
    let number = |i: usize| -> String { i.to_string().chars().map(|c| char::from_u32(0x4e00 + c as u32).unwrap_or('一')).collect() };
    // Terms and words near; terms no row has; long terms that hold many others.
    let near = |size: usize| {
        let words = |what: &str| (0..size * 400).map(|i| format!("{what}{}", number(i))).collect::<Vec<_>>();
        let with = serde_json::to_string(&serde_json::json!([{ "terms": words("甲乙"), "near": words("丙丁") }])).expect("JSON");
        chain(&[link("a", &["戊己"], &format!(r#","with":{with}"#))])
    };
    let unused = |size: usize| {
        let words: Vec<String> = (0..size * 400).map(|i| format!("甲乙{}", number(i))).collect();
        chain(&[link("a", &words.iter().map(String::as_str).chain(["戊己"]).collect::<Vec<_>>(), "")])
    };
    let long = |size: usize| {
        let words: Vec<String> = (0..size * 50).map(|i| format!("{}{}", "甲".repeat(90), number(i))).collect();
        chain(&[link("a", &words.iter().map(String::as_str).collect::<Vec<_>>(), ""), link("b", &["甲甲"], "")])
    };
    let rows: Vec<Enterprise> = (0..200).map(|i| scope(&format!("戊己{i}制造；光模块制造；甲乙销售"))).collect();
    for (what, text) in [("near", &near as &dyn Fn(usize) -> String), ("unused", &unused), ("long", &long)] {
        let texts = [text(1), text(8)];
        let took = growth(|size| {
            let rows = if what == "unused" { &rows[..] } else { &[] };
            let start = std::time::Instant::now();
            check_chains(&texts[usize::from(size > 1)], rows).expect("reads");
            start.elapsed()
        });
        assert!(took < LINEAR, "{what}: eight times the words took {took:.0} times as long");
    }
}

#[test]
fn the_page_on_locating_states_the_figures_of_the_code() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/locating.md");
    let page = std::fs::read_to_string(page).expect("the page");
    // Rows such as "| `CORE` | 1 | … |".
    let stated: BTreeMap<String, f64> = page
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|').skip(1).map(str::trim);
            let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
            Some((name.to_owned(), cells.next()?.parse().ok()?))
        })
        .collect();
    let coded: BTreeMap<String, f64> =
        Locator::figures().iter().map(|(name, x)| ((*name).to_owned(), format!("{x}").parse().expect("a number"))).collect();
    assert_eq!(stated, coded);
    // By hand, from what the page states.
    let locator = locator();
    let products = |name: &str, share: f64| {
        let mut e = Enterprise { name: "示例有限公司".to_owned(), ..Enterprise::default() };
        e.products.push(Product { name: name.to_owned(), share: Some(share) });
        e
    };
    let share = |x: f64| stated["SHARE"] + (1.0 - stated["SHARE"]) * x.sqrt();
    for (e, link, factor) in [
        (products("光模块", 0.25), "oc_module", share(0.25)),
        (products("光模块", 1.0), "oc_module", 1.0),
        (scope("光模块的生产"), "oc_module", 1.0),
        (scope("光模块的研发"), "oc_module", stated["DEVELOPER"]),
        (scope("光模块的销售"), "oc_module", stated["TRADER"] * stated["LAST"]),
        (scope("光模块的安装"), "oc_module", stated["SERVICE"] * stated["LAST"]),
        (scope("光伏电站的运营"), "pv_station", stated["OPERATOR"]),
        (scope("钢材销售；光模块的生产"), "oc_module", stated["LAST"] + (1.0 - stated["LAST"]) / 2.0),
    ] {
        let found = locator.locate(&e);
        let m = found.iter().find(|m| m.link.as_deref() == Some(link)).expect("located");
        let expected = f64::from(m.confidence) * factor;
        assert!((f64::from(m.score) - expected).abs() <= 1.0, "{e:?}: {} of {}, by the page {expected:.1}", m.score, m.confidence);
    }
    // A chain that shares the link.
    let found = locator.locate(&products("磷酸铁锂正极材料", 1.0));
    let scores: Vec<u8> = found.iter().filter(|m| m.link.as_deref() == Some("lb_cathode")).map(|m| m.score).collect();
    assert_eq!(scores.len(), 2);
    assert_eq!(u16::from(scores[1]), u16::from(scores[0]) * stated["SHARED_PERCENT"] as u16 / 100);
}
