//! Chances learned from outcomes: right, calibrated, the same every time; and refused where there is too little to learn from.

use linfa::Dataset;
use linfa::traits::{Fit, Predict};
use ndarray::{Array1, Array2};
use proptest::prelude::*;
use xiangma::learn::{AdditiveLogistic, Calibration, Conversion, Cut, Frame, TrainOptions, explore, isotonic, measure, train, wilson};

use super::data::shared;

/// A small generator of numbers that look random: the same on every platform.
struct Numbers(u64);

impl Numbers {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds))
}

/// Leads whose chances are known: a number that helps, one that helps up to a point, a region, and noise; some cells missing.
fn leads(rows: usize, base: f64, seed: u64) -> (Frame, Vec<f64>) {
    let mut numbers = Numbers(seed);
    let mut text = "a,b,region,noise,landed\n".to_owned();
    let mut chances = Vec::new();
    for _ in 0..rows {
        let (a, b, noise) = (numbers.normal(), numbers.normal(), numbers.normal());
        let region = (numbers.uniform() * 4.0) as usize;
        let p = chance(base + 0.9 * a + if b > 0.5 { 1.0 } else { 0.0 } + [0.0, 0.8, -0.6, 0.2][region]);
        let yes = numbers.uniform() < p;
        let cell = |x: f64, gone: bool| if gone { String::new() } else { format!("{x:.3}") };
        let gone = numbers.uniform() < 0.1;
        text += &format!("{a:.3},{b:.3},{},{},{}\n", ["E", "W", "N", "S"][region], cell(noise, gone), if yes { "yes" } else { "no" });
        chances.push(p);
    }
    (Frame::read(text.as_bytes()).expect("a table"), chances)
}

#[test]
fn stated_chances_are_near_the_true_ones_and_intervals_hold_them() {
    for (base, rows, near) in [(-3.6, 3_000, 0.02), (-2.3, 2_000, 0.035), (-0.9, 2_000, 0.05)] {
        let (mut off, mut inside, mut all) = (0.0, 0.0, 0.0);
        for seed in 1..=4 {
            let (frame, _) = leads(rows, base, seed);
            let (model, report) = train(&frame, &TrainOptions::new("landed")).expect("learns");
            assert!(report.converged && report.verdict == "use", "{report:?}");
            let (fresh, truth) = leads(1_000, base, seed + 100);
            for (prediction, truth) in model.predict_anyway(&fresh).iter().zip(&truth) {
                assert!(prediction.low <= prediction.probability && prediction.probability <= prediction.high);
                off += (prediction.probability - truth).abs();
                inside += f64::from(u8::from(prediction.low <= *truth && *truth <= prediction.high));
                all += 1.0;
            }
        }
        assert!(off / all < near, "base {base}: off by {}", off / all);
        assert!(inside / all > 0.82, "base {base}: intervals hold {}", inside / all);
    }
}

#[test]
fn a_hump_and_a_slope_of_one_level_alone_are_found() {
    let mut numbers = Numbers(5);
    let mut text = "hump,slope,size,landed\n".to_owned();
    for _ in 0..4_000 {
        let (hump, slope, size) = (numbers.normal(), numbers.normal(), (numbers.uniform() * 4.0) as usize);
        let p = chance(-1.0 - 0.6 * hump * hump + if size == 2 { 0.8 * slope } else { 0.0 });
        text += &format!("{hump:.3},{slope:.3},S{size},{}\n", if numbers.uniform() < p { "yes" } else { "no" });
    }
    let frame = Frame::read(text.as_bytes()).expect("a table");
    let (model, _) = train(&frame, &TrainOptions::new("landed")).expect("learns");
    let told = |hump: f64, slope: f64, size: usize| {
        let row = format!("hump,slope,size\n{hump},{slope},S{size}\n");
        let row = &model.predict_anyway(&Frame::read(row.as_bytes()).expect("a row"))[0];
        // What is told adds up, with pairs of either kind as well.
        let log_odds = row.base + row.contributions.iter().map(|c| c.adds).sum::<f64>();
        assert!((chance(log_odds) - row.probability).abs() < 1e-12);
        log_odds
    };
    let middle = told(0.0, 0.0, 0);
    assert!(middle - told(1.7, 0.0, 0) > 1.0 && middle - told(-1.7, 0.0, 0) > 1.0, "{}", told(1.7, 0.0, 0));
    let (rise, flat) = (told(0.0, 1.0, 2) - told(0.0, -1.0, 2), told(0.0, 1.0, 1) - told(0.0, -1.0, 1));
    assert!(rise > 0.9 && flat.abs() < 0.4, "{rise} and {flat}");
    assert!(model.pairs.iter().any(|p| p.is_trend), "{:?}", model.pairs);
    // What is missing has no trend.
    let gone = model.predict_anyway(&Frame::read(b"hump,slope,size\n0,,S2\n").expect("a row")).remove(0);
    assert!(gone.contributions.iter().filter(|c| c.feature == "slope \u{d7} size").all(|c| c.adds.abs() < 1e-9));
}

