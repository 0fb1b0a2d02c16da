//! Blind review: sheets that give nothing away, figures that others have published or computed, and the odd one out.

use std::collections::BTreeSet;

use serde::Deserialize;
use xiangma::EnterpriseKey;
use xiangma::mcdm::{concordance, intraclass};
use xiangma::plan::{BlindSheet, Review, blind_sheets};

use super::data::own;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    marks: Vec<Vec<f64>>,
    w: f64,
    single: f64,
    average: f64,
}

#[test]
fn agreement_is_what_others_compute() {
    let cases: Vec<Case> = serde_json::from_str(&own("plan/agreement.json")).expect("cases");
    assert!(cases.len() > 40);
    for (number, case) in cases.iter().enumerate() {
        let slices: Vec<&[f64]> = case.marks.iter().map(Vec::as_slice).collect();
        let (w, icc) = (concordance(&slices).expect("orders"), intraclass(&slices).expect("marks"));
        assert!((w - case.w).abs() < 1e-9, "case {number}: W {w}, {}", case.w);
        assert!((icc.single - case.single).abs() < 1e-9, "case {number}: {} and {}", icc.single, case.single);
        assert!((icc.average - case.average).abs() < 1e-9, "case {number}: {} and {}", icc.average, case.average);
    }
    assert!(intraclass(&[&[1.0, 1.0], &[1.0, 1.0]]).is_none() && intraclass(&[&[1.0, 2.0]]).is_none());
    assert!(intraclass(&[&[1.0, 2.0], &[1.0]]).is_none() && concordance(&[&[1.0, 2.0], &[1.0]]).is_none());
}

fn list(many: usize) -> Vec<(EnterpriseKey, String)> {
    (0..many)
        .map(|i| {
            let name = format!("示例{i:02}有限公司");
            (name.parse().expect("a key"), name)
        })
        .collect()
}

#[test]
fn sheets_give_nothing_away() {
    let list = list(30);
    let sheets = blind_sheets(&list, &["甲", "乙", "丙"], 5);
    let orders: BTreeSet<Vec<String>> = sheets.iter().map(|s| s.lines.iter().map(|l| l.name.clone()).collect()).collect();
    assert_eq!(orders.len(), 3, "each an order of its own");
    for sheet in &sheets {
        let own: BTreeSet<&String> = sheet.lines.iter().map(|l| &l.name).collect();
        assert_eq!(own, list.iter().map(|l| &l.1).collect(), "all of them, once");
        // The place on the sheet says next to nothing of the place on the list.
        let moved = sheet.lines.iter().zip(&list).filter(|(line, (key, _))| line.key != *key).count();
        assert!(moved > 20);
        let text = sheet.to_csv();
        assert_eq!(BlindSheet::read(text.as_bytes()).expect("reads"), std::slice::from_ref(sheet));
        assert_eq!(text.lines().next(), Some("\u{feff}专家,编号,企业名称,评分"), "no score, no rank, no reason");
    }
    assert_eq!(blind_sheets(&list, &["甲", "乙", "丙"], 5), sheets, "the same seed, the same orders");
    assert_ne!(blind_sheets(&list, &["甲", "乙", "丙"], 6), sheets);
}

/// Marks by the place on the list and the number of the expert.
fn marked(list: &[(EnterpriseKey, String)], experts: &[&str], mark: impl Fn(usize, usize) -> f64) -> Vec<BlindSheet> {
    let mut sheets = blind_sheets(list, experts, 1);
    for (e, sheet) in sheets.iter_mut().enumerate() {
        for line in &mut sheet.lines {
            let place = list.iter().position(|(key, _)| *key == line.key).expect("listed");
            line.mark = Some(mark(place, e));
        }
    }
    sheets
}

