//! Introducers: the ways networkx finds, with the evidence of every tie; persons stay where the team put them.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use serde::Deserialize;
use xiangma::plan::{Introduction, Introductions, Tie, TieKind, Ties};

use super::data::own;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    ties: Vec<(String, String, u8)>,
    own: Vec<String>,
    target: String,
    costs: Vec<u64>,
    paths: Vec<Vec<String>>,
}

fn tie(from: &str, to: &str, credibility: u8) -> Tie {
    Tie { from: from.into(), to: to.into(), tie: TieKind::Supplier, source: "年报".into(), credibility, personal: false }
}

/// What a way costs, by the words of the documentation of the data.
fn cost(way: &Introduction) -> u64 {
    let of = |c: u8| libm::round(-libm::log(f64::from(c) / 100.0) * 1e6) as u64 + 1_000;
    way.path.iter().filter_map(|step| step.credibility).map(of).sum()
}

#[test]
fn the_three_ways_networkx_finds() {
    let text = own("plan/paths.jsonl");
    let (mut cases, mut three) = (0, 0);
    for line in text.lines() {
        let case: Case = serde_json::from_str(line).expect("a case");
        let ties: Vec<Tie> = case.ties.iter().map(|(a, b, c)| tie(a, b, *c)).collect();
        let found = Introductions::new(ties, case.own.iter().map(String::as_str)).to(&case.target);
        assert_eq!(found.iter().map(cost).collect::<Vec<_>>(), case.costs, "{line}");
        let names: Vec<Vec<String>> = found.iter().map(|w| w.path.iter().map(|step| step.who.clone()).collect()).collect();
        // Equal costs stand in any order.
        let mut pair = [names, case.paths];
        pair.iter_mut().for_each(|names| names.sort());
        assert!(pair[1].is_empty() || pair[0] == pair[1], "{line}");
        for way in &found {
            let product: f64 = way.path.iter().filter_map(|s| s.credibility).map(|c| f64::from(c) / 100.0).product();
            assert!((f64::from(way.credibility) - 100.0 * product).abs() <= 0.5 + 1e-9);
            assert!(way.path[0].tie.is_none() && way.path[1..].iter().all(|s| s.source.as_deref() == Some("年报")));
        }
        cases += 1;
        three += usize::from(case.costs.len() == 3);
    }
    assert!(cases == 300 && three > 150, "{cases} cases, {three} with three ways");
}

#[test]
fn of_two_hundred_thousand_ties() {
    let mut draws = Pcg32::new(21, 8);
    let mut below = |n: u32| draws.next_u32() % n;
    let ties: Vec<Tie> =
        (0..200_000).map(|_| tie(&format!("n{}", below(80_000)), &format!("n{}", below(80_000)), 1 + below(100) as u8)).collect();
    let park: Vec<String> = (0..300).map(|n| format!("n{n}")).collect();
    let known = Introductions::new(ties, park.iter().map(String::as_str));
    let mut found = 0;
    for target in 300..310 {
        let ways = known.to(&format!("n{target}"));
        assert!(ways.windows(2).all(|two| cost(&two[0]) <= cost(&two[1])));
        found += ways.len();
    }
    assert!(found >= 20, "{found} ways");
}

#[test]
fn a_table_is_read_row_by_row() {
    let table = "\u{feff}甲方,乙方,关系,来源,可信度,个人\n\
        示例园区光电有限公司,示例（苏州）材料有限责任公司,供应商,2025年年报,85%,\n\
        示例(苏州)材料有限公司,示例目标有限公司,持股,工商登记,95,\n\
        张某,示例目标有限公司,董事,公告,90,\n\
        张某,本园区,籍贯,商会名册,70,是\n\
        ,示例目标有限公司,供应,年报,80,\n\
        甲,甲,供应,年报,80,\n\
        甲,乙,供应,年报,101,\n\
        甲,乙,供应,,80,\n\
        甲,乙,,年报,80,\n\
        ,,,,,\n";
    let ties = Ties::read(table.as_bytes()).expect("reads");
    let kinds: Vec<(TieKind, bool)> = ties.ties.iter().map(|t| (t.tie, t.personal)).collect();
    let expected = [(TieKind::Supplier, false), (TieKind::Shareholder, false), (TieKind::Post, true), (TieKind::NativePlace, true)];
    assert_eq!(kinds, expected);
    assert_eq!(ties.rejected.iter().map(|r| r.row).collect::<Vec<_>>(), [6, 7, 8, 9, 10]);
    // Two ways of writing a name are one firm.
    let park = ["示例园区光电有限公司", "本园区"];
    let ways = Introductions::new(ties.ties.clone(), park).to("示例目标有限公司");
    assert_eq!(ways.iter().map(|w| (w.credibility, w.personal)).collect::<Vec<_>>(), [(81, false), (63, true)]);
    // Without persons nothing of them is left, not even in what is serialized.
    let ways = Introductions::new(ties.without_persons(), park).to("示例目标有限公司");
    let text = serde_json::to_string(&ways).expect("text");
    assert!(ways.len() == 1 && !text.contains("张某"), "{text}");
    // GB18030 and tabs as well.
    let (tabs, _, _) = encoding_rs::GB18030.encode("甲方\t乙方\t关系\t来源\t可信度\n甲\t乙\t校友\t同学会\t60\n");
    let ties = Ties::read(&tabs).expect("reads");
    assert_eq!((ties.ties[0].tie, ties.ties[0].personal), (TieKind::Alumni, true));
    for (text, code) in
        [("", "EMPTY_FILE"), ("甲方,乙方,关系,来源\n甲,乙,供应,年报\n", "NO_HEADER"), ("甲方,乙方,关系,来源,可信度\n", "NO_ROWS")]
    {
        assert_eq!(Ties::read(text.as_bytes()).expect_err(code).code(), code);
    }
}

#[test]
fn nobody_introduces_himself() {
    let ties = [tie("甲", "乙", 90), tie("甲", "甲", 90)];
    let known = Introductions::new(ties.to_vec(), ["甲", "丁"]);
    assert_eq!((known.own(), known.to("甲").len(), known.to("丙").len(), known.to("乙").len()), (1, 0, 0, 1));
}