#[test]
fn contributions_add_up_and_the_file_gives_the_same_chances() {
    let (frame, _) = leads(600, -1.0, 9);
    let (model, _) = train(&frame, &TrainOptions::new("landed")).expect("learns");
    let text = model.to_json();
    let again = Conversion::from_json(&text).expect("a model");
    assert_eq!(again.to_json(), text);
    for (a, b) in model.predict_anyway(&frame).iter().zip(again.predict_anyway(&frame)) {
        assert_eq!(*a, b);
        let log_odds = a.base + a.contributions.iter().map(|c| c.adds).sum::<f64>();
        assert!((chance(log_odds) - a.probability).abs() < 1e-12);
    }
    // Learning again gives the same file, byte for byte.
    assert_eq!(train(&frame, &TrainOptions::new("landed")).expect("learns").0.to_json(), text);
}

#[test]
fn a_model_that_was_changed_is_refused() {
    let (frame, _) = leads(400, -1.0, 3);
    let text = train(&frame, &TrainOptions::new("landed")).expect("learns").0.to_json();
    let digits = text.find("\"intercept\": ").expect("an intercept") + "\"intercept\": ".len();
    let other = format!("{}0.125{}", &text[..digits], &text[digits + text[digits..].find(',').expect("a comma")..]);
    for (text, word) in [
        (other, "changed"),
        (text.replacen("\"version\": 2", "\"version\": 1", 1), "version"),
        (text.replacen("\"intercept\"", "\"intercpet\"", 1), "`intercept`"),
        (text[..text.len() / 2].to_owned(), "EOF"),
        ("{}".to_owned(), "missing"),
    ] {
        let error = Conversion::from_json(&text).expect_err(word);
        assert_eq!(error.code(), "BAD_MODEL");
        assert!(error.to_string().contains(word), "{error} speaks of {word}");
    }
}

fn table(rows: impl Iterator<Item = String>, header: &str) -> Frame {
    let text = std::iter::once(header.to_owned()).chain(rows).collect::<Vec<_>>().join("\n");
    Frame::read(text.as_bytes()).expect("a table")
}

#[test]
fn what_cannot_be_learned_is_said() {
    let code = |frame: &Frame, options: &TrainOptions| train(frame, options).expect_err("refused").code();
    let options = TrainOptions::new("y");
    assert_eq!(code(&table((0..50).map(|i| format!("{i},yes")), "x,y"), &options), "TOO_FEW_OUTCOMES");
    assert_eq!(code(&table((0..50).map(|i| format!("{i},no")), "x,y"), &options), "TOO_FEW_OUTCOMES");
    let three = table((0..50).map(|i| format!("{i},{}", if i < 3 { "yes" } else { "no" })), "x,y");
    assert!(train(&three, &options).expect_err("three").to_string().contains("3 outcomes"));
    let spellings = ["yes", "Y", "是", "TRUE", "1", "no"];
    let five = table((0..90).map(|i| format!("{},{}", i * 7 % 13, spellings[i % 6])), "x,y");
    let error = train(&five, &options).expect_err("five spellings");
    assert_eq!(error.code(), "AMBIGUOUS_OUTCOME");
    assert!(spellings.iter().all(|s| error.to_string().contains(s)), "{error}");
    let named = spellings[..5].iter().fold(TrainOptions::new("y"), |o, s| o.positive(*s));
    assert_eq!(train(&five, &named).expect("named").1.events, 75);
    assert_eq!(code(&five, &TrainOptions::new("y").positive("ja")), "AMBIGUOUS_OUTCOME");
    assert_eq!(code(&five, &TrainOptions::new("z")), "BAD_ARGUMENT");
    assert_eq!(code(&five, &named.clone().exclude("z")), "BAD_ARGUMENT");
    let words = table((0..90).map(|i| format!("{i},{}", ["won", "open", "gone"][i % 3])), "x,y");
    assert_eq!(code(&words, &options), "AMBIGUOUS_OUTCOME");
}

