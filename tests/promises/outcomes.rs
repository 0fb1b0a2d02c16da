//! What happened is read as it was meant; a model is judged honestly, and one that failed says nothing; no file of a model does harm.

use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use xiangma::learn::{Conversion, Cut, Frame, TrainOptions, measure, measure_weighted, train, wilson};

use super::data::{credit_code, own};

/// A small generator of numbers that look random: the same on every platform.
struct Numbers(u64);

impl Numbers {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.uniform() * n as f64) as usize
    }
}

fn frame(text: &str) -> Frame {
    Frame::read(text.as_bytes()).expect("a table")
}

/// Rows of one number that tells the outcome about half way, with what stands for the outcome.
fn rows(count: usize, seed: u64, said: impl Fn(bool, usize) -> String) -> String {
    let mut numbers = Numbers(seed);
    let mut text = "人数,结果\n".to_owned();
    for i in 0..count {
        let x = numbers.uniform();
        let yes = numbers.uniform() < 0.15 + 0.5 * x;
        let _ = writeln!(text, "{},{}", (x * 900.0) as usize, said(yes, i));
    }
    text
}

#[test]
fn words_of_outcomes_are_read_as_they_are_meant() {
    let words: Value = serde_json::from_str(&own("outcome_words.json")).expect("JSON");
    let of = |kind: &str| -> Vec<String> {
        words[kind].as_array().expect("a list").iter().map(|w| w.as_str().expect("a word").to_owned()).collect()
    };
    for kind in ["yes", "no", "open", "unknown"] {
        for word in of(kind) {
            // Among rows that say 落地 and 失败, a third say this word.
            let text = rows(240, 3, |yes, i| if i % 3 == 0 { word.clone() } else { ["失败", "落地"][usize::from(yes)].to_owned() });
            let options = TrainOptions::new("结果").positive("落地");
            let (options, named) =
                if kind == "yes" && word != "落地" { (options.clone().positive(&*word), options) } else { (options.clone(), options) };
            let found = train(&frame(&text), &options);
            if kind == "unknown" {
                let error = found.expect_err(&word);
                assert!(error.code() == "AMBIGUOUS_OUTCOME" && error.to_string().contains(&word), "{word}: {error}");
                let negative = train(&frame(&text), &named.negative(&*word)).expect("named").1;
                assert!(negative.rows == 240 && negative.open_outcomes.is_empty(), "{word}");
                continue;
            }
            let (model, report) = found.unwrap_or_else(|e| panic!("{word} is {kind}: {e}"));
            let open = if kind == "open" { 80 } else { 0 };
            assert_eq!(
                (report.rows, report.open_outcomes.iter().find(|o| o.0 == word).map_or(0, |o| o.1)),
                (240 - open, open),
                "{word} is {kind}"
            );
            let events =
                text.lines().filter(|line| line.ends_with(",落地") || kind == "yes" && line.ends_with(&format!(",{word}"))).count();
            assert_eq!(report.events, events, "{word} is {kind}");
            // The model reads a later table the same way.
            let later = frame(&format!("人数,结果\n5,{word}\n6,\n"));
            let answer = match kind {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            assert_eq!(model.outcomes(&later).expect("understood"), [answer, None], "{word} is {kind}");
            if kind == "yes" && word != "落地" {
                // A yes that was not named may or may not be meant: asked.
                assert_eq!(train(&frame(&text), &named).expect_err("another yes").code(), "AMBIGUOUS_OUTCOME", "{word}");
            }
        }
    }
}

#[test]
fn what_is_open_teaches_nothing_and_is_told() {
    let closed = rows(400, 5, |yes, _| ["未成", "落地"][usize::from(yes)].to_owned());
    let with_open = rows(400, 5, |yes, _| ["未成", "落地"][usize::from(yes)].to_owned())
        + &(0..300).map(|i| format!("{},{}\n", i * 3, ["跟进中", "洽谈中", ""][i % 3])).collect::<String>();
    let (model, report) = train(&frame(&closed), &TrainOptions::new("结果")).expect("learns");
    let (same, told) = train(&frame(&with_open), &TrainOptions::new("结果")).expect("learns");
    assert_eq!(same.to_json(), model.to_json(), "what is open changes nothing");
    assert_eq!((told.rows, told.without_outcome, told.open_outcomes.iter().map(|o| o.1).sum::<usize>()), (report.rows, 100, 200));
    assert_eq!(told.open_outcomes.iter().map(|o| o.0.as_str()).collect::<Vec<_>>(), ["洽谈中", "跟进中"]);
    let named = train(&frame(&with_open), &TrainOptions::new("结果").positive("落地").negative("跟进中")).expect("learns").1;
    assert_eq!((named.rows, named.open_outcomes.len()), (500, 1), "what is named is taken as it was named");
    assert_eq!(train(&frame(&closed), &TrainOptions::new("结果").negative("搁置")).expect_err("not there").code(), "AMBIGUOUS_OUTCOME");
}

#[test]
fn what_is_named_as_no_or_open_is_not_asked_for() {
    // Every third row says this word, the others 落地 or 失败.
    let saying = |word: &'static str| {
        frame(&rows(240, 3, move |yes, i| if i % 3 == 0 { word.to_owned() } else { ["失败", "落地"][usize::from(yes)].to_owned() }))
    };
    let options = || TrainOptions::new("结果");
    // One that is not understood, and a second that says yes: with either named, 落地 is the one that counts.
    for word in ["foo", "签约"] {
        let table = saying(word);
        assert_eq!(train(&table, &options()).expect_err(word).code(), "AMBIGUOUS_OUTCOME");
        let (model, report) = train(&table, &options().negative(word)).expect("learns");
        assert_eq!((model.positive.as_slice(), report.rows), (["落地".to_owned()].as_slice(), 240), "{word}");
        let named = train(&table, &options().negative(word).positive("落地")).expect("learns").1;
        assert_eq!(report, named, "{word}");
        let (model, report) = train(&table, &options().open(word)).expect("learns");
        assert_eq!((report.rows, report.open_outcomes), (160, vec![(word.to_owned(), 80)]), "{word}");
        let later = frame(&format!("人数,结果\n5,{word}\n6,落地\n"));
        assert_eq!(model.outcomes(&later).expect("understood"), [None, Some(true)], "{word}");
    }
    // What is named as no is no, also where nothing else says yes.
    let table = saying("失败");
    for options in [options().negative("落地"), options().open("落地")] {
        assert_eq!(train(&table, &options).expect_err("none says yes").code(), "TOO_FEW_OUTCOMES");
    }
}

