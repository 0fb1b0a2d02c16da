//! Passages, levels, strategies and anchors: what a park lacks, and what would close the most.

use std::collections::BTreeSet;

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use xiangma::{
    Catalogue, Chain, Decision, DiagnosisRules, Enterprise, IntakeOptions, Level, Locator, Match, Park, Passages, Scorecard, Strategy,
    anchors, intake,
};

/// A chain of links by number, each feeding the numbers given.
fn chain(feeds: &[Vec<usize>]) -> Chain {
    let link = |(i, to): (usize, &Vec<usize>)| {
        let to: Vec<String> = to.iter().map(|t| format!(r#""l{t}""#)).collect();
        format!(r#"{{"id":"l{i}","zh":"环节{i}","en":"Link {i}","stage":"midstream","terms":["环节{i}"],"feeds":[{}]}}"#, to.join(","))
    };
    let links: Vec<String> = feeds.iter().enumerate().map(link).collect();
    serde_json::from_str(&format!(r#"{{"id":"c","zh":"链","en":"Chain","links":[{}]}}"#, links.join(","))).expect("a chain")
}

/// Edges from lower to higher, after the numbers were mixed: a chain need not be written in its order.
fn random(draws: &mut Pcg32, many: usize, share: u32) -> (Vec<Vec<usize>>, Vec<bool>) {
    let mut names: Vec<usize> = (0..many).collect();
    for i in (1..many).rev() {
        names.swap(i, draws.next_u32() as usize % (i + 1));
    }
    let mut feeds = vec![Vec::new(); many];
    for a in 0..many {
        for b in a + 1..many {
            if draws.next_u32() % 100 < share {
                feeds[names[a]].push(names[b]);
            }
        }
    }
    let filled = (0..many).map(|_| draws.next_u32() % 100 < 60).collect();
    (feeds, filled)
}

/// Every passage, walked.
fn walked(feeds: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let begins = |v: usize| !feeds[v].is_empty() && feeds.iter().all(|to| !to.contains(&v));
    let mut open: Vec<Vec<usize>> = (0..feeds.len()).filter(|v| begins(*v)).map(|v| vec![v]).collect();
    let mut all = Vec::new();
    while let Some(way) = open.pop() {
        let last = way[way.len() - 1];
        if feeds[last].is_empty() {
            all.push(way);
            continue;
        }
        open.extend(feeds[last].iter().map(|to| way.iter().copied().chain([*to]).collect()));
    }
    all
}

#[test]
fn passages_are_those_of_brute_force() {
    let mut draws = Pcg32::new(21, 1);
    let (mut pairs, mut singles) = (0, 0);
    for case in 0..300 {
        let many = 3 + draws.next_u32() as usize % 9;
        let share = 15 + draws.next_u32() % 40;
        let (feeds, filled) = random(&mut draws, many, share);
        let id = |v: usize| format!("l{v}");
        let found = Passages::new(&chain(&feeds), &|link| filled[link[1..].parse::<usize>().expect("a number")]);
        let all = walked(&feeds);
        let missing = |way: &[usize]| way.iter().copied().filter(|v| !filled[*v]).collect::<BTreeSet<usize>>();
        assert_eq!(found.total(), all.len() as u64, "case {case}");
        let whole = |also: &[usize]| all.iter().filter(|way| missing(way).iter().all(|v| also.contains(v))).count() as u64;
        assert_eq!(found.whole(), whole(&[]), "case {case}");
        let mut worth = 0.0;
        for v in 0..many {
            let closes = if filled[v] { 0 } else { whole(&[v]) - whole(&[]) };
            assert_eq!(found.closed_by(&id(v)), closes, "case {case}, link {v}");
            let broken = all.iter().filter(|way| way.contains(&v) && !missing(way).is_empty()).count() as u64;
            assert_eq!(found.broken_through(&id(v)), broken, "case {case}, link {v}");
            let shares: f64 = all.iter().filter(|way| missing(way).contains(&v)).map(|way| 1.0 / missing(way).len() as f64).sum();
            assert!((found.worth(&id(v)) as f64 / 1e6 - shares).abs() < 1e-4, "case {case}, link {v}");
            worth += shares;
        }
        assert!((worth - found.broken() as f64).abs() < 1e-6, "the worths add up");
        let gain = |links: &[usize]| whole(links) - whole(&[]);
        let best = (0..many).map(|v| (gain(&[v]), v)).max_by_key(|(closes, v)| (*closes, std::cmp::Reverse(*v))).filter(|b| b.0 > 0);
        let single = found.best_link().map(|b| (b.closes, b.links));
        assert_eq!(single, best.map(|(closes, v)| (closes, vec![id(v)])), "case {case}");
        singles += usize::from(best.is_some());
        let all_pairs = (0..many).flat_map(|a| (a + 1..many).map(move |b| (a, b))).filter(|(a, b)| !filled[*a] && !filled[*b]);
        let pair = all_pairs.map(|(a, b)| (gain(&[a, b]), a, b)).max_by_key(|(closes, a, b)| (*closes, std::cmp::Reverse((*a, *b))));
        let pair = pair.filter(|p| p.0 > best.map_or(0, |b| b.0));
        let found_pair = found.best_pair().map(|b| (b.closes, b.links));
        assert_eq!(found_pair, pair.map(|(closes, a, b)| (closes, vec![id(a), id(b)])), "case {case}");
        pairs += usize::from(pair.is_some());
        let listed = found.list(usize::MAX);
        let ways: BTreeSet<Vec<String>> = listed.iter().map(|p| p.links.clone()).collect();
        assert_eq!(ways, all.iter().map(|way| way.iter().map(|v| id(*v)).collect()).collect(), "case {case}");
        assert_eq!(listed.len(), all.len(), "none twice");
        assert!(listed.windows(2).all(|two| two[0].missing.len() <= two[1].missing.len()), "case {case}");
        for p in &listed {
            assert_eq!((Some(&p.from), Some(&p.to)), (p.links.first(), p.links.last()));
            assert_eq!(p.is_whole(), p.missing.is_empty());
        }
        assert_eq!(found.list(2), listed[..listed.len().min(2)], "the first two of all");
    }
    assert!(pairs > 50 && singles > 100, "{pairs} pairs and {singles} links: the cases say something");
}

#[test]
fn a_chain_of_two_thousand_links_is_counted() {
    // A ladder of 1,000 rungs: 2¹⁰⁰⁰ passages are more than a number holds, and the counts stand still at its end.
    let feeds: Vec<Vec<usize>> = (0..2_000).map(|v| if v < 1_998 { vec![v / 2 * 2 + 2, v / 2 * 2 + 3] } else { Vec::new() }).collect();
    let found = Passages::new(&chain(&feeds), &|link| link != "l1000" && link != "l1001");
    assert_eq!((found.total(), found.whole()), (u64::MAX, 0));
    assert_eq!(found.best_link().map(|b| b.links), Some(vec!["l1000".to_owned()]));
    assert_eq!(found.list(3).len(), 3);
    // A line, with every third link lacking: no passage but one.
    let line: Vec<Vec<usize>> = (0..2_000).map(|v| if v < 1_999 { vec![v + 1] } else { Vec::new() }).collect();
    let found = Passages::new(&chain(&line), &|link| link[1..].parse::<usize>().expect("a number") % 3 != 0);
    assert_eq!((found.total(), found.whole(), found.broken_through("l7")), (1, 0, 1));
    assert_eq!((found.best_link(), found.best_pair()), (None, None));
}

#[test]
fn sinks_and_lonely_links_are_on_no_passage() {
    let mut chain = chain(&[vec![1, 3], vec![], vec![], vec![1]]);
    chain.links[3].sink = true;
    let found = Passages::new(&chain, &|_| false);
    assert_eq!((found.total(), found.closed_by("l2"), found.broken_through("l2"), found.worth("l3")), (1, 0, 0, 0));
    // In a circle, which a catalogue refuses, nothing begins.
    let circle = Passages::new(&self::chain(&[vec![1], vec![0]]), &|_| true);
    assert_eq!((circle.total(), circle.list(9).len()), (0, 0));
}

struct Site {
    catalogue: Catalogue,
    park: Park,
}

fn site(chain: &str, file: &str) -> Site {
    let catalogue = Catalogue::builtin();
    let residents = intake(file.as_bytes(), &IntakeOptions::new()).expect("reads").enterprises;
    let locator = Locator::new(&catalogue).expect("builds");
    let matches: Vec<Vec<Match>> = residents.iter().map(|e| locator.locate(e)).collect();
    let park = Park::diagnose(&catalogue, &[chain.to_owned()], &residents, &matches, &Scorecard::attraction().rates).expect("known");
    Site { catalogue, park }
}

const IC: &str = "企业名称,主营产品,注册资本,资质\n\
    示例晶圆有限公司,晶圆制造:0.9,300000万元,高新技术企业\n示例设计有限公司,芯片设计:0.9,20000万元,高新技术企业\n示例硅片有限公司,半导体硅片:0.9,500万元,\n";

#[test]
fn each_link_has_a_level_a_strategy_and_a_reason() {
    let site = site("integrated_circuit", IC);
    let rules = DiagnosisRules::builtin();
    let states = site.park.advise(&site.catalogue, &rules, &[]).expect("advice");
    let [state] = &states[..] else { panic!("one chain") };
    assert!(state.filled == 3 && state.completeness < 25 && state.advice.len() == site.park.links.len());
    let of = |link: &str| state.advice.iter().find(|a| a.link == link).expect("a link");
    assert_eq!((of("ic_package").level, of("ic_package").strategy), (Level::Blank, Strategy::Fill));
    assert_ne!(of("ic_fab").level, Level::Blank);
    for a in &state.advice {
        let resident = site.park.link(&a.link).expect("a link");
        assert_eq!(a.level == Level::Blank, resident.residents == 0, "{}", a.link);
        assert_eq!(a.level, rules.level(resident.residents, resident.engaged, f64::from(resident.coverage)));
        assert!(a.zh.ends_with('。') && a.en.ends_with('.') && a.instead_of.is_none(), "{a:?}");
        assert_eq!(a.passages_closed, state.passages.closed_by(&a.link));
    }
    // The threshold decides between beginning a chain and leaving a link.
    let mut other = rules.clone();
    other.establish_below = 0;
    let left = site.park.advise(&site.catalogue, &other, &[]).expect("advice");
    for (a, b) in state.advice.iter().zip(&left[0].advice) {
        assert_eq!(b.strategy, if a.strategy == Strategy::Establish { Strategy::Leave } else { a.strategy });
    }
    assert!(state.advice.iter().any(|a| a.strategy == Strategy::Establish));
}

#[test]
fn the_park_decides_and_it_is_recorded() {
    let site = site("integrated_circuit", IC);
    let decision = |link: &str, why: &str| Decision {
        link: link.to_owned(),
        strategy: Strategy::Leave,
        by: "产业发展处".to_owned(),
        why: why.to_owned(),
        on: None,
    };
    let rules = DiagnosisRules::builtin();
    let states = site.park.advise(&site.catalogue, &rules, &[decision("ic_package", "用地指标不足")]).expect("advice");
    let advice = states[0].advice.iter().find(|a| a.link == "ic_package").expect("a link");
    assert_eq!((advice.strategy, advice.instead_of), (Strategy::Leave, Some(Strategy::Fill)));
    assert_eq!(advice.zh, "园区决定：用地指标不足（产业发展处）。");
    for (decisions, code) in [
        (vec![decision("oc_module", "没有")], "UNKNOWN_CHAIN"),
        (vec![decision("ic_package", "甲"), decision("ic_package", "乙")], "BAD_ARGUMENT"),
        (vec![decision("ic_package", " ")], "BAD_ARGUMENT"),
    ] {
        assert_eq!(site.park.advise(&site.catalogue, &rules, &decisions).expect_err("refused").code(), code);
    }
}

#[test]
fn rules_are_strict() {
    let text = serde_json::to_string(&DiagnosisRules::builtin()).expect("text");
    assert_eq!(DiagnosisRules::from_json(&text).expect("reads"), DiagnosisRules::builtin());
    for (from, to) in [
        ("\"version\":1", "\"version\":2"),
        ("\"scale\":50", "\"scale\":60"),
        ("\"potential\":30", "\"potential\":60"),
        ("\"strong\":55", "\"strong\":155"),
        ("\"links_per_resident\":5", "\"links_per_resident\":0"),
        ("\"beside\":70", "\"beside\":95"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        assert_eq!(DiagnosisRules::from_json(&changed).expect_err(to).code(), "BAD_ARGUMENT");
    }
    for changed in [text.replacen("\"each\":45", "\"each\":45,\"more\":1", 1), text.replacen("\"each\":45", "", 1), String::new()] {
        assert_eq!(DiagnosisRules::from_json(&changed).expect_err("strict").code(), "BAD_JSON");
    }
    // What is changed is what is found.
    let catalogue = Catalogue::builtin();
    let residents = intake(IC.as_bytes(), &IntakeOptions::new()).expect("reads").enterprises;
    let locator = Locator::new(&catalogue).expect("builds");
    let matches: Vec<Vec<Match>> = residents.iter().map(|e| locator.locate(e)).collect();
    let chains = ["integrated_circuit".to_owned()];
    let mut rules = DiagnosisRules::builtin();
    rules.size.each = 90;
    let rates = Scorecard::attraction().rates;
    let more = Park::diagnose_by(&rules, &catalogue, &chains, &residents, &matches, &rates).expect("known");
    let less = Park::diagnose(&catalogue, &chains, &residents, &matches, &rates).expect("known");
    let of = |park: &Park| park.link("ic_fab").expect("a link").coverage;
    assert!(of(&more) > of(&less), "{} and {}", of(&more), of(&less));
}

#[test]
fn a_chain_hangs_on_its_anchor() {
    // Where the whole passages are is looked up, not supposed: residents on every link of one passage.
    let catalogue = Catalogue::builtin();
    let chain = catalogue.chain("integrated_circuit").expect("known");
    let shortest = Passages::new(chain, &|_| false).list(1).remove(0);
    let residents: Vec<Enterprise> = shortest
        .links
        .iter()
        .map(|link| {
            let (_, link) = catalogue.link(link).expect("a link");
            let file = format!("企业名称,主营产品\n示例{}有限公司,{}:0.9\n", link.id.replace('_', ""), link.terms[0]);
            intake(file.as_bytes(), &IntakeOptions::new()).expect("reads").enterprises.remove(0)
        })
        .collect();
    let locator = Locator::new(&catalogue).expect("builds");
    let matches: Vec<Vec<Match>> = residents.iter().map(|e| locator.locate(e)).collect();
    let chains = ["integrated_circuit".to_owned()];
    let rules = DiagnosisRules::builtin();
    let found = anchors(&catalogue, &chains, &residents, &matches, &rules).expect("known");
    assert!(!found.is_empty(), "{:?} is whole: {matches:?}", shortest.links);
    for anchor in &found {
        assert_eq!(anchor.name, residents[anchor.resident].name);
        assert!(anchor.share >= rules.anchor_from && !anchor.alone.is_empty());
        for link in &anchor.wanting {
            let feeds = &catalogue.link(link).expect("a link").1.feeds;
            assert!(feeds.iter().any(|to| anchor.links.contains(to)), "{link} feeds {:?}", anchor.links);
        }
    }
    // The residents themselves, as candidates, are its peers on its own links and suppliers on none that it wants.
    let (suppliers, peers) = found[0].candidates(&catalogue, &matches, &rules);
    assert!(suppliers.is_empty() && peers.contains(&found[0].resident));
    // Two of everybody: nothing hangs on one.
    let twice: Vec<Enterprise> = residents.iter().cloned().chain(residents.iter().cloned()).collect();
    let both: Vec<Vec<Match>> = matches.iter().cloned().chain(matches.iter().cloned()).collect();
    assert!(anchors(&catalogue, &chains, &twice, &both, &rules).expect("known").is_empty());
    assert!(anchors(&catalogue, &["nowhere".to_owned()], &twice, &both, &rules).is_err());
}