#[test]
fn odd_columns_do_no_harm() {
    // Separable, constant, doubled, collinear, five thousand levels, infinite and missing values.
    let rows = (0..5_000).map(|i| {
        let x = i % 100;
        let yes = x >= 80;
        format!("{x},7,{x},{},L{i},{},{}", x * 2 + 1, ["inf", "NaN", "", "-1e308", "3"][i % 5], if yes { "yes" } else { "no" })
    });
    let frame = table(rows, "x,constant,double,collinear,levels,strange,y");
    let (model, report) = train(&frame, &TrainOptions::new("y")).expect("learns");
    assert!(report.folds.auc > 0.999 && report.verdict == "check_leaks");
    let why = |name: &str| report.left_out.iter().find(|l| l.column == name).map(|l| l.why);
    assert_eq!((why("constant"), why("double"), why("levels")), (Some("constant"), Some("duplicate"), Some("identifier")));
    let chances = model.predict_anyway(&frame);
    assert!(chances.iter().all(|p| p.probability.is_finite() && p.low.is_finite() && p.high.is_finite()));
    assert!(report.leaks.iter().any(|l| l.column == "x" && l.why == "settles"), "what separates is suspicious: {:?}", report.leaks);
    // A column that is not there counts as missing: less sure, and no failure.
    let bare = table((0..3).map(|i| format!("{i},yes")), "other,y");
    for p in model.predict_anyway(&bare) {
        assert!(p.probability.is_finite() && p.high - p.low > 0.0, "{p:?}");
    }
}

#[test]
fn what_may_only_rise_never_falls() {
    let (frame, _) = leads(900, -1.0, 5);
    // The chance rises with `a`; told to fall, it stays level; told to rise, it never dips.
    for (column, direction) in [("a", 1.0), ("a", -1.0), ("noise", 1.0), ("b", 1.0)] {
        let options = TrainOptions::new("landed");
        let options = if direction > 0.0 { options.rising(column) } else { options.falling(column) };
        let (model, report) = train(&frame, &options).expect("learns");
        let term = model.terms.iter().find(|t| t.feature.column == column).expect("a term");
        assert!(matches!(term.feature.cut, Cut::Number { .. }) && term.slope.is_none() && report.converged);
        let bins = &term.adds[..term.adds.len() - 1];
        assert!(bins.windows(2).all(|w| (w[1] - w[0]) * direction >= 0.0), "{column} {direction}: {bins:?}");
        let spread = (bins[bins.len() - 1] - bins[0]).abs();
        assert_eq!(spread > 0.8, column != "noise" && direction > 0.0, "{column} {direction}: {spread}");
    }
    for options in [TrainOptions::new("landed").rising("region"), TrainOptions::new("landed").falling("nowhere")] {
        assert_eq!(train(&frame, &options).expect_err("no direction").code(), "BAD_ARGUMENT");
    }
}

#[test]
fn calibration_grows_with_the_outcomes() {
    let kind = |rows, base| match train(&leads(rows, base, 4).0, &TrainOptions::new("landed")).expect("learns").0.calibration {
        Calibration::None => "none",
        Calibration::Platt { .. } => "platt",
        Calibration::Bent { from, to, .. } => {
            assert!(from.is_sorted() && to.is_sorted() && from.len() > 10, "{from:?} {to:?}");
            "bent"
        }
    };
    assert_eq!([kind(300, -1.0), kind(900, -0.5), kind(3_000, 0.0)], ["none", "platt", "bent"]);
}