#[test]
fn the_odd_one_out_is_named() {
    let list = list(12);
    let experts = ["甲", "乙", "丙", "丁"];
    // Three agree but for a point here and there; the fourth marks the other way round.
    let sheets = marked(&list, &experts, |i, e| if e == 3 { 40.0 + 4.0 * i as f64 } else { 90.0 - 4.0 * i as f64 + ((i + e) % 3) as f64 });
    let review = Review::of(&list, &sheets).expect("joined");
    let odd: Vec<&str> = review.experts.iter().filter(|e| e.is_outlier).map(|e| e.expert.as_str()).collect();
    assert_eq!(odd, ["丁"]);
    assert_eq!(review.joint.iter().map(|j| j.model_place).take(2).collect::<Vec<_>>(), [1, 2]);
    // All agree, and one mark is far from all that is expected; a strict expert counts no less.
    let sheets = marked(&list, &experts, |i, e| {
        let strict = if e == 1 { 30.0 } else { 0.0 };
        if (i, e) == (4, 2) { 5.0 } else { 90.0 - 4.0 * i as f64 - strict + ((i * 7 + e * 3) % 5) as f64 / 5.0 }
    });
    let review = Review::of(&list, &sheets).expect("joined");
    let far: Vec<(&str, &str)> = review.outliers.iter().map(|o| (o.expert.as_str(), o.name.as_str())).collect();
    assert_eq!(far.first(), Some(&("丙", "示例04有限公司")), "{far:?}");
    assert!(review.outliers[0].deviations < -Review::FAR && review.experts[1].milder < -15.0);
    assert!(review.experts.iter().all(|e| !e.is_outlier), "{:?}", review.experts);
    assert!(
        review.agreement.w.expect("orders") > 0.8
            && review.agreement.icc_single.expect("marks") < review.agreement.icc_average.expect("marks")
    );
}

#[test]
fn sheets_that_are_not_whole_are_refused() {
    let list = list(3);
    let whole = || marked(&list, &["甲", "乙"], |i, e| (10 * i + e) as f64);
    assert!(Review::of(&list, &whole()).is_ok());
    let wrong = |change: &dyn Fn(&mut Vec<BlindSheet>)| {
        let mut sheets = whole();
        change(&mut sheets);
        let error = Review::of(&list, &sheets).expect_err("refused");
        assert_eq!(error.code(), "BAD_ARGUMENT");
        error.to_string()
    };
    assert!(wrong(&|s| _ = s[1].lines.remove(0)).contains("the sheet of `乙` lacks the line of `示例"));
    assert!(wrong(&|s| s[0].lines[0].mark = None).contains("the sheet of `甲` has no mark of"));
    assert!(wrong(&|s| s[0].lines[0].key = "别家公司".parse().expect("a key")).contains("not on the list"));
    assert!(wrong(&|s| s[0].lines[0] = s[0].lines[1].clone()).contains("has twice"));
    assert!(wrong(&|s| s[1].expert = "甲".to_owned()).contains("two sheets"));
    assert!(wrong(&|s| s.clear()).contains("a list and sheets"));
    for (text, code) in [
        ("", "EMPTY_FILE"),
        ("专家,编号,企业名称\n甲,乙,丙\n", "NO_HEADER"),
        ("专家,编号,企业名称,评分\n", "NO_ROWS"),
        ("专家,编号,企业名称,评分\n甲,,乙公司,101\n", "BAD_ARGUMENT"),
        ("专家,编号,企业名称,评分\n甲,,乙公司,好\n", "BAD_ARGUMENT"),
        ("专家,编号,企业名称,评分\n,,乙公司,90\n", "BAD_ARGUMENT"),
    ] {
        assert_eq!(BlindSheet::read(text.as_bytes()).expect_err(code).code(), code);
    }
    // By name alone, as a sheet typed anew has it.
    let sheets = BlindSheet::read("expert\tkey\tname\tmark\n甲\t\t乙公司\t90\n".as_bytes()).expect("reads");
    assert_eq!(sheets[0].lines[0].key, "乙公司".parse().expect("a key"));
}