#[test]
fn a_model_with_weights_is_judged_with_its_weights() {
    // Nine of ten that came to nothing were left out, and those left stand for ten.
    let mut numbers = Numbers(17);
    let (mut all, mut part) = ("x,w,y\n".to_owned(), "x,w,y\n".to_owned());
    for i in 0..6_000 {
        let x = numbers.uniform() * 6.0 - 3.0;
        let yes = numbers.uniform() < 1.0 / (1.0 + libm::exp(3.2 - x));
        let _ = writeln!(all, "{x:.3},1,{}", if yes { "yes" } else { "no" });
        if yes || i % 10 == 0 {
            let _ = writeln!(part, "{x:.3},{},{}", if yes { 1 } else { 10 }, if yes { "yes" } else { "no" });
        }
    }
    let options = TrainOptions::new("y").weight("w");
    let (whole, judged) = (train(&frame(&all), &options).expect("learns").1, train(&frame(&part), &options).expect("learns"));
    let (model, report) = judged;
    assert_eq!((report.verdict, whole.verdict), ("use", "use"));
    let (a, b) = (&report.folds, &whole.folds);
    assert!(a.log_loss < a.base_log_loss && (a.base_log_loss - b.base_log_loss).abs() < 0.03, "{a:?} {b:?}");
    assert!((a.log_loss - b.log_loss).abs() < 0.03 && (a.brier - b.brier).abs() < 0.01 && (a.auc - b.auc).abs() < 0.03, "{a:?} {b:?}");
    assert!(a.calibration_error < 0.02, "{a:?}");
    let seen: f64 = a.bins.iter().map(|bin| bin.seen).sum::<f64>() / a.bins.len() as f64;
    assert!((seen - b.events as f64 / b.rows as f64).abs() < 0.02, "tenths are of the population: {seen}");
    // Half of the whole table lies below the fifth of the nine chances.
    let chances = model.predict(&frame(&all)).expect("stood its trial");
    let below = chances.iter().filter(|p| p.probability <= model.tenths[4]).count() as f64 / chances.len() as f64;
    assert!((below - 0.5).abs() < 0.06, "{below}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A weight of three is a row three times, in every figure but the intervals, which count rows.
    #[test]
    fn weights_are_rows_as_often(rows in prop::collection::vec(((0_u32..20).prop_map(|x| f64::from(x) / 20.0 + 0.01), any::<bool>(), 0_usize..4), 2..50)) {
        let chances: Vec<f64> = rows.iter().map(|r| r.0).collect();
        let outcomes: Vec<bool> = rows.iter().map(|r| r.1).collect();
        let weights: Vec<f64> = rows.iter().map(|r| r.2 as f64).collect();
        let times = |i: usize| std::iter::repeat_n(i, rows[i].2);
        let often: Vec<usize> = (0..rows.len()).flat_map(times).collect();
        let found = measure_weighted(&chances, &outcomes, &weights);
        let stated = measure(&often.iter().map(|i| chances[*i]).collect::<Vec<_>>(), &often.iter().map(|i| outcomes[*i]).collect::<Vec<_>>());
        for (a, b) in [(found.auc, stated.auc), (found.brier, stated.brier), (found.log_loss, stated.log_loss), (found.base_log_loss, stated.base_log_loss)] {
            prop_assert!((a - b).abs() < 1e-9, "{a} and {b}");
        }
        let all = measure_weighted(&chances, &outcomes, &vec![2.5; rows.len()]);
        let one = measure(&chances, &outcomes);
        prop_assert!((all.auc_low - one.auc_low).abs() < 1e-9 && (all.calibration_error - one.calibration_error).abs() < 1e-9);
        for (a, b) in all.lift.iter().zip(&one.lift) {
            prop_assert!((a.precision - b.precision).abs() < 1e-9 && (a.gain - b.gain).abs() < 1e-9);
        }
        prop_assert!(found.auc.is_finite() && found.calibration_error.is_finite() && found.bins.iter().all(|b| b.low <= b.high));
    }
}

#[test]
fn figures_of_odd_slices_are_figures() {
    let odd = measure(&[0.5, f64::NAN, 7.0], &[true, false]);
    assert!(odd.rows == 2 && odd.log_loss.is_finite() && odd.auc.is_finite());
    let weighted = measure_weighted(&[0.2, 0.9, 0.5], &[false, true, true], &[1.0, f64::NAN, -1.0]);
    assert_eq!((weighted.rows, weighted.events), (1, 0));
    assert_eq!(measure(&[], &[true]).rows, 0);
    assert_eq!(wilson(3, 2), wilson(2, 2));
    assert_eq!(Cut::Number { edges: vec![1.0], mean: 0.0, deviation: 1.0 }.place_name(usize::MAX), "?");
    assert_eq!(Cut::Category { levels: Vec::new() }.place_name(usize::MAX - 1), "?");
}

#[test]
fn rows_that_merged_twice_are_told_by_the_row_that_stays() {
    // Three rows of one code, each fuller than the one before.
    let mut text = "企业名称,统一社会信用代码,注册资本,经营范围,成立日期,结果\n".to_owned();
    for firm in 0..40 {
        let code = code(firm);
        let name = format!("示例{firm}光电有限公司");
        let said = ["成功", "失败"][firm % 2];
        let _ = writeln!(text, "{name},{code},,,,{said}");
        let _ = writeln!(text, "{name},{code},{}万元,,,{said}", 100 + firm);
        let _ = writeln!(text, "{name},{code},{}万元,光学镜头制造,2015-03-08,{said}", 100 + firm);
    }
    let (table, is_of_enterprises) = Frame::read_with_enterprises(text.as_bytes(), true, &["结果"]).expect("a table");
    assert!(is_of_enterprises);
    let capital = table.column("enterprise:capital").expect("a column");
    assert!(
        capital.len() == 120 && capital.chunks(3).all(|firm| !firm[0].is_empty() && firm[1] == firm[0] && firm[2] == firm[0]),
        "{capital:?}"
    );
    let report = train(&table, &TrainOptions::new("结果")).expect("learns").1;
    assert_eq!(report.duplicate_rows, 80, "rows of one code are one lead");
}

/// A credit code of the right check character.
fn code(i: usize) -> String {
    credit_code(&format!("91320594MA{:07}", 1_000_000 + i * 7_919))
}

#[test]
fn copies_of_a_lead_stand_on_one_side_and_are_told() {
    // Random outcomes, every lead five times: nothing can be learned from them.
    for seed in [7, 8, 9] {
        let mut numbers = Numbers(seed);
        let lead = |numbers: &mut Numbers| {
            let (city, kind, staff) = (numbers.below(12), numbers.below(4), numbers.below(900));
            format!(
                "城市{city},{kind},{staff},{},{},{}\n",
                numbers.below(60),
                numbers.below(5_000),
                ["未成", "落地"][usize::from(numbers.uniform() < 0.3)]
            )
        };
        let leads: Vec<String> = (0..120).map(|_| lead(&mut numbers)).collect();
        let text: String = (0..600).map(|i| leads[i * 7 % 120].as_str()).collect();
        let report = train(&frame(&("城市,行业,人数,专利,资本,结果\n".to_owned() + &text)), &TrainOptions::new("结果")).expect("learns").1;
        assert_eq!(report.duplicate_rows, 480);
        assert!(report.verdict == "do_not_use" && report.folds.auc < 0.65, "{:?}", report.folds);
    }
    // Rows of a few coarse columns are alike by chance: none is a copy, and all of them count.
    let mut numbers = Numbers(3);
    let coarse: String = (0..600)
        .map(|_| {
            let (a, b) = (numbers.below(5), numbers.below(4));
            format!("{a},k{b},{}\n", ["no", "yes"][usize::from(numbers.uniform() < 0.1 + 0.15 * a as f64)])
        })
        .collect();
    let report = train(&frame(&("a,b,y\n".to_owned() + &coarse)), &TrainOptions::new("y")).expect("learns").1;
    assert_eq!((report.duplicate_rows, report.verdict), (0, "use"), "{:?}", report.folds);
}

#[test]
fn a_model_that_failed_says_nothing_unless_it_is_asked_to() {
    let mut numbers = Numbers(5);
    let noise: String = (0..300).map(|_| format!("{:.3},{}\n", numbers.uniform(), ["no", "yes"][numbers.below(2)])).collect();
    let noise = frame(&("x,y\n".to_owned() + &noise));
    let (model, report) = train(&noise, &TrainOptions::new("y")).expect("learns");
    assert_eq!((report.verdict, model.is_usable()), ("do_not_use", false));
    assert_eq!(model.predict(&noise).expect_err("failed").code(), "FAILED_MODEL");
    assert_eq!(model.predict_anyway(&noise).len(), 300);
    assert_eq!(Conversion::from_json(&model.to_json()).expect("a model").predict(&noise).expect_err("failed").code(), "FAILED_MODEL");

    // A column that tells all, one that is dated after, one that is named after what follows: each until somebody vouches for it.
    for (header, cell) in [
        ("金额", (|yes, noise| format!("{}", if yes { 600 + noise } else { noise })) as fn(bool, usize) -> String),
        ("签约时间", |yes, noise| if yes || noise % 9 == 0 { format!("2024-0{}-11", noise % 9 + 1) } else { String::new() }),
    ] {
        let mut numbers = Numbers(3);
        let rows: String = (0..400)
            .map(|_| {
                let yes = numbers.uniform() < 0.4;
                format!("{},{},{}\n", cell(yes, numbers.below(400)), numbers.below(900), if yes { "是" } else { "否" })
            })
            .collect();
        let table = frame(&(format!("{header},人数,结果\n") + &rows));
        let (model, report) = train(&table, &TrainOptions::new("结果")).expect("learns");
        assert_eq!(report.verdict, "check_leaks", "{header}: {:?}", report.leaks);
        assert!(report.leaks.iter().any(|l| l.column == header && !l.is_vouched_for));
        assert!(model.predict(&table).expect_err("leaks").to_string().contains("known beforehand"));
        let (model, report) = train(&table, &TrainOptions::new("结果").known(header)).expect("learns");
        assert!(report.verdict == "use" && report.leaks[0].is_vouched_for && model.predict(&table).is_ok(), "{header}");
        let report = train(&table, &TrainOptions::new("结果").exclude(header)).expect("learns").1;
        assert!(report.verdict == "do_not_use" && report.leaks.is_empty(), "{header}: {:?}", report.leaks);
    }
}

#[test]
fn a_further_sign_never_makes_a_column_less_suspicious() {
    // What a cell says by the outcome and by luck, and whether its AUC alone is to lie over 0.95 and under 0.98, or it settles many rows.
    let tells = |yes: bool, luck: usize| if luck < 4 { !yes } else { yes };
    let nearly = |yes: bool, luck: usize| ["甲", "乙"][usize::from(tells(yes, luck))].to_owned();
    let much = |yes: bool, luck: usize| ["甲", "乙"][usize::from(if luck < 25 { !yes } else { yes })].to_owned();
    // A sure no for many of the rows, and nothing of the others.
    let many = |yes: bool, luck: usize| if yes || luck < 40 { "乙" } else { "甲" }.to_owned();
    let late = |yes: bool, luck: usize| format!("2026-0{}-01", if tells(yes, luck) { 8 } else { 2 });
    for (header, cell, why, verdict) in [
        ("等级", &nearly as &dyn Fn(bool, usize) -> String, "settles", "use"),
        ("等级", &many, "settles", "use"),
        ("状态", &much, "named", "check_leaks"),
        ("状态", &nearly, "named", "check_leaks"),
        ("status", &nearly, "named", "check_leaks"),
        ("状态", &many, "named", "check_leaks"),
        ("日子", &late, "dated_after", "check_leaks"),
    ] {
        let mut numbers = Numbers(5);
        let rows: String = (0..400)
            .map(|_| {
                let yes = numbers.uniform() < 0.4;
                format!("{},{},2026-05-01,{}\n", cell(yes, numbers.below(100)), numbers.below(900), if yes { "是" } else { "否" })
            })
            .collect();
        let table = frame(&(format!("{header},人数,接触日期,结果\n") + &rows));
        let report = train(&table, &TrainOptions::new("结果").date("接触日期")).expect("learns").1;
        let leak = report.leaks.iter().find(|l| l.column == header).expect("named");
        assert!(leak.auc < 0.98, "{leak:?}");
        assert_eq!((leak.why, report.verdict), (why, verdict), "{leak:?}");
    }
}

#[test]
fn a_prior_score_is_beaten_on_the_rows_it_is_compared_on() {
    // Whether the score and the other column tell of the older rows, and whether they do of the newest fifth.
    for (older, newest, verdict) in [([false, true], [true, false], "do_not_use"), ([true, true], [false, true], "use")] {
        let mut numbers = Numbers(7);
        let mut text = "评分,人数,日期,结果\n".to_owned();
        for day in 0..600 {
            let [score_tells, number_tells] = if day < 480 { older } else { newest };
            let yes = numbers.uniform() < 0.5;
            let score = match (score_tells, yes == (numbers.uniform() < 0.9)) {
                (true, true) => 90,
                (true, false) => 10,
                (false, _) => 40 + numbers.below(21),
            };
            let number = numbers.below(400)
                + if number_tells && yes {
                    120
                } else if number_tells {
                    0
                } else {
                    60
                };
            let _ = writeln!(text, "{score},{number},{day},{}", if yes { "是" } else { "否" });
        }
        let report = train(&frame(&text), &TrainOptions::new("结果").prior("评分").date("日期")).expect("learns").1;
        assert_eq!(report.verdict, verdict, "{:?} {:?} {:?}", report.folds, report.newest, report.prior);
    }
}

#[test]
fn a_score_that_is_not_there_is_taken_as_usual() {
    // Three in a hundred, as the scores say; every tenth row has none.
    let mut numbers = Numbers(8);
    let mut table = |scored: &dyn Fn(usize) -> bool| {
        let mut text = "评分,人数,结果\n".to_owned();
        for i in 0..3_000 {
            let (score, number) = (1 + numbers.below(5), numbers.below(900));
            let yes = numbers.uniform() * 100.0 < score as f64;
            let score = if scored(i) { score.to_string() } else { String::new() };
            let _ = writeln!(text, "{score},{number},{}", if yes { "是" } else { "否" });
        }
        frame(&text)
    };
    let (model, report) = train(&table(&|i| i % 10 > 0), &TrainOptions::new("结果").prior("评分")).expect("learns");
    let prior = report.prior.expect("a prior");
    assert!(prior.log_loss < prior.base_log_loss + 0.01, "{prior:?}");
    let model = Conversion::from_json(&model.to_json()).expect("a model");
    let mean = |text: &str| model.predict_anyway(&frame(text)).iter().map(|p| p.probability).sum::<f64>() / 3.0;
    let unknown = mean("评分,人数\n,100\n无,450\n-,800\n");
    assert!((0.015..0.06).contains(&unknown), "{unknown}");
    let no_column = mean("城市,人数\n甲,100\n乙,450\n丙,800\n");
    assert!((no_column - unknown).abs() < 1e-12, "{no_column} {unknown}");
    // Where no row has a score, or a model was learned before there was this, 50 changes nothing.
    let none = train(&table(&|_| false), &TrainOptions::new("结果").prior("评分")).expect("learns").0;
    assert!(none.to_json().contains("\"usual_prior\": 0.0"));
    let of = |keys: &str| Conversion::from_json(&resealed(&by_hand().replace(r#""prior": null"#, keys)));
    let told = |keys: &str| {
        let told = of(keys).expect("a model").predict_anyway(&frame("a,b,score\n5,x,50\n5,x,\n5,x,5\n"));
        [told[0].base, told[1].base, told[2].base]
    };
    let [known, unknown, _] = told(r#""prior": "score""#);
    assert!((known - unknown).abs() < 1e-12, "{known} {unknown}");
    let [known, unknown, low] = told(r#""prior": "score", "usual_prior": -2.0"#);
    assert!(low < unknown && unknown < known, "{low} {unknown} {known}");
    assert!(of(r#""prior": "score", "usual_prior": 1e300"#).expect_err("absurd").to_string().contains("usual_prior"));
}

#[test]
fn personal_columns_are_neither_in_a_table_nor_in_a_model() {
    let surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
    let given = ["伟强", "秀英", "国华", "丽娜", "建军", "志远"];
    let mut numbers = Numbers(9);
    let mut text =
        "招商线索表,,,,,,,,\n填表单位：某开发区,,日期：2026年9月,,,,,,\n企业名称,人数,甲方,回访,号,联系人姓名,跟踪,说明,结果\n".to_owned();
    for i in 0..240 {
        let x = numbers.below(900);
        let person = |at: usize| format!("{}{}", surnames[at % 8], given[at / 8 % 6]);
        let said = ["失败", "落地"][usize::from(numbers.uniform() * 900.0 < x as f64)];
        let note = if i % 4 == 0 { format!("请致电1390000{:04}", i % 12) } else { "常规".to_owned() };
        let _ = writeln!(
            text,
            "示例第{i}有限公司,{x},1380000{i:04},user{}@example.com,32050119900101{:04},{},{},{note},{said}",
            i % 7,
            1000 + i,
            person(i),
            person(i % 5)
        );
    }
    let table = frame(&text);
    let (model, report) = train(&table, &TrainOptions::new("结果")).expect("learns");
    let file = model.to_json() + &serde_json::to_string(&report).expect("JSON");
    for secret in surnames
        .iter()
        .flat_map(|s| given.map(|g| format!("{s}{g}")))
        .chain(["1380000", "1390000", "example.com", "32050119900101"].map(str::to_owned))
    {
        assert!(!file.contains(&secret), "{secret} is in the model");
        assert!(!table.columns().iter().flatten().any(|cell| cell.contains(&secret)), "{secret} is in the table");
    }
    for column in ["甲方", "回访", "号", "联系人姓名", "跟踪"] {
        assert!(report.left_out.iter().any(|l| l.column == column && l.why == "personal"), "{column}: {:?}", report.left_out);
        assert!(table.column(column).expect_err(column).to_string().contains("personal"));
    }
    // Places, trades and yes or no under a heading of contact are not people.
    let plain: String = (0..60)
        .map(|i| {
            format!(
                "{},{},{},{}\n",
                ["苏州", "无锡", "南京", "张家港"][i % 4],
                ["光电", "高端装备", "新材料"][i % 3],
                ["是", "否"][i % 2],
                i
            )
        })
        .collect();
    assert!(frame(&("城市,行业,是否电话联系,人数\n".to_owned() + &plain)).personal().is_empty());
}

#[test]
fn the_header_is_found_below_titles_and_a_table_hangs_together() {
    for (text, headers, rows) in [
        (
            "招商线索跟进表\n填表单位：某开发区,,日期：2026年9月\n企业名称,城市,结果\n示例甲有限公司,甲,落地\n示例乙有限公司,乙,失败\n",
            vec!["企业名称", "城市", "结果"],
            2,
        ),
        ("线索表\n单位：万元,,日期：2026年\n城市,人数,结果\n甲,1,是\n", vec!["城市", "人数", "结果"], 1),
        ("a,b\n1,2\n\na,b\n3,4\n", vec!["a", "b"], 2),
        ("金额（单位：万元）,人数\n1,2\n", vec!["金额（单位：万元）", "人数"], 1),
        ("2026年线索,第三季度\n企业名称,结果\n示例甲有限公司,落地\n", vec!["企业名称", "结果"], 1),
    ] {
        let table = frame(text);
        assert_eq!(
            (table.headers(), table.rows()),
            (headers.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>().as_slice(), rows),
            "{text}"
        );
    }
    assert_eq!(Frame::read(b"one\n1\n2\n").expect_err("no header").code(), "NO_ROWS");
    let cells = |n: usize| vec![String::new(); n];
    let code = |headers: &[&str], columns: Vec<Vec<String>>, rows: u32| {
        Frame::new(headers.iter().map(|h| (*h).to_owned()).collect(), columns, (0..rows).collect()).map_or_else(|e| e.code(), |_| "taken")
    };
    assert_eq!(code(&["a", "b"], vec![cells(2), cells(2)], 2), "taken");
    assert_eq!(code(&["a"], vec![cells(2), cells(2)], 2), "BAD_ARGUMENT");
    assert_eq!(code(&["a", "b"], vec![cells(2), cells(1)], 2), "BAD_ARGUMENT");
    assert_eq!(code(&["a", "a"], vec![cells(2), cells(2)], 2), "BAD_ARGUMENT");
    assert_eq!(frame("a,b\n1,2\n3,4\n").select(&[9, 1, usize::MAX]).numbers(), [3]);
}

#[test]
fn many_columns_of_many_levels_are_cut_to_what_a_model_can_hold() {
    for columns in [20, 150] {
        let mut numbers = Numbers(4);
        let mut text = (0..columns).map(|c| format!("c{c},")).collect::<String>() + "tells,y\n";
        for _ in 0..400 {
            let yes = numbers.below(2) == 1;
            (0..columns).for_each(|_| text += &format!("v{},", numbers.below(48)));
            let tells = if numbers.uniform() < 0.8 { yes } else { !yes };
            let _ = writeln!(text, "{},{}", if tells { "A" } else { "B" }, if yes { "yes" } else { "no" });
        }
        let (model, report) = train(&frame(&text), &TrainOptions::new("y")).expect("learns");
        let places: usize = model.terms.iter().map(|t| t.adds.len()).sum();
        assert!(places <= 520, "{places}");
        assert!(model.terms.iter().any(|t| t.feature.column == "tells"), "what tells most stays");
        assert_eq!(model.terms.len() + report.left_out.len(), columns + 2, "the outcome, and what was too many, are told");
        assert_eq!(report.left_out.iter().any(|l| l.why == "too_many"), columns > 100);
    }
}

/// A model written by hand, with all kinds of parts: sealed as any is.
fn by_hand() -> String {
    let covariance = vec!["0.01"; 14 * 15 / 2].join(", ");
    sealed(&format!(
        r#"{{
  "format": "xiangma-conversion",
  "version": 2,
  "outcome": "y",
  "positive": ["yes"],
  "negative": [],
  "open": [],
  "rows": 100,
  "events": 30,
  "apart": ["y"],
  "is_of_enterprises": false,
  "prior": null,
  "intercept": -1.0,
  "terms": [{{
      "feature": {{
        "column": "a",
        "cut": {{
          "number": {{
            "edges": [10.0, 20.0],
            "mean": 15.0,
            "deviation": 4.0
          }}
        }}
      }},
      "adds": [0.5, 0.1, -0.5, 0.0],
      "seen": [40, 30, 20, 10],
      "slope": 0.25,
      "bend": 0.125
    }}, {{
      "feature": {{
        "column": "b",
        "cut": {{
          "category": {{
            "levels": ["x"]
          }}
        }}
      }},
      "adds": [0.5, 0.1, 0.0],
      "seen": [50, 40, 10],
      "slope": null,
      "bend": null
    }}],
  "pairs": [{{
      "of": [0, 1],
      "merged": [[0, 0, 1, 1], [0, 1, 1]],
      "adds": [0.1, 0.2, 0.3, 0.4],
      "is_trend": false
    }}],
  "calibration": {{
    "bent": {{
      "from": [-1.0, 1.0],
      "to": [-0.5, 0.75],
      "scale": 0.5
    }}
  }},
  "covariance": [{covariance}],
  "tenths": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
  "metrics": {{"rows": 100, "events": 30, "auc": 0.7, "auc_low": 0.6, "auc_high": 0.8, "brier": 0.1, "log_loss": 0.4,
    "base_log_loss": 0.6, "calibration_error": 0.01, "bins": [], "lift": []}},
  "verdict": "use",
  "#
    ))
}

/// Puts the check sum behind what stands before it.
fn sealed(before: &str) -> String {
    let sum: String = Sha256::digest(before.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("{before}\"checksum\": \"{sum}\"\n}}")
}

fn resealed(text: &str) -> String {
    sealed(text.rsplit_once("\"checksum\"").expect("a check sum").0)
}

fn applied(model: &Conversion) {
    let table = frame("a,b,y\n5,x,yes\n15,z,no\n1e99,,\n,x,yes\n-3,q,no\n");
    let told = model.predict_anyway(&table);
    assert!(told.iter().all(|p| (0.0..=1.0).contains(&p.probability) && p.low <= p.high), "{told:?}");
    let drift = model.drift(&table, &told);
    assert!(drift.features.iter().all(|f| f.shift.psi.is_finite()) && drift.chances.psi.is_finite());
}

#[test]
fn no_file_of_a_model_does_harm() {
    let text = by_hand();
    let model = Conversion::from_json(&text).expect("holds together");
    applied(&model);
    assert_eq!(Conversion::from_json(&model.to_json()).expect_err("the sum is of the text").code(), "BAD_MODEL");
    applied(&Conversion::from_json(&format!("{text}\n")).expect("a file ends with a line"));
    let huge = "18446744073709551615";
    // The first line with the key, and what it holds instead, and what is told.
    let cases = [
        ("seen", "[]".to_owned(), "terms"),
        ("seen", "[40, 30, 20]".to_owned(), "terms"),
        ("seen", "[40, 30, 20, 11]".to_owned(), "terms"),
        ("seen", format!("[{huge}, {huge}, 20, 10]"), "terms"),
        ("adds", "[]".to_owned(), "terms"),
        ("adds", "[1e308, 0.1, -0.5, 0.0]".to_owned(), "terms"),
        ("edges", "[20.0, 10.0]".to_owned(), "terms"),
        ("edges", "[10.0, 10.0]".to_owned(), "terms"),
        ("edges", "[10.0]".to_owned(), "terms"),
        ("deviation", "0.0".to_owned(), "terms"),
        ("deviation", "-4.0".to_owned(), "terms"),
        ("slope", "1e300".to_owned(), "terms"),
        ("of", "[0, 2]".to_owned(), "pairs"),
        ("of", "[1, 0]".to_owned(), "pairs"),
        ("merged", "[[0, 0, 1], [0, 1, 1]]".to_owned(), "pairs"),
        ("merged", "[[0, 0, 1, 4294967295], [0, 1, 4294967295]]".to_owned(), "pairs"),
        ("merged", format!("[[0, 0, 1, {huge}], [0, 1, 1]]"), "pairs"),
        ("merged", "[[0, 0, 1, 2], [0, 1, 1]]".to_owned(), "pairs"),
        ("from", "[1.0, -1.0]".to_owned(), "calibration"),
        ("to", "[-0.5]".to_owned(), "calibration"),
        ("to", "[-0.5, 1e308]".to_owned(), "calibration"),
        ("scale", "0.0".to_owned(), "calibration"),
        ("covariance", "[]".to_owned(), "covariance"),
        ("covariance", format!("[{}]", vec!["1e300"; 105].join(", ")), "covariance"),
        ("tenths", "[]".to_owned(), "tenths"),
        ("tenths", "[0.9, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]".to_owned(), "tenths"),
        ("rows", huge.to_owned(), "rows"),
        ("events", "101".to_owned(), "rows"),
        ("intercept", "-1e308".to_owned(), "intercept"),
        ("verdict", "\"perfect\"".to_owned(), "verdict"),
        ("version", "1".to_owned(), "version 1"),
        ("positive", "\"yes\"".to_owned(), "positive"),
    ];
    for (key, instead, told) in cases {
        let at = text.find(&format!("\"{key}\": ")).expect("a key") + key.len() + 4;
        let end = at + text[at..].find('\n').expect("a line");
        let comma = if text[at..end].ends_with(',') { "," } else { "" };
        let changed = format!("{}{instead}{comma}{}", &text[..at], &text[end..]);
        assert!(Conversion::from_json(&changed).is_err(), "{key}: {instead}: the sum is another");
        let error = Conversion::from_json(&resealed(&changed)).expect_err(&instead);
        // Where a count has 32 bits, a number too large for it is no count of that key.
        let is_told = error.to_string().contains(told) || usize::BITS < 64 && error.to_string().contains(key);
        assert!(error.code() == "BAD_MODEL" && is_told, "{key}: {instead}: {error}");
    }
    // Nothing stands behind the check sum, and nothing is sealed twice.
    let open = text.trim_end_matches('}').trim_end();
    for behind in [",\n  \"intercept\": 50.0\n}", ",\"intercept\":50.0}", "\n} ", " \n}"] {
        let text = format!("{open}{behind}");
        let is_same = text.trim_end() == by_hand();
        assert_eq!(Conversion::from_json(&text).is_ok(), is_same, "{behind:?}");
    }
    let twice = text.replacen("\"intercept\": -1.0", "\"checksum\": \"0\",\n  \"intercept\": 50.0", 1);
    assert_eq!(Conversion::from_json(&twice).expect_err("changed").code(), "BAD_MODEL");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any number of a model made any other and sealed again: refused, or applied without harm.
    #[test]
    fn a_number_of_a_model_changed_and_sealed_again_does_no_harm(
        place in 0_usize..200,
        other in prop::sample::select(vec!["0", "-1", "1", "2", "7", "255", "65536", "4294967295", "4294967296", "18446744073709551615", "1e9", "-1e9", "1e39", "1e308", "-1e308", "5e-324", "0.5", "null", "\"x\"", "[]"]),
    ) {
        let text = by_hand();
        let body = text.rsplit_once("\"checksum\"").expect("a check sum").0;
        let mut numbers = Vec::new();
        let mut inside = false;
        for (at, c) in body.char_indices() {
            let is_part = c.is_ascii_digit() || matches!(c, '.' | '-') && !body[at + 1..].starts_with(|n: char| n.is_ascii_alphabetic());
            if is_part && !inside && !body[..at].ends_with(|p: char| p.is_ascii_alphanumeric() || p == '"') {
                numbers.push(at);
            }
            inside = is_part;
        }
        let at = numbers[place % numbers.len()];
        let end = at + body[at..].find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | 'e'))).expect("an end");
        let changed = sealed(&format!("{}{other}{}", &body[..at], &body[end..]));
        if let Ok(model) = Conversion::from_json(&changed) {
            applied(&model);
        }
    }
}