#[test]
fn rows_that_are_no_longer_alike_are_told() {
    let (frame, _) = leads(1_500, -1.0, 1);
    let (model, _) = train(&frame, &TrainOptions::new("landed")).expect("learns");
    let (same, _) = leads(400, -1.0, 2);
    let drift = model.drift(&same, &model.predict_anyway(&same));
    assert!(drift.absent.is_empty() && drift.chances.state == "steady", "{drift:?}");
    assert!(drift.features.iter().all(|f| f.shift.state == "steady" && f.shift.psi < f.shift.by_chance + 0.05), "{drift:?}");
    // One column moves, one gets new words, one is gone.
    let shifted = table(
        (0..400).map(|r| {
            let cell = |name: &str| same.column(name).expect("a column")[r].clone();
            let a: f64 = cell("a").parse::<f64>().expect("a number") + 1.5;
            format!("{a},{},{},{}", cell("b"), if r % 2 == 0 { "X" } else { "N" }, cell("landed"))
        }),
        "a,b,region,landed",
    );
    let drift = model.drift(&shifted, &model.predict_anyway(&shifted));
    let of = |name: &str| drift.features.iter().find(|f| f.feature == name).expect("a feature");
    assert_eq!((of("a").shift.state, of("region").shift.state, of("b").shift.state), ("shifted", "shifted", "steady"));
    assert!((of("region").unknown_words - 0.5).abs() < 1e-12 && drift.absent == ["noise"] && drift.chances.state == "shifted");
}

#[test]
fn rows_to_explore_may_be_among_the_best_and_are_not() {
    let (frame, _) = leads(300, -1.0, 8);
    let (model, _) = train(&frame, &TrainOptions::new("landed")).expect("learns");
    let predictions = model.predict_anyway(&frame);
    let found = explore(&predictions, 15);
    let mut chances: Vec<f64> = predictions.iter().map(|p| p.probability).collect();
    chances.sort_by(f64::total_cmp);
    let edge = chances[270];
    assert!(!found.is_empty() && found.len() <= 15);
    assert!(found.iter().all(|i| predictions[*i].probability < edge && predictions[*i].high > edge));
    assert!(found.windows(2).all(|w| predictions[w[0]].high >= predictions[w[1]].high));
    assert!(explore(&[], 5).is_empty());
}

#[test]
fn nothing_is_made_of_a_column_that_was_left_out() {
    let mut text = "企业名称,注册资本,经营范围,结果\n".to_owned();
    for i in 0..120 {
        text +=
            &format!("第{i}光电有限公司,{}万元,{},{}\n", 100 + i * 7, ["半导体器件制造", "光学玻璃制造"][i % 2], ["是", "否"][i % 3 % 2]);
    }
    let read = |apart: &[&str]| {
        let mut frame = Frame::read(text.as_bytes()).expect("a table");
        assert!(frame.add_enterprises(text.as_bytes(), apart).expect("enterprises"));
        frame
    };
    let known = |frame: &Frame, column: &str| frame.column(column).expect("a column").iter().filter(|c| !c.is_empty()).count();
    assert_eq!(known(&read(&["结果"]), "enterprise:capital"), 120);
    let without = read(&["结果", "注册资本"]);
    assert_eq!((known(&without, "enterprise:capital"), known(&without, "enterprise:scope_length")), (0, 120));
    let (model, _) = train(&without, &TrainOptions::new("结果").exclude("注册资本")).expect("learns");
    assert_eq!(model.apart(), ["注册资本", "结果"]);
}

#[test]
fn noise_gives_a_model_nobody_should_use() {
    let mut numbers = Numbers(5);
    let rows: Vec<String> = (0..300)
        .map(|_| format!("{:.3},{:.3},{}", numbers.normal(), numbers.normal(), if numbers.uniform() < 0.3 { "yes" } else { "no" }))
        .collect();
    let (_, report) = train(&table(rows.into_iter(), "a,b,y"), &TrainOptions::new("y")).expect("learns");
    assert_eq!(report.verdict, "do_not_use", "{:?}", report.folds);
}

#[test]
fn leaks_are_named() {
    let mut numbers = Numbers(11);
    let rows: Vec<String> = (0..800)
        .map(|_| {
            let x = numbers.normal();
            let yes = numbers.uniform() < chance(x - 1.0);
            let duration = if yes { 300.0 + 200.0 * numbers.normal() } else { 100.0 + 80.0 * numbers.normal() };
            let signed = if yes { "2026-05-01" } else { "" };
            let tag = if yes && numbers.uniform() < 0.9 {
                "will sign"
            } else if yes {
                "open"
            } else {
                ["ringing", "not now"][(x > 0.0) as usize]
            };
            format!("{x:.3},{duration:.0},{signed},{tag},{}", if yes { "yes" } else { "no" })
        })
        .collect();
    let (_, report) = train(&table(rows.into_iter(), "x,call_duration,signed_on,tags,y"), &TrainOptions::new("y")).expect("learns");
    let named: Vec<&str> = report.leaks.iter().map(|l| l.column.as_str()).collect();
    assert_eq!(named, ["call_duration", "signed_on", "tags"], "{:?}", report.leaks);
}

#[test]
fn an_expert_score_is_where_learning_begins() {
    let mut numbers = Numbers(21);
    let mut rows = |count: usize| -> Vec<String> {
        (0..count)
            .map(|_| {
                let score = (numbers.uniform() * 98.0 + 1.0).round();
                let yes = numbers.uniform() < score / 100.0;
                format!("{score},{:.2},{}", numbers.normal(), if yes { "yes" } else { "no" })
            })
            .collect()
    };
    let frame = table(rows(60).into_iter(), "score,noise,y");
    let (model, report) = train(&frame, &TrainOptions::new("y").prior("score")).expect("learns");
    assert!(report.prior.is_some());
    // With sixty outcomes and a right prior, the chances stay near it.
    let fresh = table(rows(200).into_iter(), "score,noise,y");
    let scores = fresh.column("score").expect("a column");
    let off: f64 = model
        .predict_anyway(&fresh)
        .iter()
        .zip(scores)
        .map(|(p, s)| (p.probability - s.parse::<f64>().expect("a number") / 100.0).abs())
        .sum();
    assert!(off / 200.0 < 0.12, "{}", off / 200.0);
}

#[test]
fn who_was_contacted_is_corrected_for() {
    // Only those with a high x are contacted, mostly; the true chance falls with z, which contact does not look at.
    let mut numbers = Numbers(31);
    let mut text = Vec::new();
    let mut truth = Vec::new();
    for _ in 0..4_000 {
        let (x, z) = (numbers.normal(), numbers.normal());
        let p = chance(-1.0 + 0.7 * x - 0.8 * z);
        let contacted = numbers.uniform() < chance(2.0 * x);
        let outcome = if !contacted {
            ""
        } else if numbers.uniform() < p {
            "yes"
        } else {
            "no"
        };
        text.push(format!("{x:.3},{z:.3},{},{outcome}", if contacted { "yes" } else { "no" }));
        truth.push(p);
    }
    let frame = table(text.into_iter(), "x,z,called,y");
    let (model, report) = train(&frame, &TrainOptions::new("y").contacted("called")).expect("learns");
    // Who was not called says nothing of how it would have ended, and is no "no".
    assert!(report.effective_rows < report.rows as f64 && report.rows + report.without_outcome + report.not_contacted == 4_000);
    let off: f64 = model.predict_anyway(&frame).iter().zip(&truth).map(|(p, t)| (p.probability - t).abs()).sum();
    assert!(off / 4_000.0 < 0.06, "{}", off / 4_000.0);
}

/// What linfa's own estimators get wrong, ours must not.
mod behind_linfa_s_traits {
    use super::*;

    fn records(rows: usize) -> Array2<f64> {
        let mut numbers = Numbers(77);
        Array2::from_shape_fn((rows, 2), |_| numbers.normal())
    }

    fn targets(records: &Array2<f64>, base: f64) -> Array1<bool> {
        let mut numbers = Numbers(78);
        records.rows().into_iter().map(|r| numbers.uniform() < chance(base + 1.5 * r[0])).collect()
    }

    #[test]
    fn the_rarer_class_is_still_the_outcome() {
        for base in [-2.0, 2.0] {
            let x = records(1_000);
            let y = targets(&x, base);
            let model = AdditiveLogistic::new().fit(&Dataset::new(x.clone(), y)).expect("fits");
            let chances = model.chances(&ndarray::array![[2.0, 0.0], [-2.0, 0.0]]);
            assert!(chances[0] > chances[1] + 0.3, "base {base}: {chances}");
            assert!(model.convergence().0);
        }
    }

    #[test]
    fn weights_count() {
        // Few enough that twice as many are cut into no more bins.
        let x = records(40);
        let y = targets(&x, -1.0);
        let twice = ndarray::concatenate(ndarray::Axis(0), &[x.view(), x.view()]).expect("stacks");
        let both: Array1<bool> = y.iter().chain(y.iter()).copied().collect();
        let weighted =
            AdditiveLogistic::new().fit(&Dataset::new(x.clone(), y.clone()).with_weights(Array1::from_elem(40, 2.0_f32))).expect("fits");
        let doubled = AdditiveLogistic::new().fit(&Dataset::new(twice, both)).expect("fits");
        let some = AdditiveLogistic::new()
            .fit(&Dataset::new(x.clone(), y.clone()).with_weights(y.iter().map(|y| if *y { 5.0 } else { 1.0 }).collect()))
            .expect("fits");
        let (a, b, c) = (weighted.chances(&x), doubled.chances(&x), some.chances(&x));
        let apart = a.iter().zip(&b).map(|(a, b)| (a - b).abs()).sum::<f64>() / 40.0;
        assert!(apart < 1e-3, "a weight of two is a row twice, {apart}");
        assert!(c.mean() > a.mean().map(|m| m + 0.1));
        let bad = Dataset::new(x, y).with_weights(Array1::from_elem(40, -1.0_f32));
        assert_eq!(AdditiveLogistic::new().fit(&bad).expect_err("weights").code(), "BAD_ARGUMENT");
    }

    #[test]
    fn units_and_the_order_of_rows_do_not_matter() {
        let x = records(500);
        let y = targets(&x, -1.0);
        let model = AdditiveLogistic::new().fit(&Dataset::new(x.clone(), y.clone())).expect("fits");
        let large = x.mapv(|v| v * 1e9 + 3.0);
        let scaled = AdditiveLogistic::new().fit(&Dataset::new(large.clone(), y.clone())).expect("fits");
        let order: Vec<usize> = (0..500).map(|i| (i * 7 + 3) % 500).collect();
        let shuffled = AdditiveLogistic::new()
            .fit(&Dataset::new(x.select(ndarray::Axis(0), &order), order.iter().map(|i| y[*i]).collect::<Array1<bool>>()))
            .expect("fits");
        let again = AdditiveLogistic::new().fit(&Dataset::new(x.clone(), y)).expect("fits");
        for (((a, b), c), d) in model.chances(&x).iter().zip(&scaled.chances(&large)).zip(&shuffled.chances(&x)).zip(&again.chances(&x)) {
            assert!((a - b).abs() < 1e-4 && (a - c).abs() < 1e-6);
            assert_eq!(a.to_bits(), d.to_bits(), "the same data, the same model");
        }
    }

    #[test]
    fn isotonic_regression_pools_no_more_than_it_must_in_any_order() {
        let x: Vec<f64> = (0..10).map(f64::from).collect();
        let y = [0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
        let third = 1.0 / 3.0;
        let right = [0.0, 0.0, third, third, third, 2.0 * third, 2.0 * third, 2.0 * third, 1.0, 1.0];
        for turn in [1, 3, 7] {
            let order: Vec<usize> = (0..10).map(|i| i * turn % 10).collect();
            let of = |v: &[f64]| order.iter().map(|i| v[*i]).collect::<Vec<_>>();
            let fitted = isotonic(&of(&x), &of(&y), &[1.0; 10]);
            assert!(fitted.iter().zip(right).all(|((_, value), right)| (value - right).abs() < 1e-12), "{fitted:?}");
        }
        // Points of one place are one point of their mean; weights are as many points.
        assert_eq!(isotonic(&[0.5, 0.5, 0.5], &[1.0, 0.0, 1.0], &[1.0, 2.0, 1.0]), [(0.5, 0.5)]);
        // What falls is flattened, never turned round.
        assert_eq!(isotonic(&[1.0, 2.0], &[3.0, 1.0], &[1.0, 1.0]), [(1.0, 2.0), (2.0, 2.0)]);
        assert_eq!(isotonic(&[], &[], &[]), []);
    }

    #[test]
    fn separable_and_single_class_data_are_told() {
        let x = Array2::from_shape_fn((200, 1), |(r, _)| r as f64);
        let y = Array1::from_shape_fn(200, |r| r >= 100);
        let model = AdditiveLogistic::new().fit(&Dataset::new(x.clone(), y.clone())).expect("fits");
        assert!(model.chances(&x).iter().all(|p| *p > 0.0 && *p < 1.0), "no chance is certain");
        assert_eq!(model.predict(&x), y);
        let one = Dataset::new(x, Array1::from_elem(200, true));
        assert_eq!(AdditiveLogistic::new().fit(&one).expect_err("one class").code(), "TOO_FEW_OUTCOMES");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn isotonic_regression_never_falls_and_keeps_the_mean(
        points in prop::collection::vec((-5_i32..5, -3.0..3.0_f64, 0.1..4.0_f64), 1..40)
    ) {
        let x: Vec<f64> = points.iter().map(|p| f64::from(p.0)).collect();
        let y: Vec<f64> = points.iter().map(|p| p.1).collect();
        let w: Vec<f64> = points.iter().map(|p| p.2).collect();
        let fitted = isotonic(&x, &y, &w);
        prop_assert!(fitted.windows(2).all(|k| k[0].0 < k[1].0 && k[0].1 <= k[1].1));
        #[allow(clippy::float_cmp, reason = "a knot stands at a number that was given")]
        let at = |x: f64| fitted.iter().find(|k| k.0 == x).map_or(f64::NAN, |k| k.1);
        let balance: f64 = (0..x.len()).map(|i| w[i] * (y[i] - at(x[i]))).sum();
        prop_assert!(balance.abs() < 1e-9, "{balance}");
    }

    #[test]
    fn measures_are_their_definitions(pairs in prop::collection::vec(((0_u32..20).prop_map(|x| f64::from(x) / 20.0 + 0.01), any::<bool>()), 2..60)) {
        let (chances, outcomes): (Vec<f64>, Vec<bool>) = pairs.iter().copied().unzip();
        let found = measure(&chances, &outcomes);
        let (mut won, mut all) = (0.0, 0.0);
        for (a, yes) in &pairs {
            for (b, other) in &pairs {
                if *yes && !*other {
                    all += 1.0;
                    won += if a > b { 1.0 } else if a < b { 0.0 } else { 0.5 };
                }
            }
        }
        let auc = if all > 0.0 { won / all } else { 0.5 };
        prop_assert!((found.auc - auc).abs() < 1e-12);
        prop_assert!(found.auc_low <= found.auc && found.auc <= found.auc_high);
        prop_assert_eq!(found.bins.iter().map(|b| b.rows).sum::<usize>(), pairs.len());
        let brier: f64 = pairs.iter().map(|(c, o)| {
            let miss = c - f64::from(u8::from(*o));
            miss * miss
        }).sum::<f64>() / pairs.len() as f64;
        prop_assert!((found.brier - brier).abs() < 1e-12);
        for bin in &found.bins {
            prop_assert!(bin.low <= bin.seen + 1e-12 && bin.seen <= bin.high + 1e-12);
        }
    }
}

#[test]
fn wilson_s_interval_is_the_known_one() {
    // 81 of 263, as in Newcombe (1998): 0.2553 to 0.3662; 0 of 20: 0 to 0.1611.
    let (low, high) = wilson(81, 263);
    assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
    let (low, high) = wilson(0, 20);
    assert!(low.abs() < 1e-12 && (high - 0.1611).abs() < 5e-5, "{high}");
    assert_eq!(wilson(0, 0), (0.0, 1.0));
}

/// Firms that went public later, told from what was registered before.
#[test]
fn later_listings_are_told_from_registration_alone() {
    let Some(bytes) = shared("ipo_outcome/dev.csv") else { return };
    let mut frame = Frame::read(&bytes).expect("a table");
    let outcome = "listed_2019_06_to_2021_10";
    assert!(frame.add_enterprises(&bytes, &[outcome, "list_date", "sw_l3_name"]).expect("enterprises"));
    let (_, report) = train(&frame, &TrainOptions::new(outcome).exclude("list_date").exclude("sw_l3_name")).expect("learns");
    let lift = report.folds.lift.iter().find(|l| (l.share - 0.1).abs() < 1e-9).expect("a tenth").lift;
    assert!(report.folds.auc > 0.85 && lift > 4.8, "AUC {} lift {lift}", report.folds.auc);
}
